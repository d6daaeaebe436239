"""The explorer: events filtered, in a list, on a map, along a line of time. Three pages over one set of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.pipeline.exploring import Explored
from variorum.pipeline.finished import count_waiting
from variorum.pipeline.labels import label_events
from variorum.show.words import plural
from variorum.web.asking import Asked, Page
from variorum.web.pages.looked import Looked, look
from variorum.web.pages.looking import FILTERS, make_chips, make_choices, read_page
from variorum.web.pages.mapped import draw_pins, make_features, make_pins
from variorum.web.pages.timed import draw_time, make_times

Row = dict[str, Any]
COLUMNS = (
    "event",
    "id",
    "state",
    "date",
    "day",
    "kind",
    "place",
    "killed",
    "reports",
    "outlets",
    "lineages",
    "sources",
    "title",
    "what",
)


def read_explorer(asked: Asked) -> Page:
    """Read the list with its map and its line of time; as data, all rows that fit, or the page that is asked for."""
    return lay_out_list(asked, look(asked))


def lay_out_list(asked: Asked, looked: Looked) -> Page:
    """Lay out the list of what was found."""
    found = looked.found
    if asked.form == "geojson":
        return Page("explorer.html", "Events", {}, features=make_features(found))
    page, pages, size = read_page(asked, len(found.entries))
    whole = asked.form == "csv" or (asked.form == "json" and not {"page", "size"} & {*asked.query})
    start, stop = (0, len(found.entries)) if whole else (size * (page - 1), size * page)
    rows = _rows(asked, found, start, stop)
    data = {
        **_heads(asked, looked),
        "page_number": 1 if whole else page,
        "pages": 1 if whole else pages,
        "rows": rows,
    }
    if asked.form != "html":
        table = [{name: value for name, value in row.items() if name != "number"} for row in rows]
        return Page("explorer.html", "Events", data, rows=table, compact=len(rows) > size, columns=COLUMNS)
    shown = _shown(asked, looked) | {
        "map": draw_pins(asked, found, found.ids[start:stop], start),
        "drawn": _say_drawn(len(found.entries), start, stop),
        "beside": looked.beside,
        "time": draw_time(asked, found),
        "first": start,
    }
    return Page("explorer.html", "Events", data, shown, status=_status(looked))


def read_map(asked: Asked) -> Page:
    """Read the map in full size; as data, every event that fits, short enough for five thousand of them."""
    return lay_out_map(asked, look(asked))


def lay_out_map(asked: Asked, looked: Looked) -> Page:
    """Lay out the map of what was found."""
    found = looked.found
    if asked.form == "json":
        return Page("map.html", "Map", make_pins(found), compact=True)
    page, _, size = read_page(asked, len(found.entries))
    start = size * (page - 1)
    shown = _shown(asked, looked) | {
        "map": draw_pins(asked, found, found.ids[start : start + size], start, large=True),
        "drawn": _say_drawn(len(found.entries), start, start + size),
        "beside": looked.beside,
    }
    return Page("map.html", "Map", _heads(asked, looked), shown, status=_status(looked))


def read_timeline(asked: Asked) -> Page:
    """Read the line of time in full size, with its figures."""
    return lay_out_timeline(asked, look(asked))


def lay_out_timeline(asked: Asked, looked: Looked) -> Page:
    """Lay out the line of time of what was found."""
    found = looked.found
    data = {**_heads(asked, looked), **make_times(asked, found)}
    if asked.form == "json":
        return Page("timeline.html", "Timeline", data, compact=True)
    shown = _shown(asked, looked) | {"time": draw_time(asked, found, large=True)}
    return Page("timeline.html", "Timeline", data, shown, status=_status(looked))


def _say_drawn(total: int, start: int, stop: int) -> str:
    """Say which events a drawn map is of where these are not all; "" where they are."""
    if start == 0 and stop >= total:
        return ""
    which = f"the first {stop:,}" if start == 0 else f"numbers {start + 1:,} to {min(stop, total):,}"
    return f"Drawn here: {which} of {total:,} events. The others are on the maps of the list's other pages."


def _rows(asked: Asked, found: Explored, start: int, stop: int) -> list[Row]:
    ids: Sequence[str] = found.ids[start:stop]
    labels = label_events(asked.ledger, ids)
    return [
        {"number": number, "event": labels.get(row["id"], row["id"]), **row}
        for number, row in enumerate(found.rows(ids), start=start + 1)
    ]


def _heads(asked: Asked, looked: Looked) -> Row:
    """Say what was asked for and how much fits."""
    found, (reports, lineages) = looked.found, looked.counts
    return {
        "filters": {name: asked.one(name) for name in (*FILTERS, "as_of") if asked.one(name) is not None},
        "sort": asked.one("sort") or "date",
        "totals": {"events": len(found.entries), "reports": reports, "lineages": lineages},
        "finished": found.finished,
    }


def _say_unfinished(asked: Asked, found: Explored) -> str:
    """Say what is stored and not worked out yet where these are decisions; nothing of reports or another program."""
    if found.finished or asked.folder is not None:
        return ""
    working: str = asked.state.desks.followup.words()
    waiting = 0 if working else count_waiting(asked.ledger)
    if not waiting:
        return working
    return f"{plural(waiting, 'decision is', 'decisions are')} stored that the events do not follow from yet."


def _status(looked: Looked) -> int:
    return 200 if looked.refused is None else 400


def _shown(asked: Asked, looked: Looked) -> Row:
    found = looked.found
    return {
        "refused": looked.refused,
        "chips": make_chips(asked),
        "choices": make_choices(),
        "chosen": {name: asked.one(name) for name in asked.query},
        "unfinished": _say_unfinished(asked, found),
        "nothing_yet": found.nothing_yet,
        "apart": [
            {
                "event": asked.labels.events.get(id, id),
                "reports": sorted((asked.labels.articles[one] for one in articles), key=lambda name: int(name[1:])),
            }
            for id, articles in found.apart.items()
        ],
    }
