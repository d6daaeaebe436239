"""Figures in running text: digits, number words, ranges, bounds and approximations. Not yet counts or quantities.

Invariant: figures do not overlap, come in order, and `low <= high` where both are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from variorum.values.caseless import make_regex
from variorum.values.letters import make_small

_SMALL_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)} | {"fourty": 40}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SUFFIX_SCALES = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}
# The least that each word is used for. "Hundreds" are at least two hundred; "several" and "a few" more than two.
PLURALS = {"dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6}
PLURALS |= {"billions": 2 * 10**9}
TIMES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
OPEN = {"several": 3, "a few": 3, "few": 3, "a handful": 3, "multiple": 2}

_SPACE = r"[\s\u00a0\u202f\u2009]"
DIGITS = re.compile(
    r"\d{1,3}(?:[,\u066c\u00a0\u202f\u2009']\d{3})+(?!\d)(?:[.\u066b]\d+)?"  # 330,000 · 10 000 with a hard space
    r"|\d{1,3}(?: \d00){1,2}(?![\d,.]\d)"  # 10 000: an ordinary space only before round hundreds
    r"|\d+(?:[.\u066b]\d+)?"
)
WORD = re.compile(r"[A-Za-z]+")
_GAP = re.compile(rf"(?:{_SPACE}+|-)")
_START_WORDS = [*SMALL, *TENS, "a", "an", "half", "hundred", "thousand", "dozen", "no", "nobody", "none", "couple"]
_VAGUE = make_regex(
    r"(?P<tens>(?:several\s+|many\s+)?(?P<outer>tens|dozens|scores|hundreds|thousands)\s+of\s+(?P<inner>thousands|hundreds|millions|billions))"
    r"|(?P<open>several|(?:just\s+|only\s+)?a\s+few|(?:just\s+|only\s+)?a\s+handful|multiple)(?:\s+(?P<times>dozen|hundred|thousand|million|billion)\b)?"
    r"|(?P<plural>dozens|scores|hundreds|thousands|millions|billions)"
    r"|(?P<couple>a\s+(?:couple|pair))(?:\s+of)?(?:\s+(?P<pair>dozen|hundred|thousand|million)\b)?",
    re.IGNORECASE,
)
_START = make_regex(rf"\d|\b(?:{'|'.join(_START_WORDS)}|several|few|handful|multiple|{'|'.join(PLURALS)})\b", re.I)

_CODE_BEFORE = re.compile(r"\b(?:USD|EUR|GBP|PS)$|\$(?:US|A)$")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₽₹₺₪₴]|\b(?:USD|EUR|GBP|PS)|\$(?:US|A))\s?$")
_LETTER = re.compile(r"[mM](?![A-Za-z\d])|(?<=\d)[bB](?![A-Za-z\d])")
_MILLION = re.compile(r"m(?=\s+(?:people|refugees|civilians|children|residents|displaced|tons?|tonnes?|barrels?)\b)")

_LEAST = (
    r"at\s+the\s+very\s+least|at\s+least|at\s+the\s+least|no\s+fewer\s+than|no\s+less\s+than|not\s+less\s+than|"
    r"not\s+fewer\s+than|(?:a\s+)?minimum\s+of|as\s+few\s+as|(?:many\s+|far\s+|slightly\s+|well\s+|a\s+little\s+)?more\s+than|"
    r"(?:just\s+|well\s+|a\s+little\s+|slightly\s+)?(?<!handed\s)(?<!handing\s)(?<!hands\s)(?<!hand\s)over|upwards?\s+of|in\s+excess\s+of|greater\s+than|exceeding|"
    r"exceeds|exceeded|(?:just\s+|well\s+)?above|(?:anything\s+)?north\s+of|>|≥"
)
_MOST = (
    r"as\s+many\s+as|as\s+much\s+as|as\s+far\s+as|up\s+to|no\s+more\s+than|not\s+more\s+than|no\s+greater\s+than|"
    r"at\s+(?:the\s+)?most|(?:a\s+)?maximum\s+of|(?:far\s+|slightly\s+)?fewer\s+than|(?:far\s+|slightly\s+)?less\s+than|"
    r"(?:just\s+|well\s+|a\s+little\s+)?under|(?:just\s+|well\s+)?below|<|≤"
)
_ABOUT = (
    r"(?:an\s+)?estimated|about|around|some|nearly|almost|close\s+to|roughly|approximately|approx\.?|circa|"
    r"in\s+the\s+region\s+of|something\s+like|virtually|or\s+so|~|≈"
)
_FILLER = (
    r"the|an\s+additional|additional|another|a\s+further|further|a\s+total\s+of|total\s+of|possibly|probably|perhaps"
)
BEFORE = make_regex(
    rf"(?:(?<![\w-])(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT})|(?P<filler>{_FILLER}))){_SPACE}*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"(?P<least>{_SPACE}or{_SPACE}more\b|{_SPACE}and{_SPACE}counting\b|[- ]plus\b|\+|"
    rf",?{_SPACE}at{_SPACE}least(?!{_SPACE}+\w*\d))"
    rf"|(?P<most>{_SPACE}or{_SPACE}(?:fewer|less)\b|{_SPACE}at{_SPACE}most\b)"
    rf"|(?P<about>{_SPACE}or{_SPACE}so\b|[- ]odd\b|{_SPACE}or{_SPACE}thereabouts\b)",
    re.IGNORECASE,
)
_TO = re.compile(rf"{_SPACE}*(?:[-–—‑]|to|or|till){_SPACE}*", re.IGNORECASE)
_AND = re.compile(rf"{_SPACE}+(?:and|to|[-–]){_SPACE}+", re.IGNORECASE)
_INNER = make_regex(rf"(?:{_ABOUT}|{_MOST}){_SPACE}+", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{_SPACE}+(?:(?:{_ABOUT}){_SPACE}+)?$", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom{_SPACE}+(?:(?:{_ABOUT}){_SPACE}+)?$", re.IGNORECASE)
# "The toll rose from 10 to 15" holds two figures, not a range.
_CHANGE = make_regex(
    r"\b(?:rose|rise[sn]?|rising|climb\w*|increas\w*|grew|grown|jump\w*|fell|fall\w*|drop\w*|declin\w*|cut|revis\w*|"
    r"reduc\w*|lower\w*|rais\w*|up|down|went|going|chang\w*)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its bounds; `start:end` takes in the words that bound it, `first:last` only the number."""

    start: int
    end: int
    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    about: bool = False
    how: str = "digits"  # digits | words | vague | article | none
    prefix: str = ""  # the bounding words before the number, lower case: "over", "almost"


