"""Web archives: every whole page in them is an article or a row, and what is damaged costs only itself."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from archives import Archive, page, url
from variorum.gather import warc
from variorum.gather.files import Input, find_pieces, read_inputs
from variorum.model import Article, Capture, Problem

NOW = "2031-04-01T00:00:00Z"
TAKEN = "2031-03-05T06:07:08Z"


def read(path: Path) -> list[Article | Problem]:
    return list(read_inputs(path, now=NOW))


def addresses(path: Path) -> list[str]:
    return [row.url for row in read(path) if isinstance(row, Article)]


def codes(path: Path) -> list[str]:
    return [row.code for row in read(path) if isinstance(row, Problem)]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_the_pages_of_an_archive_are_articles_with_address_and_day_of_capture(tmp_path: Path, name: str) -> None:
    path = Archive(packed=name.endswith("gz")).towns("Osk", "Tarran").write(tmp_path / name)
    first, second = read(path)
    assert isinstance(first, Article)
    assert (first.url, first.outlet, first.title) == (url("Osk"), "Osk Herald", "Bridge falls in Osk")
    assert (first.fetched_at, first.lang, first.published) == (TAKEN, "en", None)
    assert isinstance(second, Article)
    assert "old bridge of Tarran" in second.text


def test_a_capture_says_which_record_of_which_archive_it_was(tmp_path: Path) -> None:
    path = Archive().towns("Osk", "Tarran").write(tmp_path / "a.warc.gz")
    kept: list[tuple[Capture, bytes]] = []
    list(read_inputs(path, now=NOW, keep=lambda capture, data: kept.append((capture, data))))
    capture, data = kept[1]
    place = int(capture.tool.rpartition(" ")[2])
    assert "out of a.warc.gz at byte" in capture.tool
    assert page("Tarran").encode() in zlib.decompressobj(31).decompress(path.read_bytes()[place:])
    assert (capture.asked, capture.at, data) == (url("Tarran"), TAKEN, page("Tarran").encode())


def test_a_date_later_than_the_day_after_the_capture_is_not_believed(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="{}">'
    archive = Archive().add(url("Osk"), page("Osk", head=head.format("2031-03-06T00:10:00+09:00")))
    archive.add(url("Lio"), page("Lio", head=head.format("2031-03-20T08:00:00Z")))
    found = read(archive.write(tmp_path / "a.warc.gz"))
    assert [row.published for row in found if isinstance(row, Article)] == ["2031-03-06", None]


@pytest.mark.parametrize(
    ("canonical", "goes_by"),
    [
        ("https://m.osk.example/bridge", "https://m.osk.example/bridge"),
        ("https://elsewhere.example/bridge", url("Osk")),
        ("https://www.osk.example/", url("Osk")),
        ("https://[osk.example/bridge", url("Osk")),
    ],
)
def test_a_page_goes_by_its_own_address_only_within_its_site(tmp_path: Path, canonical: str, goes_by: str) -> None:
    body = page("Osk", head=f'<link rel="canonical" href="{canonical}">')
    assert addresses(Archive().add(url("Osk"), body).write(tmp_path / "a.warc.gz")) == [goes_by]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    archive = Archive()
    archive.add(url("Osk"), page("Osk"), kind="request")
    archive.add("https://osk.example/a.png", b"\x89PNG", type="image/png")
    archive.add("https://osk.example/robots.txt", "User-agent: *", type="text/plain")
    archive.add("https://osk.example/old", "", status="301 Moved", Location="/new")
    archive.add(url("Tarran"), page("Tarran"), kind="resource")
    path = archive.write(tmp_path / "a.warc.gz")
    assert (addresses(path), codes(path)) == ([url("Tarran")], [])


def test_an_error_page_and_a_document_are_told_of(tmp_path: Path) -> None:
    archive = Archive().add("https://osk.example/gone", page("Osk"), status="404 Not Found")
    archive.add("https://osk.example/report.pdf", b"%PDF-1.4", type="application/pdf")
    assert codes(archive.write(tmp_path / "a.warc.gz")) == ["not-article", "unsupported"]


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (data[:500], data[500:], b""))


PACKINGS = [
    ({"Content_Encoding": "gzip"}, gzip.compress),
    ({"Content_Encoding": "deflate"}, zlib.compress),
    ({"Transfer_Encoding": "chunked"}, chunked),
    ({"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}, lambda data: chunked(gzip.compress(data))),
    ({"Content_Encoding": "gzip"}, lambda data: data),  # unpacked by who archived it
]


@pytest.mark.parametrize(("headers", "pack"), PACKINGS)
def test_what_a_page_was_packed_in_is_taken_off(tmp_path: Path, headers: dict[str, str], pack: object) -> None:
    archive = Archive().add(url("Osk"), pack(page("Osk").encode()), **headers)  # type: ignore[operator]
    (article,) = read(archive.write(tmp_path / "a.warc.gz"))
    assert isinstance(article, Article)
    assert article.text.startswith("Bridge falls in Osk\n\nThree people")


def test_a_page_that_unpacks_without_end_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MOST_PAGE", 100_000)
    bomb = gzip.compress(b"<p>" + b"w" * 20_000_000)
    path = Archive().add(url("Osk"), bomb, Content_Encoding="gzip").towns("Lio").write(tmp_path / "a.warc.gz")
    assert (codes(path), addresses(path)) == (["too-large"], [url("Lio")])


@pytest.mark.parametrize("packed", [True, False])
def test_a_torn_last_record_costs_only_itself(tmp_path: Path, packed: bool) -> None:
    data = Archive(packed=packed).towns("Osk", "Tarran").data
    (path := tmp_path / "a.warc").write_bytes(data[:-30])
    assert (addresses(path), codes(path)) == ([url("Osk")], ["cut-off"])


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_costs_only_itself(tmp_path: Path, packed: bool) -> None:
    first = Archive(packed=packed).towns("Osk").data
    data = bytearray(Archive(packed=packed).towns("Osk", "Tarran", "Lio").data)
    data[len(first) + 5 : len(first) + 60] = b"\x00" * 55
    (path := tmp_path / "a.warc").write_bytes(data)
    assert (addresses(path), codes(path)) == ([url("Osk"), url("Lio")], ["damaged"])


@pytest.mark.parametrize("wrong", [b"9", b"999999"])
def test_a_record_with_a_wrong_length_costs_only_itself(tmp_path: Path, wrong: bytes) -> None:
    data = Archive(packed=False).towns("Osk", "Tarran", "Lio").data
    length = data.index(b"Content-Length: ", len(Archive(packed=False).towns("Osk").data)) + 16
    (path := tmp_path / "a.warc").write_bytes(data[:length] + wrong + data[data.index(b"\r\n", length) :])
    assert (addresses(path), codes(path)) == ([url("Osk"), url("Lio")], ["damaged"])


def test_an_archive_that_is_packed_as_a_whole_is_read(tmp_path: Path) -> None:
    (path := tmp_path / "a.warc.gz").write_bytes(gzip.compress(Archive(packed=False).towns("Osk", "Tarran").data))
    assert addresses(path) == [url("Osk"), url("Tarran")]


@pytest.mark.parametrize("form", ["members", "plain", "whole"])
def test_reading_goes_on_from_the_end_of_any_piece(tmp_path: Path, form: str) -> None:
    data = Archive(packed=form == "members").towns("Osk", "Tarran", "Lio").data
    (path := tmp_path / "a.warc.gz").write_bytes(gzip.compress(data) if form == "whole" else data)
    one = Input(path, "a.warc.gz")
    pieces = list(find_pieces(one, now=NOW))
    for place, piece in enumerate(pieces):
        assert list(find_pieces(one, now=NOW, start=piece.end)) == pieces[place + 1 :]


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", b"WARC/1.0", b"no archive at all\r\n\r\n", b"\x00" * 70_000])
def test_what_is_no_archive_gives_rows_and_no_error(tmp_path: Path, data: bytes) -> None:
    (path := tmp_path / "a.warc.gz").write_bytes(data)
    assert codes(path) == (["cut-off"] if data else [])


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5", "utf-16le", "windows-1251", "shift_jis"])
def test_the_encoding_that_a_server_names_is_followed(tmp_path: Path, encoding: str) -> None:
    word = "Оск" if encoding == "windows-1251" else "“Osk”" if encoding in ("gb2312", "gbk", "utf-16le") else "中市"
    archive = Archive().add(url("Osk"), page(word).encode(encoding), type=f"text/html; charset={encoding}")
    (article,) = read(archive.write(tmp_path / "a.warc.gz"))
    assert isinstance(article, Article)
    assert f"old bridge of {word} fell" in article.text


def test_a_page_goes_before_what_a_server_says_of_any_page(tmp_path: Path) -> None:
    body = page("Оск", head='<meta charset="windows-1251">').encode("cp1251")
    archive = Archive().add(url("Osk"), body, type="text/html; charset=iso-8859-1")
    (article,) = read(archive.write(tmp_path / "a.warc.gz"))
    assert isinstance(article, Article)
    assert "old bridge of Оск fell" in article.text


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "yesterday"])
def test_a_page_with_an_odd_date_is_read(tmp_path: Path, date: str) -> None:
    assert addresses(Archive().add(url("Osk"), page("Osk"), date=date).write(tmp_path / "a.warc.gz")) == [url("Osk")]
