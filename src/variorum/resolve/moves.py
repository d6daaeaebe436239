"""Betters a grouping by small steps: one unit moves or leaves, two groups join, one falls in two at a single link.

What is made as large as such steps can is the sum of the log-odds of all pairs within groups: correlation clustering
(Bansal, Blum and Chawla 2004) by local search (Gionis, Mannila and Tsaparas 2007). Average linkage alone never takes a
step back, so a mention that came early to the wrong group stays there.
Invariant: a barred pair is never in one group, each group hangs together by joining pairs, units are never taken apart,
and the result does not depend on the order of anything given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from variorum.resolve.bridges import cut_edges, reach

LEAST_GAIN = 1e-6  # log-odds; less is rounding


@dataclass(slots=True)
class Ties:
    """Everything between units: sums over their pairs of mentions that were compared."""

    missing: float  # log-odds of a pair that was not compared
    size: dict[str, int] = field(default_factory=dict)  # unit -> mentions in it
    total: dict[str, dict[str, float]] = field(default_factory=dict)  # log-odds, clipped
    pairs: dict[str, dict[str, int]] = field(default_factory=dict)
    joining: dict[str, set[str]] = field(default_factory=dict)
    barred: dict[str, set[str]] = field(default_factory=dict)

    def add(self, left: str, right: str, logit: float, *, joins: bool, bars: bool) -> None:
        """Note one pair of mentions of two units; pairs are given in sorted order."""
        for one, other in ((left, right), (right, left)):
            totals, pairs = self.total.setdefault(one, {}), self.pairs.setdefault(one, {})
            totals[other] = totals.get(other, 0.0) + logit
            pairs[other] = pairs.get(other, 0) + 1
            if joins:
                self.joining.setdefault(one, set()).add(other)
            if bars:
                self.bar(one, other)

    def bar(self, left: str, right: str) -> None:
        """Keep two units out of one group."""
        self.barred.setdefault(left, set()).add(right)
        self.barred.setdefault(right, set()).add(left)

    def between(self, ones: Collection[str], others: Collection[str]) -> float:
        """Give the log-odds of all pairs across two sets of units."""
        inside = set(others)
        total, compared = 0.0, 0
        for one in sorted(ones):
            pairs = self.pairs.get(one, {})
            for other in sorted(pairs.keys() & inside):
                total += self.total[one][other]
                compared += pairs[other]
        sizes = sum(self.size[one] for one in ones) * sum(self.size[other] for other in others)
        return round(total + self.missing * (sizes - compared), 9)

    def may_join(self, ones: Iterable[str], others: Collection[str]) -> bool:
        """Tell whether a pair joins two sets of units and none keeps them apart."""
        joined = False
        inside = set(others)
        for one in ones:
            if not inside.isdisjoint(self.barred.get(one, ())):
                return False
            joined = joined or not inside.isdisjoint(self.joining.get(one, ()))
        return joined

    def within(self, units: Collection[str]) -> dict[str, set[str]]:
        """Give the joining pairs inside a set of units."""
        return {unit: self.joining.get(unit, set()) & set(units) for unit in units}


def improve(groups: Iterable[Collection[str]], ties: Ties) -> list[set[str]]:
    """Take steps while one raises the sum; gives the groups of units that no step betters.

    The groups given are those of average linkage: no two of them would join as they are.
    """
    state = _State({min(group): set(group) for group in groups}, ties)
    changed = state.move_units(state.home) | state.split_groups(state.groups)
    while changed:
        changed |= state.join_groups(changed)
        near = changed | {other for unit in changed for other in ties.joining.get(unit, ())}
        changed = state.move_units(near) | state.split_groups({state.home[unit] for unit in near})
    return [state.groups[key] for key in sorted(state.groups)]


@dataclass(slots=True)
class _State:
    """Groups by their least unit. Every step gives the units of the groups that it changed."""

    groups: dict[str, set[str]]
    ties: Ties
    home: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = {unit: key for key, group in self.groups.items() for unit in group}

    def _replace(self, old: Iterable[str], new: Iterable[set[str]]) -> set[str]:
        for key in old:
            del self.groups[key]
        changed: set[str] = set()
        for group in new:
            if group:
                key = min(group)
                self.groups[key] = group
                self.home.update(dict.fromkeys(group, key))
                changed |= group
        return changed

    def move_units(self, units: Iterable[str]) -> set[str]:
        """Move each unit to the group that it fits best, or let it stand alone."""
        changed: set[str] = set()
        for unit in sorted(units):
            here = self.home[unit]
            others = {self.home[other] for other in self.ties.joining.get(unit, ())} - {here}
            rest = self.groups[here] - {unit}
            if not rest and not others:
                continue
            stays = self.ties.between([unit], rest) if rest else 0.0
            worth, target = (0.0, "") if rest and stays < -LEAST_GAIN else (stays, here)
            for key in sorted(others):
                fits = self.ties.between([unit], self.groups[key])
                if fits > worth + LEAST_GAIN and self.ties.may_join([unit], self.groups[key]):
                    worth, target = fits, key
            if target == here or (rest and len(reach(min(rest), self.ties.within(rest))) < len(rest)):
                continue  # it is well where it is, or holds the others together
            joined = self.groups[target] | {unit} if target else {unit}
            changed |= self._replace({here, target} - {""}, (rest, joined))
        return changed

    def split_groups(self, keys: Iterable[str]) -> set[str]:
        """Let each group fall in two at the single link where the two parts speak most against each other."""
        changed: set[str] = set()
        for key in sorted(set(keys)):
            group = self.groups[key]
            near = self.ties.within(group)
            worst, parts = -LEAST_GAIN, (group, group)
            for parent, child, _ in sorted(cut_edges(key, near)) if len(group) > 2 else ():
                near[parent].discard(child)
                near[child].discard(parent)
                part = reach(child, near)
                near[parent].add(child)
                near[child].add(parent)
                between = self.ties.between(part, group - part)
                if between < worst:
                    worst, parts = between, (part, group - part)
            if parts[0] is not group:
                changed |= self._replace([key], parts)
        return changed

    def join_groups(self, changed: Iterable[str]) -> set[str]:
        """Join groups with those that changed while two speak for each other, those first that do most."""
        found: set[str] = set()
        waiting = set(changed)
        while waiting:
            pairs = {
                (min(self.home[unit], self.home[other]), max(self.home[unit], self.home[other]))
                for unit in waiting
                for other in self.ties.joining.get(unit, ())
                if self.home[unit] != self.home[other]
            }
            gains = [
                (-self.ties.between(self.groups[left], self.groups[right]), left, right)
                for left, right in pairs
                if self.ties.may_join(self.groups[left], self.groups[right])
            ]
            if not gains or min(gains)[0] >= -LEAST_GAIN:
                break
            _, left, right = min(gains)
            joined = self._replace((left, right), (self.groups[left] | self.groups[right],))
            waiting |= joined
            found |= joined
        return found
