"""An event or a claim of a ledger, ready to be cited in every form."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_version_times
from variorum.model import Claim
from variorum.pipeline.editions import edition
from variorum.pipeline.labels import EVENT, REPORT, find_one_event, label_events, make_labels, version_of
from variorum.publish import Edition, event_object
from variorum.publish.cite import (
    CITATIONS,
    Citable,
    Cited,
    CitedClaim,
    csl_object,
    make_cited,
    make_cited_claim,
)
from variorum.publish.jsonl import find_settled
from variorum.schema import load_schema
from variorum.show.words import outlet_of
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


def is_named(given: str) -> bool:
    """Tell whether a word looks like the name of an event, a version, a claim or a report."""
    return bool(EVENT.fullmatch(given) or REPORT.fullmatch(given)) or given.startswith(("clm_", "art_"))


def find_citable(ledger: Ledger, given: str, *, accessed: str, place: str = "") -> Citable:
    """Give what a person named, as it is cited: an event, one version of it, or a claim.

    In and raises as `find_cited`; UsageError for the id of something that is not cited.
    """
    if given.startswith("clm_"):
        return find_cited_claim(ledger, given, accessed=accessed, place=place)
    if REPORT.fullmatch(given) or given.startswith("art_"):
        raise UsageError(
            f"{given} is a report, which is cited as what its outlet printed",
            f"outlet, title, day and address: variorum show {given}; its claims can be cited: variorum cite clm_…",
        )
    return find_cited(ledger, given, accessed=accessed, place=place)


def find_cited_claim(ledger: Ledger, given: str, *, accessed: str, place: str = "") -> CitedClaim:
    """Give the claim that a person named, as it is cited, with the version of the event that counts it now.

    In and raises as `find_cited`.
    """
    claim = ledger.claim(given)
    article = ledger.article(ledger.mention(claim.mention_id).article_id)
    event_id = ledger.event_of(claim.mention_id)
    version = "" if event_id is None else f"{make_labels(ledger).events[event_id]}@{ledger.event(event_id).version}"
    _, hash = ledger.head()
    return make_cited_claim(
        CitedClaim(
            claim=claim.id,
            quote=claim.quote,
            states=_states(claim),
            source=claim.source,
            outlet=outlet_of(article),
            report=f"R{ledger.article_number(article.id)}",
            headline=article.title,
            published=(article.published or "")[:10],
            start=claim.start,
            end=claim.end,
            event=version,
            ledger=hash,
            accessed=accessed,
            link=f"{place}/claims/{claim.id}" if place else "",
        )
    )


def _states(claim: Claim) -> str:
    """Say what is read from the words of a claim: "killed (civilians) = at least 39, hedged"."""
    scope = f" ({claim.scope})" if claim.scope not in (None, "all") else ""
    stance = {"asserts": "", "hedges": ", hedged", "denies": ", denied"}[claim.stance]
    kind = load_schema().properties[claim.prop].type
    return f"{claim.prop.replace('_', ' ')}{scope} = {show(kind, claim.value)}{stance}"


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


def write_citations(cited: Citable) -> Mapping[str, str]:
    """Give a citation in every form, by its name."""
    return {name: write(cited) for name, write in CITATIONS.items()}


__all__ = [
    "FORMS",
    "Citable",
    "Cited",
    "CitedClaim",
    "cite_events",
    "csl_object",
    "find_citable",
    "find_cited",
    "find_cited_claim",
    "is_named",
    "write_citations",
]
