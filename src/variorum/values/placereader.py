"""One pass over one text: which names are places, and which gazetteer entry each one is.

Invariant: names come in order and never overlap; a name is taken only when the reasons add up to THRESHOLD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.values.gazetteer import Entry, Gazetteer, Match, distance_km, likely
from variorum.values.placename import exact_key, loose_key
from variorum.values.placesigns import STOPS, PlaceContext, Signs
from variorum.values.placetext import MAX_WORDS, is_arabic
from variorum.values.placeworth import (
    MOST_OTHERS,
    is_at_home,
    is_beside,
    is_held,
    is_large_area,
    is_strange,
    lies_with_others,
    size_worth,
)

_CONNECTORS = frozenset(
    ["of", "al", "el", "de", "la", "le", "les", "du", "des", "del", "upon", "on", "sur", "am", "and", "the", "bin"]
)
THRESHOLD = 2.5  # what the reasons to take a name for a place must add up to; Reader and Signs weigh in the same unit
KNOWN_AFAR = 50_000  # people: a town of fewer is not meant by an outlet far away that does not say where it lies
_SIDE = re.compile(
    r"(?:Far |Near )?(?:North|South|East|West|Northeast|Northwest|Southeast|Southwest)(?:east|west)? (?:Side|End)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One name taken for a place."""

    first: int  # token indexes, half-open
    last: int
    entry: Entry | None
    name: str
    worth: float
    kind: str  # what the words beside it ask for: "", "city", "admin1", "river"
    metonym: bool
    near: bool
    sure: bool  # only one entry, or something beside the name settles which
    held: bool = False  # a province or country beside the name settles which
    within: Entry | None = None  # what holds a name that is no entry, where that is known


