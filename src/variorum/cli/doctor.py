"""`variorum doctor`: what is installed, in which version, and whether it works."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from variorum import __version__
from variorum.cli.options import ledger_argument, ledger_option, ledger_place, listing_options
from variorum.config import settings

# Package -> the module that is imported to try it.
PARTS = {
    "click": "click",
    "sqlalchemy": "sqlalchemy",
    "trafilatura": "trafilatura",
    "lxml-html-clean": "lxml_html_clean",
    "charset-normalizer": "charset_normalizer",
    "pint": "pint",
    "rapidfuzz": "rapidfuzz",
    "rensa": "rensa",
    "onnxruntime": "onnxruntime",
    "tokenizers": "tokenizers",
    "argon2-cffi": "argon2",
    "starlette": "starlette",
    "jinja2": "jinja2",
    "uvicorn": "uvicorn",
    "python-multipart": "python_multipart",
}
FAULTS = 1
INSTALL = "python -m pip install --force-reinstall"


@click.command("doctor")
@ledger_argument
@ledger_option
@listing_options
def command(ledger_given: str | None, ledger_named: str | None, form: str | None) -> int:
    """Say which parts are present, in which version, and try each once."""
    from variorum.cli.table import emit

    place = ledger_place(ledger_named, ledger_given)
    asked = bool(ledger_given or ledger_named)
    rows = [*_program(), *_packages(), _postgresql(), _gazetteer(), _own_places(), _rules(), _ledger(place, asked)]
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
    for name, module in PARTS.items():
        try:
            import_module(module)
            yield _row(name, "ok", version(name))
        except (ImportError, PackageNotFoundError) as error:
            yield _row(name, "broken", f"{error}: {INSTALL} {name}")


def _postgresql() -> dict[str, Any]:
    try:
        import_module("psycopg")
        return _row("psycopg", "ok", version("psycopg"))
    except (ImportError, PackageNotFoundError):
        return _row("psycopg", "absent", "only for a ledger on PostgreSQL: python -m pip install 'variorum[postgres]'")


def _gazetteer() -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.pipeline import gazetteer

    try:
        meta = gazetteer().meta
    except VariorumError as error:
        return _row("gazetteer", "broken", f"{error.cause}: {error.remedy}")
    return _row(
        "gazetteer", "ok", ", ".join(f"{key} {value}" for key, value in sorted(meta.items()) if len(value) < 60)
    )


def _own_places() -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.pipeline import own_places
    from variorum.values.ownbook import read_sources

    try:
        place, _ = own_places(settings())
        sources = read_sources(place)
    except VariorumError as error:
        return _row("own places", "broken", f"{error.cause}: {error.remedy}")
    if not sources:
        return _row("own places", "absent", f"none at {place}: variorum gazetteer add FILE")
    return _row("own places", "ok", f"{place}: " + ", ".join(f"{one.name} {one.places:,}" for one in sources))


def _rules() -> dict[str, Any]:
    from variorum.errors import VariorumError
    from variorum.pipeline import choose_reader, weights_match
    from variorum.schema import load_schema

    schema = load_schema()
    parts = f"{len(schema.kinds)} kinds, {len(schema.properties)} properties"
    try:
        reader = choose_reader(settings())
        reader.prepare()
        if not weights_match():
            return _row("reader", "broken", "the weights of the tagger were changed: install the package again")
    except VariorumError as error:
        return _row("reader", "broken", f"{error.cause}: {error.remedy}")
    sent = f"; `run` sends the texts to {reader.server}" if reader.server else ""
    return _row("reader", "ok", f"{reader.extractor} {reader.version}, schema {schema.version}: {parts}{sent}")


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
