"""`variorum set`: correct a value, source, scope, stance, place, date or kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import Who, Word


@click.command("set")
@click.argument("subject")
@click.argument("field_value", metavar="FIELD=VALUE")
@deciding_options
def command(subject: str, field_value: str, **options: Any) -> int:
    """Correct what a claim says (clm_…), or a property or the kind of an event (EV-7K3Q) or report (R7).

    \b
    variorum set clm_7K3Q… value=12            variorum set clm_7K3Q… source="Wadi clinic"
    variorum set EV-7K3Q place=gn:173480       variorum set EV-7K3Q killed:civilians="at least 12"
    variorum set EV-7K3Q date=2017-09-14       variorum set R7 kind=bombing
    variorum set R2 copy=R1                    variorum set hld_9M2T… words="twelve people"

    Of an event every claim behind the printed value is corrected. What was read stays, with its words, beside it.
    """
    field, equals, value = field_value.partition("=")
    if not equals or not field.strip():
        raise UsageError(f"{field_value} does not say which field", 'write FIELD=VALUE, for one killed="at least 12"')

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.pipeline.named import set_named

        return set_named(ledger, subject, field, value, who)

    return carry_out(make, "set", Asked(**options))
