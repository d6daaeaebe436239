"""Events as linked data: JSON-LD 1.1 with schema.org, PROV, Web Annotation and the terms of vocabulary.toml.

Invariant: the context stands in the document and nothing has to be fetched; every claim leads to its words, its article
and whoever says it. The text can stand in an HTML script element: no "<" is written as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from variorum import __version__
from variorum.model import Event, make_id
from variorum.publish.eventwords import stated_days
from variorum.publish.issue import Issue
from variorum.publish.jsonl import Edition, event_object
from variorum.publish.spannodes import (
    Node,
    agent_nodes,
    article_node,
    bounds_of,
    claim_node,
    concept,
    decimal,
    moment,
    outlet_node,
    reading_nodes,
    record,
    span_node,
    told,
)
from variorum.publish.vocabulary import PREFIXES, coercions, load_vocabulary

_SCHEMA_TEXTS = (
    *("name", "text", "headline", "inLanguage", "identifier", "version", "softwareVersion"),
    *("addressCountry", "addressRegion", "startDate", "endDate", "datePublished", "dateCreated"),
)
_SCHEMA_LINKS = (
    *("publisher", "author", "about", "appearance", "subjectOf", "additionalType"),
    *("location", "address", "geo"),
)
_SCHEMA_TYPES = ("Event", "Claim", "NewsArticle", "Organization", "Place", "PostalAddress", "GeoCoordinates", "Dataset")
_PROV_LINKS = (
    *("wasDerivedFrom", "wasQuotedFrom", "wasAttributedTo", "wasRevisionOf"),
    *("wasGeneratedBy", "used", "wasAssociatedWith"),
)


def make_context() -> dict[str, Any]:
    """Give what the short names of an export stand for; nothing in it leads to another document."""
    known = load_vocabulary()
    context: dict[str, Any] = {"@version": 1.1, "r": known.records, "v": known.namespace}
    context |= {name: PREFIXES[name] for name in ("schema", "prov", "oa", "xsd")}
    context |= {name: f"schema:{name}" for name in (*_SCHEMA_TEXTS, *_SCHEMA_TYPES)}
    context |= {name: {"@id": f"schema:{name}", "@type": "@id"} for name in _SCHEMA_LINKS}
    # An address that a report gave is a text: no reader is to trip over one that is none, or to follow it.
    context["url"] = {"@id": "schema:url", "@type": "xsd:anyURI"}
    context |= {name: {"@id": f"schema:{name}", "@type": "xsd:decimal"} for name in ("latitude", "longitude")}
    context |= {f"prov:{name}": {"@type": "@id"} for name in _PROV_LINKS}
    context |= {f"oa:{name}": {"@type": "@id"} for name in ("hasSource", "hasSelector")}
    context |= {f"oa:{name}": {"@type": "xsd:nonNegativeInteger"} for name in ("start", "end")}
    return context | {**coercions()}


def write_jsonld(issue: Issue, table: str = "") -> Iterator[str]:
    """Give one document, a node a line: the export itself, then for each part its articles, events and claims.

    An article that reports events of several parts is told again in each, with the same statements.
    """
    yield '{"@context": ' + _written(make_context()) + ',\n"@graph": [\n'
    before = ""
    for node in _nodes(issue):
        yield before + _written(node)
        before = ",\n"
    yield "\n]}\n"


def _written(node: Any) -> str:
    # "<" begins what ends a script element; in JSON it can only stand inside a string.
    return json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")


def _nodes(issue: Issue) -> Iterator[Node]:
    yield from _head(issue)
    settling = _settling(issue)
    for part in issue.parts():
        names = issue.cited(part)
        yield from _article_nodes(part)
        for event in part.events:
            found = event_object(part, event)
            name = names[event.id].name if event.id in names else None
            name = None if part.as_of is not None else name
            yield _event_node(part, event, found) | told({"identifier": name, "prov:wasGeneratedBy": settling})
            yield from agent_nodes(found)
            links = _links(event)
            for claim in found["claims"]:
                yield claim_node(part, event.id, claim, links.get(claim["id"], {}))


# ---------------------------------------------------------------- the export
def _state(issue: Issue) -> str | None:
    return record(f"ledger_{issue.ledger}") if issue.ledger else None


def _settling(issue: Issue) -> str | None:
    return record(f"settling_{issue.ledger}") if issue.ledger else None


def _head(issue: Issue) -> Iterator[Node]:
    ledger, settling, program = _state(issue), _settling(issue), record("program")
    redacted = issue.redacted
    name = "_".join(part for part in ("export", issue.ledger, issue.made) if part)
    yield told(
        {
            "@id": record(name),
            "@type": ["Dataset", "prov:Entity"],
            "name": "Events of a Variorum ledger" + (", redacted" if redacted else ""),
            "dateCreated": moment(issue.made or None),
            "prov:wasDerivedFrom": ledger,
            "redacted": True if redacted else None,
            "knownOn": issue.as_of,
            "redactionProfile": redacted.profile if redacted else None,
            "quoteLimit": redacted.quote_limit if redacted else None,
        }
    )
    if ledger and settling:
        agent = ["prov:SoftwareAgent", "prov:Agent"]
        yield {"@id": ledger, "@type": ["v:LedgerState", "prov:Entity"], "ledgerHash": issue.ledger}
        yield {
            "@id": settling,
            "@type": ["v:Settling", "prov:Activity"],
            "prov:used": ledger,
            "prov:wasAssociatedWith": program,
        }
        yield {"@id": program, "@type": agent, "name": "Variorum", "softwareVersion": __version__}


def _article_nodes(part: Edition) -> Iterator[Node]:
    """Give the articles of a part, the originals that they copy and the reports that tie and count its events."""
    copies = {copy.article_id: copy for copy in part.copies}
    ids: dict[str, None] = {}
    for event in part.events:
        ids |= dict.fromkeys(article.id for article in part.articles_of(event))
        ids |= dict.fromkeys(id for row in part.related.get(event.id, ()) for id in (row.article_id, *row.articles))
        ids |= dict.fromkeys(part.mentions[row.mention_id].article_id for row in part.counted.get(event.id, ()))
    ids |= dict.fromkeys(copies[id].original_id for id in [*ids] if id in copies)
    outlets: set[str] = set()
    for id in sorted(id for id in ids if id in part.articles):
        yield article_node(part, part.articles[id], copies.get(id))
        outlet = outlet_node(part, id)
        if outlet["@id"] not in outlets:
            outlets.add(outlet["@id"])
            yield outlet
    yield from reading_nodes(part, (claim for event in part.events for claim in part.claims_of(event)))


# ---------------------------------------------------------------- an event
def _event_node(part: Edition, event: Event, found: Mapping[str, Any]) -> Node:
    return told(
        {
            "@id": record(event.id),
            "@type": ["Event", "prov:Entity"],
            "additionalType": concept("kind", event.kind),
            "name": event.title,
            "version": found["version"],
            "knownOn": part.as_of,
            **_dates(found["date"]),
            "location": _place_node(event.id, found["place"]),
            "subjectOf": [record(id) for id in found["articles"]],
            "prov:wasDerivedFrom": [record(claim["id"]) for claim in found["claims"]],
            "settled": [_value_node(event.id, number, row) for number, row in enumerate(found["values"], 1)],
            "relation": [_relation_node(event.id, number, row) for number, row in enumerate(found["relations"], 1)],
            "lineage": [
                {
                    "@id": record(event.id, f"lineage-{number}"),
                    "@type": "v:Lineage",
                    "original": record(ids[0]),
                    "member": [record(id) for id in ids],
                }
                for number, ids in enumerate(found["lineages"], 1)
            ],
            "tie": [_tie_node(part, row) for row in found["related"]],
            "counted": [_count_node(part, row, event) for row in found["counted"]],
            "redacted": True if part.redacted is not None else None,
        }
    )


def _dates(date: Mapping[str, Any] | None) -> Node:
    """Give the date no closer than it is known: a month as a month (xsd:gYearMonth), with its bounds beside it."""
    if date is None:
        return {}
    days = stated_days(date)
    return {
        "startDate": _stated(days[0]) if days else None,
        "endDate": _stated(days[1]) if days else None,
        "notBefore": date["low"],
        "notAfter": date["high"],
        "datePrecision": concept("date precision", date["precision"]) if date["precision"] else None,
        "dateBasis": date["basis"],
    }


def _stated(day: str) -> Node:
    return {"@value": day, "@type": {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(day), "xsd:date")}


def _place_node(event_id: str, place: Mapping[str, Any] | None) -> Node | None:
    if place is None:
        return None
    placed = place["lat"] is not None and place["precision"] != "country"
    geo = {
        "@id": record(event_id, "point"),
        "@type": "GeoCoordinates",
        "latitude": decimal(place["lat"]),
        "longitude": decimal(place["lon"]),
    }
    address = {
        "@id": record(event_id, "address"),
        "@type": "PostalAddress",
        "addressCountry": place["country"],
        "addressRegion": place["admin1"],
    }
    return told(
        {
            "@id": record(event_id, "place"),
            "@type": "Place",
            "name": place["shown"],
            "geo": geo if placed else None,
            "address": told(address) if place["country"] else None,
            "radiusKm": decimal(place["radius_km"]) if placed else None,
            "placePrecision": concept("place precision", place["precision"]) if place["precision"] else None,
            "gazetteerId": place["gazetteer"],
            "asWritten": place["as_written"],
        }
    )


def _value_node(event_id: str, number: int, row: Mapping[str, Any]) -> Node:
    return told(
        {
            "@id": record(event_id, f"value-{number}"),
            "@type": "v:SettledValue",
            "property": concept("property", row["prop"]),
            "scope": concept("scope", row["scope"]) if row["scope"] else None,
            **bounds_of(row["prop"], row["value"]),
            "status": concept("status", row["status"]),
            "support": [record(id) for id in row["support"]],
            "against": [record(id) for id in row["against"]],
            "lineages": row["lineages"],
            "copies": row["copies"],
            "basis": row["basis"],
        }
    )


def _relation_node(event_id: str, number: int, row: Mapping[str, Any]) -> Node:
    return told(
        {
            "@id": record(event_id, f"relation-{number}"),
            "@type": "v:Relation",
            "relationName": concept("relation", row["name"]),
            "property": concept("property", row["prop"]),
            "left": record(row["left"]),
            "right": record(row["right"]) if row["right"] else None,
            "note": row["note"],
        }
    )


def _links(event: Event) -> dict[str, Node]:
    """Give the statements that lead straight from a claim to another, by claim."""
    found: dict[str, Node] = {}
    for row in event.relations:
        if row.right is None:
            continue
        name, of, to = {
            "revised": ("prov:wasRevisionOf", row.right, row.left),
            "drift in copies": ("driftedFrom", row.right, row.left),
            "contradicts": ("contradicts", row.left, row.right),
            "agrees": ("agreesWith", row.left, row.right),
        }.get(row.name, ("", "", ""))
        if name:
            found.setdefault(of, {}).setdefault(name, []).append(record(to))
    return found


def _tie_node(part: Edition, row: Mapping[str, Any]) -> Node:
    """Give a tie; its words stand in the part of an event that the report with them reports."""
    id = make_id("tie", row["left"], row["right"], row["name"])
    return told(
        {
            "@id": record(id),
            "@type": "v:Tie",
            "tieName": concept("tie", row["name"]),
            "tieOf": record(row["left"]),
            "tieTo": record(row["right"]),
            "why": row["why"],
            "subjectOf": [record(article) for article in row["articles"] if article in part.articles],
            "span": span_node(part, id, row) if row["article"] in part.articles else None,
        }
    )


def _count_node(part: Edition, row: Mapping[str, Any], event: Event) -> Node:
    return told(
        {
            "@id": record(row["id"]),
            "@type": "v:Count",
            "counts": record(event.id),
            "canonical": row["stated"],
            "found": row["found"],
            "what": row["what"],
            "notBefore": row["since"],
            "notAfter": row["until"],
            "span": span_node(part, row["id"], row),
        }
    )