def find_figures(text: str) -> list[Figure]:
    """Find every figure with its bounds, before asking what it counts or measures."""
    return list(_figures(text))


@lru_cache(maxsize=64)  # counts, quantities and tolls ask for those of the same sentence
def _figures(text: str) -> tuple[Figure, ...]:
    found: list[Figure] = []
    position = 0
    while True:
        begin = _START.search(text, position)
        if begin is None:
            return tuple(found)
        figure = read_figure(text, begin.start())
        if figure is None:
            token = DIGITS.match(text, begin.start()) or WORD.match(text, begin.start())
            position = begin.end() if token is None else max(begin.end(), token.end())
            continue
        floor = found[-1].end if found else 0
        figure = _bounded(text, figure, floor)
        found.append(figure)
        position = figure.end


def read_figure(text: str, start: int) -> Figure | None:
    """Read the number or range that begins at `start`, without the words before it."""
    figure = _read_number(text, start)
    if figure is None:
        return None
    if figure.how not in ("digits", "words"):
        return figure
    before = text[max(0, start - 60) : start]
    between = _BETWEEN.search(before)
    joined = _AND.match(text, figure.last) if between else _TO.match(text, figure.last)
    if joined is None:
        return figure
    if not between and _FROM.search(before) and _CHANGE.search(_FROM.sub("", before)):
        return figure
    position = joined.end()
    inner = _INNER.match(text, position)
    if inner:
        position = inner.end()
    other = _read_number(text, position)
    if other is None or other.how not in ("digits", "words") or figure.low is None or other.high is None:
        return figure
    low = figure.low
    # "10 to 15 thousand": the scale belongs to both ends.
    scale = _shared_scale(text, other)
    if scale > 1 and low < 1000 and low * scale <= other.high:
        low *= scale
    if low >= other.high or (make_small(joined.group().strip()) == "or" and other.high > low * 3):
        return figure
    return replace(figure, end=other.end, last=other.last, low=low, high=other.high)


