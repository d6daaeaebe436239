"""Options and arguments that several verbs share: which ledger, which form of output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from variorum.ledger import Ledger

DEFAULT_LEDGER = "ledger.db"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

ledger_option: Decorator = click.option(
    "--ledger",
    "ledger_place",
    metavar="FILE",
    envvar="VARIORUM_LEDGER",
    default=None,
    help="Ledger file or postgresql:// URL (VARIORUM_LEDGER; default ./ledger.db).",
)
ledger_argument: Decorator = click.argument("ledger_given", metavar="[LEDGER]", required=False)
json_option: Decorator = click.option("--json", "form", flag_value="json", help="One JSON document.")
jsonl_option: Decorator = click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
csv_option: Decorator = click.option("--csv", "form", flag_value="csv", help="A CSV table.")


def listing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json, --jsonl and --csv to a verb that lists."""
    return json_option(jsonl_option(csv_option(function)))


def open_ledger(place: str | None, given: str | None = None) -> Ledger:
    """Open the ledger that was named, for reading.

    Raises UsageError when there is none, LedgerError when it cannot be read.
    """
    return Ledger.open(given or place or DEFAULT_LEDGER, readonly=True)
