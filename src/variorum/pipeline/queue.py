"""What waits for a person, most useful first. No cards and no printing.

Usefulness is reach times doubt. *Reach* is the number of lineages behind the events that an answer can change. *Doubt*
is 0..1: of a pair, how near its score lies to even odds; of a refused merge, of a contradiction and of what cannot be,
one half; of a place, how near another bearer of its name comes; of a copy, the share of its wording that is its own; of
a revision and of held-back words, SELDOM. Words of people that differ go before all. Equal ones go by kind and ids.

Invariant: the same ledger gives the same queue; what a person decided does not come back to anybody, unless it is to a
second reviewer, whose queue is in an order that says nothing of what the first one decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.ledger import Doubts, Ledger, Waiting
from variorum.model import HeldBack, Relation, make_id
from variorum.pipeline.placedoubt import find_place_doubts
from variorum.pipeline.spoken import KINDS, UNSURE, Kind, Spoken, Thing, Word, find_spoken, in_dispute, latest, thing_of

HALF = 0.5
SELDOM = 0.2  # a revision: on the development half of bench/gold/disagreement few are none
COPY_SURE = 0.75  # of its wording in the original: from here on nobody is asked whether it is a copy


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to ask a person."""

    kind: Kind
    asks: str  # the kind of the question: that of the item, or what a disagreement is about
    subjects: tuple[str, ...]  # same: mentions; contradiction, revision, place, value: claims; copy: copy, original …
    events: tuple[str, ...]  # ids of the events that an answer can change
    why: str  # it is asked, in words
    usefulness: float
    name: str = ""  # of a relation; of a pair "unsure", "bridge" or "refused"; of a place its value; of a claim a field
    score: float | None = None  # of a pair, the matcher's
    words: tuple[Word, ...] = ()  # of a disagreement, in the order said
    held: HeldBack | None = None
    on: tuple[tuple[str, ...], ...] = ()  # ids of each row of an answer; () is one row on all subjects

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The ids that each row of an answer is on."""
        return self.on or (self.subjects,)

    @property
    def thing(self) -> Thing:
        """What the first row of an answer is on."""
        name = self.name if self.asks in ("contradiction", "revision", "value") else ""
        return Thing(self.asks, tuple(sorted(self.rows[0])), name)


def find_queue(ledger: Ledger, *, kinds: Collection[str] = KINDS, by: str = "", second: bool = False) -> list[Item]:
    """Give what waits for a person, most useful first.

    With `second`, what others decided and this person did not; in an order that follows from ids alone.
    """
    doubts = ledger.doubts()
    spoken = find_spoken(ledger, doubts.props)
    if second:
        items = [item for item in _for_second(doubts, spoken, by) if item.kind in kinds]
        return sorted(items, key=lambda item: (make_id("ord", item.kind, *item.subjects), item.subjects))
    open_items = [
        item for item in _open(ledger, doubts, kinds) if not _is_decided(latest(spoken.get(item.thing, ())), by)
    ]
    if "disagreement" in kinds:
        open_items += _disagreements(spoken, doubts, by)
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(
        open_items,
        key=lambda item: (item.kind != "disagreement", -item.usefulness, order[item.kind], item.subjects, item.name),
    )


def pair_item(ledger: Ledger, left: str, right: str, score: float | None) -> Item:
    """Give the question whether two mentions are one event, whether it waits or not."""
    one, other = sorted((left, right))
    events = sorted({id for mention in (one, other) if (id := ledger.event_of(mention)) is not None})
    return Item("same", "same", (one, other), tuple(events), "asked for", 0.0, "asked", score)


def _is_decided(words: Iterable[Word], by: str) -> bool:
    """Tell whether this person has answered, or another openly; that another is unsure leaves it open."""
    return any(word.by == by or (not word.blind and word.says != UNSURE) for word in words)


def _open(ledger: Ledger, doubts: Doubts, kinds: Collection[str]) -> Iterator[Item]:
    if "same" in kinds:
        yield from (_pair(row, doubts) for row in doubts.waiting)
    yield from (item for item in _relations(doubts) if item.kind in kinds)
    if "place" in kinds:
        for doubt in find_place_doubts(doubts.places):
            reach = _reach([doubt.event_id], doubts)
            useful = reach * doubt.doubt
            item = Item("place", "place", doubt.claims, (doubt.event_id,), doubt.why, useful, doubt.value)
            yield replace(item, on=tuple((id,) for id in doubt.claims))
    if "copy" in kinds:
        for copy in ledger.copies():
            if copy.share < COPY_SURE:
                events = doubts.reported.get(copy.article_id, ())
                why = f"{copy.share:.0%} of its wording stands in the other"
                useful = max(1, _reach(events, doubts)) * (1 - copy.share)
                yield Item("copy", "copy", (copy.article_id, copy.original_id), events, why, useful)
    if "held back" in kinds:
        held = {row.id: row for row in ledger.held_back()}
        for id, row in held.items():
            yield Item("held back", "held back", (id,), (), row.why, SELDOM, held=row)


def _reach(events: Iterable[str], doubts: Doubts) -> int:
    return sum(doubts.sizes.get(id, (0, 0))[1] for id in events)


def _pair(row: Waiting, doubts: Doubts) -> Item:
    ids = (row.left, row.right)
    events = tuple(sorted({doubts.event_of[id] for id in ids if id in doubts.event_of}))
    reports = sum(doubts.sizes.get(id, (0, 0))[0] for id in events)
    score = f"score {row.score:.2f}" if row.score is not None else "not scored"
    if row.why == "bridge":
        why = f"one link of {score} holds an event of {reports} reports together; {row.smaller} mentions hang on it"
        doubt = _evenness(row.score)
    elif row.why == "refused":
        why, doubt = f"{score}, but kept apart: {row.note}; {reports} reports", HALF
    else:
        why, doubt = f"{score}, not enough to join; {reports} reports", _evenness(row.score)
    return Item("same", "same", ids, events, why, _reach(events, doubts) * doubt, row.why, row.score)


def _evenness(score: float | None) -> float:
    return HALF if score is None else 1 - abs(2 * score - 1)


def _relations(doubts: Doubts) -> Iterator[Item]:
    """Yield what relations ask; the parts of one sum that cannot be are one question."""
    groups: defaultdict[tuple[str, ...], list[Relation]] = defaultdict(list)
    for event_id, relation in doubts.relations:
        whole = (relation.note,) if relation.name == "impossible" else (relation.left, relation.right or "")
        groups[event_id, relation.name, relation.prop, *whole].append(relation)
    for (event_id, *_), rows in groups.items():
        relation = rows[0]
        on = tuple(tuple(id for id in (row.left, row.right) if id is not None) for row in rows)
        kind: Kind = "revision" if relation.name == "revised" else "contradiction"
        ids = tuple(dict.fromkeys(id for row in on for id in row))
        prop = relation.prop.replace("_", " ")
        useful = _reach([event_id], doubts) * (SELDOM if kind == "revision" else HALF)
        yield Item(kind, kind, ids, (event_id,), f"{prop}: {relation.note}", useful, relation.name, on=on)


# ---------------------------------------------------------------- what people said already


def _disagreements(spoken: Spoken, doubts: Doubts, by: str) -> Iterator[Item]:
    """Yield what people's words differ on; not to who spoke openly after all others."""
    parts: dict[tuple[object, ...], list[Thing]] = {}
    for thing, words in spoken.items():
        if in_dispute(words) and (words[-1].by != by or words[-1].blind):
            key = (thing.kind, thing.name, *(word.act for word in words)) if thing.is_part else (thing,)
            parts.setdefault(key, []).append(thing)
    for things in parts.values():
        words = tuple(latest(spoken[things[0]]))
        people = " and ".join(word.by for word in words)
        item = _said_item([(thing, spoken[thing][0]) for thing in things], doubts)
        yield replace(item, kind="disagreement", why=f"{people} differ", usefulness=1.0, words=words)


