"""Pictures for a notebook: maps, lines of time, tolls, sums of evidence; each an SVG that needs nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.api.display import Shown, bundle, escape_markdown, figure, fragment
from variorum.show.svg import element
from variorum.show.words import plural

if TYPE_CHECKING:
    from variorum.api.event import Event
    from variorum.pipeline.exploring import Explored

PAPER = "#fcfbf7"
PINS = 300  # events on a map; past them a picture says nothing any more
LABELLED = 25  # events; of more the pins have no words beside them
GAP = 12.0  # pixels between two pictures in one
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its SVG, "" where there is nothing to draw, and the words under it."""

    title: str
    svg: str
    caption: str

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the SVG to a file; gives its path."""
        target = Path(path)
        target.write_text(self._repr_svg_() + "\n", encoding="utf-8")
        return target

    def __repr__(self) -> str:
        return f"<Picture: {self.title}>"

    def _repr_svg_(self) -> str:
        return stack([self.svg], paper=True)

    def _repr_html_(self) -> str:
        return fragment(figure(self.svg, self.caption) if self.svg else element("p", "Nothing to draw."))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        shown = Shown(repr(self), self._repr_html_(), f"**{escape_markdown(self.title)}**\n")
        return bundle(shown) | {"image/svg+xml": self._repr_svg_()}


def stack(svgs: Iterable[str], *, paper: bool = False) -> str:
    """Put pictures under each other into one SVG; on `paper` its ink is legible wherever it is shown."""
    parts, wide, high = [], 0.0, 0.0
    for svg in filter(None, svgs):
        size = _SIZE.search(svg)
        width, height = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
        parts.append(svg.replace("<svg ", f'<svg y="{high:g}" ', 1))
        wide, high = max(wide, width), high + height + GAP
    high = max(0.0, high - GAP)
    ground = element("rect", width=wide, height=high, fill=PAPER) if paper else ""
    look = {"viewBox": f"0 0 {wide:g} {high:g}", "width": wide, "height": high}
    return element("svg", ground + "".join(parts), xmlns="http://www.w3.org/2000/svg", **look)


def draw_events(events: Sequence[Event]) -> Picture:
    """Draw the events of a list on a map; the number on a pin is the place in the list, from 0 as Python counts."""
    from variorum.show.map import MapView, draw_map
    from variorum.show.spots import make_spot

    spots = []
    for number, event in zip(range(PINS), events):
        if event.place is not None:
            spot = make_spot(event.place.value)
            label = spot.label if len(events) <= LABELLED or spot.kind == "province" else ""
            behind = len(event.to_dict()["lineages"])
            spots.append(replace(spot, number=str(number), lineages=behind, single=behind == 1, label=label))
    title = f"Map of {plural(len(events), 'event')}"
    drawn = draw_map(spots, MapView(640, 360), title=title)
    beside = [f"[{spot.number}] {spot.label}" for spot in drawn.beside]
    unplaced = min(len(events), PINS) - len(spots)
    told = [
        f"Numbers are places in the list, from 0. {drawn.caption}",
        f"Not on the map, known by country at most: {'; '.join(beside)}." if beside else "",
        f"{plural(unplaced, 'event')} of no stated place." if unplaced else "",
        f"Only the first {PINS} are drawn." if len(events) > PINS else "",
    ]
    return Picture(title, drawn.svg, " ".join(filter(None, told)))


def draw_times(found: Explored) -> Picture:
    """Draw events along a line of time, a mark each or counts where they are many; and tell how many have no day."""
    from variorum.show.timelinestrip import SINGLY, Moment, draw_timeline, exactness

    dated = [entry for entry in found.entries if entry.first_day and entry.last_day]
    few = len(dated) <= SINGLY
    rows = {row["id"]: row for row in found.rows([entry.id for entry in dated])} if few else {}
    places = {entry.id: place for place, entry in enumerate(found.entries)}
    moments = []
    for entry in dated:
        first, last = date.fromisoformat(str(entry.first_day)), date.fromisoformat(str(entry.last_day))
        row = rows.get(entry.id, {})
        how = exactness(row.get("date") or "", first, last)
        number = str(places[entry.id]) if few else ""
        moments.append(Moment(number, row.get("title", ""), first, last, how, entry.lineages))
    title = f"{plural(len(moments), 'event')} by the day on which they happened"
    undated = len(found.entries) - len(moments)
    told = [
        "Numbers are places in the list, from 0. A dot is a day, a bar a range of days, a hollow bar a month."
        if few
        else "",
        f"{plural(undated, 'event')} without a day." if undated else "",
    ]
    return Picture(title, draw_timeline(moments, 900.0, 140.0, title), " ".join(filter(None, told)))


def draw_event(event: Event) -> Picture:
    """Draw the tolls of an event over time, and where it was, in one picture."""
    where, tolls = draw_place(event), draw_tolls(event)
    svgs = [*(toll.svg for toll in tolls), where.svg]
    svg = stack(svgs) if any(svgs) else ""
    return Picture(event.title, svg, " ".join(filter(None, (*(toll.title + "." for toll in tolls), where.caption))))


def draw_place(event: Event) -> Picture:
    """Draw where an event was, and from where it was fired, with the reach of the words."""
    from variorum.show.eventspots import event_spots
    from variorum.show.map import draw_map

    title = f"Where: {event.title}"
    spots = event_spots(event.to_dict())
    drawn = draw_map(spots, title=title)
    beside = "; ".join(spot.words for spot in (*drawn.beside, *drawn.crowded))
    return Picture(title, drawn.svg, drawn.caption + (f" Not marked: {beside}." if beside else "") if spots else "")


def draw_tolls(event: Event) -> list[Picture]:
    """Draw each toll of which there are two figures or more over the time of publication."""
    from variorum.show.tollchart import draw_toll

    pictures = []
    for name, _, points in event._toll_points():
        if len(points) > 1:
            title = f"{name.capitalize()}: figures over time of publication"
            pictures.append(Picture(title, draw_toll(points, title=title), title + "."))
    return pictures
