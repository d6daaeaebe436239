"""A ledger opened for reading, as objects: events, reports, claims, and what waits for a person.

Invariant: nothing here writes to a ledger; a view of an earlier day knows nothing of what was published later.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from variorum.api.claim import Claim
from variorum.api.days import Day, given_day
from variorum.api.display import Shown, bundle, escape_markdown, fragment, paragraph
from variorum.api.event import Event
from variorum.api.frames import Row
from variorum.api.ledgerview import LedgerView, today
from variorum.api.listing import Listing
from variorum.api.report import Report
from variorum.errors import LedgerError, UsageError
from variorum.show.words import plain, plural

if TYPE_CHECKING:
    from variorum.api.differences import Differences
    from variorum.api.field import Value
    from variorum.api.pictures import Picture

COUNTED = {"event": "event", "article": "report", "live claims": "claim", "problem": "problem"}


class Ledger:
    """What was read, what follows, and what waits for a person. Close it, or open it in a `with` block."""

    def __init__(self, view: LedgerView) -> None:
        self._view = view

    # ------------------------------------------------------------ lists

    def events(
        self,
        *,
        place: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        state: str | None = None,
        min_lineages: int = 1,
        story: str | None = None,
    ) -> Listing[Event]:
        """Give the events that fit, by date, undated ones last.

        `place` by any spelling, in or near it; `kind` a kind or family; `since` and `until` days; `state` how some of
        its accounts stand to each other (impossible, contradicts, revised, overlaps, agrees; single: one lineage);
        `story` a story that a report of it is in. Raises UsageError for a place, kind, state or story nobody knows.
        """
        from variorum.pipeline import Selection
        from variorum.pipeline.labels import find_one_story

        chosen = Selection(
            place=place,
            kind=kind,
            since=given_day("since", since),
            until=given_day("until", until),
            state=None if state is None else _state(state),
            min_lineages=min_lineages,
            story=None if story is None else find_one_story(self._view.store, story).id,
        )
        return self._view.listed_events(self._view.explore(chosen).ids)

    def reports(
        self, *, outlet: str | None = None, lang: str | None = None, since: Day | None = None, until: Day | None = None
    ) -> Listing[Report]:
        """Give the reports that fit by number: of an outlet, in a language (ISO 639-1), published between two days."""
        first, last = given_day("since", since), given_day("until", until)
        found = []
        for row in self._view.store.articles():
            day = (row.published or "")[:10]
            fits = outlet is None or row.outlet.casefold() == outlet.casefold()
            fits = fits and (lang is None or row.lang == lang)
            fits = fits and (first is None or day >= first) and (last is None or "" < day <= last)
            if fits and self._view.known(row):
                found.append(row.id)
        return self._view.listed_reports(found)

    def claims(
        self,
        *,
        field: str | None = None,
        scope: str | None = None,
        speaker: str | None = None,
        stance: str | None = None,
        report: Report | str | None = None,
    ) -> Listing[Claim]:
        """Give the claims of all events that fit, event by event; of a `report` also what it tells as background.

        `field` is a property (killed, place, weapon …), `speaker` a source by its one name, "" the outlets' own voice.
        Raises UsageError for a field the schema does not have, UnknownIdError for a report that is not there.
        """
        _check_field(field)

        def fits(claim: Claim) -> bool:
            wanted = ((field, claim.prop), (scope, claim.scope), (speaker, claim.speaker), (stance, claim.stance))
            return all(asked is None or asked == given for asked, given in wanted)

        if report is not None:
            own = report if isinstance(report, Report) else self.report(report)
            return self._view.listed_claims([(c._event, c.id) for c in self._view.claims_of(own.id) if fits(c)])
        every = self._view.read_events(self._view.explore(None).ids)
        return self._view.listed_claims(
            [(event.id, c.id) for event in every for c in event._claims.values() if fits(c)]
        )

    def values(self, *, field: str | None = None, status: str | None = None) -> Listing[Value]:
        """Give the settled values of all events: of a field, and with a status (single, agreed, contested).

        Raises UsageError for a field the schema does not have.
        """
        from variorum.api.tables import values_table

        _check_field(field)
        keys = [
            (event.id, place)
            for event in self._view.read_events(self._view.explore(None).ids)
            for place, row in enumerate(event._object["values"])
            if field in (None, row["prop"]) and status in (None, row["status"])
        ]

        def read(some: Sequence[tuple[str, int]]) -> list[Value]:
            events = {event.id: event for event in self._view.read_events(dict.fromkeys(id for id, _ in some))}
            return [events[id]._values[place] for id, place in some]

        return Listing(keys, read, values_table(self._view))

    def queue(self, kind: str | None = None) -> Listing[Row]:
        """Give what waits for a person, most useful first: all, or of one kind. Raises UsageError for no such kind."""
        from variorum.api.tables import queue_rows
        from variorum.pipeline import KINDS

        self._view.of_today("what waits for a person")
        asked = None if kind is None else kind.replace("-", " ")
        if asked is not None and asked not in KINDS:
            raise UsageError(f"no kind of question is called {kind}", f"choose one of {', '.join(KINDS)}")
        kinds = KINDS if asked is None else [asked]
        return self._view.listed_rows("queue", queue_rows(self._view.store, kinds, self._view.labels))

    def problems(self) -> Listing[Row]:
        """Give what could not be read, with cause and remedy."""
        self._view.of_today("the list of problems")
        rows = [{name: getattr(row, name) for name in row.__slots__} for row in self._view.store.problems()]
        return self._view.listed_rows("problems", rows)

    def sql(self, query: str) -> Listing[Row]:
        """Answer a query in SQL, which cannot write; views for people are v_events v_claims v_values v_reports …

        Raises UsageError for a query that the database refuses, and in a view of an earlier day.
        """
        from variorum.api.tables import answer_table

        self._view.of_today("what SQL is asked")
        found = self._view.store.sql(query)
        rows = [dict(zip(found.keys, row)) for row in found.rows]
        return Listing(rows, list, answer_table(found.keys, rows, self._view.attrs("sql")))

    def columns(self, table: str = "events") -> Listing[Row]:
        """Give the dictionary of a table: name, type and meaning of each column. Raises UsageError for no such table.

        Tables are events, claims, values, reports, and toll, history, queue, problems.
        """
        from variorum.api.tables import columns_of

        rows = [{"name": one.name, "type": one.type, "meaning": one.means} for one in columns_of(table)]
        return self._view.listed_rows("columns", rows)

    # ------------------------------------------------------------ one record

    def event(self, id: str) -> Event:
        """Give an event by EV-7K3Q, an id, or in one version by EV-7K3Q@2; names that were retired lead on.

        Raises UnknownIdError with near ids for what is not there, or was not reported by the day of this view.
        """
        return self._view.find_event(id)

    def report(self, id: str) -> Report:
        """Give a report by R7 or its id. Raises UnknownIdError with near ids for what is not there, or came later."""
        return self._view.find_report(id)

    def claim(self, id: str) -> Claim:
        """Give a claim by its id, `clm_…`. Raises UnknownIdError with near ids for what is not there, or came later."""
        return self._view.find_claim(id)

    # ------------------------------------------------------------ pictures

    def map(self) -> Picture:
        """Draw all events on a map; of some, `ledger.events(…)` gives them and `event.plot()` draws one."""
        from variorum.api.pictures import draw_events

        return draw_events(self.events())

    def timeline(self) -> Picture:
        """Draw all events along a line of time: a mark each, or counts where they are many."""
        from variorum.api.pictures import draw_times

        return draw_times(self._view.explore(None))

    # ------------------------------------------------------------ the whole

    @property
    def name(self) -> str:
        """The file of the ledger, or its address without a password."""
        return self._view.store.name

    def as_of(self, day: Day | None) -> Ledger:
        """Give the same ledger as known at the end of a day, without what was published later; None is today."""
        return Ledger(LedgerView(self._view.store, given_day("as_of", day), self._view.closed))

    def export(self, fmt: str, path: str | os.PathLike[str], table: str = "", *, redacted: bool = False) -> Path:
        """Write all events in a format of `variorum export` to a file; of csv, hxl and parquet one `table`.

        With `redacted`, as with `--redact`: without names of private people, long quotes and withheld reports. Gives
        the path; warns of events that the format does not hold. Raises UsageError for a format or table that is none,
        and for a file that cannot be written.
        """
        from variorum.config import settings
        from variorum.pipeline.exporting import Requested, find_writer, make_export
        from variorum.pipeline.wholefile import write_whole

        target = Path(path)
        tables = find_writer(fmt).tables
        if table and table not in tables:
            raise UsageError(f"{fmt} has no table {table}", f"choose one of {', '.join(tables)}" if tables else "")
        own = {os.path.realpath(self.name + end) for end in ("", "-wal", "-shm")}
        if os.path.realpath(target) in own:
            raise UsageError(f"{target} is the ledger itself", "choose another file")
        wanted = Requested(as_of=self._view.day, redacted=redacted)

        left: list[str] = []

        def write(out: BinaryIO) -> None:
            made.write(fmt, out, table=table)

        with self._view.store.snapshot():
            made = make_export(
                self._view.store,
                wanted,
                config=settings(),
                today=today(),
                leave_out=lambda _, words: left.append(words),
            )
            try:
                write_whole(target, write)
            except OSError as error:
                raise UsageError(f"cannot write {target}: {error.strerror}", "choose another file") from None
        for words in left:
            warnings.warn(words, stacklevel=2)
        return target

    def diff(self, other: Ledger) -> Differences:
        """Compare with another ledger, or with a view of this one on another day: `led.as_of("2021-11-10").diff(led)`.

        Raises UsageError for views of two ledgers.
        """
        from variorum.api.differences import compare

        return compare(self, other)

    def check(self) -> list[str]:
        """Prove every quote, hash, id and row; gives a line a fault, none for a sound ledger."""
        return self._view.store.check()

    def close(self) -> None:
        """Close the ledger; views of a day are closed with it."""
        if not self._view.closed.is_set():
            self._view.store.close()
            self._view.closed.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ display

    @property
    def _told(self) -> str:
        if self._view.day is not None:
            told = f"{plural(len(self.events()), 'event')}, {plural(len(self.reports()), 'report')}"
            return f"{told}, as known on {self._view.day}"
        counts = self._view.store.counts()
        parts = [plural(counts[row], noun) for row, noun in COUNTED.items() if counts[row] or noun != "problem"]
        return ", ".join(parts)

    def __repr__(self) -> str:
        try:
            return f"<Ledger {plain(self.name)}: {self._told}>"
        except LedgerError:
            return f"<Ledger {plain(self.name)}>"

    def _repr_html_(self) -> str:
        members = "events() reports() claims() values() queue() map() timeline() sql() export() as_of() check()"
        return fragment(paragraph(self.name, "head"), paragraph(self._told), paragraph(members, "soft"))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        told = f"**{escape_markdown(self.name)}**\n\n{escape_markdown(self._told)}\n"
        return bundle(Shown(repr(self), self._repr_html_(), told))


def _state(given: str) -> str:
    """Give the state that a word begins: contradict for contradicts."""
    from variorum.show.states import STATES

    found = [name for name in STATES if name.startswith(given.lower())] if given else []
    if len(found) != 1:
        raise UsageError(f"no state is called {given}", f"choose one of {', '.join(STATES)}")
    return found[0]


def _check_field(given: str | None) -> None:
    from variorum.schema import load_schema

    properties = load_schema().properties
    if given is not None and given not in properties:
        raise UsageError(f"no field is called {given}", f"choose one of {', '.join(properties)}")
