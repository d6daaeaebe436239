"""Names of events: who keeps an id, who gets a new one, and where a retired id leads. No grouping here.

Invariant: every id ever put in the register is either the id of a live event or has exactly one redirect, and that
redirect leads to a live event in one step; only when no mention of it is left anywhere does it lead to "" (withdrawn).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Named, Redirect, make_id

WITHDRAWN = ""
JUST_NOW = "~"  # sorts after every time
_Rank = tuple[int, int, str, int, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """The names after one resolution."""

    assignment: Mapping[str, tuple[str, ...]]  # event id -> sorted mention ids
    register: tuple[Named, ...]  # every name ever given, old and new, sorted by time and id
    redirects: tuple[Redirect, ...]  # one for every retired name, sorted by old id


@dataclass(frozen=True, slots=True)
class _Share:
    """What one group holds of the mentions that a name last had."""

    index: int  # of the group
    own: int  # mentions that came to the name by no merge
    older: int  # mentions that came to it before its last merge
    total: int
    founder: bool  # the mention that founded the name, and is still among the name's, is in the group
    size: int  # of the group


@dataclass(frozen=True, slots=True)
class _Past:
    """The names given so far, and which mentions each had last."""

    names: Mapping[str, Named]
    last: Mapping[str, frozenset[str]]
    held: Mapping[str, frozenset[str]]  # mentions that earlier versions of an event had, where they are told
    left: frozenset[str]  # those of them that the event has no more
    unsaid: frozenset[str]  # names of which only the founder is known
    earlier: Mapping[str, Redirect]


def identify(
    groups: Iterable[Sequence[str]],
    register: Iterable[Named],
    previous: Mapping[str, Collection[str]],
    redirects: Iterable[Redirect] = (),
    *,
    now: str,
) -> Identity:
    """Give each group of mentions its event id; the first mention of a group founds it when it needs a new name.

    `previous` leads from an id to the mentions it last had: of every live event, and of retired ids (those that have a
    redirect) where that is known; from `id@version` to those of an earlier version. Ids and groups are paired so that
    no id and group would both rather have each other (Gale and Shapley 1962): an id goes where most of its own mentions
    went, those that it had before it took in another event, then with its founder; a group takes the id of which it
    holds the most mentions, then the older. A group that is left without takes back the retired id most of
    whose mentions it holds, of several the last retired, so that undoing a merge restores the id; otherwise it is named
    anew, with the time in the digest, because a founder can leave its event and found another.
    """
    members = sorted(tuple(group) for group in groups)
    names = {row.event_id: row for row in register}
    where = {mention: index for index, group in enumerate(members) for mention in group}
    past = _look_back(names, previous, redirects)
    retired = {name for name in past.last if name in past.earlier or name not in previous}
    taken = _uncontested(past, retired, where)
    shares = _shares(past.last.keys() - set(taken.values()), past, retired, where)
    taken |= _pair({name: found for name, found in shares.items() if name not in retired}, past, members)
    back = {name: [row for row in _best(shares[name]) if row.index not in taken] for name in shares if name in retired}
    taken |= _pair(back, past, members)
    for index, group in enumerate(members):
        if index not in taken:
            event_id = _new_id(group[0], now, names)
            names[event_id] = Named(event_id, group[0], now)
            taken[index] = event_id
    assignment = {taken[index]: tuple(sorted(members[index])) for index in taken}
    return Identity(
        dict(sorted(assignment.items())),
        tuple(sorted(names.values(), key=lambda row: (row.named_at, row.event_id))),
        tuple(_lead_on(past, taken, where, now)),
    )


def _look_back(
    names: Mapping[str, Named], previous: Mapping[str, Collection[str]], redirects: Iterable[Redirect]
) -> _Past:
    last: dict[str, frozenset[str]] = {}
    held: dict[str, frozenset[str]] = {}
    for key, mentions in previous.items():
        name, earlier, _ = key.partition("@")
        if earlier:
            held[name] = held.get(name, frozenset()).union(mentions)
        else:
            last[name] = frozenset(mentions)
    unsaid = frozenset(names.keys() - last.keys())
    last |= {name: frozenset({names[name].founder}) for name in unsaid}
    left = frozenset(mention for name in held for mention in held[name] - last.get(name, frozenset()))
    return _Past(names, last, held, left, unsaid, {row.old: row for row in redirects})


def _uncontested(past: _Past, retired: Collection[str], where: Mapping[str, int]) -> dict[int, str]:
    """Give the groups that no two live names have mentions in, with their name where it has none elsewhere.

    What most of a ledger is when little has come: nothing has to be weighed.
    """
    found: dict[int, str] = {}
    contested: set[int] = set()
    for name, mentions in past.last.items():
        if name not in retired:
            groups = {where[mention] for mention in mentions if mention in where}
            if len(groups) > 1 or any(index in found for index in groups):
                contested |= groups
            for index in groups:
                found[index] = name
    return {index: name for index, name in found.items() if index not in contested}


def _shares(
    asked: Iterable[str], past: _Past, retired: Collection[str], where: Mapping[str, int]
) -> dict[str, list[_Share]]:
    """Give, for each name asked for, the groups that hold mentions of it, the one it would rather have first."""
    holders: dict[str, list[str]] = {}
    for name in sorted(retired):
        for mention in past.last[name]:
            holders.setdefault(mention, []).append(name)
    sizes = Counter(where.values())
    found: dict[str, list[_Share]] = {}
    for name in asked:
        total: dict[int, int] = {}
        for mention in past.last[name]:
            index = where.get(mention)
            if index is not None:
                total[index] = total.get(index, 0) + 1
        own = older = total
        if len(total) > 1:  # else there is nothing to choose
            own, older = dict(total), dict(total)
            taken_in = _taken_in(name, past, holders)
            last_time = max(taken_in.values(), default="")
            for mention in taken_in.keys() & where.keys():
                own[where[mention]] -= 1
                older[where[mention]] -= taken_in[mention] == last_time
        for mention in past.held.get(name, frozenset()) - past.last[name]:
            index = where.get(mention)
            if index in total:  # what was split off comes back to the id, which it would otherwise rival
                total[index] += 1
        founder = past.names[name].founder if name in past.names else ""
        stays = where.get(founder) if founder in past.last[name] else None  # else it had left the event before
        found[name] = [
            _Share(row, own[row], older[row], count, row == stays, sizes[row]) for row, count in total.items()
        ]
        found[name].sort(key=_wish)
    return found


def _taken_in(name: str, past: _Past, holders: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give the mentions that came to a name from another, and when that was.

    They came with a smaller event, now retired, that it took in, or left an event that is still there.
    """
    mentions = past.last[name]
    shared: dict[str, int] = {}
    for mention in mentions:
        for other in holders.get(mention, ()):
            shared[other] = shared.get(other, 0) + 1
    found: dict[str, str] = {}
    for other, count in shared.items():
        if len(past.last[other]) < len(mentions) and 2 * count > len(past.last[other]):
            at = past.earlier[other].at if other in past.earlier else ""
            for mention in past.last[other] & mentions:
                found[mention] = max(found.get(mention, ""), at)
    if name in past.held:
        found |= dict.fromkeys((mentions - past.held[name]) & past.left, JUST_NOW)
    return found


