"""What a mention says, laid out for comparing: its live claims with people's rulings applied. No comparing here.

Invariant: a rejected claim is in no view, a corrected one stands there with the person's value, and mentions of kinds
`background.*` have no view, so what they say can never enter an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from variorum.model import Article, Claim, Copy, Mention, Ruling
from variorum.resolve.days import Days, day_number, read_days
from variorum.resolve.passages import Story, read_meanings, read_runs, read_story, read_words
from variorum.resolve.rulings import apply_rulings, rule_mentions
from variorum.schema import load_schema
from variorum.values.area import extent, split_place
from variorum.values.gazetteer import Gazetteer as AreaGazetteer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ACTOR_PROPS = frozenset({"actor", "party"})
TARGET_PROPS = frozenset({"target"})
TOLL_PROPS = frozenset({"killed", "injured", "missing", "detained", "released", "displaced", "people", "vehicles"})
AROUND = 4  # places or dates of the rest of a report that a mention is seen with
NO_STORY = Story({}, frozenset(), frozenset())


class Entry(Protocol):
    """What is needed of one gazetteer entry."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def lat(self) -> float:
        """Latitude in degrees."""

    @property
    def lon(self) -> float:
        """Longitude in degrees."""

    @property
    def radius_km(self) -> float:
        """Radius of the circle that stands for it, in km."""

    @property
    def feature(self) -> str:
        """What it is: city, admin1, country, sea, river, region."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2, "" for none."""

    @property
    def admin1(self) -> str:
        """Id of the province that holds it, "" for none."""


