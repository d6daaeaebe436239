"""The reports of one event by their short names, and which are copies of which. No ledger but labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from variorum.pipeline import Edition
from variorum.show.rewrites import find_rewrites
from variorum.web.asking import Asked

Row = dict[str, Any]


def name_reports(asked: Asked, published: Edition, found: Mapping[str, Any]) -> dict[str, Row]:
    """Give each report of an event by article id, in the order of publication: label, outlet, day, what it copies."""
    copies = {copy.article_id: copy for copy in published.copies}
    rows: dict[str, Row] = {}
    for id in found["articles"]:
        article = published.articles[id]
        copy = copies.get(id)
        label = asked.labels.articles[id]
        rows[id] = {
            "id": id,
            "label": label,
            "number": int(label[1:]),
            "outlet": article.outlet or f"outlet not named ({article.url.removeprefix('file:')})",
            "title": article.title,
            "published": article.published,
            "lang": article.lang,
            "copy_of": None if copy is None else asked.labels.articles[copy.original_id],
            "share": None if copy is None else round(copy.share, 3),
            "how": None if copy is None else copy.how,
        }
    return rows


def make_lineages(published: Edition, found: Mapping[str, Any], reports: Mapping[str, Row]) -> list[Row]:
    """Give the lineages of an event: each original with its copies, and what each copy changed."""
    by_article: dict[str, list[Mapping[str, Any]]] = {}
    for claim in found["claims"]:
        by_article.setdefault(claim["article"], []).append(claim)
    lineages = []
    for first, *others in found["lineages"]:
        root = reports[first]
        lineages.append(
            {
                # Where the original itself does not tell of the event, its copies stand for it.
                "original": root["copy_of"] or root["label"],
                "reports": [
                    reports[id]
                    | {
                        "changed": [
                            row.words for row in find_rewrites(by_article.get(first, ()), by_article.get(id, ()))
                        ]
                        if id != first
                        else []
                    }
                    for id in (first, *others)
                ],
            }
        )
    return lineages