def _for_second(doubts: Doubts, spoken: Spoken, by: str) -> Iterator[Item]:
    parts: dict[tuple[object, ...], list[tuple[Thing, Word]]] = {}
    for thing, words in spoken.items():
        first = next((word for word in words if not word.blind), None)
        if first is None or any(word.by == by for word in words):
            continue
        key = (thing.kind, thing.name, first.act) if thing.is_part else (thing,)
        parts.setdefault(key, []).append((thing, first))
    for things in parts.values():
        # Events, and why the first was asked, follow from what was decided: left out.
        yield replace(_said_item(things, doubts), events=(), why="")


def _said_item(things: Sequence[tuple[Thing, Word]], doubts: Doubts) -> Item:
    """Make one question of what one decision said of a thing, or of the parts of one."""
    on = tuple(word.subjects for _, word in things)
    subjects = tuple(dict.fromkeys(id for row in on for id in row))
    events = tuple(sorted({doubts.event_of[id] for id in subjects if id in doubts.event_of}))
    thing = things[0][0]
    kind: Kind = thing.kind  # type: ignore[assignment]
    return Item(kind, thing.kind, subjects, events, "", 0.0, thing.name, on=on)


__all__ = ["Item", "KINDS", "Kind", "find_queue", "pair_item", "thing_of"]
