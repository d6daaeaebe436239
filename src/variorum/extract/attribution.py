"""Finds who is responsible for which stretch of an article: source, verb or phrase, and content.

Invariant: spans are offsets in the article's text, the source and the cue lie outside their own content, and the
innermost source wins ("Reuters, citing the ministry" is the ministry).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.extract.cuewords import cue_words, phrase_pattern, verb_pattern
from variorum.extract.quotes import find_quotes
from variorum.extract.sentences import Sentence
from variorum.extract.sourcephrase import DAY, PRONOUN, phrase_after, phrase_before
from variorum.extract.speakers import Memory, Voice, resolve_voice
from variorum.extract.stance import stance_in
from variorum.model import Stance
from variorum.values.name import kind_of

Span = tuple[int, int]
Cue = tuple[int, int, str]  # start, end, "verb" or "phrase"

# Between a verb of saying and its content: who was told, where and when.
ASIDE = re.compile(
    rf"(?:\s*,?\s*(?:in (?:a|an|its|his|her|their|the|separate) (?:[\w-]+ ){{0,4}}?(?:statement|interview|tweet"
    rf"|post|report|"
    rf"speech|letter|email|briefing|address|update|posting|conference|message|video|note|communiqu[eé]|bulletin)s?"
    rf"(?: (?:posted|published|released|carried) (?:on|to|by|via) (?:its |the )?\w+(?: page| website| account)?)?"
    rf"|(?:late |early )?(?:on )?(?:late |early )?{DAY}(?: (?:night|morning|evening|afternoon))?|today|yesterday"
    rf"|at the time"
    rf"|(?:on|via|through) (?:Facebook|Twitter|Telegram|social media|its website|state (?:television|TV))"
    rf"|by (?:phone|telephone)"
    rf"|(?:the |a |an )?(?:[A-Z][\w.]+ )?(?:reporters?|journalists?|news agency|newspaper|television"
    rf"|TV)(?: in [A-Z]\w+)?"
    rf"|(?:the )?(?:AFP|Reuters|AP|Associated Press|BBC|CNN|SANA|TASS|RIA|Interfax|Al Jazeera|DPA"
    rf"|Anadolu(?: Agency)?|Xinhua|SANA"
    rf" reporter|parliament)|here|also|earlier|later|separately|anonymously|by way of))+"
)
AFTER_NOTHING = re.compile(
    r"[\s”\"’')]*(?:$|[.;!?]|[,—–-](?!\s*(?:that|“|\"))|(?:without|while|after|when|before|as|but|and|because|who"
    r"|on condition|in|at|from|during|amid"
    r"|following|late|via|citing|quoting|adding|putting|saying)\b)"
)
BEHIND_SOURCE = re.compile(
    rf"\s*(?:$|[,.;:!?\"”()—–-]|(?:who|on|in|at|after|when|during|from|of|as|late|early|last|today|yesterday|via|to|adding"
    rf"|while|and|without|by|for|with|before|amid|{DAY})\b)"
)
# A title in capitals: "Claims" and "Reports" are more often nouns or other verbs there.
TITLE_VERBS = frozenset({"Says", "Say", "Said"})
MONITOR = re.compile(r"(?:[\w-]+ ){0,2}(?:monitor|watchdog|monitoring (?:group|organi[sz]ation)|rights group)")
ACCUSED = re.compile(r"(?:accuse[ds]?|accusing|blame[ds]?|blaming)$", re.I)
LINK_THAT = re.compile(r"\s*(?:,\s*)?(?:that\b|:|,(?=\s*[\"“‘]))?\s*")


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


def find_attributions(article_text: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give the attributions of an article in order of their cue."""
    told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
    quotes = find_quotes(article_text, list(told))
    found: list[Attribution] = []
    memory, story = Memory(), -1
    for sentence in told:
        if sentence.story != story:
            memory, story = Memory(), sentence.story
        memory.meet(sentence.text)
        rows = _read(sentence, memory)
        memory.note(sentence.text)
        found += rows
    found = _name_late(found, told)
    found = _widen(found, article_text, quotes, told)
    found += _run_on(found, quotes, told)
    return sorted(found, key=lambda row: (row.cue_start, row.content_start))


