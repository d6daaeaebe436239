"""Days as a caller gives them: a date, a time or a text."""

from __future__ import annotations

from datetime import date, datetime

from variorum.errors import UsageError

Day = date | str


def given_day(name: str, given: Day | None) -> str | None:
    """Give a day as ISO 8601. Raises UsageError for what is none."""
    if given is None:
        return None
    if isinstance(given, datetime):
        given = given.date()
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise UsageError(f"{name} {given} is not a day", "write it as 2017-09-14") from None
