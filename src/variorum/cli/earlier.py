"""What several verbs say of a ledger on an earlier day: what was recorded by then, and which reports stood apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from variorum.cli.options import note
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.model import Event
from variorum.pipeline import Edition, Recorded, recorded_by
from variorum.pipeline.labels import Labels, find_event_id, make_labels, version_of


def record_of(ledger: Ledger, moment: datetime | None) -> Recorded | None:
    """Give what a ledger had recorded at a moment, and say where it had nothing yet; None without a moment."""
    if moment is None:
        return None
    record = recorded_by(ledger, moment)
    if record.first is None or not record.holds(record.first):
        began = f"; its first event was recorded {record.first}" if record.first else ""
        note(f"nothing was recorded in {ledger.name} by {time_words(moment)}{began}")
    return record


def find_recorded(ledger: Ledger, given: str, record: Recorded) -> Event | None:
    """Give the event that a name led to at the moment of a record; None, and a note, where it led to none.

    Raises UsageError for a name with a version.
    """
    if version_of(given) is not None:
        raise UsageError(f"{given} is one version, and --recorded looks for one", "leave out @ or --recorded")
    id = find_event_id(ledger, given)
    found = record.follow(id)
    when = time_words(record.at)
    labels = make_labels(ledger).events
    if found is None and id in record.led:
        note(f"by {when} nothing reported {labels.get(id, id)} any more")
    elif found is None and record.first is not None and record.holds(record.first):
        note(f"{labels.get(id, id)} was not recorded yet by {when}")
    elif found is not None and found.id != id:
        why = record.led[id][1]
        note(f"by {when} {labels.get(id, id)} had become {labels.get(found.id, found.id)}{': ' + why if why else ''}")
    return found


def time_words(moment: datetime) -> str:
    """Write a moment as a person gives it: a day for its end, else a time in UTC."""
    if moment.microsecond == 999999:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def apart_lines(published: Edition, labels: Labels) -> Iterator[str]:
    """Say which reports of an event of today stood apart from it on the day of an edition."""
    for id, articles in published.apart.items():
        names = sorted((labels.articles[article] for article in articles), key=lambda name: int(name[1:]))
        yield (
            f"On that day {_listed(names)} stood apart: only a later report, or a decision, joins "
            f"{'it' if len(names) == 1 else 'them'} to {labels.events.get(id, id)}."
        )


def say_apart(published: Edition, labels: Labels) -> None:
    """Say the same beside a listing."""
    for line in apart_lines(published, labels):
        note(line)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
