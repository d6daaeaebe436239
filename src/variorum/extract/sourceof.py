"""Names the source of a stretch of an article: every phrase that could be it, each with its reasons, and the best.

`candidates` gathers, `score` weighs, `source_of` chooses; another's weights or further features can be put between.
Invariant: a source lies outside the stretch; its span is a whole noun phrase, offsets in the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from variorum.extract.grammar import Word, attributing_forms, read_words, words_of
from variorum.extract.phrases import Phrase, chunk_start, is_day, phrase_behind
from variorum.extract.quotes import find_quotes
from variorum.extract.sentences import Sentence
from variorum.extract.statements import Attribution
from variorum.extract.subjects import owner_of, subject_of

Span = tuple[int, int]

# What each reason adds. Set by reading errors, one kind at a time; `python -m bench attribution-polnear` re-measures.
WEIGHTS: Mapping[str, float] = {
    "subject_left": 2.0,  # the subject of a verb before the stretch
    "verbs_between": -0.9,  # for each other subject between it and the stretch
    "touches": 1.0,  # its verb stands right before the stretch
    "attributing": 0.8,  # that verb is one of saying, thinking, wishing, feeling
    "saying": 0.6,
    "owner": 4.8,  # "X's claim that": the noun hands over the stretch
    "owner_any": 1.6,
    "agent": 1.5,  # "…, was criticised by X"
    "subject_right": 1.0,
    "behind_verb": 1.6,  # "…, said X"
    "opens": 1.6,  # the stretch opens its sentence: who speaks stands behind it
    "marked": 0.8,  # a comma or a quotation mark divides the stretch from what stands behind it
    "according": 3.2,
    "covered": 0.8,  # an attribution covers the stretch, as a share of both
    "last_speaker": -1.0,
    "colon": 1.2,
    "next_speaker": -0.6,
    "impersonal": -1.5,  # "it is clear that"
    "embedded": -1.4,  # the subject of a clause inside another, where the verb before the stretch is joined to one
    "passive": -2.0,  # "X was asked by Y"
    "agent_left": 2.4,
    "main_clause": -1.2,  # "As X says ‹this›, Y …": what stands behind is another clause
    "headline": 4.0,  # "Minister: …"
    "adjoins": 2.4,  # "(which) ‹X› defended": no mark between
    "signed": 5.0,  # "… — X" on a line of its own
    "next_paragraph": -2.5,
    "signed_name": 0.5,  # a name alone on the line behind
    "sentences_between": -0.3,
    "subject_before": -2.0,  # whom the sentence before is about, where a quotation opens this one
}
IMPERSONAL = frozenset({"it", "there"})
LINKS = frozenset({"for", "of", "on", "to", "about"})
NAME_ALONE = re.compile(r"(?:[A-Z][\w’'-]*\.? ){1,3}[A-Z][\w’'-]+(?:, [^.]{2,40})?\.?")
SIGNED = re.compile(
    r"(?:^|(?<=[\"”’'.?!…])|(?<=[\"”’'.?!…]\s))\s*(?:(?:[—–―‒~•]|--?)\s*(?P<name>[A-Z])|@(?P<handle>\w))", re.M
)
CLOSING = frozenset("\"”’'»)") | {"''"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One phrase that could be the source of a stretch."""

    start: int  # offset in the article's text
    end: int
    features: Mapping[str, float] = field(default_factory=dict)  # reason → how much of it
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Sourcespan:
    """The phrase named as the source of a stretch."""

    start: int  # offset in the article's text
    end: int
    score: float


def source_of(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution], start: int, end: int
) -> Sourcespan | None:
    """Give the phrase of an article that is the source of the stretch [start, end), offsets in the text."""
    ranked = score(candidates(text, sentences, attributions, start, end))
    return Sourcespan(ranked[0].start, ranked[0].end, ranked[0].score) if ranked else None


def score(found: Sequence[Candidate], weights: Mapping[str, float] = WEIGHTS) -> list[Candidate]:
    """Give the candidates weighed, the best first; of equals the one that stands later."""
    weighed = [
        replace(one, score=round(sum(weights.get(name, 0.0) * much for name, much in one.features.items()), 4))
        for one in found
    ]
    return sorted(weighed, key=lambda one: (-one.score, -one.start))


