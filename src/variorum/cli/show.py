"""`variorum show`: one event, report or claim, each value with its support and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import (
    as_of_option,
    json_option,
    ledger_argument,
    ledger_option,
    note,
    one_way_back,
    open_ledger,
    recorded_option,
    say_lacking,
)
from variorum.cli.ruleviews import make_views, rule_option, view_lines, view_objects
from variorum.config import said
from variorum.errors import UsageError, VariorumError

if TYPE_CHECKING:
    from datetime import datetime

    from variorum.ledger import Ledger
    from variorum.model import Article, Claim, Event
    from variorum.pipeline import Recorded
    from variorum.pipeline.labels import Labels


@click.command("show")
@click.argument("id", metavar="ID")
@ledger_argument
@ledger_option
@click.option("--quotes", is_flag=True, help="The words behind every value, with report and offsets.")
@click.option(
    "--over-time", is_flag=True, help="The tolls source by source, in order of publication, with what was revised."
)
@as_of_option
@recorded_option
@rule_option
@json_option
def command(
    id: str,
    ledger_given: str | None,
    ledger_named: str | None,
    quotes: bool,
    over_time: bool,
    as_of: str | None,
    recorded: datetime | None,
    rules: tuple[str, ...],
    form: str | None,
) -> int:
    """Show the event (EV-7K3Q, or EV-7K3Q@2 as it was in version 2), report (R7), claim (clm_…) or story (ST-…)."""
    from variorum.cli.between import story_lines
    from variorum.model import Article, Event, Story
    from variorum.pipeline.labels import EVENT, find_record, make_labels, version_of

    one_way_back(as_of, recorded)
    asked = Asked(quotes=quotes, over_time=over_time, as_of=as_of, rules=rules, form=form)
    if over_time and (quotes or rules):
        raise UsageError(f"--over-time goes without --{'quotes' if quotes else 'rule'}", "leave one out")
    lacking: Mapping[str, VariorumError] = {}
    with open_ledger(ledger_named, ledger_given) as ledger, ExitStack() as may_lack:
        labels = make_labels(ledger)
        if recorded is not None and EVENT.fullmatch(id):
            for line in _recorded(ledger, id, recorded, labels, asked):
                click.echo(line)
            return 0
        record = find_record(ledger, id)
        if isinstance(record, Event):
            _say_redirect(id, record, labels, ledger)
            if not (over_time or as_of or rules):  # which follow from the texts
                lacking = may_lack.enter_context(ledger.lacking_texts())
            lines = _event(ledger, record, labels, asked, frozen=version_of(id) is not None)
        elif as_of or quotes or rules or over_time or recorded:
            given = {"as-of": as_of, "recorded": recorded, "quotes": quotes, "over-time": over_time, "rule": rules}
            option = next(name for name, value in given.items() if value)
            raise UsageError(f"--{option} is for events, and {id} is none", "leave it out")
        elif form:
            found = _report_object(ledger, record, labels) if isinstance(record, Article) else asdict(record)
            lines = iter([json.dumps(found, ensure_ascii=False, indent=1)])
        elif isinstance(record, Story):
            lines = story_lines(ledger, record, labels)
        else:
            lines = _report(ledger, record, labels) if isinstance(record, Article) else _claim(ledger, record, labels)
        for line in lines:
            click.echo(line)
        say_lacking(lacking)
    return 0


def _say_redirect(given: str, event: Event, labels: Labels, ledger: Ledger) -> None:
    from variorum.pipeline.labels import CROCKFORD, EVENT

    match = EVENT.fullmatch(given)
    if match is not None and not event.id.startswith("evt_" + match[1].upper().translate(CROCKFORD)):
        why = next((row.why for row in ledger.redirects() if row.new == event.id), "")
        note(f"{given} is now {labels.events[event.id]}{': ' + why if why else ''}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see of an event."""

    quotes: bool
    over_time: bool
    as_of: str | None
    rules: tuple[str, ...]
    form: str | None


def _recorded(ledger: Ledger, given: str, moment: datetime, labels: Labels, asked: Asked) -> Iterator[str]:
    from variorum.cli.earlier import find_recorded, record_of
    from variorum.pipeline.labels import version_of

    if version_of(given) is not None:
        raise UsageError(f"{given} is one version, and --recorded looks for one", "leave out @ or --recorded")
    if asked.rules:
        raise UsageError("--rule goes by the decisions of today, --recorded by an earlier time", "leave one out")
    record = record_of(ledger, moment)
    event = None if record is None else find_recorded(ledger, given, record)
    if event is not None:
        yield from _event(ledger, event, labels, asked, frozen=True, record=record)
    elif asked.form:
        yield "null"


