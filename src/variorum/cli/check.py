"""`variorum check`: the ledger proves itself."""

from __future__ import annotations

import click

from variorum.cli.options import ledger_argument, ledger_option, open_ledger

FAULTS = 1


@click.command("check")
@ledger_argument
@ledger_option
def command(ledger_given: str | None, ledger_place: str | None) -> int:
    """Prove that every quote matches its text, every text its hash, every id its content, and the log its chain."""
    with open_ledger(ledger_place, ledger_given) as ledger:
        faults = ledger.check()
        counts = ledger.counts()
    for fault in faults:
        click.echo(fault)
    words = ", ".join(f"{counts[name]:,} {name}s" for name in ("article", "mention", "claim", "event"))
    if faults:
        click.echo(f"{len(faults)} faults in {words}", err=True)
        return FAULTS
    click.echo(f"no fault: {words} checked")
    return 0
