"""What records ask of the ledger that they come from: other records, labels, lists of them.

Invariant: nothing here writes to a ledger; a view of an earlier day knows nothing of what was published later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from threading import Event as Event_
from typing import TYPE_CHECKING, Any

from variorum.api.claim import Claim
from variorum.api.event import Event
from variorum.api.frames import Row
from variorum.api.listing import AT_ONCE, Listing
from variorum.api.report import Report
from variorum.errors import LedgerError, UnknownIdError, UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger as Store
    from variorum.model import Article, Copy
    from variorum.pipeline import Selection
    from variorum.pipeline.exploring import Explored
    from variorum.pipeline.labels import Labels

HELD = 500  # reports kept in memory; their texts are most of a ledger


class LedgerView:
    """A stored ledger, as it stands or as known at the end of a day."""

    def __init__(self, store: Store, day: str | None = None, closed: Event_ | None = None) -> None:
        self._store = store
        self.closed = closed or Event_()  # one for all views of a ledger
        self.day = day  # ISO day; None is today
        self._held: dict[str, Report] = {}

    @property
    def store(self) -> Store:
        """The stored ledger. Raises LedgerError once it was closed."""
        if self.closed.is_set():
            raise LedgerError(f"{self._store.name} was closed", "open it again: variorum.open(…)")
        return self._store

    def of_today(self, what: str) -> None:
        """Refuse what only a ledger of today can tell. Raises UsageError in a view of an earlier day."""
        if self.day is not None:
            raise UsageError(
                f"{what} is of today, and this view is of {self.day}", "ask the ledger of today: as_of(None)"
            )

    # ------------------------------------------------------------ one record

    def find_event(self, id: str) -> Event:
        """Give an event by EV-7K3Q, an id, or in one version by EV-7K3Q@2; names that were retired lead on.

        Raises UnknownIdError with near ids for what is not there, or was not reported by the day of this view.
        """
        from variorum.pipeline import edition
        from variorum.pipeline.labels import find_one_event, version_of

        found = find_one_event(self.store, id)
        frozen = version_of(id) is not None
        if frozen and self.day is not None:
            raise UsageError(f"{id} is one version, and this view is of a day", "leave out @, or ask the whole ledger")
        published = edition(self.store, [found], as_of=self.day, frozen=frozen)
        if not published.events:
            raise UnknownIdError(f"no report of {id} had appeared by {self.day}", "ask the ledger of a later day")
        return Event(self, published, published.events[0])

    def find_report(self, id: str) -> Report:
        """Give a report by R7 or its id. Raises UnknownIdError with near ids for what is not there, or came later."""
        row = self.store.article(id)
        if not self.known(row):
            raise UnknownIdError(f"{id} appeared after {self.day}", "ask the ledger of a later day")
        return self.report(row.id)

    def find_claim(self, id: str) -> Claim:
        """Give a claim by its id, `clm_…`. Raises UnknownIdError with near ids for what is not there, or came later."""
        row = self.store.claim(id)
        article = self.find_report(self.store.mention(row.mention_id).article_id)
        found = next((claim for claim in self.claims_of(article.id) if claim.id == row.id), None)
        return found if found is not None else Claim(self, row, article.id, None, row.source)

    # ------------------------------------------------------------ lists

    @cached_property
    def labels(self) -> Labels:
        """The short names of events and reports."""
        from variorum.pipeline.labels import make_labels

        return make_labels(self.store)

    def attrs(self, table: str) -> dict[str, Any]:
        """Name the state of the ledger that a frame is made from."""
        from variorum.schema import load_schema

        row, hash = self.store.head()
        return {
            "table": table, "ledger": hash, "log_row": row, "schema": load_schema().version, "as_of": self.day,
        }  # fmt: skip

    def explore(self, chosen: Selection | None) -> Explored:
        """Find the events that fit, all without a selection; raises UsageError as `explore` does."""
        from variorum.pipeline import Selection
        from variorum.pipeline.exploring import Wanted, explore

        return explore(self.store, Wanted(Selection() if chosen is None else chosen, as_of=self.day))

    def read_events(self, ids: Iterable[str]) -> Iterator[Event]:
        """Give events by full ids in that order, some at a time; one not known on the day of the view is left out."""
        from variorum.ledger.picked import pick_events
        from variorum.pipeline import edition

        asked = list(ids)
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            published = edition(self.store, pick_events(self.store, some), as_of=self.day)
            known = {event.id: event for event in published.events}
            yield from (Event(self, published, known[id]) for id in some if id in known)

    def listed_events(self, ids: Sequence[str]) -> Listing[Event]:
        """Give a list of events by their ids."""
        from variorum.api.tables import events_table

        return Listing(ids, lambda some: list(self.read_events(some)), events_table(self))

    def listed_reports(self, ids: Sequence[str]) -> Listing[Report]:
        """Give a list of reports by their ids."""
        from variorum.api.tables import reports_table

        return Listing(ids, lambda some: [self.report(id) for id in some], reports_table(self))

    def listed_claims(
        self, keys: Sequence[tuple[str | None, str]], known: Mapping[str, Claim] | None = None
    ) -> Listing[Claim]:
        """Give claims by the ids of event and claim; those `known` are not read again."""
        from variorum.api.tables import claims_table

        def read(some: Sequence[tuple[str | None, str]]) -> list[Claim]:
            if known is not None:
                return [known[id] for _, id in some]
            found: dict[str, Claim] = {}
            for event in self.read_events(dict.fromkeys(id for id, _ in some if id is not None)):
                found |= event._claims
            return [found[id] if id in found else self.find_claim(id) for _, id in some]

        return Listing(keys, read, claims_table(self))

    def listed_rows(self, table: str, rows: Sequence[Row]) -> Listing[Row]:
        """Give a list of rows of a table that only the library has."""
        from variorum.api.tables import columns_of, rows_table

        return Listing(rows, list, rows_table(table.capitalize(), columns_of(table), self.attrs(table)))

    def claims_of(self, article: str) -> list[Claim]:
        """Give the live claims of a report in the order of its text."""
        from variorum.ledger.picked import pick_events_of

        rows = sorted(self.store.claims(article), key=lambda row: (row.start, row.end, row.id))
        event_of = pick_events_of(self.store, {row.mention_id for row in rows})
        told: dict[str, Claim] = {}
        for event in self.read_events(dict.fromkeys(event_of.values())):
            told |= event._claims
        return [told[row.id] if row.id in told else Claim(self, row, article, None, row.source) for row in rows]

    def events_of(self, article: str) -> Listing[Event]:
        """Give the events that a report tells of."""
        ids = dict.fromkeys(id for row in self.store.mentions(article) if (id := self.store.event_of(row.id)))
        return self.listed_events([event.id for event in self.read_events(ids) if article in event._object["articles"]])

    def report(self, id: str) -> Report:
        """Give a report by its full id, also one that came after the day."""
        if id not in self._held:
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[id] = Report(self, self.store.article(id))
        return self._held[id]

    def known(self, row: Article) -> bool:
        """Tell whether a report had appeared by the day of this view; an undated one has."""
        return self.day is None or row.published is None or row.published[: len(self.day)] <= self.day

    def copies(self, articles: Sequence[str]) -> dict[str, Copy]:
        """Give which of some reports are copies, of originals that had appeared."""
        from variorum.ledger.picked import pick_copies

        found = {copy.article_id: copy for copy in pick_copies(self.store, articles)}
        return {id: found[id] for id in articles if id in found and self.known(self.report(found[id].original_id)._row)}

    def root(self, article: str) -> str:
        """Give the id of the original of a report, its own where it is none of another's copies."""
        copies = self.copies([article])
        return copies[article].original_id if article in copies else article

    def lineage(self, article: str) -> tuple[Report, ...]:
        """Give the original of a report and its copies, by day."""
        from variorum.ledger.picked import pick_copies

        root = self.root(article)
        rows = pick_copies(self.store, [root], reprints=True)
        copies = [self.report(row.article_id) for row in rows if row.original_id == root]
        known = [copy for copy in copies if self.known(copy._row)]
        return (self.report(root), *sorted(known, key=lambda one: (one.published or "9999", one.id)))

    def cite(self, given: str, form: str, accessed: str | None) -> str:
        """Give the citation of an event, version or claim. Raises UsageError for a form that is none."""
        from variorum.pipeline.citing import FORMS, find_citable, write_citations

        if form not in FORMS:
            raise UsageError(f"no form of citation is called {form}", f"choose one of {', '.join(FORMS)}")
        return write_citations(find_citable(self.store, given, accessed=accessed or today()))[form]


def today() -> str:
    """Give the day of today in UTC, ISO 8601."""
    return datetime.now(UTC).date().isoformat()
