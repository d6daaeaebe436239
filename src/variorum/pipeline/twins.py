"""Which decision of another ledger is which decision here, and which of its rows is which. Only records; no ledger.

Invariant: each decision and each row has at most one twin. Equal words do not make a twin for certain: a decision that
was carried to another reading and back has one row that was taken back and one that stands, in the same words, and so
have two decisions of one second of which the first was undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.ledger import Decision
from variorum.ledger.decisions import Word

Rows = Sequence[Decision]


def words_of(row: Decision) -> Word:
    """Give what a row says, whether it stands or was taken back."""
    return row.what if row.what.retracted is None else replace(row.what, retracted=None)


def is_live(rows: Iterable[Decision]) -> bool:
    """Tell whether a decision stands, in any of its rows."""
    return any(row.what.retracted is None for row in rows)


def pair_decisions(theirs: Mapping[int, Rows], ours: Mapping[int, Rows]) -> dict[int, int]:
    """Give the number that a decision there has here, for those that are here; of several the most alike."""
    holding: dict[Word, set[int]] = {}
    for act, rows in ours.items():
        for row in rows:
            holding.setdefault(words_of(row), set()).add(act)
    likeness: list[tuple[int, bool, int, int, int]] = []
    for act, rows in theirs.items():
        for twin in {number for row in rows for number in holding.get(words_of(row), ())}:
            alike = Counter(row.what for row in rows) & Counter(row.what for row in ours[twin])
            other_state = is_live(rows) != is_live(ours[twin])
            common = Counter(map(words_of, rows)) & Counter(map(words_of, ours[twin]))
            likeness.append((-alike.total(), other_state, -common.total(), act, twin))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, act, twin in sorted(likeness):
        if act not in pairs and twin not in taken:
            pairs[act] = twin
            taken.add(twin)
    return pairs


def pair_rows(theirs: Rows, ours: Rows) -> list[tuple[Decision, Decision | None]]:
    """Give every row there with its twin here, if any: first those that are equal, then those both taken back."""
    free = list(ours)
    twins: dict[int, Decision] = {}
    for alike in (_equal, _both_taken_back, _same_words):
        for row in theirs:
            twin = next((one for one in free if row.number not in twins and alike(row, one)), None)
            if twin is not None:
                twins[row.number] = twin
                free.remove(twin)
    return [(row, twins.get(row.number)) for row in theirs]


def _equal(row: Decision, twin: Decision) -> bool:
    return row.what == twin.what


def _both_taken_back(row: Decision, twin: Decision) -> bool:
    return None not in (row.what.retracted, twin.what.retracted) and _same_words(row, twin)


def _same_words(row: Decision, twin: Decision) -> bool:
    return words_of(row) == words_of(twin)
