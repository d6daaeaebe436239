"""Two events that a report ties together in words: a response, a later step, an anniversary.

Invariant: a tie needs the words, two different events, and days that allow it; where two fit alike, there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Claim, RelatedName
from variorum.resolve.days import Days, read_days
from variorum.resolve.happened import Happened, Shelf, figures_meet, share_place
from variorum.resolve.linkwords import Tie, find_ties, kinds_named, load_link_words
from variorum.resolve.telling import Telling
from variorum.resolve.terms import bounds
from variorum.resolve.view import Extent, Gazetteer, make_extent
from variorum.schema import load_schema

YEAR = 365.25
HEAD = 80  # characters behind the words in which the earlier event is named
ANNIVERSARY_DAYS = 7  # the march is held on the weekend before or after
UNDATED_BACK = 60  # an event told without its day is looked for so far back


@dataclass(frozen=True, slots=True)
class Found:
    """One tie of two events in one report."""

    later: str
    earlier: str
    name: RelatedName
    start: int
    end: int
    how: str  # what agrees, in words


@dataclass(frozen=True, slots=True)
class Known:
    """All events, by id and by place and time."""

    events: Mapping[str, Happened]
    shelf: Shelf
    gazetteer: Gazetteer | None
    extents: dict[str, Extent]


def tied(told: Telling, known: Known) -> Iterator[Found]:
    """Yield the ties of one report."""
    for tie in find_ties(told.article.text):
        sides = _sides(told.article.text, tie)
        if sides is None:
            continue
        later_side, earlier_side = sides
        later, earlier, pointed = _events(told, known, tie, later_side, earlier_side)
        how = ""
        if earlier is None and later is not None and _is_told(told, tie, known.events[later], later_side):
            earlier = _look_up(told, known, tie, known.events[later], earlier_side)
            how = "found by what the report says of it"
        if later is None or earlier is None or later == earlier:
            continue
        left, right = known.events[later], known.events[earlier]
        # Of an event only pointed at, the days have to show that it is the right one.
        sure = left.dated and right.dated if pointed else _says(left) and _says(right)
        if sure and _kinds_fit(told, tie, left, right, earlier_side[0]) and days_allow(tie, left, right):
            yield Found(later, earlier, tie.rule.name, tie.start, tie.end, describe(left, right, how))


def _sides(text: str, tie: Tie) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Give the stretches of the sentence that tell the later and the earlier event."""
    first, last = tie.sentence
    if tie.rule.later == "after":
        return (tie.end, last), (first, tie.start)
    if any(char.isalnum() for char in text[first : tie.start]):
        return (first, tie.start), (tie.end, last)
    comma = text.find(", ", tie.end, last)  # "In response to the raid on Sunday, rebels fired …"
    return None if comma < 0 else ((comma, last), (tie.end, comma))


def _events(
    told: Telling, known: Known, tie: Tie, later_side: tuple[int, int], earlier_side: tuple[int, int]
) -> tuple[str | None, str | None, bool]:
    """Give the later and the earlier event as the report's own mentions tell them, None for one that none tells.

    The last says that one of them is only pointed at: "the attack", or what was told before "responded with".
    """
    after, before = told.spoken_of(*later_side), told.spoken_of(*earlier_side)
    for event in after.keys() & before.keys():  # one mention takes in both sides: it tells the side where it says more
        del (before if after[event] >= before[event] else after)[event]
    later, earlier = _most(after), _most(before)
    pointing = load_link_words().pointing.search(told.article.text[tie.sentence[0] : tie.start])
    if later is None and pointing is not None:
        later = told.before(tie.sentence[0], earlier)
        kinds = kinds_named(pointing.group())
        return (later if later is None or not kinds or known.events[later].kind in kinds else None), earlier, True
    if earlier is None and tie.rule.later == "after":
        return later, told.before(tie.sentence[0], later), True
    return later, earlier, False


def _says(event: Happened) -> bool:
    """Tell whether anything is stated of an event by which it can be told from others."""
    return event.dated or bool(event.places)


def _is_told(told: Telling, tie: Tie, later: Happened, side: tuple[int, int]) -> bool:
    """Tell whether the later event of an anniversary is one, and not the remembered event read once more."""
    words = told.article.text[slice(*side)]
    return tie.rule.name != "anniversary of" or later.kind in kinds_named(words)


