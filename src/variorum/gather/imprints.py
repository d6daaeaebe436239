"""Wordings made small: what finds an article's copies, and the wording itself in a few bytes. No comparing here.

Invariant: an imprint follows from its article alone, and the wording read from it is the one that was put in; so that
imprints can be made anywhere, lie in memory by the hundred thousand, and travel.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.gather.shingles import PERMUTATIONS, SEED, Wording, make_wording
from variorum.model import Article

MIN_TRIPLES = 20  # two sentences; below this only the same text is a copy
_TOLD, _UNQUOTED = 1, 2


@dataclass(frozen=True, slots=True)
class Imprint:
    """What one article is found by, and its wording: some four bytes for each of its words."""

    id: str
    moment: float | None  # seconds since 1970 of publication, None when undated
    size: int  # distinct triples
    anchors: bytes  # a fixed third of the runs of five words, sorted; 32 bits each
    sketch: bytes  # MinHash signature of the triples; of a text too short for one, its triples
    words: bytes  # the wording; see `read_wording`

    @property
    def key(self) -> tuple[float, str]:
        """Give the order of lineages: earliest published first, undated last, then smallest id."""
        return (float("inf") if self.moment is None else self.moment, self.id)


def make_imprints(articles: Iterable[Article]) -> list[Imprint]:
    """Give the imprint of each article, in the order given."""
    wordings = [make_wording(article) for article in articles]
    sketches = iter(_sketches([one for one in wordings if len(one.distinct) >= MIN_TRIPLES]))
    return [
        Imprint(
            one.id,
            one.moment,
            len(one.distinct),
            array("I", one.anchors).tobytes(),
            next(sketches) if len(one.distinct) >= MIN_TRIPLES else array("I", one.triples).tobytes(),
            _pack(one),
        )
        for one in wordings
    ]


def _sketches(long: Sequence[Wording]) -> list[bytes]:
    from rensa import RMinHash

    if not long:
        return []
    sets = [sorted(one.distinct) for one in long]
    matrix = RMinHash.digest_matrix_from_token_hash_sets(sets, PERMUTATIONS, SEED)
    return [array("I", row).tobytes() for row in matrix.to_rows()]


def _pack(one: Wording) -> bytes:
    marks = bytes(_TOLD * (run in one.told) | _UNQUOTED * (run in one.unquoted) for run in one.triples)
    words = tuple(" ".join(sorted(row)) for row in (one.figures, one.lead_figures, one.title))
    rest = one.outlet, *words, tuple(sorted(one.credits)), one.on_topic
    return pickle.dumps((array("I", one.triples).tobytes(), marks, *rest), pickle.HIGHEST_PROTOCOL)


def read_wording(imprint: Imprint) -> Wording:
    """Give the wording that an imprint was made of."""
    runs, marks, outlet, figures, lead, title, credits, on_topic = pickle.loads(imprint.words)
    triples = tuple(array("I", runs))
    return Wording(
        imprint.id,
        outlet,
        imprint.moment,
        triples,
        frozenset(run for run, mark in zip(triples, marks) if mark & _TOLD),
        frozenset(run for run, mark in zip(triples, marks) if mark & _UNQUOTED),
        frozenset(triples),
        tuple(array("I", imprint.anchors)),
        frozenset(figures.split()),
        frozenset(lead.split()),
        frozenset(credits),
        frozenset(title.split()),
        on_topic,
    )
