"""The largest towns in a box of the map, for the browser to name. No event is in here."""

from __future__ import annotations

from variorum.errors import UsageError
from variorum.show.outlines import Bounds, open_outlines
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.pages.looking import read_box

MOST = 200
BOUNDS = (
    Parameter("bbox", "text", "west,south,east,north in degrees."),
    Parameter("most", "count", f"How many, at most {MOST}."),
)


def read_towns(asked: Asked) -> Page:
    """Read the towns, the most people first: name, name in Arabic script ("" where none is sure), degrees, people."""
    given = asked.one("bbox")
    if given is None:
        raise UsageError("bbox is missing", "write it as west,south,east,north in degrees: 35.5,32.3,42.4,37.3")
    box = read_box(given)
    east = box.east if box.west <= box.east else box.east + 360
    towns = open_outlines().towns_in(Bounds(box.west, box.south, east, box.north), min(MOST, asked.count("most", 60)))
    rows = [(town.name, town.arabic, round(town.lat, 3), round(town.lon, 3), town.people) for town in towns]
    data = {"columns": ("name", "arabic", "lat", "lon", "people"), "towns": rows}
    return Page("error.html", "Towns", data, compact=True)