class Reader:
    """One pass over one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, context: PlaceContext) -> None:
        """Prepare the tokens and their signs."""
        self.text = text
        self.book = gazetteer
        self.context = context
        self.signs = Signs(text, gazetteer, context)
        self.cues = self.signs.cues
        self.words = self.signs.words
        self.tokens = self.signs.tokens
        # First token -> end and entry of the container that the name before it asks for.
        self.holders: dict[int, tuple[int, Entry]] = {}

    def hits(self) -> Iterator[Hit]:
        """Yield the places in order, the longest name first at each word."""
        at = 0
        previous: Hit | None = None
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
            dotted = self.signs.low(last - 1) in ("st", "mt", "ft") and token.text == "."
            if (
                not token.joined
                and not dotted
                and not (self.tokens[last - 1].text == "." and token.capital and last - first == 2)
            ):
                break
            if token.capital:
                ends.append(last + 1)
            elif token.low not in _CONNECTORS and not dotted:
                break
            last += 1
        for end in reversed(ends):
            if end == first + 1 or self.tokens[end - 1].low not in STOPS:
                yield end

    def _hit_at(self, first: int, previous: Hit | None) -> Hit | None:
        if first in self.holders:
            last, entry = self.holders[first]
            name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            return Hit(first, last, entry, name, THRESHOLD, "admin1", False, False, True)
        if self.tokens[first].low in STOPS:
            return None
        for last in self._spans(first):
            name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            if _SIDE.fullmatch(name):
                side = self._side(first, last, name)
                if side is not None:
                    return side
            single = last == first + 1
            if single and self._is_never(self.tokens[first].low):
                return None
            matches = self.book.matches(name)
            if not matches and is_arabic(name[0]) and name[0] in "وبلفك" and single:
                matches = self.book.matches(name[1:])
            if last - first < 3 and not any(m.exact for m in matches) and self.signs.call_place(first, last):
                matches = tuple(likely(matches, self.context.countries)) or self.book.swapped(name)
            rows = self._quarters(name, matches)
            quarter = self._quarter(first, last, name, rows, previous) if rows else None
            if quarter is not None:
                return quarter
            if rows:
                matches = tuple(m for m in matches if m.exact)  # "Adra ambush" is not Daraa, which only sounds like it
            if matches:
                hit = self._decide(first, last, name, matches, previous)
                if hit is not None:
                    return hit
                if not single and any(m.exact for m in matches):
                    return None  # "Henderson County Fair" is not Henderson either
        return self._unknown(first)

    def _is_never(self, word: str) -> bool:
        if word in self.words["never"] or word in self.cues.demonyms:
            return True
        return is_arabic(word) and any(word in words for words in self.cues.arabic.values())

    def _unknown(self, first: int) -> Hit | None:
        """Take a name the gazetteer lacks where the words say it is a place: the village of Xyz."""
        last = first + 1
        while last < len(self.tokens) and last - first < 4 and self.tokens[last].capital and self.tokens[last].joined:
            last += 1
        before, of = self.signs.low(first - 2), self.signs.low(first - 1)
        cued = of == "of" and before in self.words["settlement_before"]
        if not cued or self._is_never(self.tokens[first].low.split("-")[0]):
            return None
        if any(
            self.signs.low(i) in self.words["body"] or self.signs.low(i) in self.words["titles"]
            for i in range(first, last)
        ):
            return None
        name = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        if is_arabic(name[0]) or self.signs.title_case:
            return None
        if any(m.exact and m.entry.feature == "country" for m in self.book.matches(name)):
            return None
        return Hit(first, last, None, name, THRESHOLD, "city", False, before in self.words["near_before"], False)

    def _quarters(self, name: str, matches: tuple[Match, ...]) -> tuple[tuple[str, str], ...]:
        """Give the rows of the table of quarters that a name can mean in the countries of the article."""
        known = self.cues.quarters
        spelled = known.get(exact_key(name), ())
        rows = spelled or known.get(loose_key(name), ())
        if not rows:
            return ()
        hinted = [m for m in matches if self.context.countries.get(m.entry.country, 0.0) >= 0.5]
        if any(m.exact for m in hinted) or (hinted and not spelled):
            return ()
        return tuple(row for row in rows if self.context.countries.get(row[0], 0.0) >= 0.5)

    def _quarter(
        self, first: int, last: int, name: str, rows: tuple[tuple[str, str], ...], previous: Hit | None
    ) -> Hit | None:
        """Take a quarter, suburb or village of the table where the words beside it say that it is a place."""
        before = previous.last if previous is not None else None
        asked = self.signs.kind(first, last) == "city" or self.signs.in_town(first, last)
        if not asked and (self.signs.cue(first, last, before) < 1.0 or self.signs.runs_on(last)):
            return None
        if self.signs.in_body(first):
            return None
        holders = [entry for entry in (self.book.entry(holder) for _, holder in rows) if entry is not None]
        within = min(holders, key=lambda entry: (self._away(entry), entry.id), default=None)
        near = self.signs.is_near(first, last)
        return Hit(first, last, None, name, THRESHOLD, "city", False, near, False, within=within) if within else None

    def _side(self, first: int, last: int, name: str) -> Hit | None:
        """Take the "West Side" of a local report for a part of its town; elsewhere the gazetteer may know one."""
        home = self.context.home
        return Hit(first, last, None, name, THRESHOLD, "city", False, False, False, within=home) if home else None

    def _away(self, entry: Entry) -> float:
        """Give how far an entry lies from the closest place of the article; a province that it names comes first."""
        if entry.id in self.context.provinces or entry.admin1 in self.context.provinces:
            return 0.0
        return min((distance_km(point, (entry.lat, entry.lon)) for point in self.context.points), default=0.0)

    def _wider(self, name: str, last: int) -> tuple[Match, ...]:
        """Give the entries of a name with its noun: Damascus countryside, Kiev oblast."""
        after = self.tokens[last] if last < len(self.tokens) and self.tokens[last].joined else None
        if after is None or after.low not in self.words["province"]:
            return ()
        return tuple(m for m in self.book.matches(f"{name} {after.text}") if m.exact and m.entry.feature != "city")

    def container(self, last: int, matches: tuple[Match, ...]) -> Entry | None:
        """Give the province or country after a comma: Paris, Texas; Mobile, Ala."""
        if self.signs.low(last) != "," or last + 1 >= len(self.tokens) or not self.tokens[last + 1].capital:
            return None
        if any(m.entry.feature == "country" and m.exact for m in matches) or self._is_listed(matches):
            matches = tuple(m for m in matches if m.entry.feature == "admin1")  # "China, Japan" is a list
        word = self.tokens[last + 1].text
        full = self.cues.abbreviations.get(word.rstrip("."))
        for end in [*self._spans(last + 1)] if full is None else [0]:
            name = full or self.text[self.tokens[last + 1].start : self.tokens[end - 1].end]
            if name.lower() in self.words["never"]:
                continue
            areas = [
                m for m in self.book.matches(name) if m.entry.feature in ("admin1", "country", "region") and m.exact
            ]
            areas = [a for a in areas if any(is_held(m.entry, a.entry) for m in matches)] or [
                a for a in areas if any(is_beside(m.entry, a.entry) for m in matches)
            ]
            if areas:
                best = max(areas, key=lambda m: (self.book.rank(m, areas, self.context.countries), m.entry.id)).entry
                self.holders[last + 1] = (end or last + 2, best)
                return best
        return None

    def _state_beside(self, last: int) -> Entry | None:
        """Give the state whose abbreviation stands after a comma, where a report plays in its country: Mobile, Ala."""
        if self.signs.low(last) != "," or last + 1 >= len(self.tokens):
            return None
        full = self.cues.abbreviations.get(self.tokens[last + 1].text.rstrip("."))
        areas = self.book.matches(full) if full is not None else ()
        state = next((m.entry for m in areas if m.exact and m.own and m.entry.feature == "admin1"), None)
        if state is None or state.id in self.context.provinces:
            return state
        return state if self.context.countries.get(state.country, 0.0) >= 0.7 else None

    def _is_listed(self, matches: tuple[Match, ...]) -> bool:
        """Tell whether a name is a province in an article that lists provinces: "Nevada, Ohio and Oregon"."""
        return any(m.own and m.entry.feature == "admin1" and self.context.census.lists(m.entry) for m in matches)

    def choose(
        self, name: str, matches: tuple[Match, ...], kind: str, holder: Entry | None
    ) -> tuple[Match, bool] | None:
        """Give the likeliest match, and whether a container beside it settled the choice."""
        context = self.context
        fit = [m for m in matches if is_held(m.entry, holder)] if holder is not None else []
        if holder is not None and not fit:
            fit = [m for m in matches if m.exact and is_beside(m.entry, holder)]
        settled = bool(fit)
        pool = fit or list(matches)
        features = {
            "admin1": ("admin1", "admin2", "region", "country"),
            "city": ("city",),
            "river": ("river", "sea"),
        }.get(kind)
        if features is not None:
            pool = [m for m in pool if m.entry.feature in features] or pool
        else:
            pool = [m for m in pool if m.entry.feature != "admin2" or " " in name] or pool
        pool = likely(pool, context.countries)
        if not pool:
            return None
        before = context.resolved.get(exact_key(name))
        known = [m for m in pool if m.entry.id == before]
        if known and not settled:
            return known[0], False
        if len(pool) == 1:
            return pool[0], settled
        key, known_afar = exact_key(name), any(is_large_area(match) for match in pool)
        if known_afar and not kind and not settled:  # "Africa" is no other name of a town
            pool = [m for m in pool if m.own or m.entry.feature not in ("city", "admin1")]
        return max(pool, key=lambda m: (self._rank(key, m, pool, known_afar), m.entry.id)), settled

    def _rank(self, key: str, match: Match, pool: list[Match], known_afar: bool) -> float:
        entry = match.entry
        here = (entry.lat, entry.lon)
        near = [point for point in self.context.points if distance_km(point, here) > 1.0]
        worth = self.book.rank(match, pool, self.context.countries, near)
        if entry.feature != "city" or not known_afar:
            worth += min(MOST_OTHERS, self.context.census.support(key, entry))
        return worth + 2.0 * (entry.admin1 in self.context.provinces)

    def _decide(self, first: int, last: int, name: str, matches: tuple[Match, ...], previous: Hit | None) -> Hit | None:
        kind = self.signs.kind(first, last)
        holder = self.container(last, matches)
        matches = self._wider(name, last) or matches
        lacking = self._state_beside(last) if holder is None else None
        if lacking is not None and any(m.exact for m in matches):
            # "Columbia, VT": a village that the gazetteer lacks, not one of the Columbias that it knows
            return Hit(first, last, None, name, THRESHOLD, "city", False, False, True, within=lacking)
        choice = self.choose(name, matches, kind, holder)
        if choice is None:
            return None
        match, settled = choice
        small = match.entry.feature == "city" and match.entry.population < 100_000
        plain_words = " " in name and not settled and all(self.book.is_word(word) for word in name.split())
        if (
            plain_words
            and (small or not match.own)
            and not (self.signs.low(first - 1) == "in" and is_at_home(match, self.context))
        ):
            return None  # "White House" is no other name of Casablanca in an English text
        if self.signs.in_body(first):
            return None
        if match.entry.feature == "country" and len(name) < 5 and not match.own and not name.isupper():
            return None  # "Car" is not CAR
        cued = self.signs.low(first - 1) == "of" and self.signs.low(first - 2) in self.words["settlement_before"]
        if cued and self.signs.runs_on(last):
            return None  # the village of Xyz Abc is not Xyz
        strange = holder is None and is_strange(match.entry, self.context)
        if holder is None and self.signs.on_street(first, strange=strange):
            return None
        if strange:
            part = self._part_of_home(first, last, name, match.entry)
            if part is not None or match.entry.population < KNOWN_AFAR:
                return part
        if self.signs.in_town(first, last) and self._far(match.entry):
            if last < len(self.tokens) and not cued and self.tokens[first].initial:
                return None
            return Hit(first, last, None, name, THRESHOLD, "city", False, False, False)
        if holder is None and previous is not None and previous.entry is not None and previous.last == first:
            settled = self.tokens[previous.last - 1].possessive and is_held(match.entry, previous.entry)
        held = holder is not None and settled
        worth = self._worth(first, last, match, kind, (settled, held), previous)
        if THRESHOLD - 1.0 <= worth < THRESHOLD:
            worth += lies_with_others(name, match, self.context)
        if worth < THRESHOLD:
            return None
        near = self.signs.is_near(first, last)
        rivals = (m for m in matches if m.entry.country != match.entry.country and m.exact)
        sure = settled or all(50 * m.entry.population < match.entry.population for m in rivals)
        metonym = self.signs.metonym(first, last, match.entry)
        return Hit(first, last, match.entry, name, worth, kind, metonym, near, sure, held)

    def _part_of_home(self, first: int, last: int, name: str, entry: Entry) -> Hit | None:
        """Take a name that the gazetteer knows far away only for a part of the outlet's town, where the words allow."""
        called = self.signs.in_town(first, last) or exact_key(name) in self.context.parts
        small = entry.population < KNOWN_AFAR and entry.feature == "city"
        placed = small and self.signs.low(first - 1) == "in" and not self.signs.runs_on(last)
        person = name.lower() in self.context.persons
        if not (called or placed) or person or self.signs.neighbours(first, last, entry):
            return None
        return Hit(first, last, None, name, THRESHOLD, "city", False, False, False, within=self.context.home)

    def _far(self, entry: Entry) -> bool:
        """Tell whether an entry lies far from all the article's places: a quarter of that name is not it."""
        points = [p for p in self.context.points if p != (entry.lat, entry.lon)]
        return (
            bool(points)
            and min(distance_km(p, (entry.lat, entry.lon)) for p in points) > 150
            and entry.population < 2_000_000
        )

    def _worth(
        self, first: int, last: int, match: Match, kind: str, beside: tuple[bool, bool], previous: Hit | None
    ) -> float:
        """Add up the reasons to take a name for a place; -9 where the words around it say it is none."""
        (settled, held), entry, token = beside, match.entry, self.tokens[first]
        single = last == first + 1
        asked = bool(kind) and (kind != "admin1" or entry.feature != "city")
        strong = settled or asked or self.signs.dateline(first, last)
        if not strong:
            refused = self.signs.neighbours(first, last, entry)
            if refused:
                return -9.0
        elif (
            self.signs.low(first - 1) in self.words["titles"]
            and self.tokens[first].joined
            and self.tokens[first - 1].capital
        ):
            return -9.0
        before = previous.last if previous is not None and previous.entry is not None else None
        worth = size_worth(entry)
        worth += 0.0 if match.exact else -0.5
        hint = self.context.countries.get(entry.country, 0.0)
        worth += 1.5 if hint >= 0.7 else 1.0 if hint >= 0.25 else 0.0
        worth += 0.0 if single else 0.7
        worth += 3.0 if strong else self.signs.cue(first, last, before)
        name = self.text[token.start : self.tokens[last - 1].end]
        if exact_key(token.text) and self.context.resolved.get(exact_key(name)):
            worth += 2.0
        worth += is_at_home(match, self.context)
        if single and not held:
            worth -= self.signs.doubt(token, entry)
        if (
            self.signs.low(first - 1) == "the"
            and entry.feature == "city"
            and not kind
            and not self.signs.modifies(last)
        ):
            worth -= 1.5
        return -9.0 if single and self.signs.is_code(first, entry) else worth
