"""The pictures of one event: tolls over time, values as bars, where it was. Their words stand beside them as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from variorum.pipeline import Figure
from variorum.pipeline.tollpoints import make_points
from variorum.schema import load_schema
from variorum.show.eventspots import event_spots
from variorum.show.intervals import Interval, draw_intervals
from variorum.show.map import MapDrawing, draw_map
from variorum.show.tollchart import draw_toll
from variorum.values import interval
from variorum.values import show as show_value

Row = dict[str, Any]
MOST_BARS = 6


def draw_tolls(figures: Sequence[Figure], reports: Mapping[str, Row]) -> list[Row]:
    """Give a chart for each toll and scope of which there are two figures or more, with the same as rows."""
    charts = []
    labels = {id: row["label"] for id, row in reports.items()}
    labels |= {row.lineage: reports[row.article]["copy_of"] for row in figures if row.direction == "drift"}
    for name, rows, points in make_points(figures, labels):
        # One figure alone makes no line; it stands in the table of what the sources say.
        svg = (
            draw_toll(points, title=f"{name.capitalize()}: figures over time of publication") if len(points) > 1 else ""
        )
        charts.append({"name": name, "svg": Markup(svg), "rows": [_toll_row(row, reports) for row in rows]})
    return sorted(charts, key=lambda chart: not chart["svg"]) if any(chart["svg"] for chart in charts) else []


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
    spots = event_spots(found)
    if not spots:
        return None
    drawn: MapDrawing = draw_map(spots, title=f"Where: {found['title']}")
    return {
        "svg": Markup(drawn.svg),
        "caption": drawn.caption,
        "beside": [spot.words for spot in (*drawn.beside, *drawn.crowded)],
    }
