"""Finds the places a text speaks of and says which gazetteer entry each one is.

Invariant: within one context a spelling leads to one entry, except where "province" or "city" beside it tells two
of one name apart. A name the text gives no reason to take for a place is left out, never guessed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum.model import Found
from variorum.values.area import (
    DIRECTION_WORDS,
    Place,
    acled_geo_precision,
    compare_place,
    contains,
    extent,
    precision_of,
    show_place,
    split_place,
    ucdp_where_prec,
)
from variorum.values.gazetteer import Entry, Gazetteer, distance_km, open_gazetteer
from variorum.values.outlets import find_home
from variorum.values.placecensus import take_census
from variorum.values.placename import exact_key
from variorum.values.placeowner import find_owners
from variorum.values.placereader import Hit, Reader
from variorum.values.placesigns import PlaceContext, bearing_word
from variorum.values.placespan import span_entry, token_span
from variorum.values.placetext import Token, is_route, load_cues, read_bearing, split_tokens

__all__ = [
    "PlaceContext",
    "acled_geo_precision",
    "compare_place",
    "contains",
    "distance_km",
    "extent",
    "find_place_names",
    "find_places",
    "gather_context",
    "parse_place",
    "precision_of",
    "resolve_name",
    "show_place",
    "split_place",
    "ucdp_where_prec",
]

# A name with its province or country beside it says once for all which is meant, whatever is likelier elsewhere.
HELD = 20
FILED_WITHIN = 120  # words: a dateline stands behind the title
AT_HOME = 2  # what the outlet's country counts, beside 1 for a town that is named


def find_places(text: str, gazetteer: Gazetteer | None = None, context: PlaceContext | None = None) -> list[Found]:
    """Find the places in a text, in order and without overlap; spans count in the given text.

    extra: name, precision, feature, country, admin1, lat, lon, and metonym="1" where a capital or country stands for
    its government, route="1" where the name only says which road is meant. The context of the whole article
    (gather_context) makes a sentence's names unambiguous.
    """
    book = gazetteer or open_gazetteer()
    known = _known(book, context) if context is not None else {}
    if text not in known:
        reader = Reader(text, book, context or gather_context(text, book))
        hits = list(reader.hits())
        known[text] = tuple(_found(reader, hit, hits, book) for hit in hits)
    return list(known[text])


_read: tuple[Gazetteer, PlaceContext, dict[str, tuple[Found, ...]]] | None = None


def _known(book: Gazetteer, context: PlaceContext) -> dict[str, tuple[Found, ...]]:
    """Give the places by sentence, as found so far in the light of this very context: the last article's alone.

    The opening of each story is read for its places twice, by itself and for the town the story plays in.
    """
    global _read
    last = _read  # another thread may read another article: what stands here is exchanged as a whole
    if last is None or last[0] is not book or last[1] is not context:
        last = _read = (book, context, {})
    return last[2]


def find_place_names(text: str, gazetteer: Gazetteer | None = None, context: PlaceContext | None = None) -> list[Found]:
    """Find every place name of a text: also those that only say whose or of where something is (metonym="1").

    Beside what find_places gives: "Texas Rangers", "US officials", "Syrian". Nothing is said to be there.
    """
    book = gazetteer or open_gazetteer()
    reader = Reader(text, book, context or gather_context(text, book))
    hits = list(reader.hits())
    return [_found(reader, hit, hits, book) for hit in sorted([*hits, *find_owners(reader, hits)], key=_place_in_text)]


def _place_in_text(hit: Hit) -> int:
    return hit.first


def resolve_name(
    text: str, start: int, end: int, gazetteer: Gazetteer | None = None, context: PlaceContext | None = None
) -> str | None:
    """Give the place value of the name at [start, end) of an article, or None where nothing says where it lies.

    The name is taken for a place whatever the words around it say; "Syrian" is Syria. One that the gazetteer lacks is
    `name:…` in the known place closest to it in the text.
    """
    book = gazetteer or open_gazetteer()
    reader = Reader(text, book, context or gather_context(text, book))
    hits = list(reader.hits())
    entry = span_entry(reader, hits, start, end)
    if entry is not None:
        return entry.id
    span = token_span(reader, start, end)
    if span is None:
        return None
    name = text[start:end].strip()
    hit = Hit(*span, None, name, 0.0, "city", False, False, False)
    holder = _nearby(hit, hits) or reader.context.home or _top_country(reader, book)
    return str(Place(f"name:{name.replace(';', ' ')}", within=holder.id)) if holder is not None else None


def _top_country(reader: Reader, book: Gazetteer) -> Entry | None:
    """Give the country an article plays in where one stands out."""
    weights = sorted(((w, c) for c, w in reader.context.countries.items() if c), reverse=True)
    if not weights or (len(weights) > 1 and weights[1][0] > 0.8 * weights[0][0]):
        return None
    return book.entry(f"ne:{weights[0][1]}")


def _found(reader: Reader, hit: Hit, hits: list[Hit], book: Gazetteer) -> Found:
    start, end = reader.tokens[hit.first].start, reader.tokens[hit.last - 1].end
    entry = hit.entry
    if entry is None:
        holder = hit.within or _nearby(hit, hits) or _top_country(reader, book)
        place = Place(f"name:{hit.name.replace(';', ' ')}", within=holder.id if holder is not None else "")
        country = holder.country if holder is not None else ""
        return Found(
            start,
            end,
            reader.text[start:end],
            str(place),
            {"name": hit.name, "precision": "near" if holder else "exact", "country": country, "feature": "city"},
        )
    bearing, _ = read_bearing(reader.text, start, end)
    apposed = reader.signs.low(hit.first - 1) == "of" and not reader.signs.low(hit.first - 2).endswith("s")
    if hit.kind == "city" and apposed and not bearing.near:
        bearing = replace(bearing, direction="")  # "the eastern city of X": the city lies in the east of something
    if (
        entry.feature == "region"
        and exact_key(hit.name) == exact_key(entry.name)
        and bearing_word(hit.name.split()[0].lower())
    ):
        bearing = replace(bearing, direction="")
    if bearing.direction and not bearing.near:
        part = book.matches(f"{DIRECTION_WORDS[bearing.direction]}ern {hit.name}")
        named = [m.entry for m in part if m.exact and m.entry.feature == "region"]
        if named:  # "eastern Ghouta" is Eastern Ghouta
            entry, bearing = named[0], replace(bearing, direction="")
    place = Place(
        entry.id,
        direction=bearing.direction,
        offset_m=bearing.offset_m,
        near=bearing.near or (hit.near and not bearing.direction),
    )
    value = str(place)
    extra = {
        "name": entry.name,
        "precision": precision_of(value, book) or "exact",
        "feature": entry.feature,
        "country": entry.country,
        "admin1": entry.id if entry.feature == "admin1" else entry.admin1,
        "lat": f"{entry.lat:.4f}",
        "lon": f"{entry.lon:.4f}",
    }
    if hit.metonym:
        extra["metonym"] = "1"
    if not place.near and not place.direction and is_route(reader.text, start, end):
        extra["route"] = "1"
    return Found(start, end, reader.text[start:end], value, extra)


def _nearby(hit: Hit, hits: list[Hit]) -> Entry | None:
    """Give the known place closest in the text to an unknown name, as its container; those after it go first."""
    known = [
        h
        for h in hits
        if h.entry is not None
        and h.entry.feature in ("city", "admin1", "admin2", "region", "country")
        and not h.metonym
    ]
    known = [h for h in known if abs(h.first - hit.first) < 40]
    if not known:
        return None
    return min(
        known, key=lambda h: (h.first - hit.last if h.first >= hit.last else 2 * (hit.first - h.last), h.first)
    ).entry


def parse_place(raw: str, gazetteer: Gazetteer | None = None) -> str | None:
    """Give the value of a place name standing alone ("near Idlib", "Aleppo province"), or None."""
    if split_place(raw.strip()) is not None:
        return raw.strip()
    book = gazetteer or open_gazetteer()
    found = find_places(f"in {raw.strip()}", book, PlaceContext())
    if found:
        return found[-1].value if len(found) == 1 else found[0].value
    entries = book.find(raw.strip())
    return entries[0].id if entries else None


def gather_context(text: str, gazetteer: Gazetteer | None = None, *, outlets: Iterable[str] = ()) -> PlaceContext:
    """Read a whole article for its countries, people and places, so that each sentence can be read in its light.

    `outlets` are the web host and url that it came from, as far as known: an outlet of one town means towns near it.
    """
    book = gazetteer or open_gazetteer()
    cues = load_cues()
    tokens = split_tokens(text)
    counts: Counter[str] = Counter()
    persons: set[str] = set()
    for index, token in enumerate(tokens):
        country = cues.demonyms.get(token.low) if token.capital else None
        if country is not None:
            counts[country] += 1
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            token.capital
            and following is not None
            and following.capital
            and following.joined
            and not token.initial | (token.low in cues.words["never"])
        ):
            titled = token.low in cues.words["titles"]
            if titled or (
                book.is_given_name(token.text)
                and not book.is_word(token.text)
                and following.low not in cues.words["province"]
            ):
                persons.update(_run(tokens, index + titled))
    words = frozenset(t.low for t in tokens if not t.capital and t.text[0].isalpha())
    # No country is hinted yet, and a spelling that only sounds like a known one must not bring one in.
    home = next(filter(None, (find_home(outlet, book) for outlet in outlets if outlet)), None)
    context = PlaceContext({"": 1.0}, {}, (), frozenset(), frozenset(persons), words, home=home)
    context = replace(context, census=take_census(tokens, book, cues, context.persons))
    if home is not None and _plays_abroad(text, book, context, counts):
        context = replace(context, home=None)
    hits: list[Hit] = []
    settled = False
    for _ in range(2):  # the first pass sees countries and large towns; the second reads the small ones in their light
        hits = list(Reader(text, book, context).hits())
        before, context = context, _weigh(context, [hit for hit in hits if hit.entry is not None], counts)
        settled = context == before
    if not settled:  # else a third pass would see what the second saw: in half of all reports
        hits = list(Reader(text, book, context).hits())
    final = [hit for hit in hits if hit.entry is not None and hit.kind != "admin1"]
    chosen: dict[str, Counter[str]] = {}
    for hit in final:
        assert hit.entry is not None
        chosen.setdefault(exact_key(hit.name), Counter())[hit.entry.id] += HELD if hit.held else 1
    resolved = {key: min(ids, key=lambda id: (-ids[id], id)) for key, ids in sorted(chosen.items())}
    if context.home is None:
        return replace(context, resolved=resolved)
    parts = {exact_key(hit.name) for hit in hits if hit.entry is None and hit.within}
    return replace(context, resolved=resolved, parts=frozenset(parts))


def _plays_abroad(text: str, book: Gazetteer, context: PlaceContext, counts: Counter[str]) -> bool:
    """Tell whether an article names another country than its outlet's, or is filed from one: it is no local report."""
    home = context.home
    assert home is not None
    reader = Reader(text, book, replace(context, home=None))
    named = {country for country in counts if country != home.country}
    for hit in reader.hits():
        if hit.entry is not None and hit.entry.country != home.country:
            filed = hit.first < FILED_WITHIN and reader.signs.dateline(hit.first, hit.last)
            if hit.entry.feature == "country" or filed:
                named.add(hit.entry.country)
    return bool(named)


