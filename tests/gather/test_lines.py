"""JSON Lines: one article a line, text as given; a broken line costs only itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from variorum.gather import lines
from variorum.gather.files import read_inputs
from variorum.model import Article, Problem

NOW = "2031-04-01T00:00:00Z"


def read(path: Path, *rows: object) -> list[Article | Problem]:
    path = path / "reports.jsonl"
    path.write_bytes(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))
    return list(read_inputs(path, now=NOW))


def test_a_line_with_all_fields_is_an_article_with_all_fields(tmp_path: Path) -> None:
    row = {
        "id": "7", "url": "https://osk.example/7", "outlet": "Osk Herald", "title": "Bridge falls",
        "text": " \r\nA bridge fell.\u200b ", "published": "2031-03-04", "lang": "en-GB", "more": [1],
    }  # fmt: skip
    (article,) = read(tmp_path, row)
    assert isinstance(article, Article)
    assert (article.url, article.outlet, article.title) == (row["url"], row["outlet"], row["title"])
    assert (article.text, article.lang) == (row["text"], "en")
    assert (article.published, article.published_basis) == ("2031-03-04", "metadata")
    assert article.sha256 == hashlib.sha256(json.dumps(row).encode()).hexdigest()


@pytest.mark.parametrize(
    ("row", "url"),
    [
        ({"id": "a-7"}, "file:reports.jsonl#a-7"),
        ({"id": 7}, "file:reports.jsonl#7"),
        ({}, "file:reports.jsonl"),
        ({"id": 7, "url": "https://osk.example/7"}, "https://osk.example/7"),
        ({"id": None, "url": 4}, "4"),
    ],
)
def test_an_article_without_url_goes_by_file_and_id(tmp_path: Path, row: dict[str, object], url: str) -> None:
    (article,) = read(tmp_path, {"text": "A bridge fell.", **row})
    assert isinstance(article, Article)
    assert article.url == url


def test_source_stands_for_outlet(tmp_path: Path) -> None:
    (article,) = read(tmp_path, {"text": "A bridge fell.", "source": "Osk Herald"})
    assert isinstance(article, Article)
    assert article.outlet == "Osk Herald"


BROKEN = [
    (b"{broken", "bad-json"),
    (b"[1, 2]", "bad-json"),
    (b"[" * 100_000, "bad-json"),
    (b'{"text": 1' + b"0" * 5_000 + b"}", "bad-json"),
    (b'{"title": "no text"}', "no-text"),
    (b'{"text": 7}', "no-text"),
    (b'{"text": "  "}', "empty"),
    (b'{"text": "\xff"}', "encoding"),
]


@pytest.mark.parametrize(("line", "code"), BROKEN, ids=[f"{code}-{at}" for at, (_, code) in enumerate(BROKEN)])
def test_a_broken_line_is_a_problem_with_its_number_and_later_lines_are_read(
    tmp_path: Path, line: bytes, code: str
) -> None:
    first, second = read(tmp_path, line, {"text": "A bridge fell."})
    assert isinstance(first, Problem)
    assert (first.code, first.where) == (code, "reports.jsonl, line 1")
    assert isinstance(second, Article)


def test_a_byte_order_mark_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    (article,) = read(tmp_path, b'\xef\xbb\xbf{"text": "A bridge fell."}', b"", b"\r")
    assert isinstance(article, Article)


def test_characters_no_database_holds_are_replaced_one_for_one(tmp_path: Path) -> None:
    (article,) = read(tmp_path, b'{"text": "a\\ud800b\\u0000c", "title": "\\udfff"}')
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("a\ufffdb\ufffdc", "\ufffd")


def test_an_overlong_line_is_a_problem_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", 100)
    for length in (90, 250, 300, 1000):
        first, second = read(tmp_path, b"x" * (length + 100), {"text": "A bridge fell."})
        assert isinstance(first, Problem)
        assert first.code == "too-large"
        assert isinstance(second, Article)


def test_fifty_megabytes_of_lines_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    line = json.dumps({"text": "A bridge fell. " * 65_000}).encode() + b"\n"
    with path.open("wb") as stream:
        for _ in range(52):
            stream.write(line)
    assert path.stat().st_size > 50_000_000
    assert sum(isinstance(row, Article) for row in read_inputs(path, now=NOW)) == 52


DATES = [
    ("2031-03-04", "2031-03-04"),
    ("20310304", "2031-03-04"),
    ("2031-03-04T00:00:00", "2031-03-04"),
    ("2031-03-04 10:20", "2031-03-04T10:20:00"),
    ("2031-03-04T10:20:30.5Z", "2031-03-04T10:20:30+00:00"),
    ("2031-03-04T00:00:00+02:00", "2031-03-04T00:00:00+02:00"),
    ("Tue, 04 Mar 2031 10:20:00 GMT", "2031-03-04T10:20:00+00:00"),
    ("4 March 2031", "2031-03-04"),
]


@pytest.mark.parametrize(("given", "expected"), DATES)
def test_published_is_normalised(tmp_path: Path, given: str, expected: str) -> None:
    (article,) = read(tmp_path, {"text": "A bridge fell.", "published": given})
    assert isinstance(article, Article)
    assert article.published == expected


@pytest.mark.parametrize("given", ["soon", "2031-13-40", 1741046400, "0001-01-01", "1970-01-01T00:00:00Z", ["2031"]])
def test_an_unusable_date_is_a_problem_and_the_article_undated(tmp_path: Path, given: object) -> None:
    problem, article = read(tmp_path, {"text": "A bridge fell.", "published": given})
    assert isinstance(problem, Problem)
    assert (problem.code, problem.where) == ("bad-date", "reports.jsonl, line 1")
    assert isinstance(article, Article)
    assert (article.published, article.published_basis) == (None, "")


@pytest.mark.parametrize("row", [{}, {"published": None}, {"published": ""}])
def test_a_missing_date_stays_missing_without_a_problem(tmp_path: Path, row: dict[str, object]) -> None:
    (article,) = read(tmp_path, {"text": "A bridge fell on Tuesday.", **row})
    assert isinstance(article, Article)
    assert article.published is None
