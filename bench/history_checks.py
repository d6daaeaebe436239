"""Promises 4 to 7, looked at after every deed of a random history. What is found broken is said in words.

Invariant: what should have followed is reckoned from words and spans here, not with the functions that are checked.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bench.history_deeds import BY_HAND, Deed, Play, words_of
from bench.history_state import Names, State
from variorum.model import Claim, Event, Judgement, Mention, Ruling
from variorum.pipeline import gazetteer
from variorum.resolve.resolution import Resolution, resolve
from variorum.schema import load_schema

LATER = "later word"
ONE = "read as one"


class Broken(Exception):
    """A promise that does not hold."""


def hold(true: bool, promise: int, words: str) -> None:
    """Raise Broken unless it is true."""
    if not true:
        raise Broken(f"promise {promise}: {words}")


def overlaps(one: Mention | Claim, other: Mention | Claim) -> bool:
    """Tell whether two spans of one article share a character."""
    return one.start < other.end and other.start < one.end


def stands_for(old: Mention, new: Mention) -> bool:
    """Tell whether a mention has words of another and a kind that can be the same event."""
    same = old.kind == new.kind or load_schema().compatible(old.kind, new.kind)
    return old.article_id == new.article_id and same and overlaps(old, new)


# ---------------------------------------------------------------- 7: decisions


def decisions(play: Play, before: State, after: State, counts: Counter[str]) -> None:
    """Check that every decision is in one live row, on the words it was made on, or is listed as lost."""
    said = Counter(words_of(row) for row in after.rows.values())
    for words in said:
        hold(said[words] == 1, 7, f"“{words}” is live in {said[words]} rows")
        hold(words not in play.retracted, 7, f"“{words}” was taken back and is live")
    now = {words_of(row): row for row in after.rows.values()}
    reread = before.mentions.keys() != after.mentions.keys() or before.claims.keys() != after.claims.keys()
    for row in before.rows.values():
        words = words_of(row)
        if words in play.retracted:
            continue
        if isinstance(row, Judgement):
            found = now.get(words)
            outdone = any(
                isinstance(other, Judgement) and (other.by, other.at >= row.at) == (row.by, True) and other is not row
                for other in after.rows.values()
            )
            hold(found is not None or outdone, 7, f"“{words}” by {row.by} is gone without a word")
            if isinstance(found, Judgement):
                _judgement(row, found, before, after, counts if reread else Counter())
        else:
            found = now.get(words)
            hold(found is not None, 7, f"“{words}” by {row.by} is gone without a word")
            if isinstance(found, Ruling):
                _ruling(row, found, before, after, counts if reread else Counter())
    claims_by_hand(after)


def _judgement(row: Judgement, found: Judgement, before: State, after: State, counts: Counter[str]) -> None:
    old, new = (row.left, row.right), (found.left, found.right)
    counted = all(id in before.mentions for id in old) and not all(id in after.mentions for id in old)
    read = all(after.every[id].article_id in after.read for id in old)
    if counted and read:
        counts["touched"] += 1
        counts["carried"] += all(id in after.mentions for id in new)
    if all(id in after.mentions for id in old):
        hold(old == new or _outdone(found, after), 7, f"“{words_of(row)}” moved though both mentions stand")
    for id in set(new) - set(old):
        mention = after.every[id]
        near = any(
            mention.article_id == after.every[other].article_id
            and (overlaps(mention, after.every[other]) or _shares_claim(other, id, after))
            for other in old
        )
        hold(near, 7, f"“{words_of(row)}” went to {id}, which has none of its words")
    if all(id in after.mentions for id in new):
        return
    missing = [id for id in new if id not in after.mentions]
    listed = [cause for cause in after.problems if all(part in cause for part in (*new, f" by {found.by}:"))]
    heirs = [
        {other for other, mention in after.mentions.items() if other == id or stands_for(after.every[id], mention)}
        for id in new
    ]
    waits = [id for id in missing if after.every[id].article_id not in after.read]
    for id in missing:
        stands = any(_goes_on(id, other, after) for other in after.mentions)
        if id not in waits and not (waits and stands):
            hold(bool(listed), 7, f"“{words_of(row)}” waits for {id} and is not listed as lost")
    survive = heirs[0] and heirs[1] and len(heirs[0] | heirs[1]) > 1
    if survive and counts is not None:
        why = any(LATER in cause or ONE in cause for cause in listed)
        hold(why, 7, f"“{words_of(row)}” on {new} is not carried though its words survive")


def _outdone(row: Judgement, after: State) -> bool:
    return any(LATER in cause and row.left in cause for cause in after.problems)


def _shares_claim(old: str, new: str, after: State, *, share: float = 0.0) -> bool:
    """Tell whether a mention says again more than a share of what another ever said, and something at all."""
    if after.every[old].article_id != after.every[new].article_id:
        return False
    mine = [claim for claim in after.every_claim.values() if claim.mention_id == old]
    theirs = [claim for claim in after.claims.values() if claim.mention_id == new]
    again = sum(
        any(
            (row.prop, row.scope, row.value) == (one.prop, one.scope, one.value) and overlaps(row, one)
            for row in theirs
        )
        for one in mine
    )
    return again > share * len(mine)


def _ruling(row: Ruling, found: Ruling, before: State, after: State, counts: Counter[str]) -> None:
    if row.field in ("kind", "claim"):
        _kind(row, found, after)
        if row.field == "claim":
            _new_claim(found, after)
        return
    old = after.every_claim[row.subject]
    article_id = after.every[old.mention_id].article_id
    moved = row.subject in before.claims and row.subject not in after.claims and article_id in after.read
    if moved and old.source != BY_HAND:  # a claim by hand can also be taken back
        counts["touched"] += 1
        counts["carried"] += found.subject in after.claims
    if row.subject in after.claims:
        hold(found.subject == row.subject, 7, f"“{words_of(row)}” moved though its claim stands")
        return
    if found.subject in after.claims:
        new = after.claims[found.subject]
        same = (new.prop, new.scope, after.every[new.mention_id].article_id) == (old.prop, old.scope, article_id)
        hold(same, 7, f"“{words_of(row)}” went to a claim of another property, scope or article")
        hold(found.verdict == "correct" or new.value == old.value, 7, f"“{words_of(row)}” went to another value")
        return
    if article_id not in after.read:
        return
    listed = [cause for cause in after.problems if found.subject in cause and f" by {found.by}:" in cause]
    hold(bool(listed), 7, f"“{words_of(row)}” is not listed as lost")
    last = max((one for one in after.rows.values() if isinstance(one, Ruling) and _of(one, found)), key=lambda r: r.at)
    survive = any(
        after.every[claim.mention_id].article_id == article_id
        and (claim.prop, claim.scope) == (old.prop, old.scope)
        and (last.verdict == "correct" or claim.value == old.value)
        and overlaps(claim, old)
        for claim in after.claims.values()
    )
    hold(not survive or LATER in listed[-1], 7, f"“{words_of(row)}” is not carried though its words survive")


def _kind(row: Ruling, found: Ruling, after: State) -> None:
    """Check a word on a mention: it stays, goes to one with words of it, waits for a reading, or is listed as lost."""
    if row.subject in after.mentions:
        hold(found.subject == row.subject, 7, f"“{words_of(row)}” moved though its mention stands")
        return
    if found.subject != row.subject:
        old, new = after.every[row.subject], after.every[found.subject]
        near = old.article_id == new.article_id and (overlaps(old, new) or _shares_claim(old.id, new.id, after))
        hold(near, 7, f"“{words_of(row)}” went to {new.id}, which has none of its words")
    if found.subject not in after.mentions and after.every[found.subject].article_id in after.read:
        listed = [cause for cause in after.problems if found.subject in cause and f" by {found.by}:" in cause]
        hold(bool(listed), 7, f"“{words_of(row)}” is not listed as lost")


def _new_claim(found: Ruling, after: State) -> None:
    """Check that a claim by hand stands at its words while its mention does, and a blind one not."""
    told = json.loads(found.value or "")
    there = [
        claim
        for claim in after.claims.values()
        if (claim.mention_id, claim.prop, claim.value, claim.source, claim.start, claim.end)
        == (found.subject, *(told[name] for name in ("prop", "value", "source", "start", "end")))
    ]
    stands = found.subject in after.mentions and not found.blind
    openly = any(
        isinstance(row, Ruling) and (row.subject, row.value, row.blind) == (found.subject, found.value, False)
        for row in after.rows.values()
    )
    hold(
        bool(there) == (stands or (openly and found.subject in after.mentions)), 7, f"“{words_of(found)}” and its claim"
    )


def claims_by_hand(after: State) -> None:
    """Check that each claim by hand has a decision that stands."""
    for claim in after.claims.values():
        if claim.source == BY_HAND:
            said = [
                json.loads(row.value or "")
                for row in after.rows.values()
                if isinstance(row, Ruling) and row.field == "claim" and row.subject == claim.mention_id
            ]
            spans = {(one["prop"], one["value"], one["start"], one["end"]) for one in said}
            hold((claim.prop, claim.value, claim.start, claim.end) in spans, 7, f"{claim.id} stands without a decision")


def _of(one: Ruling, other: Ruling) -> bool:
    return (one.subject, one.by) == (other.subject, other.by)


# ---------------------------------------------------------------- 4: people


def people(after: State, found: Resolution) -> None:
    """Check that what people said of two mentions holds in the events."""
    event_of = {mention: event.id for event in after.events.values() for mention in event.mentions}
    said = [row for row in after.rows.values() if isinstance(row, Judgement) and not row.blind]
    last: dict[tuple[str, str, str], Judgement] = {}  # of each person and pair; of one second the one that sorts last
    for row in sorted(said, key=lambda row: (row.at, row.verdict)):
        last[row.left, row.right, row.by] = row
    rows = list(last.values())
    apart = {(row.left, row.right) for row in rows if row.verdict == "different"}
    for pair in apart:
        together = pair[0] in event_of and event_of[pair[0]] == event_of.get(pair[1])
        hold(not together, 4, f"{pair} were told apart and are one event")
    refused = {(row.left, row.right): row for row in found.refused if row.wanted_by != "matcher"}
    for row in rows:
        if row.verdict == "same" and row.left in event_of and row.right in event_of:
            if event_of[row.left] == event_of[row.right]:
                continue
            hold((row.left, row.right) in refused, 4, f"{row.left} and {row.right} are the same and stand apart")
            why = refused[row.left, row.right].why
            hold(any(left in why and right in why for left, right in apart), 4, f"refused for no one's word: {why}")


# ---------------------------------------------------------------- 5: order


def mixed(state: State, names: Names, now: str, chance: random.Random) -> Resolution:
    """Resolve what a ledger holds, every row in another order."""

    def mix(rows: Iterable[Any]) -> list[Any]:
        found = list(rows)
        chance.shuffle(found)
        return found

    return resolve(
        mix(state.articles),
        mix(state.mentions.values()),
        mix(state.claims.values()),
        mix(state.copies),
        mix(row for row in state.rows.values() if isinstance(row, Judgement)),
        mix(row for row in state.rows.values() if isinstance(row, Ruling)),
        mix(names.register),
        {key: mix(names.previous[key]) for key in mix(names.previous)},
        redirects=mix(names.redirects),
        gazetteer=gazetteer(),
        now=now,
    )


def content(events: Iterable[Event]) -> dict[frozenset[str], tuple[Any, ...]]:
    """Give what events say without their names."""
    return {frozenset(event.mentions): (event.kind, event.title, event.values, event.relations) for event in events}


def order(after: State, found: Resolution) -> None:
    """Check that the events of the ledger are those of the same rows in another order."""
    named = {event.id: event.mentions for event in found.events}
    hold(named == {event.id: event.mentions for event in after.events.values()}, 5, "another order names otherwise")
    hold(content(found.events) == content(after.events.values()), 5, "another order gives other events")
    hold(
        {row.old: row.new for row in found.redirects} == {row.old: row.new for row in after.redirects.values()},
        5,
        "another order leads elsewhere",
    )


# ---------------------------------------------------------------- 6: names


def names(published: dict[str, frozenset[str]], after: State) -> None:
    """Check where every id that was ever given leads; `published` holds the mentions that each had last."""
    for event_id, row in after.redirects.items():
        hold(event_id not in after.events, 6, f"{event_id} is live and redirected")
        hold(row.new in after.events or (row.new == "" and bool(row.why)), 6, f"{event_id} leads to {row.new!r}")
    for event_id, last in published.items():
        if event_id in after.events:
            led = after.events[event_id]
            near = [id for id in last if any(_goes_on(id, other, after) for other in led.mentions)]
            gone = not any(
                _goes_on(id, other, after) for id in last for e in after.events.values() for other in e.mentions
            )
            hold(bool(near) or gone, 6, f"{event_id} moved to an event that shares no mention with it")
            continue
        hold(event_id in after.redirects, 6, f"{event_id} was published and leads nowhere")
        if after.redirects[event_id].new == "":
            in_events = [other for event in after.events.values() for other in event.mentions]
            # What stands for it now can be rejected by a person: then nothing of it is left, whatever lies beside it.
            rejected = {row.subject for row in after.rows.values() if _is_rejection(row)}
            none = {id for id in last for other in rejected & after.mentions.keys() if _goes_on(id, other, after)}
            left = [id for id in last if id not in none and any(_goes_on(id, other, after) for other in in_events)]
            hold(not left, 6, f"{event_id} leads to nothing, and {left} is left of it")


def _is_rejection(row: Judgement | Ruling) -> bool:
    """Tell whether a person says of a mention that it tells of no event."""
    if not isinstance(row, Ruling) or row.field != "kind":
        return False
    return row.verdict == "reject" or (row.value or "").startswith("background.")


def _goes_on(old: str, new: str, after: State) -> bool:
    if old == new or old in after.mentions:
        return old == new
    return stands_for(after.every[old], after.every[new]) or _shares_claim(old, new, after, share=0.5)


def kept(before: State, after: State, counts: Counter[str]) -> None:
    """Count the events that mostly stayed together, and those of them that kept their id."""
    event_of = {mention: event.id for event in after.events.values() for mention in event.mentions}
    came: dict[str, Counter[str]] = {event_id: Counter() for event_id in after.events}
    went: dict[str, Counter[str]] = {}
    for event in before.events.values():
        went[event.id] = Counter()
        for id in event.mentions:
            heirs = (
                [id]
                if id in event_of
                else [other for other in event_of if id not in after.mentions and _goes_on(id, other, after)]
            )
            for heir in heirs[:1]:
                went[event.id][event_of[heir]] += 1
                came[event_of[heir]][event.id] += 1
    for event_id, parts in went.items():
        for target, number in parts.items():
            if 2 * number > len(before.events[event_id].mentions) and 2 * number > sum(came[target].values()):
                counts["mostly kept"] += 1
                counts["id kept"] += target == event_id


def deed_words(deeds: Iterable[Deed]) -> str:
    """Give a history as Python that plays it again."""
    return "[\n" + "".join(f"    {deed},\n" for deed in deeds) + "]"
