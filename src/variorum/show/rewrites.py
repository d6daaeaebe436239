"""What a copy says otherwise than its original, claim by claim. No ledger, no markup.

Invariant: only what both were read to state is held side by side; a copy that leaves a thing out says nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.schema import load_schema
from variorum.values import show


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One property that a copy states otherwise."""

    prop: str
    scope: str  # "" where the property has none
    original: tuple[str, ...]  # values for people that only the original states
    copy: tuple[str, ...]  # that only the copy states; empty: it leaves out those of the original

    @property
    def words(self) -> str:
        """Say it: "weapon: cruise missile → missile"."""
        name = self.prop.replace("_", " ") + (f" ({self.scope})" if self.scope not in ("", "all") else "")
        if not self.original:
            return f"{name}: {' / '.join(self.copy)} added"
        return f"{name}: {' / '.join(self.original)} → {' / '.join(self.copy) or 'left out'}"


def find_rewrites(
    original: Iterable[Mapping[str, Any]], copy: Iterable[Mapping[str, Any]], *, left_out: bool = False
) -> list[Rewrite]:
    """Give what a copy states otherwise; with `left_out` also what it does not state at all.

    In: the claims of both on one event, as objects of the export.
    """
    ours, theirs = _values(original), _values(copy)
    order = list(load_schema().properties)
    found = []
    for key in sorted(ours.keys() | theirs.keys(), key=lambda key: (order.index(key[0]), key[1])):
        mine, other = ours.get(key, ()), theirs.get(key, ())
        gone = tuple(value for value in mine if value not in other)
        new = tuple(value for value in other if value not in mine)
        if new or (gone and left_out):
            found.append(Rewrite(*key, gone, new))
    return found


def _values(claims: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for claim in claims:
        prop = load_schema().properties[claim["prop"]]
        mark = {"asserts": "", "hedges": " (hedged)", "denies": " (denied)"}[claim["stance"]]
        scope = (claim["scope"] or "all") if prop.scoped else ""
        found[prop.code, scope][show(prop.type, claim["value"]) + mark] = None
    return {key: tuple(sorted(values)) for key, values in found.items()}
