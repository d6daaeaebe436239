"""Events, claims, values or reports as a CSV table (RFC 4180) that opens well in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from variorum.errors import UsageError
from variorum.publish.jsonl import Edition, objects
from variorum.values.sheetcell import guard_cell

Row = dict[str, Any]

EVENT_COLUMNS = {
    "id": "event id; stays valid after merges through redirects",
    "kind": "event kind, a key of the schema",
    "title": "short title made from the values",
    "date": "date as settled, canonical",
    "date_low": "earliest day",
    "date_high": "latest day",
    "date_precision": "day, month, year …",
    "place": "place as settled",
    "lat": "latitude, WGS 84",
    "lon": "longitude, WGS 84",
    "radius_km": "radius of the place or of its uncertainty",
    "country": "ISO 3166-1 alpha-2",
    "killed_low": "lowest bound among the settled figures for killed of the widest scope",
    "killed_high": "highest bound; empty when open",
    "injured_low": "as killed_low",
    "injured_high": "as killed_high",
    "actors": "actors, separated by semicolons",
    "weapon": "weapon as settled",
    "reports": "number of articles",
    "lineages": "number of independent texts",
    "sources": "number of distinct sources named",
    "contradictions": "properties on which independent accounts contradict",
}
CLAIM_COLUMNS = {
    "event": "event id",
    "id": "claim id",
    "prop": "property",
    "scope": "of whom",
    "value": "canonical value",
    "source": "who said it; empty is the outlet's own voice",
    "stance": "asserts, hedges or denies",
    "as_of": "publication date of the article",
    "article": "article id",
    "start": "offset of the quote in the article's text, code points",
    "end": "end of the quote, exclusive",
    "quote": "the words",
}
VALUE_COLUMNS = {
    "event": "event id",
    "prop": "property",
    "scope": "of whom",
    "value": "settled value",
    "low": "lower bound",
    "high": "upper bound",
    "unit": "unit of a quantity",
    "status": "single, agreed or contested",
    "lineages": "independent texts in support",
    "copies": "supporting copies",
    "sources": "sources in support, separated by semicolons",
    "support": "claim ids",
    "against": "claim ids",
}
REPORT_COLUMNS = {
    "id": "article id",
    "outlet": "who printed it",
    "title": "title",
    "published": "publication date",
    "published_basis": "how that is known",
    "url": "address or file",
    "lang": "language",
    "sha256": "of the raw bytes",
    "original": "article id of the original when it is a copy",
    "share": "share of its wording that stands in the original",
}
# Stands last in every table of a redacted edition, and in no other.
REDACTED_COLUMN = "redacted"  # the profile; "withheld" where the article is known by its id alone


def write_csv(edition: Edition, table: str = "events") -> Iterator[str]:
    """Give the lines of one table: events, claims, values or reports.

    Raises UsageError for another name.
    """
    makers: dict[str, tuple[dict[str, str], Callable[[Edition], Iterator[Row]]]] = {
        "events": (EVENT_COLUMNS, _events),
        "claims": (CLAIM_COLUMNS, _claims),
        "values": (VALUE_COLUMNS, _values),
        "reports": (REPORT_COLUMNS, _reports),
    }
    if table not in makers:
        raise UsageError(f"no table {table} in the csv format", f"choose one of {', '.join(makers)}")
    columns, rows = makers[table]
    told = edition.redacted
    if told is None:
        yield _line(list(columns))
        for row in rows(edition):
            yield _line([row.get(column) for column in columns])
        return
    yield _line([*columns, REDACTED_COLUMN])
    for row in rows(edition):
        withheld = {row.get("article"), row["id"] if table == "reports" else None} & told.withheld
        yield _line([*(row.get(column) for column in columns), "withheld" if withheld else told.profile])


def _line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return guard_cell(value) if isinstance(value, str) else value


def _events(edition: Edition) -> Iterator[Row]:
    for event in objects(edition):
        date, place = event["date"] or {}, event["place"] or {}
        values = event["values"]
        yield {
            "id": event["id"],
            "kind": event["kind"],
            "title": event["title"],
            "date": date.get("value"),
            "date_low": date.get("low"),
            "date_high": date.get("high"),
            "date_precision": date.get("precision"),
            "place": place.get("name"),
            "lat": place.get("lat"),
            "lon": place.get("lon"),
            "radius_km": place.get("radius_km"),
            "country": place.get("country"),
            **_bounds(values, "killed"),
            **_bounds(values, "injured"),
            "actors": "; ".join(row["value"] for row in values if row["prop"] == "actor"),
            "weapon": next((row["value"] for row in values if row["prop"] == "weapon"), None),
            "reports": len(event["articles"]),
            "lineages": len(event["lineages"]),
            "sources": len({claim["source"] for claim in event["claims"] if claim["source"]}),
            "contradictions": "; ".join(
                sorted({row["prop"] for row in event["relations"] if row["name"] == "contradicts"})
            ),
        }


WIDEST = ("all", "civilians+combatants", "civilians", "combatants", "police", "children", "women", "men")


def _bounds(values: list[Row], prop: str) -> Row:
    rows = sorted(
        (row for row in values if row["prop"] == prop),
        key=lambda row: WIDEST.index(row["scope"]) if row["scope"] in WIDEST else len(WIDEST),
    )
    if not rows:
        return {}
    scope = rows[0]["scope"]
    lows = [row["low"] for row in rows if row["scope"] == scope and row["low"] is not None]
    highs = [row["high"] for row in rows if row["scope"] == scope]
    return {
        f"{prop}_low": min(lows) if lows else None,
        f"{prop}_high": max(highs) if None not in highs else None,
    }


def _claims(edition: Edition) -> Iterator[Row]:
    for event in objects(edition):
        for claim in event["claims"]:
            yield {"event": event["id"], **claim}


def _values(edition: Edition) -> Iterator[Row]:
    for event in objects(edition):
        for row in event["values"]:
            joined = {name: "; ".join(row[name]) for name in ("sources", "support", "against")}
            yield {"event": event["id"], **row, **joined}


def _reports(edition: Edition) -> Iterator[Row]:
    copies = {copy.article_id: copy for copy in edition.copies}
    for article in sorted(edition.articles.values(), key=lambda article: (article.published or "9999", article.id)):
        copy = copies.get(article.id)
        yield {
            "id": article.id,
            "outlet": article.outlet,
            "title": article.title,
            "published": article.published,
            "published_basis": article.published_basis,
            "url": article.url,
            "lang": article.lang,
            "sha256": article.sha256,
            "original": copy.original_id if copy else None,
            "share": round(copy.share, 3) if copy else None,
        }