def _event(
    ledger: Ledger, event: Event, labels: Labels, asked: Asked, *, frozen: bool, record: Recorded | None = None
) -> Iterator[str]:
    from variorum.cli.between import between_lines
    from variorum.cli.earlier import apart_lines, say_apart, time_words
    from variorum.cli.eventlines import event_lines
    from variorum.cli.overtime import over_time_lines, over_time_objects
    from variorum.pipeline import edition, event_object, over_time
    from variorum.show.table import make_view
    from variorum.show.words import plural

    as_of, quotes, form, rules = asked.as_of, asked.quotes, asked.form, asked.rules
    published = edition(ledger, [event], as_of=as_of, frozen=frozen, recorded=record)
    label = labels.events.get(event.id, event.id)
    if not published.events:
        note(f"no report of {label} had appeared by {as_of}")
        if form:
            yield "null"
        return
    figures = over_time(published, published.events[0]) if asked.over_time else []
    if form and asked.over_time:
        yield json.dumps(over_time_objects(figures), ensure_ascii=False, indent=1)
        return
    found = event_object(published, published.events[0])
    views = make_views(ledger, published, published.events[0], rules)
    if form:
        say_apart(published, labels)
        found |= {"views": view_objects(views)} if views else {}
        yield json.dumps(found, ensure_ascii=False, indent=1)
        return
    view = make_view(found)
    if as_of:
        gone = {published.mentions[id].article_id for id in event.mentions} - {*view.object["articles"]}
        hidden = len(gone.difference(published.apart.get(event.id, ())))
        yield f"As known on {as_of}: {plural(hidden, 'later report')} left out."
        yield from apart_lines(published, labels)
    if record is not None:
        latest = max(row.event.version for row in ledger.versions(event.id))
        yield (
            f"As recorded by {time_words(record.at)}: version {event.version} of {latest}. "
            f"Now: variorum show {label}{said(ledger.name)}"
        )
    elif frozen:
        latest = max(row.event.version for row in ledger.versions(event.id))
        if event.version < latest:
            yield f"Version {event.version} of {latest}, as it stood. Now: variorum show {label}{said(ledger.name)}"
    if asked.over_time:
        yield from over_time_lines(view, figures, labels)
        return
    yield from event_lines(view, labels, published, quotes=quotes)
    yield from between_lines(ledger, found, labels)
    yield from view_lines(views)
    if not frozen and not as_of:
        told = [claim.id for claim in published.claims_of(published.events[0])]
        rows = list(_decided(ledger, [*event.mentions, *told], labels))
        yield from [*rows[1:], ""] if rows else []
    yield from _next([ids[0] for ids in view.object["lineages"]], label, labels, said(ledger.name), quotes=quotes)


def _next(articles: list[str], label: str, labels: Labels, name: str, *, quotes: bool) -> Iterator[str]:
    steps = [] if quotes else [f"variorum show {label}{name} --quotes"]
    pair = [labels.articles[id] for id in articles[:2]]
    steps += [f"variorum why {' '.join(pair)}{name}"] if len(pair) == 2 else [f"variorum show {pair[0]}{name}"]
    yield "Next:  " + "    ".join([*steps, f"variorum export jsonl{name} {label}"])


def _report(ledger: Ledger, article: Article, labels: Labels) -> Iterator[str]:
    from variorum.cli.trace import capture_lines
    from variorum.ledger.picked import pick_copies
    from variorum.show.words import day_of, plain, plural

    label = labels.articles[article.id]
    copies = {copy.article_id: copy for copy in pick_copies(ledger, [article.id], reprints=True)}
    yield click.style(f"{label}  {plain(article.title or article.text[:80])}", bold=True)
    when = f"{day_of(article)} ({article.published_basis})" if article.published else "undated"
    where = plain(article.url)
    yield f"{article.outlet or 'outlet not named'} · {when} · {article.lang or 'language unknown'} · {where}"
    if article.id in copies:
        copy = copies[article.id]
        origin = labels.articles[copy.original_id]
        yield f"A copy of {origin}: {copy.share:.0%} of its wording stands there ({copy.how})."
    reprints = [labels.articles[copy.article_id] for copy in copies.values() if copy.original_id == article.id]
    if reprints:
        yield f"Copied or rewritten by {', '.join(sorted(reprints, key=lambda name: int(name[1:])))}."
    traced = list(capture_lines(ledger, article, labels))
    yield from traced or [f"SHA-256 of the raw bytes {article.sha256}, read {article.fetched_at}"]
    claims = list(ledger.claims(article.id))
    if article.lang not in {"", "en"} and not list(ledger.mentions(article.id)):
        yield f"In another language than English ({article.lang}): no claims are read in it, and it is in no event."
        yield "A translation is not recognised: the report is a lineage apart from what it may translate."
    for mention in sorted(ledger.mentions(article.id), key=lambda row: (row.start, row.end, row.id)):
        yield ""
        yield click.style(
            f"{_leads(ledger, mention.id, labels)}  {mention.kind} [{mention.start}:{mention.end}]", bold=True
        )
        yield from _claim_table([claim for claim in claims if claim.mention_id == mention.id])
    decided = [
        *(claim.id for claim in claims),
        *(row.id for row in ledger.mentions(article.id, live=False)),
        article.id,
    ]
    yield from _decided(ledger, decided, labels)
    held = list(ledger.held_back(article.id))
    if held:
        yield f"\n{plural(len(held), 'claim')} held back:"
        yield from (
            f"  {row.prop}{f' = {row.value}' if row.value else ''}  “{plain(row.quote)}”: {row.why}  {row.id}"
            for row in held
        )
    yield ""
    name = said(ledger.name)
    events = [found for mention in ledger.mentions(article.id) if (found := ledger.event_of(mention.id))]
    steps = [f"variorum show {labels.events[id]}{name} --quotes" for id in dict.fromkeys(events[:2])]
    steps += [f"variorum show {claim.id}{name}" for claim in claims[:1]]
    yield "Next:  " + "    ".join(steps or [f"variorum list{name}"])


