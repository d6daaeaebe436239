"""Tables with HXL hashtags, read by libhxl."""

from __future__ import annotations

import csv
import io
import re

import hxl
import pytest

from issues import FIRST, TITLE, ask
from variorum.errors import UsageError
from variorum.publish.columns import COLUMNS, REDACTED, TABLES
from variorum.publish.hxl import REDACTED_TAG, TAGS, write_hxl

# HXL 1.1, hashtag dictionary: those used here.
HASHTAGS = {"adm1", "affected", "country", "date", "description", "event", "geo", "group", "indicator", "loc", "meta"}
HASHTAGS |= {"status"}


def text(table: str, *, redacted: bool = False) -> str:
    return "".join(write_hxl(ask(redacted=redacted).issue, table))


def read(table: str, *, redacted: bool = False) -> hxl.Dataset:
    given = io.BytesIO(text(table, redacted=redacted).encode())
    return hxl.data(hxl.make_input(given, hxl.InputOptions(allow_local=True)))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_hashtag_of_the_dictionary_and_its_own(table: str) -> None:
    tags = TAGS[table]
    assert list(tags) == [column.name for column in COLUMNS[table]]
    assert len(set(tags.values())) == len(tags)
    for tag in (*tags.values(), REDACTED_TAG):
        assert re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag), tag
        assert tag[1:].partition("+")[0] in HASHTAGS, tag


@pytest.mark.parametrize("table", TABLES)
def test_libhxl_finds_the_hashtags_under_the_header_and_the_rows_of_csv(table: str) -> None:
    found = read(table)
    plain = list(csv.reader(io.StringIO(text(table), newline="")))
    assert [column.header for column in found.columns] == plain[0]
    assert [set(column.display_tag.split("+")) for column in found.columns] == [
        set(tag.split("+")) for tag in TAGS[table].values()
    ]
    assert [row.values for row in found] == plain[2:]
    assert len(plain) > 3


def test_libhxl_finds_values_by_what_their_hashtags_mean() -> None:
    row = next(iter(read("events")))
    assert row.get("#date+start") == "2031-05-02"
    assert (row.get("#geo+lat"), row.get("#geo+lon"), row.get("#country+code")) == ("15.6597", "0.5022", "ML")
    assert (row.get("#affected+killed+min"), row.get("#affected+killed+max") or "") == ("39", "")
    assert row.get("#event+name") == TITLE
    claims = {row.get("#meta+claim+id"): row for row in read("claims")}
    assert claims[FIRST.claims[2].id].get("#description+quote") == "12 civilians"


def test_a_redacted_table_says_so_in_a_column_of_its_own() -> None:
    found = read("claims", redacted=True)
    assert found.columns[-1].display_tag == REDACTED_TAG
    assert found.columns[-1].header == REDACTED.name
    assert {row.values[-1] for row in found} == {"care/1", "withheld"}


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        "".join(write_hxl(ask().issue, "people"))


def test_a_part_is_asked_for_when_the_one_before_is_written() -> None:
    asked = ask()
    assert [asked.parts for _ in write_hxl(asked.issue, "events")] == [0, 0, 1, 2, 3, 4]
