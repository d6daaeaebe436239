"""The words by which a report ties one event to another or counts several. No events in here.

Invariant: a pure function of the text and its day of publication; every span counts in the text.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from variorum.model import RelatedName
from variorum.resolve.days import day_number, read_days
from variorum.values.count import parse_count
from variorum.values.date import find_dates

# Where a sentence ends: a stop, marks that close a quotation, a space, a capital; not after an initial or a title.
_STOP = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_SHORT = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Brig|St|No|vs|Sen|Rep|Gov|Prof|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))\.$"
)
SHORTEST = 3  # days of a stated period; "overnight" and "on Sunday and Monday" are of one event
DAYS = 30  # a response that comes later is told of something else in between
REACH = 120  # characters around a stem in which its rule is looked for: no pattern is longer
LONGEST = 600  # characters of a sentence either side of the words; a longer one is a table or has lost its stops

_UNITS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "month": 31, "year": 366}
_NUMBER = (
    r"(?:(?:at least|more than|over|about|around|some|nearly|almost|up to) )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|\d{1,3}|a dozen"
    r"|dozens of|scores of|several|a (?:series|string|spate|wave) of)"
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 2
    )
}
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_SERIES = re.compile(r"a (?:series|string|spate|wave) of", re.I)
_HEAD = re.compile(rf"(?<![\w-])(?:{_NUMBER}|{_ORDINAL})(?: such)?(?= )".replace(" ", r"\s+"), re.I)
_NUMBERS = frozenset(re.findall(r"[a-z]+", _NUMBER)) | _ORDINALS.keys()
_DIGIT = re.compile(r"\d")
BACK = 80  # characters between number and noun
# Words between the number and the noun: "four deadly air strikes". A noun of its own ends the search.
_BETWEEN = (
    r"(?: (?!(?:people|civilians|soldiers|children|days?|weeks?|months?|years?|of|in|on|and|to|killed|dead|wounded)\b)"
    r"[a-z][\w-]*){0,3}?"
)
_WITHIN = re.compile(
    r"\b(?:in|within|over|during) "
    r"(?:the (?:past|last|space of) |less than |under |just |little more than |only |as many as )?"
    r"(?P<number>a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}|as many) "
    r"(?P<unit>hour|day|night|week|month|year)s?\b",
    re.I,
)
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s$")
_LEADING = re.compile(r"\b(?:since|in|during|over|throughout)\s+(?:the\s+)?\Z", re.I)
# Without one of these a sentence names no time longer than a day or two.
_LONG_TIME = re.compile(
    r"\b(?:since|this|last|past|previous|between|from|during|over|throughout|week|month|year|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug"
    r"|Sep|Oct|Nov|Dec|(?:19|20)\d\d)",
    re.I,
)
_BETWEEN_DAYS = re.compile(r"\b(?:between|from)\s+\Z", re.I)
_AND = re.compile(r"\s+(?:and|to|until|till)\s+", re.I)
_PLURAL = re.compile(r"s\b", re.I)
_SO_FAR = re.compile(r"\bsince the (?:start|beginning) of the (?P<unit>week|month|year)\b", re.I)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which words tie two events of a sentence."""

    name: RelatedName
    later: Literal["before", "after"]
    pattern: re.Pattern[str]
    stems: tuple[str, ...]  # one of them stands in all that the pattern finds
    beside: tuple[str, ...]  # one of them stands somewhere in the report
    later_kinds: frozenset[str]
    earlier_kinds: frozenset[str]
    same_family: bool
    days: int  # how long after the earlier event the later one can be
    example: str


@dataclass(frozen=True, slots=True)
class Step:
    """One way in which a thing goes on: which kinds follow which, by what words, and what has to agree."""

    later: frozenset[str]
    earlier: frozenset[str]
    words: re.Pattern[str]
    agree: Literal["place", "route", "parties"]
    days: int
    stems: tuple[str, ...]  # one of them stands in all that `words` finds; none: no quick look
    same_kind: bool
    example: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What a report counts, and the kinds of event it can be."""

    what: re.Pattern[str]  # with the words that can stand between a number and it
    bare: re.Pattern[str]
    kinds: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Everything linkwords.toml says."""

    rules: tuple[Rule, ...]
    steps: tuple[Step, ...]
    nouns: tuple[Noun, ...]
    stems: tuple[str, ...]  # of all nouns
    not_before: re.Pattern[str]
    pointing: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """Words of one sentence that tie two events."""

    rule: Rule
    start: int
    end: int
    sentence: tuple[int, int]
    years: int | None = None  # of an anniversary, where stated


