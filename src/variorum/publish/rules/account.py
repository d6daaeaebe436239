"""What a rule of counting is given of one event: what stands, who says it, and where it was printed. No rule in here.

Invariant: a statement leads back to its claims, and a source is one voice however many outlets relay it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import Stance
from variorum.values import show
from variorum.values.name import compare_name, kind_of

REBEL = frozenset({"rebel", "jihadist"})  # kinds of body
# Of one person: "1 woman".
ONE = {"men": "man", "women": "woman", "children": "child"} | {
    f"{who}s": who for who in ("civilian", "combatant", "journalist", "medic", "attacker")
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one voice says of the event and that stands: not replaced, not drifted in a copy, not rejected."""

    prop: str
    scope: str
    value: str  # canonical, as a person corrected it where one did
    stance: Stance
    voice: str  # the source, or the outlet where it speaks itself
    own: bool  # the outlet's own voice
    outlet: str  # of the lineage's original
    lineage: str  # article id of that original
    when: str | None  # ISO 8601, when the original was printed
    quote: str  # the words; "" where the value is a person's or a sum
    claims: tuple[str, ...]  # ids

    @property
    def said_by(self) -> str:
        """Name the voice for people, with the outlet that carries it."""
        return self.outlet if self.own else f"{self.voice}, in {self.outlet}"


@dataclass(frozen=True, slots=True)
class Printed:
    """One article that reports the event, as a line of a source list."""

    article: str
    outlet: str
    day: str  # "" where undated
    title: str
    lineage: str  # article id of the original


@dataclass(frozen=True, slots=True)
class Account:
    """One event as a rule sees it."""

    event: Mapping[str, Any]  # the exported object (docs/model.md)
    statements: tuple[Statement, ...]  # earliest first
    reports: tuple[Printed, ...]  # earliest first
    ruled: tuple[str, ...] = ()  # people's rulings on its claims, in words

    def said(self, prop: str, *scopes: str) -> list[Statement]:
        """Give what is affirmed of a property, of these scopes or of any."""
        return [
            one
            for one in self.statements
            if one.prop == prop and one.stance != "denies" and (not scopes or one.scope in scopes)
        ]

    def denied(self, prop: str) -> list[Statement]:
        """Give what is denied of a property."""
        return [one for one in self.statements if one.prop == prop and one.stance == "denies"]

    def denials(self) -> list[str]:
        """Say who denies what: responsibility, and figures of dead and injured."""
        words = []
        deniers = [*self.denied("responsibility"), *self.denied("actor")]
        if deniers:
            words.append(f"responsibility is denied by {listed(one.said_by for one in deniers)}")
        for prop in ("killed", "injured"):
            told = listed(f"{show('count', one.value)} ({one.said_by})" for one in self.denied(prop))
            words += [f"{prop} is denied: {told}"] * bool(told)
        return words

    def values(self, prop: str) -> list[str]:
        """Give the settled values of a property that something supports, the first to print first."""
        return [row["value"] for row in self.event["values"] if row["prop"] == prop and row["support"]]

    @property
    def originals(self) -> list[Printed]:
        """The first report of each lineage: what is left when copies count with their original."""
        return list({one.lineage: one for one in sorted(self.reports, key=_original_last)}.values())

    def set_aside(self, props: Sequence[str] = ("killed", "injured")) -> list[str]:
        """Say what no longer stands of these properties: words replaced by their source, and what copies changed."""
        names = ("revised", "drift in copies")
        rows = [row for row in self.event["relations"] if row["name"] in names and row["prop"] in props]
        return list(dict.fromkeys(f"{row['prop']}, {row['name']}: {row['note']}" for row in rows))


def _original_last(one: Printed) -> bool:
    # A dict keeps the last of equal keys: the original where it reports the event, else any copy of it.
    return one.article == one.lineage


def is_one(left: str, right: str) -> bool:
    """Tell whether two names are of one body, or of a body and a part of it; a state's rebels are no part of it."""
    if left == right:
        return True
    within = compare_name(left, right) in ("equal", "inside", "contains")
    return within and (kind_of(left) in REBEL) == (kind_of(right) in REBEL)


def same_source(left: Statement, right: Statement) -> bool:
    """Tell whether two voices are one source: one name, or a body and the state or force that it is part of."""
    if left.own != right.own:
        return False
    if left.own:
        return left.voice == right.voice
    return is_one(left.voice, right.voice)


def voices(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Group statements by source, in order; all outlets that relay one ministry are one group."""
    groups: list[list[Statement]] = []
    for one in statements:
        home = next((group for group in groups if any(same_source(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def independent(statements: Iterable[Statement]) -> int:
    """Count independent sources: no more than there are voices, and no more than there are lineages."""
    rows = list(statements)
    return min(len(voices(rows)), len({one.lineage for one in rows}))


def told(statement: Statement) -> str:
    """Give a statement in words: "at least 12 civilians (health ministry, in Tarn Post)"."""
    whom = ONE.get(statement.scope, statement.scope) if statement.value == "1" else statement.scope
    scope = "" if whom == "all" else f" {whom}"
    hedge = ", hedged" if statement.stance == "hedges" else ""
    return f"{show('count', statement.value)}{scope} ({statement.said_by}{hedge})"


def listed(words: Iterable[str]) -> str:
    """Join words without repeating any."""
    return "; ".join(dict.fromkeys(words))
