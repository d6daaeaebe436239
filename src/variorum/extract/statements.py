"""Reads one statement at its cue: the source, the content and the stance of "X said …", "according to X", "…, said X".

Invariant: the source and the cue lie outside the content. Offsets count in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.extract.canspeak import can_speak
from variorum.extract.contents import (
    ASIDE,
    LINK_THAT,
    TOLL_BESIDE,
    Cue,
    Span,
    clause_start,
    content_before,
    content_called_untrue,
    content_denied,
    content_of,
    opens_sentence,
    told_before,
)
from variorum.extract.cuewords import cue_words
from variorum.extract.governed import SAYING_ON, has_verb, subject_at, subject_over, teller_at
from variorum.extract.memory import Memory, Voice
from variorum.extract.sourcephrase import DAY, phrase_after, phrase_before
from variorum.extract.speakers import SINGULAR_PERSON, resolve_voice
from variorum.model import Stance
from variorum.values.caseless import make_regex
from variorum.values.number import read_figure

BEHIND_SOURCE = re.compile(
    rf"\s*(?:$|[,.;:!?\"”()—–-]|(?:who|on|in|at|after|when|during|from|of|as|late|early|last|today|yesterday|via"
    rf"|to|adding"
    rf"|while|and|without|by|for|with|before|amid|{DAY})\b)"
)

# Verbs whose object would be taken for the source: "…, blamed militants of the Front".
UNTURNED = frozenset(
    [
        "told",
        "tells",
        "tell",
        "accused",
        "accuses",
        "blamed",
        "blames",
        "condemned",
        "pledged",
        "vowed",
        "denied",
        "denies",
        "rejected",
    ]
)

DENIED_OBJECT = cue_words("verbs", "deny")
WITHHELD = re.compile(
    r"\s+(?:(?:\w+ ){0,2}?(?:entry|access|permission|visas?|bail|asylum|treatment|aid|food|passage|medical"
    r"|boarding|service)\b"
    r"|(?:him|her|them|us|me|people|civilians|refugees|prisoners|detainees)\b)"
)
# What a source rejects when it says that something is not so.
CLAIM_BEHIND = re.compile(
    r"\s*(?:,?\s*(?:that\b|[\"“‘])|it\b|this\b|(?:[\w’'-]+ ){0,5}?(?:accusations?|allegations?|claims?|charges?"
    r"|reports?|suggestions?"
    r"|involvement|responsibility|blame|statements?|accounts?|assertions?|rumou?rs?|figures?|tolls?|findings?"
    r"|conclusions?"
    r"|version|story|idea|notion)\b)"
)
# Words with which a report goes on behind "…, the monitor said,".
GOES_ON = re.compile(
    r"\s*:\s*(?=[a-z\d])|\s+(?=(?:including|most of|killing|wounding|injuring|destroying|leaving)\b)"
    r"|\s*,\s*(?=(?:and|but|with|including|among (?:them|whom|those)|as|while|when|after|before"
    r"|leaving|bringing|killing|wounding"
    r"|injuring|destroying|although|though|most of (?:them|whom)|many of (?:them|whom)|some of (?:them|whom)"
    r"|because|where)\b"
    r"(?! (?:the |an? )?(?:\w+ )?(?:he|she|they|officials?|officers) (?:said|would|did|declined)))"
)
# "… ‹when›, he says, a bomb went off": what stands before an inserted source is no clause of its own.
UNFINISHED = re.compile(
    r"\b(?:when|where|that|because|as|if|though|while|after|before|and|but|which|who|began|begun|started|happened|came)$"
)
OPENING = re.compile(
    r"\s*(?:On|In|At|By|Since|Late|Early|Shortly|Around|Just|Before|After|During|Overnight|Yesterday)\b[^,;:“”\"]{0,60},\s*"
)
OWN_PEOPLE = re.compile(r"(?:his|her|its|their|our) ", re.I)
INSERTED = re.compile(r"\s*,\s+(?=[a-z“\"'\d])")
VICTIMS = re.compile(
    r"\b(?:people|civilians|others|children|women|persons|dead|wounded|injured|killed|died|casualties)\s+$"
)
NOUN_TOO = frozenset(
    [
        "reports",
        "states",
        "claims",
        "estimates",
        "notes",
        "accounts",
        "posts",
        "alleged",
        "reported",
        "claimed",
        "estimated",
        "suspected",
        "promised",
        "feared",
    ]
)
# "a communique issued by the council": who issued it is the source.
ISSUED = re.compile(
    r"\s+(?:an?|the|its|this)?\s*(?:[\w-]+ ){0,2}?(?:statement|report|video|bulletin|communiqu[eé]|post|message"
    r"|text|note)s?"
    r" (?:(?:issued|released|published|carried|posted|circulated|made|given|put out)(?: (?:on \w+|late \w+"
    r"|online))? by|by|from) "
)
NOUN_BEHIND = re.compile(r"\s+(?:say|says|said|indicate|indicated|suggest|suggested|claim|claimed|spoke|made by|put)\b")
NOUN_BEFORE = make_regex(
    r"\b(?:with|from|for|on|at|about|despite|amid|following|between|of|to|by|several|some|many|two|three|four"
    r"|five|six|seven|eight|nine"
    r"|ten|dozens|\d+|conflicting|other|earlier|initial|false|killed|killing|against|as|into|after|over|until"
    rf"|{'|'.join(sorted(DENIED_OBJECT))})\s*$",
    re.I,
)


# Weak verbs that can have a bare clause behind them, and those that give the result of a study.
HOLDING = frozenset({"believe", "believes", "believed", "think", "thinks"})
FINDING = frozenset({"found", "finds", "shows", "showed", "show", "suggested", "suggests", "indicated", "concluded"})
CLAUSE = re.compile(r"\s+(?:it|they|he|she|we|there|the|an?|its|their|his|her|at least|[A-Z\d])\b")
STUDY = re.compile(
    r"\b(?:polls?|surveys?|stud(?:y|ies)|reports?|reviews?|inquiry|investigations?|analysis|data|figures|records|documents"
    r"|statistics|census|audit|tally|estimates?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement in an article and whose it is."""

    source: str  # canonical; the body where a person speaks for one
    source_start: int
    source_end: int
    cue_start: int
    cue_end: int
    content_start: int
    content_end: int
    stance: Stance = "asserts"
    speaker: str = ""  # the person, where the source is the person's body