@dataclass(frozen=True, slots=True)
class Tally:
    """Words that count several events over a time."""

    stated: str  # canonical count
    itself: bool  # "the third such attack": the event that is told is one of them
    start: int  # of number, noun and time
    end: int
    after: int  # end of the noun
    what: str  # the noun
    kinds: frozenset[str]
    since: int  # day ordinals, both included
    until: int
    sentence: tuple[int, int]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.I)


@cache
def load_link_words() -> LinkWords:
    """Give the words shipped with the package."""
    data: Mapping[str, Any] = tomllib.loads(
        files("variorum.resolve").joinpath("linkwords.toml").read_text(encoding="utf-8")
    )
    return LinkWords(
        rules=tuple(
            Rule(
                name=row["name"],
                later=row["later"],
                pattern=_compiled(rf"\b(?:{row['pattern']})\b"),
                stems=tuple(row["stems"]),
                beside=tuple(row.get("beside", ())),
                later_kinds=frozenset(row.get("later_kinds", ())),
                earlier_kinds=frozenset(row.get("earlier_kinds", ())),
                same_family=row.get("same_family", False),
                days=row.get("days", DAYS),
                example=row["example"],
            )
            for row in data["tie"]
        ),
        steps=tuple(
            Step(
                later=frozenset(row["later"]),
                earlier=frozenset(row["earlier"]),
                words=_compiled(row["words"]),
                agree=row["agree"],
                days=row["days"],
                stems=tuple(row.get("stems", ())),
                same_kind=row.get("same_kind", False),
                example=row["example"],
            )
            for row in data["step"]
        ),
        nouns=tuple(
            Noun(
                what=_compiled(rf"{_BETWEEN} (?P<what>{row['what']})(?![\w-])"),
                bare=_compiled(rf"(?<![\w-])(?:{row['what']})(?![\w-])"),
                kinds=frozenset(row["kinds"]),
                example=row["example"],
            )
            for row in data["tally"]
        ),
        stems=tuple(sorted({stem for row in data["tally"] for stem in row["stems"]})),
        not_before=_compiled(data["not_before"]["pattern"]),
        pointing=_compiled(data["pointing"]["pattern"]),
    )


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span of the sentence that holds a stretch of text."""
    first, last = max(0, start - LONGEST), min(len(text), end + LONGEST)
    for match in _STOP.finditer(text, first, start):
        if not _SHORT.search(text, max(0, match.start() - 6), match.start() + 1):
            first = match.end()
    for match in _STOP.finditer(text, end, last):
        if not _SHORT.search(text, max(0, match.start() - 6), match.start() + 1):
            last = match.start() + (text[match.start()] != "\n")
            break
    return first, last


def find_ties(text: str) -> list[Tie]:
    """Give the words that tie two events, in order; what is only threatened, planned or denied ties nothing."""
    words = load_link_words()
    lowered = text.lower()
    found: dict[int, Tie] = {}
    for rule in words.rules:
        if rule.beside and not any(stem in lowered for stem in rule.beside):
            continue
        for match in _around_stems(rule, lowered, text):
            sentence = sentence_around(text, match.start(), match.end())
            if words.not_before.search(text[sentence[0] : match.start()]) is None:
                found.setdefault(match.start(), Tie(rule, *match.span(), sentence, _years(match)))
    return [found[start] for start in sorted(found)]


def _around_stems(rule: Rule, lowered: str, text: str) -> Iterator[re.Match[str]]:
    """Yield what a rule finds, looking only around its stems: thirty times quicker than walking through the text."""
    if len(lowered) != len(text):  # a letter that lower case writes as two
        yield from rule.pattern.finditer(text)
        return
    for stem in rule.stems:
        place = lowered.find(stem)
        while place >= 0:
            yield from rule.pattern.finditer(text, max(0, place - REACH), place + REACH)
            place = lowered.find(stem, place + 1)


def _years(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    word = (groups.get("ordinal") or groups.get("years") or "").lower()
    if not word:
        return None
    if word in ("first", "one-year", "a", "one"):
        return 1
    return _ordinal(word) or _whole(word.removesuffix("-year"))


def _ordinal(word: str) -> int | None:
    digits = re.match(r"(\d+)(?:st|nd|rd|th)$", word)
    return int(digits[1]) if digits else _ORDINALS.get(word.lower())


def _whole(word: str) -> int | None:
    count = parse_count({"a": "one", "an": "one"}.get(word.lower(), word))
    return int(count) if count is not None and count.isdigit() else None


def kinds_named(words: str) -> frozenset[str]:
    """Give the kinds of event that the first noun of an event in some words can name: "an air strike on a market"."""
    found = [(match.start(), noun.kinds) for noun in load_link_words().nouns if (match := noun.bare.search(words))]
    first = min((start for start, _ in found), default=0)
    return next((kinds for start, kinds in found if start == first), frozenset())


def find_tallies(text: str, published: str | None) -> list[Tally]:
    """Give the counts of several events over a stated time, in order; a count without a time counts one day's."""
    day = day_number(published)
    found: list[Tally] = []
    for head in _heads(text):
        noun = next(
            ((noun, match) for noun in load_link_words().nouns if (match := noun.what.match(text, head.end()))), None
        )
        if noun is None or _MONTH_BEFORE.search(text, max(0, head.start() - 12), head.start()):
            continue
        sentence = sentence_around(text, *head.span())
        stated, itself = _stated(head.group())
        if stated is None or itself == (_PLURAL.search(noun[1]["what"]) is not None):
            continue  # "11 bombardment", "third strikes": no count
        period = _period(text, sentence, noun[1].span("what"), stated, published)
        if period is None:
            continue
        since, until, *words = period
        if day is not None:
            until = min(until, day)
        if since < until:
            what = " ".join(noun[1]["what"].split())
            lead = _LEADING.search(text, sentence[0], words[0])
            start, end = min(head.start(), lead.start() if lead else words[0]), max(noun[1].end("what"), words[1])
            found.append(
                Tally(stated, itself, start, end, noun[1].end("what"), what, noun[0].kinds, since, until, sentence)
            )
    return found


