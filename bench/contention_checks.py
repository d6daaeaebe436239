"""What several people were told, held against the ledger: nothing lost, nothing twice, nobody overruled unseen.

Invariant: the log's batches say what was live when, so that each decision can be looked at in the ledger of its moment.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.ledger import Ledger

ROWS = """SELECT number, act, 'judgement' AS kind, left_id AS one, right_id AS other, '' AS field, author, why AS said,
 retracted, batch FROM judgement
UNION ALL SELECT number, act, 'ruling', subject, other, field, author, note, retracted, batch FROM ruling ORDER BY 1"""


class Note:
    """One line of a notebook."""

    def __init__(self, line: dict[str, Any]) -> None:
        self.did: str = line["did"]
        self.by: str = line["by"]
        self.wait: float = line["wait"]
        self.error: str = line.get("error", "")
        self.words: str = line.get("words", "")
        self.act: int = line.get("act", 0)
        self.rows: list[int] = line.get("rows", [])
        self.said: list[str] = line.get("said", [])
        self.seen: int = line.get("seen", 0)


@dataclass(frozen=True)
class Row:
    """One row of what was decided, and from which batch to which it was live."""

    number: int
    act: int
    kind: str
    one: str
    other: str
    field: str
    author: str
    said: str
    retracted: str | None
    batch: int
    ended: int  # the batch in which it was stamped; 0 while it is live

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about."""
        return self.kind, self.one, self.other, self.field

    def live_before(self, batch: int) -> bool:
        """Tell whether it was live just before a batch was written."""
        return self.batch < batch and not 0 < self.ended < batch


def read_rows(ledger: Ledger) -> list[Row]:
    """Read every row with its life."""
    ended: dict[int, int] = {}
    for entry in ledger.log(batches=True):
        if entry.kind == "written":
            content = json.loads(entry.content)
            for table in ("judgement", "ruling"):
                for number, values in content["changed"].get(table, {}).items():
                    if values.get("retracted"):
                        ended[int(number)] = content["batch"]
    return [Row(*row, ended.get(row[0], 0)) for row in ledger.sql(ROWS).rows]


def find_losses(ledger: Ledger, notes: Sequence[Note]) -> list[str]:
    """Give a line for each thing that is not as people were told."""
    rows = read_rows(ledger)
    return [
        *ledger.check(),
        *_written(rows, notes),
        *_taken_back(ledger, rows, notes),
        *_doubles(rows),
        *_overruled(rows, notes),
        *_stranded(ledger, rows),
    ]


def _written(rows: Sequence[Row], notes: Sequence[Note]) -> Iterator[str]:
    """Look for every word that was reported as written, and for words that nobody was told of."""
    by_said: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_said[row.said].append(row)
    withdrawn = {note.act for note in notes if note.did == "retracted" and not note.error}
    ends: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        ends[row.batch, row.author].append(row)
    told: set[str] = set()
    for note in notes:
        if note.did != "decided" or note.error:
            continue
        for said in note.said:
            told.add(said)
            found = by_said.get(said, [])
            if not found:
                yield f"“{said}” (D{note.act}) was reported as written and is not there"
                continue
            live = [row for row in found if row.retracted is None]
            if len(live) > 1:
                yield f"“{said}” is live in {len(live)} rows"
            if live and note.act in withdrawn:
                yield f"“{said}” was taken back and is live"
            last = max(found, key=lambda row: row.number)
            outdone = any(
                row.subject == last.subject and row.number > last.number for row in ends[last.ended, last.author]
            )
            if not live and note.act not in withdrawn and not outdone:
                yield f"“{said}” (D{note.act}) is not live, and nobody took it back"
    for said in by_said.keys() - told:
        yield f"“{said}” is in the ledger, and nobody was told so"


def _taken_back(ledger: Ledger, rows: Sequence[Row], notes: Sequence[Note]) -> Iterator[str]:
    people = {note.by for note in notes if note.did in ("decided", "retracted")}
    logged = Counter(
        (entry.by, int(entry.note.split()[0].removeprefix("D")))
        for entry in ledger.log()
        if entry.kind == "retracted" and entry.by in people
    )
    told = Counter((note.by, note.act) for note in notes if note.did == "retracted" and not note.error)
    for by, act in (logged - told).keys() | (told - logged).keys():
        yield f"{by} was told {told[by, act]} times that D{act} was taken back, and the log says {logged[by, act]}"
    for act, times in Counter(act for _, act in told.elements()).items():
        if times > 1:
            yield f"D{act} was taken back {times} times"


def _doubles(rows: Sequence[Row]) -> Iterator[str]:
    live = Counter((row.author, row.subject) for row in rows if row.retracted is None and row.kind == "judgement")
    for (author, subject), number in live.items():
        if number > 1:
            yield f"{author} has {number} live rows on {subject}"


def _overruled(rows: Sequence[Row], notes: Sequence[Note]) -> Iterator[str]:
    """Look that a decision was refused where somebody else had decided the same after what its writer had seen."""
    seen = {number: note.seen for note in notes if note.did == "decided" for number in note.rows}
    on: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        on[row.subject].append(row)
    for row in rows:
        if row.number not in seen:
            continue
        for other in on[row.subject]:
            unseen = seen[row.number] < other.number < row.number
            if unseen and other.author != row.author and other.live_before(row.batch):
                yield f"D{row.act} by {row.author} was written over D{other.act} by {other.author}, unseen"


def _stranded(ledger: Ledger, rows: Sequence[Row]) -> Iterator[str]:
    """Look for decisions on words that no reading finds any more, which neither were carried nor are listed as lost."""
    live = {mention.id for mention in ledger.mentions()} | {claim.id for claim in ledger.claims()}
    lost = [problem.cause for problem in ledger.problems() if problem.code.endswith("-lost")]
    for row in rows:
        ids = [id for id in (row.one, row.other) if id]
        if row.retracted is None and not live.issuperset(ids):
            listed = any(f" by {row.author}:" in cause and all(id in cause for id in ids) for cause in lost)
            if not listed:
                yield f"“{row.said}” (D{row.act}) is on words that are not found any more, and not listed as lost"
