"""`variorum split`: take reports out of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import Asked, carry_out, deciding_options, find_subject
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.model import Event
    from variorum.pipeline.deciding import Who, Word


@click.command("split")
@click.argument("out", nargs=-1, required=True, metavar="REPORT...")
@click.option("--from", "event", default=None, metavar="EVENT", help="Which event, where the reports tell of several.")
@click.option("--alone", is_flag=True, help="Leave copies of these reports where they are.")
@deciding_options
def command(out: tuple[str, ...], event: str | None, alone: bool, **options: Any) -> int:
    """Take REPORTs (R7, or mentions men_…) out of their event into one of their own, with their copies."""

    def make(ledger: Ledger, who: Who) -> list[Word]:
        from variorum.model import Article, Mention
        from variorum.pipeline.deciding import split, with_copies

        records = [find_subject(ledger, given) for given in out]
        articles = {record.id for record in records if isinstance(record, Article)}
        mentions = {record.id for record in records if isinstance(record, Mention)}
        if len(articles) + len(mentions) < len({record.id for record in records}):
            raise UsageError("only reports and mentions are taken out of an event", "name them as R7 or men_…")
        found = _event(ledger, event, articles, mentions)
        held = {mention.article_id for mention in ledger.mentions(event_id=found.id)} | {*found.mentions}
        for given, record in zip(out, records):
            if record.id not in held:
                raise UsageError(f"{given} does not report that event", "leave it out, or name its event with --from")
        article_of = {mention.id: mention.article_id for mention in ledger.mentions(event_id=found.id)}
        parts = [id for id in found.mentions if id in mentions or article_of.get(id) in articles]
        if articles and not alone:
            parts += with_copies(ledger, found, articles)
        return split(ledger, found, parts, who)

    return carry_out(make, "split", Asked(**options))


def _event(ledger: Ledger, named: str | None, articles: set[str], mentions: set[str]) -> Event:
    from variorum.pipeline.labels import find_one_event, make_labels

    if named is not None:
        return find_one_event(ledger, named)
    held = mentions | {mention.id for id in articles for mention in ledger.mentions(id)}
    events = sorted({found for id in held if (found := ledger.event_of(id)) is not None})
    shared = [id for id in events if len(ledger.event(id).mentions) > 1]
    if len(shared) == 1:
        return ledger.event(shared[0])
    if not shared:
        raise UsageError("what they report is in an event of its own already", "see: variorum show REPORT")
    labels = make_labels(ledger).events
    names = ", ".join(labels[id] for id in shared)
    raise UsageError(f"they tell of several events: {names}", f"name one: --from {labels[shared[0]]}")
