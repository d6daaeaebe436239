"""A map of reported places as one SVG fragment: it needs no network, no script, no stylesheet and no font file.

Invariant: a province is shaded and never pinned; a country has no mark at all; a circle is true to scale; the note on
boundaries and the credit line are always there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.show.labels import Box, Placed, Sheet, around, text_width
from variorum.show.mapbase import draw_base
from variorum.show.mapframe import fit_frame
from variorum.show.outlines import Outlines, Town, open_outlines
from variorum.show.pins import draw_areas, draw_pins, label_marks, lay_out, role_words
from variorum.show.projection import Frame, bar_km
from variorum.show.spots import Spot, beside_the_map
from variorum.show.svg import FONT, element, words

CREDIT = ("Base map: Natural Earth (public domain), de facto boundaries;", "places: GeoNames CC BY 4.0")
NOTE = (
    "Lines are de facto boundaries and no judgement on any claim; dark dashed lines are disputed. A shaded province or "
    "a circle is how far the words of the reports reach."
)
CREDIT_SIZE, TOWN_SIZE, BAR_SIZE = 8.5, 10.5, 10.0
ROOM = 4200.0  # square pixels of map for each town's name


@dataclass(frozen=True, slots=True)
class MapView:
    """How a map is drawn."""

    width: float = 528.0  # pixels
    height: float = 224.0
    least_km: float = 260.0  # the least width shown; never under 100
    towns: bool = True
    arabic: bool = True  # also the names in Arabic script


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map and what belongs next to it."""

    svg: str  # "" where no spot can be placed
    caption: str  # words under the map: what the marks are, the note, the credit; not escaped
    beside: tuple[Spot, ...]  # spots that are listed beside the map: countries, places unknown
    crowded: tuple[Spot, ...]  # spots for whose pins there was no room
    boxes: tuple[Box, ...]  # what words and pins take, in pixels; none meets another
    frame: Frame | None


PLAIN = MapView()


def draw_map(
    spots: Sequence[Spot], view: MapView = PLAIN, outlines: Outlines | None = None, title: str = ""
) -> MapDrawing:
    """Draw the spots of one event or of many; `title` names the picture for those who hear it."""
    book = outlines or open_outlines()
    placed = [spot for spot in spots if spot.placed]
    beside = beside_the_map(spots)
    caption = " ".join(filter(None, [role_words([s.role for s in placed]) + ".", NOTE, " ".join(CREDIT) + "."]))
    if not placed:
        return MapDrawing("", caption, beside, (), (), None)
    frame = fit_frame(placed, (view.width, view.height), view.least_km, book)
    sheet = Sheet(view.width, view.height)
    furniture = _scale_bar(frame, sheet) + _credit(frame, sheet)
    marks, crowded = lay_out(placed, frame, book, sheet)
    named = label_marks(marks, sheet)
    towns = _towns(frame, book, sheet, view, [mark.spot.label for mark in marks]) if view.towns else ""
    linked = any(spot.href for spot in placed)
    about = element("title", words(title or "Map of reported places"))
    about += element("desc", words("; ".join(spot.words for spot in placed[:40]) + ". " + NOTE))
    svg = element(
        "svg",
        about
        + draw_base(frame, book)
        + draw_areas(marks)
        + towns
        + named.lines
        + draw_pins(marks)
        + named.words
        + furniture,
        cls="map",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {view.width:g} {view.height:g}",
        width=view.width,
        height=view.height,
        role="group" if linked else "img",
        font_family=FONT,
        aria_label=title or "Map of reported places",
    )
    return MapDrawing(svg, caption, beside, (*crowded, *named.crowded), tuple(sheet.taken), frame)


def _scale_bar(frame: Frame, sheet: Sheet) -> str:
    km = bar_km(frame)
    long = km * frame.scale
    left, low = 12.0, frame.height - 12.0
    text = f"{km:g} km"
    sheet.reserve(Box(left - 4, low - 12, left + long + 8 + text_width(text, BAR_SIZE), low + 6))
    path = f"M{left} {low - 5:.1f}v5h{long:.1f}v-5"
    bar = element("path", cls="map-scale", d=path, fill="none", stroke="#333", stroke_width=1.2)
    return bar + element("text", text, cls="map-scale-label", x=left + long + 5, y=low, font_size=BAR_SIZE, fill="#333")


def _credit(frame: Frame, sheet: Sheet) -> str:
    """Write the credit line at the lower right: in one row, or two, or above the scale bar where the map is small."""
    parts = []
    whole = " ".join(CREDIT)
    size, rows = CREDIT_SIZE, [whole]
    bar = sheet.taken[0]
    if text_width(whole, size) > frame.width - bar.right - 12:
        rows = list(CREDIT)
    longest = max(text_width(row, size) for row in rows)
    low = frame.height - 6.0 if longest <= frame.width - bar.right - 12 else bar.top - 3.0
    size = min(size, size * (frame.width - 12) / longest)
    for at, row in enumerate(reversed(rows)):
        y = low - at * (size + 2)
        right = frame.width - 5.0
        sheet.reserve(Box(right - text_width(row, size), y - size, right, y + 2.0))
        look = {"x": right, "y": y, "font_size": size, "fill": "#5a5646", "text_anchor": "end"}
        halo = {"stroke": "#f8f5ec", "stroke_width": 2.0, "stroke_opacity": "0.7", "paint_order": "stroke"}
        parts.append(element("text", words(row), cls="map-credit", **look, **halo))
    return "".join(parts)


def _towns(frame: Frame, book: Outlines, sheet: Sheet, view: MapView, labels: Sequence[str]) -> str:
    """Name the largest towns for whose dot and name there is room."""
    most = int(frame.width * frame.height / ROOM)
    dots: list[str] = []
    names: list[str] = []
    said = " ".join(labels).casefold()
    for town in book.towns_in(frame.bounds(), 6 * most):
        if len(names) >= most:
            break
        x, y = frame.point(town.lat, town.lon)
        dot = Box(x - 1.8, y - 1.8, x + 1.8, y + 1.8)
        if town.name.casefold() in said or not sheet.is_free(dot):
            continue
        sheet.reserve(dot)
        lines = [town.name, town.arabic] if town.arabic and view.arabic else [town.name]
        size = max(text_width(line, TOWN_SIZE) for line in lines), TOWN_SIZE * 1.22 * len(lines)
        place = sheet.place(around(x, y, 1.8, size, TOWN_SIZE))
        if place is None:
            sheet.taken.remove(dot)
            continue
        dots.append(f"M{x:.1f} {y:.1f}h0")
        names.append(_name(town, lines, place))
    marks = element("path", cls="map-place", d="".join(dots), stroke="#444", stroke_width=3.2, stroke_linecap="round")
    group = element(
        "g", "".join(names), cls="map-label", font_size=TOWN_SIZE, fill="#3a3a3a", stroke="#f8f5ec", stroke_width=2.2,
        stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip
    return (marks if dots else "") + group


def _name(town: Town, lines: Sequence[str], place: Placed) -> str:
    look = {"text_anchor": place.anchor if place.anchor != "start" else None, "x": place.x}
    parts = element("text", words(town.name), y=place.y, **look)
    if len(lines) > 1:
        # Ends and starts are those of the line's direction, which for Arabic runs the other way; here it is the page's.
        parts += element("text", words(lines[1]), y=place.y + TOWN_SIZE * 1.2, lang="ar", direction="ltr", **look)
    return parts