def candidates(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution], start: int, end: int
) -> list[Candidate]:
    """Give the phrases that could be the source of the stretch [start, end), in order, each with its reasons."""
    here = next((row for row in sentences if row.start <= start < row.end), None)
    if here is None:
        return []
    quote = _quote_around(text, sentences, here, start)
    ends = max(end, quote[1]) if quote is not None else end
    last = next((row for row in sentences if row.start <= ends - 1 < row.end), here)
    found: list[Candidate] = [*_left(text, here, start)]
    if quote is not None and quote[0] < start and quote[0] > here.start:
        found += [row for row in _left(text, here, quote[0]) if row.end <= quote[0]]
    found += _right(text, last, ends, opens=_opens(text, here, start), plain=_is_plain(text, here, start, end))
    whole = _opens(text, here, start) and not text[ends : last.end].strip(" .!?\"”’'")
    found += _elsewhere(text, sentences, attributions, here, last, whole=whole)
    found += _covering(attributions, start, end)
    return [_described(text, row) for row in _joined([row for row in found if row.end <= start or end <= row.start])]


def _described(text: str, candidate: Candidate) -> Candidate:
    """Add what kind of phrase a candidate is; unweighed here, for whoever weighs more."""
    phrase = text[candidate.start : candidate.end]
    low = phrase.lower()
    pronoun = low == "that" or low in words_of("words", "subjects") or low in words_of("words", "relatives")
    small = words_of("words", "determiners")
    named = not pronoun and any(word[:1].isupper() and word.lower() not in small for word in phrase.split())
    return replace(candidate, features={**candidate.features, "pronoun": float(pronoun), "named": float(named)})


def _quote_around(text: str, sentences: Sequence[Sentence], here: Sentence, start: int) -> Span | None:
    near = [row for row in sentences if row.paragraph == here.paragraph]
    return next((row for row in find_quotes(text, near) if row[0] <= start + 1 and start < row[1]), None)


def _opens(text: str, here: Sentence, start: int) -> bool:
    """Tell whether only marks and a conjunction stand before a stretch in its sentence."""
    return (
        re.fullmatch(r"[\s\"“‘'(\[—–-]*(?:(?:But|And|Yet|So|Still)\b,?)?[\s\"“‘'…]*", text[here.start : start])
        is not None
    )


