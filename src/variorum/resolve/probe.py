"""Mentions as the index sees them: small numbers in columns, and the keys under which each asks and is found.

Invariant: a mention's row and keys follow from its view alone, in whole numbers or in arithmetic that is the same in
any batch and on any processor, so that what is found does not depend on what came before or with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from hashlib import blake2b, shake_256
from heapq import nlargest, nsmallest
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.compare import COMMON_KINDS
from variorum.resolve.nearness import AREAS
from variorum.resolve.passages import Story
from variorum.resolve.view import Extent, MentionView
from variorum.schema import load_schema

Array = NDArray[Any]

# Days before its printing in which an event without a stated date is looked for: news and its follow-ups; a
# monthly round-up states its dates.
PRINT_WINDOW = 10
LONG_DAYS = 370  # a date vaguer than a year says nothing that could find a partner
OPEN = 2**30  # a day beyond all: the ends of a window that can be of any time
BUCKET_DAYS = 14  # a stated day with its neighbours lies in one, a print window in one or two
# Two points no further apart than REACH degrees (67 km to the north) lie in one cell of at least one of four grids
# shifted by half a cell; beyond both extents and 50 km two precise places cannot be one.
REACH = 0.6
TABLES, BITS = 4, 24  # hash tables of random hyperplanes, and planes of each
NEAR_BITS, OPEN_BITS = 8, 12  # planes that make a key beside a stretch of time, and alone
STORY_MENTIONS = 4  # a report of more events than these is a round-up, and its words are not one event's
DATES, PLACES, FIGURES, NAMES, PEOPLE = 2, 2, 4, 4, 8  # of each that a row holds
SKETCH, SKETCHED = 64, 30  # numbers that stand for the rare words of a report, and how many of the rarest they hold
WHEREVER, WHENEVER = 1, 2
_POINT, _AREA, _COUNTRY, _NAMED = 1, 2, 3, 4  # what a place is; 0 for none
_CELL, _IN_AREA, _LAND, _NAME, _MARK, _NEAR, _ANY_MARK, _ANY_NEAR = 0, 4, 5, 6, 7, 8, 12, 13  # families of keys
_REPORT = 17  # the passages of one report


@lru_cache(maxsize=1_000_000)
def number_of(text: str) -> int:
    """Give the number that stands for a text, 63 bits; Python's own differs from process to process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


@dataclass(frozen=True)
class Sheet:
    """Columns with one row for each mention; keys lie in `entry_*`, several for each row."""

    tie: Array  # uint32 [n] digest of the mention id: breaks every tie
    low: Array  # int32 [n] days on which it can have happened, -OPEN when open
    high: Array
    stated: Array  # bool [n] whether the window comes from dates that the mention states outright
    first: Array  # int32 [n, DATES] stated days, the narrowest dates first; last < first where there is none
    last: Array
    published: Array  # int32 [n] -1 when unknown
    earliest: Array  # int32 [n] first day that the stated dates allow, -OPEN when one is open
    kind: Array  # int16 [n]
    article: Array  # int64 [n] digests
    root: Array
    part: Array  # float32 [n] what a likeness of the whole reports counts for one of their events
    bare: Array  # bool [n] without a place and a day of its own: it can tell on what its report told before
    own_place: Array  # bool [n] said by the mention itself, not elsewhere in its report
    place: Array  # int64 [n, PLACES] digests of ids
    what: Array  # int8 [n, PLACES]
    lat: Array  # float32 [n, PLACES] degrees
    lon: Array
    shrink: Array  # float32 [n, PLACES] cosine of the latitude
    radius: Array  # float32 [n, PLACES] km
    admin: Array  # int64 [n, PLACES] digests
    country: Array
    figures: Array  # uint32 [n, FIGURES] digests, 0 for none
    names: Array  # uint32 [n, NAMES]
    people: Array  # uint32 [n, PEOPLE] of the whole report
    vector: Array  # int8 [n, DIM] what the passage means, of length 127
    story: Array  # int8 [n, SKETCH] rare words of the report
    code: Array  # int32 [n, TABLES] on which side of each hyperplane the vector lies
    entry_row: Array  # int32 [entries]
    entry_key: Array  # uint64 [entries] key in the high 40 bits, hash code in the low 24: the order inside a block
    entry_asks: Array  # bool [entries] whether it looks for others here, or is only found

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.tie)

    def joined(self, other: Sheet) -> Sheet:
        """Give the rows of both, the other's after these."""
        return stack([self, other])

    def taken(self, rows: Array) -> Sheet:
        """Give some rows in the order given, with their keys in that order."""
        place = np.full(len(self), -1, np.int64)
        place[rows] = np.arange(len(rows))
        of = place[self.entry_row]
        order = np.argsort(of, kind="stable")[np.count_nonzero(of < 0) :]
        columns = {name: getattr(self, name)[order if name in _ENTRIES else rows] for name in _COLUMNS}
        return Sheet(**{**columns, "entry_row": of[order].astype(np.int32)})

    def without_entries(self) -> Sheet:
        """Give the rows alone, once their keys are in an index."""
        kept = {name: getattr(self, name) for name in _COLUMNS}
        return Sheet(**{name: column[:0] if name in _ENTRIES else column for name, column in kept.items()})


