"""What a ledger shows of who printed what: reports, originals, copies, who was first, who was copied, days without one.

Invariant: only counts, each of rows that can be listed. Nothing here weighs an outlet, and absence is absence from this
ledger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from variorum.ledger import Ledger
from variorum.ledger.printed import NamedClaim, Printed, read_days, read_named, read_printed, read_told

DAY = timedelta(days=1)
TOLLS = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest stretch of days without a report of an outlet in which the ledger has events."""

    first: str  # ISO day
    last: str
    days: int
    events: int  # that began in these days


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet in figures."""

    outlet: str
    reports: int
    originals: int  # reports that are no copy
    copies: int  # reports that copy another text, its own included
    led: int  # its originals that another outlet copied
    copied: int  # reports of other outlets that copy its texts
    first: int  # events told by several outlets that it told before every other one
    shared: int  # events told by it and at least one other
    events: int
    languages: tuple[str, ...]
    first_day: str | None  # ISO, of its reports
    last_day: str | None
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Outlets:
    """Every named outlet, by name, and how many reports name none."""

    rows: tuple[OutletRow, ...]
    unnamed: int


def known_by(day: str | None, published: str | None) -> bool:
    """Tell whether a report was there at the end of a day; an undated one always was."""
    return day is None or published is None or published[: len(day)] <= day


def count_outlets(ledger: Ledger, as_of: str | None = None) -> Outlets:
    """Count what each outlet printed, as far as it had appeared by the end of a day."""
    with ledger.snapshot():
        printed = {row.id: row for row in read_printed(ledger) if known_by(as_of, row.published)}
        told = [(event, article) for event, article in read_told(ledger) if article in printed]
        days = [day for day in read_days(ledger) if as_of is None or day <= as_of]
    return make_outlets(printed, told, days)


def make_outlets(printed: Mapping[str, Printed], told: Iterable[tuple[str, str]], days: Sequence[str]) -> Outlets:
    """Count each outlet; `told` are pairs of event and article, `days` the sorted first days of events."""
    own: defaultdict[str, list[Printed]] = defaultdict(list)
    for row in printed.values():
        own[row.outlet].append(row)
    copied, led = _copied(printed)
    first, shared, events = _told(printed, told)
    rows = [
        OutletRow(
            outlet=outlet,
            reports=len(reports),
            originals=sum(not _is_copy(row, printed) for row in reports),
            copies=sum(_is_copy(row, printed) for row in reports),
            led=led[outlet],
            copied=copied[outlet],
            first=first[outlet],
            shared=shared[outlet],
            events=events[outlet],
            languages=tuple(sorted({row.lang for row in reports if row.lang})),
            first_day=min((row.published[:10] for row in reports if row.published), default=None),
            last_day=max((row.published[:10] for row in reports if row.published), default=None),
            gap=find_gap({row.published[:10] for row in reports if row.published}, days),
        )
        for outlet, reports in sorted(own.items())
        if outlet
    ]
    return Outlets(tuple(rows), len(own.get("", ())))


def _is_copy(row: Printed, printed: Mapping[str, Printed]) -> bool:
    """Tell whether a report copies one that was there: as of a day a later original makes no copy."""
    return row.original is not None and row.original in printed


def _copied(printed: Mapping[str, Printed]) -> tuple[Counter[str], Counter[str]]:
    """Count the reports that copy each outlet's texts, and those of its texts that were copied, by other outlets."""
    copied: Counter[str] = Counter()
    texts: set[str] = set()
    for row in printed.values():
        original = printed.get(row.original) if row.original is not None else None
        if original is not None and original.outlet != row.outlet:
            copied[original.outlet] += 1
            texts.add(original.id)
    return copied, Counter(printed[id].outlet for id in texts)