@lru_cache(maxsize=64)
def _words(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(read_words(text, start, end))


def _span(words: Sequence[Word], phrase: Phrase) -> Span:
    return words[phrase[0]].start, words[phrase[1]].end


def _left(text: str, here: Sentence, stop: int) -> Iterator[Candidate]:
    """Give the subjects, owners and named sources that stand before a stretch in its sentence."""
    words = [word for word in _words(text, here.start, here.end) if word.end <= stop]
    yield from _headline(words)
    near = len(words) - 1
    while near >= 0 and (words[near].kind in {"mark", "sub", "adv"} or words[near].low in LINKS):
        near -= 1
    between, upper, shared, acted = 0, len(words), False, False
    seen: set[Phrase] = set()
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        known = word.low in words_of("nouns", "reported")
        if between == 0 and word.kind == "noun" and (place == near or (known and near - place < 8 and not acted)):
            owner = owner_of(words, place)
            if owner is not None:
                yield Candidate(*_span(words, owner), {"owner" if known else "owner_any": 1.0})
        acted = acted or word.kind in {"verb", "aux", "ing", "mark"}
        if word.low in {"to", "by"} and place + 1 < len(words):
            named = _named_source(words, place)
            if named is not None:
                yield named
        if word.kind not in {"verb", "aux", "ing"}:
            continue
        phrase = subject_of(words, place)
        if word.kind == "ing" and (words[place - 1].text == "," or (phrase is not None and _is_object(words, phrase))):
            phrase = None
        if phrase is None or phrase in seen:
            shared = shared or (between == 0 and (words[place - 1].kind == "conj" or word.kind == "ing"))
            continue
        seen.add(phrase)
        verbs = {one.low for one in words[phrase[1] + 1 : upper] if one.kind in {"verb", "ing", "aux"}}
        embedded = shared and _is_embedded(words, phrase)
        impersonal = words[phrase[0]].low in IMPERSONAL and word.kind == "aux"
        yield Candidate(
            *_span(words, phrase),
            {
                "subject_left": 1.0,
                "verbs_between": float(between),
                "touches": float(between == 0 and not embedded),
                "attributing": float(bool(verbs & attributing_forms())),
                "saying": float(bool(verbs & words_of("verbs", "saying"))),
                "impersonal": float(impersonal),
                "embedded": float(embedded),
                "passive": float(_is_passive(words, place, upper)),
            },
        )
        between, upper = between + (not embedded), phrase[0]


def _headline(words: Sequence[Word]) -> Iterator[Candidate]:
    """Read "Minister: six boats sank": the whole front of the line is the source."""
    if 2 <= len(words) < 12 and words[-1].text == ":":
        last = len(words) - 2
        if words[last].kind in {"name", "noun"} and chunk_start(words, last) == 0:
            yield Candidate(*_span(words, (0, last)), {"headline": 1.0})


def _named_source(words: Sequence[Word], place: int) -> Candidate | None:
    """Read "according to X, …" and "was asked by X …" before a stretch."""
    before = words[place - 1] if place else None
    if before is None or not (before.low == "according" or (words[place].low == "by" and before.kind == "verb")):
        return None
    phrase = phrase_behind(words, place + 1)
    if phrase is None or is_day(words[phrase[1]]):
        return None
    if before.low == "according":
        return Candidate(*_span(words, phrase), {"according": 1.0})
    near = len(words) - 1 - phrase[1]
    known = float(before.low in attributing_forms())
    return Candidate(*_span(words, phrase), {"agent_left": known, "touches": float(near < 2)})


def _is_object(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a verb or preposition governs a phrase: "issued ‹a statement› saying"."""
    return phrase[0] > 0 and words[phrase[0] - 1].kind in {"verb", "ing", "prep", "to", "adv", "aux"}


def _is_embedded(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a subject belongs to a clause inside another: "said (that) ‹the plan› failed and called"."""
    if words[phrase[0]].kind == "rel":
        return True
    before = words[phrase[0] - 1] if phrase[0] else None
    return before is not None and (before.kind in {"sub", "rel"} or before.low in attributing_forms())


def _is_passive(words: Sequence[Word], place: int, stop: int) -> bool:
    """Tell whether a verb is passive with its agent named: "was asked by"."""
    return any(
        word.low == "by"
        and words[place + k].kind == "verb"
        and any(one.low in words_of("words", "being") for one in words[max(0, place - 3) : place + k])
        for k, word in enumerate(words[place + 1 : min(stop, place + 5)])
    )


def _is_plain(text: str, here: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch is a phrase without a verb: "(the figure) ‹X› gave"."""
    words = _words(text, here.start, here.end)
    return all(word.kind not in {"verb", "aux"} for word in words if start <= word.start < end)


def _right(text: str, here: Sentence, stop: int, *, opens: bool, plain: bool = False) -> Iterator[Candidate]:
    """Give the subjects and named sources that stand behind a stretch in its sentence."""
    words = [word for word in _words(text, here.start, here.end) if word.start >= stop]
    begin = 0
    while begin < len(words) and (words[begin].kind == "mark" and words[begin].text not in {"(", ";"}):
        begin += 1
    words = words[begin:]
    as_told = bool(words) and words[0].low == "as"  # "that, as X points out, is much"
    words = words[1:] if as_told else words
    if not words:
        return
    marked = float(begin > 0 or text[stop - 1 : stop] in CLOSING | {",", "?", "!"})
    front = next((word for word in _words(text, here.start, here.end) if word.kind != "mark"), None)
    behind = front is not None and front.kind == "sub" and front.start < stop
    shared = {"opens": float(opens), "marked": marked, "main_clause": float(behind)}
    if words[0].low == "according" and len(words) > 2:
        phrase = phrase_behind(words, 2)
        if phrase is not None:
            yield Candidate(*_span(words, phrase), {"according": 1.0, **shared})
        return
    if words[0].kind == "verb" and words[0].low in attributing_forms():
        phrase = phrase_behind(words, 1)
        if phrase is not None:
            saying = float(words[0].low in words_of("verbs", "saying"))
            yield Candidate(
                *_span(words, phrase), {"behind_verb": marked, "saying": saying, "attributing": 1.0, **shared}
            )
    for place, word in enumerate(words[:48]):
        if word.low == "by" and place and words[place - 1].kind == "verb":
            phrase = phrase_behind(words, place + 1)
            if phrase is not None:
                yield Candidate(*_span(words, phrase), {"agent": 1.0, **shared})
        if word.kind not in {"verb", "aux"}:
            continue
        phrase = subject_of(words, place)
        if phrase is None or phrase[0] != 0:
            continue
        verbs = {one.low for one in words[place : place + 3]}
        yield Candidate(
            *_span(words, phrase),
            {
                "subject_right": 1.0,
                "attributing": float(bool(verbs & attributing_forms())),
                "saying": float(bool(verbs & words_of("verbs", "saying"))),
                "adjoins": float(plain and not marked and bool(verbs & attributing_forms())) + float(as_told),
                **shared,
            },
        )
        return


def _elsewhere(
    text: str,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    here: Sentence,
    last: Sentence,
    *,
    whole: bool,
) -> Iterator[Candidate]:
    """Give who spoke last before the stretch, who introduces it with a colon, and who speaks right behind it."""
    place = next((k for k, row in enumerate(sentences) if row.start == here.start), 0)
    if place and sentences[place - 1].text.rstrip().endswith(":"):
        before = sentences[place - 1]
        for row in _left(text, before, before.end):
            yield replace(row, features={**row.features, "colon": 1.0})
    elif place and _opens(text, here, here.start) and text[here.start] in "\"“‘'":
        before = sentences[place - 1]
        for row in [*_left(text, before, before.end)][-1:]:
            yield replace(row, features={"subject_before": 1.0})
    spoken = [row for row in attributions if row.cue_end <= here.start and here.start - row.cue_end < 1500]
    if spoken:
        speaker = max(spoken, key=lambda one: one.cue_start)
        yield Candidate(speaker.source_start, speaker.source_end, {"last_speaker": 1.0})
    place = next((k for k, row in enumerate(sentences) if row.start == last.start), 0)
    if whole:
        yield from _signed(text, sentences, attributions, place)
    quoted = last.text.rstrip()[-1:] in {'"', "”", "'", "’", "?"}
    if place + 1 < len(sentences) and quoted:
        far = float(sentences[place + 1].paragraph != last.paragraph)
        after = sentences[place + 1]
        for candidate in _right(text, after, after.start, opens=False):
            yield replace(candidate, features={**candidate.features, "next_speaker": 1.0, "next_paragraph": far})


def _signed(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution], place: int
) -> Iterator[Candidate]:
    """Give who signs a letter or quotation behind it, "— X, teacher", where nobody else speaks in between."""
    for near, row in enumerate(sentences[place : place + 14]):
        for sign in SIGNED.finditer(text, row.start, row.end):
            begin = max(sign.start("name"), sign.start("handle"))
            words = [word for word in _words(text, row.start, row.end) if word.start >= begin]
            phrase = phrase_behind(words, 0)
            rest = words[phrase[1] + 1 :] if phrase is not None else words
            if phrase is not None and len(rest) < 20 and not any(word.kind in {"verb", "aux"} for word in rest[:2]):
                yield Candidate(*_span(words, phrase), {"signed": 1.0, "sentences_between": float(near)})
                return
        if near and NAME_ALONE.fullmatch(row.text):
            yield Candidate(row.start, row.end, {"signed_name": 1.0, "sentences_between": float(near)})
            return
        spoken = any(one.cue_start >= row.start and one.cue_start < row.end for one in attributions)
        if near and (spoken or row.role != "body"):
            return


def _covering(attributions: Sequence[Attribution], start: int, end: int) -> Iterator[Candidate]:
    """Give the sources of the attributions whose content covers the stretch."""
    for row in attributions:
        shared = min(end, row.content_end) - max(start, row.content_start)
        if shared > 0:
            whole = max(end, row.content_end) - min(start, row.content_start)
            yield Candidate(row.source_start, row.source_end, {"covered": shared / whole})


def _joined(found: Sequence[Candidate]) -> list[Candidate]:
    """Give candidates that overlap as one: the longest phrase with the reasons of all."""
    groups: list[Candidate] = []
    for one in sorted(found, key=lambda row: (row.start - row.end, row.start)):
        for place, other in enumerate(groups):
            if one.start < other.end and other.start < one.end:
                both = {
                    name: max(one.features.get(name, 0.0), other.features.get(name, 0.0))
                    for name in {**one.features, **other.features}
                }
                groups[place] = replace(other, features=both)
                break
        else:
            groups.append(one)
    return sorted(groups, key=lambda row: row.start)