def _wish(share: _Share) -> tuple[int, int, int, bool, int, int]:
    return -share.own, -share.older, -share.total, not share.founder, share.size, share.index


def _best(shares: Sequence[_Share]) -> list[_Share]:
    """Give the group where a name belongs; several where nothing sets them apart."""
    return [share for share in shares if _wish(share)[:-1] == _wish(shares[0])[:-1]]


def _pair(wishes: Mapping[str, Sequence[_Share]], past: _Past, members: Sequence[tuple[str, ...]]) -> dict[int, str]:
    """Pair names with groups, each name asking in the order of its wishes; gives group index -> event id.

    Deferred acceptance: the pairing does not depend on who asks first.
    """

    times = sorted({row.at for row in past.earlier.values()}, reverse=True)
    place_of = {at: place for place, at in enumerate(times)}

    def rank(name: str, share: _Share) -> _Rank:
        named = past.names.get(name, Named(name, "", ""))
        group = members[share.index]
        # Named in one moment: the id that the group's first mention founded is the one that was there before a split.
        place = group.index(named.founder) if share.founder else len(group)
        since = place_of[past.earlier[name].at] if name in past.earlier else 0
        return -share.total, since, named.named_at, place, name

    held: dict[int, tuple[_Rank, str]] = {}
    asked = dict.fromkeys(wishes, 0)
    waiting = list(wishes)
    while waiting:
        name = waiting.pop()
        while asked[name] < len(wishes[name]):
            share = wishes[name][asked[name]]
            asked[name] += 1
            mine = rank(name, share)
            if share.index not in held or mine < held[share.index][0]:
                if share.index in held:
                    waiting.append(held[share.index][1])
                held[share.index] = mine, name
                break
    return {index: name for index, (_, name) in held.items()}


