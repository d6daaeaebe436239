"""Why two reports are one event or two, in the words of the command line and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Any

from variorum.api.display import Shown, bundle, figure, fragment, paragraph
from variorum.errors import UnknownIdError, UsageError
from variorum.show.charts import EvidenceStep, draw_waterfall
from variorum.show.evidencelines import change_lines, evidence_lines
from variorum.show.words import day_of, outlet_of, plain, short

if TYPE_CHECKING:
    from variorum.api.ledgerview import LedgerView
    from variorum.api.report import Report
    from variorum.pipeline import Pair


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """How two mentions stand: `print()` gives the sum of evidence, a notebook draws it."""

    reports: tuple[str, str]  # labels
    joined: bool
    score: float  # the matcher's, 0..1
    needed: float  # from which it joins
    verdict: str  # in words
    _pair: Pair = field(compare=False)
    _heads: tuple[str, ...] = field(compare=False)
    _more: tuple[str, ...] = field(compare=False)

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """What was compared, strongest first: name, what each report says, weight in log-odds."""
        names = ("name", "left", "right", "weight", "note")
        return [{name: getattr(reason, name) for name in names} for reason in self._pair.explanation.used]

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change the answer, in words."""
        return self._pair.explanation.changes

    def _lines(self) -> Iterator[str]:
        yield from self._heads
        yield ""
        yield self.verdict
        yield from self._more
        yield ""
        yield from evidence_lines(self._pair.explanation, self.reports)
        yield ""
        yield from change_lines(self._pair.explanation)

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self._lines())

    def __repr__(self) -> str:
        left, right = self.reports
        return (
            f"<Why {left} {right}: {'joined' if self.joined else 'kept apart'}, {self.score:.2f} of {self.needed:.2f}>"
        )

    @property
    def svg(self) -> str:
        """The sum of evidence as steps from nothing to the total."""
        found = self._pair.explanation
        steps = [EvidenceStep(reason.name, reason.weight, reason.left, reason.right) for reason in found.used]
        needs = log(self.needed / (1 - self.needed))
        return draw_waterfall(steps, needs, title=f"Evidence, in log-odds: total {found.total:+.1f}")

    def _repr_html_(self) -> str:
        caption = "Weights are natural logarithms of odds; the dashed line is what the total needs to be joined."
        found = self._pair.explanation
        unused = f"Not used: {', '.join(found.not_used)}." if found.not_used else ""
        return fragment(
            *(paragraph(head, "soft") for head in self._heads),
            paragraph(self.verdict, "head"),
            *(paragraph(line) for line in self._more),
            figure(self.svg, caption),
            *(paragraph(line) for line in found.changes),
            paragraph(unused, "soft") if unused else "",
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        block = "\n".join("    " + plain(line) for line in str(self).splitlines())
        return bundle(Shown(str(self), self._repr_html_(), block + "\n"))


def explain_pair(ledger: LedgerView, a: Report | str, b: Report | str, inside: frozenset[str]) -> Why:
    """Hold the two reports' closest mentions against each other; of those `inside` an event where a report has any.

    Raises UnknownIdError for what is not there, UsageError for two without mentions to compare.
    """
    from variorum.pipeline import find_pairs
    from variorum.pipeline.whywords import say_verdict

    sides = []
    for given in (a, b):
        found = _mentions(ledger, given)
        sides.append([id for id in found if id in inside] or found)
    pairs = find_pairs(ledger.store, *sides, every=False)
    if not pairs:
        names = " and ".join(one if isinstance(one, str) else one.label for one in (a, b))
        raise UsageError(f"{names} have no two mentions of events to compare", "see what each says: report.claims")
    pair = pairs[0]
    heads, labels = [], []
    for id in (pair.left, pair.right):
        mention = ledger.store.mention(id)
        row = ledger.report(mention.article_id)._row
        labels.append(ledger.labels.articles[row.id])
        heads.append(f"{labels[-1]:<5}{plain(outlet_of(row))}, {day_of(row)}  “{short(plain(mention.quote), 96)}”")
    told = say_verdict(pair, ledger.labels, nearest=ledger.day is None)
    return Why(
        (labels[0], labels[1]),
        pair.joined,
        pair.explanation.score,
        pair.needed,
        f"{told.head} {told.alone} {told.people}",
        pair,
        tuple(heads),
        told.more,
    )


def _mentions(ledger: LedgerView, given: Report | str) -> list[str]:
    from variorum.ledger.picked import pick_mentions
    from variorum.pipeline.named import mentions_of

    name = given if isinstance(given, str) else given.id
    found = pick_mentions(ledger.store, mentions_of(ledger.store, name))
    known = [row.id for row in found if ledger.known(ledger.report(row.article_id)._row)]
    if found and not known:
        raise UnknownIdError(f"{name} appeared after {ledger.day}", "ask the ledger of today")
    return known
