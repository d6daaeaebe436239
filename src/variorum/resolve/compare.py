"""Whether two mentions are one event: named, weighted reasons that add up, and rules that forbid. No grouping here.

Invariant: compare(a, b) == compare(b, a); the score is the logistic of the sum of the weights shown, nothing hidden,
and it depends on the two mentions alone, so that it does not change when other reports come or go.
The weights are a logistic regression over the levels of each sign (an additive model: Hastie and Tibshirani 1990; as a
sum of weights of evidence: Fellegi and Sunter 1969), made by `training/matcher`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from variorum.resolve import likeness, nearness
from variorum.resolve.signs import Sign, silent
from variorum.resolve.terms import shown
from variorum.resolve.view import MentionView
from variorum.schema import ValueType, load_schema

STATED_DATES_DIFFER = "stated-dates-differ"
PLACES_CANNOT_BE_ONE = "places-cannot-be-one"
PUBLISHED_BEFORE = "published-before-it-happened"
KINDS_CANNOT_BE_ONE = "kinds-cannot-be-one"
OPPOSITE_KINDS = frozenset(
    {
        frozenset({"siege.laid", "siege.broken"}),
        frozenset({"transfer.departed", "transfer.arrived"}),
        frozenset({"deployment.sent", "deployment.withdrawn"}),
        frozenset({"ceasefire", "ceasefire.broken"}),
    }
)
# The rarer a kind, the less likely that there were two in one place and week: strikes, clashes and attacks are common,
# a siege is broken once.
COMMON_KINDS = frozenset({"strike", "bombing", "clash", "attack", "destruction", "territory.advance"})
SINGLE_KINDS = frozenset({"siege.laid", "siege.broken", "agreement", "ceasefire"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what each side says and what it weighs."""

    name: str  # in words: "number of munitions"
    left: str  # shown; "" when that mention says nothing
    right: str
    weight: float  # log-odds; 0 when not used
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two mentions held against each other; left < right."""

    left: str
    right: str
    score: float  # 0..1
    reasons: tuple[Reason, ...]
    veto: str | None

    @property
    def logit(self) -> float:
        """Sum of all weights, log-odds."""
        return round(sum(reason.weight for reason in self.reasons), 6)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The same without words, for scoring many pairs."""

    logit: float
    veto: str | None

    @property
    def score(self) -> float:
        """Probability that the two are one event, by the weights alone."""
        return logistic(self.logit)


@cache
def load_weights() -> Mapping[str, Any]:
    """Give the shipped weights: factor → level → log-odds, with `prior`, `join` and `unsure`."""
    data: Mapping[str, Any] = tomllib.loads(
        files("variorum.resolve").joinpath("weights.toml").read_text(encoding="utf-8")
    )
    return data


