"""The tolls of an event over time as points of a chart: what was said when, and what it took back. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from variorum.resolve.overtime import Figure
from variorum.show.tollchart import TollPoint


def make_points(
    figures: Sequence[Figure], labels: Mapping[str, str]
) -> list[tuple[str, Sequence[Figure], list[TollPoint]]]:
    """Give for each toll and scope its name, its figures and those of them that a chart can show.

    In: the figures as `over_time` gives them, and labels of reports by article id.
    """
    found: list[tuple[str, Sequence[Figure], list[TollPoint]]] = []
    for (prop, scope), group in groupby(figures, key=lambda row: (row.prop, row.scope)):
        rows = list(group)
        points = [point for row, before in _with_before(rows) if (point := _point(row, before, labels)) is not None]
        found.append((prop if scope == "all" else f"{prop} ({scope})", rows, points))
    return found


def _with_before(rows: Sequence[Figure]) -> list[tuple[Figure, Figure | None]]:
    """Give each figure with the one of the same source before it."""
    last: dict[str, Figure] = {}
    found = []
    for row in rows:
        found.append((row, last.get(row.source)))
        if row.direction != "drift":
            last[row.source] = row
    return found


def _point(row: Figure, before: Figure | None, labels: Mapping[str, str]) -> TollPoint | None:
    if row.date is None or len(row.date) < 10 or row.stance == "denies" or (row.low is None and row.high is None):
        return None
    copied = labels[row.lineage] if row.direction == "drift" else ""
    revises = labels[before.article] if before is not None and row.direction in ("up", "down") else ""
    return TollPoint(
        datetime.fromisoformat(row.date).replace(tzinfo=None),
        int(row.low or 0),
        None if row.high is None else int(row.high),
        labels[row.article],
        copied,
        revises,
        row.source,
    )
