"""The lines of what stands between events on a terminal: ties, counts of several events, stories."""

from __future__ import annotations

from collections.abc import Iterator

import click

from variorum.cli.labels import Labels, story_label
from variorum.cli.table import lay_out, plain
from variorum.cli.words import day_of, outlet_of, plural, short
from variorum.ledger import Ledger
from variorum.model import Counted, Event, Related, RelatedName, Story

# How a tie reads from its other end.
BACKWARDS: dict[RelatedName, str] = {
    "part of": "has part",
    "response to": "answered by",
    "later in": "goes on in",
    "anniversary of": "remembered by",
}


def between_lines(ledger: Ledger, event: Event, labels: Labels) -> Iterator[str]:
    """Give the lines of an event's ties and of the counts that it is in; none where nothing says so."""
    found = ledger.structure()
    titles = {row.id: row.title for row in ledger.events()}
    ties = [tie for tie in found.related if event.id in (tie.left, tie.right)]
    lines = [line for tie in ties for line in _tie(tie, event, labels, titles)]
    mentions = {mention.id: mention.article_id for mention in ledger.mentions()}
    for count in found.counted:
        if event.id in count.events:
            lines.append(f"  {'counted':<13} {_count(count)}  in {labels.articles[mentions[count.mention_id]]}")
    if lines:
        yield click.style("RELATED", bold=True)
        yield from lines
        yield ""


def _tie(tie: Related, event: Event, labels: Labels, titles: dict[str, str]) -> Iterator[str]:
    ahead = tie.left == event.id
    other = tie.right if ahead else tie.left
    name = tie.name if ahead else BACKWARDS[tie.name]
    yield f"  {name:<13} {labels.events.get(other, other)}  {short(plain(titles.get(other, '')), 60)}"
    yield f"  {'':<13} “{short(plain(tie.quote), 50)}” in {labels.articles[tie.article_id]}; {plain(tie.why)}"


def _count(count: Counted) -> str:
    return f"“{short(plain(count.quote), 60)}”: {plain(count.stated)} stated, {len(count.events)} found here"


def story_lines(ledger: Ledger, story: Story, labels: Labels) -> Iterator[str]:
    """Give the lines of one story: its reports and the events that they tell of."""
    articles = {id: ledger.article(id) for id in story.articles}
    yield click.style(f"{story_label(story.id)}  {plain(story.title or 'untitled')}", bold=True)
    rows = []
    for article in sorted(articles.values(), key=lambda one: (one.published or "9999", one.id)):
        events = {found for mention in ledger.mentions(article.id) if (found := ledger.event_of(mention.id))}
        told = " ".join(sorted(labels.events[id] for id in events))
        title = short(plain(article.title or article.text[:80]), 60)
        rows.append([labels.articles[article.id], day_of(article), short(plain(outlet_of(article)), 28), told, title])
    yield plural(len(rows), "report")
    yield ""
    yield from lay_out(rows, ["REPORT", "DATE", "OUTLET", "EVENTS", "TITLE"])
