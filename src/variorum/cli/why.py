"""`variorum why`: why two reports were joined or kept apart, and what would change the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from variorum.cli.evidence import change_lines, evidence_lines
from variorum.cli.options import json_option, ledger_argument, ledger_option, open_ledger
from variorum.config import said
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline import Pair
    from variorum.pipeline.labels import Labels


@click.command("why")
@click.argument("left")
@click.argument("right")
@ledger_argument
@ledger_option
@click.option("--all", "every", is_flag=True, help="Every pair of mentions, not only the closest.")
@json_option
def command(
    left: str, right: str, ledger_given: str | None, ledger_named: str | None, every: bool, form: str | None
) -> int:
    """Explain why LEFT and RIGHT (reports R1 R7, or events) are one event or not.

    Two reports can speak of several events; the pair that stands closest is explained, --all explains each.
    """
    from variorum.pipeline import find_pairs
    from variorum.pipeline.labels import make_labels
    from variorum.pipeline.named import mentions_of

    with open_ledger(ledger_named, ledger_given) as ledger:
        labels = make_labels(ledger)
        pairs = find_pairs(ledger, mentions_of(ledger, left), mentions_of(ledger, right), every=every)
        if not pairs:
            raise UsageError(
                f"{left} and {right} have no two mentions of events to compare",
                f"see what each says: variorum show {left}{said(ledger.name)}",
            )
        if form:
            click.echo(json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False, indent=1))
            return 0
        for number, pair in enumerate(pairs):
            if number:
                click.echo("")
            for line in _lines(ledger, pair, labels):
                click.echo(line)
    return 0


def _lines(ledger: Ledger, pair: Pair, labels: Labels) -> Iterator[str]:
    from variorum.pipeline.whywords import say_verdict
    from variorum.show.words import day_of, outlet_of, plain, short

    heads = []
    for id in (pair.left, pair.right):
        mention = ledger.mention(id)
        article = ledger.article(mention.article_id)
        heads.append(labels.articles[article.id])
        yield f"{heads[-1]:<5}{plain(outlet_of(article))}, {day_of(article)}  “{short(plain(mention.quote), 96)}”"
    yield ""
    verdict = say_verdict(pair, labels)
    yield f"{click.style(verdict.head, bold=True)} {verdict.alone} {verdict.people}"
    yield from verdict.more
    yield ""
    yield from evidence_lines(pair.explanation, heads)
    yield ""
    yield from change_lines(pair.explanation)
    name = said(ledger.name)
    steps = [f"variorum show {report}{name}" for report in dict.fromkeys(heads)]
    events = [labels.events[id] for id in (pair.left_event, pair.right_event) if id]
    yield "Next:  " + "    ".join(
        [*steps, *(f"variorum show {event}{name} --quotes" for event in dict.fromkeys(events))]
    )