_COLUMNS = tuple(field.name for field in fields(Sheet))
_ENTRIES = ("entry_row", "entry_key", "entry_asks")


def stack(sheets: Sequence[Sheet]) -> Sheet:
    """Give the rows of all sheets, one sheet after another."""
    before = np.cumsum([0, *(len(one) for one in sheets)]).tolist()
    columns = {name: [getattr(one, name) for one in sheets] for name in _COLUMNS}
    columns["entry_row"] = [one.entry_row + np.int32(first) for one, first in zip(sheets, before)]
    return Sheet(**{name: np.concatenate(parts) for name, parts in columns.items()})


@cache
def kind_codes() -> dict[str, int]:
    """Give the number of each kind."""
    return {kind: number for number, kind in enumerate(load_schema().kinds)}


@cache
def planes() -> NDArray[np.float32]:
    """Give the hyperplanes, [numbers of a vector, TABLES * BITS], each number +1 or -1 by a fixed digest."""
    bits = np.unpackbits(np.frombuffer(shake_256(b"hyperplanes 1").digest(128 * TABLES * BITS // 8), np.uint8))
    return (bits.astype(np.float32) * 2 - 1).reshape(128, TABLES * BITS)


@dataclass
class _Row:
    """One mention before it is laid out."""

    window: tuple[int, int] | None
    places: tuple[Extent, ...]
    placed: bool


def lay_out(views: Sequence[MentionView]) -> Sheet:
    """Lay mentions out in columns, in the order given."""
    rows = [_row(view) for view in views]
    vector = _vectors(views)
    code = _codes(vector)
    days = [_stated(view) for view in views]
    places = [sorted(row.places, key=_precise)[:PLACES] for row in rows]
    entry_row, entry_key, entry_asks = _entries(views, rows, code, vector)

    def ints(values: Iterable[int], kind: Any = np.int32) -> Array:
        return np.array(list(values), dtype=kind)

    def padded(lists: Iterable[Sequence[Any]], width: int, kind: Any, fill: Any = 0) -> Array:
        return np.array([[*row[:width], *[fill] * (width - len(row))] for row in lists], dtype=kind).reshape(-1, width)

    return Sheet(
        tie=ints((number_of(view.id) & 0xFFFFFFFF for view in views), np.uint32),
        low=ints(-OPEN if row.window is None else row.window[0] for row in rows),
        high=ints(OPEN if row.window is None else row.window[1] for row in rows),
        stated=np.array([any(one.days.known and not one.hedged for one in view.dates) for view in views], np.bool_),
        first=padded(([day[0] for day in row] for row in days), DATES, np.int32, 0),
        last=padded(([day[1] for day in row] for row in days), DATES, np.int32, -1),
        published=ints(-1 if view.published is None else view.published for view in views),
        earliest=ints(-OPEN if view.earliest is None else view.earliest for view in views),
        kind=ints((kind_codes()[view.kind] for view in views), np.int16),
        article=ints((number_of(view.article_id) for view in views), np.int64),
        root=ints((number_of(view.root) for view in views), np.int64),
        part=np.array([1 / math.sqrt(max(1, view.siblings)) for view in views], np.float32),
        bare=np.array([view.bare for view in views], np.bool_),
        own_place=np.array([bool(view.places) for view in views], np.bool_),
        place=padded(([number_of(one.id) for one in row] for row in places), PLACES, np.int64),
        what=padded(([_what(one) for one in row] for row in places), PLACES, np.int8),
        lat=padded(([one.lat or 0.0 for one in row] for row in places), PLACES, np.float32),
        lon=padded(([one.lon or 0.0 for one in row] for row in places), PLACES, np.float32),
        shrink=padded(([_shrink(one.lat) for one in row] for row in places), PLACES, np.float32),
        radius=padded(([one.radius_km for one in row] for row in places), PLACES, np.float32),
        admin=padded(([_or_zero(one.admin1) for one in row] for row in places), PLACES, np.int64),
        country=padded(([_or_zero(one.country) for one in row] for row in places), PLACES, np.int64),
        figures=padded((_least(_figures(view), FIGURES) for view in views), FIGURES, np.uint32),
        names=padded((_least(view.actors | view.targets, NAMES) for view in views), NAMES, np.uint32),
        people=padded((_least(view.story.names, PEOPLE) for view in views), PEOPLE, np.uint32),
        vector=vector,
        story=_sketches(views),
        code=code,
        entry_row=entry_row,
        entry_key=entry_key,
        entry_asks=entry_asks,
    )


def _row(view: MentionView) -> _Row:
    outright = [stated.days for stated in view.dates if not stated.hedged]
    spans = outright or [stated.days for stated in view.dates]
    window = None
    if spans and all(days.known and days.width <= LONG_DAYS for days in spans):
        window = min(days.low or 0 for days in spans) - 1, max(days.high or 0 for days in spans) + 1
    if not any(days.known for days in outright) and view.published is not None:
        first = view.published - PRINT_WINDOW
        window = (first if window is None else min(first, window[0])), view.published
    places = view.places or view.around_places
    return _Row(window, places, any(extent.lat is not None for extent in places))


def _stated(view: MentionView) -> list[tuple[int, int]]:
    known = [stated.days for stated in view.dates or view.around_dates if stated.days.known]
    return sorted(((days.low or 0, days.high or 0) for days in known), key=lambda row: (row[1] - row[0], row))


def _what(extent: Extent) -> int:
    if extent.feature == "country":
        return _COUNTRY
    if extent.lat is None:
        return _NAMED
    return _AREA if extent.feature in AREAS else _POINT


def _precise(extent: Extent) -> tuple[int, float, str]:
    return ((_POINT, _NAMED, _AREA, _COUNTRY).index(_what(extent)), extent.radius_km, extent.value)


@lru_cache(maxsize=100_000)
def _shrink(lat: float | None) -> float:
    return math.cos(math.radians(lat or 0.0))


def _or_zero(text: str) -> int:
    return number_of(text) if text else 0


def _least(texts: Iterable[str], most: int) -> list[int]:
    """Give the least digests: the same sample of two sets wherever they overlap (Broder 1997)."""
    return nsmallest(most, {number_of(text) & 0xFFFFFFFF for text in texts})


def _figures(view: MentionView) -> Iterator[str]:
    for value in view.munitions:
        yield f"munitions {value}"
    for value in view.distances:
        yield f"distance {value}"
    for prop, figures in view.tolls.items():
        for value in {value for _, value in figures}:
            if value not in ("0", "1"):
                yield f"{prop} {value}"


def _vectors(views: Sequence[MentionView]) -> Array:
    size = next((len(view.vector) for view in views if view.vector is not None), 96)
    rows = np.zeros((len(views), size), np.float32)
    for number, view in enumerate(views):
        if view.vector is not None:
            rows[number] = view.vector
    return np.rint(rows * 127).astype(np.int8)


def _codes(vectors: Array) -> Array:
    """Give on which side of each hyperplane each vector lies, BITS to a number (Charikar 2002).

    Sums of whole numbers under 2^24 are exact in float32, whatever order a processor adds them in.
    """
    sides = vectors.astype(np.float32) @ planes()[: vectors.shape[1]] > 0
    powers = (1 << np.arange(BITS - 1, -1, -1)).astype(np.int32)
    codes: Array = (sides.reshape(len(vectors), TABLES, BITS) * powers).sum(axis=2, dtype=np.int32)
    return codes


@lru_cache(maxsize=1_000_000)
def _slot(word: str) -> tuple[int, int]:
    number = number_of(word)
    return number % SKETCH, 1 if number & 64 else -1


def _sketches(views: Sequence[MentionView]) -> Array:
    """Give the rare words of each report as few numbers: a count sketch (Charikar, Chen and Farach-Colton 2002)."""
    known: dict[int, int] = {}
    stories: list[Story] = []
    of: list[int] = []
    for view in views:
        if id(view.story) not in known:
            known[id(view.story)] = len(stories)
            stories.append(view.story)
        of.append(known[id(view.story)])
    slots: list[int] = []
    weights: list[float] = []
    for number, story in enumerate(stories):
        for word, weight in islice(story.words.items(), SKETCHED):
            slot, sign = _slot(word)
            slots.append(number * SKETCH + slot)
            weights.append(sign * weight)
    size = len(stories) * SKETCH
    sums = np.bincount(np.array(slots, np.int64), np.array(weights), size) if slots else np.zeros(size)
    rows = np.rint(np.clip(sums * 127, -127, 127)).astype(np.int8).reshape(-1, SKETCH)
    sketches: Array = rows[np.array(of, np.int64)] if of else rows
    return sketches


def _marks(view: MentionView, places: Iterable[Extent]) -> Iterator[tuple[str, int]]:
    """Give what is particular about a mention, enough to find a partner when time or place is open, and who asks by it.

    0: who lacks a place or a time; WHEREVER: any, since it is particular about the whole report; WHENEVER: any, at any
    time, since a name is of the same people months later, before a court.
    """
    for extent in places:
        if extent.feature != "country":
            yield f"place {extent.id if extent.lat is not None else extent.name.casefold()}", 0
        if extent.admin1 and view.kind not in COMMON_KINDS:
            yield f"kind {view.kind} {extent.admin1}", 0
    for figure in sorted(_figures(view))[:6]:
        yield figure, 0
    for name in sorted(view.actors | view.targets)[:4]:
        yield f"name {name}", 0
    for word in nlargest(3, view.words, key=lambda word: (view.words[word], word)):
        yield f"word {word}", 0
    if view.siblings <= STORY_MENTIONS:
        for name in nsmallest(PEOPLE, view.story.names, key=number_of):
            yield f"person {name}", WHENEVER
        for word in islice(view.story.words, 4):  # rarest first
            yield f"story {word}", WHEREVER


def _entries(
    views: Sequence[MentionView], rows: Sequence[_Row], code: Array, vector: Array
) -> tuple[Array, Array, Array]:
    """Give the keys of all mentions: row, key with the order inside its block, and whether it asks by it."""
    found: list[tuple[int, int, int, int, int, bool]] = []  # row, family, three numbers of the key, asks
    meant: list[bool] = np.any(vector, axis=1).tolist()
    codes: list[list[int]] = code.tolist()
    for number, (view, row) in enumerate(zip(views, rows)):
        marks = [(number_of(mark), asks) for mark, asks in _marks(view, row.places)]
        is_open = row.window is None
        for mark, asks in marks:
            found.append((number, _ANY_MARK, mark, 0, 0, is_open or asks == WHENEVER))
        for table in range(TABLES if meant[number] else 0):
            side = codes[number][table] >> (BITS - OPEN_BITS)
            found.append((number, _ANY_NEAR + table, side, 0, 0, is_open))
        if view.siblings > 1:
            found.append((number, _REPORT, number_of(view.article_id), 0, 0, view.bare))
        if row.window is None:
            continue
        for bucket in range(row.window[0] // BUCKET_DAYS, row.window[1] // BUCKET_DAYS + 1):
            for extent in row.places:
                found.extend((number, *key) for key in _place_keys(extent, bucket))
            for mark, asks in marks:
                if asks != WHENEVER:
                    found.append((number, _MARK, bucket, mark, 0, asks == WHEREVER or not row.placed))
            for table in range(TABLES if meant[number] else 0):
                side = codes[number][table] >> (BITS - NEAR_BITS)
                found.append((number, _NEAR + table, bucket, side, 0, True))
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.uint64), np.zeros(0, np.bool_)
    keys = np.array(found, dtype=np.int64)
    of, family = keys[:, 0].astype(np.int32), keys[:, 1]
    key = _digest(keys[:, 1:5].astype(np.uint64)) >> np.uint64(BITS) << np.uint64(BITS)
    # Blocks of one mark are ordered by one table, those of another by another, so that no order is the only chance.
    order = np.where(family == _MARK, keys[:, 3], np.where(family == _ANY_MARK, keys[:, 2], family)) % TABLES
    return of, key | code[of, order].astype(np.uint64), keys[:, 5].astype(np.bool_)


def _place_keys(extent: Extent, bucket: int) -> Iterator[tuple[int, int, int, int, bool]]:
    """Give the keys of one place in one stretch of time: cells, the area around or within it, the country."""
    wide = extent.feature in AREAS
    if extent.lat is not None and extent.lon is not None and extent.feature != "country":
        row, column = int(extent.lat // REACH), int(extent.lon // REACH)
        for grid in range(4):
            yield _CELL + grid, bucket, (row + (grid & 1)) >> 1, (column + (grid >> 1)) >> 1, True
    elif extent.lat is None:
        yield _NAME, bucket, number_of(extent.name.casefold()), 0, True
    if extent.admin1:
        yield _IN_AREA, bucket, number_of(extent.admin1), 0, wide
    if extent.country:
        asks = extent.feature == "country" or (wide and not extent.admin1)
        yield _LAND, bucket, number_of(extent.country), 0, asks


def _digest(rows: Array) -> Array:
    """Mix whole numbers into one of 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    mixed = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(30)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
        mixed *= np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed
