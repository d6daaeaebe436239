"""`variorum sql`: read-only SQL."""

from __future__ import annotations

import re
import sys

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, note, open_ledger

LONG = re.compile(r"\b(text|packed|raw|article)\b", re.IGNORECASE)  # columns that lie outside, and their tables


@click.command("sql")
@click.argument("query")
@ledger_argument
@ledger_option
@listing_options
def command(query: str, ledger_given: str | None, ledger_named: str | None, form: str | None) -> int:
    """Answer QUERY (- reads it from standard input).

    Views for people: v_events v_claims v_values v_reports v_lineages v_decisions.

    \b
    variorum sql "SELECT kind, count(*) FROM v_events GROUP BY kind"
    """
    from variorum.cli.table import emit

    if query == "-":
        query = sys.stdin.read()
    with open_ledger(ledger_named, ledger_given) as ledger:
        result = ledger.sql(query)
        if LONG.search(query) and ledger.texts_at:
            note(f"texts lie in {ledger.texts_at}, and their column is empty; to read one: variorum show R7")
    emit([dict(zip(result.keys, row)) for row in result.rows], dict(zip(result.keys, result.columns)), form)
    return 0
