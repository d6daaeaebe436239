"""`variorum diff`: what changed between two versions of an event, two dates, or two ledgers."""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.options import json_option, ledger_option, ledger_place, moment_option, open_ledger
from variorum.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from variorum.ledger import Ledger
    from variorum.model import Event
    from variorum.pipeline.comparing import Differences
    from variorum.pipeline.foresight import Change, State
    from variorum.pipeline.labels import Labels

SHOWN = 20  # reports and words that only one ledger has, told one by one


@click.command("diff")
@click.argument("what", nargs=-1, metavar="[EVENT@1 EVENT@2 | EVENT | LEDGER OTHER]")
@ledger_option
@moment_option("--from", "since", "As this ledger had it recorded at the end of this day (UTC), or at this time.")
@moment_option("--to", "until", "Likewise, the later side; today where it is left out.")
@click.option("--printed", is_flag=True, help="With days: what had been printed by then, and not what was recorded.")
@json_option
def command(
    what: tuple[str, ...],
    ledger_named: str | None,
    since: datetime | None,
    until: datetime | None,
    printed: bool,
    form: str | None,
) -> int:
    """Say what changed, the earlier side first.

    \b
    variorum diff EV-7K3Q@1 EV-7K3Q@3           two versions of an event
    variorum diff EV-7K3Q@1                     a version, and the event as it stands
    variorum diff --from 2031-05-01             all events since a day; --to for another end
    variorum diff EV-7K3Q --from 2031-05-01     one event
    variorum diff ours.db theirs.db             two ledgers: reports, people's words, events
    """
    places = [word for word in what if not _is_event(word)]
    events = [word for word in what if _is_event(word)]
    if len(places) == 2 and not events and since is None and until is None and not printed:
        return _two_ledgers(places[0], places[1], form)
    if len(places) > 1 or (places and ledger_named):
        raise UsageError("more than two things are to be compared", "two versions, two days or two ledgers")
    if until is not None and since is None:
        raise UsageError("--to needs a --from", "give the earlier day with --from")
    if printed and since is None:
        raise UsageError("--printed goes with --from and --to", "give two days")
    with open_ledger(ledger_named, places[0] if places else None) as ledger:
        before, after = _sides(ledger, events, since, until, printed)
        _tell(ledger, before, after, form)
    return 0


def _is_event(word: str) -> bool:
    from variorum.pipeline.labels import EVENT

    return EVENT.fullmatch(word) is not None and not Path(word).exists()


def _sides(
    ledger: Ledger, events: Sequence[str], since: datetime | None, until: datetime | None, printed: bool
) -> tuple[State, State]:
    from variorum.pipeline.comparing import one_event, state_printed, state_recorded
    from variorum.pipeline.foresight import now_state
    from variorum.pipeline.labels import find_event_id, find_one_event, version_of

    if since is None:
        if not events or len(events) > 2 or version_of(events[0]) is None:
            raise UsageError("it is not said what to compare", "two versions (EV-7K3Q@1 EV-7K3Q@3), or --from DAY")
        sides: list[Event] = [find_one_event(ledger, word) for word in events]
        if len(sides) == 1:
            sides.append(find_one_event(ledger, events[0].partition("@")[0]))
        return one_event(sides[0]), one_event(sides[1])
    if len(events) > 1 or any(version_of(word) is not None for word in events):
        raise UsageError("with --from one event is named, without a version", "leave out the other, or @")
    if printed:
        later = None if until is None else until.date().isoformat()
        states = state_printed(ledger, since.date().isoformat()), state_printed(ledger, later or "9999-12-31")
    else:
        states = state_recorded(ledger, since), now_state(ledger) if until is None else state_recorded(ledger, until)
    if not events:
        return states
    id = find_event_id(ledger, events[0])
    return _only(id, states[0]), _only(id, states[1])


def _only(id: str, state: State) -> State:
    """Leave of a state one event and where its id leads."""
    from variorum.pipeline.foresight import State

    led = {old: row for old, row in state.redirects.items() if old == id}
    return State({key: event for key, event in state.events.items() if key == id}, led)


def _tell(ledger: Ledger, before: State, after: State, form: str | None) -> None:
    from variorum.pipeline.foresight import changes
    from variorum.pipeline.labels import make_labels

    found = changes(before, after)
    if form:
        click.echo(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1))
        return
    for line in _changes(found, after, make_labels(ledger)):
        click.echo(line)


def _changes(found: Sequence[Change], after: State, labels: Labels) -> Iterator[str]:
    from variorum.pipeline.changewords import change_lines
    from variorum.show.words import plural

    yield from change_lines(found, after, labels)
    yield plural(len(found), "difference") if found else "no difference"


def _two_ledgers(left: str, right: str, form: str | None) -> int:
    from variorum.ledger import Ledger
    from variorum.pipeline.comparing import compare_ledgers

    with Ledger.open(ledger_place(left), readonly=True) as ours, Ledger.open(right, readonly=True) as theirs:
        found = compare_ledgers(ours, theirs)
        if form:
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
            return 0
        for line in _ledger_lines(ours, theirs, found):
            click.echo(line)
    return 0


def _ledger_lines(ours: Ledger, theirs: Ledger, found: Differences) -> Iterator[str]:
    from variorum.pipeline.foresight import now_state
    from variorum.pipeline.labels import Labels, make_labels, shorten
    from variorum.pipeline.wordlines import word_line
    from variorum.show.words import day_of, outlet_of, plain, plural, short

    for ledger, articles, words in (
        (ours, found.only_left, found.said_left),
        (theirs, found.only_right, found.said_right),
    ):
        counts = f"{plural(len(articles), 'report')}, {plural(len({row.act for row in words}), 'decision')}"
        yield click.style(f"Only in {ledger.name}: {counts}", bold=True)
        labels = make_labels(ledger)
        for id in articles[:SHOWN]:
            article = ledger.article(id)
            title = short(plain(article.title or article.text[:80]), 60)
            yield f"  {labels.articles[id]:<5} {day_of(article)}  {plain(outlet_of(article))}  {title}"
        yield from (f"  {row.name}  {word_line(ledger, row.what, labels)}" for row in words[:SHOWN])
        more = max(0, len(articles) - SHOWN) + max(0, len(words) - SHOWN)
        if more:
            yield f"  … and {more} more; all of them: --json"
    yield click.style(f"Events, from {ours.name} to {theirs.name}:", bold=True)
    after = now_state(theirs)
    own = make_labels(ours)
    labels = Labels(ChainMap(dict(own.events), shorten(after.events)), own.articles)
    yield from _changes(found.changes, after, labels)
