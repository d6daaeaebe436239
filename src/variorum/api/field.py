"""One field of an event, killed or weapon or place, with every value that any report gives for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from variorum.api.claim import bounds_of, value_words
from variorum.schema import load_schema
from variorum.show.table import WORST, Line
from variorum.show.words import OWN_VOICE, plain, plural

if TYPE_CHECKING:
    from variorum.api.claim import Claim

NOT_SETTLED = "not settled"  # the status of a value that stands against the settled one, or was given up
POLICIES: Mapping[str, str] = {
    "count": "the value that most independent sources give; a tie gives a range",
    "narrow": "the most precise value that agrees with the others",
    "set": "every value, each with its support",
}


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """One value of one field, with who says so; `str()` gives it in words."""

    event: str  # event id
    prop: str
    scope: str | None
    value: str  # canonical
    words: str  # for people, with (hedged) or (denied) where all who say it do
    status: str  # single, agreed, contested; "not settled" for one that stands against the settled one
    relation: str  # how its claims stand to others: contradicts, revised, agrees …; "" for none
    note: str  # of that relation
    lineages: int  # independent texts that say it
    copies: int  # copies that say it
    speakers: tuple[str, ...]  # who said it, each by one name; "" is an outlet's own voice
    basis: str  # the rule that chose it, in words; "" for one that is not settled
    claims: Sequence[Claim] = field(compare=False)

    @property
    def low(self) -> float | str | None:
        """The lowest that it can be: a number, of a date an ISO day; None where it has no bound."""
        return bounds_of(self.prop, self.value)[0]

    @property
    def high(self) -> float | str | None:
        """The highest that it can be; None where it is open."""
        return bounds_of(self.prop, self.value)[1]

    @property
    def one_source(self) -> bool:
        """Whether several independent texts say it, and all of them from one speaker."""
        return self.lineages > 1 and len(self.speakers) == 1 and self.speakers[0] != ""

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        said = "; ".join(plain(name) or OWN_VOICE for name in self.speakers)
        name = name_of(self.prop, self.scope)
        return f"<Value {name} = {plain(self.words)}: {self.status}, {plural(self.lineages, 'lineage')}, {said}>"


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One field of an event: its values, settled ones first."""

    name: str  # the property with its scope, in words: killed (civilians)
    prop: str
    scope: str | None
    values: tuple[Value, ...]

    @property
    def relation(self) -> str:
        """The worst relation among its claims: impossible, contradicts, revised, overlaps, agrees …; "" for none."""
        found = [value.relation for value in self.values if value.relation]
        return min(found, key=lambda name: WORST.index(name) if name in WORST else len(WORST), default="")

    @property
    def headline(self) -> Value | None:
        """The value to print, by the policy; None where all that was said is denied."""
        return next((value for value in self.values if value.status != NOT_SETTLED), None)

    @property
    def policy(self) -> str:
        """How the headline is chosen, in words."""
        return POLICIES[load_schema().properties[self.prop].settle]

    def __repr__(self) -> str:
        told = ", ".join(plain(value.words) for value in self.values)
        return f"<Field {self.name}: {told}{f' ({self.relation})' if self.relation else ''}>"


def name_of(prop: str, scope: str | None) -> str:
    """Name a property with its scope, in words."""
    return prop.replace("_", " ") + (f" ({scope})" if scope and scope != "all" else "")


def make_fields(found: Mapping[str, Any], lines: Sequence[Line], claims: Mapping[str, Claim]) -> dict[str, Field]:
    """Give the fields of an event by name, from its exported object and the lines of its claim table."""
    fields = {}
    for name, group in groupby(lines, key=lambda line: line.name):
        rows = list(group)
        scope = next(
            (value["scope"] for value in found["values"] if name_of(value["prop"], value["scope"]) == name), None
        )
        settled = _settled_rows(found, rows[0].prop, scope)
        values = _once(_value(found["id"], scope, line, settled, claims) for line in rows)
        fields[name] = Field(name, rows[0].prop, scope, values)
    return fields


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    """Put together the rows of one value: what its source said before, or again, supports nothing more, but is said."""
    found: dict[str, Value] = {}
    for value in values:
        first = found.get(value.words)
        if first is None:
            found[value.words] = value
            continue
        found[value.words] = replace(
            first,
            note="; ".join(dict.fromkeys(filter(None, (first.note, value.note)))),
            speakers=tuple(dict.fromkeys((*first.speakers, *value.speakers))),
            claims=(*first.claims, *value.claims),
        )
    return tuple(found.values())


def _settled_rows(found: Mapping[str, Any], prop: str, scope: str | None) -> list[Mapping[str, Any]]:
    return [row for row in found["values"] if row["prop"] == prop and (row["scope"] or "all") == (scope or "all")]


def _value(
    event: str, scope: str | None, line: Line, settled: Sequence[Mapping[str, Any]], claims: Mapping[str, Claim]
) -> Value:
    own = tuple(claims[claim["id"]] for claim in line.claims)
    row = _row_of(line, settled) if line.settled else None
    return Value(
        event=event,
        prop=line.prop,
        scope=scope,
        value=row["value"] if row is not None else own[0].value,
        words=line.value,
        status=row["status"] if row is not None else NOT_SETTLED,
        relation=line.relation,
        note=line.note,
        lineages=line.lineages,
        copies=line.copies,
        speakers=line.sources,
        basis=row["basis"] if row is not None else "",
        claims=own,
    )


def _row_of(line: Line, settled: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Find the settled value that a line shows: by its claims; where it has none, by its words."""
    ids = {claim["id"] for claim in line.claims}
    if ids:
        return next((row for row in settled if ids == set(row["support"])), None)
    return next((row for row in settled if value_words(line.prop, row["value"]) == line.value), None)


def make_values(found: Mapping[str, Any], claims: Mapping[str, Claim]) -> list[Value]:
    """Give the settled values of an event alone, as the table of values has them."""
    return [
        Value(
            event=found["id"],
            prop=row["prop"],
            scope=row["scope"],
            value=row["value"],
            words=value_words(row["prop"], row["value"]),
            status=row["status"],
            relation="",
            note="",
            lineages=row["lineages"],
            copies=row["copies"],
            speakers=tuple(row["sources"]),
            basis=row["basis"],
            claims=tuple(claims[id] for id in row["support"] if id in claims),
        )
        for row in found["values"]
    ]
