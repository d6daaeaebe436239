"""A report's count of several events, "four strikes on Raqqa since August", and the events that it counts.

Invariant: what is counted lies whole in the stated time and place and is of the kind that the noun names; where far
more events fit than the report counts, it counts something else, and nothing is linked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from variorum.model import Counted, Mention, make_counted
from variorum.resolve.happened import Happened, lies_in, weapons_meet
from variorum.resolve.linkwords import Tally, find_tallies
from variorum.resolve.telling import Telling
from variorum.resolve.terms import bounds
from variorum.resolve.ties import Found, Known, describe
from variorum.resolve.view import Extent, make_extent
from variorum.values.weapon import find_weapons

# "43 attacks on clinics in the province": what is attacked, where it is no place.
_ON = re.compile(r"\s+(?:on|against|targeting|at)\s+(?P<words>[^.,;:()\"“”]{3,60})")
_ENDS = re.compile(r"\s(?:in|since|this|that|which|over|during|by|near|within|have|has|had|was|were|last|on|of)\b")
_SMALL = frozenset({"the", "and", "their", "its", "his", "her", "a", "an", "of"})
_STEM = 5  # letters by which "hospital" and "hospitals", "clinic" and "clinics" are one word
MOST = 200  # events behind one count: "hundreds of raids this year" is not a list of them
SLACK = 2  # a count of four with ten found counts something else; with six, two reports may tell of one event


def counts(told: Telling, known: Known) -> Iterator[tuple[Counted, list[Found]]]:
    """Yield the counts of one report with the events found, and their ties to a round-up that is an event itself."""
    for tally in find_tallies(told.article.text, told.article.published):
        mention = told.mention_at(*tally.sentence)
        if mention is None:
            continue
        own = told.event_of.get(mention.id)
        places = _places(told, tally, mention, known)
        targets = _targets(told, tally)
        found = {
            key: one for key, one in _find(tally, places, known).items() if not targets or targets & _stems(one.targets)
        }
        if own is not None and tally.itself:
            found[own] = known.events[own]
        whole = own is not None and not tally.itself and _is_round_up(known.events[own], mention, tally)
        if whole and own is not None:
            found.pop(own, None)
        if not found or len(found) > _most(tally):
            continue
        yield (
            make_counted(
                mention,
                told.article,
                start=tally.start,
                end=tally.end,
                stated=tally.stated,
                what=tally.what,
                since=date.fromordinal(tally.since).isoformat(),
                until=date.fromordinal(tally.until).isoformat(),
                places=tuple(sorted(place.value for place in places)),
                events=tuple(sorted(found)),
            ),
            [
                Found(one.id, own, "part of", tally.start, tally.end, describe(one, known.events[own], "counted by it"))
                for one in found.values()
                if whole and own is not None
            ],
        )


def _most(tally: Tally) -> float:
    span = bounds("count", tally.stated)
    high = math.inf if span is None else span[1]
    low = 0.0 if span is None else span[0]
    return min(MOST, 2 * high + SLACK) if high < math.inf else min(MOST, 10 * low + SLACK)


def _places(told: Telling, tally: Tally, mention: Mention, known: Known) -> list[Extent]:
    """Give the places that are counted over: those of the sentence, else those of the mention; the closest only."""
    here = [row for row in told.claims_in(*tally.sentence) if row.prop == "place"]
    own = [row for row in told.claims if row.prop == "place" and row.mention_id == mention.id]
    values = dict.fromkeys(row.value for row in here or own)
    extents = [make_extent(value, known.gazetteer, known.extents) for value in values]
    return [one for one in extents if not any(other is not one and lies_in(other, one) for other in extents)]


def _targets(told: Telling, tally: Tally) -> frozenset[str]:
    """Give the stems of what the counted attacks were on; nothing where that is a place, or not said."""
    match = _ON.match(told.article.text, tally.after)
    if match is None:
        return frozenset()
    cut = _ENDS.search(match["words"])
    end = match.start("words") + (cut.start() if cut else len(match["words"]))
    if any(row.prop == "place" for row in told.claims_in(match.start("words"), end)):
        return frozenset()
    return _stems([told.article.text[match.start("words") : end]])


def _stems(values: Iterable[str]) -> frozenset[str]:
    words = {word for value in values for word in re.findall(r"\w+", value.lower())}
    return frozenset(word[:_STEM] for word in words - _SMALL)


def _find(tally: Tally, places: Sequence[Extent], known: Known) -> dict[str, Happened]:
    """Give the events that a count can count, no more than a few beyond what it states."""
    weapons = [found.value for found in find_weapons(tally.what)]
    limit = _most(tally) + 1
    found: dict[str, Happened] = {}
    for place in places:
        for seen, one in enumerate(known.shelf.find(place, tally.kinds, tally.since, tally.until)):
            if len(found) > limit or seen > 10 * MOST:
                break
            inside = one.low is not None and one.high is not None and tally.since <= one.low and one.high <= tally.until
            if inside and weapons_meet(weapons, one.weapons) and any(lies_in(mine, place) for mine in one.places):
                found[one.id] = one
    return found


def _is_round_up(event: Happened, mention: Mention, tally: Tally) -> bool:
    """Tell whether an event is the sum itself: its passage opens with the count, and it is of no single day."""
    opens = tally.sentence[0] <= mention.start < tally.sentence[1] or mention.start <= tally.start < mention.start + 60
    return opens and (event.low is None or event.low != event.high)
