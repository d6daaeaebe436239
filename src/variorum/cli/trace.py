"""The lines that say how a report came here and what people decided on it: what an auditor asks of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Ruling
from variorum.pipeline.byhand import decisions_behind
from variorum.pipeline.labels import Labels
from variorum.pipeline.wordlines import word_line
from variorum.show.words import plain, plural


def capture_lines(ledger: Ledger, article: Article, labels: Labels) -> Iterator[str]:
    """Say from where, when and with what program a report was taken, and which others came from its address."""
    for row in ledger.captures(article.id):
        led = f", which gave {plain(row.final)}" if row.final and row.final != row.asked else ""
        stored = "raw bytes kept" if ledger.raw(row.sha256) is not None else "raw bytes not kept"
        size = plural(row.size, "byte")
        yield f"Captured {row.at} from {plain(row.asked)}{led} by {row.tool}: {size}, SHA-256 {row.sha256}, {stored}"
    others = [labels.articles[id] for id in ledger.printings(article.url) if id != article.id]
    if others:
        yield f"The same address gave another text as {', '.join(others)}."
    for ruling in ledger.rulings():
        if ruling.subject == article.id and ruling.field == "report" and ruling.verdict == "reject":
            yield f"WITHDRAWN by {plain(ruling.by)}, {ruling.at}{': ' + plain(ruling.note) if ruling.note else ''}"


def by_hand_lines(ledger: Ledger, claim: Claim, labels: Labels) -> Iterator[str]:
    """Say of a claim that a person read it in the text, with the decision that it stands and falls with."""
    for row in decisions_behind(ledger, claim):
        yield f"Read by a person: {row.name}  {row.what.at[:16]}  {word_line(ledger, row.what, labels)}"


def ruling_lines(ledger: Ledger, ids: Iterable[str], labels: Labels) -> Iterator[str]:
    """Say each live decision on some claims, mentions or reports, the oldest first."""
    wanted = set(ids)
    rows = [row for row in ledger.decisions() if row.what.retracted is None]
    for row in reversed(rows):
        what = row.what
        named = {what.subject, what.other} if isinstance(what, Ruling) else {what.left, what.right}
        if named & wanted:
            blind = " (blind: it decides nothing)" if what.blind else ""
            yield f"{row.name}  {what.at[:16]}  {word_line(ledger, what, labels)}{blind}"
