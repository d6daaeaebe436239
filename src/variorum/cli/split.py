"""`variorum split`: take reports out of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import Who, Word


@click.command("split")
@click.argument("out", nargs=-1, required=True, metavar="REPORT...")
@click.option("--from", "event", default=None, metavar="EVENT", help="Which event, where the reports tell of several.")
@click.option("--alone", is_flag=True, help="Leave copies of these reports where they are.")
@deciding_options
def command(out: tuple[str, ...], event: str | None, alone: bool, **options: Any) -> int:
    """Take REPORTs (R7, or mentions men_…) out of their event into one of their own, with their copies."""

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.pipeline.named import split_named

        return split_named(ledger, out, who, event=event, alone=alone)

    return carry_out(make, "split", Asked(**options))
