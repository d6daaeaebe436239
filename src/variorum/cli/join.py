"""`variorum join`: two reports, mentions or events are one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options, find_subject
from variorum.errors import UsageError

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
        from variorum.model import Article, Event, Mention
        from variorum.pipeline.deciding import join

        sides = [find_subject(ledger, given) for given in (left, right)]
        one, other = sides
        if not isinstance(one, Event | Article | Mention) or not isinstance(other, Event | Article | Mention):
            raise UsageError("claims are not joined", "name reports, mentions or events")
        return join(ledger, one, other, who)

    return carry_out(make, "join", Asked(**options))
