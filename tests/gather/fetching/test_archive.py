"""WARC files of what was fetched, read back by another's reader, and mended after a kill."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from variorum.gather.fetching.archive import ITEM, Archive, items_of, mend
from variorum.gather.fetching.outcome import Exchange, Fetched

NOON = datetime(2031, 5, 3, 12, tzinfo=UTC)
BODY = gzip.compress(b"<html><p>Shells hit a market.</p></html>")


def made(address: str, **changes: object) -> Fetched:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    sent = (("Host", "a.example"), ("User-Agent", "variorum"))
    last = Exchange(address, "8.8.8.8", NOON, ("/x?y=1", sent), 200, "OK", headers, BODY, 500)
    hop = Exchange(
        "http://a.example/old", "8.8.8.8", NOON, ("/old", sent), 301, "Moved", (("Location", "/x"),), b"", 90
    )
    return Fetched("http://a.example/old", address, (hop, last), gzip.decompress(BODY))


def write(folder: Path, count: int) -> Archive:
    archive = Archive(folder, "variorum/0 (+desk@a.example)")
    archive.open(NOON)
    for number in range(count):
        archive.write(
            made(f"http://a.example/{number}"), {ITEM: f"item{number}", "Variorum-Outlet": "A\r\nWARC-Type: x"}
        )
    return archive


def test_another_reader_finds_what_was_sent_and_answered(tmp_path: Path) -> None:
    path = write(tmp_path, 1).close()
    assert path is not None
    with path.open("rb") as stream:
        rows = [
            (one.rec_type, one.rec_headers, one.http_headers, one.raw_stream.read()) for one in ArchiveIterator(stream)
        ]
    assert [row[0] for row in rows] == ["warcinfo", "response", "request", "response", "request"]
    assert b"http-header-user-agent: variorum/0 (+desk@a.example)" in rows[0][3]
    _, warc, http, body = rows[3]
    assert warc.get_header("WARC-Target-URI") == "http://a.example/0"
    assert warc.get_header("WARC-Date") == "2031-05-03T12:00:00Z"
    assert warc.get_header("WARC-IP-Address") == "8.8.8.8"
    assert warc.get_header("Variorum-Outlet") == "A WARC-Type: x"
    assert warc.get_header("WARC-Type") == "response"
    assert http.get_statuscode() == "200"
    assert http.get_header("X-Crawler-Transfer-Encoding") == "chunked"
    assert body == BODY  # as it came over the wire
    assert rows[4][2].protocol == "GET"
    assert rows[4][2].get_header("User-Agent") == "variorum"
    assert rows[4][1].get_header("WARC-Concurrent-To") == warc.get_header("WARC-Record-ID")
    assert items_of(path) == {"item0"}


def test_a_page_out_of_a_feed_is_a_resource(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "variorum")
    archive.open(NOON)
    archive.write_page("http://a.example/1", b"<html>", NOON, {ITEM: "http://a.example/1"})
    path = archive.close()
    assert path is not None
    with path.open("rb") as stream:
        kinds = [(one.rec_type, one.content_type) for one in ArchiveIterator(stream)]
    assert kinds[1] == ("resource", "text/html; charset=utf-8")


def test_no_file_is_made_where_nothing_is_written_and_none_is_written_to_twice(tmp_path: Path) -> None:
    assert Archive(tmp_path, "variorum").close() is None
    assert [*tmp_path.iterdir()] == []
    first = write(tmp_path, 1)
    assert [path.suffix for path in tmp_path.iterdir()] == [".open"]
    assert first.close() == tmp_path / "20310503T120000-001.warc.gz"
    assert write(tmp_path, 1).close() == tmp_path / "20310503T120000-002.warc.gz"


@pytest.mark.parametrize("lost", [0, 1, 9, 300, 700, 1_500, 10_000])
def test_a_file_that_a_kill_tore_is_cut_behind_its_last_whole_record(tmp_path: Path, lost: int) -> None:
    whole = write(tmp_path / "whole", 3).close()
    assert whole is not None
    data = whole.read_bytes()
    left = data[: max(0, len(data) - lost)]
    torn = tmp_path / "torn" / f".{whole.name}.open"
    torn.parent.mkdir()
    torn.write_bytes(left)
    (mended,) = mend(torn.parent)
    assert [*torn.parent.iterdir()] == [mended]
    ends, items = [0], set()
    with whole.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            item, begin = record.rec_headers.get_header(ITEM), records.get_record_offset()
            end = begin + records.get_record_length()
            if end <= len(left):
                ends.append(end)
                items |= {item} - {None}
    assert mended.read_bytes() == data[: ends[-1]]
    assert items_of(mended) == items
