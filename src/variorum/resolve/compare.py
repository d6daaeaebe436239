"""Whether two mentions are one event: named, weighted reasons that add up, and rules that forbid. No grouping here.

Invariant: compare(a, b) == compare(b, a); the score is the logistic of the sum of the weights shown, nothing hidden.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from variorum.resolve import nearness
from variorum.resolve.scopes import exclude_each_other, make_up
from variorum.resolve.terms import bounds, order, shown
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
    items: tuple[tuple[str, float, str], ...]  # name, weight, note

    @property
    def score(self) -> float:
        """Probability that the two are one event, by the weights alone."""
        return logistic(self.logit)


@cache
def load_weights() -> Mapping[str, Any]:
    """Give the shipped weights."""
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
    weighed = weigh(left, right)
    reasons = tuple(Reason(name, *_sides(name, left, right), weight, note) for name, weight, note in weighed.items)
    return Comparison(left.id, right.id, weighed.score, reasons, weighed.veto)


def weigh(a: MentionView, b: MentionView) -> Weighed:
    """Weigh the evidence for two mentions being one event."""
    left, right = (a, b) if a.id <= b.id else (b, a)
    weights = load_weights()
    items: list[tuple[str, float, str]] = [("before any evidence", weights["prior"], "")]
    vetoes: list[str] = []
    if left.article_id == right.article_id:
        items.append(("same report", weights["same_article"], "the reader of the report told the two apart"))
    for step in (_kind, _dates, _place):
        found, veto = step(left, right, weights)
        items.extend(found)
        if veto is not None:
            vetoes.append(veto)
    for name, mine, theirs, table in (
        ("who did it", left.actors, right.actors, weights["actor"]),
        ("target", left.targets, right.targets, weights["target"]),
    ):
        items.append(_names(name, mine, theirs, table, left.shares, weights))
    items.append(_best("weapon type", "weapon", left.weapons, right.weapons, weights["weapon"]))
    items.append(_best("fired from", "platform", left.platforms, right.platforms, weights["platform"]))
    items.append(_best("number of munitions", "count", left.munitions, right.munitions, weights["munitions"]))
    items.append(_best("distance", "quantity", left.distances, right.distances, weights["distance"]))
    items.extend(_tolls(left, right, weights["toll"]))
    items.append(_sources(left, right, weights["source"]))
    items.extend(_wording(left, right, weights))
    logit = round(sum(weight for _, weight, _ in items), 6)
    return Weighed(logit, vetoes[0] if vetoes else None, tuple(items))


Items = tuple[list[tuple[str, float, str]], str | None]


def _kind(left: MentionView, right: MentionView, weights: Mapping[str, Any]) -> Items:
    name, table = "kind of event", weights["kind"]
    if left.kind == right.kind:
        return [(name, table["same_rare"].get(left.kind, table["same"]), "")], None
    if frozenset({left.kind, right.kind}) in OPPOSITE_KINDS or not load_schema().compatible(left.kind, right.kind):
        return [(name, table["compatible"], "cannot be one event")], KINDS_CANNOT_BE_ONE
    if left.family == right.family:
        return [(name, table["family"], "of one family")], None
    return [(name, table["compatible"], "can be one event seen from two sides")], None


def _dates(left: MentionView, right: MentionView, weights: Mapping[str, Any]) -> Items:
    found: list[tuple[str, float, str]] = []
    met = False
    veto = None
    if left.dates and right.dates:
        weight, note, veto = nearness.weigh_dates(left.dates, right.dates, weights["date"])
        met = veto is None and weight > 0
        found.append(("date of event", weight, note))
    else:
        found.append(("date of event", 0.0, _missing(left.dates, right.dates)))
    weight, note, early = nearness.weigh_publication(left, right, weights, met=met)
    found.append(("published", weight, note))
    open_time = nearness.weigh_open_time(left, right, weights["time_open"])
    if open_time:
        found.append(("time not known", open_time, f"among {left.among} reports"))
    if veto is not None:
        return found, STATED_DATES_DIFFER
    return found, PUBLISHED_BEFORE if early else None


def _place(left: MentionView, right: MentionView, weights: Mapping[str, Any]) -> Items:
    if not left.places or not right.places:
        return [("place", 0.0, _missing(left.places, right.places))], None
    weight, note, apart = nearness.weigh_places(left.places, right.places, left.shares, weights)
    return [("place", weight, note)], PLACES_CANNOT_BE_ONE if apart else None


def _missing(left: object, right: object) -> str:
    """Say which side states nothing; truth of the containers means "states something"."""
    if not left and not right:
        return "neither states any"
    return "the first states none" if not left else "the second states none"


def _names(
    name: str,
    left: frozenset[str],
    right: frozenset[str],
    table: Mapping[str, Any],
    shares: Mapping[str, float],
    weights: Mapping[str, Any],
) -> tuple[str, float, str]:
    if not left or not right:
        return name, 0.0, _missing(left, right)
    shared = left & right
    if shared:
        part = max(nearness.scale(shares, one, weights) for one in shared)
        return name, round(table["shared"] * part, 3), f"both: {', '.join(sorted(shared))}"
    words = {order("name", one, other) for one in left for other in right}
    if words & {"equal", "inside", "contains", "overlaps"}:
        return name, table["shared"] / 2, "one within the other"
    return name, table["other"], "none in common"


# Best first: what two mentions agree on counts, whatever else either of them says.
_RANK = {"equal": 0, "inside": 1, "contains": 1, "overlaps": 2, "disjoint": 3, "unknown": 4}


def _best(
    name: str, kind: ValueType, left: Sequence[str], right: Sequence[str], table: Mapping[str, Any]
) -> tuple[str, float, str]:
    if not left or not right:
        return name, 0.0, _missing(left, right)
    words = [(order(kind, one, other), one, other) for one in left for other in right]
    word, one, _ = min(words, key=lambda row: (_RANK[row[0]], row[1], row[2]))
    if word == "equal":
        size = bounds(kind, one) if "equal_small" in table else None
        small = size is not None and min(abs(size[0]), abs(size[1])) < 3
        return name, table["equal_small"] if small else table["equal"], "the same"
    if word in ("inside", "contains"):
        return name, table.get("refines", table.get("overlaps", 0.0)), "one is more precise"
    if word == "overlaps":
        return name, table.get("overlaps", 0.0), "they overlap"
    if word == "disjoint":
        return name, table["disjoint"], "they differ"
    return name, 0.0, "cannot be compared"


def _tolls(left: MentionView, right: MentionView, table: Mapping[str, Any]) -> list[tuple[str, float, str]]:
    found: list[tuple[str, float, str]] = []
    room = table["cap"]
    for prop in ("killed", "injured", *sorted(left.tolls.keys() | right.tolls.keys())):
        if any(name == prop for name, _, _ in found):
            continue
        mine, theirs = left.tolls.get(prop, ()), right.tolls.get(prop, ())
        if not mine or not theirs:
            found.append((prop, 0.0, _missing(mine, theirs)))
            continue
        pairs = [(one, other) for one in mine for other in theirs]
        # A figure for children says nothing where both give one for all.
        pairs = [(one, other) for one, other in pairs if one[0] == other[0] or one[1] == other[1]] or pairs
        weight, note = max(_toll_pair(left, right, one, other, table) for one, other in pairs)
        if weight > 0:
            weight = max(0.0, round(weight - table["choice"] * math.log(len(mine) * len(theirs)), 3))
        if weight < table["parts_fit"] and (_parts_fit(mine, theirs) or _parts_fit(theirs, mine)):
            weight, note = table["parts_fit"], "the parts of one fit the whole of the other"
        weight = min(weight, room)
        room -= max(0.0, weight)
        found.append((prop, weight, note))
    return found


def _toll_pair(
    left: MentionView, right: MentionView, one: tuple[str, str], other: tuple[str, str], table: Mapping[str, Any]
) -> tuple[float, str]:
    mine, theirs = bounds("count", one[1]), bounds("count", other[1])
    if mine is None or theirs is None:
        return 0.0, "cannot be compared"
    word = order("count", one[1], other[1])
    schema = load_schema()
    if one[0] != other[0]:
        inner, outer = (mine, theirs) if other[0] in schema.wholes(one[0]) else (theirs, mine)
        if other[0] not in schema.wholes(one[0]) and one[0] not in schema.wholes(other[0]):
            return 0.0, "figures for different people"
        if inner[0] > outer[1]:
            return table["part_exceeds"], "the part exceeds the whole"
        return (table["overlaps"], "the same figure, other scope") if word == "equal" else (table["part"], "part of it")
    if word == "equal":
        size = mine[0] if math.isfinite(mine[0]) else mine[1]
        for limit, weight in zip(table["sizes"], table["equal"]):
            if size <= limit:
                return weight, "the same"
        return table["equal_large"], "the same"
    if word != "disjoint":
        return table["overlaps"], "they fit"
    low, high = (mine, theirs) if mine[1] < theirs[0] else (theirs, mine)
    if high[0] > table["ratio"] * max(1.0, low[1]):
        return table["differs"], "far apart"
    if left.published is not None and right.published is not None and left.published != right.published:
        later = left if left.published > right.published else right
        if (later is left) == (high is mine):
            return table["risen"], "the later figure is higher, as tolls do"
    return table["near"], "they differ"


def _parts_fit(parts: Sequence[tuple[str, str]], wholes: Iterable[tuple[str, str]]) -> bool:
    """Tell whether two figures for different people, such as civilians and fighters, add up to a figure for both."""
    for (one, low), (other, high) in combinations(parts, 2):
        spans = bounds("count", low), bounds("count", high)
        if one == other or spans[0] is None or spans[1] is None or not exclude_each_other((one, other)):
            continue
        least = max(0.0, spans[0][0]) + max(0.0, spans[1][0])
        for whole, value in wholes:
            limit = bounds("count", value)
            most = spans[0][1] + spans[1][1]
            if limit is not None and make_up((one, other), whole) and least <= limit[1] and limit[0] <= most:
                return True
    return False


def _sources(left: MentionView, right: MentionView, table: Mapping[str, Any]) -> tuple[str, float, str]:
    if not left.sources or not right.sources:
        return "source", 0.0, _missing(left.sources, right.sources)
    shared = left.sources & right.sources
    if shared:
        return "source", table["shared"], f"both: {', '.join(sorted(shared))}"
    return "source", 0.0, "others"


def _wording(left: MentionView, right: MentionView, weights: Mapping[str, Any]) -> list[tuple[str, float, str]]:
    found: list[tuple[str, float, str]] = []
    share = 0.0
    fewest = min(len(left.grams), len(right.grams))
    if fewest >= weights["wording"]["fewest"]:
        share = len(left.grams & right.grams) / fewest
        weight = _step(share, weights["wording"]["shares"], weights["wording"]["weights"], weights["wording"]["none"])
        found.append(("shared wording", weight, f"{share:.0%} of three-word runs"))
    else:
        found.append(("shared wording", 0.0, "too short to tell"))
    found.append(_rare_words(left, right, weights))
    # In one lineage a short passage word for word the same is the same passage, though too short to prove copying.
    same_words = left.quote.split() == right.quote.split() or share >= weights["wording"]["shares"][1]
    if left.root == right.root and left.article_id != right.article_id and same_words:
        found.append(("lineage", weights["lineage"]["same_words"], "one text reprints the other here"))
    else:
        note = "one lineage, other passage" if left.root == right.root else "independent texts"
        found.append(("lineage", 0.0, note))
    return found


def _rare_words(left: MentionView, right: MentionView, weights: Mapping[str, Any]) -> tuple[str, float, str]:
    """Weigh rare words of the passages or of the whole reports, whichever says more."""
    if not left.words or not right.words:
        return "rare words", 0.0, "none to compare"
    cosine = _cosine(left.words, right.words)
    weight = _step(cosine, weights["words"]["cosines"], weights["words"]["weights"], weights["words"]["none"])
    note = f"likeness {cosine:.2f} of the passages"
    if left.article_id != right.article_id:
        cosine = _cosine(left.story, right.story)
        story = _step(cosine, weights["story"]["cosines"], weights["story"]["weights"], 0.0)
        story = round(story / max(left.siblings, right.siblings), 3)
        if story > max(weight, 0.0):
            weight, note = story, f"likeness {cosine:.2f} of the reports"
    return "rare words", weight, note


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return math.fsum(weight * large[word] for word, weight in small.items() if word in large)


def _step(value: float, limits: Iterable[float], weights: Iterable[float], otherwise: float) -> float:
    """Give the weight of the first limit that the value reaches."""
    for limit, weight in zip(limits, weights):
        if value >= limit:
            return weight
    return otherwise


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
    "before any evidence": lambda view: "",
    "same report": lambda view: "",
    "time not known": lambda view: "",
    "kind of event": lambda view: view.kind,
    "date of event": lambda view: _joined("date", (stated.value for stated in view.dates)),
    "published": _published,
    "place": lambda view: _joined("place", (extent.value for extent in view.places)),
    "who did it": lambda view: _joined("name", sorted(view.actors)),
    "target": lambda view: _joined("name", sorted(view.targets)),
    "weapon type": lambda view: _joined("weapon", view.weapons),
    "fired from": lambda view: _joined("platform", view.platforms),
    "number of munitions": lambda view: _joined("count", view.munitions),
    "distance": lambda view: _joined("quantity", view.distances),
    "source": lambda view: _joined("name", sorted(view.sources)),
    "shared wording": lambda view: "",
    "rare words": lambda view: "",
    "lineage": lambda view: view.outlet,
}
