"""Exports: the same whether read a part at a time or whole, of one state of the ledger, in every format of tables."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from variorum.config import Config
from variorum.ledger import Ledger, paging
from variorum.model import Article, make_article
from variorum.pipeline import (
    Requested,
    Selection,
    edition,
    exporting,
    make_export,
    with_all_articles,
    write_edition,
)
from variorum.publish.columns import COLUMNS, TABLES

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
TODAY = "2031-05-04"


@pytest.fixture
def ledger(examples: Path) -> Iterator[Ledger]:
    with Ledger.open(examples, readonly=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every page of four rows, so that the sample reports fill several."""
    for pages in (paging.page_events, paging.page_articles):
        monkeypatch.setattr(pages, "__defaults__", (4,))
    monkeypatch.setattr(exporting, "PAGE", 4)


def written(ledger: Ledger, format: str, table: str = "", wanted: Requested | None = None) -> bytes:
    out = io.BytesIO()
    make_export(ledger, wanted or Requested(), config=Config(), today=TODAY).write(format, out, table=table)
    return out.getvalue()


@pytest.mark.parametrize(("format", "table"), [("jsonl", ""), ("geojson", ""), *(("csv", table) for table in TABLES)])
def test_an_export_a_part_at_a_time_is_that_of_the_whole(ledger: Ledger, format: str, table: str) -> None:
    whole = with_all_articles(ledger, edition(ledger))
    assert written(ledger, format, table).decode() == "".join(write_edition(whole, format, table=table))


def test_no_part_holds_more_than_a_page_of_events(ledger: Ledger) -> None:
    parts = list(make_export(ledger, Requested(), config=Config(), today=TODAY).issue.parts())
    assert len(parts) > 3
    assert all(1 <= len(part.events) <= 4 for part in parts)


def test_parts_asked_for_again_come_again(ledger: Ledger) -> None:
    issue = make_export(ledger, Requested(), config=Config(), today=TODAY).issue
    first, second = ([event.id for part in issue.parts() for event in part.events] for _ in range(2))
    assert first == second


def test_events_that_are_chosen_are_those_of_a_list(ledger: Ledger) -> None:
    chosen = Selection(kind="strike", since="2019-01-01")
    ids = [json.loads(line)["id"] for line in written(ledger, "jsonl", "", Requested(chosen=chosen)).splitlines()]
    assert ids == [event.id for event in edition(ledger, chosen=chosen).events]
    assert ids


def test_an_empty_choice_of_events_is_an_empty_file(ledger: Ledger) -> None:
    assert written(ledger, "jsonl", "", Requested(events=[])) == b""
    assert json.loads(written(ledger, "geojson", "", Requested(events=[]))) == {
        "type": "FeatureCollection",
        "features": [],
    }


def test_what_others_write_meanwhile_is_not_in_it(own_examples: Path) -> None:
    class Writing(io.BytesIO):
        """A file beside whose first lines somebody else writes a report into the ledger."""

        lines = 0

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.lines += 1
            if self.lines == 2:
                with Ledger.open(own_examples) as other:
                    other.add_article(_article())
            return super().write(data)

    with Ledger.open(own_examples) as ledger:
        before = len(list(ledger.articles()))
        out = Writing()
        make_export(ledger, Requested(), config=Config(), today=TODAY).write("csv", out, table="reports")
        assert out.getvalue().count(b"https://quay.invalid/new") == 0
        assert len(list(ledger.articles())) == before + 1


def _article() -> Article:
    text = "Nothing happened in the harbour."
    return make_article(url="https://quay.invalid/new", text=text, sha256="ab" * 32, fetched_at=NOW)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_has_the_rows_of_the_table_with_their_types(ledger: Ledger, table: str) -> None:
    found = pq.read_table(io.BytesIO(written(ledger, "parquet", table)))
    types = {"whole": pa.int64(), "decimal": pa.float64(), "day": pa.date32(), "list": pa.list_(pa.string())}
    assert found.schema.types == [types.get(column.type, pa.string()) for column in COLUMNS[table]]
    lines = written(ledger, "csv", table).decode().splitlines()
    assert found.num_rows >= 25
    assert found.column_names == lines[0].split(",")


def test_a_parquet_file_says_from_which_ledger_it_is(ledger: Ledger) -> None:
    metadata = pq.read_schema(io.BytesIO(written(ledger, "parquet", "claims"))).metadata
    assert metadata[b"variorum.ledger"].decode() == ledger.head()[1]
    assert metadata[b"variorum.made"] == TODAY.encode()


def test_a_parquet_file_is_written_a_group_of_rows_at_a_time(ledger: Ledger) -> None:
    parts = len(list(make_export(ledger, Requested(), config=Config(), today=TODAY).issue.parts()))
    assert pq.ParquetFile(io.BytesIO(written(ledger, "parquet", "events"))).num_row_groups == parts


def test_a_citation_in_an_export_is_that_of_the_event_alone(ledger: Ledger) -> None:
    from variorum.pipeline.citing import find_cited, write_citations

    event = next(iter(ledger.events()))
    alone = write_citations(find_cited(ledger, event.id, accessed=TODAY))["bibtex"]
    assert alone.strip() in written(ledger, "bibtex").decode()
