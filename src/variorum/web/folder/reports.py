"""The pages of the reports in a site in a folder: their quotes with who says them, and a few words around each.

Invariant: no page holds the text of a report, which is another's: a few words stand beside its quotes, fewer in a
short one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from variorum.model import Article, Copy
from variorum.pipeline.labels import Labels
from variorum.schema import load_schema
from variorum.show.words import short
from variorum.values import show
from variorum.web.asking import Asked, Page
from variorum.web.folder.sources import Sources
from variorum.web.folder.spool import Spool
from variorum.web.pages.passages import cut_short, quote_windows

Row = dict[str, Any]
LISTED = 50  # reports of one page of the list
NO_TITLE, WITHHELD = "no title", "[withheld]"


def spool_event(spool: Spool, label: str, found: Mapping[str, Any]) -> None:
    """Keep what an event says of each of its reports until their pages are drawn."""
    for id in found["articles"]:
        claims = [claim for claim in found["claims"] if claim["article"] == id]
        rows = [
            {
                name: claim[name]
                for name in ("id", "prop", "scope", "value", "stance", "source", "quote", "start", "end")
            }
            for claim in claims
        ]
        spool.add(id, {"label": label, "title": found["title"], "kind": found["kind"], "claims": rows})


def lay_out_report(
    asked: Asked, article: Article, copies: Mapping[str, Any], events: Sequence[Row], sources: Sources
) -> Page:
    """Lay out the page of one report; `copies` says what it copies and what copies it, `sources` who speaks where."""
    label = asked.labels.articles[article.id]
    withheld = asked.redacted and not article.sha256
    title = WITHHELD if withheld else short(article.title, 100) or NO_TITLE
    claims = [claim | {"label": event["label"], "kind": event["kind"]} for event in events for claim in event["claims"]]
    claims.sort(key=lambda claim: (claim["start"], claim["end"], claim["prop"], claim["id"]))
    numbers = {claim["id"]: f"c{place}" for place, claim in enumerate(claims, start=1)}
    rows = [_claim_row(claim, numbers) for claim in claims]
    data: Row = {
        "number": label,
        **{name: getattr(article, name) for name in ("id", "url", "outlet", "published", "published_basis", "lang")},
        "sha256": article.sha256,
        "fetched_at": article.fetched_at,
        "events": [{"label": event["label"], "title": event["title"]} for event in events],
        "claims": rows,
        **copies,
        "captures": [],
        "withdrawn": [],
        "same_address": [],
        "sources": _count_sources(claims, lambda source: sources.is_found_beside(source, article.id)),
    }
    shown = {
        "title": title,
        "blocks": _blocks(article.text, claims),
        "numbers": numbers,
        "claim_of": {row["id"]: row for row in rows},
        "no_claims_in": None,
    }
    return Page("report.html", f"{label} {title}", data, shown)


def _claim_row(claim: Row, numbers: Mapping[str, str]) -> Row:
    shown = show(load_schema().properties[claim["prop"]].type, claim["value"])
    return {**claim, "number": numbers[claim["id"]], "shown": shown, "background": False, "by_person": False}


def _count_sources(claims: Iterable[Row], is_elsewhere: Callable[[str], bool]) -> list[Row]:
    counts: dict[str, int] = {}
    for claim in claims:
        if claim["source"]:
            counts[claim["source"]] = counts.get(claim["source"], 0) + 1
    order = sorted(counts, key=lambda source: (-counts[source], source))
    return [
        {"source": one, "claims": counts[one], "named_in_others": None, "words": one if is_elsewhere(one) else ""}
        for one in order
    ]


def _blocks(text: str, claims: Sequence[Row]) -> list[Row]:
    """Give the stretches of a report that stand on its page, each with the claims whose quotes begin in it."""
    blocks = []
    for window in cut_short(text, claims) if text else quote_windows(claims):
        pieces = window["pieces"]
        opens = [id for piece in pieces for id in piece.closes]
        order = sorted(dict.fromkeys(opens), key=[claim["id"] for claim in claims].index)
        blocks.append(
            {
                "pieces": pieces,
                "start": "",
                "end": "",
                "opens": order,
                "before": window["opens"],
                "after": window["ends"],
            }
        )
    return blocks


def find_copies(asked: Asked, copies: Iterable[Copy]) -> dict[str, Row]:
    """Give for each report what it is a copy of and which reports copy it, by its id."""
    found: dict[str, Row] = {}
    label = asked.labels.articles

    def of(id: str) -> Row:
        return found.setdefault(id, {"copy_of": None, "copied_by": []})

    for copy in copies:
        of(copy.article_id)["copy_of"] = {
            "number": label[copy.original_id],
            "id": copy.original_id,
            "share": round(copy.share, 4),
            "how": copy.how,
        }
        of(copy.original_id)["copied_by"].append(label[copy.article_id])
    for row in found.values():
        row["copied_by"].sort(key=lambda name: int(name[1:]))
    return found


def list_row(labels: Labels, article: Article, copies: Mapping[str, Any], events: Iterable[Row]) -> Row:
    """Give the row of a report in the list of all."""
    copy = copies["copy_of"]
    return {
        "number": labels.articles[article.id],
        "outlet": article.outlet,
        "title": short(article.title, 300) or NO_TITLE,
        "published": article.published,
        "lang": article.lang,
        "copy_of": copy and copy["number"],
        "share": copy and copy["share"],
        "how": copy and copy["how"],
        "events": list(dict.fromkeys(event["label"] for event in events)),
    }


def lay_out_reports(asked: Asked, rows: Sequence[Row], number: int, total: int) -> Page:
    """Lay out one page of the list of reports."""
    data: Row = {
        "total": total,
        "page_number": number,
        "pages": max(1, -(-total // LISTED)),
        "limit": LISTED,
        "as_of": None,
        "reports": rows,
    }
    return Page("reports.html", "Reports", data, {"sought": "", "outlets": (), "languages": ()})