class Gazetteer(Protocol):
    """What is needed of the gazetteer: an entry by id, None when there is none."""

    def entry(self, id: str) -> Entry | None:
        """Give the entry with this id, or None."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A stated place with how far it reaches."""

    value: str  # canonical, as claimed
    id: str  # gazetteer id without parameters, or name:…
    name: str
    lat: float | None
    lon: float | None
    radius_km: float
    feature: str  # city | admin1 | country | sea | river | region | ""
    country: str
    admin1: str
    within: str = ""  # id of the town that holds a place which is no entry itself
    hedged: bool = False  # the reader takes it for the place of the event; the report does not say so outright


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A stated date of the event."""

    value: str
    days: Days
    by_weekday: bool  # said without a day number ("on Thursday"): time zones can shift it by a day
    hedged: bool = False  # as of a place


@dataclass(frozen=True, slots=True)
class MentionView:
    """One mention with all that its live claims say."""

    id: str
    article_id: str
    kind: str
    family: str
    quote: str
    outlet: str
    published: int | None  # day ordinal
    published_text: str  # as recorded, "" when unknown
    root: str  # article id of the lineage's original
    order: tuple[int, str, int, str]  # published, article, position: who founds an event
    claims: tuple[Claim, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    places: tuple[Extent, ...] = ()
    around_places: tuple[Extent, ...] = ()  # those that its report names elsewhere, where the mention itself names none
    around_dates: tuple[StatedDate, ...] = ()  # likewise
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    weapons: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    munitions: tuple[str, ...] = ()
    distances: tuple[str, ...] = ()
    tolls: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # prop -> (scope, value)
    sources: frozenset[str] = frozenset()
    earliest: int | None = None  # first day that the stated dates allow; None when one is open
    grams: frozenset[int] = frozenset()  # hashes of three words running
    words: Mapping[str, float] = field(default_factory=dict)  # rare words of the passage, a vector of length one
    vector: NDArray[np.float32] | None = field(default=None, compare=False)  # what it means, of length one
    story: Story = NO_STORY  # the whole article
    siblings: int = 1  # mentions of events in the article, this one among them

    @property
    def bare(self) -> bool:
        """Whether it states neither place nor day outright: it can tell on what its report told before."""
        return all(place.hedged for place in self.places) and all(stated.hedged for stated in self.dates)


def lineage_roots(article_ids: Iterable[str], copies: Iterable[Copy]) -> dict[str, str]:
    """Lead every article to the original of its lineage; an article that is no copy is its own."""
    original = {
        copy.article_id: copy.original_id for copy in sorted(copies, key=lambda c: (c.article_id, c.original_id))
    }
    roots: dict[str, str] = {}
    for article_id in sorted({*article_ids, *original}):
        here, seen = article_id, {article_id}
        while here in original and original[here] not in seen:
            here = original[here]
            seen.add(here)
        roots[article_id] = here
    return roots


def make_extent(value: str, gazetteer: Gazetteer | None, known: dict[str, Extent]) -> Extent:
    """Lay out a canonical place value; `known` remembers values already laid out.

    A name that the gazetteer lacks has no point, only the country and province of what contains it.
    """
    if value not in known:
        known[value] = _make_extent(value, gazetteer)
    return known[value]


def _make_extent(value: str, gazetteer: Gazetteer | None) -> Extent:
    place = split_place(value)
    if place is None:
        return Extent(value, value, value, None, None, 0.0, "", "", "")
    if place.base.startswith("geo:"):
        circle = extent(value)
        lat, lon, radius = circle if circle is not None else (None, None, 0.0)
        return Extent(value, place.base, place.base, lat, lon, radius, "", "", "")
    named = place.base.startswith("name:")
    looked_up = place.within if named else place.base
    entry = gazetteer.entry(looked_up) if gazetteer is not None and looked_up else None
    name = place.base.removeprefix("name:")
    if entry is None:
        return Extent(value, place.base, name, None, None, 0.0, "", "", "")
    admin1 = looked_up if entry.feature == "admin1" else entry.admin1
    if named and entry.feature == "city":
        around = (entry.lat, entry.lon, entry.radius_km)
        return Extent(value, place.base, name, *around, "", entry.country, admin1 or "", within=looked_up)
    if named:
        return Extent(value, place.base, name, None, None, 0.0, "", entry.country, admin1 or "")
    circle = extent(value, cast("AreaGazetteer", gazetteer))
    lat, lon, radius = circle if circle is not None else (entry.lat, entry.lon, entry.radius_km)
    return Extent(value, place.base, entry.name, lat, lon, radius, entry.feature, entry.country, admin1 or "")


def make_views(
    articles: Iterable[Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy] = (),
    rulings: Iterable[Ruling] = (),
    *,
    gazetteer: Gazetteer | None = None,
) -> list[MentionView]:
    """Lay out every mention that can be part of an event, sorted by id."""
    by_id = {article.id: article for article in articles}
    rulings = list(rulings)
    events = rule_events(mentions, rulings)
    stories = {key: read_story(by_id[key].text) for key in sorted({m.article_id for m in events} & by_id.keys())}
    standing, _ = apply_rulings(claims, rulings)
    known: dict[str, Extent] = {}
    for value in {claim.value for claim in standing if claim.prop == "place"}:
        make_extent(value, gazetteer, known)
    return lay_out_views(Reports(events, group_claims(standing), by_id, stories, lineage_roots(by_id, copies), known))


def rule_events(mentions: Iterable[Mention], rulings: Iterable[Ruling]) -> list[Mention]:
    """Give the mentions that can be part of an event, sorted by id."""
    kinds = load_schema().kinds
    ruled = rule_mentions(set(mentions), rulings)
    found = [mention for mention in ruled if mention.kind in kinds and not kinds[mention.kind].background]
    return sorted(found, key=lambda mention: mention.id)


def group_claims(standing: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Give the claims of each mention in the order of the text."""
    found: dict[str, list[Claim]] = {}
    for claim in standing:
        found.setdefault(claim.mention_id, []).append(claim)
    for claims in found.values():
        claims.sort(key=lambda claim: (claim.start, claim.end, claim.id))
    return found


@dataclass(frozen=True, slots=True)
class Reports:
    """Mentions with all that their views follow from; of an article that has one here, all are here."""

    mentions: Sequence[Mention]  # sorted by id
    claims: Mapping[str, Sequence[Claim]]  # standing ones by mention, in the order of the text
    articles: Mapping[str, Article]  # without their texts
    stories: Mapping[str, Story]  # by article id
    roots: Mapping[str, str]
    places: Mapping[str, Extent]  # by the value claimed


