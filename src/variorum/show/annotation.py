"""A claim as a W3C Web Annotation (Recommendation of 23 February 2017): any reader of that form finds its words again.

Invariant: `start` and `end` count code points of the stored text, as the standard counts; `exact` is the quote.
"""

from __future__ import annotations

from typing import Any

from variorum.model import Article, Claim

AROUND = 32  # characters before and after the quote, as other programs give


def make_annotation(
    claim: Claim, article: Article, *, number: str, words: str, reader: tuple[str, str]
) -> dict[str, Any]:
    """Give a claim as an annotation of its report.

    In: the label of the report (R7), the claim in words, and who read it: "Software" or "Person", and the name.
    """
    kind, name = reader
    source: dict[str, Any] = {"id": f"/reports/{number}", "type": "Text", "format": "text/plain"}
    if article.lang:
        source["language"] = article.lang
    if article.url:
        source["via"] = article.url
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"/claims/{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "creator": {"type": kind, "name": name},
        "body": {"type": "TextualBody", "value": words, "format": "text/plain", "language": "en"},
        "target": {
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": claim.quote,
                    "prefix": article.text[max(0, claim.start - AROUND) : claim.start],
                    "suffix": article.text[claim.end : claim.end + AROUND],
                },
                {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
            ],
        },
    }
