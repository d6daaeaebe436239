"""Counts of people and things: find them in text, read one, bounds, compare, show. Not what the figure counts.

Canonical: `12` · `12..` (at least) · `..200` (as many as) · `~400` (about) · `30..40`.
Invariant: years, dates, times, money, shares, ages, calibres, model numbers, ordinals and tallies are never counts.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.number import CANONICAL, SMALL, TENS, Figure, find_figures, write_bounds
from variorum.values.order import Interval, Order, compare_intervals
from variorum.values.units import read_currency, read_unit

ABOUT = 0.1  # "about 400": a tenth either way, and one at least

PERSON = (
    r"m[ae]n|wom[ae]n|child(?:ren)?|boys?|girls?|bab(?:y|ies)|infants?|toddlers?|teen(?:ager)?s?|persons?|people|civilians?|"
    r"residents?|villagers?|locals?|farmers?|shepherds?|workers?|labou?rers?|engineers?|drivers?|students?|pupils?|teachers?|"
    r"soldiers?|troops?|conscripts?|recruits?|servicem[ae]n|servicewom[ae]n|reservists?|officers?|generals?|colonels?|captains?|"
    r"majors?|commanders?|lieutenants?|sergeants?|pilots?|sailors?|marines?|airm[ae]n|guards?|policem[ae]n|policewom[ae]n|"
    r"fighters?|militants?|gunm[ae]n|rebels?|insurgents?|jihadists?|terrorists?|extremists?|bombers?|attackers?|assailants?|"
    r"snipers?|mercenar(?:y|ies)|volunteers?|journalists?|reporters?|photographers?|cameram[ae]n|doctors?|nurses?|medics?|"
    r"paramedics?|rescuers?|firefighters?|aid\s+workers?|activists?|protesters?|demonstrators?|worshippers?|pilgrims?|"
    r"refugees?|migrants?|hostages?|captives?|prisoners?|detainees?|inmates?|suspects?|victims?|bystanders?|passers?-?by|"
    r"pedestrians?|passengers?|customers?|shoppers?|officials?|lawmakers?|mayors?|judges?|lawyers?|priests?|imams?|clerics?|"
    r"monks?|nuns?|sheikhs?|tourists?|foreigners?|nationals?|citizens?|settlers?|(?:grand)?(?:mother|father|son|daughter)s?|"
    r"brothers?|sisters?|wi(?:fe|ves)|husbands?|cousins?|relatives?|famil(?:y|ies)|couples?|minors?|adults?|casualt(?:y|ies)|"
    r"deaths?|fatalit(?:y|ies)|injur(?:y|ies)|survivors?|contractors?|peacekeepers?|observers?|inspectors?|nephews?|nieces?"
)
_PERSON = make_regex(rf"(?P<adjectives>(?:[A-Za-z][\w'’-]*\s+){{0,2}}?)(?P<noun>{PERSON})\b(?![-'’])", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?<![\w-])(?P<word>no[\s-]one|nobody|none|not\s+a\s+single|a\s+single|another|an?|one|no|zero)\b\s*",
    re.IGNORECASE,
)
# "a rebel stronghold", "a refugee camp": a person noun that goes on into another noun counts nobody.
_NOUN_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)\]”\"–—(])|\s+(?:was|were|is|are|be|has|had|who|whom|whose|that|which|and|or|but|in|at|on|from|of|by|"
    r"with|for|when|where|after|before|during|as|near|inside|outside|to|while|under|among|while|aboard|because|than|died|"
    r"said|told|dead|missing|shot|hurt|\d+|[a-z]+ed|[a-z]+ing)\b|\s+(?-i:[A-Z])"
)
_STOP_ADJECTIVE = re.compile(
    r"\b(?:of|the|and|or|to|in|on|at|by|for|with|from|is|was|were|who|that|as|than|but|said|group|team|number|lot|few|couple|"
    r"dozen|hundred|thousand|million|handful|day|time|longer|more|less|fewer|other|first|second|third|fourth|fifth)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR_BEFORE = make_regex(
    r"\b(?:in|since|by|until|till|of|during|from|before|after|early|late|mid|to|and|year|between|around|circa|spring|"
    rf"summer|autumn|fall|winter|{_MONTH})[\s,-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s*(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:,|and|or|to|-|–)\s*))?$|\d[/.]$")
_DATE_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?(?:\s+of)?(?:\s+(?:and|to|or|-|–)\s+\d{{1,2}})?,?[\s-]+{_MONTH}(?![a-z])|[/]\d|:\d\d"
)
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b\.?|GMT\b|UTC\b|o['’]clock|hours\s+(?:local|GMT)|hrs\b)", re.IGNORECASE)
_LABEL_BEFORE = make_regex(
    r"\b(?:resolutions?|article|section|chapter|page|flight|route|highway|road|unit|channel|brigade|division|battalion|phase|"
    r"level|room|figure|table|episode|season|volume|part|point|item|number|no|nos|area|camp|platform|gate|line|day|week|grade|"
    r"group|category|class|type|model|mark|mk|block|sector|zone|district|ward|version|covid|agenda|goal|tower|pier|protocol|"
    r"act|bill|paragraph|rule|charter|boeing|airbus|[Tt]op)[.\s#-]+$",
    re.IGNORECASE,
)
_MODEL_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:AK|BM|Su|Mi|MiG|RPG|TOW|T|F|B|S|SA|M|Tu|An|Il|Ka|PMU|R|Kh|Km)[\s-]$|[A-Za-z]-$|#$|№\s?$"
)
# "Hill 402 was taken", but "at the checkpoint 12 soldiers": a label has no article before it, and no noun after.
_SITE_BEFORE = make_regex(
    r"(?<!\bthe )(?<!\ba )(?<!\bits )(?<!\btheir )\b(?:checkpoint|hill|house|post|outpost|base|station|junction|exit|"
    r"bus|building|apartment|squadron|regiment|company|platoon|kilomet(?:re|er)|radio)\s$",
    re.IGNORECASE,
)
_VERB = r"(?:was|were|is|are|has|have|had|who|in|at|on|of|and|or|but|to|by|as|from|when|with)\b"
_NOUN_AFTER = re.compile(rf"\s+(?!{_VERB})(?:[a-z][\w-]*\s+(?!{_VERB}))?(?:{PERSON}|[a-z]+s)\b")
# "Children between six and ten", "boys under 16", "people over the age of 65": no noun of its own follows.
_AGED_BEFORE = re.compile(
    r"\b(?:children|boys|girls|kids|minors|pupils|students|infants|teenagers|youths|youngsters|men|women|people|those|"
    r"anyone|everyone)\s+$",
    re.IGNORECASE,
)
_AGED_PREFIX = ("under", "over", "below", "above")
# "Nine in ten", "three out of four": how many of how many, not how many there were.
_OF_HOW_MANY = re.compile(
    rf"\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{'|'.join((*SMALL, *TENS))}|\d+)\b(?!\s+[A-Za-z-]+s\b|\s+people\b)", re.I
)
_HOW_MANY_OF = make_regex(rf"\b(?:{'|'.join((*SMALL, *TENS))}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?$", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"\bages?\s+of\s+$|\b(?:aged?|ages)\s+(?:between\s+)?(?:\w+\s+(?:and|to|or)\s+)?$|\b(?:he|she)(?:\s+is|\s+was|['’]s)\s+$",
    re.I,
)
_AGE_AFTER = re.compile(r"[\s-]+(?:years?|months?|weeks?)[\s-]+olds?\b|[\s-]years?[\s-]of[\s-]age|s\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(
    r"(?:[A-Z][\w'’.-]+|\b(?:man|woman|boy|girl|child|student|teacher|doctor|farmer|driver|mother|father|soldier|officer)),\s$"
)
_VOTES_AFTER = re.compile(
    r"\s+(?:votes?|points?|goals?|seats?|abstentions?|against|in\s+favou?r|per\s?cent|percent)\b", re.I
)
_VOTES_BEFORE = re.compile(
    r"\b(?:voted|vote\s+of|by\s+a\s+vote\s+of|votes?\s+to|won|beat\s+\w+|lost|defeated\s+\w+)\s+$", re.IGNORECASE
)
_LOST_BEFORE = re.compile(r"\blost\s+$", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?<![.!?”\"\n])\s(?!(?:In|At|On|Of|The|And|But|Some|About|Around|Nearly|Over|After|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|Another|Only|Just)\b)[A-Z&][\w&/]*\s$"
)
_COUNTED_AFTER = make_regex(
    rf"-?\s?(?:[a-z][\w-]*\s+){{0,2}}(?:{PERSON}|(?!(?:was|is|has)\b)[a-z]+s|dead|killed|wounded|injured|missing|were|died|others?)\b|\s*[,;]?\s*(?:dead|killed)"
)
_COMPOUND = re.compile(r"-(?=[a-z])")
_NOT_COUNTED = re.compile(
    r"-(?:way|time|sided|pronged|stars?|thirds?|quarters?|fifths?|tenths?|hal(?:f|ves)|points?|fold|state|party|legged|inch|"
    r"track|piece|step|stage|round|tier|page|word|and|to|on|off|up|term|part|phase|dimensional|digit|plus|day|year|month|week|"
    r"hour|minute|metre|meter|mile|kilometre|kilometer|ton|tonne|foot|pound|storey|story|old|kg|km|mm)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[\s-]+(?:thirds?|quarters?|fifths?|tenths?|percentile)\b|(?:st|nd|rd|th)\b", re.IGNORECASE)
_ONE_STOP = re.compile(
    r"\s+(?:of\b|another\b|day\b|time\b|side\b|thing\b|point\b|way\b|hand\b|that\b|where\b|such\b|or\s+two\b|hour\b|in\s+\w+\b)",
    re.I,
)
_ONE_VERB = re.compile(
    r"\b(?:kill|wound|injur|captur|arrest|abduct|kidnap|detain|destroy|hit|shot|shoot|behead|execut|releas|rescu|miss)\w*\s+(?:at\s+least\s+)?$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:\s+or\s+more)?(?:-strong)?\s+(?:of\s+(?:the\s+|their\s+|its\s+|his\s+|her\s+|those\s+|these\s+)?|(?:more|other|further|additional)\s+(?!than\b))?|-(?:strong\s+)?",
    re.I,
)


def find_counts(text: str) -> list[Found]:
    """Find every count; `extra["noun_start"]` is the offset at which what is counted begins, after "of"."""
    return list(_counts(text))


@lru_cache(maxsize=64)  # asked for each claim of a sentence
def _counts(text: str) -> tuple[Found, ...]:
    figures = [figure for figure in find_figures(text) if _is_count(text, figure)]
    for index in range(1, len(figures)):
        figures[index] = _carry_bound(text, figures[index - 1], figures[index])
    found = [_make(text, figure) for figure in figures]
    taken = [(one.start, one.end) for one in found]
    for match in _ARTICLE.finditer(text):
        one = _read_article(text, match)
        if one and all(one.end <= start or end <= one.start for start, end in taken):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _carry_bound(text: str, first: Figure, second: Figure) -> Figure:
    """Let one bound govern two joined nouns: "up to 90 gunmen and 40 villagers" bounds both figures."""
    if second.start != second.first or second.low != second.high or second.about:
        return second
    middle = text[first.end : second.start]
    noun = _PERSON.match(middle.lstrip())
    if noun is None or _STOP_ADJECTIVE.search(noun["adjectives"]) or middle.lstrip()[noun.end() :].strip() != "and":
        return second
    if _PERSON.match(text[second.end :].lstrip()) is None:
        return second
    if first.low is None:
        return replace(second, low=None)
    if first.high is None and first.how != "vague":
        return replace(second, high=None)
    return replace(second, about=first.about)


def _make(text: str, figure: Figure) -> Found:
    extra: dict[str, str] = {}
    of = _OF.match(text, figure.end)
    if of:
        extra["noun_start"] = str(of.end())
    if _COMPOUND.match(text, figure.last):
        extra["compound"] = "1"
    return Found(figure.start, figure.end, text[figure.start : figure.end], write_bounds(figure), extra)


def _is_count(text: str, figure: Figure) -> bool:
    first, last = figure.first, figure.last
    before, after = text[max(0, first - 40) : first], text[last : last + 40]
    number = text[first:last]
    if figure.how == "vague":
        return read_unit(text, _past_of(text, last)) is None and not _AGE_BEFORE.search(before)
    if after[:1].isalpha() and after[:1].isascii() and figure.how == "digits":
        return False  # 5G, 122mm, 2nd
    for bound in (figure.low, figure.high):
        if bound is not None and bound != int(bound):
            return False
    if read_currency(text, first) or read_unit(text, last) or read_unit(text, figure.end):
        return False
    if re.match(r"\s+(?:more|full|straight|consecutive|long)\s", after) and read_unit(text, last + after.index(" ", 1)):
        return False
    patterns_after = (_DATE_AFTER, _TIME_AFTER, _FRACTION, _NOT_COUNTED, _VOTES_AFTER)
    if any(pattern.match(after) for pattern in patterns_after) or _AGE_AFTER.match(after):
        return False
    patterns_before = (_DATE_BEFORE, _MODEL_BEFORE, _AGE_BEFORE, _VOTES_BEFORE)
    if any(pattern.search(before) for pattern in patterns_before):
        # "lost 3-1" is a score, "lost 14 men" counts people
        return bool(
            _LOST_BEFORE.search(before)
            and re.match(rf"\s+(?:of\s+(?:its|his|their)\s+)?(?:[a-z]+\s+)?(?:{PERSON})\b", after)
        )
    if _LABEL_BEFORE.search(before) and figure.start == first:
        return False
    if _SITE_BEFORE.search(before) and figure.start == first and not _NOUN_AFTER.match(after):
        return False
    if _is_share(before, after) or _is_age_of_many(text, figure, after):
        return False
    named = _NAMED_BEFORE.search(before) and re.match(r",(?:\s|$)", after)
    if named and figure.low is not None and figure.low < 110:
        return False  # "Karim, 35, said"
    if figure.how == "words":
        return _is_counted_word(number.lower(), before, after)
    if re.search(r"\d[/⁄:–-]$", before) or re.match(
        r"\s+(?:[A-Z]\w+\s+){1,2}(?:Road|Street|Avenue|Lane|Boulevard|Drive|Way|Court|St|Rd|Ave|Blvd)\b", after
    ):
        return False
    if figure.start == first and _NAME_BEFORE.search(before) and not _COUNTED_AFTER.match(after):
        return False  # "the S&P 500 rose", "a Class 40 yacht": the number belongs to the name
    if re.match(r"[/⁄:]\d|\.\d|-[A-Z\d]|\]", after) or before.endswith("["):
        return False
    if re.match(r"['’]s\b", after):
        return False  # "the Orvet 14's screen"
    return not _is_year(figure, number, before, after) and not _is_code(number, before)


def _is_share(before: str, after: str) -> bool:
    """Tell whether a figure says how many of how many, either half: "nine in ten of the dead"."""
    return bool(_OF_HOW_MANY.match(after) or (_HOW_MANY_OF.search(before) and not _NOUN_AFTER.match(after)))


def _is_age_of_many(text: str, figure: Figure, after: str) -> bool:
    """Tell whether a bounded figure is how old people are: "boys under 16 were"."""
    bounded = figure.prefix in _AGED_PREFIX or text[figure.start : figure.first].lower().startswith("between")
    old = figure.high if figure.high is not None else figure.low
    return (
        bounded
        and old is not None
        and old < 110
        and _AGED_BEFORE.search(text[max(0, figure.start - 20) : figure.start]) is not None
        and not _NOUN_AFTER.match(after)
    )


def _past_of(text: str, position: int) -> int:
    of = re.compile(r"\s+of\b").match(text, position)
    return of.end() if of else position


# In titles too: "One Dead, Six Injured".
_ONE_HARMED = re.compile(
    r"\s+(?:was|is|(?i:(?:other |more )?(?:fatally |critically |seriously )?"
    r"(?:wounded|injured|killed|dead|hurt|shot|stabbed|missing|dies|slain)))\b"
)


def _is_counted_word(number: str, before: str, after: str) -> bool:
    if number != "one":
        return True
    if _ONE_STOP.match(after) or re.search(
        r"\b(?:no|any|every|each|this|that|which|the|number|day)[\s-]$", before, re.I
    ):
        return False
    if re.search(r"\b(?:fired|by|with)\s+$", before, re.I):
        return False  # "killed by one shot"
    if _ONE_VERB.search(before) or _ONE_HARMED.match(after):
        return True
    return re.match(r"\s+(?:other\s+)?[a-z]", after) is not None or before.rstrip().endswith("least")


def _is_year(figure: Figure, number: str, before: str, after: str) -> bool:
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d(?:\s*[-–/]\s*\d{2,4})?", number) or figure.start != figure.first:
        return False
    return _YEAR_BEFORE.search(before) is not None or not re.match(
        r"\s+[a-z]+s\b|\s+(?:people|men|women|children)\b", after
    )


def _is_code(number: str, before: str) -> bool:
    """Telephone numbers, identifiers and decimals written with a comma are no counts."""
    if re.fullmatch(r"0\d+|\d{7,}|\d{3}-\d{3,4}", number) or before.endswith(("+", ".", "№")):
        return True
    return re.search(r"\d[\s-]$", before) is not None and re.search(r"\d{3}[\s-]$", before) is not None


def _read_article(text: str, match: re.Match[str]) -> Found | None:
    """Read "a", "one", "no" before a person noun, and "no one", "nobody", "none"."""
    word = re.sub(r"[\s-]+", " ", match["word"].lower())
    end = match.end("word")
    if word in ("no one", "nobody", "none"):
        if word == "none" and not re.match(r"\s+(?:of|was|were|died|is|are)\b", text[end:]):
            return None
        return Found(match.start(), end, text[match.start() : end], "0")
    noun = _PERSON.match(text, match.end())
    if noun is None or _STOP_ADJECTIVE.search(noun["adjectives"]) or (word == "no" and "longer" in noun.group()):
        return None
    following = not _NOUN_ENDS.match(text, noun.end())
    plural = noun["noun"].lower().endswith("s") or noun["noun"].lower() in ("men", "women", "children", "people")
    zero = word in ("no", "zero", "not a single")
    if following or (plural and not zero and word != "another"):
        return None
    value = "0" if zero else "1"
    return Found(match.start(), end, text[match.start() : end], value, {"noun_start": str(match.end()), "article": "1"})


def parse_count(raw: str) -> str | None:
    """Read one count from a phrase or a canonical string, without asking whether it could be a year; None for no."""
    raw = raw.strip()
    if CANONICAL.fullmatch(raw):
        return None if re.search(r"\d\.\d", raw) else raw
    for figure in find_figures(raw):
        if all(bound is None or bound == int(bound) for bound in (figure.low, figure.high)):
            return write_bounds(figure)
        return None
    found = find_counts(raw)
    if found:
        return found[0].value
    return {"a": "1", "an": "1", "no": "0", "none": "0", "nobody": "0", "no one": "0"}.get(raw.lower())


def interval_count(value: str) -> Interval | None:
    """Give the bounds of a canonical count; "about" is a tenth either way, and one at least, in whole numbers."""
    match = CANONICAL.fullmatch(value)
    if match is None:
        return None
    if match["only"]:
        exact = Decimal(match["only"])
        if not match["about"]:
            return (_whole(exact), _whole(exact))
        slack = max(1, math.floor(float(exact) * ABOUT + 1e-9))
        return (max(0, math.ceil(exact - slack)), math.floor(exact + slack))
    low, high = match["low"] or match["least"], match["high"] or match["most"]
    return (_whole(Decimal(low)) if low else None, _whole(Decimal(high)) if high else None)


def _whole(number: Decimal) -> float | int:
    return int(number) if number == int(number) else float(number)


def compare_count(left: str, right: str) -> Order:
    """Say how two counts stand: `12` is inside `12..`; `..200` and `~400` are disjoint."""
    return compare_intervals(interval_count(left), interval_count(right))


def show_count(value: str) -> str:
    """Write a canonical count for people: "at least 39", "up to 200", "about 400", "30 to 40"."""
    match = CANONICAL.fullmatch(value)
    if match is None:
        return value
    figures = {name: f"{Decimal(text):,}" for name, text in match.groupdict().items() if text and name != "about"}
    if "only" in figures:
        return f"about {figures['only']}" if match["about"] else figures["only"]
    if "low" in figures:
        return f"{figures['low']} to {figures['high']}"
    return f"at least {figures['least']}" if "least" in figures else f"up to {figures['most']}"
