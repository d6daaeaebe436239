"""The figures that the voices of one event give for a toll: of everybody, or of one class. No rule chooses here.

Invariant: a bound stays a bound. "At least 12" has a least figure and names no larger one, "up to 200" has no least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.publish.rules.account import Account, Statement, told, voices

JOINT = "civilians+combatants"
_CANONICAL = re.compile(r"(?P<about>~)?(?P<low>\d+(?:\.\d+)?)?(?P<dots>\.\.)?(?P<high>\d+(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure of one voice: the statements that give it, its least number and the largest number it names."""

    statements: tuple[Statement, ...]
    least: int | None  # None: only an upper bound is stated
    most: int | None
    open_above: bool = False  # "at least 12": more is not excluded

    @property
    def asserted(self) -> bool:
        """Whether it is said without a hedge."""
        return any(one.stance == "asserts" for one in self.statements)

    @property
    def last_said(self) -> str | None:
        """The day on which it was last said, None where a report of it is undated."""
        days = [one.when[:10] if one.when else None for one in self.statements]
        return None if None in days else max(day for day in days if day is not None)

    @property
    def words(self) -> str:
        """The figure with its voice, for people."""
        first: dict[tuple[str, str], str] = {}
        for one in self.statements:
            first.setdefault((one.scope, one.value), told(one))  # said again elsewhere it is the same figure
        return " + ".join(first.values())


def read_figure(value: str) -> tuple[int | None, int | None, bool]:
    """Give the least number of a canonical count, the largest it names, and whether it is open above.

    "About 400" is 400: every rule codes the number a report gives, not what may lie around it.
    """
    match = _CANONICAL.fullmatch(value)
    if match is None:
        return None, None, False
    low = int(float(match["low"])) if match["low"] else None
    high = int(float(match["high"])) if match["high"] else None
    if match["dots"] is None:
        return low, low, False
    return low, high if high is not None else low, high is None


def make_toll(statements: Sequence[Statement]) -> Toll:
    """Build the figure of statements of one value."""
    return Toll(tuple(statements), *read_figure(statements[0].value))


def tolls_of(account: Account, prop: str, *scopes: str) -> list[Toll]:
    """Give each figure that each voice gives for these scopes, once however many outlets relay it."""
    found: list[Toll] = []
    for group in voices(account.said(prop, *scopes)):
        found.extend(_by_value(group))
    return found


def _by_value(group: Sequence[Statement]) -> list[Toll]:
    """Give the figures of one voice; "at least 31" beside its own "31" is the same figure told less exactly."""
    values: dict[tuple[str, str], list[Statement]] = {}
    for one in group:
        values.setdefault((one.scope, one.value), []).append(one)
    return [
        make_toll(rows)
        for (scope, value), rows in values.items()
        if not value.endswith("..") or (scope, value.removesuffix("..")) not in values
    ]


def totals(account: Account, prop: str) -> list[Toll]:
    """Give each voice's figure for everybody: as it states it, else its civilians and combatants together.

    A voice that speaks of a part alone gives no total, so a part never undercuts a whole.
    """
    found: list[Toll] = []
    for group in voices(account.said(prop)):
        whole = [one for one in group if one.scope in ("all", JOINT)]
        found.extend(_by_value(whole))
        civilians = [make_toll([one]) for one in group if one.scope == "civilians"]
        combatants = [make_toll([one]) for one in group if one.scope == "combatants"]
        if not whole and civilians and combatants:
            found.append(add(civilians[-1], combatants[-1]))
    return found


def add(left: Toll, right: Toll) -> Toll:
    """Add the figures of two classes of which nobody is in both."""
    least = left.least + right.least if left.least is not None and right.least is not None else None
    most = left.most + right.most if left.most is not None and right.most is not None else None
    return Toll((*left.statements, *right.statements), least, most, left.open_above or right.open_above)


def lowest(tolls: Iterable[Toll]) -> int | None:
    """Give the lowest least figure, None where no voice states one."""
    return min((one.least for one in tolls if one.least is not None), default=None)


def highest(tolls: Iterable[Toll]) -> int | None:
    """Give the largest number that a voice names."""
    return max((one.most for one in tolls if one.most is not None), default=None)


def bounds_in_words(tolls: Iterable[Toll], prop: str = "killed") -> list[str]:
    """Say which figures are bounds, and what they leave open."""
    words: list[str] = []
    for one in tolls:
        if one.open_above:
            words.append(f"{prop}: {one.words} leaves open how many more")
        elif one.least is None:
            words.append(f"{prop}: {one.words} gives no least figure")
    return list(dict.fromkeys(words))