def _report_object(ledger: Ledger, article: Article, labels: Labels) -> dict[str, Any]:
    mentions = [{**asdict(row), "event": ledger.event_of(row.id)} for row in ledger.mentions(article.id)]
    claims = [asdict(row) for row in ledger.claims(article.id)]
    return {"number": labels.articles[article.id], **asdict(article), "mentions": mentions, "claims": claims}


def _leads(ledger: Ledger, mention_id: str, labels: Labels) -> str:
    event = ledger.event_of(mention_id)
    return labels.events.get(event, event) if event else "no event"


def _decided(ledger: Ledger, ids: list[str], labels: Labels) -> Iterator[str]:
    from variorum.cli.trace import ruling_lines

    rows = list(ruling_lines(ledger, ids, labels))
    if rows:
        yield ""
        yield click.style("DECIDED", bold=True)
        yield from (f"  {row}" for row in rows)


def _claim_table(claims: list[Claim]) -> Iterator[str]:
    from variorum.cli.table import lay_out
    from variorum.schema import load_schema
    from variorum.show.words import OWN_VOICE, plain
    from variorum.values import show

    kinds = load_schema().properties
    rows = [
        [
            "  " + claim.prop.replace("_", " ") + (f" ({claim.scope})" if claim.scope not in {None, "all"} else ""),
            plain(show(kinds[claim.prop].type, claim.value))
            + ("" if claim.stance == "asserts" else f" ({claim.stance})"),
            plain(claim.source) or OWN_VOICE,
            f"{claim.start}:{claim.end}",
            claim.id,
            f"“{plain(claim.quote)}”",
        ]
        for claim in sorted(claims, key=lambda row: (list(kinds).index(row.prop), row.start, row.end, row.id))
    ]
    yield from lay_out(rows, ["  FIELD", "VALUE", "SPOKEN BY", "OFFSETS", "CLAIM", "QUOTE"])


def _claim(ledger: Ledger, claim: Claim, labels: Labels) -> Iterator[str]:
    from variorum.cli.trace import by_hand_lines
    from variorum.schema import load_schema
    from variorum.show.quotes import cut_passage
    from variorum.show.words import OWN_VOICE, day_of, outlet_of, plain
    from variorum.values import show

    mention = ledger.mention(claim.mention_id)
    article = ledger.article(mention.article_id)
    report = labels.articles[article.id]
    scope = f" ({claim.scope})" if claim.scope else ""
    value = show(load_schema().properties[claim.prop].type, claim.value)
    yield click.style(f"{claim.id}  {claim.prop}{scope} = {value}", bold=True)
    yield f"{plain(claim.source) or 'the outlet, in its ' + OWN_VOICE + ','} {claim.stance} it"
    leads = _leads(ledger, mention.id, labels)
    yield f"{report} · {plain(outlet_of(article))} · {day_of(article)} · {mention.kind}, {leads}"
    passage = cut_passage(article.text, claim.start, claim.end, 160)
    yield f"[{claim.start}:{claim.end}] {plain(passage.before)}«{plain(passage.quote)}»{plain(passage.after)}"
    yield f"stored value {claim.value}"
    if all(row.id != claim.id for row in ledger.claims(article.id)):
        yield "No live reading finds this claim any more."
    yield from by_hand_lines(ledger, claim, labels)
    yield from _decided(ledger, [claim.id], labels)
    yield f"Next:  variorum show {report}{said(ledger.name)}"
