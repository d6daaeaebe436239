"""Which claims of one event stand, each with its voice: what every rule of counting begins with. No value is chosen.

Invariant: what a copy changed, what its own source replaced later and what a bracket converts does not stand; nothing
else is left out, and a denial stays a denial.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variorum.model import Event
from variorum.resolve.heads import add_heads, without_the_dead
from variorum.resolve.twice import second_figures
from variorum.resolve.voices import Said, add_up, find_drift, find_replaced


def standing(said: Iterable[Said], texts: Mapping[str, str], event: Event) -> list[Said]:
    """Give what stands of an event's claims, earliest first; figures that one voice counts side by side are summed.

    In: the claims with their voices and people's rulings applied, the texts by article id, the event with its relations
    and values. Method: docs/model.md, "Which value is printed"; beyond it, a figure of one scope that its source
    replaced by one of another scope (23 civilians, later 21 people) does not stand either.
    """
    everything, _ = add_heads(add_up(list(said), texts), texts)
    gone = set(find_drift(everything)) | set(second_figures(everything, texts))
    gone |= {row.left for row in event.relations if row.name == "revised"}
    rows: dict[tuple[str, str], list[Said]] = {}
    for one in everything:
        if one.claim.id not in gone:
            rows.setdefault((one.claim.prop, one.scope), []).append(one)
    kept: list[Said] = []
    for key, claims in rows.items():
        replaced = find_replaced(claims)
        left = [one for one in claims if one.claim.id not in replaced]
        if key == ("injured", "all"):
            left, _ = without_the_dead(left, event.values, rows.get(("killed", "all"), []))
        kept.extend(left)
    return sorted(kept, key=lambda one: one.place)
