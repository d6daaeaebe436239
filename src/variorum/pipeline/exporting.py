"""From a ledger to files: what goes into one export, read a part at a time, and written piece by piece.

Invariant: an export is of one state of the ledger, whatever others write meanwhile, and holds the same events in the
same order as `edition` gives. Where events are read as they stand, what is in memory does not grow with the ledger;
as of an earlier day, or redacted, all of it lies in memory, since every report is needed to say what one event was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.ledger.listing import Chosen
from variorum.ledger.paging import PAGE, page_articles, page_events
from variorum.ledger.picked import pick_articles, pick_copies, pick_events
from variorum.model import Event
from variorum.pipeline.accounts import account
from variorum.pipeline.citing import cite_events
from variorum.pipeline.editions import edition, with_all_articles
from variorum.pipeline.listing import find_chosen, has_index
from variorum.pipeline.places import gazetteer
from variorum.pipeline.pluginwriters import find_writer
from variorum.pipeline.recorded import Recorded
from variorum.pipeline.sharing import share
from variorum.publish import Edition, Issue, issue_of, make_edition, write
from variorum.publish.columns import COLUMNS, TABLES, TYPE_WORDS, Column
from variorum.publish.csv import write_dictionary
from variorum.publish.formats import FORMATS
from variorum.publish.issue import tell_nobody
from variorum.publish.profile import Redacted
from variorum.publish.select import Selection


@dataclass(frozen=True, slots=True)
class Requested:
    """What is to be exported; nothing given: every event as it stands."""

    events: Sequence[Event] | None = None  # those that were named
    frozen: bool = False  # the events given are earlier versions
    chosen: Selection = field(default_factory=Selection)
    as_of: str | None = None  # ISO day: what had been published by then
    recorded: Recorded | None = None  # what the ledger held by then
    redacted: bool = False

    @property
    def whole(self) -> bool:
        """Whether no event is left out."""
        return self.events is None and self.chosen == Selection()


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into one export, ready to be written in any format."""

    ledger: Ledger
    issue: Issue
    whole: Edition | None = None  # all of it, where all is in memory

    def write_columns(self, out: BinaryIO, tables: Sequence[str]) -> None:
        """Write what the columns of tables mean, as a table of its own."""
        for piece in write_dictionary(self.issue, tables):
            out.write(piece.encode("utf-8"))

    def write(self, format: str, out: BinaryIO, *, table: str = "") -> int:
        """Write it in one format, of one table where the format has several; gives how many events went in.

        Call it in the snapshot in which the export was made, so that the hash it names is that of what it holds.
        Raises UsageError for a format or table that no writer knows, OSError for what cannot be written.
        """
        writer = find_writer(format)
        table = table or next(iter(writer.tables), "")
        number = left = 0

        def counted() -> Iterator[Edition]:
            nonlocal number
            number = 0
            for part in self.issue.parts():
                number += len(part.events)
                yield part

        def leave_out(count: int, words: str) -> None:
            nonlocal left
            left = count
            self.issue.leave_out(count, words)

        with self.ledger.snapshot():
            for piece in writer.load()(replace(self.issue, parts=counted, leave_out=leave_out), table):
                out.write(piece.encode("utf-8") if isinstance(piece, str) else piece)
        return number - left


