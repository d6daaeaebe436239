"""The pictures of a card: its evidence as a waterfall, and on a map the places that a name can mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from variorum.pipeline import Card
from variorum.pipeline.reasons import needed_score
from variorum.show.charts import EvidenceStep, draw_waterfall
from variorum.show.map import MapDrawing, MapView, draw_map
from variorum.show.spots import make_spot
from variorum.values.gazetteer import Entry

SMALL = 0.05  # log-odds: weights under it are one step


def draw_pictures(card: Card) -> dict[str, Any]:
    """Draw what a card shows at once; the map is drawn when it is asked for."""
    found = card.evidence
    if found is None:
        return {"waterfall": None}
    steps = [EvidenceStep(row.name, row.weight, row.left, row.right) for row in found.used if abs(row.weight) >= SMALL]
    rest = sum(row.weight for row in found.used if abs(row.weight) < SMALL)
    if rest:
        steps.append(EvidenceStep("smaller ones", rest))
    needed = needed_score()
    svg = draw_waterfall(steps, math.log(needed / (1 - needed)), title="Evidence for and against one event")
    return {"waterfall": Markup(svg)}


def draw_candidates(places: Sequence[Entry]) -> MapDrawing:
    """Draw the places that a name can mean, with the number that chooses each."""
    spots = [replace(make_spot(entry.id), number=str(number)) for number, entry in enumerate(places, start=1)]
    return draw_map(spots, MapView(width=528.0, height=260.0), title="Places that the name can mean")
