"""A digest: one line an event under a heading a day, in Markdown that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from variorum.publish.eventwords import (
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

UNDATED = "Undated"
HELD = 500  # lines that wait for the end of a day: more, and a heading is written a second time
# What CommonMark and the tables and links of GFM read as orders. A colon is one in an address.
_ORDERS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@$=^])")
_SAFE = re.compile(r"(?<=[\w)])[.:](?= |$)|(?<=\w)-(?=\w)|[()+=]|(?<=\d)\.(?=\d)")  # of those, where they are none


def write_digest(issue: Issue, table: str = "") -> Iterator[str]:
    """Give the digest, its lines in order of days; what no report dates to a year comes last, under its own heading.

    A month, "In March 2019", stands among the days at its first one.
    """
    yield "# Events in the news\n\n"
    yield " ".join(say_export(issue)) + "\n"
    waiting: dict[str, list[str]] = {}  # by heading, of one first day
    day, last, count = "", "", 0
    for part in issue.parts():
        names = issue.cited(part)
        for event in part.events:
            found = event_object(part, event)
            label = names[event.id].label if event.id in names else event.id
            days = stated_days(found["date"])
            first = found["date"]["low"] if found["date"] and days else ""
            if first != day or sum(map(len, waiting.values())) >= HELD:
                for heading, lines in waiting.items():
                    yield from _section(heading, lines, again=heading == last)
                    last = heading
                waiting, day = {}, first
            heading = _heading(found, days)
            waiting.setdefault(heading, []).append(_line(label, found, dated=heading == UNDATED))
            count += 1
    for heading, lines in waiting.items():
        yield from _section(heading, lines, again=heading == last)
    yield f"\n{count} {'event' if count == 1 else 'events'}.\n"


def _heading(found: Mapping[str, Any], days: tuple[str, str] | None) -> str:
    if days is None:
        return UNDATED
    when = say_when(found)
    return f"In {when}" if days[0] == days[1] and len(days[0]) < len("2019-03-01") else when


def _section(heading: str, lines: list[str], *, again: bool) -> Iterator[str]:
    if not again:
        yield f"\n## {heading}\n\n"
    yield from lines


def _line(label: str, found: Mapping[str, Any], *, dated: bool) -> str:
    what = say_what(found, dated=dated)
    tolls = ", ".join(say_tolls(found["values"]))
    backing = "; ".join(part for part in (say_backing(found), say_sources(found)) if part)
    sentences = [f"{what}: {tolls}" if tolls else what, backing, *say_disputes(found)]
    return f"- **{label}** " + " ".join(f"{escape(_capital(words))}." for words in sentences) + "\n"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def escape(text: str) -> str:
    """Give a text of one line in which Markdown reads no orders."""
    safe = {match.start() for match in _SAFE.finditer(text)}
    return _ORDERS.sub(lambda match: match[0] if match.start() in safe else f"\\{match[0]}", text)