def _heads(text: str) -> list[re.Match[str]]:
    """Give the numbers that stand before a noun of an event: nouns are found first, which is ten times quicker."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that lower case writes as two
        return list(_HEAD.finditer(text))
    found: dict[int, re.Match[str]] = {}
    for stem in load_link_words().stems:
        place = lowered.find(stem)
        while place >= 0:
            first = max(0, place - BACK)
            if not _NUMBERS.isdisjoint(lowered[first:place].split()) or _DIGIT.search(lowered, first, place):
                found.update((head.start(), head) for head in _HEAD.finditer(text, first, place))
            place = lowered.find(stem, place + 1)
    return [found[start] for start in sorted(found)]


def _stated(words: str) -> tuple[str | None, bool]:
    """Give the count that words state, and whether they count the event that is told: "third such"."""
    words = " ".join(words.split())
    number = _ordinal(words.split()[0])
    if number is not None:
        return str(number), True
    return ("3..", False) if _SERIES.fullmatch(words) else (parse_count(words), False)


def _period(
    text: str, sentence: tuple[int, int], noun: tuple[int, int], stated: str, published: str | None
) -> tuple[int, int, int, int] | None:
    """Give the first and last day that a sentence counts over, and the span of those words.

    A time behind the noun is taken before one in front of it.
    """
    day = day_number(published)
    words = text[slice(*sentence)]
    found: list[tuple[bool, int, int, int, int, int]] = []  # in front, how far, since, until, span of the words
    for match in (*_WITHIN.finditer(words), *_SO_FAR.finditer(words)):
        back = _length(match, stated, day)
        if back is not None and day is not None:
            found.append(_placed(match.start(), match.end(), day - back, day, sentence, noun))
    dates = find_dates(words, published) if _LONG_TIME.search(words) else []
    for first, last in pairwise(dates):  # "between 14 April and 2 May"
        since, until = read_days(first.value), read_days(last.value)
        if since is None or until is None or since.low is None or until.high is None or since.low >= until.high:
            continue
        if _AND.fullmatch(words, first.end, last.start) and _BETWEEN_DAYS.search(words, 0, first.start):
            found.append(_placed(first.start, last.end, since.low, until.high, sentence, noun))
    for said in dates:
        days = read_days(said.value)
        if days is None or days.low is None or days.high is None:
            continue
        if said.extra.get("since"):
            if day is not None:
                found.append(_placed(said.start, said.end, days.low, day, sentence, noun))
        elif days.width >= SHORTEST:
            found.append(_placed(said.start, said.end, days.low, days.high, sentence, noun))
    if not found:
        return None
    return min(found)[2:]


def _placed(
    start: int, end: int, since: int, until: int, sentence: tuple[int, int], noun: tuple[int, int]
) -> tuple[bool, int, int, int, int, int]:
    first, last = start + sentence[0], end + sentence[0]
    behind = first >= noun[1]
    return not behind, first - noun[1] if behind else noun[0] - last, since, until, first, last


def _length(match: re.Match[str], stated: str, day: int | None) -> int | None:
    """Give how many days a stretch goes back: "in as many days", "since the start of the month"."""
    groups = match.groupdict()
    unit = match["unit"].lower()
    if "number" not in groups:
        if day is None:
            return None
        today = date.fromordinal(day)
        return {"week": today.weekday(), "month": today.day - 1}.get(unit, today.timetuple().tm_yday - 1)
    many = match["number"].lower() == "as many"
    number = int(stated) if many and stated.isdigit() else _whole(match["number"])
    return None if number is None else math.ceil(number * _UNITS[unit])
