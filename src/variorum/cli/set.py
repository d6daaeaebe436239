"""`variorum set`: correct a value, source, scope, stance, place, date or kind; or make a claim of words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import NewClaim, Who, Word

OF_WORDS = ("event", "source", "stance")  # options that go with --words only


@click.command("set")
@click.argument("subject")
@click.argument("field_value", metavar="FIELD=VALUE")
@click.option("--words", metavar="TEXT", help="Make a claim of these words of a report, or of their span START:END.")
@click.option("--event", metavar="EVENT", help="With --words: the event, where the report tells of several.")
@click.option("--source", metavar="NAME", help="With --words: who says so; else the outlet's own voice.")
@click.option("--stance", metavar="STANCE", help="With --words: asserts (else), hedges or denies.")
@deciding_options
def command(subject: str, field_value: str, words: str | None, **options: Any) -> int:
    """Correct what a claim says (clm_…), or a property or the kind of an event (EV-7K3Q) or report (R7).

    \b
    variorum set clm_7K3Q… value=12            variorum set clm_7K3Q… source="Wadi clinic"
    variorum set EV-7K3Q place=gn:173480       variorum set EV-7K3Q killed:civilians="at least 12"
    variorum set EV-7K3Q date=2017-09-14       variorum set R7 kind=bombing
    variorum set R2 copy=R1                    variorum set hld_9M2T… words="twelve people"
    variorum set R7 killed=12 --words "twelve people" --source "Wadi clinic"

    Of an event every claim behind the printed value is corrected. What was read stays, with its words, beside it.
    With --words a report gets a claim that no reading found, at its words; without a value it is what they say.
    """
    field, equals, value = (part.strip() for part in field_value.partition("="))
    if not equals or not field:
        raise UsageError(f"{field_value} does not say which field", 'write FIELD=VALUE, for one killed="at least 12"')
    of_words = {name: options.pop(name) for name in OF_WORDS}
    given = [f"--{name}" for name, one in of_words.items() if one is not None]
    if words is None and given:
        raise UsageError(f"{given[0]} goes with --words only", 'point at the words: --words "twelve people"')

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.pipeline.deciding import NewClaim
        from variorum.pipeline.named import set_named

        if words is None:
            return set_named(ledger, subject, field, value, who)
        prop, _, scope = field.partition(":")
        said = NewClaim(prop, words, value, scope, of_words["source"] or "", of_words["stance"] or "asserts")
        return _new(ledger, subject, said, of_words["event"], who)

    return carry_out(make, "set", Asked(**options))


def _new(ledger: Ledger, subject: str, said: NewClaim, event: str | None, who: Who) -> list[Word]:
    """Make the claim of a report or of one of its mentions. Raises UsageError for anything else."""
    from dataclasses import replace

    from variorum.model import Article, Mention
    from variorum.pipeline.deciding import add_claim
    from variorum.pipeline.labels import find_one_event
    from variorum.pipeline.named import find_subject

    record = find_subject(ledger, subject)
    about = "" if event is None else find_one_event(ledger, event).id
    if isinstance(record, Mention):
        if event is not None:
            raise UsageError("a mention is of one event", "leave --event out")
        about, record = record.id, ledger.article(record.article_id)
    if not isinstance(record, Article):
        raise UsageError(f"{subject} is no report, and words stand in a report", "name it: R7, with --event EVENT")
    return add_claim(ledger, record, replace(said, about=about), who)
