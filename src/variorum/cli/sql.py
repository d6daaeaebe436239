"""`variorum sql`: read-only SQL."""

from __future__ import annotations

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, open_ledger


@click.command("sql")
@click.argument("query")
@ledger_argument
@ledger_option
@listing_options
def command(query: str, ledger_given: str | None, ledger_place: str | None, form: str | None) -> int:
    """Answer QUERY. Views for people: v_events v_claims v_values v_reports v_lineages v_decisions.

    \b
    variorum sql "SELECT kind, count(*) FROM v_events GROUP BY kind"
    """
    from variorum.cli.table import emit

    with open_ledger(ledger_place, ledger_given) as ledger:
        result = ledger.sql(query)
    emit([dict(zip(result.columns, row)) for row in result.rows], {name: name for name in result.columns}, form)
    return 0
