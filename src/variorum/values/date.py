"""Dates in articles: find them, resolve them against the day of publication, find that day in the article's head.

Invariant: without a day of publication a relative date stays relative; the day of the run is never used.
The canonical forms and what follows from them are in `calendar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from variorum.model import Found
from variorum.values.calendar import (
    DatePrecision,
    atom_days,
    compare_date,
    date_precision,
    interval_date,
    is_absolute,
    is_date,
    known_days,
    resolve_date,
    show_date,
    split_date,
    tighten_date,
    with_lower_bound,
)
from variorum.values.caseless import make_regex
from variorum.values.clock import find_times

__all__ = [
    "DatePrecision",
    "anchor_to_story",
    "compare_date",
    "date_precision",
    "find_dates",
    "find_published",
    "find_times",
    "interval_date",
    "known_days",
    "is_absolute",
    "parse_date",
    "resolve_date",
    "show_date",
    "tighten_date",
    "with_lower_bound",
]

WEEK = timedelta(weeks=1)
HEAD_LINES = 15  # a publication date stands beside the title; further down it is a date of the story
LEFT_OVER_LETTERS = 25  # a line that is a date holds little else: a place, an author
ASIDE_YEARS = 10  # one year further off than this is an aside, two in a row are the story moving on
NEAR_DAYS = 200  # what is planned is planned for the coming months; further off, the day is in the past after all
STEP_BACK_MONTHS = 6  # half a year: "in January" after November is the next January, "in May" after July the same May
# "The talks will resume on Monday": a Monday after publication, where the latest Monday would be wrong.
_AHEAD = re.compile(
    r"(?:(?<!had been )\b(?:will|shall|would|may|might|(?:is|are)\s+(?:set|scheduled|expected|planned|to|due)|"
    r"scheduled\s+for|plan(?:s|ned)?\s+(?:to|for)|expect(?:s|ed)?\s+to|due\s+on|"
    r"due\s+to\s+(?:be|begin|start|end|take|meet|resume|expire|arrive)|upcoming|forthcoming)\b"
    r"(?:(?!\b(?:said|told|says|added|announced|after|since|killed|have\s+been|have\s+died)\b)[^.;:,\n”\"])*"
    r"|\bas\s+(?:soon|early)\s+as\s+)$",
    re.IGNORECASE,
)
_CAN_LIE_AHEAD = re.compile(r"rel:[a-z]{3}|XXXX-\d\d(?:-\d\d)?(?:/XXXX-\d\d(?:-\d\d)?)?")
# A day without a year that next comes within 60 days is that day, not the one ten months ago: so it is for 73 of 76 in
# TempEval-3. What is told as done on it lies behind, unless it is the day after publication, of another time zone.
SOON_DAYS = 60
LATER_DAYS = 120  # the same after words such as "by" and "until"
_FORWARD = re.compile(
    r"\b(?:by|through|until|till|effective|payable|starting|beginning|deadline\s+of)\s+(?:on\s+|the\s+end\s+of\s+)?$",
    re.IGNORECASE,
)
ZONE_DAYS = 1
_DEEDS = (
    r"(?:killed|wounded|injured|died|attacked|struck|shelled|bombed|fired|hit|exploded|blew|captured|seized|took|fell|began|"
    r"started|launched|entered|occurred|happened|left|clashed|shot|abducted|kidnapped|ambushed|raided|destroyed)\b"
)
_DONE = make_regex(rf"\b(?:last\b|ended\b|since\b|dead\b|{_DEEDS})[^.;\n]*$", re.IGNORECASE)
# "On 20 September gunmen killed three", "by December it had taken the town"
_DONE_AFTER = make_regex(rf"(?:,\s+|\s+)(?!when\b|after\b|if\b)[^.;\n]*?\b(?:had\b|{_DEEDS})", re.IGNORECASE)
# "At 1 a.m. on Tuesday (2200 GMT Monday)": the same moment on the clock of another zone.
_SAME_MOMENT = re.compile(
    r"\w\s*\(\s*(?:at\s+)?(?:\d{4}|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?)\s*(?:GMT|UTC|Z|ET|EST|EDT|BST|CET)\s*,?\s*(?:on\s+)?$",
    re.IGNORECASE,
)
_OF_THE_PAST = re.compile(r"(?:last|past)\s|\w+day['’]s", re.IGNORECASE)  # "last May", "Monday's raid"
_LAST = re.compile(r"last\s+(?:\w+day|weekend)\b", re.IGNORECASE)
# "Since August"; "since the siege was resumed on 15 August", where what began is the start of a period too.
_SINCE = re.compile(
    r"\b(?:since|starting(?:\s+in)?)\s+"
    r"(?:[^.;:,\n”\"]{2,70}?\b(?:began|begun|started|resumed|launched|erupted|broke\s+out|intensified|collapsed|ended|expired)\s+)?"
    r"(?:(?:the\s+)?(?:early|late|mid|beginning\s+of|start\s+of|on|in)[\s-]+)?$",
    re.IGNORECASE,
)
AHEAD_REACH = 90  # characters before a date in which "will" can stand
SINCE_REACH = 110  # characters before a date in which "since" can stand
_LABEL = re.compile(r"\b(?:published|posted|date|issued|first\s+published|publication\s+date|created)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:updated|modified|last\s+(?:updated|modified|edited)|accessed|retrieved)\b", re.IGNORECASE)
_FURNITURE = make_regex(
    r"\b(?:published|posted|updated|modified|last|first|date|issued|on|at|by|am|pm|a\.m\.|p\.m\.|GMT|UTC|EST|EDT|EET|BST|CET|"
    r"MSK|local|time|min|mins|minutes?|read|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\w+day|ago|hours?|publication)\b",
    re.IGNORECASE,
)
# Running text writes "on Saturday"; a weekday with day, month and year and no preposition is a date line.
_WEEKDAY_FIRST = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s")
_PREPOSITION = re.compile(
    r"\b(?:on|of|since|until|till|by|from|before|after|dated|to|and|for)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_DATELINE = re.compile(r"^[A-Z][A-Z .,/'’-]{2,40}[,:]?\s*(?:\([A-Z][\w ]+\),?\s*[-–—]?\s*)?$")

# "Sella, Westland - March 6, 2025 - Gunmen …": a place in title case before a full date and a dash or colon behind it.
_PLACE_BEFORE = re.compile(
    r"^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}(?:, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?)?(?:,|\s*[-–—]+)\s*$"
)
_MARK_AFTER = re.compile(r"^\s*(?:\([A-Z][^)]{1,40}\)\s*)?(?:[-–—]+\s|:\s)")


def find_dates(text: str, published: str | None) -> list[Found]:
    """Find every date in a text, resolved against the day of publication where there is one.

    A weekday or year-less day is the latest one on or before publication. It is the next one (`extra["ahead"]`) after
    "will" and the like, and without a year also where that comes soon and nothing is told as done on it.
    `extra["basis"]` is the words used, `extra["relative"]` the value before resolution, and `extra["since"]` marks the
    start of a period that goes on.
    """
    found: list[Found] = []
    from variorum.values.datewords import read_date_words  # 50 ms to import, and showing a date needs none of it

    for words in read_date_words(text):
        raw, before = text[words.start : words.end], text[max(0, words.start - SINCE_REACH) : words.start]
        if found and "(" in before and _SAME_MOMENT.search(before):
            continue
        ahead = _OF_THE_PAST.match(text, words.start, words.end + 2) is None and _lies_ahead(
            words.value, before, text[words.end : words.end + AHEAD_REACH], published
        )
        value = _resolve_ahead(words.value, published) if ahead else _resolve(words.value, raw, published)
        extra = {"basis": raw}
        if value != words.value or not is_absolute(value):
            extra["relative"] = words.value
        if _SINCE.search(before):
            extra["since"] = "1"
        if ahead:
            extra["ahead"] = "1"
        found.append(Found(words.start, words.end, raw, value, extra))
    return found


def _resolve(value: str, raw: str, published: str | None) -> str:
    """Resolve a date; "last Friday", printed on a Friday, is the one a week before."""
    settled = resolve_date(value, published)
    days = atom_days((published or "")[:10])
    if days is None or not _LAST.match(raw):
        return settled
    back = days[0]
    while (told := known_days(settled)) is not None and told[1] >= days[0] and back > date.min + WEEK:
        back -= WEEK
        settled = resolve_date(value, back.isoformat())
    return settled


def _lies_ahead(value: str, before: str, after: str, published: str | None) -> bool:
    """Tell whether the text says of a weekday or year-less day that it is to come, or it comes soon and is not past."""
    if _CAN_LIE_AHEAD.fullmatch(value) is None:
        return False
    if _AHEAD.search(before[-AHEAD_REACH:]):
        return True
    days = atom_days((published or "")[:10])
    if days is None or not value.startswith("XXXX-"):
        return False
    for year in (days[0].year, days[0].year + 1):
        coming = atom_days(f"{year:04d}{split_date(value)[0][4:]}")
        if coming is not None and coming[0] > days[0]:
            wait = (coming[0] - days[0]).days
            soon = LATER_DAYS if _FORWARD.search(before) else SOON_DAYS
            return wait <= ZONE_DAYS or (wait <= soon and not (_DONE.search(before) or _DONE_AFTER.match(after)))
    return False


def _resolve_ahead(value: str, published: str | None) -> str:
    """Resolve a weekday or year-less date of which the text says that it is to come."""
    settled = resolve_date(value, published)
    if re.fullmatch(r"rel:[a-z]{3}", value):
        # "he will be heard on Friday", printed on a Friday, is said of the same day
        return settled if settled == (published or "")[:10] else resolve_date(value.replace("rel:", "rel:+"), published)
    days = known_days(settled)
    if days is None or published is None or days[1].isoformat() >= published[:10]:
        return settled
    later = "/".join(f"{int(atom[:4]) + 1:04d}{atom[4:]}" for atom in settled.split("/"))
    ahead = known_days(later)
    near = ahead is not None and (ahead[0] - date.fromisoformat(published[:10])).days <= NEAR_DAYS
    return later if near else settled


def anchor_to_story(dates: Sequence[Found], published: str | None) -> list[Found]:
    """Give year-less dates of an account told in order the year of the dated words before them.

    For histories and background, where "in April" after "in December 1941" is of 1942. A date with no dated words
    before it is resolved against the day of publication.
    """
    told: list[Found] = []
    aside: tuple[int, int] | None = None
    last = next((mark for mark in map(_year_and_month, dates) if mark), None)
    last = (last[0], 0) if last else None
    for one in dates:
        first, end, _ = split_date(one.value)
        value = one.value
        if first.startswith("XXXX-") and last is not None:
            # a month far behind the last one belongs to the next year; a little behind is a step back in the story
            year = last[0] + 1 if last[1] - int(first[5:7]) > STEP_BACK_MONTHS else last[0]
            value = one.value.replace("XXXX", str(year))
            if end is not None and end.startswith("XXXX-") and end[5:7] < first[5:7]:
                value = f"{first.replace('XXXX', str(year))}/{end.replace('XXXX', str(year + 1))}"
            last = (year, int(first[5:7]))
        else:
            value = resolve_date(value, published)
            mark = _year_and_month(one)
            if mark is not None:
                near = [known for known in (last, aside) if known and abs(mark[0] - known[0]) <= ASIDE_YEARS]
                aside = mark
                if near or last is None:
                    last = mark
        told.append(replace(one, value=value))
    return told


def _year_and_month(one: Found) -> tuple[int, int] | None:
    """Give year and month of a date written with its year; month 0 for a year alone."""
    if not is_absolute(one.value) or one.extra.get("relative", "").startswith("rel:"):
        return None
    return int(one.value[:4]), int(one.value[5:7]) if one.value[4:5] == "-" else 0


def parse_date(raw: str, published: str | None = None) -> str | None:
    """Read one date from a phrase or a canonical string; None when it holds none."""
    raw = raw.strip()
    if is_date(raw):
        return resolve_date(raw, published)
    # a year alone is a date when a date is asked for
    found = find_dates(raw, published) or find_dates(f"in {raw}", published)
    return found[0].value if found else None


def find_published(text: str) -> Found | None:
    """Find the day of publication printed among the first lines; None when no line gives day, month and year."""
    changed: Found | None = None
    position = lines = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        if not line.strip():
            continue
        lines += 1
        if lines > HEAD_LINES:
            break
        one = _published_in(line, top=lines == 1)
        if one is None:
            continue
        placed = Found(one.start + start, one.end + start, one.raw, one.value, {"basis": f"text: {one.raw}"})
        if not _CHANGED.search(line) or _LABEL.search(line):
            return placed
        changed = changed or placed
    return changed


def _published_in(line: str, *, top: bool) -> Found | None:
    """Find a full date in a line that is a date line: labelled, little but a date, or a wire's place and date."""
    for one in find_dates(line[:200], None):
        days = atom_days(one.value)
        if days is None or days[0] != days[1]:
            continue
        before, after = line[: one.start], line[one.end : 200]
        rest = _FURNITURE.sub("", before + " " + after)
        letters = sum(char.isalpha() for char in rest)
        labelled = _LABEL.search(before) is not None and len(before) < 60
        first = (
            not before.strip(" \t[(|•·-–—") and len(line) < 140 and re.match(r"\s*(?:[|•·,@\d–—-]|at\b|GMT|$)", after)
        )
        # a text whose line breaks were lost begins with its date line: "Wed 05 Apr 2017 Town falls to …"
        opens = top and (
            (not before.strip() and re.match(r"\s+(?:[A-Z\d\"“]|at\s+\d|by\s+[A-Z])", after) is not None)
            or (_WEEKDAY_FIRST.match(one.raw) is not None and _PREPOSITION.search(before) is None)
        )
        wire = _DATELINE.match(before) or (_PLACE_BEFORE.match(before) and _MARK_AFTER.match(after))
        if labelled or first or opens or letters <= LEFT_OVER_LETTERS or wire:
            return one
    return None
