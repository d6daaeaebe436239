"""Events, claims, settled values and reports as rows of tables, for csv, hxl, parquet and frames.

Invariant: a row has a value of the column's type, or None where it is not known; a list is a list of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from variorum.errors import UsageError
from variorum.publish.columns import AS_OF, COLUMNS, REDACTED, Column
from variorum.publish.issue import Issue
from variorum.publish.jsonl import Edition, objects
from variorum.publish.profile import Redacted
from variorum.schema import load_schema
from variorum.values import interval

Row = dict[str, Any]
WIDEST = ("all", "civilians+combatants", "civilians", "combatants", "police", "children", "women", "men")


def columns_of(issue: Issue, table: str) -> Sequence[Column]:
    """Give the columns of a table of an issue, in order. Raises UsageError for a table that is none."""
    if table not in COLUMNS:
        raise UsageError(f"there is no table {table}", f"choose one of {', '.join(COLUMNS)}")
    dated = () if issue.as_of is None else (AS_OF,)
    return (*COLUMNS[table], *dated, *(() if issue.redacted is None else (REDACTED,)))


def rows_of(issue: Issue, table: str) -> Iterator[Row]:
    """Give the rows of a table by column, a part of the issue at a time."""
    for part in parts_of(issue, table):
        yield from part_rows(issue, part, table)


def parts_of(issue: Issue, table: str) -> Iterator[Edition]:
    """Give the editions that a table is made of."""
    return issue.reports() if table == "reports" else issue.parts()


def part_rows(issue: Issue, part: Edition, table: str) -> Iterator[Row]:
    """Give the rows of a table that one edition of an issue has."""
    for row in _MAKERS[table](part):
        if issue.as_of is not None:
            row = {**row, AS_OF.name: issue.as_of}
        yield row if issue.redacted is None else _marked(row, table, issue.redacted)


def _marked(row: Row, table: str, told: Redacted) -> Row:
    """Give a row of a redacted issue with its last column."""
    withheld = {row.get("article"), row["id"] if table == "reports" else None} & told.withheld
    return {**row, REDACTED.name: "withheld" if withheld else told.profile}


def _events(part: Edition) -> Iterator[Row]:
    for event in objects(part):
        date, place = event["date"] or {}, event["place"] or {}
        values = event["values"]
        yield {
            "id": event["id"],
            "version": event["version"],
            "kind": event["kind"],
            "title": event["title"],
            "date": date.get("value"),
            "date_low": date.get("low"),
            "date_high": date.get("high"),
            "date_precision": date.get("precision"),
            "place": place.get("name"),
            "place_precision": place.get("precision"),
            "lat": place.get("lat"),
            "lon": place.get("lon"),
            "radius_km": place.get("radius_km"),
            "admin1": place.get("admin1"),
            "country": place.get("country"),
            **_toll(values, "killed"),
            **_toll(values, "injured"),
            "actors": [row["value"] for row in values if row["prop"] == "actor"],
            "weapon": next((row["value"] for row in values if row["prop"] == "weapon"), None),
            "reports": len(event["articles"]),
            "outlets": len(event["outlets"]),
            "lineages": len(event["lineages"]),
            "sources": len({claim["source"] for claim in event["claims"] if claim["source"]}),
            "contradictions": sorted({row["prop"] for row in event["relations"] if row["name"] == "contradicts"}),
        }


def _toll(values: list[Row], prop: str) -> Row:
    """Give the figure of the widest scope, and the bounds of all figures of that scope."""
    rows = sorted(
        (row for row in values if row["prop"] == prop),
        key=lambda row: WIDEST.index(row["scope"]) if row["scope"] in WIDEST else len(WIDEST),
    )
    if not rows:
        return {}
    first, scope = rows[0], rows[0]["scope"]
    lows = [row["low"] for row in rows if row["scope"] == scope and row["low"] is not None]
    highs = [row["high"] for row in rows if row["scope"] == scope]
    return {
        prop: first["value"],
        f"{prop}_of": scope,
        f"{prop}_low": min(lows) if lows else None,
        f"{prop}_high": max(highs) if None not in highs else None,
    }


def _claims(part: Edition) -> Iterator[Row]:
    properties = load_schema().properties
    for event in objects(part):
        for claim in event["claims"]:
            low, high = _numbers(interval(properties[claim["prop"]].type, claim["value"]))
            yield {"event": event["id"], **claim, "low": low, "high": high}


def _values(part: Edition) -> Iterator[Row]:
    for event in objects(part):
        for row in event["values"]:
            low, high = _numbers((row["low"], row["high"]))
            first, last = (row["low"], row["high"]) if row["prop"] == "date" else (None, None)
            yield {"event": event["id"], **row, "low": low, "high": high, "first_day": first, "last_day": last}


def _numbers(bounds: tuple[Any, Any] | None) -> tuple[Any, Any]:
    """Give bounds that are numbers; of a date they are days, which stand in columns of their own."""
    low, high = bounds or (None, None)
    return low if isinstance(low, int | float) else None, high if isinstance(high, int | float) else None


def _reports(part: Edition) -> Iterator[Row]:
    copies = {copy.article_id: copy for copy in part.copies}
    for article in sorted(part.articles.values(), key=lambda article: (article.published or "9999", article.id)):
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


_MAKERS: Mapping[str, Callable[[Edition], Iterator[Row]]] = {
    "events": _events,
    "claims": _claims,
    "values": _values,
    "reports": _reports,
}
