"""An event of a ledger, ready to be cited in every form."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.errors import UnknownIdError
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_version_times
from variorum.pipeline.editions import edition
from variorum.pipeline.labels import find_one_event, label_events, make_labels, version_of
from variorum.publish import Edition, event_object
from variorum.publish.cite import CITATIONS, Cited, csl_object, make_cited
from variorum.publish.jsonl import find_settled
from variorum.values import show

FORMS = tuple(CITATIONS)


def find_cited(ledger: Ledger, given: str, *, accessed: str, place: str = "") -> Cited:
    """Give the version of an event that a person named, as it is cited; without a version, the latest.

    In: the day of access, and the address under which the pages are served, where there is one. Raises UnknownIdError
    for what is not there.
    """
    event = find_one_event(ledger, given)
    label = make_labels(ledger).events[event.id]
    at = next((row.at for row in ledger.versions(event.id) if row.event.version == event.version), None)
    if at is None:
        raise UnknownIdError(f"no version {event.version} of {label} is kept", "")
    published = edition(ledger, [event], frozen=version_of(given) is not None)
    found = event_object(published, published.events[0])
    when = show("date", found["date"]["value"]) if found["date"] else ""
    link = f"{place}/events/{label}@{event.version}"
    _, hash = ledger.head()
    return make_cited(Cited(label, event.title, when, event.version, at[:10], hash, accessed, link if place else ""))


def cite_events(ledger: Ledger, published: Edition, hash: str, accessed: str) -> dict[str, Cited]:
    """Give the events of an edition in the versions that they have in it, as they are cited, by id.

    In: the hash at which the ledger's log stands, and the ISO day of access.
    """
    ids = [event.id for event in published.events]
    labels, times = label_events(ledger, ids), pick_version_times(ledger, ids)
    found = {}
    for event in published.events:
        settled = find_settled(event, "date")
        when = show("date", settled.value) if settled is not None else ""
        at = times.get((event.id, event.version), accessed)
        found[event.id] = make_cited(
            Cited(labels[event.id], event.title, when, event.version, at[:10], hash, accessed, "")
        )
    return found


def write_citations(cited: Cited) -> Mapping[str, str]:
    """Give a citation in every form, by its name."""
    return {name: write(cited) for name, write in CITATIONS.items()}


__all__ = ["FORMS", "Cited", "cite_events", "csl_object", "find_cited", "write_citations"]