def _most(spoken: Counter[str]) -> str | None:
    ranked = sorted(spoken.items(), key=lambda row: (-row[1], row[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _look_up(told: Telling, known: Known, tie: Tie, later: Happened, side: tuple[int, int]) -> str | None:
    """Find the one event that fits what is said of it: its kind, and two of day, place and figures."""
    said = told.claims_in(*side)
    kinds = kinds_named(told.article.text[slice(*side)])
    places = [make_extent(row.value, known.gazetteer, known.extents) for row in said if row.prop == "place"]
    figures = {(row.prop, row.scope or "all"): row.value for row in said if bounds("count", row.value) is not None}
    span = _when(said, tie, later)
    if not kinds or span is None or span[2] + bool(places) + bool(figures) < 2:
        return None
    fits: set[str] = set()
    for place in places or _country(known, later):
        for one in known.shelf.find(place, kinds, span[0], span[1]):
            near = not places or share_place(places, one.places)
            same = figures_meet(figures, one.figures)
            if one.id != later.id and near and same is not False and (same or (span[2] and places)):
                fits.add(one.id)
            if len(fits) > 1:
                return None
    return fits.pop() if fits else None


def _when(said: Sequence[Claim], tie: Tie, later: Happened) -> tuple[int, int, bool] | None:
    """Give the days to look in, and whether the report states them."""
    days = [found for row in said if row.prop == "date" and (found := read_days(row.value)) is not None]
    stated = [_bounds(one) for one in days if one.known]
    if stated:
        return min(low for low, _ in stated), max(high for _, high in stated), True
    if later.low is None or later.high is None:
        return None
    if tie.rule.name == "anniversary of":
        if tie.years is None:
            return None
        there = later.low - round(YEAR * tie.years)
        return there - ANNIVERSARY_DAYS, there + ANNIVERSARY_DAYS, True
    return later.low - UNDATED_BACK, later.high, False


def _bounds(days: Days) -> tuple[int, int]:
    assert days.low is not None
    assert days.high is not None
    return days.low, days.high


def _country(known: Known, later: Happened) -> list[Extent]:
    countries = {place.country for place in later.places if place.country}
    return [make_extent(f"ne:{country}", known.gazetteer, known.extents) for country in sorted(countries)]


def _kinds_fit(told: Telling, tie: Tie, later: Happened, earlier: Happened, place: int) -> bool:
    """Tell whether the kinds are those of the rule, and the earlier one what the words behind `place` name."""
    named = kinds_named(told.article.text[place : place + HEAD]) if tie.rule.later == "before" else frozenset()
    if named and earlier.kind not in named:
        return False
    family = load_schema().family
    mine, theirs = family(later.kind), family(earlier.kind)
    if tie.rule.same_family and mine != theirs:
        return False
    return (not tie.rule.later_kinds or mine in tie.rule.later_kinds) and (
        not tie.rule.earlier_kinds or theirs in tie.rule.earlier_kinds
    )


def days_allow(tie: Tie, later: Happened, earlier: Happened) -> bool:
    """Tell whether the days of two events allow that they stand so to each other; an anniversary needs both days."""
    if later.low is None or later.high is None or earlier.low is None or earlier.high is None:
        return tie.rule.name != "anniversary of"
    if tie.rule.name == "anniversary of":
        passed = tie.years or max(1, round((later.low - earlier.low) / YEAR))
        return later.high >= earlier.low + YEAR * passed - ANNIVERSARY_DAYS and (
            later.low <= earlier.high + YEAR * passed + ANNIVERSARY_DAYS
        )
    return later.high >= earlier.low and later.low - earlier.high <= tie.rule.days


def describe(later: Happened, earlier: Happened, how: str = "") -> str:
    """Say in words what agrees between two events."""
    parts = [how] if how else []
    if later.low is None or earlier.low is None:
        parts.append("a day is not stated")
    else:
        gap = later.low - earlier.low
        parts.append("the same day" if gap <= 0 else "1 day later" if gap == 1 else f"{gap:,} days later")
    if share_place(later.places, earlier.places):
        parts.append("the same place")
    if later.names & earlier.names:
        parts.append("the same " + ", ".join(sorted(later.names & earlier.names)))
    return "; ".join(parts)
