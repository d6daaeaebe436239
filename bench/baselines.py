"""Plain methods of the field, rebuilt: TF-IDF within a week, one-a-day filter, day-km-taxonomy matching.

Each takes items, one a report, and leads every item to its group. What an item says (date, place, kind, actor, target)
is what our own reader claims in the report's principal mention, so that a gate compares ways of grouping and not of
reading. A value nobody states is "" and equals another "": machine-coded data hold it the same way.

Invariant: the groups do not depend on the order of the items.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bench.incidents import principal_mention
from variorum.model import Article, Claim, Mention
from variorum.resolve.days import read_days
from variorum.schema import load_schema
from variorum.values.area import extent
from variorum.values.gazetteer import Gazetteer, distance_km

COSINE = 0.2  # least likeness of two reports, and days between them, of the plain method that others are held against
WINDOW_DAYS = 7
# The windows of the worked example of the R package meltt 0.4.3; the package itself has no defaults. Its method is
# told in Donnay, Dunford, McGrath, Backer, Cunningham: Integrating Conflict Event Data, J. Conflict Resolution 2019.
MATCH_DAYS = 1
MATCH_KM = 3.0
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Item:
    """One report as the plain methods see it."""

    id: str
    text: str  # the whole report with its title
    published: int | None  # day ordinal
    day: int | None  # day ordinal of the event; that of publication where no day is stated
    place: str = ""  # canonical place, the narrowest that is stated
    point: tuple[float, float] | None = None  # latitude and longitude of its centre
    kind: str = ""
    family: str = ""
    actor: str = ""
    actor_class: str = ""
    target: str = ""


def make_item(
    article: Article,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    gazetteer: Gazetteer,
    class_of_actor: Callable[[str], str] = str,
) -> Item:
    """Give a report as an item; `class_of_actor` leads an actor's name to the class it is matched by."""
    schema = load_schema()
    open_to_events = {row.id: row.id for row in mentions if not schema.kinds[row.kind].background}
    told = principal_mention(article, mentions, claims, open_to_events)
    published = day_of(article.published)
    if told is None:
        return Item(article.id, article.text, published, published)
    rows = sorted((c for c in claims if c.mention_id == told.id and c.stance != "denies"), key=lambda c: c.start)

    def first(*props: str) -> str:
        return next((claim.value for claim in rows if claim.prop in props), "")

    days = [found for found in (read_days(claim.value) for claim in rows if claim.prop == "date") if found is not None]
    single = next((found.low for found in days if found.known and found.width == 1), None)
    circles = [(claim.value, extent(claim.value, gazetteer)) for claim in rows if claim.prop == "place"]
    known = [(value, circle) for value, circle in circles if circle is not None]
    place, circle = min(known, key=lambda row: row[1][2]) if known else (first("place"), None)
    actor = first("actor", "party")
    return Item(
        id=article.id,
        text=article.text,
        published=published,
        day=single if single is not None else published,
        place=place,
        point=circle[:2] if circle is not None else None,
        kind=told.kind,
        family=schema.family(told.kind),
        actor=actor,
        actor_class=class_of_actor(actor) if actor else "",
        target=first("target"),
    )


def day_of(moment: str | None) -> int | None:
    """Give the ordinal of the day of an ISO 8601 date or date-time, None for None."""
    return date.fromisoformat(moment[:10]).toordinal() if moment else None


def group_by_words(items: Iterable[Item], *, cosine: float = COSINE, days: int = WINDOW_DAYS) -> dict[str, str]:
    """Join reports of like words printed within some days of each other, single link: item → group.

    Words are weighted by (1 + log tf) · log(N / df) (Salton 1975) over the items given. A report without a date of
    publication is joined with none.
    """
    rows = sorted(items, key=lambda item: (item.published is None, item.published or 0, item.id))
    vectors = _vectors(rows)
    groups = Groups(item.id for item in rows)
    postings: dict[str, list[tuple[int, int, float]]] = defaultdict(list)  # word → day, row and weight, by day
    begin: dict[str, int] = defaultdict(int)  # word → first posting within the window
    for number, (item, vector) in enumerate(zip(rows, vectors, strict=True)):
        if item.published is None:
            break
        like: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            listed = postings[word]
            while begin[word] < len(listed) and listed[begin[word]][0] < item.published - days:
                begin[word] += 1
            for _, other, theirs in listed[begin[word] :]:
                like[other] += weight * theirs
            listed.append((item.published, number, weight))
        for other, value in like.items():
            if value >= cosine:
                groups.join(item.id, rows[other].id)
    return groups.named()


def group_one_a_day(items: Iterable[Item], *, by_place: bool = False) -> dict[str, str]:
    """Count reports with one day, actor, target and kind, and place where asked, as one event: item → group."""
    return {
        item.id: repr((item.day, item.actor, item.target, item.kind, item.place if by_place else "")) for item in items
    }


def group_by_taxonomy(items: Iterable[Item], *, days: int = MATCH_DAYS, km: float = MATCH_KM) -> dict[str, str]:
    """Match reports within days and km of each other whose kind and actor agree on some level: item → group.

    Every report is a set of its own: in order of day, each is matched with the founder of a group that fits it best, or
    founds one. Kind agrees as kind or as family, actor as name or as class; the finer level fits better. A report
    without a day or a point is matched with none.
    """
    founders: dict[int, list[Item]] = defaultdict(list)
    result: dict[str, str] = {}
    for item in sorted(items, key=lambda item: (item.day is None, item.day or 0, item.id)):
        fits = []
        if item.day is not None and item.point is not None:
            for day in range(item.day - days, item.day + days + 1):
                fits += [(_misfit(item, founder), founder.id) for founder in founders[day] if _near(item, founder, km)]
        misfit, best = min(((misfit, id) for misfit, id in fits if misfit is not None), default=(None, item.id))
        result[item.id] = best
        if misfit is None and item.day is not None and item.point is not None:
            founders[item.day].append(item)
    return result


def _near(left: Item, right: Item, km: float) -> bool:
    return left.point is not None and right.point is not None and distance_km(left.point, right.point) <= km


def _misfit(left: Item, right: Item) -> int | None:
    """Give how many taxonomies agree on the coarse level only, None where one does not agree on any."""
    coarse = 0
    for fine, wide in (
        (left.kind == right.kind, left.family == right.family),
        (left.actor == right.actor, left.actor_class == right.actor_class),
    ):
        if not fine and not wide:
            return None
        coarse += not fine
    return coarse


def _vectors(items: Sequence[Item]) -> list[dict[str, float]]:
    counts = [Counter(WORD.findall(item.text.lower())) for item in items]
    used = Counter(word for row in counts for word in row)
    vectors = []
    for row in counts:
        weights = {word: (1 + math.log(n)) * math.log(len(items) / used[word]) for word, n in row.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items() if weight and used[word] > 1})
    return vectors


class Groups:
    """Items joined two by two (union by the smaller id)."""

    def __init__(self, items: Iterable[str]) -> None:
        self._above = {item: item for item in items}

    def find(self, item: str) -> str:
        """Give the name of an item's group: its smallest member."""
        while self._above[item] != item:
            self._above[item] = item = self._above[self._above[item]]
        return item

    def join(self, left: str, right: str) -> None:
        """Make one group of the groups of two items."""
        first, second = sorted((self.find(left), self.find(right)))
        self._above[second] = first

    def named(self) -> dict[str, str]:
        """Lead every item to its group."""
        return {item: self.find(item) for item in self._above}
