"""What stands between events: ties that reports state in words, and counts of several events. Nothing is merged here.

Invariant: a pure function of what was read and decided and of the events that follow; no order of anything matters, and
every id in it is of an event given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.model import Article, Claim, Copy, Counted, Event, Mention, Related, Ruling, Structure
from variorum.resolve.counted import counts
from variorum.resolve.happened import Shelf, lay_out
from variorum.resolve.rulings import apply_rulings, rule_mentions
from variorum.resolve.steps import stepped
from variorum.resolve.telling import Telling, lay_out_tellings
from variorum.resolve.ties import Found, Known, tied
from variorum.resolve.view import Extent, Gazetteer, lineage_roots


def find_structure(
    events: Sequence[Event],
    articles: Mapping[str, Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy] = (),
    rulings: Iterable[Ruling] = (),
    *,
    gazetteer: Gazetteer | None = None,
) -> Structure:
    """Give what reports say of how events stand to each other, and which events they count; stories are not in it."""
    rulings = list(rulings)
    standing, _ = apply_rulings(claims, rulings)
    extents: dict[str, Extent] = {}
    laid = {event.id: lay_out(event, gazetteer, extents) for event in events}
    known = Known(laid, Shelf(laid.values()), gazetteer, extents)
    event_of = {mention: event.id for event in events for mention in event.mentions}
    tellings = lay_out_tellings(articles, rule_mentions(mentions, rulings), standing, event_of)
    found: list[tuple[Telling, Found]] = []
    counted: list[tuple[Telling, Counted]] = []
    for told in tellings:
        found += [(told, tie) for tie in tied(told, known)]
        for count, parts in counts(told, known):
            counted.append((told, count))
            found += [(told, part) for part in parts]
    told_of: dict[str, list[tuple[Telling, Mention]]] = {}
    for told in tellings:
        for mention in told.mentions:
            if mention.id in event_of:
                told_of.setdefault(event_of[mention.id], []).append((told, mention))
    for event in sorted(events, key=lambda event: event.id):
        found += stepped(event, told_of.get(event.id, ()), known)
    roots = lineage_roots(articles, copies)
    return Structure(related=_related(found), counted=_each_once(counted, roots))


def _related(found: Iterable[tuple[Telling, Found]]) -> tuple[Related, ...]:
    """Give one row for each pair and name, with the words of its earliest report; what goes both ways is no tie."""
    rows: dict[tuple[str, str, str], list[tuple[Telling, Found]]] = {}
    for told, tie in found:
        rows.setdefault((tie.later, tie.earlier, tie.name), []).append((told, tie))
    kept: list[Related] = []
    for (later, earlier, name), said in sorted(rows.items()):
        if (earlier, later, name) in rows:
            continue
        said.sort(key=lambda row: (row[0].article.published or "9999", row[0].article.id, row[1].start))
        told, tie = said[0]
        reports = tuple(sorted({row[0].article.id for row in said}))
        quote = told.article.text[tie.start : tie.end]
        kept.append(Related(later, earlier, tie.name, tie.how, told.article.id, tie.start, tie.end, quote, reports))
    return tuple(kept)


def _each_once(counted: Iterable[tuple[Telling, Counted]], roots: Mapping[str, str]) -> tuple[Counted, ...]:
    """Leave out what a copy counts in its original's words."""
    first: dict[tuple[object, ...], Counted] = {}
    for told, row in sorted(counted, key=lambda one: (roots[one[0].article.id] != one[0].article.id, one[1].id)):
        key = roots[told.article.id], replace(row, id="", mention_id="", start=0, end=0)
        first.setdefault(key, row)
    return tuple(sorted(first.values(), key=lambda row: row.id))
