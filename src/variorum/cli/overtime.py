"""`--over-time` of `variorum show`: the tolls of an event, one line a source, in order of publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click

from variorum.pipeline import Figure
from variorum.pipeline.labels import Labels
from variorum.show.table import View
from variorum.show.textcells import fit, width
from variorum.show.words import plain
from variorum.values import show

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ARROWS = {"up": "↑ ", "down": "↓ "}
UNNAMED = "the outlet's own words"
LEGEND = "↑ revised up  ↓ revised down  ~ changed by a copy: no word of the source"


def over_time_objects(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Give the figures as rows of JSON."""
    return [asdict(figure) for figure in figures]


def over_time_lines(view: View, figures: Sequence[Figure], labels: Labels) -> Iterator[str]:
    """Give the lines of an event's tolls over time."""
    label = labels.events.get(view.object["id"], view.object["id"])
    yield click.style(f"{label}  {plain(view.object['title'])}", bold=True) + f"    version {view.object['version']}"
    yield ""
    if not figures:
        yield "No report gives a number of killed, injured, missing, displaced or detained."
        return
    size = max(width(_name(figure, labels)) for figure in figures)
    for (prop, scope), group in groupby(figures, key=lambda row: (row.prop, row.scope)):
        yield click.style(prop if scope == "all" else f"{prop} ({scope})", bold=True)
        for source, own in groupby(group, key=lambda row: _name(row, labels)):
            rows = list(own)
            told = [row for row in rows if row.direction != "drift"]
            if told:
                yield f"  {fit(source, size)}  {_told(told)}"
            for row in rows:
                if row.direction == "drift":
                    where = f"{labels.articles[row.article]}, copy of {labels.articles[row.lineage]}"
                    yield f"~ {fit(source, size)}  {_value(row)} in {where} ({_day(row.date, '')})"
    yield ""
    yield LEGEND


def _name(row: Figure, labels: Labels) -> str:
    """Name a source; an outlet that nobody names by its report."""
    return f"{labels.articles[row.lineage]}'s own words" if row.source == UNNAMED else plain(row.source)


def _told(rows: Sequence[Figure]) -> str:
    """Give one source's figures in a line; what is said again on other days stands once, with its days."""
    words: list[str] = []
    year = ""
    for _, group in groupby(_numbered(rows), key=lambda pair: pair[0]):
        same = [row for _, row in group]
        days: list[str] = []
        for row in same:
            days.append(_day(row.date, year))
            year = (row.date or year)[:4]
        words.append(f"{ARROWS.get(same[0].direction, '')}{_value(same[0])} ({', '.join(dict.fromkeys(days))})")
    return "  ".join(words)


def _numbered(rows: Sequence[Figure]) -> Iterator[tuple[int, Figure]]:
    """Number the figures so that those told again right away have one number."""
    number, before = 0, ("", "")
    for row in rows:
        now = (row.value, row.stance)
        number += now != before
        before = now
        yield number, row


def _value(row: Figure) -> str:
    mark = {"asserts": "", "hedges": " hedged", "denies": " denied"}[row.stance]
    return show("count", row.value) + mark


def _day(date: str | None, year: str) -> str:
    """Write a day of publication; its year only where the day before it was of another."""
    if not date:
        return "undated"
    if len(date) < 10:
        return date
    words = f"{int(date[8:10])} {MONTHS[int(date[5:7]) - 1]}"
    return words if date[:4] == year else f"{words} {date[:4]}"
