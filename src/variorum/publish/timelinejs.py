"""Events as a timeline for TimelineJS 3: one slide an event, its date as closely as it is known and no closer.

Source of the format: timeline.knightlab.com/docs/json-format.html. TimelineJS reads headline and text as HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from variorum.publish.eventwords import (
    one_line,
    say_backing,
    say_disputes,
    say_export,
    say_sources,
    say_tolls,
    say_what,
    say_when,
    stated_days,
)
from variorum.publish.issue import Issue
from variorum.publish.jsonl import event_object
from variorum.schema import load_schema

NAMED = 20  # undated events that are named on the title slide; more are counted


def write_timelinejs(issue: Issue, table: str = "") -> Iterator[str]:
    """Give one JSON object with a slide an event; events that no report dates to a year are named on the title slide.

    The title comes last, since only then it is known which these are. Without a dated event TimelineJS shows nothing.
    """
    yield '{"scale": "human", "events": [\n'
    before, undated = "", 0
    named: list[str] = []
    for part in issue.parts():
        for event in part.events:
            found = event_object(part, event)
            days = stated_days(found["date"])
            if days is None:
                undated += 1
                named += [one_line(found["title"])] if len(named) < NAMED else []
                continue
            yield before + _written(_slide(found, days))
            before = ",\n"
    yield '\n], "title": ' + _written(_title(issue, undated, named)) + "}\n"
    if undated:
        issue.leave_out(
            undated, f"{undated} undated {_events(undated)} left out of the slides, and named on the title slide"
        )


def _written(node: Any) -> str:
    # In an HTML script element "<" could end it; in JSON it can only stand inside a string.
    return json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")


def _events(number: int) -> str:
    return "event" if number == 1 else "events"


def _slide(found: Mapping[str, Any], days: tuple[str, str]) -> dict[str, Any]:
    first, last = days
    lines = [
        ", ".join(say_tolls(found["values"])),
        "; ".join(part for part in (say_backing(found), say_sources(found)) if part),
        *say_disputes(found),
    ]
    slide = {
        "unique_id": found["id"],
        "start_date": _date(first),
        "end_date": _date(last),
        "display_date": _safe(say_when(found)),
        "group": _safe(load_schema().family(found["kind"])),
        "text": {
            "headline": _safe(say_what(found, dated=False)),
            "text": "".join(f"<p>{_safe(line)}</p>" for line in lines if line),
        },
        "autolink": False,  # an address in a report's words is no link
    }
    if first == last:
        del slide["end_date"]
    return slide


def _date(stated: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, stated.split("-"))))


def _safe(text: str) -> str:
    return escape(one_line(text))


def _title(issue: Issue, undated: int, named: list[str]) -> dict[str, Any]:
    lines = say_export(issue, whole_hash=True)
    if undated:
        more = f" and {undated - len(named)} more" if undated > len(named) else ""
        lines.append(f"{undated} undated {_events(undated)} without a slide: {'; '.join(named)}{more}.")
    return {
        "text": {"headline": "Events in the news", "text": "".join(f"<p>{_safe(line)}</p>" for line in lines)},
        "autolink": False,
    }
