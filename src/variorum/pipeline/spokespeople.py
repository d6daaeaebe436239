"""Whom the reports of a ledger give as sources: how much each is quoted, in how many independent texts, by whom.

Invariant: only counts; a copy adds a report and an outlet, and no lineage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from variorum.ledger import Ledger
from variorum.ledger.printed import Printed, Spoken, StoodClaim, read_printed, read_ruled, read_said, read_spoken
from variorum.model import Claim
from variorum.pipeline.outlets import known_by
from variorum.resolve.rulings import apply_rulings


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One named source in figures."""

    source: str
    claims: int
    reports: int
    lineages: int
    outlets: tuple[str, ...]  # that print its words, by name; "" is one that is not named
    props: tuple[tuple[str, int], ...]  # of its claims, most first
    first_day: str | None
    last_day: str | None


@dataclass(slots=True)
class _Heard:
    claims: int = 0
    articles: set[str] = field(default_factory=set)
    props: Counter[str] = field(default_factory=Counter)


def ruled_claims(ledger: Ledger) -> list[tuple[Claim, StoodClaim]]:
    """Give the claims on which people ruled, as they stand, each beside what was read; those rejected are left out."""
    ruled = {row.claim.id: row for row in read_ruled(ledger)}
    if not ruled:
        return []
    standing, _ = apply_rulings([row.claim for row in ruled.values()], ledger.rulings())
    return [(claim, ruled[claim.id]) for claim in standing]


def count_speakers(ledger: Ledger, as_of: str | None = None) -> list[SpeakerRow]:
    """Count what each named source is given for, as far as it had appeared by the end of a day; by name."""
    with ledger.snapshot():
        printed = {row.id: row for row in read_printed(ledger) if known_by(as_of, row.published)}
        spoken = read_spoken(ledger)
        corrected = ruled_claims(ledger)
    spoken += [Spoken(claim.source, row.article_id, claim.prop, 1) for claim, row in corrected if claim.source]
    return make_speakers(printed, spoken)


def make_speakers(printed: Mapping[str, Printed], spoken: Iterable[Spoken]) -> list[SpeakerRow]:
    """Count each source over the articles given; what stands in another article is left out."""
    heard: defaultdict[str, _Heard] = defaultdict(_Heard)
    for row in spoken:
        if row.article_id in printed:
            one = heard[row.source]
            one.claims += row.claims
            one.articles.add(row.article_id)
            one.props[row.prop] += row.claims
    return [_row(source, one, printed) for source, one in sorted(heard.items())]


def _row(source: str, heard: _Heard, printed: Mapping[str, Printed]) -> SpeakerRow:
    reports = [printed[id] for id in heard.articles]
    days = sorted(row.published[:10] for row in reports if row.published)
    return SpeakerRow(
        source,
        heard.claims,
        len(reports),
        len({row.original if row.original in printed else row.id for row in reports}),
        tuple(sorted({row.outlet for row in reports})),
        tuple(sorted(heard.props.items(), key=lambda row: (-row[1], row[0]))),
        days[0] if days else None,
        days[-1] if days else None,
    )


def claims_by(ledger: Ledger, source: str) -> list[tuple[Claim, StoodClaim]]:
    """Give every claim that stands as said by a source, with where it stands, by id."""
    found = [(row.claim, row) for row in read_said(ledger, source)]
    found += [(claim, row) for claim, row in ruled_claims(ledger) if claim.source == source]
    return sorted(found, key=lambda pair: pair[0].id)
