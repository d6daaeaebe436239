"""`variorum why`: why two reports were joined or kept apart, and what would change the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from variorum.cli.labels import Labels, find_record, make_labels
from variorum.cli.options import json_option, ledger_option, open_ledger
from variorum.cli.table import fit, width
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event
from variorum.pipeline import Pair, find_pairs

BAR = 0.5  # log-odds a block of the waterfall stands for
NEEDED_NOTE = "needs {needed:.2f}"


@click.command("why")
@click.argument("left")
@click.argument("right")
@ledger_option
@click.option("--all", "every", is_flag=True, help="Every pair of mentions, not only the closest.")
@json_option
def command(left: str, right: str, ledger_place: str | None, every: bool, form: str | None) -> int:
    """Explain why LEFT and RIGHT (reports R1 R7, or events) are one event or not.

    Two reports can speak of several events; the pair that stands closest is explained, --all explains each.
    """
    with open_ledger(ledger_place) as ledger:
        labels = make_labels(ledger)
        pairs = find_pairs(ledger, _mentions(ledger, left), _mentions(ledger, right))
        if not pairs:
            raise UsageError(
                f"{left} and {right} have no two mentions of events to compare",
                f"see what each says: variorum show {left}",
            )
        shown = pairs if every else pairs[:1]
        if form:
            click.echo(json.dumps([asdict(pair) for pair in shown], ensure_ascii=False, indent=1))
            return 0
        for pair in shown:
            for line in _lines(ledger, pair, labels, left, right):
                click.echo(line)
    return 0


def _mentions(ledger: Ledger, given: str) -> list[str]:
    if given.startswith("men_"):
        return [ledger.mention(given).id]
    record = find_record(ledger, given)
    if isinstance(record, Article):
        return [mention.id for mention in ledger.mentions(record.id)]
    if isinstance(record, Event):
        return list(record.mentions)
    assert isinstance(record, Claim)
    return [record.mention_id]


def _lines(ledger: Ledger, pair: Pair, labels: Labels, left: str, right: str) -> Iterator[str]:
    heads = []
    for id in (pair.left, pair.right):
        mention = ledger.mention(id)
        article = ledger.article(mention.article_id)
        label = labels.articles.get(article.id, article.id)
        heads.append(label)
        words = " ".join(mention.quote.split())
        yield f"{label:<5}{article.outlet or 'outlet unknown'}, {article.published or 'undated'}   “{words[:90]}{'…' if len(words) > 90 else ''}”"
    found = pair.explanation
    events = [labels.events.get(id, "no event") if id else "no event" for id in (pair.left_event, pair.right_event)]
    person = "; ".join(pair.people) or "No person has decided it."
    if pair.joined:
        yield click.style(
            f"JOINED in {events[0]}: the model alone gives {found.score:.2f}, needs {pair.needed:.2f}. {person}",
            bold=True,
        )
        if found.score < pair.needed:
            yield "The two hang together through other reports of the event."
    else:
        yield (
            click.style(f"KEPT APART: {events[0]} and {events[1]}.", bold=True)
            + f" The model alone gives {found.score:.2f}, needs {pair.needed:.2f}. {person}"
        )
        if found.rule:
            yield f"Rule {found.rule}."
    yield ""
    rows = [(reason.name, reason.left or "–", reason.right or "–", reason.weight, reason.note) for reason in found.used]
    size = max([8, *(width(row[0]) for row in rows)])
    yield f"  {fit('EVIDENCE', size)}  {fit(heads[0], 26)}  {fit(heads[1], 26)}  WEIGHT"
    for name, one, other, weight, note in rows:
        bar = ("█" if weight > 0 else "░") * max(1, round(abs(weight) / BAR))
        tail = f"   {note}" if note else ""
        yield f"  {fit(name, size)}  {fit(one if one != '–' or other != '–' else '', 26)}  {fit(other if one != '–' or other != '–' else '', 26)}  {weight:+5.1f}  {bar}{tail}"
    yield f"  {fit('', size)}  {fit('', 26)}  {fit('total', 26)}  {found.total:+5.1f}  = {found.score:.2f}"
    for change in found.changes:
        yield f"  {change}"
    if found.not_used:
        yield f"  Not used: {', '.join(found.not_used)}."