def lay_out_views(told: Reports) -> list[MentionView]:
    """Lay out every mention given, sorted by id."""
    family = load_schema().family
    siblings = Counter(mention.article_id for mention in told.mentions)
    meanings = read_meanings([mention.quote for mention in told.mentions])
    views: list[MentionView] = []
    for place, mention in enumerate(told.mentions):
        article = told.articles.get(mention.article_id)
        view = MentionView(
            id=mention.id,
            article_id=mention.article_id,
            kind=mention.kind,
            family=family(mention.kind),
            quote=mention.quote,
            outlet=article.outlet if article else "",
            published=day_number(article.published) if article else None,
            published_text=(article.published or "") if article else "",
            root=told.roots.get(mention.article_id, mention.article_id),
            order=founding_order(mention, article),
            grams=read_runs(mention.quote),
            words=read_words(mention.quote),
            vector=meanings[place],
            story=told.stories.get(mention.article_id, NO_STORY),
            siblings=siblings[mention.article_id],
        )
        views.append(_with_claims(view, told.claims.get(mention.id, ()), told.places))
    return _with_context(views)


def _with_context(views: Sequence[MentionView]) -> list[MentionView]:
    """Give mentions that state no place or date those that the other events of their report state."""
    told: dict[str, list[MentionView]] = {}
    for view in views:
        told.setdefault(view.article_id, []).append(view)
    found = []
    for view in views:
        others = told[view.article_id]
        if len(others) > 1 and not (view.places and view.dates):
            places = () if view.places else _first_seen(extent for other in others for extent in other.places)
            dates = () if view.dates else _first_seen(date for other in others for date in other.dates)
            view = replace(view, around_places=places, around_dates=dates)
        found.append(view)
    return found


T = TypeVar("T")


def _first_seen(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))[:AROUND]


def _earliest(dates: Iterable[StatedDate]) -> int | None:
    starts = [stated.days.low for stated in dates if not stated.hedged]
    return None if not starts or None in starts else min(start for start in starts if start is not None)


def founding_order(mention: Mention, article: Article | None) -> tuple[int, str, int, str]:
    """Give what a mention is sorted by to tell which of an event founds it: the earliest printed."""
    published = day_number(article.published) if article else None
    return (published if published is not None else 10**7, mention.article_id, mention.start, mention.id)


def _with_claims(view: MentionView, claims: Sequence[Claim], known: Mapping[str, Extent]) -> MentionView:
    """Sort what the claims say by property; what is denied is not part of what the mention says happened."""
    stated: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.stance != "denies":
            stated.setdefault(claim.prop, []).append(claim)

    def values(prop: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim.value for claim in stated.get(prop, ())))

    outright = {
        prop: {claim.value for claim in stated.get(prop, ()) if claim.stance != "hedges"} for prop in ("date", "place")
    }
    dates: dict[str, StatedDate] = {}
    for claim in stated.get("date", ()):
        days = read_days(claim.value)
        if days is not None:
            by_weekday = not any(char.isdigit() for char in claim.quote)
            before = dates.get(claim.value)
            dates[claim.value] = StatedDate(
                claim.value,
                days,
                by_weekday and (before is None or before.by_weekday),
                claim.value not in outright["date"],
            )
    tolls: dict[str, dict[tuple[str, str], None]] = {}
    for prop in TOLL_PROPS & stated.keys():
        for claim in stated[prop]:
            tolls.setdefault(prop, {})[claim.scope or "all", claim.value] = None
    return replace(
        view,
        claims=tuple(claims),
        dates=tuple(dates[value] for value in sorted(dates)),
        earliest=_earliest(dates.values()),
        places=tuple(replace(known[value], hedged=value not in outright["place"]) for value in values("place")),
        actors=frozenset(value for prop in ACTOR_PROPS for value in values(prop)),
        targets=frozenset(value for prop in TARGET_PROPS for value in values(prop)),
        weapons=values("weapon"),
        platforms=values("platform"),
        munitions=values("munitions"),
        distances=values("distance"),
        tolls={prop: tuple(sorted(tolls[prop])) for prop in sorted(tolls)},
        sources=frozenset(claim.source for claim in claims if claim.source),
    )