def source_at(attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """Give the innermost attribution whose content holds an offset of the article."""
    inside = [row for row in attributions if row.content_start <= offset < row.content_end]
    return min(inside, key=lambda row: row.content_end - row.content_start, default=None)


def stance_at(sentence: Sentence, offset: int, attributions: Sequence[Attribution]) -> Stance:
    """Give the stance of what stands at an offset of the article: a denying source denies it, else the words decide."""
    attribution = source_at(attributions, offset)
    if attribution is not None and attribution.stance == "denies":
        return "denies"
    return stance_in(sentence, offset)


def _read(sentence: Sentence, memory: Memory) -> list[Attribution]:
    """Give the attributions of one sentence; `memory` hears each source."""
    text = sentence.text
    front = sentence.body_start - sentence.start
    found: list[Attribution] = []
    taken: list[Span] = []
    for cue in _cues(text, front, sentence.role == "title"):
        if any(start < cue[1] and cue[0] < end for start, end in taken):
            continue
        row = _of_phrase(text, cue, memory, front) if cue[2] == "phrase" else _of_verb(text, cue, memory, front, found)
        if row is None:
            continue
        taken.append((row.cue_start, row.cue_end))
        if row.source_start < row.source_end:
            taken.append((row.source_start, row.source_end))
        found.append(row)
    found = _innermost(text, found, memory)
    return [_shift(row, sentence.start) for row in found if row.source]


def _shift(row: Attribution, base: int) -> Attribution:
    return replace(
        row,
        source_start=row.source_start + base,
        source_end=row.source_end + base,
        cue_start=row.cue_start + base,
        cue_end=row.cue_end + base,
        content_start=row.content_start + base,
        content_end=row.content_end + base,
    )


def _cues(text: str, front: int, title: bool) -> list[Cue]:
    rows = [
        (m.start(), m.end(), "verb")
        for m in verb_pattern().finditer(text, front)
        if m.group()[0].islower() or (title and m.group() in TITLE_VERBS)
    ]
    rows += [(m.start(), m.end(), "phrase") for m in phrase_pattern("according").finditer(text, front)]
    return sorted(rows, key=lambda row: (row[0], -row[1]))


def _voice(text: str, span: Span, memory: Memory) -> Voice:
    voice = resolve_voice(text[span[0] : span[1]], memory, text)
    memory.hear(voice)
    return voice


def _of_phrase(text: str, cue: Cue, memory: Memory, front: int) -> Attribution | None:
    """Read "according to X": the clause before, or, where the phrase opens the sentence, what follows the source."""
    span = phrase_after(text, cue[1])
    if span is None:
        return None
    opening = re.sub(r"(?i)^(?:but|and|meanwhile|however|also|still|yet)?[\s,]*", "", text[front : cue[0]])
    end = span[1]
    if not opening.strip(' "“'):
        comma = re.match(r"(?:[^,]{0,60},(?= [A-Z][\w’-]+(?: [A-Z][\w’-]+)*,)[^,]*)?(?:[^,]{0,80}?),\s*", text[end:])
        begin = end + (comma.end() if comma is not None else 0)
        content = (begin, len(text))
        source_end = begin if comma is None else begin - len(comma.group()) + len(comma.group().rstrip(" ,"))
        span = (span[0], max(span[1], source_end))
    else:
        begin = max((match.end() for match in re.finditer(r";\s", text[: cue[0]])), default=front)
        content = (begin, len(text[: cue[0]].rstrip(" ,")))
    voice = _voice(text, span, memory)
    return Attribution(voice.source, *span, cue[0], cue[1], *content, "asserts", voice.speaker)


def _of_verb(text: str, cue: Cue, memory: Memory, front: int, before: Sequence[Attribution]) -> Attribution | None:
    word = text[cue[0] : cue[1]].lower()
    previous = re.search(r"([\w’']+)\W*$", text[front : cue[0]])
    stance: Stance = "denies" if word in cue_words("verbs", "deny") else "asserts"
    if word in cue_words("verbs", "gerunds") or word in {"denying", "rejecting"}:
        return _of_gerund(text, cue, front, memory, before, stance)
    if previous is not None and previous.group(1).lower() in cue_words("verbs", "blockers"):
        return None
    if before and previous is not None and previous.group(1).lower() in {"and", "but", "also"}:
        joined = _joined(text, cue, before, stance)
        if joined is not None:
            return joined
    inverted = _inverted(text, cue, front)
    span = inverted or phrase_before(text[: cue[0]], cue[0])
    if span is None or span[0] < front:
        return None
    weak = word in cue_words("verbs", "weak")
    content = _content_before(text, cue, span, front) if inverted else _content(text, cue, span, front, weak)
    if content is None or (weak and not inverted and not _governs(text, cue[1])):
        return None
    voice = _voice(text, span, memory)
    return Attribution(voice.source, *span, cue[0], cue[1], *content, stance, voice.speaker)


def _of_gerund(
    text: str, cue: Cue, front: int, memory: Memory, before: Sequence[Attribution], stance: Stance
) -> Attribution | None:
    """Read "…, adding that": the source that spoke in the same sentence goes on."""
    begin = LINK_THAT.match(text, cue[1])
    start = begin.end() if begin is not None else cue[1]
    if start >= len(text) - 3 or text[cue[0] - 1 : cue[0]] == "-":
        return None
    if not before:
        # "The army pulled back, warning that …": the subject of the sentence speaks
        span = phrase_after(text, front) if _governs(text, cue[1]) and "," in text[front : cue[0]] else None
        if span is None:
            return None
        voice = _voice(text, span, memory)
        return Attribution(voice.source, *span, cue[0], cue[1], start, len(text), stance, voice.speaker)
    last = before[-1]
    return replace(last, cue_start=cue[0], cue_end=cue[1], content_start=start, content_end=len(text), stance=stance)


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


def _inverted(text: str, cue: Cue, front: int) -> Span | None:
    """Read "“…,” said X": the verb follows a quotation or comma and the source follows the verb."""
    lead = text[front : cue[0]].rstrip()
    word = text[cue[0] : cue[1]].lower()
    marks = "\"”’'" if word in cue_words("verbs", "weak") else ",\"”’'!?…"
    if not lead or lead[-1] not in marks or word in {"told", "tells", "tell"}:
        return None
    span = phrase_after(text, cue[1])
    if span is None or text[cue[1] : span[0]].strip() or re.match(r"\s*that\b", text[cue[1] :]):
        return None
    if lead[-1] not in '"”' and BEHIND_SOURCE.match(text, span[1]) is None:
        return None  # "X, a driver, said Omar's boat sank": the words behind the verb are what was said
    return span


def _content_before(text: str, cue: Cue, span: Span, front: int) -> Span | None:
    end = len(text[: min(cue[0], span[0])].rstrip(" ,"))
    return (front, end) if end - front > 3 else None


def _content(text: str, cue: Cue, span: Span, front: int, weak: bool) -> Span | None:
    """Give what a verb behind its source governs: the words after it, or the clause before the source."""
    begin = cue[1]
    aside = ASIDE.match(text, begin)
    if aside is not None:
        begin = aside.end()
    lead = text[front : span[0]].rstrip()
    open_before = bool(lead) and lead[-1] in ",\"”’'!?…—" and len(lead.split()) >= 4
    that = re.match(r"\s*,?\s*(?:that\b|:|[\"“‘])", text[begin:])
    rest = text[begin:]
    if that is None and rest.startswith(",") and lead and not _is_clause(lead) and len(rest.split()) > 3:
        return (begin + len(rest) - len(rest.lstrip(" ,")), len(text))
    if that is None and (AFTER_NOTHING.match(rest) or (open_before and _is_clause(lead) and not _runs_on(rest))):
        end = len(lead.rstrip(" ,")) + front
        return (front, end) if len(lead.split()) >= 2 else None
    link = LINK_THAT.match(text, begin)
    start = link.end() if link is not None else begin
    if ACCUSED.search(text[cue[0] : cue[1]]):
        of = re.match(r".{2,80}?\b(?:of|for)\b\s*", text[start:])
        start += of.end() if of is not None else 0
    return (start, len(text)) if len(text) - start > 2 else None


def _is_clause(lead: str) -> bool:
    """Tell whether the words before a source are a statement, not a place or time put in front."""
    if lead.rstrip(",")[-1:] in "\"”’'!?…":
        return True
    if re.match(
        r"(?i)(?:on|in|at|by|for|after|before|during|since|as|when|while|if|following|earlier|later|last|speaking"
        r"|asked|"
        r"meanwhile|however|but|and|also|according|despite|although|though)\b",
        lead,
    ):
        return lead.count(",") >= 2 and len(lead.split()) >= 10
    return True


def _runs_on(rest: str) -> bool:
    """Tell whether words of a statement follow a verb though a statement already stood before its source."""
    return re.match(r"\s*(?:that|it|they|he|she|the|its|there|a|an|at least|more than|[A-Z\d])\b", rest) is not None


def _innermost(text: str, rows: list[Attribution], memory: Memory) -> list[Attribution]:
    """Hand the content of "Reuters reported, citing the ministry" to the ministry."""
    for match in phrase_pattern("citing").finditer(text):
        span = phrase_after(text, match.end())
        if span is None or PRONOUN.fullmatch(text[span[0] : span[1]]):
            continue
        after = re.match(r"\s*(?:as saying|as having said|saying)(?: that)?\s*", text[span[1] :])
        voice = _voice(text, span, memory)
        if after is not None:
            start = span[1] + after.end()
            rows = [row for row in rows if not (span[1] <= row.cue_start < start)]
            rows.append(Attribution(voice.source, *span, *match.span(), start, len(text), "asserts", voice.speaker))
        elif rows:
            last = rows[-1]
            rows[-1] = replace(
                last, source=voice.source, source_start=span[0], source_end=span[1], speaker=voice.speaker
            )
    return rows


def _name_late(rows: Sequence[Attribution], sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give a source its name where the same story names it later: "a monitor said", "the defence ministry said"."""
    named: dict[tuple[int, str], set[str]] = {}
    for row in rows:
        if kind_of(row.source) == "monitor":
            named.setdefault((_story(sentences, row.cue_start), "monitor"), set()).add(row.source)
        elif kind_of(row.source) == "ministry" and row.source[0].isupper():
            subject = row.source.split(" ", 1)[1]
            named.setdefault((_story(sentences, row.cue_start), subject), set()).add(row.source)
    found: list[Attribution] = []
    for row in rows:
        word = "monitor" if MONITOR.fullmatch(row.source) else row.source
        names = named.get((_story(sentences, row.cue_start), word), set())
        found.append(replace(row, source=next(iter(names))) if len(names) == 1 else row)
    return found


def _widen(
    rows: list[Attribution], text: str, quotes: Sequence[Span], sentences: Sequence[Sentence]
) -> list[Attribution]:
    """Stretch a content that lies in a quotation over the sentences of that quotation before and behind it."""
    found: list[Attribution] = []
    for row in rows:
        start, end = row.content_start, row.content_end
        for low, high in quotes:
            if low < start < high and row.cue_start >= high - 1:
                start = low
            if low <= start + 1 and start < high and high > end and row.cue_end <= low + 1:
                end = high
        found.append(replace(row, content_start=start, content_end=end))
    return found


def _run_on(rows: Sequence[Attribution], quotes: Sequence[Span], sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give the quotations that no verb governs to the source that spoke next to them."""
    found: list[Attribution] = []
    for low, high in quotes:
        if high - low < 14 or source_at([*rows, *found], low + 2) is not None:
            continue
        here = next((one for one in sentences if one.start <= low < one.end), None)
        if here is None:
            continue
        near = [row for row in rows if _paragraph(sentences, row.cue_start) == here.paragraph]
        before = [
            row for row in (*rows, *found) if row.cue_end <= low and _story(sentences, row.cue_start) == here.story
        ]
        after = [row for row in near if row.cue_start >= high]
        last = max(before, key=lambda row: (row.content_end, row.cue_start), default=None)
        chosen = last if last is not None and _paragraph(sentences, last.cue_start) == here.paragraph else None
        chosen = chosen or (after[0] if after else None)
        opens = here.start <= low <= here.start + 2
        if (
            chosen is None
            and opens
            and last is not None
            and here.paragraph - _paragraph(sentences, last.content_end - 1) <= 2
        ):
            chosen = last
        if chosen is not None:
            found.append(replace(chosen, content_start=low, content_end=high, stance="asserts"))
    return found


def _paragraph(sentences: Sequence[Sentence], offset: int) -> int:
    return next((one.paragraph for one in sentences if one.start <= offset < one.end), -9)


def _story(sentences: Sequence[Sentence], offset: int) -> int:
    return next((one.story for one in sentences if one.start <= offset < one.end), -9)
