"""What two ledgers, or one on two days, do not share."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.api.display import MOST, Shown, bundle, escape_markdown, fragment, more, paragraph
from variorum.errors import UsageError
from variorum.show.svg import element, words
from variorum.show.words import plain, plural

if TYPE_CHECKING:
    from variorum.api.ledger import Ledger


@dataclass(frozen=True, slots=True, repr=False)
class Differences:
    """What is on one side only; `print()` gives it in words, the left side first."""

    left: str  # names of the sides
    right: str
    reports_left: tuple[str, ...]  # labels of the reports that only the left one has
    reports_right: tuple[str, ...]
    decisions_left: tuple[str, ...]  # what only its people said, in words
    decisions_right: tuple[str, ...]
    changes: tuple[str, ...]  # of events, from left to right, in words

    def __bool__(self) -> bool:
        parts = (self.reports_left, self.reports_right, self.decisions_left, self.decisions_right, self.changes)
        return any(parts)

    def _lines(self) -> Iterator[str]:
        for name, reports, said in (
            (self.left, self.reports_left, self.decisions_left),
            (self.right, self.reports_right, self.decisions_right),
        ):
            if reports or said:
                yield f"Only in {name}: {plural(len(reports), 'report')}, {plural(len(said), 'decision')}"
                yield from (f"  {one}" for one in (*reports, *said))
        yield from self.changes
        yield plural(len(self.changes), "difference") + " of events" if self.changes else "no difference of events"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        told = plural(len(self.changes), "change")
        return f"<Differences of {plain(self.left)} and {plain(self.right)}: {told} of events>"

    def _repr_html_(self) -> str:
        lines = list(self._lines())
        rows = "".join(element("li", words(plain(line))) for line in lines[:MOST])
        return fragment(paragraph(repr(self)[1:-1], "head"), element("ul", rows), paragraph(more(len(lines)), "soft"))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        lines = list(self._lines())
        told = "\n".join(f"* {escape_markdown(line.strip())}" for line in lines[:MOST])
        return bundle(Shown(str(self), self._repr_html_(), told + "\n"))


def compare(left: Ledger, right: Ledger) -> Differences:
    """Compare two ledgers as they stand, or one on two days.

    One ledger on two days is compared by what had been printed by each; two ledgers by their reports, what people
    decided, and their events, matched by the words that they share. Raises UsageError for views of two ledgers.
    """
    if left.name != right.name and (left._view.day or right._view.day):
        raise UsageError("two ledgers are compared as they stand", "leave out as_of")
    return _two_days(left, right) if left.name == right.name else _two_ledgers(left, right)


def _two_days(left: Ledger, right: Ledger) -> Differences:
    from variorum.pipeline.changewords import change_lines
    from variorum.pipeline.comparing import state_printed
    from variorum.pipeline.foresight import changes, now_state

    before, after = (
        now_state(side._view.store) if side._view.day is None else state_printed(side._view.store, side._view.day)
        for side in (left, right)
    )
    told = tuple(change_lines(changes(before, after), after, right._view.labels))
    reports = [{report.label for report in side.reports()} for side in (left, right)]
    only = [tuple(sorted(one - other, key=lambda label: int(label[1:]))) for one, other in (reports, reports[::-1])]
    return Differences(_side(left), _side(right), only[0], only[1], (), (), told)


def _side(ledger: Ledger) -> str:
    return ledger.name if ledger._view.day is None else f"{ledger.name} as known on {ledger._view.day}"


def _two_ledgers(left: Ledger, right: Ledger) -> Differences:
    from variorum.pipeline.changewords import change_lines
    from variorum.pipeline.comparing import compare_ledgers
    from variorum.pipeline.foresight import now_state
    from variorum.pipeline.labels import Labels, shorten
    from variorum.pipeline.wordlines import word_line

    found = compare_ledgers(left._view.store, right._view.store)
    after = now_state(right._view.store)
    labels = Labels(ChainMap(dict(left._view.labels.events), shorten(after.events)), left._view.labels.articles)
    said = [
        tuple(f"{row.name}  {word_line(side._view.store, row.what, side._view.labels)}" for row in rows)
        for side, rows in ((left, found.said_left), (right, found.said_right))
    ]
    reports = [
        tuple(side._view.labels.articles[id] for id in ids)
        for side, ids in ((left, found.only_left), (right, found.only_right))
    ]
    told = tuple(change_lines(found.changes, after, labels))
    return Differences(left.name, right.name, reports[0], reports[1], said[0], said[1], told)
