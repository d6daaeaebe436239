"""A cheap guess at what `compare` will say of a pair, for many pairs at once. It decides only what is compared.

Invariant: a guess follows from the two rows alone, symmetric, in operations that every processor rounds alike (no sine,
no logarithm, no sum whose order could change), and is a whole number of hundredths of log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.compare import OPPOSITE_KINDS
from variorum.resolve.nearness import EARLY_DAYS, HAPPENED_DAYS, MARGIN_KM, NEAR_KM, PRINTED_DAYS
from variorum.resolve.probe import DATES, PLACES, Sheet, kind_codes
from variorum.schema import load_schema

Array = NDArray[Any]
KM_A_DEGREE = 111.2
_DAY_WIDTHS = ((1, "day"), (3, "three_days"), (7, "week"), (31, "month"))
PRIOR = -4.0
# What each thing in common is worth, in log-odds: after `weights.toml`, rounded. They need not follow it, since they
# only rank. Limits of days are those of `nearness`.
WORTH: Mapping[str, Mapping[str, float]] = {
    "kind": {"same": 1.2, "compatible": -0.5},
    "date": {"day": 2.3, "three_days": 1.6, "week": 0.9, "month": 0.3, "longer": 0.1, "next": -0.3, "apart": -5.0,
             "apart_hedged": -2.0},
    "place": {
        "same_village": 2.5, "same_town": 2.0, "same_city": 1.5, "same_area": 0.8, "same_country": 0.3, "within": 1.1,
        "town_in_area": 0.8, "in_country": 0.4, "other_area": -0.9, "near": -0.8, "far": -1.8, "too_far": -3.8,
        "other_country": -3.0, "name_other": -0.4,
    },
}  # fmt: skip
_PUBLISHED = (1.1, 0.9, 0.4, -0.1, -0.5, -1.0, -1.8, -2.4)
_PUBLISHED_MET = (0.5, 0.5, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0)
_HAPPENED = (1.4, 1.0, -0.1, -0.8, -1.2, -1.8, -2.4)
# A rule forbids it, as it does dates and places apart: only what speaks loudly for it otherwise is worth a look.
_TOO_EARLY = -4.0
_FIGURE, _NAME = 1.8, 1.0  # each of the first two
_PEOPLE = (0.0, 1.5, 2.4, 3.0)
_POINT, _AREA, _COUNTRY = 1, 2, 3
# Of a cosine of two sketches, which is off by a tenth either way, the levels of `compare` are steps of a line.
_STORY_LINE = ((0.05, -1.0), (0.15, 0.0), (0.35, 2.0), (0.6, 3.0))
_MEANING_LINE = ((0.3, -0.3), (0.6, 0.2), (0.8, 1.5), (0.95, 3.0))


@cache
def meeting_kinds() -> Array:
    """Give which kinds can be one event, [kinds, kinds]."""
    codes = kind_codes()
    table = np.zeros((len(codes), len(codes)), np.bool_)
    for one, row in codes.items():
        for other, column in codes.items():
            table[row, column] = frozenset({one, other}) not in OPPOSITE_KINDS and load_schema().compatible(one, other)
    return table


def may_meet(sheet: Sheet, left: Array, right: Array) -> Array:
    """Tell which pairs can be one event by kind and time, and are not two events that one reader told apart."""
    met: Array = meeting_kinds()[sheet.kind[left], sheet.kind[right]]
    timely = (sheet.low[left] <= sheet.high[right]) & (sheet.low[right] <= sheet.high[left])
    # A report that names the same people can be printed long after, if it does not say when the event was.
    at = np.flatnonzero(met & ~timely & ~(sheet.stated[left] & sheet.stated[right]))
    timely[at] = _shared(sheet.people, left[at], right[at]) > 0
    met &= timely
    same = sheet.article[left] == sheet.article[right]
    at = np.flatnonzero(met & same)
    # The reader told them apart: only equal figures of some size make it worth asking again.
    again = (_shared(sheet.figures, left[at], right[at]) > 0) & (sheet.kind[left[at]] == sheet.kind[right[at]])
    # A passage without place and day of its own can tell on what the report told before.
    met[at] = again | sheet.bare[left[at]] | sheet.bare[right[at]]
    return met


def guess(sheet: Sheet, left: Array, right: Array) -> NDArray[np.int32]:
    """Guess the log-odds of each pair, in hundredths."""
    total = np.full(len(left), PRIOR, np.float32)
    total += np.where(sheet.kind[left] == sheet.kind[right], WORTH["kind"]["same"], WORTH["kind"]["compatible"])
    total += _guess_time(sheet, left, right)
    total += _guess_place(sheet, left, right)
    figures = _shared(sheet.figures, left, right)
    total += np.float32(_FIGURE) * np.minimum(figures, 2)
    names = _shared(sheet.names, left, right)
    total += np.float32(_NAME) * np.minimum(names, 2)
    part = np.minimum(sheet.part[left], sheet.part[right])
    apart = sheet.article[left] != sheet.article[right]
    people = _shared(sheet.people, left, right)
    worth = np.array(_PEOPLE, np.float32)
    total += np.where(apart, part * worth[np.minimum(people, 3)], np.float32(0))
    total += np.where(apart, part * _line(_cosines(sheet.story, left, right), _STORY_LINE), np.float32(0))
    total += _line(_cosines(sheet.vector, left, right), _MEANING_LINE)
    return np.rint(total * 100).astype(np.int32)


def _shared(columns: Array, left: Array, right: Array) -> Array:
    """Count the digests that two rows share."""
    mine, theirs = columns[left], columns[right]
    found = np.zeros(len(left), np.int32)
    for one in range(columns.shape[1]):
        found += ((mine[:, one : one + 1] == theirs) & (theirs != 0)).any(axis=1)
    return found


def _cosines(vectors: Array, left: Array, right: Array) -> Array:
    """Give the likeness of whole-number vectors of length 127; their sums are exact."""
    products = np.einsum("ij,ij->i", vectors[left].astype(np.int32), vectors[right].astype(np.int32))
    alike: Array = products.astype(np.float32) / np.float32(127 * 127)
    return alike


def _line(values: Array, points: tuple[tuple[float, float], ...]) -> Array:
    """Give the height of a broken line at each value."""
    height = np.full(len(values), points[0][1], np.float32)
    for (low, under), (high, over) in pairwise(points):
        share = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
        height += share * np.float32(over - under)
    return height


def _levels(worths: tuple[float, ...], limits: tuple[int, ...], days: Array) -> Array:
    worth: Array = np.array(worths, np.float32)
    return worth[np.searchsorted(np.array(limits), days)]


def _guess_time(sheet: Sheet, left: Array, right: Array) -> Array:
    best = np.full(len(left), -np.inf, np.float32)
    table = WORTH["date"]
    sure = sheet.stated[left] & sheet.stated[right]
    for one in range(DATES):
        for other in range(DATES):
            first, last = sheet.first[left, one], sheet.last[left, one]
            start, end = sheet.first[right, other], sheet.last[right, other]
            gap = np.maximum(first, start) - np.minimum(last, end)
            wide = np.maximum(last - first, end - start) + 1
            worth = np.full(len(left), table["longer"], np.float32)
            for limit, level in reversed(_DAY_WIDTHS):
                worth[wide <= limit] = table[level]
            worth[gap == 1] = table["next"]
            worth[gap > 1] = table["apart_hedged"]
            worth[(gap > 1) & sure] = table["apart"]
            worth[(last < first) | (end < start)] = -np.inf
            np.maximum(best, worth, out=best)
    dated = sheet.last[left, 0] >= sheet.first[left, 0], sheet.last[right, 0] >= sheet.first[right, 0]
    printed = sheet.published[left], sheet.published[right]
    both_printed = (printed[0] >= 0) & (printed[1] >= 0)
    away = np.abs(printed[0] - printed[1])
    total = np.where(dated[0] & dated[1], best, np.float32(0))
    total += np.where(dated[0] & dated[1] & both_printed, _levels(_PUBLISHED_MET, PRINTED_DAYS, away), np.float32(0))
    neither = ~dated[0] & ~dated[1] & both_printed
    total += np.where(neither, _levels(_PUBLISHED, PRINTED_DAYS, away), np.float32(0))
    for mine, theirs, stated, of in ((dated[0], dated[1], left, printed[1]), (dated[1], dated[0], right, printed[0])):
        after = np.maximum(of - sheet.last[stated, 0], 0)
        told = mine & ~theirs & (of >= 0)
        total += np.where(told, _levels(_HAPPENED, HAPPENED_DAYS, after), np.float32(0))
    early = ((printed[0] >= 0) & (printed[0] + EARLY_DAYS < sheet.earliest[right])) | (
        (printed[1] >= 0) & (printed[1] + EARLY_DAYS < sheet.earliest[left])
    )
    return total + np.where(early, np.float32(_TOO_EARLY), np.float32(0))


def _guess_place(sheet: Sheet, left: Array, right: Array) -> Array:
    best = np.full(len(left), -np.inf, np.float32)
    for one in range(PLACES):
        for other in range(PLACES):
            worth = _extents(sheet, (left, one), (right, other), WORTH["place"])
            absent = (sheet.what[left, one] == 0) | (sheet.what[right, other] == 0)
            worth[absent] = -np.inf
            np.maximum(best, worth, out=best)
    best[np.isinf(best)] = 0
    said = sheet.own_place[left] & sheet.own_place[right]
    return np.where(said, best, best * np.float32(0.4))  # a place that only the rest of a report names


def _extents(sheet: Sheet, one: tuple[Array, int], other: tuple[Array, int], table: Any) -> Array:
    what, kind = sheet.what[one], sheet.what[other]
    same = sheet.place[one] == sheet.place[other]
    up = (sheet.lat[one] - sheet.lat[other]) * np.float32(KM_A_DEGREE)
    across = sheet.lon[one] - sheet.lon[other]
    across -= np.float32(360) * np.rint(across / np.float32(360))
    across *= np.float32(KM_A_DEGREE) * np.minimum(sheet.shrink[one], sheet.shrink[other])
    gap = np.sqrt(up * up + across * across) - sheet.radius[one] - sheet.radius[other]
    one_land = (sheet.country[one] == sheet.country[other]) | (sheet.country[one] == 0) | (sheet.country[other] == 0)
    one_area = (sheet.admin[one] == sheet.admin[other]) & (sheet.admin[one] != 0)
    points = (what == _POINT) & (kind == _POINT)
    worth = np.full(len(what), table["name_other"], np.float32)
    mapped = (what <= _COUNTRY) & (kind <= _COUNTRY)
    worth[mapped] = table["too_far"]
    worth[mapped & (gap <= MARGIN_KM)] = table["far"]
    worth[mapped & (gap <= NEAR_KM)] = table["near"]
    worth[points & (gap <= 0)] = table["within"]
    worth[mapped & ~points & (gap <= 0)] = table["other_area"]
    worth[((what == _AREA) | (kind == _AREA)) & one_area] = table["town_in_area"]
    worth[(what == _COUNTRY) | (kind == _COUNTRY)] = table["in_country"]
    worth[~one_land] = table["other_country"]
    worth[same & (what == _COUNTRY)] = table["same_country"]
    worth[same & (what == _AREA)] = table["same_area"]
    reach = sheet.radius[one]
    town = np.where(reach < 2.5, table["same_village"], np.where(reach < 6, table["same_town"], table["same_city"]))
    alike = same & (what != _COUNTRY) & (what != _AREA)
    worth[alike] = town[alike]
    return worth
