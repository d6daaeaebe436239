"""What the scripts of a site in a folder work on: every event as one short row, the ground of the map, names of towns.

Invariant: a row holds what the list, the map and the line of time show of an event, and nothing else.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from variorum.pipeline.exploring import Explored, place_words
from variorum.pipeline.labels import Labels
from variorum.schema import load_schema
from variorum.show.outlines import Bounds, open_outlines
from variorum.show.states import STATE_WORDS, STATES
from variorum.show.timelinestrip import exactness
from variorum.web.folder.scripts import to_script
from variorum.web.pages.mapped import make_pins

STATIC = Path(__file__).parents[1] / "static"
LAT, LON = 2, 3  # of a pin
# The same names are at the head of static/sifted.js.
COLUMNS = (
    *("event", "what", "title", "day", "first", "last", "exactness", "published", "recorded", "kind", "family"),
    *("place", "near", "killed", "least", "lineages", "reports", "state"),
)
TOWNS, WORLD_TOWNS = 3_000, 600  # named on the map: around the events, and elsewhere
AROUND = 4.0  # degrees around the events in which towns are named


def write_data(found: Explored, labels: Labels) -> Iterator[tuple[str, str]]:
    """Give the scripts of a site's explorer, each by the name of its file."""
    pins = make_pins(found)
    by_number = {pin[0]: pin[2:6] for pin in pins["events"]}
    rows = [[*row, by_number.get(number)] for number, row in enumerate(make_rows(found, labels), start=1)]
    data = {
        "columns": COLUMNS,
        "rows": rows,
        "areas": pins["areas"],
        "states": [[name, sign, STATE_WORDS[name]] for name, sign in STATES.items()],
        "credit": pins["credit"],
    }
    yield "events.js", to_script(data, "window.variorumEvents=")
    yield "outlines.js", f"window.variorumOutlines={_outlines()};\n"
    yield "towns.js", to_script(find_towns(pins["events"]), "window.variorumTowns=")


def make_rows(found: Explored, labels: Labels) -> Iterator[list[Any]]:
    """Give every event as a row of COLUMNS."""
    ids = found.ids
    places, published, named = found.places(ids), found.published(ids), found.named(ids)
    least = found.killed_at_least(ids)
    family = load_schema().family
    for entry, row in zip(found.entries, found.rows(ids)):
        id = entry.id
        first, last = entry.first_day, entry.last_day
        exact = (
            exactness(row["date"] or "", date.fromisoformat(first), date.fromisoformat(last)) if first and last else ""
        )
        yield [
            labels.events.get(id, id),
            row["what"],
            row["title"],
            row["day"] or "",
            *((first, last) if first and last else ("", "")),
            exact,
            published.get(id, ""),
            named.get(id, "")[:10],
            row["kind"],
            family(row["kind"]),
            row["place"] or "",
            _near(places[id][0]) if id in places else "",
            row["killed"] or "",
            least[id],
            row["lineages"],
            row["reports"],
            row["state"],
        ]


def _near(value: str) -> str:
    """Give the province and the country of a place, by which it is also found."""
    words = place_words(value)
    return " ".join(str(words[name]) for name in ("admin1", "country_name", "country") if words.get(name))


def _outlines() -> str:
    packed = (STATIC / "outlines.json.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8").strip()


def find_towns(pins: list[Any]) -> list[list[Any]]:
    """Give the largest towns around the pins and of the world: name, name in Arabic script, degrees, people."""
    towns = {
        (town.name, town.lat, town.lon): town
        for town in open_outlines().towns_in(Bounds(-180, -85, 180, 85), WORLD_TOWNS)
    }
    if pins:
        lats, lons = [pin[LAT] for pin in pins], [pin[LON] for pin in pins]
        box = Bounds(
            max(-180, min(lons) - AROUND),
            max(-85, min(lats) - AROUND),
            min(180, max(lons) + AROUND),
            min(85, max(lats) + AROUND),
        )
        towns |= {(town.name, town.lat, town.lon): town for town in open_outlines().towns_in(box, TOWNS)}
    rows = [[town.name, town.arabic, round(town.lat, 3), round(town.lon, 3), town.people] for town in towns.values()]
    return sorted(rows, key=lambda row: (-row[4], row[0], row[2]))
