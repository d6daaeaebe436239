"""The nodes of linked data that lead to words: articles, who printed them, who is quoted, claims and their spans.

Invariant: no node is blank, so that two readers of one export get the same triples; a literal that a report wrote is
never an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from variorum.model import Article, Claim, Copy, make_id
from variorum.publish.jsonl import Edition
from variorum.publish.profile import WITHHELD
from variorum.publish.vocabulary import local_name
from variorum.schema import load_schema
from variorum.values import interval, show
from variorum.values.quantity import unit_of

Node = dict[str, Any]
AROUND = 32  # characters on either side of a quote that a TextQuoteSelector gives
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?")


def record(id: str, part: str = "") -> str:
    """Name a record of the ledger, or a part of it, in short: r:clm_7K3Q…#span."""
    return f"r:{id}#{part}" if part else f"r:{id}"


def concept(group: str, code: str) -> str:
    """Name a value of a closed list in short: v:stance-denies."""
    return f"v:{local_name(group, code)}"


def moment(written: str | None) -> Any:
    """Give a day or a moment with its type; a text that is neither stays a text."""
    if written is None:
        return None
    if _DAY.fullmatch(written):
        return {"@value": written, "@type": "xsd:date"}
    if _MOMENT.fullmatch(written):
        return {"@value": written, "@type": "xsd:dateTime"}
    return written


def decimal(number: float | None) -> str | None:
    """Write a number as xsd:decimal: no exponent, so that every reader gives the same literal."""
    return None if number is None else f"{Decimal(str(number)).normalize():f}"


def told(node: Node) -> Node:
    """Give a node without what is not known."""
    return {name: value for name, value in node.items() if value is not None and value != "" and value != []}


# ---------------------------------------------------------------- articles
def article_node(edition: Edition, article: Article, copy: Copy | None) -> Node:
    """Give an article: where and when it was printed, its digest, and the original that it copies."""
    withheld = is_withheld(edition, article.id)
    return told(
        {
            "@id": record(article.id),
            "@type": ["NewsArticle", "prov:Entity"],
            "headline": article.title,
            "url": None if article.url == WITHHELD else article.url,
            "publisher": outlet_id(edition, article.id),
            "datePublished": moment(article.published),
            "publishedBasis": article.published_basis,
            "inLanguage": article.lang,
            "sha256": article.sha256,
            "fetchedAt": article.fetched_at if _MOMENT.fullmatch(article.fetched_at) else None,
            "prov:wasDerivedFrom": record(copy.original_id) if copy else None,
            "copyShare": decimal(round(copy.share, 3)) if copy else None,
            "copyHow": copy.how if copy else None,
            "withheld": True if withheld else None,
        }
    )


def is_withheld(edition: Edition, article_id: str) -> bool:
    """Tell whether nothing but the id of an article goes out."""
    return edition.redacted is not None and article_id in edition.redacted.withheld


def outlet_id(edition: Edition, article_id: str) -> str:
    """Name the outlet of an article; one that is withheld has a name of its own each time."""
    key = article_id if is_withheld(edition, article_id) else edition.outlet_of(article_id)
    return record(make_id("out", key))


def outlet_node(edition: Edition, article_id: str) -> Node:
    """Give the outlet of an article, an agent that can be spoken for."""
    types = ["prov:Agent", "Organization"] if edition.articles[article_id].outlet else ["prov:Agent"]
    return {"@id": outlet_id(edition, article_id), "@type": types, "name": edition.outlet_of(article_id)}


# ---------------------------------------------------------------- spans
def span_node(edition: Edition, id: str, words: Mapping[str, Any]) -> Node:
    """Give the words of a record (article, start, end, quote) as a resource with both selectors of Web Annotation.

    Positions count code points of the article's fixed text. What surrounds a quote stands only where nothing was left
    out; a redacted quote may differ from the text. Source: Web Annotation Data Model (W3C 2017), §4.2.4 and §4.2.5.
    """
    text = edition.articles[words["article"]].text
    start, end, quote = words["start"], words["end"], words["quote"]
    given = edition.redacted is None and text[start:end] == quote
    return {
        "@id": record(id, "span"),
        "@type": "oa:SpecificResource",
        "oa:hasSource": record(words["article"]),
        "oa:hasSelector": [
            {"@id": record(id, "position"), "@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
            told(
                {
                    "@id": record(id, "quote"),
                    "@type": "oa:TextQuoteSelector",
                    "oa:prefix": text[max(0, start - AROUND) : start] if given else None,
                    "oa:exact": quote,
                    "oa:suffix": text[end : end + AROUND] if given else None,
                    "redacted": True if edition.redacted is not None else None,
                }
            ),
        ],
    }


# ---------------------------------------------------------------- claims
def bounds_of(prop: str, value: str) -> Node:
    """Give the value with its words, unit and bounds: numbers, or days of a date."""
    kind = load_schema().properties[prop].type
    low, high = interval(kind, value) or (None, None)
    words = None if kind == "place" else show(kind, value)  # the words of a place need a gazetteer
    found: Node = {"canonical": value, "shown": words}
    if kind == "date":
        return told(found | {"notBefore": low, "notAfter": high})
    if kind in ("count", "quantity"):
        unit = unit_of(value) if kind == "quantity" else None
        found |= {"low": decimal(_number(low)), "high": decimal(_number(high)), "unit": unit}
    return told(found)


def _number(bound: float | str | None) -> float | None:
    return None if bound is None or isinstance(bound, str) else bound


def agent_id(event_id: str, voice: str) -> str:
    """Name a source; "police" of one event and of another are not known to be one."""
    return record(make_id("src", event_id, voice))


def agent_nodes(found: Mapping[str, Any]) -> list[Node]:
    """Give the sources that an event's claims name."""
    nodes: dict[str, Node] = {}
    for claim in found["claims"]:
        if claim["voice"]:
            id = agent_id(found["id"], claim["voice"])
            nodes[id] = {"@id": id, "@type": "prov:Agent", "name": claim["voice"]}
    return list(nodes.values())


def claim_node(edition: Edition, event_id: str, claim: Mapping[str, Any], link: Node) -> Node:
    """Give a claim: its words and where they stand, who says it, and what it says; `link` leads to other claims."""
    row: Claim = edition.claims[claim["id"]]
    voice = claim["voice"]
    whose = agent_id(event_id, voice) if voice else outlet_id(edition, claim["article"])
    return told(
        {
            "@id": record(row.id),
            "@type": ["Claim", "prov:Entity"],
            "text": claim["quote"],
            "about": record(event_id),
            "appearance": record(claim["article"]),
            "author": whose,
            "prov:wasQuotedFrom": record(claim["article"]),
            "prov:wasAttributedTo": whose,
            "prov:wasGeneratedBy": record(row.reading_id),
            "sourceNamed": claim["source"],
            "ownVoice": not voice,
            "stance": concept("stance", claim["stance"]),
            "property": concept("property", claim["prop"]),
            "scope": concept("scope", claim["scope"]) if claim["scope"] else None,
            **bounds_of(claim["prop"], claim["value"]),
            "asOf": moment(claim["as_of"]),
            "span": span_node(edition, row.id, claim),
            **link,
        }
    )


def reading_nodes(edition: Edition, claims: Iterable[Claim]) -> list[Node]:
    """Give the readings that found some claims, each of one article."""
    found = {claim.reading_id: edition.mentions[claim.mention_id].article_id for claim in claims}
    return [
        {"@id": record(id), "@type": ["v:Reading", "prov:Activity"], "prov:used": record(article)}
        for id, article in sorted(found.items())
    ]
