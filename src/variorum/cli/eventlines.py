"""The lines of one event on a terminal: what it is, the claim table, the words behind it, its reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from variorum.cli.table import lay_out
from variorum.pipeline import Edition
from variorum.pipeline.labels import Labels
from variorum.show.quotes import cut_passage
from variorum.show.table import Line, View
from variorum.show.textcells import fit, width
from variorum.show.words import OWN_VOICE, SIGN_WORDS, SIGNS, day_of, independence, outlet_of, plain, plural, short

WIDEST_VALUE = 44  # columns; a longer value is cut here and stands in full under --quotes and --json
AROUND = 44  # characters shown on either side of a quote
TOLD = {
    "contradicts": "contradicted",
    "impossible": "impossible",
    "revised": "revised",
    "drift in copies": "copies drift",
}
MARK = {True: "! one source", False: "one source"}  # marked where several lineages go back to one speaker


def event_lines(view: View, labels: Labels, published: Edition, *, quotes: bool) -> Iterator[str]:
    """Give the lines of one event, the last ones its reports."""
    found = view.object
    label = labels.events.get(found["id"], found["id"])
    yield click.style(f"{label}  {plain(found['title'])}", bold=True) + f"    version {found['version']}"
    yield f"{found['kind']} · {view.when} · {view.where}"
    behind = independence(view.outlets, len(found["lineages"]), len(view.sources), own_voice=view.own_voice)
    counts = [plural(len(found["articles"]), "report"), *behind.split(", ")]
    counts += [
        f"{words}: {', '.join(prop.replace('_', ' ') for prop in view.relations[name])}"
        for name, words in TOLD.items()
        if name in view.relations
    ]
    yield " · ".join(counts)
    yield ""
    yield from _table(view, labels, published, quotes=quotes)
    yield ""
    used = [name for name in SIGNS if name in {row.relation for row in view.lines}]
    yield "■ independent  □ copy or rewrite   " + "  ".join(f"{SIGNS[name]} {SIGN_WORDS[name]}" for name in used)
    if any(row.one_source for row in view.lines):
        yield "! one source: several independent texts have it from one speaker"
    if len(view.sources) == 1 and len(found["lineages"]) > 1:
        yield f"! all support with a name goes back to one source, {plain(view.sources[0])}"
    yield ""
    yield from _reports(found, labels, published)
    yield ""


def _table(view: View, labels: Labels, published: Edition, *, quotes: bool) -> Iterator[str]:
    names = max([5, *(width(row.name) for row in view.lines)])
    values = min(WIDEST_VALUE, max([5, *(width(row.value) for row in view.lines)]))
    blocks = max([7, *(row.lineages + row.copies for row in view.lines)])
    yield click.style(
        f"  {fit('FIELD', names)}  {fit('VALUE', values)}  {fit('REPORTS', blocks)}  SPOKEN BY", bold=True
    )
    last = ""
    for row in view.lines:
        name, last = (row.name if row.name != last else ""), row.name
        marks = "■" * row.lineages + "□" * row.copies
        said = "; ".join(plain(source) or OWN_VOICE for source in row.sources) + _behind(row)
        value = fit(plain(row.value), values)
        yield f"{SIGNS.get(row.relation, ' ')} {fit(name, names)}  {value}  {fit(marks, blocks)}  {said}".rstrip()
        if row.note:
            yield f"  {' ' * names}    {SIGNS[row.relation]} {plain(row.note)}"
        if quotes:
            yield from _quotes(row, labels, published, " " * 6)
    told = {row.note for row in view.lines}
    yield from (f"! {plain(words)}" for words in view.notes if words not in told)


def _behind(row: Line) -> str:
    """Say who stands behind a value that more than one report has, with a mark where it is one speaker."""
    if row.lineages + row.copies < 2:
        return ""
    named = sum(source != "" for source in row.sources)
    own = named < len(row.sources)
    return f"  ({independence(row.outlets, row.lineages, named, own_voice=own, one_source=MARK[row.one_source])})"


def _quotes(row: Line, labels: Labels, published: Edition, indent: str) -> Iterator[str]:
    """Give the words behind a line; copies that carry the same words are named beside the first."""
    root = {copy.article_id: copy.original_id for copy in published.copies}
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for claim in sorted(
        row.claims, key=lambda claim: (_number(claim["article"], labels), claim["start"], claim["end"])
    ):
        origin = root.get(claim["article"], claim["article"])
        groups.setdefault((origin, claim["quote"], claim["source"], claim["stance"]), []).append(claim)
    for claims in groups.values():
        claim = claims[0]
        passage = cut_passage(published.articles[claim["article"]].text, claim["start"], claim["end"], AROUND)
        place = f"{labels.articles[claim['article']]} [{claim['start']}:{claim['end']}]"
        words = f"{plain(passage.before)}«{plain(passage.quote)}»{plain(passage.after)}"
        said = [plain(claim["source"])] if claim["source"] else []
        said += [] if claim["stance"] == "asserts" else [claim["stance"]]
        others = dict.fromkeys(labels.articles[other["article"]] for other in claims[1:])
        others.pop(labels.articles[claim["article"]], None)
        also = f"  (also {', '.join(others)})" if others else ""
        yield f"{indent}{fit(place, 15)} {words}{'  — ' + ', '.join(said) if said else ''}{also}"


def _number(article: str, labels: Labels) -> int:
    return int(labels.articles[article][1:])


def _reports(found: Mapping[str, Any], labels: Labels, published: Edition) -> Iterator[str]:
    root = {copy.article_id: copy.original_id for copy in published.copies}
    rows = []
    for id in sorted(found["articles"], key=lambda id: (published.articles[id].published or "9", _number(id, labels))):
        article = published.articles[id]
        copied = f"copy of {labels.articles[root[id]]}" if id in root else "■"
        title = short(plain(article.title or article.text[:100]), 80)
        rows.append([labels.articles[id], day_of(article), copied, short(plain(outlet_of(article)), 34), title])
    yield from lay_out(rows, ["REPORT", "DATE", "LINEAGE", "OUTLET", "TITLE"])
