"""The events of a list along a line of time: of the event, of its first report, or of this ledger. Only days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from variorum.pipeline.exploring import Explored
from variorum.show.timelinestrip import SINGLY, Link, Moment, bin_words, count_moments, draw_timeline, exactness
from variorum.show.words import plural
from variorum.web.asking import Asked

Days = dict[str, tuple[str, str]]  # event id -> first and last day
WORDS = {"event": "when it happened", "published": "when it was first reported", "recorded": "when this ledger had it"}
PANE, TALL, LARGE = (1300.0, 96.0), (1300.0, 152.0), (1300.0, 260.0)
ROOMY = 15  # marks; more need more lanes


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


def draw_time(asked: Asked, found: Explored, *, large: bool = False) -> dict[str, Any]:
    """Draw the line of time of all that fits: a mark each, or counts where they are many."""
    days = find_days(asked, found)
    few = len(days) <= SINGLY
    by_event = asked.one("time") in (None, "event")
    rows = {row["id"]: row for row in found.rows(list(days))} if few else {}
    moments: list[Moment] = []
    for number, entry in enumerate(found.entries, start=1):
        if entry.id not in days:
            continue
        first, last = (_day(day) for day in days[entry.id])
        if few:
            row = rows[entry.id]
            how = exactness(row["date"] or "", first, last) if by_event else "day"
            href = asked.link(f"/events/EV-{entry.id[4:]}") if large else f"#e{number}"
            moments.append(Moment(str(number), row["title"], first, last, how, entry.lineages, href))
        else:
            moments.append(_counted(first, last))
    width, height = LARGE if large else TALL if few and len(moments) > ROOMY else PANE
    title = f"Events by time: {WORDS[asked.one('time') or 'event']}"
    undated = len(found.entries) - len(moments)
    return {
        "svg": draw_timeline(moments, width, height, title, _link(asked) if by_event else None),
        "time": asked.one("time") or "event",
        "words": WORDS,
        "said": f"{plural(undated, 'event')} without a day." if undated else "",
        "few": few,
        "moments": moments if few else (),
        "bins": _bins(asked, moments) if not few and large else (),
    }


@lru_cache(maxsize=20_000)
def _day(written: str) -> date:
    return date.fromisoformat(written)


@lru_cache(maxsize=20_000)
def _counted(first: date, last: date) -> Moment:
    """Give a moment that is only counted: one for all events of the same days."""
    return Moment("", "", first, last)


def _link(asked: Asked) -> Link:
    return lambda first, last: asked.here(since=first.isoformat(), until=last.isoformat(), page=None)


def _bins(asked: Asked, moments: list[Moment]) -> list[dict[str, Any]]:
    unit, bins = count_moments(moments)
    link = _link(asked)
    return [{"when": bin_words(first, unit), "href": link(first, last), "events": n} for first, last, n in bins]
