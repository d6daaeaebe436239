"""What the explorer is asked for: filters out of an address, the chips that take one off, the choices of its form.

Invariant: every filter stands in the address and nowhere else, so that an address shows the same to everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, cast

from variorum.errors import UsageError
from variorum.pipeline import Selection
from variorum.pipeline.exploring import Box, Sort, Wanted
from variorum.pipeline.labels import find_one_story
from variorum.schema import load_schema
from variorum.show.states import STATE_WORDS, STATES
from variorum.web.asking import Asked, Parameter

SORTS = ("date", "lineages", "killed")
TIMES = ("event", "published", "recorded")
SIZE, LARGEST = 100, 300  # rows of a page
FARTHEST = 2_000  # km of `within`

LOOKING: tuple[Parameter, ...] = (
    Parameter("place", "text", "Events in or near this place, by any spelling."),
    Parameter("within", "count", "And those within so many kilometres of its middle."),
    Parameter("kind", "text", "Kind or family: strike, territory, territory.taken …"),
    Parameter("since", "day", "Not before this day."),
    Parameter("until", "day", "Not after this day."),
    Parameter("state", "choice", "Events with such a relation; single: one lineage.", tuple(STATES)),
    Parameter("min_lineages", "count", "At least so many independent lineages."),
    Parameter("story", "text", "Events that a report of this story tells of: ST-…"),
    Parameter("q", "text", "Words, each of which stands in the title."),
    Parameter("bbox", "text", "Events in this box of the map: west,south,east,north in degrees."),
    Parameter("recorded", "day", "As this ledger had it recorded at the end of this day (UTC)."),
    Parameter("sort", "choice", "Order: by date, most lineages first, or most killed first.", SORTS),
    Parameter("time", "choice", "What the line of time goes by.", TIMES),
    Parameter("page", "count", "Which page of the list."),
    Parameter("size", "count", f"Rows of a page, at most {LARGEST}."),
)
FILTERS = ("q", "kind", "state", "min_lineages", "place", "within", "since", "until", "story", "bbox", "recorded")


def read_selection(asked: Asked) -> Selection:
    """Give the filters that lists and exports share."""
    return Selection(
        place=asked.one("place"),
        kind=asked.one("kind"),
        since=asked.one("since"),
        until=asked.one("until"),
        state=asked.one("state"),
        min_lineages=max(1, asked.count("min_lineages", 1)),
    )


def read_wanted(asked: Asked) -> Wanted:
    """Give what is asked for. Raises UsageError for what cannot be used."""
    story, recorded = asked.one("story"), asked.one("recorded")
    within = asked.one("within")
    if within is not None and int(within) > FARTHEST:
        raise UsageError(f"within {within} km is too far", f"give at most {FARTHEST:,} km")
    chosen = read_selection(asked)
    if story:
        chosen = replace(chosen, story=find_one_story(asked.ledger, story).id)
    box = asked.one("bbox")
    return Wanted(
        chosen,
        within_km=None if within is None else int(within),
        box=None if box is None else read_box(box),
        words=asked.one("q"),
        sort=cast(Sort, asked.one("sort") or "date"),
        as_of=asked.as_of,
        recorded=None if recorded is None else datetime.combine(date.fromisoformat(recorded), time.max, UTC),
    )


def read_box(given: str) -> Box:
    """Read west,south,east,north in degrees. Raises UsageError for anything else."""
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError("bbox cannot be used", "write it as west,south,east,north in degrees: 35.5,32.3,42.4,37.3")
    return Box(west, south, east, north)


def read_page(asked: Asked, total: int) -> tuple[int, int, int]:
    """Give the number of the page, the number of pages and the rows of each; the last one where there are fewer."""
    size = min(LARGEST, max(1, asked.count("size", SIZE)))
    pages = max(1, -(-total // size))
    return min(max(1, asked.count("page", 1)), pages), pages, size


def make_chips(asked: Asked) -> list[dict[str, str]]:
    """Give the filters that are set, each with the address without it."""
    return [
        {
            "name": name,
            "words": words,
            "sign": STATES[asked.one(name) or ""] if name == "state" else "",
            "off": asked.here(page=None, **dict.fromkeys(gone)),
        }
        for name, words, gone in _chips(asked)
    ]


def _chips(asked: Asked) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name in FILTERS:
        value = asked.one(name)
        if value is None:
            continue
        gone: tuple[str, ...] = (name,)
        if name == "q":
            words = f"“{value}” in the title"
        elif name == "kind":
            words = value.replace("_", " ")
        elif name == "state":
            words = STATE_WORDS[value]
        elif name == "min_lineages":
            words = f"at least {value} lineages"
        elif name == "place":
            words, gone = f"in or near {value}", ("place", "within")
        elif name == "within":
            words = f"or within {value} km of it"
        elif name == "bbox":
            words = "only what is in view"
        elif name == "recorded":
            words = f"as recorded by {value}"
        else:
            words = f"{name} {value}"
        yield name, words, gone


def make_choices() -> dict[str, Any]:
    """Give what the form offers to choose from."""
    families: dict[str, list[str]] = {}
    for kind in load_schema().kinds.values():
        if not kind.background:
            families.setdefault(kind.family, []).append(kind.code)
    return {"families": families, "sorts": SORTS, "times": TIMES}
