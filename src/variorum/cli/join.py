"""`variorum join`: two reports, mentions or events are one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import Who, Word


@click.command("join")
@click.argument("left")
@click.argument("right")
@deciding_options
def command(left: str, right: str, **options: Any) -> int:
    """Say that LEFT and RIGHT (reports R1 R7, mentions, or events EV-7K3Q) are one event.

    Of an event all reports are meant; of a report the mention that stands nearest to the other side.
    """

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.pipeline.named import join_named

        return join_named(ledger, left, right, who)

    return carry_out(make, "join", Asked(**options))