def _run(tokens: Sequence[Token], first: int) -> list[str]:
    """Give the words of a person's name from a token on: Ryan Dillon, Bashar al-Assad."""
    found = [tokens[first].low]
    for token in tokens[first + 1 : first + 4]:
        if not (token.capital and token.joined):
            break
        found.append(token.low)
    return found


def _weigh(context: PlaceContext, hits: list[Hit], counts: Counter[str]) -> PlaceContext:
    total: Counter[str] = Counter(counts)
    if context.home is not None:
        total[context.home.country] += AT_HOME
    for hit in hits:
        assert hit.entry is not None
        if hit.entry.country and hit.sure:
            total[hit.entry.country] += 2 if hit.entry.feature in ("country", "admin1") else 1
    top = max(total.values(), default=0)
    countries = {country: round(math.sqrt(number / top), 3) for country, number in sorted(total.items())} if top else {}
    entries = {hit.entry.id: hit.entry for hit in hits if hit.entry is not None and not hit.metonym}
    points = tuple((e.lat, e.lon) for _, e in sorted(entries.items()) if e.feature in ("city", "admin1", "admin2"))
    provinces = {e.id for e in entries.values() if e.feature == "admin1"}
    provinces |= {hit.entry.admin1 for hit in hits if hit.entry is not None and hit.held and hit.entry.admin1}
    if context.home is not None:
        points = ((context.home.lat, context.home.lon), *points)
        provinces.add(context.home.admin1)
    return replace(
        context,
        countries=countries,
        points=points[:40],
        provinces=frozenset(provinces - {""}),
    )
