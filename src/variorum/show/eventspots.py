"""The places of one event as spots of a map, from the exported event object. No ledger, no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from variorum.show.spots import Role, Spot, make_spot

ROLES: dict[str, Role] = {"place": "target", "place_from": "launch"}


def event_spots(found: Mapping[str, Any]) -> list[Spot]:
    """Give the settled places, numbered where there are several, and those that stand against them.

    From where it was fired has the number of the target that most lineages name: a line joins what has one number.
    """
    stated: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in found["values"]:
        if row["prop"] in ROLES and row["support"]:
            stated[row["prop"], row["value"]] = row
    spots = []
    for (prop, value), row in stated.items():
        spot = make_spot(value, role=ROLES[prop])
        spots.append(replace(spot, lineages=max(1, row["lineages"]), single=row["lineages"] == 1))
    targets = [spot for spot in spots if spot.role == "target"]
    aimed = max(targets, key=lambda spot: spot.lineages) if targets else None
    numbers = {id(spot): str(number) for number, spot in enumerate(targets or spots, start=1)}
    if sum(spot.placed for spot in spots) < 2:
        return [replace(spot, number="1") for spot in spots]
    return [replace(spot, number=numbers.get(id(spot), numbers.get(id(aimed), "1"))) for spot in spots]