def source_at(attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """Give the innermost attribution whose content holds an offset of the article."""
    inside = [row for row in attributions if row.content_start <= offset < row.content_end]
    return min(inside, key=lambda row: row.content_end - row.content_start, default=None)


def voice_at(text: str, span: Span, memory: Memory) -> Voice:
    """Give the voice that a span of a sentence names; `memory` hears it."""
    memory.look(text, span[0])
    voice = resolve_voice(text[span[0] : span[1]], memory, text)
    memory.hear(voice)
    if voice.source and SINGULAR_PERSON.search(text, span[0], span[1]):
        memory.role = voice
    return voice


def of_phrase(text: str, cue: Cue, memory: Memory, front: int, before: Sequence[Attribution]) -> Attribution | None:
    """Read "according to X": the clause before, or, where the phrase opens the sentence, what follows the source."""
    issued = ISSUED.match(text, cue[1])
    span = phrase_after(text, issued.end() if issued is not None else cue[1])
    if span is None:
        return None
    end = span[1]
    if opens_sentence(text, front, cue[0]):
        comma = re.match(r"(?:[^,]{0,60},(?= [A-Z][\w’-]+(?: [A-Z][\w’-]+)*,)[^,]*)?(?:[^,]{0,80}?),\s*", text[end:])
        begin = end + (comma.end() if comma is not None else 0)
        content = (begin, len(text))
        source_end = begin if comma is None else begin - len(comma.group()) + len(comma.group().rstrip(" ,"))
        span = (span[0], max(span[1], source_end))
    else:
        content = (clause_start(text, front, cue[0]), len(text[: cue[0]].rstrip(" ,")))
    voice = voice_at(text, span, memory)
    return Attribution(voice.source, *span, cue[0], cue[1], *content, "asserts", voice.speaker)


def of_verb(text: str, cue: Cue, memory: Memory, front: int, before: Sequence[Attribution]) -> Attribution | None:
    """Read "X said …": the words behind the verb or before the source, or None where nothing is said."""
    word = text[cue[0] : cue[1]].lower()
    previous = re.search(r"([\w’']+)\W*$", text[front : cue[0]])
    untrue = content_called_untrue(text, cue)
    stance: Stance = "denies" if word in cue_words("verbs", "deny") or untrue is not None else "asserts"
    if word in cue_words("verbs", "gerunds") or word in {"denying", "rejecting"}:
        return _of_gerund(text, cue, front, memory, before, stance)
    if previous is not None and previous.group(1).lower() in cue_words("verbs", "blockers"):
        return None
    if before and previous is not None and previous.group(1).lower() in {"and", "but", "also"}:
        joined = _joined(text, cue, before, stance)
        if joined is not None:
            return replace(joined, content_start=untrue[0], content_end=untrue[1]) if untrue is not None else joined
    if word in DENIED_OBJECT:
        rest = text[cue[1] :]
        if WITHHELD.match(rest):
            return None  # "denied entry" withholds, it denies no report
        if not word.startswith(("deny", "denie")) and not CLAIM_BEHIND.match(rest):
            stance = "asserts"  # "rejected the offer"
    if word in NOUN_TOO and (NOUN_BEFORE.search(text[front : cue[0]]) or NOUN_BEHIND.match(text, cue[1])):
        return None
    inverted = _inverted(text, cue, front) or _inverted_bare(text, cue, front)
    span = inverted or phrase_before(text[: cue[0]], cue[0]) or subject_at(text, front, cue[:2])
    if span is None and word in cue_words("verbs", "strong"):
        span = teller_at(text, front, cue[:2])
    and_said = previous is not None and previous.group(1).lower() in {"and", "but"} and _after_verb(text, cue[1])
    open_end = span is None or re.search(r"\s(?:and|but)$", text[: span[1]]) is not None
    if and_said and open_end and word in cue_words("verbs", "strong"):
        span = subject_over(text, front, cue[:2])
    if span is None or span[0] < front:
        return None
    weak = word in cue_words("verbs", "weak")
    if told_before(text, cue, span, front):
        inverted = span
    denied = untrue or (content_denied(text, cue) if word in DENIED_OBJECT and not inverted else None)
    content = content_before(text, cue, span, front) if inverted else content_of(text, cue, span, front, weak)
    content = denied or content
    governs = not weak or inverted or untrue is not None or _governs(text, cue[1]) or _holds(text, cue, span)
    if content is None or not governs:
        return None
    voice = voice_at(text, span, memory)
    return Attribution(voice.source, *span, cue[0], cue[1], *content, stance, voice.speaker)


def of_figure(text: str, cue: Cue, memory: Memory, front: int, before: Sequence[Attribution]) -> Attribution | None:
    """Read "X lowered the toll to 21", "X counted four dead": what is set is the content."""
    link = re.match(r"(?: of| about)?\s*", text[cue[1] :])
    content = (cue[1] + (link.end() if link is not None else 0), len(text))
    previous = re.search(r"([\w’']+)\W*$", text[front : cue[0]])
    word = previous.group(1).lower() if previous is not None else ""
    if word in cue_words("verbs", "blockers"):
        return None
    if word in {"and", "then", "later", "but"} and before and before[-1].content_start > before[-1].cue_start:
        return replace(
            before[-1],
            cue_start=cue[0],
            cue_end=cue[1],
            content_start=content[0],
            content_end=content[1],
            stance="asserts",
        )
    span = phrase_before(text[: cue[0]], cue[0])
    if span is None or span[0] < front or not can_speak(text[span[0] : span[1]]):
        span = teller_at(text, front, cue[:2])
    if span is None:
        return None
    if before and OWN_PEOPLE.match(text, span[0]) and before[-1].content_start <= cue[0] < before[-1].content_end:
        return None  # "X said her team treated 23": X counts them
    voice = voice_at(text, span, memory)
    return Attribution(voice.source, *span, cue[0], cue[1], *content, "asserts", voice.speaker)


def runs_on(text: str, row: Attribution) -> Attribution | None:
    """Read "…, the monitor said, and another 14 were wounded": the report goes on behind the inserted source."""
    begin = max(row.cue_end, row.source_end)
    if row.content_end > min(row.cue_start, row.source_start) or row.stance == "denies":
        return None
    aside = ASIDE.match(text, begin)
    behind = aside.end() if aside is not None else begin
    goes_on = GOES_ON.match(text, behind)
    before = text[row.content_start : row.content_end].rstrip(" ,")
    if goes_on is None and (UNFINISHED.search(before) or not has_verb(text, row.content_start, row.content_end)):
        goes_on = INSERTED.match(text, behind)  # "Six boats, the monitor said, sank off Koro"
    if goes_on is None or len(text) - goes_on.end() < 8:
        return None
    return replace(row, content_start=goes_on.end(), content_end=len(text))


def opened(text: str, row: Attribution, front: int) -> list[Attribution]:
    """Read "On Monday evening, the source clarified, six boats sank": the day is part of what the source said."""
    lead = text[front : row.source_start]
    inserted = row.source_end <= row.cue_start and text[row.cue_end :].lstrip().startswith(",")
    if row.stance == "denies" or not inserted or OPENING.fullmatch(lead) is None:
        return []
    return [replace(row, content_start=front, content_end=front + len(lead.rstrip(" ,")))]


def beside(text: str, row: Attribution) -> Attribution:
    """End a denial where the report goes on to a toll: "denied the raid, as the number of dead rose to 29"."""
    toll = TOLL_BESIDE.search(text, row.content_start, row.content_end) if row.stance == "denies" else None
    return replace(row, content_end=toll.start()) if toll is not None and toll.start() > row.content_start else row


def also_denied(text: str, row: Attribution, memory: Memory) -> Attribution | None:
    """Read "X and Y denied it": the first of two who deny together."""
    joint = re.search(r"\s+and\s+(?:the\s+)?$", text[: row.source_start], re.I)
    if row.stance != "denies" or joint is None or row.source_start >= row.cue_start:
        return None
    span = phrase_before(text[: joint.start()], joint.start())
    if span is None or span[1] != joint.start() or not can_speak(text[span[0] : span[1]]):
        return None
    voice = voice_at(text, span, memory)
    return replace(row, source=voice.source, source_start=span[0], source_end=span[1], speaker=voice.speaker)


def _of_gerund(
    text: str, cue: Cue, front: int, memory: Memory, before: Sequence[Attribution], stance: Stance
) -> Attribution | None:
    """Read "…, adding that": the source that spoke in the same sentence goes on."""
    begin = LINK_THAT.match(text, cue[1])
    start = begin.end() if begin is not None else cue[1]
    denied = content_called_untrue(text, cue) or (content_denied(text, cue) if stance == "denies" else None)
    start, end = denied or (start, len(text))
    if start >= len(text) - 3 or text[cue[0] - 1 : cue[0]] == "-":
        return None
    if not before:
        # "The army pulled back, warning that …": the subject of the sentence speaks
        word = text[cue[0] : cue[1]].lower()
        governs = denied is not None or _governs(text, cue[1])
        comma = "," in text[front : cue[0]]
        span = phrase_after(text, front) if governs and comma else None
        if span is None and comma and word in SAYING_ON:
            span = subject_over(text, front, cue[:2])
        if span is None:
            return None
        voice = voice_at(text, span, memory)
        return Attribution(voice.source, *span, cue[0], cue[1], start, end, stance, voice.speaker)
    last = before[-1]
    return replace(last, cue_start=cue[0], cue_end=cue[1], content_start=start, content_end=end, stance=stance)


def _joined(text: str, cue: Cue, before: Sequence[Attribution], stance: Stance) -> Attribution | None:
    """Read "X stressed that … and said …": the second verb has the source of the first."""
    if not re.search(r"\b(?:and|but)(?: also| later| then)?\s*$", text[: cue[0]]) or not _after_verb(text, cue[1]):
        return None
    aside = ASIDE.match(text, cue[1])
    link = LINK_THAT.match(text, aside.end() if aside is not None else cue[1])
    start = link.end() if link is not None else cue[1]
    if len(text) - start < 4:
        return None
    return replace(
        before[-1], cue_start=cue[0], cue_end=cue[1], content_start=start, content_end=len(text), stance=stance
    )


def _after_verb(text: str, end: int) -> bool:
    return re.match(r"\s+(?!(?:by|to)\b)[\w\"“‘]", text[end:]) is not None


def _governs(text: str, end: int) -> bool:
    """Tell whether a weak verb hands over a statement: "that", a colon or a quotation follows."""
    return re.match(r"\s*(?:,?\s*(?:that\b|:|[\"“‘]))", text[end:]) is not None


def _holds(text: str, cue: Cue, span: Span) -> bool:
    """Tell whether a weak verb has a bare clause behind it, or a study as its subject: "a survey found six"."""
    word = text[cue[0] : cue[1]].lower()
    if word in HOLDING:
        return CLAUSE.match(text, cue[1]) is not None and has_verb(text, cue[1], len(text))
    return word in FINDING and STUDY.search(text[span[0] : span[1]]) is not None


def _inverted_bare(text: str, cue: Cue, front: int) -> Span | None:
    """Read "… wounded 60 people said the Observatory", where the comma was lost: the people hurt do not speak."""
    if VICTIMS.search(text[front : cue[0]]) is None:
        return None
    span = phrase_after(text, cue[1])
    if span is None or text[cue[1] : span[0]].strip() or not can_speak(text[span[0] : span[1]]):
        return None
    return span if BEHIND_SOURCE.match(text, span[1]) or re.match(r" (?:an?|the) [a-z]", text[span[1] :]) else None


def _inverted(text: str, cue: Cue, front: int) -> Span | None:
    """Read "“…,” said X": the verb follows a quotation or comma and the source follows the verb."""
    lead = text[front : cue[0]].rstrip()
    word = text[cue[0] : cue[1]].lower()
    marks = "\"”’'" if word in cue_words("verbs", "weak") else ",\"”’'!?…"
    if not lead or lead[-1] not in marks or word in UNTURNED:
        return None
    span = phrase_after(text, cue[1])
    if span is None or text[cue[1] : span[0]].strip() or re.match(r"\s*that\b", text[cue[1] :]):
        return None
    if lead[-1] not in '"”' and BEHIND_SOURCE.match(text, span[1]) is None:
        return None  # "X, a driver, said Omar's boat sank": the words behind the verb are what was said
    apposed = re.search(r",[^,]{2,60},$", lead) is not None and phrase_before(text[: cue[0]], cue[0]) is not None
    if apposed and read_figure(text, span[0]) is not None:
        return None  # "Its director, A. B., said five women were among the dead"
    return span
