"""A census of every name in an article that could be a place: where their bearers lie together.

Invariant: a name counts once however often it stands there, whatever it may be part of ("Texas Rangers" tells of
Texas), and shares its weight among all that bear it; so what several names have in common stands out.
The method is that of spatial minimality (Leidner 2007), with weights in place of the smallest region.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.values.gazetteer import Entry, Gazetteer
from variorum.values.placename import exact_key
from variorum.values.placetext import Cues, Token

LONGEST = 3  # words: longer names hardly ever have two bearers
LIST = 4  # provinces of one country that make a list
LARGE = 200_000  # people of a town
BEARERS = 40  # of one name: a commoner one tells nothing
MOST_NAMES = 80


@dataclass(frozen=True, slots=True)
class Census:
    """How much the names of an article weigh in each province and near each point."""

    provinces: Mapping[str, float] = field(default_factory=dict)  # id of the province -> names that lie in it
    cells: Mapping[tuple[int, int], float] = field(default_factory=dict)  # degree of latitude and longitude -> names
    own: Mapping[tuple[str, str | tuple[int, int]], float] = field(
        default_factory=dict
    )  # key of a name, province or cell -> its part
    # Country -> keys of names of its provinces, but those of a town too: "Hama and Idlib", "New York".
    siblings: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def support(self, key: str, entry: Entry) -> float:
        """Give how many other names (each in parts) have a bearer in the province of an entry or about 100 km off."""
        province = entry.id if entry.feature == "admin1" else entry.admin1
        held = self.provinces.get(province, 0.0) - self.own.get((key, province), 0.0) if province else 0.0
        if entry.feature == "admin1":  # "Oregon, Ohio and Texas" are states, whatever towns are called so
            alike = self.siblings.get(entry.country, frozenset())
            return held + (len(alike) - 1 if key in alike else 0)
        if entry.feature != "city":
            return held
        cell = _cell(entry)
        near = self.cells.get(cell, 0.0) - self.own.get((key, cell), 0.0)
        return held + near

    def lists(self, province: Entry) -> bool:
        """Tell whether a province is one of many that the article names."""
        alike = self.siblings.get(province.country, frozenset())
        return len(alike) >= LIST and exact_key(province.name) in alike


def take_census(tokens: Sequence[Token], book: Gazetteer, cues: Cues, persons: frozenset[str]) -> Census:
    """Weigh every name of an article."""
    provinces: defaultdict[str, float] = defaultdict(float)
    cells: defaultdict[tuple[int, int], float] = defaultdict(float)
    own: defaultdict[tuple[str, str | tuple[int, int]], float] = defaultdict(float)
    siblings: dict[str, set[str]] = {}
    for key, entries in _bearers(tokens, book, cues, persons).items():
        shares = [(entry, math.sqrt(entry.population + 3000)) for entry in entries]
        total = sum(share for _, share in shares)
        for entry, share in shares:
            if entry.feature == "admin1" and not any(_is_also(other, entry) for other in entries):
                siblings.setdefault(entry.country, set()).add(key)
            part = share / total
            province = entry.id if entry.feature == "admin1" else entry.admin1
            if province:
                provinces[province] += part
                own[key, province] += part
            if entry.feature != "city":
                continue
            row, column = _cell(entry)
            for cell in ((row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)):
                cells[cell] += part
                own[key, cell] += part
    alike = {country: frozenset(keys) for country, keys in siblings.items()}
    return Census(provinces, cells, own, alike)


def _is_also(town: Entry, province: Entry) -> bool:
    """Tell whether a name that is a province's is as likely a town's: one in it, or a large one of its country."""
    return town.admin1 == province.id or (
        town.feature == "city" and town.country == province.country and town.population > LARGE
    )


def _cell(entry: Entry) -> tuple[int, int]:
    return math.floor(entry.lat), math.floor(entry.lon)


def _bearers(
    tokens: Sequence[Token], book: Gazetteer, cues: Cues, persons: frozenset[str]
) -> dict[str, tuple[Entry, ...]]:
    """Give the bearers of each name, the longest name first at each word."""
    found: dict[str, tuple[Entry, ...]] = {}
    for name in _names(tokens, book, cues, persons):
        key = exact_key(name)
        if key in found or len(found) >= MOST_NAMES:
            continue
        full = cues.abbreviations.get(name.rstrip("."), name)
        matches = [m.entry for m in book.matches(full) if m.exact]
        states = [e for e in matches if e.feature == "admin1"] if full != name else matches
        entries = [e for e in states if e.feature in ("city", "admin1", "admin2")]
        if any(e.feature == "country" for e in matches) or not entries or len(entries) > BEARERS:
            continue
        found[key] = tuple(entries)
    return found


def _names(tokens: Sequence[Token], book: Gazetteer, cues: Cues, persons: frozenset[str]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.capital or token.low in cues.words["never"]:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and end - at < LONGEST and tokens[end].capital and tokens[end].joined:
            end += 1
        while end > at:
            words = tokens[at:end]
            name = " ".join(word.text for word in words)
            if len(words) == 1 and (token.low in persons or _doubtful(token, book, cues)):
                break
            if any(match.exact for match in book.matches(name)) or name.rstrip(".") in cues.abbreviations:
                yield name
                break
            end -= 1
        at = max(end, at + 1)


def _doubtful(token: Token, book: Gazetteer, cues: Cues) -> bool:
    if token.text in cues.abbreviations:
        return not (token.text.isupper() or len(token.text) > 3)
    return len(token.text) < 4 or book.is_given_name(token.text) or book.is_word(token.text)
