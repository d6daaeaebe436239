"""`variorum check`: the ledger proves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from variorum.cli.options import json_option, ledger_argument, ledger_option, ledger_place

if TYPE_CHECKING:
    from variorum.ledger import Ledger

FAULTS = 1


@click.command("check")
@ledger_argument
@ledger_option
@json_option
def command(ledger_given: str | None, ledger_named: str | None, form: str | None) -> int:
    """Prove that no row was altered, every quote matches its text, every text its hash, and every id resolves.

    A ledger with the layout of an older version of the program is brought up to date first.
    """
    import json

    from variorum.cli.words import plural

    with _open(ledger_place(ledger_named, ledger_given)) as ledger:
        faults = list(ledger.check())
        counts = ledger.counts()
        rows, last = ledger.head()
    if form:
        found = {
            "faults": faults,
            "log": {"rows": rows, "last": last},
            "checked": {name: counts[name] for name in ("article", "mention", "claim", "event")},
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return FAULTS if faults else 0
    for fault in faults:
        click.echo(fault)
    words = ", ".join(plural(counts[name], name) for name in ("article", "mention", "claim", "event"))
    click.echo(f"{plural(len(faults), 'fault') if faults else 'no fault'}: {words} checked")
    if not faults:
        click.echo(f"log: {plural(rows, 'row')}, the last one {last}; who keeps that hash can prove the rest")
    return FAULTS if faults else 0


def _open(place: str) -> Ledger:
    from variorum.errors import LedgerError
    from variorum.ledger import Ledger

    try:
        return Ledger.open(place, readonly=True)
    except LedgerError as error:
        if type(error) is not LedgerError:  # busy, newer, not a ledger: opening it for writing cannot help
            raise
        return Ledger.open(place)
