"""A thing that goes on over several events: a convoy that left and arrives, a siege laid and broken, talks resumed.

Invariant: a step needs words that say so in the later event's reports, and the agreement that its rule names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.model import Event, Mention
from variorum.resolve.happened import Happened, Shelf, figures_meet, one_place, share_place
from variorum.resolve.linkwords import Step, load_link_words, sentence_around
from variorum.resolve.telling import Telling
from variorum.resolve.ties import Found, Known, describe


def stepped(event: Event, told: Sequence[tuple[Telling, Mention]], known: Known) -> Iterator[tuple[Telling, Found]]:
    """Yield the ties of one event to the step before it, with the report that says so; `told` are its mentions."""
    later = known.events[event.id]
    for step in load_link_words().steps:
        if event.kind not in step.later or later.low is None:
            continue
        said = [(telling, span) for telling, mention in told if (span := _words(step, telling, mention)) is not None]
        earlier = _step_before(step, later, known.shelf) if said else None
        if earlier is not None:
            for telling, span in said:
                yield telling, Found(later.id, earlier.id, "later in", *span, describe(later, earlier))
            return


def _words(step: Step, told: Telling, mention: Mention) -> tuple[int, int] | None:
    """Give the span of the words that say that it goes on; of people under way, the words that say where they left."""
    _, end = sentence_around(told.article.text, mention.start, mention.end)
    if step.stems and not any(stem in told.article.text[mention.start : end].lower() for stem in step.stems):
        return None
    match = step.words.search(told.article.text, mention.start, end)
    if match is None:
        return None
    if step.agree == "route":
        left = [row for row in told.claims if row.mention_id == mention.id and row.prop == "place_from"]
        return (left[0].start, left[0].end) if left else None
    return match.span()


def _step_before(step: Step, later: Happened, shelf: Shelf) -> Happened | None:
    """Give the latest event that the later one continues; None where two of one day fit."""
    assert later.low is not None
    kinds = {later.kind} & step.earlier if step.same_kind else step.earlier
    fits: dict[str, Happened] = {}
    for one in _near(step, later, kinds, shelf):
        before = one.low is not None and (one.low < later.low or (one.low == later.low and step.agree == "route"))
        one_day = step.days > 1 or one.low == one.high  # "for a third day" goes on from a day
        if one.id != later.id and before and one_day and _agree(step, later, one):
            fits[one.id] = one
    latest = max((one.low or 0 for one in fits.values()), default=0)
    last = [one for one in fits.values() if one.low == latest]
    return last[0] if len(last) == 1 else None


def _near(step: Step, later: Happened, kinds: set[str] | frozenset[str], shelf: Shelf) -> Iterator[Happened]:
    low, high = (later.low or 0) - step.days, later.low or 0
    if step.agree == "parties":
        for name in sorted(later.names):
            yield from shelf.find_by_name(name, kinds, low, high)
    for place in later.origins if step.agree == "route" else later.places:
        yield from shelf.find(place, kinds, low, high)


def _agree(step: Step, later: Happened, earlier: Happened) -> bool:
    if step.agree == "place":
        return share_place(later.places, earlier.places) is True
    if step.agree == "parties":
        shared = later.names & earlier.names
        return len(shared) >= 2 or (len(shared) == 1 and share_place(later.places, earlier.places) is True)
    # What left from A may be placed in A by its report, or said to come from A; it can be no other number of people.
    left_from = [*earlier.origins, *earlier.places]
    return (
        any(one_place(mine, theirs) for mine in later.origins for theirs in left_from)
        and figures_meet(later.figures, earlier.figures) is not False
    )
