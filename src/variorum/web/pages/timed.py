"""The events of a list along a line of time: of the event, of the first report, or of this ledger. Days, never hours."""

from __future__ import annotations

from typing import Any

from variorum.pipeline.exploring import Explored
from variorum.web.asking import Asked

Days = dict[str, tuple[str, str]]  # event id -> first and last day
WORDS = {"event": "when it happened", "published": "when it was first reported", "recorded": "when this ledger had it"}


def find_days(asked: Asked, found: Explored) -> Days:
    """Give the days of every event that has any, by the time that is asked for."""
    which = asked.one("time") or "event"
    if which == "published":
        return {id: (day, day) for id, day in found.published(found.ids).items()}
    if which == "recorded":
        return {id: (at[:10], at[:10]) for id, at in found.named(found.ids).items()}
    return {row.id: (row.first_day, row.last_day) for row in found.entries if row.first_day and row.last_day}


def make_times(asked: Asked, found: Explored) -> dict[str, Any]:
    """Give the days of the events, in the order of the list, for machines."""
    days = find_days(asked, found)
    return {
        "time": asked.one("time") or "event",
        "undated": len(found.entries) - len(days),
        "columns": ("number", "event", "first_day", "last_day"),
        "events": [(number, id, *days[id]) for number, id in enumerate(found.ids, start=1) if id in days],
    }


def draw_time(asked: Asked, found: Explored, shown: tuple[int, int] | None) -> dict[str, Any]:
    """Draw the line of time of all that fits."""
    return {"svg": "", "time": asked.one("time") or "event", "words": WORDS}