def logistic(logit: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def compare(a: MentionView, b: MentionView) -> Comparison:
    """Hold two mentions against each other and say why they are or are not one event."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    weights = load_weights()
    signs, veto = gather_signs(left, right, told=True)
    reasons = (
        Reason("before any evidence", "", "", weights["prior"], ""),
        *(Reason(one.name, *_sides(one.name, left, right), weight_of(one, weights), one.note) for one in signs),
    )
    score = logistic(round(sum(reason.weight for reason in reasons), 6))
    return Comparison(left.id, right.id, score, reasons, veto)


def weigh(a: MentionView, b: MentionView) -> Weighed:
    """Weigh the evidence for two mentions being one event; the same sum as `compare` gives."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    weights = load_weights()
    signs, veto = gather_signs(left, right, told=False)
    logit: float = weights["prior"]
    for one in signs:
        if one.level:
            logit += weight_of(one, weights)
    return Weighed(round(logit, 6), veto)


def weight_of(sign: Sign, weights: Mapping[str, Any]) -> float:
    """Give what a sign weighs, log-odds; 0 for one that says nothing, or of a level that training never met."""
    if not sign.level:
        return 0.0
    weight: float = weights[sign.factor].get(sign.level, 0.0)
    return round(weight * sign.times, 3)


def gather_signs(left: MentionView, right: MentionView, *, told: bool) -> tuple[list[Sign], str | None]:
    """Give all signs of a pair, left.id <= right.id, and the rule that forbids it, if any; `told` asks for notes."""
    kind, kinds_differ = _kind(left.kind, right.kind)
    dates, dates_differ = nearness.compare_dates(left.dates, right.dates)
    met = not dates_differ and dates.level not in ("", "one_day_apart", "weekdays_apart")
    published, early = nearness.compare_publication(left, right, met=met)
    place, places_differ = nearness.compare_places(left.places, right.places)
    signs = [kind, dates, published, place, *_around(left, right, place=place, dates=dates)]
    if left.article_id == right.article_id:
        signs = [one for one in signs if one.factor != "published"]
        signs.append(_same_report(left, right))
    if nearness.is_open(left) or nearness.is_open(right):
        signs.append(Sign("time not known", "time", "open", "one of the two can be of any time"))
    signs += (
        likeness.compare_names("who did it", "actor", left.actors, right.actors),
        likeness.compare_names("target", "target", left.targets, right.targets),
        likeness.compare_values("weapon type", "weapon", "weapon", left.weapons, right.weapons),
        likeness.compare_values("fired from", "platform", "platform", left.platforms, right.platforms),
        likeness.compare_values("number of munitions", "munitions", "count", left.munitions, right.munitions),
        likeness.compare_values("distance", "distance", "quantity", left.distances, right.distances),
    )
    signs += likeness.compare_tolls(left, right)
    signs.append(likeness.compare_sources(left, right))
    signs += likeness.compare_wording(left, right, told=told)
    rules = (
        (kinds_differ, KINDS_CANNOT_BE_ONE),
        (dates_differ, STATED_DATES_DIFFER),
        (early, PUBLISHED_BEFORE),
        (places_differ, PLACES_CANNOT_BE_ONE),
    )
    return signs, next((rule for broken, rule in rules if broken), None)


def continues(left: MentionView, right: MentionView) -> bool:
    """Tell whether two passages of one report can be the same event told on: one has neither place nor day of its own.

    A report tells "Four people were shot in the park", and later "One of them was hit in the leg"; a passage that says
    "another", "elsewhere" or "last week" tells of something else.
    """
    if left.article_id != right.article_id or _kind(left.kind, right.kind)[1]:
        return False
    first, second = (left, right) if left.order < right.order else (right, left)
    return (first.bare or second.bare) and _OTHER.search(second.quote[:_OPENING]) is None


_OPENING = 160  # characters of a passage in which it says that it tells of something else
_OTHER = re.compile(
    r"\b(?:another|separate|second|third|earlier|previous(?:ly)?|other|also|meanwhile|elsewhere|in addition|unrelated"
    r"|days? (?:before|after|later)|last (?:week|month|year)|since)\b",
    re.I,
)


def _same_report(left: MentionView, right: MentionView) -> Sign:
    name = "same report"
    if continues(left, right):
        return Sign(name, "same_report", "continues", "one tells on, with no place or day of its own")
    return Sign(name, "same_report", "apart", "the reader of the report told the two apart")


def _around(left: MentionView, right: MentionView, *, place: Sign, dates: Sign) -> list[Sign]:
    """Hold what the rest of a report states against the other side, where a mention itself states no place or date."""
    found: list[Sign] = []
    if not place.level:
        sign, _ = nearness.compare_places(left.places or left.around_places, right.places or right.around_places)
        if sign.level:
            found.append(Sign("place of the report", "report_place", sign.level, sign.note))
    if not dates.level:
        sign, _ = nearness.compare_dates(left.dates or left.around_dates, right.dates or right.around_dates)
        if sign.level:
            found.append(Sign("date in the report", "report_date", sign.level, sign.note))
    return found


def can_be_one(left: str, right: str) -> bool:
    """Tell whether two kinds can be of one event."""
    return not _kind(left, right)[1]


@cache
def _kind(left: str, right: str) -> tuple[Sign, bool]:
    """Hold two kinds against each other; true when they cannot be one event."""
    name = "kind of event"
    schema = load_schema()
    if left == right:
        level = "same" if left in COMMON_KINDS else "same_single" if left in SINGLE_KINDS else "same_rare"
        return Sign(name, "kind", level, ""), False
    if frozenset({left, right}) in OPPOSITE_KINDS or not schema.compatible(left, right):
        return silent(name, "cannot be one event"), True
    if schema.family(left) == schema.family(right):
        return Sign(name, "kind", "family", "of one family"), False
    return Sign(name, "kind", "compatible", "can be one event seen from two sides"), False


def _sides(name: str, left: MentionView, right: MentionView) -> tuple[str, str]:
    teller = _SHOWN.get(name)
    if teller is None:
        teller = _toll_teller(name)
    return teller(left), teller(right)


def _toll_teller(prop: str) -> Callable[[MentionView], str]:
    def tell(view: MentionView) -> str:
        return ", ".join(
            shown("count", value) + ("" if scope == "all" else f" {scope}") for scope, value in view.tolls.get(prop, ())
        )

    return tell


def _joined(kind: ValueType, values: Iterable[str]) -> str:
    return ", ".join(shown(kind, value) for value in values)


def _published(view: MentionView) -> str:
    return "" if view.published is None else date.fromordinal(view.published).isoformat()


_SHOWN: Mapping[str, Callable[[MentionView], str]] = {
    "same report": lambda view: "",
    "time not known": lambda view: "",
    "kind of event": lambda view: view.kind,
    "date of event": lambda view: _joined("date", (stated.value for stated in view.dates)),
    "published": _published,
    "place": lambda view: _joined("place", (extent.value for extent in view.places)),
    "place of the report": lambda view: _joined("place", (one.value for one in view.places or view.around_places)),
    "date in the report": lambda view: _joined("date", (one.value for one in view.dates or view.around_dates)),
    "who did it": lambda view: _joined("name", sorted(view.actors)),
    "target": lambda view: _joined("name", sorted(view.targets)),
    "weapon type": lambda view: _joined("weapon", view.weapons),
    "fired from": lambda view: _joined("platform", view.platforms),
    "number of munitions": lambda view: _joined("count", view.munitions),
    "distance": lambda view: _joined("quantity", view.distances),
    "source": lambda view: _joined("name", sorted(view.sources)),
    "shared wording": lambda view: "",
    "rare words": lambda view: "",
    "meaning": lambda view: "",
    "whole reports": lambda view: "",
    "names in the reports": lambda view: "",
    "ages of people": lambda view: ", ".join(sorted(view.story.ages)),
    "lineage": lambda view: view.outlet,
}
