"""The lines of what stands between events on a terminal: ties, counts of several events, stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from variorum.cli.table import lay_out
from variorum.config import said
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_copies
from variorum.model import Story
from variorum.pipeline.labels import Labels, story_label
from variorum.show.words import BACKWARDS, day_of, outlet_of, plain, plural, short
from variorum.values import show


def between_lines(ledger: Ledger, found: Mapping[str, Any], labels: Labels) -> Iterator[str]:
    """Give the lines of an exported event's ties and of the counts that it is in; none where nothing says so."""
    if found["related"]:
        yield click.style("RELATED", bold=True)
        for tie in found["related"]:
            yield from _tie(tie, found["id"], ledger, labels)
        yield ""
    if found["counted"]:
        yield click.style("COUNTED IN", bold=True)
        for count in found["counted"]:
            stated = f"{show('count', count['stated'])} stated, {count['found']} found"
            yield f"  {labels.articles[count['article']]:<5} “{short(plain(count['quote']), 70)}”: {stated}"
        yield ""


def _tie(tie: Mapping[str, Any], id: str, ledger: Ledger, labels: Labels) -> Iterator[str]:
    ahead = tie["left"] == id
    other = tie["right"] if ahead else tie["left"]
    name = tie["name"] if ahead else BACKWARDS[tie["name"]]
    yield f"  {name:<14} {labels.events.get(other, other)}  {short(plain(ledger.event(other).title), 70)}"
    more = len(tie["articles"]) - 1
    reports = labels.articles[tie["article"]] + (f" and {plural(more, 'other')}" if more else "")
    yield f"  {'':<14} “{short(plain(tie['quote']), 50)}”, {reports}; {plain(tie['why'])}"


def story_lines(ledger: Ledger, story: Story, labels: Labels) -> Iterator[str]:
    """Give the lines of one story: its reports and the events that they tell of."""
    articles = {id: ledger.article(id) for id in story.articles}
    yield click.style(f"{story_label(story.id)}  {plain(story.title or 'untitled')}", bold=True)
    root = {copy.article_id: copy.original_id for copy in pick_copies(ledger, story.articles)}
    rows: list[list[str]] = []
    told_of: set[str] = set()
    for article in sorted(articles.values(), key=lambda one: (one.published or "9999", one.id)):
        events = {found for mention in ledger.mentions(article.id) if (found := ledger.event_of(mention.id))}
        told = " ".join(sorted(labels.events.get(id, id) for id in events))
        title = short(plain(article.title or article.text[:80]), 60)
        copied = f"copy of {labels.articles[root[article.id]]}" if article.id in root else "■"
        outlet = short(plain(outlet_of(article)), 28)
        rows.append([labels.articles[article.id], day_of(article), copied, outlet, told, title])
        told_of.update(events)
    lineages = len({root.get(id, id) for id in articles})
    counts = [plural(len(rows), "report"), plural(lineages, "independent lineage"), plural(len(told_of), "event")]
    yield " · ".join(counts)
    yield ""
    yield from lay_out(rows, ["REPORT", "DATE", "LINEAGE", "OUTLET", "EVENTS", "TITLE"])
    yield ""
    label, name = story_label(story.id), said(ledger.name)
    yield f"Next:  variorum list{name} --story {label}    variorum show {rows[0][0]}{name}"
