"""The reports on the Syrian war read and resolved once a run, for the gates that look at their events."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.incidents import NOW, Resolved, read_and_resolve
from bench.reader import parts
from variorum.extract.parts import Parts
from variorum.gather.files import read_inputs
from variorum.model import Article, Event
from variorum.resolve.days import read_days


def resolve_syria(path: Path) -> Resolved:
    """Import, read and resolve the reports of a file; the same file is read once a run."""
    return _resolve(path, parts())


@cache
def _resolve(path: Path, measured: Parts) -> Resolved:
    return read_and_resolve([row for row in read_inputs(path, now=NOW) if isinstance(row, Article)])


def single_day(event: Event) -> int | None:
    """Give the ordinal of the day on which an event is settled, None where it is wider or not known."""
    for value in event.values:
        days = read_days(value.value) if value.prop == "date" else None
        if days is not None and days.known and days.width == 1:
            return days.low
    return None
