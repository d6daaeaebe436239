"""One question of the queue as lines: the words of the reports, the evidence, what would follow, and the keys."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from variorum.cli.evidence import evidence_lines
from variorum.pipeline import Card, Passage, describe
from variorum.pipeline.cardwords import ASKED, follows, says_words
from variorum.pipeline.labels import Labels
from variorum.show.words import day_of, outlet_of, plain, plural, short
from variorum.values.gazetteer import Entry

WIDE = 100  # columns of a card; a terminal may have fewer
MOST = 7  # reasons shown, the prior among them
MOST_PASSAGES = 4
PER_PAGE = 9  # candidates that a digit can choose
TITLE_WIDE = 70
YES_NO = {
    "same": "[y] same  [n] different  [u] unsure",
    "contradiction": "[y] yes  [n] no",
    "revision": "[y] yes  [n] no",
    "copy": "[y] a copy  [n] a text of its own",
    "held back": "[n] it is nothing  [e] type the words",
    "value": "[y] as it is read  [n] the report does not say it  [e] type what it says",
    "kind": "[y] as it is read  [n] it tells of no event  [e] type a kind",
    "report": "[y] it counts  [n] withdraw it",
    "place": "[y] yes  [n] not where it happened  [1-9] choose  [e] another name",
}
OTHERS = "[r] read in full  [s] skip  [b] reason  [z] undo  [?] keys  [q] quit"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a card is shown: where it stands in the queue, and to whom."""

    number: int
    count: int
    blind: bool
    page: int = 0  # of candidates


def card_lines(card: Card, labels: Labels, shown: Shown) -> Iterator[str]:
    """Give the lines of a card; to a second reviewer none that follows from what anybody decided."""
    item = card.item
    asked = [f"{shown.number} of {shown.count}", ASKED[item.kind]]
    asked += ["your word beside another's"] if shown.blind else [item.why]
    yield from _wrap(" · ".join(part for part in asked if part), bold=True)
    yield card.question
    for passage in card.passages[:MOST_PASSAGES]:
        yield ""
        yield from _passage(passage, labels)
    more = len(card.passages) - MOST_PASSAGES
    if more > 0:
        yield f"     … and {plural(more, 'more report')}"
    if card.evidence is not None:
        yield ""
        yield from evidence_lines(card.evidence, _heads(card.passages, labels), most=MOST)
        if card.evidence.rule:
            yield f"  Rule {card.evidence.rule}."
    if card.taken:
        yield ""
        yield from candidate_lines(card.candidates, card.taken, card.name, shown.page)
    for word in item.words:
        blind = ", without seeing the other" if word.blind else ""
        reason = f": {plain(word.reason)}" if word.reason else ", no reason given"
        yield f"  {word.by} said {says_words(word)} ({word.decision}{blind}){reason}"
    yield ""
    yield from _wrap(follows(card, labels, blind=shown.blind))
    # A key stays on one line with what it does.
    keys = "  ".join(part.replace(" ", "\xa0") for part in f"{YES_NO[item.asks]}  {OTHERS}".split("  "))
    yield from (line.replace("\xa0", " ") for line in _wrap(keys))


def _heads(passages: Sequence[Passage], labels: Labels) -> list[str]:
    return [labels.articles[passage.article.id] for passage in passages]


def _passage(passage: Passage, labels: Labels) -> Iterator[str]:
    article = passage.article
    title = article.title or article.text.strip().partition("\n")[0]
    head = f"{labels.articles[article.id]:<4} {plain(outlet_of(article))}, {day_of(article)}"
    yield click.style(f"{head}  “{short(plain(title), TITLE_WIDE)}”", bold=True)
    text, last = "", 0
    for start, end in passage.marks:
        text += passage.text[last:start] + "«" + passage.text[start:end] + "»"
        last = end
    text += passage.text[last:]
    before, after = passage.cut
    text = ("… " if before else "") + text.strip() + (" …" if after else "")
    for paragraph in text.split("\n\n"):
        yield from _wrap(plain(paragraph), indent="     ")
    yield from (f"     → {plain(words)}" for words in passage.said)


def report_lines(card: Card, labels: Labels) -> Iterator[str]:
    """Give the reports of a card in full, each once."""
    for article in {one.article.id: one.article for one in card.passages}.values():
        yield ""
        yield click.style(f"{labels.articles[article.id]}  {plain(article.url)}", bold=True)
        for paragraph in article.text.strip().split("\n\n"):
            yield from _wrap(plain(paragraph), indent="     ")


def candidate_lines(candidates: Sequence[Entry], taken: str, name: str, page: int) -> Iterator[str]:
    """Give the numbered places that a name can mean."""
    yield f"  “{plain(name)}” can be"
    first = page * PER_PAGE
    for number, entry in enumerate(candidates[first : first + PER_PAGE], start=1):
        mark = "  ← taken" if entry.id == taken else ""
        people = f", {entry.population:,} people" if entry.population else ""
        yield f"  {number}  {describe(entry)} ({entry.feature}{people}; {entry.lat:.2f}, {entry.lon:.2f}){mark}"
    if not candidates:
        yield "  no place that the gazetteer has"
    more = len(candidates) - first - PER_PAGE
    if more > 0:
        yield f"  [p] {plural(more, 'more')}"


def _wrap(text: str, *, indent: str = "", bold: bool = False) -> Iterator[str]:
    wide = min(WIDE, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDE
    for line in textwrap.wrap(text, max(40, wide), initial_indent=indent, subsequent_indent=indent):
        yield click.style(line, bold=True) if bold else line
