"""The page of who printed and who spoke: outlets and monitors in one list, named voices in another. Only counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from variorum.pipeline.outlets import OutletRow, Outlets, count_outlets
from variorum.pipeline.spokespeople import SpeakerRow, count_speakers
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.sheets import NAMED, SHEET_NUMBER, cut_sheet, keep_named
from variorum.web.standing import Kept

Row = dict[str, Any]
VOICE_COLUMNS = ("source", "claims", "reports", "lineages", "outlets", "properties", "first_day", "last_day")
OUTLET_COLUMNS = (
    "outlet",
    "reports",
    "originals",
    "copies",
    "originals_copied_by_others",
    "copied_by_others",
    "first",
    "shared_events",
    "events",
    "languages",
    "first_day",
    "last_day",
    "gap_first",
    "gap_last",
    "gap_days",
    "gap_events_of_the_ledger",
)
KINDS = ("outlets", "voices")
KIND = Parameter("kind", "choice", "Outlets and monitors, or the voices that they quote.", choices=KINDS)
OUTLET_KEYS: Mapping[str, Callable[[OutletRow], Any]] = {
    "name": lambda row: row.outlet.casefold(),
    "reports": lambda row: (-row.reports, row.outlet),
    "originals": lambda row: (-row.originals, row.outlet),
    "copies": lambda row: (-row.copies, row.outlet),
    "copied": lambda row: (-row.copied, row.outlet),
    "first": lambda row: (-row.first, -row.shared, row.outlet),
    "events": lambda row: (-row.events, row.outlet),
    "since": lambda row: (row.first_day or "9999", row.outlet),
    "until": lambda row: (row.last_day is None, _backwards(row.last_day), row.outlet),
    "gap": lambda row: (-(row.gap.days if row.gap else 0), row.outlet),
}
VOICE_KEYS: Mapping[str, Callable[[SpeakerRow], Any]] = {
    "name": lambda row: row.source.casefold(),
    "claims": lambda row: (-row.claims, row.source),
    "reports": lambda row: (-row.reports, row.source),
    "lineages": lambda row: (-row.lineages, row.source),
    "outlets": lambda row: (-len(row.outlets), row.source),
    "since": lambda row: (row.first_day or "9999", row.source),
    "until": lambda row: (row.last_day is None, _backwards(row.last_day), row.source),
}
SORT = Parameter(
    "sort", "choice", "By what the list is sorted.", choices=tuple(dict.fromkeys([*OUTLET_KEYS, *VOICE_KEYS]))
)
SOURCES = (KIND, SORT, NAMED, SHEET_NUMBER)


def _backwards(day: str | None) -> int:
    return -int((day or "0").replace("-", ""))


def keep_outlets(asked: Asked) -> Kept:
    """Give the figures of all outlets, counted once for a state of the ledger."""
    kept: Kept = asked.standing.keep(("outlets", asked.as_of), lambda: count_outlets(asked.ledger, asked.as_of))
    return kept


def keep_speakers(asked: Asked) -> Kept:
    """Give the figures of all voices, counted once for a state of the ledger."""
    kept: Kept = asked.standing.keep(("voices", asked.as_of), lambda: count_speakers(asked.ledger, asked.as_of))
    return kept


def read_sources(asked: Asked) -> Page:
    """Read the outlets of a ledger, or the voices."""
    return _voices(asked) if asked.one("kind") == "voices" else _outlets(asked)


def _outlets(asked: Asked) -> Page:
    kept = keep_outlets(asked)
    return lay_out_outlets(asked, kept.what, kept.number)


def lay_out_outlets(asked: Asked, found: Outlets, counted_at: int) -> Page:
    """Lay out a sheet of outlets, as counted at a row of the log."""
    named = keep_named(asked, found.rows, lambda row: (row.outlet,))
    sort = asked.one("sort") if asked.one("sort") in OUTLET_KEYS else "reports"
    sheet = cut_sheet(asked, sorted(named, key=OUTLET_KEYS[sort or "reports"]))
    rows = [outlet_row(row) for row in sheet.rows]
    data = {
        "kind": "outlets",
        "as_of": asked.as_of,
        "counted_at": counted_at,
        "total": sheet.total,
        "unnamed": found.unnamed,
        "outlets": rows,
    }
    shown = {"sheet": sheet, "sort": sort, "columns": list(OUTLET_KEYS)}
    return Page(
        "sources.html",
        "Sources: outlets and monitors",
        data,
        shown,
        rows=[_flat(row) for row in rows],
        columns=OUTLET_COLUMNS,
    )


def _voices(asked: Asked) -> Page:
    kept = keep_speakers(asked)
    return lay_out_voices(asked, kept.what, kept.number)


def lay_out_voices(asked: Asked, found: Sequence[SpeakerRow], counted_at: int) -> Page:
    """Lay out a sheet of voices, as counted at a row of the log."""
    named = keep_named(asked, found, lambda row: (row.source,))
    sort = asked.one("sort") if asked.one("sort") in VOICE_KEYS else "claims"
    sheet = cut_sheet(asked, sorted(named, key=VOICE_KEYS[sort or "claims"]))
    rows = [voice_row(row) for row in sheet.rows]
    data = {
        "kind": "voices",
        "as_of": asked.as_of,
        "counted_at": counted_at,
        "total": sheet.total,
        "voices": rows,
    }
    shown = {"sheet": sheet, "sort": sort, "columns": list(VOICE_KEYS)}
    return Page("voices.html", "Sources: voices", data, shown, rows=rows, columns=VOICE_COLUMNS)


def outlet_row(row: OutletRow) -> Row:
    """Give the figures of one outlet as data."""
    gap = row.gap
    return {
        "outlet": row.outlet,
        "reports": row.reports,
        "originals": row.originals,
        "copies": row.copies,
        "originals_copied_by_others": row.led,
        "copied_by_others": row.copied,
        "first": row.first,
        "shared_events": row.shared,
        "events": row.events,
        "languages": list(row.languages),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "gap": None
        if gap is None
        else {"first": gap.first, "last": gap.last, "days": gap.days, "events_of_the_ledger": gap.events},
    }


def _flat(row: Row) -> Row:
    gap = row["gap"] or {}
    flat = {name: value for name, value in row.items() if name != "gap"}
    return flat | {f"gap_{name}": gap.get(name) for name in ("first", "last", "days", "events_of_the_ledger")}


def voice_row(row: SpeakerRow) -> Row:
    """Give the figures of one voice as data."""
    return {
        "source": row.source,
        "claims": row.claims,
        "reports": row.reports,
        "lineages": row.lineages,
        "outlets": [name or "not named" for name in row.outlets],
        "properties": [f"{prop} {count}" for prop, count in row.props],
        "first_day": row.first_day,
        "last_day": row.last_day,
    }
