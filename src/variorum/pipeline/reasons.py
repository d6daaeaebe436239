"""Why two mentions are one event or not, from a ledger: the matcher's sum, people's word, and how they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from variorum.ledger import Ledger
from variorum.ledger.listing import Placed, list_places
from variorum.ledger.nearby import Around, near_mentions
from variorum.ledger.picked import (
    pick_articles,
    pick_claims,
    pick_copies,
    pick_events_of,
    pick_mentions,
    pick_rulings,
)
from variorum.model import Judgement
from variorum.pipeline.listing import has_index
from variorum.pipeline.places import gazetteer
from variorum.resolve.compare import Comparison, can_be_one, compare, load_weights, weigh
from variorum.resolve.explain import RULES, Explanation, explain
from variorum.resolve.nearness import ALIKE, MARGIN_KM
from variorum.resolve.view import Extent, MentionView, make_views
from variorum.schema import load_schema
from variorum.values.gazetteer import distance_km

# Of two mentions of which one states no day: printed further apart, the printing alone weighs -2.4.
NEAR_DAYS = 90
ONE_DAY = 2  # that two stated days, or a day and the printing, can be apart by; and one for time zones
FAR = 0.05  # a score under this is no candidate worth naming


@dataclass(frozen=True, slots=True)
class Near:
    """Another event that a mention could belong to."""

    event: str  # event id
    score: float  # of its closest mention


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions held against each other."""

    left: str  # mention id
    right: str
    left_event: str | None
    right_event: str | None
    joined: bool  # in one event now
    needed: float  # the score at which the matcher joins
    people: tuple[str, ...]  # what people said of the pair, in words
    explanation: Explanation
    nearest: Near | None  # of the right mention, besides the events of the pair; only where it is kept apart


def find_pairs(ledger: Ledger, left: Collection[str], right: Collection[str], *, every: bool = True) -> list[Pair]:
    """Give the pairs of mentions across the two sides: joined pairs first, then by score, best first.

    Without `every` only the first of them.
    """
    asked = {*left, *right}
    reports = {mention.article_id for mention in pick_mentions(ledger, asked)}
    # With all mentions of their reports: one that states no place or day is read with those of the others.
    views = _read_views(ledger, reports)
    event_of = pick_events_of(ledger, asked)
    said = _said(ledger)
    pairs: dict[tuple[str, str], Pair] = {}
    for one in sorted(left):
        for other in sorted(right):
            if one == other or one not in views or other not in views:
                continue
            key = (min(one, other), max(one, other))
            event = event_of.get(one)
            pairs[key] = Pair(
                one,
                other,
                event,
                event_of.get(other),
                event is not None and event == event_of.get(other),
                load_weights()["join"],
                tuple(said.get(key, ())),
                explain(turned_to(one, compare(views[one], views[other]))),
                None,
            )
    found = sorted(pairs.values(), key=lambda pair: (not pair.joined, -pair.explanation.score, pair.left, pair.right))
    return [_with_nearest(ledger, pair, views) for pair in (found if every else found[:1])]


def _said(ledger: Ledger) -> dict[tuple[str, str], list[str]]:
    said: dict[tuple[str, str], list[str]] = {}
    last: dict[tuple[str, str, str], Judgement] = {}  # each person's last open word on a pair
    for row in ledger.judgements():
        if not row.blind:
            last[row.left, row.right, row.by] = row
    for row in last.values():
        if row.by != "matcher":
            key = (min(row.left, row.right), max(row.left, row.right))
            said.setdefault(key, []).append(f"{row.by} said {row.verdict}" + (f": {row.why}" if row.why else ""))
    return said


def _read_views(ledger: Ledger, articles: Collection[str], *, bare: bool = False) -> dict[str, MentionView]:
    """Lay out the mentions of articles, by id; `bare` without the words of texts and passages."""
    printed, mentions = pick_articles(ledger, articles), pick_mentions(ledger, articles=articles)
    claims = pick_claims(ledger, [mention.id for mention in mentions])
    copies = pick_copies(ledger, articles)
    if bare:
        printed = [replace(article, text="") for article in printed]
        mentions = [replace(mention, quote="") for mention in mentions]
    found = make_views(
        printed,
        mentions,
        claims,
        copies,
        pick_rulings(ledger, {*articles, *(mention.id for mention in mentions), *(claim.id for claim in claims)}),
        gazetteer=gazetteer(),
    )
    return {view.id: view for view in found}