def _new_id(founder: str, now: str, names: Mapping[str, Named]) -> str:
    event_id = make_id("evt", founder, now)
    again = 1
    while event_id in names:  # the same founder named twice at one time: a split inside one second
        event_id = make_id("evt", founder, now, again)
        again += 1
    return event_id


def _lead_on(past: _Past, taken: Mapping[int, str], where: Mapping[str, int], now: str) -> list[Redirect]:
    """Give one redirect per retired name, chains collapsed."""
    live = set(taken.values())
    gone = sorted(past.last.keys() - live)
    moved = _moved(past, {mention: taken[index] for mention, index in where.items()})
    # Which names are retired has changed with the pairing: what each would rather have is reckoned anew.
    shares = _shares(gone, past, gone, where)
    found: list[Redirect] = []
    for event_id in gone:
        before = past.earlier.get(event_id)
        if before is not None and before.new in live and past.last[event_id].isdisjoint(moved):
            found.append(before)  # else resolving again would weigh once more what stood equal
            continue
        target, why = _successor(event_id, past, shares, taken, live)
        # The time of retirement stays: of two ids with the same mentions the last that had them takes them back.
        since = now if before is None else before.at
        found.append(before if before is not None and before.new == target else Redirect(event_id, target, since, why))
    return found


def _moved(past: _Past, name_of: Mapping[str, str]) -> set[str]:
    """Give the mentions that were in an event of another name before, or in none, or are no more."""
    # Two mentions of two events can be read as one now: then either name is the one that it had.
    before: dict[str, set[str | None]] = {}
    for name in past.last:
        for mention in past.last[name] if name not in past.earlier else ():
            before.setdefault(mention, set()).add(name)
    return {
        mention for mention in before.keys() | name_of.keys() if name_of.get(mention) not in before.get(mention, {None})
    }


def _successor(
    event_id: str, past: _Past, shares: Mapping[str, Sequence[_Share]], taken: Mapping[int, str], live: Collection[str]
) -> tuple[str, str]:
    """Tell where a retired name leads now: along its mentions, then its earlier redirect."""
    seen: set[str] = set()
    here = event_id
    while here not in seen:
        seen.add(here)
        if here in live:
            return here, "merged"
        onward = past.earlier[here].new if here in past.earlier else WITHDRAWN
        if here in past.unsaid and onward in live:
            return onward, "merged"
        if shares.get(here):
            # Groups alike in every respect: the oldest name, as a reader would look there first.
            best = min(_best(shares[here]), key=lambda share: _age(past, taken[share.index]))
            if here in past.unsaid:
                why = "its founding mention went there"
            else:
                whole = best.total >= len(past.last[here])
                why = "merged" if whole else "most of its mentions went there"
            return taken[best.index], why
        here = onward
    return WITHDRAWN, "no mention of it is left"


def _age(past: _Past, name: str) -> tuple[str, str]:
    return (past.names[name].named_at if name in past.names else "", name)
