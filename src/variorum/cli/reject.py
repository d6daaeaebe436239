"""`variorum reject`: a claim was misread, an event is none, a report is withdrawn, a copy or a relation is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import Who, Word


@click.command("reject")
@click.argument("subject")
@click.argument("other", required=False)
@deciding_options
def command(subject: str, other: str | None, **options: Any) -> int:
    """Say that SUBJECT is not so; it stays in the ledger, and decides nothing any more.

    \b
    clm_…        the report does not say that
    EV-7K3Q      it is no event (a metaphor, an accident, history); men_… for one mention
    R7           the report is withdrawn: its outlet took it back, or it is a forgery
    R2 R1        R2 is no copy of R1
    clm_… clm_…  the relation of the two (contradicts, revised …) does not hold
    hld_…        what was held back is nothing
    """

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.pipeline.named import reject_named

        return reject_named(ledger, subject, other, who)

    return carry_out(make, "reject", Asked(**options))
