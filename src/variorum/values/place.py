"""Finds the places a text speaks of and says which gazetteer entry each one is.

Invariant: within one context a spelling leads to one entry, except where "province" or "city" beside it tells two
of one name apart. A name the text gives no reason to take for a place is left out, never guessed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from variorum.model import Found
from variorum.values.area import (
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
from variorum.values.gazetteer import Entry, Gazetteer, Match, distance_km, likely, open_gazetteer
from variorum.values.placename import exact_key
from variorum.values.placetext import MAX_WORDS, Cues, Token, is_arabic, load_cues, read_bearing, split_tokens

__all__ = [
    "PlaceContext",
    "acled_geo_precision",
    "compare_place",
    "contains",
    "distance_km",
    "extent",
    "find_places",
    "gather_context",
    "parse_place",
    "precision_of",
    "show_place",
    "split_place",
    "ucdp_where_prec",
]

_CONNECTORS = frozenset("of al el de la le les du des del upon on sur am and the bin".split())
# A name is taken for a place when its reasons add up to this; the weights in _worth are in the same unit.
THRESHOLD = 2.5


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What the whole article says about where it plays."""

    countries: Mapping[str, float] = field(default_factory=dict)  # ISO country -> weight 0..1
    resolved: Mapping[str, str] = field(default_factory=dict)  # exact key of a spelling -> entry id
    points: tuple[tuple[float, float], ...] = ()  # of the places named so far
    provinces: frozenset[str] = frozenset()  # ids of admin-1 entries named
    persons: frozenset[str] = frozenset()  # words that are part of a person's name in this article
    words: frozenset[str] = frozenset()  # words the article also writes in lower case
    headline: bool = False  # the text is written in title case, where capitals say nothing


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int  # token indexes, half-open
    last: int
    entry: Entry | None
    name: str
    worth: float
    kind: str  # what the words beside it ask for: "", "city", "admin1", "river"
    metonym: bool
    near: bool


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, context: PlaceContext) -> None:
        self.text = text
        self.book = gazetteer
        self.context = context
        self.cues: Cues = load_cues()
        self.words = self.cues.words
        self.tokens = split_tokens(text)
        self.holders: dict[int, Entry] = {}  # first token -> the container that the name before it asks for
        self.title_case = context.headline or self._is_title_case()

    def _is_title_case(self) -> bool:
        long = [t for t in self.tokens if len(t.text) > 3 and t.text[0].isalpha()]
        return len(long) > 3 and sum(t.capital for t in long) > 0.7 * len(long)

    def low(self, index: int) -> str:
        """Give a token in lower case, "" beyond the ends."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def hits(self) -> Iterator[_Hit]:
        """Yield the places in order, the longest name first at each word."""
        at = 0
        previous: _Hit | None = None
        while at < len(self.tokens):
            hit = self._hit_at(at, previous) if self.tokens[at].capital else None
            if hit is None:
                at += 1
                continue
            yield hit
            previous = hit
            at = hit.last

    def _spans(self, first: int) -> Iterator[int]:
        """Yield the ends of the name candidates that start at a token, the longest first."""
        last = first + 1
        ends = [last]
        while last < len(self.tokens) and last - first < MAX_WORDS:
            token = self.tokens[last]
            dotted = self.low(last - 1) in ("st", "mt", "ft") and token.text == "."
            if not token.joined and not dotted and not (self.tokens[last - 1].text == "." and token.capital and last - first == 2):
                break
            if token.capital:
                ends.append(last + 1)
            elif token.low not in _CONNECTORS and not dotted:
                break
            last += 1
        yield from reversed(ends)

    def _hit_at(self, first: int, previous: _Hit | None) -> _Hit | None:
        if self.tokens[first].low in _STOPS:
            return None
        for last in self._spans(first):
            name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            single = last == first + 1
            if single and self._is_never(self.tokens[first].low):
                return None
            matches = self.book.matches(name)
            if not matches and is_arabic(name[0]) and name[0] in "وبلفك" and single:
                matches = self.book.matches(name[1:])
            if matches:
                hit = self._decide(first, last, name, matches, previous)
                if hit is not None:
                    return hit
        return self._unknown(first)

    def _is_never(self, word: str) -> bool:
        if word in self.words["never"] or word in self.cues.demonyms:
            return True
        return is_arabic(word) and any(word in words for words in self.cues.arabic.values())

    def _unknown(self, first: int) -> _Hit | None:
        """Take a name the gazetteer lacks where the words say it is a place: the village of Xyz."""
        last = max(self._spans(first))
        while last > first and not self.tokens[last - 1].capital:
            last -= 1
        before, of = self.low(first - 2), self.low(first - 1)
        cued = of == "of" and before in self.words["settlement_before"]
        if not cued or self.tokens[first].low in self.words["never"] or self.tokens[first].low in self.cues.demonyms:
            return None
        if any(self.low(i) in self.words["body"] or self.low(i) in self.words["titles"] for i in range(first, last)):
            return None
        name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        if is_arabic(name[0]) or self.title_case:
            return None
        return _Hit(first, last, None, name, THRESHOLD, "city", False, before in self.words["near_before"])

    def _kind(self, first: int, last: int) -> str:
        """Give what the words beside a name ask for: "admin1", "city", "river" or ""."""
        before = self.low(first - 2) if self.low(first - 1) == "of" else self.low(first - 1)
        after = self.low(last) if last < len(self.tokens) and self.tokens[last].joined else ""
        inner = self.low(last - 1) if last - first > 1 else ""
        if after in self.words["province"] or before in self.words["province"]:
            return "admin1"
        if inner in ("province", "governorate", "oblast"):
            return "admin1"
        if self.low(last + 1) in self.words["province"] and self.tokens[last : last + 1] and after in ("and", "or"):
            return ""
        if after in self.words["water_after"]:
            return "river"
        if after in self.words["settlement"] or before in self.words["settlement_before"]:
            return "city"
        if is_arabic(self.tokens[first].text):
            arabic = self.cues.arabic
            before = before[1:] if before[:1] in ("و", "ب", "ل") and len(before) > 3 else before
            return "admin1" if before in arabic["province"] else "city" if before in arabic["settlement"] else ""
        return ""

    def _container(self, last: int, matches: tuple[Match, ...]) -> Entry | None:
        """Give the province or country after a comma: Paris, Texas; Mobile, Ala."""
        if self.low(last) != "," or last + 1 >= len(self.tokens) or not self.tokens[last + 1].capital:
            return None
        word = self.tokens[last + 1].text
        full = self.cues.abbreviations.get(word.rstrip("."))
        for end in [*self._spans(last + 1)] if full is None else [0]:
            name = full or self.text[self.tokens[last + 1].start : self.tokens[end - 1].end]
            if name.lower() in self.words["never"]:
                continue
            areas = [m for m in self.book.matches(name) if m.entry.feature in ("admin1", "country", "region") and m.exact]
            areas = [a for a in areas if any(_held(m.entry, a.entry) for m in matches)]
            if areas:
                self.holders[last + 1] = max(areas, key=lambda m: (self.book.rank(m, areas, self.context.countries), m.entry.id)).entry
                return self.holders[last + 1]
        return None

    def _choose(
        self, name: str, matches: tuple[Match, ...], kind: str, holder: Entry | None, asked: Entry | None
    ) -> tuple[Match, bool] | None:
        """Give the likeliest match, and whether a container beside it settled the choice."""
        context = self.context
        fit = [m for m in matches if _held(m.entry, holder)] if holder is not None else []
        settled = bool(fit)
        pool = fit or list(matches)
        features = {"admin1": ("admin1", "admin2", "region", "country"), "city": ("city",), "river": ("river", "sea")}.get(kind)
        if features is not None:
            pool = [m for m in pool if m.entry.feature in features] or pool
        else:
            pool = [m for m in pool if m.entry.feature != "admin2" or " " in name] or pool
        pool = likely(pool, context.countries)
        if not pool:
            return None
        before = asked.id if asked is not None else context.resolved.get(exact_key(name))
        known = [m for m in pool if m.entry.id == before]
        if known and not settled:
            return known[0], False
        return max(pool, key=lambda m: (self._rank(m, pool), m.entry.id)), settled

    def _rank(self, match: Match, pool: list[Match]) -> float:
        entry = match.entry
        here = (entry.lat, entry.lon)
        near = [point for point in self.context.points if distance_km(point, here) > 1.0]
        worth = self.book.rank(match, pool, self.context.countries, near)
        return worth + 1.5 * (entry.admin1 in self.context.provinces)

    def _decide(self, first: int, last: int, name: str, matches: tuple[Match, ...], previous: _Hit | None) -> _Hit | None:
        kind = self._kind(first, last)
        holder = self._container(last, matches)
        choice = self._choose(name, matches, kind, holder, self.holders.get(first))
        if choice is None:
            return None
        match, settled = choice
        if holder is None and previous is not None and previous.entry is not None and previous.last == first:
            settled = self.tokens[previous.last - 1].possessive and _held(match.entry, previous.entry)
        worth = self._worth(first, last, match, kind, settled, previous)
        if worth < THRESHOLD:
            return None
        near = self._is_near(first, last)
        return _Hit(first, last, match.entry, name, worth, kind, self._metonym(first, last, match.entry), near)

    def _is_near(self, first: int, last: int) -> bool:
        words = [self.low(i) for i in range(max(0, first - 4), first)]
        while words and words[-1] in ("the", "of", "to") or (words and words[-1] in self.words["settlement_before"] and len(words) > 1):
            words.pop()
        if words and words[-1] in self.words["near_before"]:
            return True
        if len(words) > 1 and words[-2:] in (["close"], ["not", "far"]):
            return True
        after = self.low(last + 1) if self.low(last) == "city" else self.low(last)
        return after in self.words["near_after"]

    def _metonym(self, first: int, last: int, entry: Entry) -> bool:
        """Tell whether a capital or country stands for its government: "Ankara said", "Ankara's proposal"."""
        if entry.feature != "country" and entry.id not in self.book.capitals:
            return False
        after = self.low(last)
        if self.tokens[last - 1].possessive:
            following = self.tokens[last] if last < len(self.tokens) else None
            if following is None or after in self.words["owned_place"] or "-" in after:
                return False
            return not (following.capital and self.book.matches(following.text))
        if after in self.words["says"] or after in self.words["polity"]:
            return True
        before = self.low(first - 3) if self.low(first - 1) == "and" else self.low(first - 1)
        if entry.feature == "country" and before == "with":
            return False  # the border with Syria
        return before in self.words["before_metonym"]

    def _worth(self, first: int, last: int, match: Match, kind: str, settled: bool, previous: _Hit | None) -> float:
        """Add up the reasons to take a name for a place; -9 where the words around it say it is none."""
        entry, token = match.entry, self.tokens[first]
        single = last == first + 1
        strong = settled or bool(kind) or self._dateline(first, last)
        if not strong:
            refused = self._neighbours(first, last, entry)
            if refused:
                return -9.0
        elif self.low(first - 1) in self.words["titles"] and self.tokens[first].joined and self.tokens[first - 1].capital:
            return -9.0
        worth = _size(entry)
        worth += 0.0 if match.exact else -1.0
        worth += 1.0 if self.context.countries.get(entry.country, 0.0) >= 0.25 else 0.0
        worth += 0.0 if single else 0.7
        worth += 3.0 if strong else self._cue(first, previous)
        if exact_key(token.text) and self.context.resolved.get(exact_key(self.text[token.start : self.tokens[last - 1].end])):
            worth += 2.0
        if single:
            worth -= self._doubt(token, entry)
        if self.low(first - 1) == "the" and entry.feature in ("city",) and not kind:
            worth -= 1.5
        if token.text.isupper() and 1 < len(token.text.replace(".", "")) < 6 and single and not self._dateline(first, last):
            if entry.feature != "country":
                return -9.0
            after = self.tokens[last] if last < len(self.tokens) else None
            adjective = after is not None and after.joined and after.text[0].isalpha() and after.low not in _STOPS
            if adjective and self.low(first - 1) != "the":
                return -9.0  # "US warplanes", "UK ministers"
            if not adjective and self.low(first - 1) not in ("the", ",", "and") and self.low(first - 1) not in self.words["before"]:
                return -9.0
            if adjective and self.low(first - 2) not in self.words["before"]:
                return -9.0
        return worth

    def _doubt(self, token: Token, entry: Entry) -> float:
        """Give what speaks against a single word: it is also a word, a given name or a surname."""
        doubt = 0.0
        if token.low in self.context.persons and entry.feature not in ("country", "admin1"):
            doubt += 4.0
        if entry.feature == "country":
            return doubt
        if self.book.is_word(token.text):
            doubt += 3.0 if token.initial or self.title_case else 2.0
        if token.low in self.context.words:
            doubt += 1.0
        big = entry.population > 400_000
        if self.book.is_given_name(token.text):
            doubt += 0.5 if big else 2.0
        elif self.book.is_surname(token.text):
            doubt += 0.0 if big else 1.5
        if token.initial:
            doubt += 0.5
        if len(token.text) < 4:
            doubt += 1.0
        return doubt

    def _cue(self, first: int, previous: _Hit | None) -> float:
        """Give the weight of the words before a name: in X, of X, X and Y."""
        back = first - 1
        word = self.low(back)
        if word == "the":
            back -= 1
            word = self.low(back)
        if word in self.words["near_before"]:
            return 2.5
        if word in self.words["before"] or word in self.cues.arabic["before"]:
            return 1.5
        token = self.tokens[back] if back >= 0 else None
        if token is not None and _bearing_word(token.low):
            return 1.5
        if word == "of" and (self.low(back - 1) in self.words["near_before"] or _bearing_word(self.low(back - 1))):
            return 3.0
        if previous is not None and previous.entry is not None and (word in (",", "and", "or") and previous.last >= back - 1):
            return 1.5
        return 0.5 if word in self.words["before_weak"] else 0.0

    def _dateline(self, first: int, last: int) -> bool:
        """Tell whether a name in capitals opens the text or a line: ALEPPO, March 3 (Agency) -"""
        token = self.tokens[first]
        if not token.initial or not token.text.isupper() or len(token.text) < 4 or self.title_case:
            return False
        return self.low(last) in (",", "(", "-", "–", "—", "/")

    def _neighbours(self, first: int, last: int, entry: Entry) -> bool:
        """Tell whether capitalised words beside a name make it part of a person, a body or a street."""
        tokens, words = self.tokens, self.words
        after = tokens[last] if last < len(tokens) and tokens[last].joined else None
        if after is not None and after.capital and not self.title_case:
            low = after.low
            known = low in words["facility"] or low in words["province"] or low in words["water_after"] or low in words["settlement"]
            calendar = low in words["never"] and low not in words["body"]
            beyond = tokens[last + 1].low if last + 1 < len(tokens) and tokens[last + 1].joined else ""
            if low in _KINDS_OF_FACILITY and (beyond in words["facility"] or self.low(last + 2) in words["facility"]):
                return False
            if low in words["body"] and not (low in words["facility"] and entry.feature == "city"):
                return True
            if not known and not calendar and low not in self.cues.demonyms and not after.initial:
                return True
        elif after is not None and after.text in ("bin", "ibn", "al"):
            return True
        if self.low(last) == "-" and last + 1 < len(tokens) and tokens[last + 1].start == tokens[last].end and tokens[last].start == tokens[last - 1].end:
            return tokens[last + 1].text[0].isdigit()
        if first == 0 or not tokens[first].joined:
            return False
        before = tokens[first - 1]
        if before.low in words["titles"] and (before.capital or before.low in ("bin", "ibn", "abu", "umm")):
            return not self.title_case or before.low not in ("general", "major", "private", "chief", "director")
        if not before.capital or self.title_case:
            return False
        low = before.low
        if before.initial and (self.book.is_word(before.text) or low in words["never"] or low in words["before"]):
            return self.book.is_given_name(before.text) and low not in words["never"] and not self.book.is_word(before.text)
        if low in self.cues.demonyms or _bearing_word(low) or low in words["province"] or low in words["settlement"]:
            return False
        if low in words["never"] and low not in ("police", "state", "army", "party", "front", "court"):
            return False
        if low in ("greater", "central", "downtown", "rural", "rif", "lower", "upper", "mount", "lake", "camp", "old", "port"):
            return False
        return True


_STOPS = frozenset("the a an and or in on at by for to from with as is was were are has have had will would that which who but after before said".split())

_KINDS_OF_FACILITY = frozenset("international military central national air civil general refugee".split())


def _bearing_word(word: str) -> bool:
    bare = word.replace("-", "").removesuffix("ern")
    return bare in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central")


def _size(entry: Entry) -> float:
    """Give the weight of an entry by itself: what many people live in is what reports name."""
    if entry.feature in ("country", "sea", "river", "region"):
        return 3.0
    if entry.feature == "admin2":
        return 3.0 if " " in entry.name else 0.5
    if entry.feature == "admin1":
        return 2.5 if entry.population > 400_000 else 1.5
    people = entry.population
    return 3.0 if people >= 800_000 else 2.3 if people >= 100_000 else 1.2 if people >= 15_000 else 0.2


def _held(entry: Entry, holder: Entry | None) -> bool:
    if holder is None or entry.id == holder.id:
        return False
    if entry.admin1 == holder.id or (holder.feature == "country" and entry.country == holder.country):
        return True
    if holder.country and entry.country and holder.country != entry.country:
        return False
    if holder.feature == "admin1" and holder.id.startswith("ne:") and entry.admin1.startswith("ne:"):
        return False
    return holder.feature != "country" and distance_km((entry.lat, entry.lon), (holder.lat, holder.lon)) < holder.radius_km


def find_places(text: str, gazetteer: Gazetteer | None = None, context: PlaceContext | None = None) -> list[Found]:
    """Find the places in a text, in order and without overlap; spans count in the given text.

    extra: name, precision, feature, country, admin1, lat, lon, and metonym="1" where a capital or country stands for
    its government. The context of the whole article (gather_context) makes a sentence's names unambiguous.
    """
    book = gazetteer or open_gazetteer()
    reader = _Reader(text, book, context or gather_context(text, book))
    hits = list(reader.hits())
    return [_found(reader, hit, hits, book) for hit in hits]


def _found(reader: _Reader, hit: _Hit, hits: list[_Hit], book: Gazetteer) -> Found:
    start, end = reader.tokens[hit.first].start, reader.tokens[hit.last - 1].end
    entry = hit.entry
    if entry is None:
        holder = _nearby(hit, hits)
        place = Place(f"name:{hit.name.replace(';', ' ')}", within=holder.id if holder is not None else "")
        country = holder.country if holder is not None else ""
        return Found(start, end, reader.text[start:end], str(place), {"name": hit.name, "precision": "near" if holder else "exact", "country": country, "feature": "city"})
    bearing, _ = read_bearing(reader.text, start, end)
    if hit.kind == "city" and reader.low(hit.first - 1) == "of" and not bearing.near:
        bearing = replace(bearing, direction="")  # "the eastern city of X": the city lies in the east of something
    if entry.feature == "region" and exact_key(hit.name) == exact_key(entry.name) and _bearing_word(hit.name.split()[0].lower()):
        bearing = replace(bearing, direction="")
    place = Place(entry.id, direction=bearing.direction, offset_m=bearing.offset_m, near=bearing.near or (hit.near and not bearing.direction))
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
    return Found(start, end, reader.text[start:end], value, extra)


def _nearby(hit: _Hit, hits: list[_Hit]) -> Entry | None:
    """Give the known place closest in the text to an unknown name, as its container; those after it go first."""
    known = [h for h in hits if h.entry is not None and h.entry.feature in ("city", "admin1", "admin2", "region", "country") and not h.metonym]
    known = [h for h in known if abs(h.first - hit.first) < 40]
    if not known:
        return None
    return min(known, key=lambda h: (h.first - hit.last if h.first >= hit.last else 2 * (hit.first - h.last), h.first)).entry


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


def gather_context(text: str, gazetteer: Gazetteer | None = None) -> PlaceContext:
    """Read a whole article once for its countries, people and places, so that each sentence can be read in its light."""
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
        if token.capital and following is not None and following.capital and following.joined and not token.initial | (token.low in cues.words["never"]):
            titled = token.low in cues.words["titles"]
            if titled or (book.is_given_name(token.text) and not book.is_word(token.text) and following.low not in cues.words["province"]):
                persons.update(_run(tokens, index + titled))
    words = frozenset(t.low for t in tokens if not t.capital and t.text[0].isalpha())
    # No country is hinted yet, and a spelling that only sounds like a known one must not bring one in.
    context = PlaceContext({"": 1.0}, {}, (), frozenset(), frozenset(persons), words)
    for _ in range(2):  # the first pass sees countries and large towns; the second reads the small ones in their light
        hits = [hit for hit in _Reader(text, book, context).hits() if hit.entry is not None]
        context = _weigh(context, hits, counts)
    final = [hit for hit in _Reader(text, book, context).hits() if hit.entry is not None and hit.kind != "admin1"]
    chosen: dict[str, Counter[str]] = {}
    for hit in final:
        assert hit.entry is not None
        chosen.setdefault(exact_key(hit.name), Counter())[hit.entry.id] += 1
    resolved = {key: min(ids, key=lambda id: (-ids[id], id)) for key, ids in sorted(chosen.items())}
    return replace(context, resolved=resolved)


def _run(tokens: list[Token], first: int) -> list[str]:
    """Give the words of a person's name from a token on: Ryan Dillon, Bashar al-Assad."""
    found = [tokens[first].low]
    for token in tokens[first + 1 : first + 4]:
        if not (token.capital and token.joined):
            break
        found.append(token.low)
    return found


def _weigh(context: PlaceContext, hits: list[_Hit], counts: Counter[str]) -> PlaceContext:
    total: Counter[str] = Counter(counts)
    for hit in hits:
        assert hit.entry is not None
        if hit.entry.country:
            total[hit.entry.country] += 2 if hit.entry.feature in ("country", "admin1") else 1
    top = max(total.values(), default=0)
    countries = {country: round(math.sqrt(number / top), 3) for country, number in sorted(total.items())} if top else {}
    entries = {hit.entry.id: hit.entry for hit in hits if hit.entry is not None and not hit.metonym}
    points = tuple((e.lat, e.lon) for _, e in sorted(entries.items()) if e.feature in ("city", "admin1", "admin2"))
    return replace(
        context,
        countries=countries,
        points=points[:40],
        provinces=frozenset(e.id for e in entries.values() if e.feature == "admin1"),
    )
