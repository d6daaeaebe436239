"""Files for others: the contract of the jsonl export, field by field, and its views csv and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.pipeline import Edition, edition, event_object
from variorum.publish import issue_of, write
from variorum.publish.columns import COLUMNS
from variorum.publish.geojson import write_geojson
from variorum.schema import load_schema

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
NUMBER = (int, float, type(None))
TEXT = (str, type(None))

# The contract of docs/model.md: field -> type.
EVENT = {
    "schema": str,
    "id": str,
    "version": int,
    "kind": str,
    "title": str,
    "date": (dict, type(None)),
    "place": (dict, type(None)),
    "values": list,
    "relations": list,
    "related": list,
    "counted": list,
    "articles": list,
    "lineages": list,
    "outlets": list,
    "claims": list,
}
DATE = {"value": str, "low": TEXT, "high": TEXT, "precision": str, "basis": str}
PLACE = {
    "name": str,
    "shown": str,
    "gazetteer": TEXT,
    "lat": NUMBER,
    "lon": NUMBER,
    "radius_km": NUMBER,
    "precision": str,
    "country": TEXT,
    "country_name": TEXT,
    "admin1": TEXT,
    "as_written": list,
}
VALUE = {
    "prop": str,
    "scope": TEXT,
    "value": str,
    "low": (int, float, str, type(None)),
    "high": (int, float, str, type(None)),
    "unit": TEXT,
    "status": str,
    "basis": str,
    "support": list,
    "against": list,
    "outlets": int,
    "lineages": int,
    "copies": int,
    "sources": list,
}
RELATION = {"name": str, "prop": str, "left": str, "right": TEXT, "note": str}
CLAIM = {
    "id": str,
    "prop": str,
    "scope": TEXT,
    "value": str,
    "source": str,
    "voice": str,
    "stance": str,
    "as_of": TEXT,
    "article": str,
    "outlet": str,
    "start": int,
    "end": int,
    "quote": str,
}
ID = re.compile(r"(evt|art|clm)_[0-9A-HJKMNP-TV-Z]{16}")


@pytest.fixture(scope="module")
def published(examples: Path) -> Iterator[Edition]:
    with Ledger.open(examples, readonly=True) as ledger:
        yield edition(ledger)


@pytest.fixture(scope="module")
def objects(published: Edition) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write(issue_of(published), "jsonl")]


def table(published: Edition, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(write(issue_of(published), "csv", table=name)), newline="")))


def check_fields(row: dict[str, Any], contract: dict[str, Any]) -> None:
    assert list(row) == list(contract)
    for name, kind in contract.items():
        assert isinstance(row[name], kind), (name, row[name])
        assert not isinstance(row[name], bool), name


def test_every_event_has_the_fields_of_the_contract(objects: list[dict[str, Any]]) -> None:
    assert len(objects) > 10
    for event in objects:
        check_fields(event, EVENT)
        assert event["schema"] == load_schema().version
        if event["date"] is not None:
            check_fields(event["date"], DATE)
        if event["place"] is not None:
            check_fields(event["place"], PLACE)
        for rows, contract in (("values", VALUE), ("relations", RELATION), ("claims", CLAIM)):
            for row in event[rows]:
                check_fields(row, contract)


def test_ids_are_tagged_and_in_crockford_base_32(objects: list[dict[str, Any]]) -> None:
    for event in objects:
        ids = [event["id"], *event["articles"], *(claim["id"] for claim in event["claims"])]
        assert [id for id in ids if not ID.fullmatch(id)] == []


def test_every_quote_is_where_it_says_it_is(published: Edition, objects: list[dict[str, Any]]) -> None:
    count = 0
    for event in objects:
        for claim in event["claims"]:
            text = published.articles[claim["article"]].text
            assert text[claim["start"] : claim["end"]] == claim["quote"]
            count += 1
    assert count > 100


def test_every_value_names_claims_of_its_event(objects: list[dict[str, Any]]) -> None:
    for event in objects:
        ids = {claim["id"] for claim in event["claims"]}
        for row in event["values"]:
            assert {*row["support"], *row["against"]} <= ids
            assert row["support"] or row["against"]
            assert row["status"] in {"single", "agreed", "contested"}
        for row in event["relations"]:
            assert {row["left"], row["right"]} - {None} <= ids


def test_lineages_hold_every_article_once(objects: list[dict[str, Any]]) -> None:
    for event in objects:
        assert sorted(id for lineage in event["lineages"] for id in lineage) == sorted(event["articles"])


def test_the_original_stands_first_in_its_lineage(published: Edition, objects: list[dict[str, Any]]) -> None:
    originals = {copy.original_id for copy in published.copies}
    firsts = {lineage[0] for event in objects for lineage in event["lineages"] if len(lineage) > 1}
    assert firsts & originals != set()
    for event in objects:
        for lineage in event["lineages"]:
            assert not originals & set(lineage[1:])


def test_no_background_is_an_event(objects: list[dict[str, Any]]) -> None:
    assert {event["kind"] for event in objects} <= {
        code for code, kind in load_schema().kinds.items() if not kind.background
    }


def test_a_date_lies_within_its_bounds(objects: list[dict[str, Any]]) -> None:
    days = [event["date"] for event in objects if event["date"] and event["date"]["low"]]
    assert days != []
    for date in days:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", date["low"])
        assert date["low"] <= date["high"]
        assert "published" in date["basis"] or "undated" in date["basis"]


def test_an_event_with_a_low_and_a_high_figure_has_them_in_order(objects: list[dict[str, Any]]) -> None:
    for row in (row for event in objects for row in event["values"] if row["low"] is not None):
        assert row["high"] is None or row["low"] <= row["high"]


def test_csv_tables_are_views_of_the_objects(published: Edition, objects: list[dict[str, Any]]) -> None:
    events, claims, values = (table(published, name) for name in ("events", "claims", "values"))
    assert [row["id"] for row in events] == [event["id"] for event in objects]
    assert [row["id"] for row in claims] == [claim["id"] for event in objects for claim in event["claims"]]
    assert len(values) == sum(len(event["values"]) for event in objects)
    assert [list(rows[0]) for rows in (events, claims, values)] == [
        [column.name for column in COLUMNS["events"]],
        [column.name for column in COLUMNS["claims"]],
        [column.name for column in COLUMNS["values"]],
    ]


def test_csv_of_claims_keeps_every_word_of_a_quote(published: Edition) -> None:
    for row in table(published, "claims"):
        quote = published.articles[row["article"]].text[int(row["start"]) : int(row["end"])]
        assert row["quote"] == (f"'{quote}" if quote.startswith(("=", "+", "-", "@")) else quote)


def test_csv_of_reports_holds_all_that_events_rest_on(published: Edition, objects: list[dict[str, Any]]) -> None:
    rows = table(published, "reports")
    assert list(rows[0]) == [column.name for column in COLUMNS["reports"]]
    assert {id for event in objects for id in event["articles"]} <= {row["id"] for row in rows}


def test_geojson_is_what_rfc_7946_asks_for(published: Edition, objects: list[dict[str, Any]]) -> None:
    found = json.loads("".join(write_geojson(issue_of(published))))
    assert set(found) == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    assert [feature["id"] for feature in found["features"]] == [event["id"] for event in objects]
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        if feature["geometry"] is not None:
            assert set(feature["geometry"]) == {"type", "coordinates"}
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_geojson_has_longitude_before_latitude(published: Edition, objects: list[dict[str, Any]]) -> None:
    points = {one["id"]: one["geometry"] for one in json.loads("".join(write_geojson(issue_of(published))))["features"]}
    placed = [event for event in objects if points[event["id"]] is not None]
    assert len(placed) > 5
    for event in placed:
        assert points[event["id"]]["coordinates"] == [event["place"]["lon"], event["place"]["lat"]]


def test_an_event_known_by_its_country_only_has_no_point(published: Edition, objects: list[dict[str, Any]]) -> None:
    points = {one["id"]: one["geometry"] for one in json.loads("".join(write_geojson(issue_of(published))))["features"]}
    for event in objects:
        if event["place"] is None or event["place"]["precision"] == "country":
            assert points[event["id"]] is None


def test_an_event_object_is_the_line_of_the_export(published: Edition, objects: list[dict[str, Any]]) -> None:
    assert [event_object(published, event) for event in published.events] == objects


@pytest.mark.parametrize(("format", "name"), [("xml", "events"), ("csv", "people")])
def test_an_unknown_format_or_table_names_the_known(published: Edition, format: str, name: str) -> None:
    with pytest.raises(UsageError) as told:
        list(write(issue_of(published), format, table=name))
    assert "choose one of" in told.value.remedy
