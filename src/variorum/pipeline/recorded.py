"""What a ledger had recorded by an earlier moment: from the frozen versions of its events and its log.

Invariant: nothing here writes to a ledger or works anything out anew; what was recorded later is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from variorum.ledger import Ledger
from variorum.model import Event

RETIRED = "event.retired"  # a row of the log: an id, and "where it leads: why"
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The events of a ledger at one moment, each in the latest version that it had by then."""

    at: datetime  # UTC, included
    events: Mapping[str, Event]  # those that were live, by id
    led: Mapping[str, tuple[str, str]]  # a retired id -> (where it led at that moment, "" for nowhere; why)
    first: str | None  # when the first event was recorded at all; None in a ledger without events

    def holds(self, written: str) -> bool:
        """Tell whether something written at a time was there; of what has no time, that it was."""
        return not written or read_time(written) <= self.at

    def counts(self, written: str, retracted: str | None) -> bool:
        """Tell whether a decision stood: written by then, and not taken back yet."""
        return self.holds(written) and (retracted is None or not self.holds(retracted))

    def follow(self, event_id: str) -> Event | None:
        """Give the event that an id led to; None where it was not named yet, or nothing reported it any more."""
        seen: set[str] = set()
        while event_id in self.led and event_id not in self.events and event_id not in seen:
            seen.add(event_id)
            event_id = self.led[event_id][0]
        return self.events.get(event_id)


def read_time(written: str) -> datetime:
    """Give a time in UTC; one without a zone is in UTC."""
    found = datetime.fromisoformat(written)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def recorded_by(ledger: Ledger, at: datetime) -> Recorded:
    """Give the events as the ledger had them recorded at a moment, with the names that had been given up by then."""
    latest: dict[str, tuple[datetime, Event]] = {}
    first: str | None = None
    for version in ledger.versions():
        first = version.at if first is None or read_time(version.at) < read_time(first) else first
        written = read_time(version.at)
        if written <= at:
            latest[version.event.id] = (written, version.event)
    led: dict[str, tuple[str, str]] = {}
    given_up: dict[str, datetime] = {}
    for row in sorted(ledger.log(), key=lambda row: row.number):
        if row.kind == RETIRED and read_time(row.at) <= at:
            new, _, why = row.note.partition(": ")
            led[row.subject] = ("" if new == NOTHING else new, why)
            given_up[row.subject] = read_time(row.at)
    live = {
        id: event
        for id, (written, event) in latest.items()
        # An id that came back has a version written after it was given up.
        if id not in given_up or written > given_up[id]
    }
    return Recorded(at, live, {id: row for id, row in led.items() if id not in live}, first)