def _told(
    printed: Mapping[str, Printed], told: Iterable[tuple[str, str]]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count the events that each outlet told first, those that it shares with others, and all that it told."""
    reports: defaultdict[str, list[Printed]] = defaultdict(list)
    for event, article in told:
        reports[event].append(printed[article])
    first: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for rows in reports.values():
        # A report without an outlet's name stands for an outlet of its own.
        outlets = {row.outlet or row.id for row in rows}
        events.update(outlets)
        if len(outlets) == 1:
            continue
        shared.update(outlets)
        earliest = find_first(rows)
        if earliest is not None:
            first[earliest.outlet or earliest.id] += 1
    return first, shared, events


def find_first(rows: Sequence[Printed]) -> Printed | None:
    """Give the report that was printed before those of every other outlet; None where that cannot be told.

    A time of day counts only where both have one: of two reports of one day without it neither was first. Where a
    report has no date nobody is known to be first.
    """
    if any(row.published is None for row in rows):
        return None
    earliest = min(rows, key=lambda row: (row.published or "", row.number))
    others = [row for row in rows if row.outlet != earliest.outlet or (not row.outlet and row.id != earliest.id)]
    return earliest if all(_before(earliest.published or "", row.published or "") for row in others) else None


def _before(one: str, other: str) -> bool:
    return one[:10] < other[:10] or (min(len(one), len(other)) > len("2017-09-14") and one < other)


def find_gap(printed: Iterable[str], days: Sequence[str]) -> Gap | None:
    """Give the longest stretch between two days of printing in which events of the ledger began; None for none."""
    best: Gap | None = None
    for left, right in pairwise(sorted(printed)):
        first, last = date.fromisoformat(left) + DAY, date.fromisoformat(right) - DAY
        length = (last - first).days + 1
        if length < 1 or (best is not None and length <= best.days):
            continue
        events = bisect_right(days, last.isoformat()) - bisect_left(days, first.isoformat())
        if events:
            best = Gap(first.isoformat(), last.isoformat(), length, events)
    return best


@dataclass(frozen=True, slots=True)
class TollFirst:
    """One figure of killed or injured that an outlet printed before every other outlet that gives it."""

    event_id: str
    prop: str
    value: str
    article_id: str
    others: int  # outlets that give the same figure of this event


@dataclass(frozen=True, slots=True)
class OutletLinks:
    """One outlet beside the others."""

    reports: tuple[Printed, ...]  # the latest first, undated ones last
    copies_of: tuple[tuple[str, int], ...]  # outlets whose texts it prints, most first; "" is not named
    copied_by: tuple[tuple[str, int], ...]
    originals: Mapping[str, Printed]  # of its copies, by article id
    firsts: tuple[tuple[str, str], ...]  # events that it told before every other outlet, each with its report's id
    tolls: tuple[TollFirst, ...]


def link_outlet(ledger: Ledger, outlet: str, as_of: str | None = None) -> OutletLinks:
    """Give the reports of one outlet, whom it copies, who copies it, and what it told first."""
    with ledger.snapshot():
        printed = {row.id: row for row in read_printed(ledger) if known_by(as_of, row.published)}
        told = [(event, article) for event, article in read_told(ledger) if article in printed]
        tolls = [row for row in read_named(ledger, TOLLS) if row.event_id is not None and row.article_id in printed]
    own = [row for row in printed.values() if row.outlet == outlet]
    originals = {row.original: printed[row.original] for row in own if row.original in printed and row.original}
    copies_of = Counter(originals[row.original].outlet for row in own if row.original in originals and row.original)
    copied_by = Counter(
        row.outlet
        for row in printed.values()
        if row.original in printed and row.original and printed[row.original].outlet == outlet
    )
    return OutletLinks(
        tuple(sorted(own, key=lambda row: (row.published or "", row.number), reverse=True)),
        _most_first(copies_of),
        _most_first(copied_by),
        originals,
        tuple(_firsts(outlet, printed, told)),
        tuple(_toll_firsts(outlet, printed, tolls)),
    )


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _firsts(outlet: str, printed: Mapping[str, Printed], told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    reports: defaultdict[str, list[Printed]] = defaultdict(list)
    for event, article in told:
        reports[event].append(printed[article])
    for event, rows in sorted(reports.items()):
        earliest = _own_first(outlet, rows)
        if earliest is not None:
            yield event, earliest.id


def _toll_firsts(outlet: str, printed: Mapping[str, Printed], tolls: Iterable[NamedClaim]) -> Iterator[TollFirst]:
    groups: defaultdict[tuple[str, str, str], dict[str, Printed]] = defaultdict(dict)
    for claim in tolls:
        groups[claim.event_id or "", claim.prop, claim.value][claim.article_id] = printed[claim.article_id]
    for (event, prop, value), articles in sorted(groups.items()):
        earliest = _own_first(outlet, list(articles.values()))
        if earliest is not None:
            others = {row.outlet or row.id for row in articles.values()} - {outlet}
            yield TollFirst(event, prop, value, earliest.id, len(others))


def _own_first(outlet: str, rows: Sequence[Printed]) -> Printed | None:
    """Give the report with which an outlet came before every other one; None where it did not, or stands alone."""
    outlets = {row.outlet or row.id for row in rows}
    if outlet not in outlets or len(outlets) == 1:
        return None
    earliest = find_first(rows)
    return earliest if earliest is not None and earliest.outlet == outlet else None
