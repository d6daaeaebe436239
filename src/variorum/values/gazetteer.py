"""The gazetteer shipped with the package, and the user's own beside it: entries by id, name and closeness.

Invariant: the files are opened read-only and never changed; the same query always gives the same entries in the same
order. Sources, licences and the recipe: training/gazetteer/README.md. No reading of text in here.
"""

from __future__ import annotations

import math
import re
import sqlite3
import struct
import threading
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal
from urllib.parse import quote
from weakref import finalize

from rapidfuzz import fuzz

from variorum.errors import ConfigError
from variorum.values.placename import exact_key, key_mark, loose_key
from variorum.values.romanise import swapped_keys

Feature = Literal["city", "admin1", "admin2", "country", "sea", "river", "region"]
FEATURES: tuple[Feature, ...] = ("city", "admin1", "admin2", "country", "sea", "river", "region")
EARTH_KM = 6371.0
# Seas, rivers, regions and countries have no population of their own to compare; a county is named with its "County".
FEATURE_WORTH: Mapping[Feature, float] = {"country": 3.0, "sea": 4.5, "river": 3.5, "region": 4.5, "admin2": -1.5}
# Of a spelling that only sounds alike, per cent of the letters shared with the entry's name (rapidfuzz ratio): Aqerbat
# and Uqayribat share 62, Nusra and Nasiriyah 43.
ALIKE = 55
# The same where a letter is swapped as well (romanise.py), and the fewest letters of such a name: Gamishli and Qamishli
# share 87, Thamar and Dhamar 83.
SWAPPED_ALIKE, SWAPPED_LETTERS = 75, 5
SEAT_PEOPLE = 5_000
_REF = struct.Struct("<IH")
# Of the user's own gazetteer (ownbook.py): above GeoNames' numbers and those of the shipped areas, below _OWN.
OWN_NUMBERS = 1 << 29
OWN_FORMAT = "1"
OWN_REMEDY = "Remove the file, and add its sources again: variorum gazetteer add FILE"
_OWN = 1 << 31  # in a reference: the key is the entry's own name, not an alternate one


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer."""

    id: str  # gn:173480 GeoNames, ne:SY.idlib Natural Earth, va:sea.black-sea our own table, own:… a user's file
    name: str
    lat: float
    lon: float
    radius_km: float  # of the circle that stands for its extent
    feature: Feature
    country: str  # ISO 3166-1 alpha-2, "" for seas, rivers and regions of several countries
    admin1: str  # id of the province that holds it, "" when none
    population: int


@dataclass(frozen=True, slots=True)
class Match:
    """One entry a name can mean, and how good the spelling fits."""

    entry: Entry
    exact: bool  # the spelling is a known one; otherwise it only sounds like one
    own: bool  # it is the entry's own name, not an alternate one


@lru_cache(maxsize=100_000)  # the places of one report are compared with each other again and again
def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the great-circle distance of two (lat, lon) points in kilometres (haversine, mean earth radius)."""
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


@cache
def area_points() -> Mapping[str, tuple[float, float]]:
    """Give the point (lat, lon) that stands for a country or continent, by its id, where the shipped table has one."""
    table = tomllib.loads(files("variorum.values").joinpath("areapoints.toml").read_text(encoding="utf-8"))
    words = {f"ne:{country}": point for country, point in table["countries"].items()} | table["continents"]
    points = {id: [float(number) for number in point.split()] for id, point in words.items()}
    return {id: (lat, lon) for id, (lat, lon) in points.items()}


def town_radius_km(population: int) -> float:
    """Give the radius of a town by its people: 1 km for a village, about 11 km for a million."""
    return round(1.0 + math.sqrt(max(population, 0)) / 100, 1)


