"""`variorum doctor`: what is installed, in which version, and whether it works."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from variorum import __version__
from variorum.cli.options import DEFAULT_LEDGER, json_option, ledger_argument, ledger_option

PARTS = ("click", "sqlalchemy", "trafilatura", "pint", "rapidfuzz", "rensa")
FAULTS = 1


@click.command("doctor")
@ledger_argument
@ledger_option
@json_option
def command(ledger_given: str | None, ledger_place: str | None, form: str | None) -> int:
    """Say which parts are present, in which version, and try each once."""
    from variorum.cli.table import emit

    place = ledger_given or ledger_place
    rows = [*_program(), *_packages(), _gazetteer(), _schema(), *([_ledger(place)] if place else [])]
    emit(rows, {"part": "PART", "state": "STATE", "detail": "DETAIL"}, form)
    return FAULTS if any(row["state"] == "broken" for row in rows) else 0


def _row(part: str, state: str, detail: str) -> dict[str, Any]:
    return {"part": part, "state": state, "detail": detail}


def _program() -> Iterator[dict[str, Any]]:
    yield _row("variorum", "ok", __version__)
    yield _row("python", "ok", sys.version.split()[0])
    import sqlite3

    yield _row("sqlite", "ok", sqlite3.sqlite_version)


def _packages() -> Iterator[dict[str, Any]]:
    for name in PARTS:
        try:
            yield _row(name, "ok", version(name))
        except PackageNotFoundError:
            yield _row(name, "broken", "not installed: pip install variorum")
    try:
        yield _row("psycopg", "ok", version("psycopg"))
    except PackageNotFoundError:
        yield _row("psycopg", "absent", "only needed for a ledger on PostgreSQL: pip install variorum[postgres]")


def _gazetteer() -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.values.gazetteer import open_gazetteer

    try:
        meta = open_gazetteer().meta
    except VariorumError as error:
        return _row("gazetteer", "broken", f"{error.cause}: {error.remedy}")
    return _row(
        "gazetteer", "ok", ", ".join(f"{key} {value}" for key, value in sorted(meta.items()) if len(value) < 60)
    )


def _schema() -> dict[str, Any]:
    from variorum.pipeline import EXTRACTOR, VERSION
    from variorum.schema import load_schema

    schema = load_schema()
    return _row(
        "rules",
        "ok",
        f"{EXTRACTOR} {VERSION}, {schema.version}: {len(schema.kinds)} kinds, {len(schema.properties)} properties",
    )


def _ledger(place: str) -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.ledger import Ledger

    try:
        with Ledger.open(place or DEFAULT_LEDGER, readonly=True) as ledger:
            counts = ledger.counts()
    except VariorumError as error:
        return _row("ledger", "broken", f"{error.cause}: {error.remedy}")
    return _row("ledger", "ok", ", ".join(f"{counts[name]:,} {name}s" for name in ("article", "claim", "event")))