def make_export(
    ledger: Ledger,
    wanted: Requested,
    *,
    config: Config,
    today: str,
    leave_out: Callable[[int, str], None] = tell_nobody,
) -> Export:
    """Find what is to be exported; little is read before it is written.

    In: what is wanted, the settings (whom to believe, whom to redact), the ISO day of today, and whom to tell how
    many events a format leaves out, and why. Raises UsageError for
    a place the gazetteer does not know and a kind the schema does not have, ConfigError for what is withheld and is not
    there.
    """
    with ledger.snapshot():
        whole = None if _can_stream(ledger, wanted) else _read(ledger, wanted, config)
        chosen = find_chosen(ledger, wanted.chosen) if whole is None and wanted.events is None else Chosen()
        _, hash = ledger.head()

    def parts() -> Iterator[Edition]:
        if whole is not None:
            return _slices(whole)
        return _read_parts(ledger, wanted, chosen)

    def reports() -> Iterator[Edition]:
        if whole is not None:
            return _report_slices(whole)
        if wanted.whole:
            return _report_parts(ledger, page_articles(ledger))
        return _report_parts(ledger, _told(parts()))

    issue = Issue(
        parts=parts,
        reports=reports,
        account=lambda part, event: account(part, event, part.rulings),
        cited=lambda part: cite_events(ledger, part, hash, today),
        ledger=hash,
        made=today,
        credible=tuple(config.credible_sources),
        as_of=wanted.as_of,
        redacted=None if whole is None else whole.redacted,
        leave_out=leave_out,
    )
    return Export(ledger, issue, whole)


def write_edition(published: Edition, format: str, *, table: str = "events") -> Iterator[str]:
    """Give the pieces of text of an edition in memory, in a format that is text and asks a ledger nothing more.

    Raises UsageError for a format that no writer knows.
    """
    for piece in write(issue_of(published), format, table=table):
        assert isinstance(piece, str)
        yield piece


def _can_stream(ledger: Ledger, wanted: Requested) -> bool:
    plain = wanted.as_of is None and wanted.recorded is None and not (wanted.redacted or wanted.frozen)
    return plain and has_index(ledger)


def _read(ledger: Ledger, wanted: Requested, config: Config) -> Edition:
    """Read all that goes into an export at once."""
    chosen = None if wanted.chosen == Selection() else wanted.chosen
    found = edition(
        ledger,
        wanted.events,
        chosen=chosen,
        as_of=wanted.as_of,
        frozen=wanted.frozen,
        recorded=wanted.recorded,
    )
    found = replace(found, as_of=wanted.as_of)
    if wanted.whole:
        found = with_all_articles(ledger, found, wanted.recorded)
    return share(ledger, found, config, whole=wanted.whole) if wanted.redacted else found


def _slices(whole: Edition) -> Iterator[Edition]:
    for start in range(0, len(whole.events), PAGE):
        yield replace(whole, events=whole.events[start : start + PAGE])


def _report_slices(whole: Edition) -> Iterator[Edition]:
    ids = sorted(whole.articles, key=lambda id: (whole.articles[id].published or "9999", id))
    for start in range(0, len(ids), PAGE):
        yield replace(whole, events=(), articles={id: whole.articles[id] for id in ids[start : start + PAGE]})


def _read_parts(ledger: Ledger, wanted: Requested, chosen: Chosen) -> Iterator[Edition]:
    if wanted.events is not None:
        yield from _slices(edition(ledger, wanted.events))
        return
    for ids in page_events(ledger, chosen):
        yield edition(ledger, pick_events(ledger, ids))


def _told(parts: Iterator[Edition]) -> Iterator[list[str]]:
    """Give the ids of the articles that tell of some events, and of the originals of copies, by day, in pages."""
    days = {id: article.published or "9999" for part in parts for id, article in part.articles.items()}
    ids = sorted(days, key=lambda id: (days[id], id))
    for start in range(0, len(ids), PAGE):
        yield ids[start : start + PAGE]


def _report_parts(ledger: Ledger, pages: Iterator[list[str]]) -> Iterator[Edition]:
    for ids in pages:
        articles = pick_articles(ledger, ids)
        copies = [copy for copy in pick_copies(ledger, ids) if copy.article_id in ids]
        yield make_edition((), mentions=(), claims=(), articles=articles, copies=copies, gazetteer=gazetteer())


__all__ = [
    "COLUMNS",
    "FORMATS",
    "TABLES",
    "TYPE_WORDS",
    "Column",
    "Export",
    "Issue",
    "Redacted",
    "Requested",
    "find_writer",
    "make_export",
    "write_edition",
]
