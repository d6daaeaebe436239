"""The lines that say how a report came here and what people decided on it: what an auditor asks of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.ledger import Ledger
from variorum.model import Article, Claim
from variorum.pipeline.byhand import decisions_behind
from variorum.pipeline.labels import Labels
from variorum.pipeline.tracing import find_decided, find_trace
from variorum.pipeline.wordlines import word_line
from variorum.show.words import plain, plural


def capture_lines(ledger: Ledger, article: Article, labels: Labels) -> Iterator[str]:
    """Say from where, when and with what program a report was taken, and which others came from its address."""
    trace = find_trace(ledger, article, labels)
    for row, kept in trace.captures:
        led = f", which gave {plain(row.final)}" if row.final and row.final != row.asked else ""
        stored = "raw bytes kept" if kept else "raw bytes not kept"
        size = plural(row.size, "byte") if row.size else "size not told"  # a feed gives no raw bytes
        yield f"Captured {row.at} from {plain(row.asked)}{led} by {row.tool}: {size}, SHA-256 {row.sha256}, {stored}"
    if trace.printings:
        yield f"The same address gave another text as {', '.join(trace.printings)}."
    for ruling in trace.withdrawn:
        yield f"WITHDRAWN by {plain(ruling.by)}, {ruling.at}{': ' + plain(ruling.note) if ruling.note else ''}"


def by_hand_lines(ledger: Ledger, claim: Claim, labels: Labels) -> Iterator[str]:
    """Say of a claim that a person read it in the text, with the decision that it stands and falls with."""
    for row in decisions_behind(ledger, claim):
        yield f"Read by a person: {row.name}  {row.what.at[:16]}  {word_line(ledger, row.what, labels)}"


def ruling_lines(ledger: Ledger, ids: Iterable[str], labels: Labels) -> Iterator[str]:
    """Say each live decision on some claims, mentions or reports, the oldest first."""
    for row in find_decided(ledger, ids, labels):
        blind = " (blind: it decides nothing)" if row.blind else ""
        yield f"{row.name}  {row.at[:16]}  {row.words}{blind}"