def _shared_scale(text: str, figure: Figure) -> int:
    word = re.search(r"(thousand|million|billion|dozen|hundred)$", text[figure.first : figure.last], re.I)
    return 1 if word is None else TIMES[make_small(word.group(1))]


def _read_number(text: str, start: int) -> Figure | None:
    if text[start : start + 1].isdigit():
        return _read_digits(text, start)
    vague = _VAGUE.match(text, start)
    if vague:
        return _read_vague(text, vague)
    return _read_words(text, start)


def to_decimal(digits: str) -> Decimal:
    """Turn a run of digits with separators, in any script, into a number."""
    plain = re.sub(r"[,\u066c\u00a0\u202f\u2009' ]", "", digits).replace("\u066b", ".")
    return Decimal("".join(str(int(c)) if c.isdigit() else c for c in plain))


def _read_digits(text: str, start: int) -> Figure | None:
    match = DIGITS.match(text, start)
    if match is None:
        return None
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
    if glued and not _CODE_BEFORE.search(text[max(0, start - 4) : start]):
        return None
    value, end = to_decimal(match.group()), match.end()
    scale = re.compile(rf"(?:{_SPACE}+|-)(thousand|million|billion|trillion|dozen|hundred)\b", re.I).match(text, end)
    suffix = re.compile(r"(k|mn|mln|bn|tn)\b", re.I).match(text, end)
    if scale:
        word = make_small(scale.group(1))
        value, end = value * (TIMES | SCALES)[word], scale.end()
    elif suffix:
        value, end = value * SUFFIX_SCALES[make_small(suffix.group(1))], suffix.end()
    else:
        letter = _LETTER.match(text, end)
        money = letter is not None and _MONEY_BEFORE.search(text[max(0, start - 4) : start]) is not None
        if letter is not None and (money or letter.group() == "M" or _MILLION.match(text, end)):
            value, end = value * (10**9 if letter.group() in "bB" else 10**6), end + 1
    return Figure(start, end, start, end, value, value)


