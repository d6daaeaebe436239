"""`variorum sql`: read-only SQL."""

from __future__ import annotations

import sys

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, open_ledger


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
    names = _distinct(result.columns)
    emit([dict(zip(names, row)) for row in result.rows], dict(zip(names, result.columns)), form)
    return 0


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """Give a key for every column: a query may call two by one name."""
    names: list[str] = []
    for name in columns:
        key, again = name, 1
        while key in names:
            again += 1
            key = f"{name}_{again}"
        names.append(key)
    return names