class Gazetteer:
    """Read access to one gazetteer file; safe to share between threads."""

    def __init__(self, path: str, own: str = "") -> None:
        """Open the file, and a user's own beside it. Raises ConfigError when one is missing or of another format."""
        self._lock = threading.Lock()
        self._database, self.meta = _open(path, "Install the package again.")
        finalize(self, self._database.close)  # what is opened is closed with it: Python 3.13 warns of what is not
        self._own: sqlite3.Connection | None = None
        self.own_digest = ""  # of the user's own places; "" is none
        if own:
            self._own, meta = _open(own, OWN_REMEDY)
            finalize(self, self._own.close)
            self.own_digest = meta["digest"]
        self.capitals = frozenset(f"gn:{number}" for number in self.meta.get("capitals", "").split())
        self.entry_by_number = lru_cache(maxsize=50_000)(self._entry_by_number)
        self.matches = lru_cache(maxsize=50_000)(self._matches)
        self.swapped = lru_cache(maxsize=50_000)(self._swapped)
        self.word_bits = lru_cache(maxsize=50_000)(self._word_bits)
        self._cell = lru_cache(maxsize=512)(self._read_cell)

    def _row(self, query: str, *values: object, own: bool = False) -> tuple[object, ...] | None:
        database = self._own if own else self._database
        if database is None:
            return None
        with self._lock:
            row: tuple[object, ...] | None = database.execute(query, values).fetchone()
        return row

    def _entry_by_number(self, number: int) -> Entry:
        own = number >= OWN_NUMBERS
        row = self._row("select * from entry where number = ?", number, own=own)
        if row is None:
            raise KeyError(number)
        _, id, name, lat, lon, radius, feature, country, admin1, population = row
        assert isinstance(lat, int)
        assert isinstance(lon, int)
        assert isinstance(feature, int)
        people = population if isinstance(population, int) else 0
        holder: tuple[object, ...] | None = (admin1 or "",)
        if not own:
            holder = self._row("select id from entry where number = ?", admin1) if admin1 is not None else None
        return Entry(
            str(id) if id is not None else f"gn:{number}",
            str(name),
            *area_points().get(str(id), (lat / 1e4, lon / 1e4)),
            radius / 10 if isinstance(radius, int) else town_radius_km(people),
            FEATURES[feature],
            str(country or ""),
            str(holder[0]) if holder is not None else "",
            people,
        )

    def entry(self, id: str) -> Entry | None:
        """Give the entry with this id, or None: also for an id of a gazetteer that is not on this machine."""
        own = self._row("select number from area where id = ?", id, own=True)
        if own is not None:
            number: object = own[0]
        elif re.fullmatch(r"gn:\d{1,9}", id):
            number = int(id[3:])
        else:
            row = self._row("select number from area where id = ?", id)
            number = row[0] if row is not None else None
        try:
            return self.entry_by_number(number) if isinstance(number, int) else None
        except KeyError:
            return None

    def _references(self, key: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for own in (False, True) if key else ():
            row = self._row("select refs from name where key = ?", key, own=own)
            if row is not None and isinstance(row[0], bytes):
                found += _REF.iter_unpack(row[0])
        return found

    def _referring(self, keys: Sequence[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield those of many keys that lead anywhere, with their references."""
        query = f"select key, refs from name where key in ({','.join('?' * len(keys))}) order by key"
        for database in (self._database, self._own) if keys else ():
            if database is not None:
                with self._lock:
                    rows = database.execute(query, keys).fetchall()
                yield from ((str(key), list(_REF.iter_unpack(refs))) for key, refs in rows)

    def _matches(self, name: str) -> tuple[Match, ...]:
        """Give every entry this spelling can mean: the known spellings, or where there are none the like-sounding."""
        exact = exact_key(name)
        mark = key_mark(exact)
        found: dict[int, Match] = {}
        sounding = self._references(loose_key(name))
        for number, its_mark in [*self._references(exact), *(ref for ref in sounding if ref[1] == mark)]:
            if its_mark == mark:
                bare = number & ~_OWN
                found[bare] = Match(self.entry_by_number(bare), True, bool(number & _OWN))
        for number, _ in sounding:
            bare = number & ~_OWN
            if bare not in found:
                entry = self.entry_by_number(bare)
                if fuzz.ratio(exact, exact_key(entry.name)) >= ALIKE:
                    found[bare] = Match(entry, False, False)
        return tuple(found[number] for number in sorted(found))

    def _swapped(self, name: str) -> tuple[Match, ...]:
        """Give the entries spelled alike but for a letter that romanisations of their script write two ways.

        They are for a name that the words around call a place, and that no match fits.
        """
        exact = exact_key(name)
        if len(exact) < SWAPPED_LETTERS or self.word_bits(name):
            return ()  # an English word or a common name of people is not also a slip of a romanisation
        found: dict[int, Match] = {}
        keys = swapped_keys(loose_key(name))
        for key, refs in self._referring(tuple(keys)):
            for number, _ in refs:
                entry = self.entry_by_number(number & ~_OWN)
                if entry.country in keys[key] and fuzz.ratio(exact, exact_key(entry.name)) >= SWAPPED_ALIKE:
                    found[number & ~_OWN] = Match(entry, False, False)
        return tuple(found[number] for number in sorted(found))

    def _word_bits(self, word: str) -> int:
        row = self._row("select bits from word where key = ?", exact_key(word))
        return row[0] if row is not None and isinstance(row[0], int) else 0

    def is_word(self, word: str) -> bool:
        """Tell whether this is also an ordinary English word (SCOWL, size small)."""
        return bool(self.word_bits(word) & 1)

    def is_given_name(self, word: str) -> bool:
        """Tell whether this is also a given name."""
        return bool(self.word_bits(word) & 2)

    def is_surname(self, word: str) -> bool:
        """Tell whether this is also a frequent surname of the US census."""
        return bool(self.word_bits(word) & 4)

    def find(
        self,
        name: str,
        country_hint: Sequence[str] | Mapping[str, float] = (),
        near: Iterable[tuple[float, float]] = (),
        *,
        feature: Feature | None = None,
    ) -> list[Entry]:
        """Give the entries a name can mean, the likeliest first: spelling, country, closeness, population.

        A spelling that only sounds like a known one counts where the country is hinted, or where one entry alone does.
        """
        weights = country_hint if isinstance(country_hint, Mapping) else dict.fromkeys(country_hint, 1.0)
        for known in (self.matches(name), self.swapped(name)):
            matches = likely([m for m in known if feature is None or m.entry.feature == feature], weights)
            if matches:
                break
        points = tuple(near)
        return [m.entry for m in sorted(matches, key=lambda m: (-self.rank(m, matches, weights, points), m.entry.id))]

    def rank(
        self,
        match: Match,
        pool: Sequence[Match],
        countries: Mapping[str, float],
        near: Sequence[tuple[float, float]] = (),
    ) -> float:
        """Give the worth of a match among those of one name, in powers of ten of population.

        The weights are round numbers: a hinted country outweighs a factor of 1000 in population, an own name or being
        the capital one of 10 to 30. A town goes before the province that is named after it.
        """
        entry = match.entry
        here = (entry.lat, entry.lon)
        # GeoNames lists towns of unknown population only where they are seats of a district.
        people = entry.population or (SEAT_PEOPLE if entry.feature == "city" else 0)
        worth = math.log10(people + 30)
        worth += FEATURE_WORTH.get(entry.feature, 0.0)
        worth += 1.0 * match.own + 2.0 * match.exact
        worth += 3.0 * countries.get(entry.country, 0.0)
        worth += 1.5 * (entry.id in self.capitals)
        if near and entry.feature in ("city", "admin2"):
            away = min(distance_km(here, point) for point in near) - entry.radius_km
            worth += 2.0 if away < 60 else 1.2 if away < 200 else 0.4 if away < 500 else 0.0
        if entry.feature == "admin1":
            seats = (m.entry for m in pool if m.entry.feature == "city" and m.entry.population > entry.population / 20)
            if any(distance_km(here, (seat.lat, seat.lon)) < 1.3 * entry.radius_km + 20 for seat in seats):
                worth -= 2.5
        return worth

    def _read_cell(self, cell: int) -> tuple[Entry, ...]:
        rows = [self._row("select refs from cell where cell = ?", cell, own=own) for own in (False, True)]
        packed = b"".join(row[0] for row in rows if row is not None and isinstance(row[0], bytes))
        return tuple(self.entry_by_number(number) for (number,) in struct.iter_unpack("<I", packed))

    def nearest(self, lat: float, lon: float, *, limit: int = 1, within_km: float = 100.0) -> list[Entry]:
        """Give the populated places closest to a point, closest first, none farther than `within_km`."""
        rows = int(within_km / 111.0) + 1
        columns = min(180, int(within_km / (111.0 * max(0.05, math.cos(math.radians(lat))))) + 1)
        found: list[tuple[float, str, Entry]] = []
        for row in range(math.floor(lat) - rows, math.floor(lat) + rows + 1):
            for column in range(math.floor(lon) - columns, math.floor(lon) + columns + 1):
                for entry in self._cell((row + 90) * 360 + (column + 180) % 360):
                    away = distance_km((lat, lon), (entry.lat, entry.lon))
                    if away <= within_km:
                        found.append((away, entry.id, entry))
        return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])[:limit]]


def likely(matches: Sequence[Match], countries: Mapping[str, float]) -> list[Match]:
    """Drop spellings that only sound alike, unless their country is hinted, or none is and all lie in one place.

    One place is 150 km across: a town and the province of its name are one.
    """
    exact = [m for m in matches if m.exact]
    hinted = [m for m in matches if countries.get(m.entry.country, 0.0) >= 0.5 and not m.exact]
    if exact:
        # A village abroad that is spelled so gives way to one at home that is spelled nearly so: Ras al-Ain.
        abroad = all(m.entry.population < 100_000 and not countries.get(m.entry.country) for m in exact)
        return hinted if hinted and abroad else exact
    if hinted or not matches or countries:
        return hinted
    points = [(m.entry.lat, m.entry.lon) for m in matches]
    return list(matches) if all(distance_km(points[0], point) < 150 for point in points) else []


def _open(path: str, remedy: str) -> tuple[sqlite3.Connection, Mapping[str, str]]:
    database: sqlite3.Connection | None = None
    try:
        # Never changed while it is open: an own gazetteer is replaced whole, and what is open stays the old one.
        database = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        meta: Mapping[str, str] = dict(database.execute("select key, value from meta"))
    except sqlite3.Error as error:
        if database is not None:
            database.close()
        raise ConfigError(f"The gazetteer {path} cannot be read: {error}", remedy) from error
    if meta.get("format") != "1":
        database.close()
        raise ConfigError(f"The gazetteer {path} has an unknown format", remedy)
    return database, meta


def read_digest(own: str) -> str:
    """Give the digest of a user's own places. Raises ConfigError when the file cannot be read."""
    database, meta = _open(own, OWN_REMEDY)
    database.close()
    return meta["digest"]


@cache
def open_gazetteer(own: str = "") -> Gazetteer:
    """Give the gazetteer shipped with the package, and a user's own where its file is named, opened once."""
    return Gazetteer(str(files("variorum.values").joinpath("data", "gazetteer.sqlite")), own)
