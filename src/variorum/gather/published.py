"""When an article was published: what its metadata says, or what its first lines print. Nothing is guessed.

Invariant: a date is only ever taken from the article; the day of reading plays no part.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

HEAD_CHARS = 2_000  # a printed date stands in the first lines; later dates are dates of events
DAY_ONLY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d")
# Earlier years are how systems write "no date" (0001, 1601, 1899); 1970-01-01 is zero in Unix time.
FIRST_YEAR = 1900
ZERO_DAY = date(1970, 1, 1)


def printed_date(text: str) -> tuple[str | None, str]:
    """Give the publication date printed in the first lines, ISO 8601, and its basis; (None, "") without one."""
    from variorum.values.date import find_published

    found = find_published(text[:HEAD_CHARS])
    return (None, "") if found is None else (found.value, f"text: {found.raw}")


def parse_published(raw: str) -> str | None:
    """Give the ISO 8601 date or date-time of a metadata value, None when it names no day.

    Read are ISO 8601, the date of an e-mail or feed (RFC 5322), and a date in words.
    """
    text = raw.strip()
    moment = _iso(text) or _mail(text)
    if moment is None:
        return _in_words(text)
    if moment.year < FIRST_YEAR or moment.date() == ZERO_DAY:
        return None
    # Midnight without a zone is a bare day that went through a data frame, not a time.
    if moment.tzinfo is None and (DAY_ONLY.fullmatch(text) or moment.time() == datetime.min.time()):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _in_words(text: str) -> str | None:
    from variorum.values.date import find_published

    found = find_published(text)
    return None if found is None else found.value