def _read_vague(text: str, match: re.Match[str]) -> Figure:
    start, end = match.span()
    if match["couple"]:
        value = Decimal(2 * TIMES.get(make_small(match["pair"] or ""), 1))
        return Figure(start, end, start, end, value, value, about=match["pair"] is not None, how="vague")
    if match["tens"]:
        low = PLURALS[make_small(match["outer"])] * (PLURALS[make_small(match["inner"])] // 2)
    elif match["open"]:
        words = re.sub(r"^(?:just|only)\s+", "", re.sub(r"\s+", " ", make_small(match["open"])))
        low = OPEN[words] * TIMES.get(make_small(match["times"] or ""), 1)
    else:
        low = PLURALS[make_small(match["plural"])]
    return Figure(start, end, start, end, Decimal(low), None, how="vague")


def _tokens(text: str, start: int) -> Iterator[tuple[str, int, str]]:
    """Yield (word, end, gap before it) for words joined by blanks or hyphens."""
    position, gap = start, ""
    while True:
        word = WORD.match(text, position)
        if word is None:
            return
        yield make_small(word.group()), word.end(), gap
        joint = _GAP.match(text, word.end())
        if joint is None:
            return
        gap, position = joint.group(), joint.end()


def _read_words(text: str, start: int) -> Figure | None:
    """Read a spelled number: "seventy-two", "one hundred and twenty", "half a dozen", "two and a half million"."""
    if start > 0 and (
        text[start - 1].isalnum() or (text[start - 1] in "-_'’" and text[start - 2 : start - 1].isalnum())
    ):
        return None
    total, current, end, last, waiting_and, halves = Decimal(0), Decimal(0), start, "", False, False
    limit = 10**15
    tokens = list(_tokens(text, start))[:14]
    index = 0
    if tokens and tokens[0][0] == "half" and len(tokens) > 2 and tokens[1][0] in ("a", "an") and tokens[2][0] in TIMES:
        value = Decimal(TIMES[tokens[2][0]]) / 2
        return Figure(start, tokens[2][1], start, tokens[2][1], value, value, how="words")
    names = [token[0] for token in tokens]
    parts = [names[:1], names[1:2]]
    if parts in ([["a"], ["quarter"]], [["one"], ["quarter"]], [["three"], ["quarters"]]) and (
        names[2:4] == ["of", "a"] and names[4:5] and names[4] in SCALES
    ):
        value = Decimal(SCALES[names[4]]) * (3 if parts[0] == ["three"] else 1) / 4
        return Figure(start, tokens[4][1], start, tokens[4][1], value, value, how="words")
    while index < len(tokens):
        word, stop, gap = tokens[index]
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if word in ("a", "an") and last == "" and following in TIMES:
            current, last = Decimal(1), "article"
        elif word in SMALL and (
            last in ("", "hundred", "scale")
            or (last == "tens" and SMALL[word] in range(1, 10) and not waiting_and and gap in ("-", " "))
        ):
            current, last, end = current + SMALL[word], "small", stop
            if SMALL[word] == 0 and index:
                break
        elif word in TENS and last in ("", "hundred", "scale"):
            current, last, end = current + TENS[word], "tens", stop
        elif word == "hundred" and last in ("small", "tens", "article", "half") and current < 100:
            current, last, end = current * 100, "hundred", stop
        elif word == "dozen" and last in ("small", "tens", "article", "half") and not total:
            current, end = current * 12, stop
            total, current = total + current, Decimal(0)
            last = "done"
            break
        elif word in SCALES and last in ("small", "tens", "hundred", "article", "half") and SCALES[word] < limit:
            limit = SCALES[word]
            total, current, last, end = total + current * limit, Decimal(0), "scale", stop
        elif word == "and" and last in ("small",) and [t[0] for t in tokens[index + 1 : index + 3]] == ["a", "half"]:
            current, last, end, halves = current + Decimal("0.5"), "half", tokens[index + 2][1], True
            index += 2
        elif word == "and" and last in ("hundred", "scale") and following in (SMALL | TENS) and not halves:
            waiting_and = True
            index += 1
            continue
        else:
            break
        waiting_and = False
        index += 1
    if end == start:
        return None
    value = total + current
    return Figure(start, end, start, end, value, value, how="words")


def _bounded(text: str, figure: Figure, floor: int) -> Figure:
    """Take in the bounding words around a figure: "at least", "or more"."""
    start, effects, prefix = figure.start, set[str](), ""
    head = _BETWEEN.search(text[max(floor, start - 60) : start]) or (
        _FROM.search(text[max(floor, start - 60) : start]) if figure.low != figure.high and figure.high else None
    )
    if head and figure.low != figure.high and figure.how in ("digits", "words"):
        start -= len(head.group())
    reach = start
    for _ in range(4):
        match = BEFORE.search(text[max(floor, reach - 40) : reach])
        if match is None:
            break
        reach -= len(match.group())
        if match.lastgroup != "filler":
            effects.add(match.lastgroup or "")
            start, prefix = reach, " ".join(make_small(match.group()).split())
    end = figure.end
    after = AFTER.match(text, figure.last)
    if after:
        effects.add(after.lastgroup or "")
        end = after.end()
    low, high, about = figure.low, figure.high, figure.about
    exact = low == high
    if "least" in effects:
        high, about = None, False
    elif "most" in effects and high is not None:
        low, about = None, False
    elif "about" in effects and exact:
        about = True
    return replace(figure, start=start, end=end, low=low, high=high, about=about, prefix=prefix)


def show_number(value: Decimal | float | int) -> str:
    """Write a number without exponent, separators or trailing zeros."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text


def write_bounds(figure: Figure) -> str:
    """Write the canonical form of a figure: `12`, `12..`, `..200`, `~400`, `30..40`."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return ".."
    if low is None and high is not None:
        return f"..{show_number(high)}"
    if high is None and low is not None:
        return f"{show_number(low)}.."
    assert low is not None
    assert high is not None
    if low == high:
        return f"{'~' if figure.about else ''}{show_number(low)}"
    return f"{show_number(low)}..{show_number(high)}"


CANONICAL = re.compile(
    r"(?P<about>~)?(?P<only>\d+(?:\.\d+)?)|(?P<low>\d+(?:\.\d+)?)\.\.(?P<high>\d+(?:\.\d+)?)|"
    r"(?P<least>\d+(?:\.\d+)?)\.\.|\.\.(?P<most>\d+(?:\.\d+)?)",
    re.ASCII,
)
