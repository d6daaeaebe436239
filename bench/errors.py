"""Counts the kinds of errors of reading on the marked reports of gold/disagreement: by claim and by event.

Every claim that people marked is looked for among those read, by its words: found, or missed, or with another value,
scope or source. What is read where nothing is marked is an error too. Reports of one event that no event of the program
holds together with another of them are told apart. The words of single errors are printed for the half for development.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.disagreement import _article as article_of
from bench.disagreement_gold import HELD_OUT, PROPERTIES, GoldClaim, GoldEvent, GoldReport, read_events
from bench.disagreement_score import same_source, same_value
from bench.incidents import Resolved, read_and_resolve
from variorum.model import Claim

PEOPLE = frozenset({"killed", "injured", "missing", "detained", "displaced"})
MEANS = frozenset({"weapon", "platform", "munitions", "vehicles", "distance"})
Error = tuple[int, str, str]  # number of the event, kind of error, words


def run(data: Path) -> dict[str, Any]:
    """Count the errors of every kind; the shares are of the claims that are marked."""
    events = list(read_events(data))
    resolved = read_and_resolve([article_of(event, report) for event in events for report in event.reports])
    errors = [error for event in events for error in (*_of_claims(event, resolved), *_of_events(event, resolved))]
    marked = sum(len(report.claims) for event in events for report in event.reports)
    reports = sum(len(event.reports) for event in events)
    counts = Counter(kind for _, kind, _ in errors)
    return {
        "n": marked,
        "metrics": {"claims_marked": marked, "reports": reports, **dict(counts.most_common())},
        "report": [f"{number:02} {kind}: {words}" for number, kind, words in sorted(errors) if number < HELD_OUT],
    }


def _of_claims(event: GoldEvent, resolved: Resolved) -> Iterator[Error]:
    for report in event.reports:
        told = resolved.readings[article_of(event, report).id]
        live = {row.id for row in told.mentions if not row.kind.startswith("background.")}
        own = [row for row in told.claims if row.mention_id in live and row.prop in PROPERTIES]
        for one in report.claims:
            for kind, read in _error_of(one, own):
                yield event.number, kind, f"{report.id} «{report.text[one.start : one.end]}» {one.value} {read}"
        for row in own:
            if not any(_meet(one, row) for one in report.claims):
                yield event.number, f"{_sort(row.prop)} where none is told", f"{report.id} «{row.quote}» {row.value}"


def _error_of(one: GoldClaim, own: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the reading of one marked claim, and what is read; nothing where it is right."""
    here = [row for row in own if _meet(one, row)]
    same = [row for row in here if row.prop == one.prop]
    right = [row for row in same if same_value(one.prop, one.value, row.value)]
    scoped = [row for row in right if (row.scope or "all") == (one.scope or "all")]
    if scoped:
        if not any(same_source(row.source, one.sources) for row in scoped):
            yield _of_source(scoped[0].source, one.sources), f"{scoped[0].source!r} for {' / '.join(one.sources)!r}"
    elif right:
        yield "of whom is wrong", f"{right[0].scope} for {one.scope}"
    elif same:
        yield f"{_sort(one.prop)} with another value", same[0].value
    elif {row.prop for row in here} & PEOPLE and one.prop in PEOPLE:
        yield "what a figure counts is wrong", here[0].prop
    else:
        yield f"{_sort(one.prop)} missed", ""


def _of_source(read: str, marked: Sequence[str]) -> str:
    if not read:
        return "source lost"
    return "another source" if marked else "a source where the outlet speaks"


def _of_events(event: GoldEvent, resolved: Resolved) -> Iterator[Error]:
    """Yield the reports that stand alone though others tell of the same event."""
    reports = {article_of(event, report).id: report for report in event.reports}
    home = _home(resolved, reports)
    for id, report in reports.items():
        others = set().union(*(events for other, events in home.items() if other != id))
        if not home[id]:
            yield event.number, "report without an event", report.id
        elif not home[id] & others:
            yield event.number, "report told apart from its event", report.id


def _home(resolved: Resolved, reports: Mapping[str, GoldReport]) -> dict[str, set[str]]:
    """Give the program's events that each report tells of."""
    mentions = {row.id: id for id in reports for row in resolved.readings[id].mentions}
    found: dict[str, set[str]] = {id: set() for id in reports}
    for event in resolved.resolution.events:
        for mention in event.mentions:
            if mention in mentions:
                found[mentions[mention]].add(event.id)
    return found


def _meet(one: GoldClaim, row: Claim) -> bool:
    return one.start < row.end and row.start < one.end


def _sort(prop: str) -> str:
    if prop in PEOPLE:
        return "figure of people"
    return "means" if prop in MEANS else prop
