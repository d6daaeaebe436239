"""Names of events: who keeps an id, who gets a new one, and where a retired id leads. No grouping here.

Invariant: every id ever put in the register is either the id of a live event or has exactly one redirect, and that
redirect leads to a live event in one step; only when no mention of it is left anywhere does it lead to "" (withdrawn).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Named, Redirect, make_id

WITHDRAWN = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The names after one resolution."""

    assignment: Mapping[str, tuple[str, ...]]  # event id -> sorted mention ids
    register: tuple[Named, ...]  # every name ever given, old and new, sorted by time and id
    redirects: tuple[Redirect, ...]  # one for every retired name, sorted by old id


def identify(
    groups: Iterable[Sequence[str]],
    register: Iterable[Named],
    previous: Mapping[str, Collection[str]],
    redirects: Iterable[Redirect] = (),
    *,
    now: str,
) -> Identity:
    """Give each group of mentions its event id; the first mention of a group founds it when it needs a new name.

    A name goes to the group that holds most of its earlier mentions, then to the one that holds its founder, then to
    the older name. A group without a name takes back a retired one that its mentions founded, so that undoing a merge
    restores the id; otherwise it is named anew, with the time in the digest, because a founder can leave its event
    and found another.
    """
    members = [tuple(group) for group in groups]
    names = {row.event_id: row for row in register}
    where = {mention: index for index, group in enumerate(members) for mention in group}
    taken = _keep_names(members, names, previous, where)
    _take_back(members, names, previous, taken)
    for index in sorted(range(len(members)), key=lambda place: members[place][0]):
        if index not in taken:
            event_id = _new_id(members[index][0], now, names)
            names[event_id] = Named(event_id, members[index][0], now)
            taken[index] = event_id
    assignment = {taken[index]: tuple(sorted(members[index])) for index in taken}
    return Identity(
        dict(sorted(assignment.items())),
        tuple(sorted(names.values(), key=lambda row: (row.named_at, row.event_id))),
        tuple(_lead_on(names, previous, redirects, taken, where, now)),
    )


def _keep_names(
    members: Sequence[tuple[str, ...]],
    names: Mapping[str, Named],
    previous: Mapping[str, Collection[str]],
    where: Mapping[str, int],
) -> dict[int, str]:
    """Match earlier events to groups, best overlap first; gives group index -> event id."""
    wishes: list[tuple[int, bool, str, str, tuple[str, ...], int]] = []
    for event_id in previous:
        shared: dict[int, int] = {}
        for mention in previous[event_id]:
            if mention in where:
                shared[where[mention]] = shared.get(where[mention], 0) + 1
        named = names.get(event_id, Named(event_id, "", ""))
        for index, count in shared.items():
            founder_stays = where.get(named.founder) == index
            wishes.append((-count, not founder_stays, named.named_at, event_id, members[index], index))
    taken: dict[int, str] = {}
    used: set[str] = set()
    for _, _, _, event_id, _, index in sorted(wishes):
        if index not in taken and event_id not in used:
            taken[index] = event_id
            used.add(event_id)
    return taken


def _take_back(
    members: Sequence[tuple[str, ...]],
    names: Mapping[str, Named],
    previous: Mapping[str, Collection[str]],
    taken: dict[int, str],
) -> None:
    """Give a nameless group the oldest retired name that one of its mentions founded."""
    live = set(taken.values())
    retired: dict[str, list[Named]] = {}
    for row in names.values():
        if row.event_id not in live and row.event_id not in previous:
            retired.setdefault(row.founder, []).append(row)
    for index in range(len(members)):
        if index in taken:
            continue
        choices = [row for mention in members[index] for row in retired.get(mention, ())]
        if choices:
            taken[index] = min(choices, key=lambda row: (row.named_at, row.event_id)).event_id


def _new_id(founder: str, now: str, names: Mapping[str, Named]) -> str:
    event_id = make_id("evt", founder, now)
    again = 1
    while event_id in names:  # the same founder named twice at one time: a split inside one second
        event_id = make_id("evt", founder, now, again)
        again += 1
    return event_id


def _lead_on(
    names: Mapping[str, Named],
    previous: Mapping[str, Collection[str]],
    redirects: Iterable[Redirect],
    taken: Mapping[int, str],
    where: Mapping[str, int],
    now: str,
) -> list[Redirect]:
    """Give one redirect per retired name, chains collapsed."""
    live = set(taken.values())
    earlier = {row.old: row for row in redirects}
    found: list[Redirect] = []
    for event_id in sorted(set(names) | set(previous)):
        if event_id in live:
            continue
        before = earlier.get(event_id)
        if before is not None and before.new in live:
            found.append(before)
            continue
        target, why = _successor(event_id, names, previous, earlier, taken, where)
        if before is not None and before.new == target:
            found.append(before)
        else:
            found.append(Redirect(event_id, target, now, why))
    return found


def _successor(
    event_id: str,
    names: Mapping[str, Named],
    previous: Mapping[str, Collection[str]],
    earlier: Mapping[str, Redirect],
    taken: Mapping[int, str],
    where: Mapping[str, int],
) -> tuple[str, str]:
    """Tell where a retired name leads now: along its mentions, its founder, then its earlier redirect."""
    seen: set[str] = set()
    here = event_id
    while here not in seen:
        seen.add(here)
        shared: dict[int, int] = {}
        for mention in previous.get(here, ()):
            if mention in where:
                shared[where[mention]] = shared.get(where[mention], 0) + 1
        if shared:
            best = min(shared, key=lambda index: (-shared[index], taken[index]))
            why = "merged" if shared[best] == len(previous[here]) else "most of its mentions went there"
            return taken[best], why
        founder = names[here].founder if here in names else ""
        if founder in where:
            return taken[where[founder]], "its founding mention went there"
        if here in taken.values():
            return here, "merged"
        if here in earlier:
            here = earlier[here].new
            if here in taken.values():
                return here, "merged"
    return WITHDRAWN, "no mention of it is left"
