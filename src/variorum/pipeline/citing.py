"""An event of a ledger, ready to be cited in every form."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.errors import UnknownIdError
from variorum.ledger import Ledger
from variorum.pipeline.editions import edition
from variorum.pipeline.labels import find_one_event, make_labels, version_of
from variorum.publish import event_object
from variorum.publish.cite import CITATIONS, Cited, csl_object, make_cited
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


def write_citations(cited: Cited) -> Mapping[str, str]:
    """Give a citation in every form, by its name."""
    return {name: write(cited) for name, write in CITATIONS.items()}


__all__ = ["FORMS", "Cited", "csl_object", "find_cited", "write_citations"]
