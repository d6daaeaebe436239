"""Rows in a project's columns, written as CSV, and the count of events that its codebook does not admit.

Invariant: an event is a row or is counted among those left out, with the reason; none is dropped in silence.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from variorum.model import Event
from variorum.publish.cite import Cited
from variorum.publish.csv import line
from variorum.publish.issue import Issue
from variorum.publish.jsonl import Edition
from variorum.publish.rules.account import Account

Cell = str | int | float | None
Row = dict[str, Cell]
# After the project's columns: the event, its version, the claims behind the figures, and which rule chose what.
OWN = ("variorum_event", "variorum_version", "variorum_claims", "variorum_remarks")
REDACTED = "redacted"  # stands last in a redacted file, and in no other: the profile
NUMBER_DIGITS = 12  # hexadecimal: 48 bits, below 10^15, so that a spreadsheet keeps every digit


@dataclass(frozen=True, slots=True)
class Case:
    """One event that is to become a row, with what the row is made of."""

    part: Edition
    event: Event
    account: Account
    cited: Cited | None
    credible: tuple[str, ...]

    @property
    def number(self) -> int:
        """The event as a whole number: the first twelve hexadecimal digits of the SHA-256 of its id."""
        return int(hashlib.sha256(self.event.id.encode()).hexdigest()[:NUMBER_DIGITS], 16)

    @property
    def name(self) -> str:
        """The event's id as people write it: EV-1YAZ0VKFAH0T1VJY."""
        return "EV-" + self.event.id.removeprefix("evt_")

    def claims(self, *props: str) -> str:
        """Give the ids of the standing claims of these properties, denials too, in order."""
        rows = [one for one in self.account.statements if one.prop in props]
        return "; ".join(dict.fromkeys(claim for one in rows for claim in one.claims))


@dataclass(frozen=True, slots=True)
class Left:
    """Why an event is no row: words that follow a number, "without a death"."""

    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One project's columns, and how an event becomes a row of them."""

    project: str  # as people call it
    columns: tuple[str, ...]  # the project's, in its order
    optional: frozenset[
        str
    ]  # of these, which a row is whole without: no report can give them, or not every one has them
    own: tuple[str, ...]  # Variorum's, after them
    code: Callable[[Case], Row | Left]


def write_sheet(issue: Issue, sheet: Sheet) -> Iterator[str]:
    """Give the lines of a CSV file, a header and one line an event; at the end tell how many are left out, and why."""
    columns = (*sheet.columns, *sheet.own, *((REDACTED,) if issue.redacted is not None else ()))
    yield line(columns)
    left: Counter[str] = Counter()
    number = 0
    for part in issue.parts():
        cited = issue.cited(part)
        for event in part.events:
            number += 1
            case = Case(part, event, issue.account(part, event), cited.get(event.id), issue.credible)
            row = sheet.code(case)
            if isinstance(row, Left):
                left[row.why] += 1
                continue
            if issue.as_of is not None:
                row["variorum_remarks"] = " | ".join(
                    str(part) for part in (f"as known on {issue.as_of}", row["variorum_remarks"]) if part
                )
            if issue.redacted is not None:
                row[REDACTED] = issue.redacted.profile
            yield line([row.get(column) for column in columns])
    if left:
        why = ", ".join(f"{count} {words}" for words, count in left.most_common())
        are = "is" if left.total() == 1 else "are"
        told = f"{left.total()} of {number} events {are} left out, which {sheet.project} does not hold: {why}."
        issue.leave_out(left.total(), told)


def own_cells(case: Case, sheet: Sheet, row: Row, claims: str, remarks: tuple[str, ...]) -> Row:
    """Give Variorum's columns of a row, with the columns that are left for a coder among the remarks."""
    open_ = [name for name in sheet.columns if row.get(name) in (None, "") and name not in sheet.optional]
    told = [*remarks, *([f"left for a coder: {', '.join(open_)}"] if open_ else [])]
    return {
        "variorum_event": case.event.id,
        "variorum_version": case.event.version if case.part.as_of is None else None,
        "variorum_claims": claims,
        "variorum_remarks": " | ".join(told),
    }
