"""`variorum doctor`: what is installed, in which version, and whether it works."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import ledger_argument, ledger_option, ledger_place, listing_options
from variorum.config import settings

if TYPE_CHECKING:
    from variorum.pipeline.parts import Part

FAULTS = 1


@click.command("doctor")
@ledger_argument
@ledger_option
@listing_options
def command(ledger_given: str | None, ledger_named: str | None, form: str | None) -> int:
    """Say which parts are present, in which version, and try each once."""
    from variorum.cli.table import emit

    place = ledger_place(ledger_named, ledger_given)
    asked = bool(ledger_given or ledger_named)
    parts = [part._asdict() for part in _parts()], [part._asdict() for part in _data()]
    rows = [*parts[0], _postgresql(), *parts[1], _ledger(place, asked)]
    emit(rows, {"part": "PART", "state": "STATE", "detail": "DETAIL"}, form)
    return FAULTS if any(row["state"] == "broken" for row in rows) else 0


def _row(part: str, state: str, detail: str) -> dict[str, Any]:
    return {"part": part, "state": state, "detail": detail}


def _parts() -> Iterator[Part]:
    from variorum.pipeline.parts import package_parts, program_parts

    yield from program_parts()
    yield from package_parts()


def _data() -> Iterator[Part]:
    from variorum.pipeline.parts import gazetteer_part, own_places_part, plugin_parts, reader_part

    yield gazetteer_part()
    yield own_places_part(settings())
    yield reader_part(settings())
    yield from plugin_parts()


def _postgresql() -> dict[str, Any]:
    try:
        import_module("psycopg")
        return _row("psycopg", "ok", version("psycopg"))
    except (ImportError, PackageNotFoundError):
        return _row("psycopg", "absent", "only for a ledger on PostgreSQL: python -m pip install 'variorum[postgres]'")


def _ledger(place: str, asked: bool) -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.ledger import Ledger

    if not asked and "://" not in place and not Path(place).exists():
        return _row("ledger", "absent", f"none at {place} yet: variorum run FOLDER")
    try:
        with Ledger.open(place, readonly=True) as ledger:
            counts = ledger.counts()
    except VariorumError as error:
        return _row("ledger", "broken", f"{error.cause}: {error.remedy}")
    figures = ", ".join(f"{counts[name]:,} {name}s" for name in ("article", "claim", "event"))
    return _row("ledger", "ok", f"{place}: {figures}")