def _with_nearest(ledger: Ledger, pair: Pair, views: Mapping[str, MentionView]) -> Pair:
    if pair.joined:
        return pair
    view = views[pair.right]
    event_of = {
        mention: event
        for mention, event in _near_mentions(ledger, view).items()
        if event not in (pair.left_event, pair.right_event)
    }
    near: list[Near] = []
    for other in _read_possible(ledger, event_of, view):
        weighed = weigh(view, other)
        if weighed.veto is None and weighed.score >= FAR:
            near.append(Near(event_of[other.id], weighed.score))
    return replace(pair, nearest=min(near, key=lambda row: (-row.score, row.event), default=None))


def _near_mentions(ledger: Ledger, view: MentionView) -> dict[str, str]:
    """Lead the mentions near one in kind, time and place to their events; all where the ledger has no index of them."""
    if not has_index(ledger):
        return {mention: event.id for event in ledger.events() for mention in event.mentions}
    first, last = _stated(view)
    printed = view.published
    stated = latest = None
    if first is not None and last is not None:
        stated = (_day(first - ONE_DAY), _day(last + ONE_DAY))
        latest = (_day(first - ONE_DAY), _day(last + NEAR_DAYS))
    elif printed is not None:
        stated = (_day(printed - NEAR_DAYS), _day(printed + ONE_DAY))
        latest = (_day(printed - NEAR_DAYS), _day(printed + NEAR_DAYS))
    around = Around(
        kinds=[kind for kind in load_schema().kinds if can_be_one(view.kind, kind)],
        stated=stated,
        printed=latest,
        places=_places_near(ledger, view.places),
    )
    return near_mentions(ledger, around)


def _stated(view: MentionView) -> tuple[int | None, int | None]:
    """Give the first and last day that a mention states; None where one of its dates is open, or not said outright."""
    days = [stated.days for stated in view.dates]
    if not days or any(not one.days.known or one.hedged for one in view.dates):
        return None, None
    return min(one.low for one in days if one.low is not None), max(one.high for one in days if one.high is not None)


def _places_near(ledger: Ledger, here: Sequence[Extent]) -> list[str] | None:
    """Give the places that can be one with some of these, by the rule on places; None where it forbids none."""
    if not here or any(place.lat is None or place.feature == "country" or place.hedged for place in here):
        return None
    return [place.value for place in list_places(ledger, settled=False) if any(_can_meet(place, one) for one in here)]


def _can_meet(place: Placed, here: Extent) -> bool:
    """Tell whether the rule on places may allow two: one not on the map, a country, near, or of one name."""
    if place.lat is None or place.lon is None or place.value.startswith(("ne:", "name:")):
        return True
    apart = distance_km((place.lat, place.lon), (here.lat or 0.0, here.lon or 0.0))
    if apart <= (place.radius_km or 0.0) + here.radius_km + MARGIN_KM + 1:
        return True
    return fuzz.ratio(*sorted((place.name.casefold(), here.name.casefold()))) >= ALIKE


def _day(number: int) -> str:
    return date.fromordinal(max(1, min(number, date.max.toordinal()))).isoformat()


def _read_possible(ledger: Ledger, event_of: Collection[str], view: MentionView) -> list[MentionView]:
    """Lay out those of the mentions that no rule forbids to be of one event with another.

    The rules look at kinds, days and places only, so they are asked before any text is laid out, which takes longest.
    """
    reports = {mention.article_id for mention in pick_mentions(ledger, event_of)}
    possible = {
        bare.article_id
        for bare in _read_views(ledger, reports, bare=True).values()
        if bare.id in event_of and weigh(view, bare).veto is None
    }
    return [other for id, other in _read_views(ledger, possible).items() if id in event_of]


def needed_score() -> float:
    """Give the score, 0..1, from which the matcher joins two mentions."""
    needed: float = load_weights()["join"]
    return needed


def turned_to(left: str, comparison: Comparison) -> Comparison:
    """Turn a comparison so that its left side is the one asked for first."""
    if comparison.left == left:
        return comparison
    reasons = tuple(replace(reason, left=reason.right, right=reason.left) for reason in comparison.reasons)
    return replace(comparison, left=comparison.right, right=comparison.left, reasons=reasons)


__all__ = ["RULES", "Pair", "find_pairs", "turned_to"]
