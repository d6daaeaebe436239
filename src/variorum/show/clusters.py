"""Brings spots together that a map cannot show apart: an area that several events name, many pins in one town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.show.projection import Frame
from variorum.show.spots import Spot

SINGLY = 40  # up to so many pins are moved apart; more are counted where they are closer than CLOSE pixels
CLOSE = 22.0
NAMED = 6  # numbers written out before "…"


@dataclass(frozen=True, slots=True)
class Together:
    """Spots under one mark."""

    spot: Spot  # what is drawn
    spots: tuple[Spot, ...]  # whom it stands for

    @property
    def is_count(self) -> bool:
        """Whether its pin shows how many it stands for, not the number of one."""
        return self.spot.kind == "exact" and len(self.spots) > 1

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its spots, each once."""
        return tuple(dict.fromkeys(spot.number for spot in self.spots))

    @property
    def words(self) -> str:
        """The whole of it in one line."""
        if len(self.spots) == 1:
            return self.spot.words
        more = f"; and {len(self.spots) - NAMED} more" if len(self.spots) > NAMED else ""
        return f"{len(self.spots)} marks: " + "; ".join(spot.words for spot in self.spots[:NAMED]) + more


def bring_together(spots: Sequence[Spot], frame: Frame) -> list[Together]:
    """Give the marks in the order of their first spots."""
    areas: dict[tuple[object, ...], list[Spot]] = {}
    pins: list[tuple[float, float, list[Spot]]] = []
    found: list[list[Spot]] = []
    many = sum(spot.kind == "exact" for spot in spots) > SINGLY
    for spot in spots:
        group: list[Spot] | None = None
        if spot.kind == "exact":
            x, y = frame.point(spot.lat, spot.lon) if many else (0.0, 0.0)
            if many:
                near = (g for gx, gy, g in pins if (gx - x) ** 2 + (gy - y) ** 2 < CLOSE**2 and g[0].role == spot.role)
                group = next(near, None)
            if group is None:
                group = []
                pins.append((x, y, group))
                found.append(group)
        else:
            key = (spot.kind, spot.role, spot.area or (round(spot.lat, 3), round(spot.lon, 3)), round(spot.radius_km))
            group = areas.get(key)
            if group is None:
                group = areas[key] = []
                found.append(group)
        group.append(spot)
    return [_together(group) for group in found]


def _together(group: Sequence[Spot]) -> Together:
    first = group[0]
    if len(group) == 1:
        return Together(first, (first,))
    numbers = list(dict.fromkeys(spot.number for spot in group if spot.number))
    listed = ", ".join(numbers[:NAMED]) + ("…" if len(numbers) > NAMED else "")
    is_pin = first.kind == "exact"
    spot = replace(
        first,
        number=f"×{len(group)}" if is_pin else listed,
        label="" if is_pin else first.label,
        lineages=max(spot.lineages for spot in group),
        single=all(spot.single for spot in group),
        href=first.href if len({spot.href for spot in group}) == 1 else "",
    )
    return Together(spot, tuple(group))
