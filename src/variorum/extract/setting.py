"""When and where an event happened that its own clauses do not say: told right behind them, or by the whole report.

Invariant: what a sentence behind the event says is claimed as said; where the report as a whole plays is hedged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.extract.attribution import Attribution
from variorum.extract.dayof import Day, is_of_the_law
from variorum.extract.locality import HAPPENED, Locality
from variorum.extract.means import Draftclaim
from variorum.extract.mentions import Draft
from variorum.extract.realis import VIOLENT, Frame
from variorum.extract.whereabouts import find_places_told
from variorum.model import Found


def find_setting(
    draft: Draft, followed: Sequence[Frame], home: Locality | None, day: Day | None, attributions: Sequence[Attribution]
) -> Iterator[Draftclaim]:
    """Yield the day and place of a violent event that its own clauses lack; offsets in the article.

    `followed` are the sentences behind it without an event of their own; `home` is where the report plays, `day` when.
    """
    if draft.background or draft.family not in VIOLENT:
        return
    dated = any(_is_dated(frame) for frame in draft.frames)
    placed = any(_is_placed(frame, draft.kind, attributions) for frame in draft.frames)
    for aside in followed:
        if HAPPENED.search(aside.sentence.text) is None:
            continue
        base = aside.sentence.start
        if not dated:
            for found in aside.dates:
                if len(found.value) > 4 and not found.extra.get("since"):
                    yield Draftclaim("date", found.value, base + found.start, base + found.end)
                    dated = True
        if not placed:
            for found in aside.places:
                if _is_local(found):
                    yield Draftclaim("place", found.value, base + found.start, base + found.end)
                    placed = True
    if not dated and day is not None:
        yield Draftclaim("date", day.value, day.start, day.end, stance="hedges")
    if not placed and home is not None:
        yield Draftclaim("place", home.value, home.start, home.end, stance="hedges")


def _is_dated(frame: Frame) -> bool:
    return any(not is_of_the_law(frame.sentence.text, found) for found in frame.dates)


def _is_placed(frame: Frame, kind: str, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a clause says in which town its event was: "Tarnville police said" does not."""
    told = {row.start for row in find_places_told(frame, kind, frame.sentence.start, attributions)}
    return any(_is_local(found) and found.start in told for found in frame.places)


def _is_local(found: Found) -> bool:
    return not found.extra.get("metonym") and found.extra.get("feature") in {"city", "admin2"}
