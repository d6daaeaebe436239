"""The pictures of one event: tolls over time, values as bars, where it was. Their words stand beside them as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup

from variorum.pipeline import Figure
from variorum.schema import load_schema
from variorum.show.intervals import Interval, draw_intervals
from variorum.show.map import MapDrawing, draw_map
from variorum.show.spots import Role, Spot, make_spot
from variorum.show.tollchart import TollPoint, draw_toll
from variorum.values import interval
from variorum.values import show as show_value

Row = dict[str, Any]
ROLES: dict[str, Role] = {"place": "target", "place_from": "launch"}
MOST_BARS = 6


def draw_tolls(figures: Sequence[Figure], reports: Mapping[str, Row]) -> list[Row]:
    """Give a chart for each toll and scope of which there are two figures or more, with the same as rows."""
    charts = []
    for (prop, scope), group in groupby(figures, key=lambda row: (row.prop, row.scope)):
        rows = list(group)
        name = prop if scope == "all" else f"{prop} ({scope})"
        points = [point for row, before in _with_before(rows) if (point := _point(row, before, reports)) is not None]
        # One figure alone makes no line; it stands in the table of what the sources say.
        svg = (
            draw_toll(points, title=f"{name.capitalize()}: figures over time of publication") if len(points) > 1 else ""
        )
        charts.append({"name": name, "svg": Markup(svg), "rows": [_toll_row(row, reports) for row in rows]})
    return sorted(charts, key=lambda chart: not chart["svg"]) if any(chart["svg"] for chart in charts) else []


def _with_before(rows: Sequence[Figure]) -> list[tuple[Figure, Figure | None]]:
    """Give each figure with the one of the same source before it."""
    last: dict[str, Figure] = {}
    found = []
    for row in rows:
        found.append((row, last.get(row.source)))
        if row.direction != "drift":
            last[row.source] = row
    return found


def _point(row: Figure, before: Figure | None, reports: Mapping[str, Row]) -> TollPoint | None:
    if row.date is None or len(row.date) < 10 or row.stance == "denies" or (row.low is None and row.high is None):
        return None
    report = reports[row.article]
    copied = report["copy_of"] if row.direction == "drift" else None
    revises = reports[before.article]["label"] if before is not None and row.direction in ("up", "down") else ""
    return TollPoint(
        datetime.fromisoformat(row.date).replace(tzinfo=None),
        int(row.low or 0),
        None if row.high is None else int(row.high),
        report["label"],
        copied or "",
        revises,
        row.source,
    )


def _toll_row(row: Figure, reports: Mapping[str, Row]) -> Row:
    words = {"first": "first figure", "up": "↑ revised up", "down": "↓ revised down", "same": "the same again"}
    words |= {"drift": "~ changed by a copy: no word of the source", "denied": "denied"}
    mark = {"asserts": "", "hedges": " (hedged)", "denies": " (denied)"}[row.stance]
    return {
        "date": row.date,
        "words": show_value("count", row.value) + mark,
        "source": row.source,
        "report": reports[row.article]["label"],
        "drift": row.direction == "drift",
        "direction": words[row.direction],
    }


def add_bars(groups: Sequence[Row]) -> list[Row]:
    """Give fields with the bars of their values, where two values or more are numbers of one unit and not all alike."""
    return [group | {"bars": _bars(group)} for group in groups]


def _bars(group: Row) -> Markup | None:
    kind = load_schema().properties[group["prop"]].type
    if kind not in ("count", "quantity"):
        return None
    found: list[Interval] = []
    units = set()
    for row in group["values"]:
        value = row["claims"][0]["value"] if row["claims"] else None
        bounds = interval(kind, value) if value is not None else None
        if bounds is None or bounds[0] is None:
            continue
        units.add(value.rpartition(" ")[2] if kind == "quantity" and value is not None else "")
        low, high = float(str(bounds[0])), None if bounds[1] is None else float(str(bounds[1]))
        reports = ", ".join(report["label"] for report in row["reports"])
        found.append(Interval(row["value"], low, high, reports, row["settled"]))
    if not 2 <= len(found) <= MOST_BARS or len(units) != 1 or all(one.high in (None, one.low) for one in found):
        return None
    return Markup(draw_intervals(found, unit=units.pop()))


def draw_where(found: Mapping[str, Any]) -> Row | None:
    """Give the map of an event's places, with what no map can show beside it; None where no place is stated."""
    spots = _spots(found)
    if not spots:
        return None
    drawn: MapDrawing = draw_map(spots, title=f"Where: {found['title']}")
    return {
        "svg": Markup(drawn.svg),
        "caption": drawn.caption,
        "beside": [spot.words for spot in (*drawn.beside, *drawn.crowded)],
    }


def _spots(found: Mapping[str, Any]) -> list[Spot]:
    """Give the settled places, numbered where there are several, and those that stand against them.

    From where it was fired has the number of the target that most lineages name: a line joins what has one number.
    """
    stated: dict[tuple[str, str], Row] = {}
    for row in found["values"]:
        if row["prop"] in ROLES and row["support"]:
            stated[row["prop"], row["value"]] = row
    spots = []
    for (prop, value), row in stated.items():
        spot = make_spot(value, role=ROLES[prop])
        spots.append(replace(spot, lineages=max(1, row["lineages"]), single=row["lineages"] == 1))
    targets = [spot for spot in spots if spot.role == "target"]
    aimed = max(targets, key=lambda spot: spot.lineages) if targets else None
    numbers = {id(spot): str(number) for number, spot in enumerate(targets or spots, start=1)}
    if sum(spot.placed for spot in spots) < 2:
        return [replace(spot, number="1") for spot in spots]
    return [replace(spot, number=numbers.get(id(spot), numbers.get(id(aimed), "1"))) for spot in spots]
