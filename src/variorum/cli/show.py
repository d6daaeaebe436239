"""`variorum show`: one event, report or claim, each value with its support and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from variorum.cli.labels import Labels, find_record, make_labels
from variorum.cli.options import json_option, ledger_option, open_ledger
from variorum.cli.table import fit, width
from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event
from variorum.show.table import View

SIGNS = {
    "impossible": "!",
    "contradicts": "≠",
    "revised": "↻",
    "drift in copies": "~",
    "overlaps": "≈",
    "refines": "⊂",
    "other scope": "≁",
    "agrees": "=",
}
WORDS = "■ independent  □ copy or rewrite   = agree  ⊂ refine  ≈ overlap  ≠ contradict  ↻ revised  ~ drift in copies  ≁ other scope  ! impossible"


@click.command("show")
@click.argument("id", metavar="ID")
@ledger_option
@click.option("--quotes", is_flag=True, help="The words behind every value, with report and offsets.")
@click.option("--as-of", default=None, metavar="DATE", help="As known on this day: later reports left out.")
@json_option
def command(id: str, ledger_place: str | None, quotes: bool, as_of: str | None, form: str | None) -> int:
    """Show the event (EV-7K3Q, EV-7K3Q@2), report (R7) or claim (clm_…) with this ID."""
    with open_ledger(ledger_place) as ledger:
        record = find_record(ledger, id)
        labels = make_labels(ledger)
        if isinstance(record, Event):
            return _show_event(ledger, record, labels, quotes=quotes, as_of=as_of, form=form)
        lines = (
            _report_lines(ledger, record, labels)
            if isinstance(record, Article)
            else _claim_lines(ledger, record, labels)
        )
        if form:
            from dataclasses import asdict

            click.echo(json.dumps(asdict(record), ensure_ascii=False, indent=1))
            return 0
        for line in lines:
            click.echo(line)
    return 0


def _show_event(
    ledger: Ledger, event: Event, labels: Labels, *, quotes: bool, as_of: str | None, form: str | None
) -> int:
    from variorum.pipeline import edition, event_object
    from variorum.show.table import make_view

    published = edition(ledger, [event], as_of=as_of)
    if not published.events:
        click.echo(f"no report of {labels.events.get(event.id, event.id)} had appeared by {as_of}", err=True)
        return 0
    view = make_view(event_object(published, published.events[0]))
    if form:
        click.echo(json.dumps(view.object, ensure_ascii=False, indent=1))
        return 0
    if as_of:
        hidden = len({ledger.mention(id).article_id for id in event.mentions}) - len(view.object["articles"])
        click.echo(f"as known on {as_of}; {_plural(hidden, 'later report')} hidden")
    for line in _event_lines(view, labels, quotes=quotes):
        click.echo(line)
    return 0


def _event_lines(view: View, labels: Labels, *, quotes: bool) -> Iterator[str]:
    found = view.object
    label = labels.events.get(found["id"], found["id"])
    yield click.style(f"{label}  {found['title']}", bold=True) + f"        version {found['version']}"
    yield f"{found['kind']} · {view.when} · {view.where}"
    counts = [
        _plural(len(found["articles"]), "report"),
        f"{len(found['lineages'])} independent {'lineage' if len(found['lineages']) == 1 else 'lineages'}",
        _plural(len(view.sources), "source")
        + (" named" if view.sources else " named: the outlets speak in their own voice"),
    ]
    counts += [
        f"{view.relations[name]} × {name}"
        for name in ("contradicts", "impossible", "revised", "drift in copies")
        if name in view.relations
    ]
    yield " · ".join(counts)
    yield ""
    name_width = max([5, *(width(row.name) for row in view.lines)])
    value_width = min(44, max([5, *(width(row.value) for row in view.lines)]))
    yield f"  {fit('FIELD', name_width)}  {fit('VALUE', value_width)}  {fit('REPORTS', 10)}  SPOKEN BY"
    last = ""
    for row in view.lines:
        name = row.name if row.name != last else ""
        last = row.name
        blocks = "■" * row.lineages + "□" * row.copies
        said = "; ".join(source or "own voice" for source in row.sources)
        yield f"{SIGNS.get(row.relation, ' ')} {fit(name, name_width)}  {fit(row.value, value_width)}  {fit(blocks, 10)}  {said}".rstrip()
        if row.note:
            yield f"  {' ' * name_width}    {row.note}"
        if quotes:
            for claim in row.claims:
                number = labels.articles.get(claim["article"], claim["article"])
                stance = "" if claim["stance"] == "asserts" else f" ({claim['stance']})"
                said_by = claim["source"] or "own voice"
                yield f"  {' ' * name_width}    {number} [{claim['start']}:{claim['end']}] “{claim['quote']}” — {said_by}{stance}"
    for note in view.notes:
        yield note
    yield ""
    yield WORDS
    if len(view.sources) == 1 and len(found["lineages"]) > 1:
        yield "! all named support goes back to one source"
    yield "Reports: " + ", ".join(f"{labels.articles.get(id, id)}" for id in found["articles"])
    pair = [labels.articles.get(id, id) for id in found["articles"][:2]]
    why = f"   variorum why {' '.join(pair)}" if len(pair) == 2 else ""
    yield f"Next:  --quotes{why}   variorum export jsonl {label}"


def _report_lines(ledger: Ledger, article: Article, labels: Labels) -> Iterator[str]:
    label = labels.articles.get(article.id, article.id)
    copies = {copy.article_id: copy for copy in ledger.copies()}
    yield click.style(f"{label}  {article.title or article.text[:80]}", bold=True)
    when = f"{article.published} ({article.published_basis})" if article.published else "undated"
    yield f"{article.outlet or 'outlet unknown'} · {when} · {article.lang or 'language unknown'} · {article.url}"
    if article.id in copies:
        copy = copies[article.id]
        yield f"copy of {labels.articles.get(copy.original_id, copy.original_id)}: {copy.share:.0%} of its wording stands there ({copy.how})"
    yield f"sha-256 of the raw bytes {article.sha256} · read {article.fetched_at}"
    yield ""
    claims = sorted(ledger.claims(article.id), key=lambda claim: (claim.start, claim.end, claim.prop))
    mentions = {mention.id: mention for mention in ledger.mentions(article.id)}
    for mention in sorted(mentions.values(), key=lambda mention: (mention.start, mention.id)):
        event = ledger.event_of(mention.id)
        leads = labels.events.get(event, event) if event else "no event"
        yield f"{mention.kind} [{mention.start}:{mention.end}] → {leads}"
        for claim in claims:
            if claim.mention_id == mention.id:
                yield "  " + _claim_words(claim)
    held = list(ledger.held_back(article.id))
    if held:
        yield f"{_plural(len(held), 'claim')} held back:"
        yield from (f"  {row.prop} = {row.value}: “{row.quote}”: {row.why}" for row in held)


def _claim_words(claim: Claim) -> str:
    scope = f" ({claim.scope})" if claim.scope else ""
    stance = "" if claim.stance == "asserts" else f", {claim.stance}"
    return f"{claim.prop}{scope} = {claim.value}   “{claim.quote}” [{claim.start}:{claim.end}] — {claim.source or 'own voice'}{stance}   {claim.id}"


def _claim_lines(ledger: Ledger, claim: Claim, labels: Labels) -> Iterator[str]:
    mention = ledger.mention(claim.mention_id)
    article = ledger.article(mention.article_id)
    event = ledger.event_of(mention.id)
    yield click.style(_claim_words(claim), bold=True)
    leads = labels.events.get(event, event) if event else "no event"
    yield f"{labels.articles.get(article.id)} · {article.outlet or 'outlet unknown'} · {article.published or 'undated'} · {mention.kind} → {leads}"
    before, after = article.text[max(0, claim.start - 80) : claim.start], article.text[claim.end : claim.end + 80]
    yield f"…{before}«{claim.quote}»{after}…".replace("\n", " ")
    for ruling in ledger.rulings():
        if ruling.claim_id == claim.id:
            yield f"{ruling.verdict} by {ruling.by}, {ruling.at}: {ruling.note}"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
