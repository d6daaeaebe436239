"""Files and folders: every kind of input becomes articles or rows of the problem list, and nothing raises."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.gather.files import Input, find_inputs, read_inputs
from variorum.model import Article, Problem

NOW = "2031-04-01T00:00:00Z"
TEXT = "Bridge falls in Osk\n\nThree people were hurt when the bridge of Osk fell into the river, the mayor said."


def read(path: Path) -> list[Article | Problem]:
    return [row for one in find_inputs([path]) for row in read_inputs(one, now=NOW)]


def only_article(path: Path) -> Article:
    (row,) = read(path)
    assert isinstance(row, Article), row
    return row


def only_problem(path: Path) -> Problem:
    (row,) = read(path)
    assert isinstance(row, Problem), row
    return row


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_folder_gives_its_files_sorted_and_skips_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "a/z.txt"):
        write(tmp_path / name, TEXT)
    assert [one.name for one in find_inputs([tmp_path])] == ["a.txt", "a/z.txt", "b.txt", "sub/c.txt"]


def test_a_file_named_twice_is_given_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    assert [one.name for one in find_inputs([tmp_path, path, str(path)])] == ["a.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    assert only_article(write(tmp_path / ".a.txt", TEXT)).text == TEXT


def test_a_missing_folder_is_named_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        find_inputs([tmp_path, tmp_path / "nowhere"])


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [one.name for one in find_inputs([tmp_path])] == ["a.txt"]


def test_a_text_is_an_article_with_its_first_line_as_title(tmp_path: Path) -> None:
    article = only_article(write(tmp_path / "a.txt", TEXT))
    assert (article.title, article.text, article.url) == ("Bridge falls in Osk", TEXT, "file:a.txt")
    assert (article.lang, article.fetched_at) == ("en", NOW)
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("text", ["One line only", "A paragraph that ends here.\nAnd another.", "x" * 201 + "\nrest"])
def test_a_first_line_that_is_a_paragraph_is_no_title(tmp_path: Path, text: str) -> None:
    assert only_article(write(tmp_path / "a.txt", text)).title == ""


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    left = only_article(write(tmp_path / "x" / "sub" / "a.txt", TEXT).parent.parent)
    right = only_article(write(tmp_path / "y" / "z" / "sub" / "a.txt", TEXT).parent.parent)
    assert left.id == right.id
    assert left.url == "file:sub/a.txt"


def test_a_name_is_the_same_however_its_accents_are_stored(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "café.txt")
    assert only_article(write(tmp_path / name, TEXT)).url == "file:café.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text(TEXT)
    assert only_article(path).url.encode("utf-8").endswith(b".txt")


def test_standard_input_is_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (row,) = [row for one in find_inputs(["-"]) for row in read_inputs(one, now=NOW)]
    assert isinstance(row, Article)
    assert (row.url, row.text) == ("file:-", TEXT)


def test_a_bare_path_goes_by_its_file_name(tmp_path: Path) -> None:
    (row,) = read_inputs(write(tmp_path / "a.txt", TEXT), now=NOW)
    assert isinstance(row, Article)
    assert row.url == "file:a.txt"


NEWLINES = [
    ("a\r\nb\rc\n", "a\nb\nc\n"),
    ("\ufeffa\u200bb", "ab"),
    ("e\u0301 می\u200cرود 👩\u200d🚒", "e\u0301 می\u200cرود 👩\u200d🚒"),
]


@pytest.mark.parametrize(("raw", "text"), NEWLINES)
def test_only_newlines_and_empty_characters_are_changed(tmp_path: Path, raw: str, text: str) -> None:
    assert only_article(write(tmp_path / "a.txt", raw)).text == text


PROBLEMS = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("nul.txt", b"text\x00with\x00NUL", "binary"),
    ("machine.txt", bytes(range(1, 32)) * 40, "binary"),
    ("paper.txt", b"%PDF-1.4 and so on", "binary"),
    ("office.txt", b"PK\x03\x04rest", "binary"),
    ("half.txt", b"\xff\xfea\x00b", "encoding"),
    ("random.txt", bytes((index * 89 + index // 7 * 31) % 224 + 32 for index in range(900)), "encoding"),
    ("picture.png", b"\x89PNG", "unsupported"),
    ("noending", b"text", "unsupported"),
    ("notes.xml", b"<notes><note>Tuesday</note></notes>", "unsupported"),
    ("text.txt.gz", b"no gzip file", "binary"),
    ("text.doc.gz", b"\x1f\x8b", "unsupported"),
    ("empty.html", b"", "empty"),
    ("hollow.html", b"<html><body><nav>Home</nav></body></html>", "no-text"),
    ("machine.html", b"<html>\x00\x01", "binary"),
    ("empty.jsonl", b"\n \n", "empty"),
    ("wide.jsonl", '{"text": "a"}'.encode("utf-16"), "encoding"),
]


@pytest.mark.parametrize(("name", "data", "code"), PROBLEMS, ids=[row[0] for row in PROBLEMS])
def test_what_cannot_be_read_is_a_problem_that_names_file_and_remedy(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    problem = only_problem(write(tmp_path / name, data))
    assert (problem.code, problem.where, problem.at) == (code, name, NOW)
    assert problem.cause
    assert problem.remedy


@pytest.mark.parametrize("name", ["big.txt", "big.html"])
def test_fifty_megabytes_in_one_text_are_too_large(tmp_path: Path, name: str) -> None:
    assert only_problem(write(tmp_path / name, b"word " * 10_000_000)).code == "too-large"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_packed_file_is_read_as_what_is_in_it(tmp_path: Path, name: str) -> None:
    inside = json.dumps({"text": TEXT}) if "jsonl" in name else TEXT
    article = only_article(write(tmp_path / name, gzip.compress(inside.encode())))
    assert (article.text, article.url) == (TEXT, f"file:{name}")
    assert article.sha256 == hashlib.sha256(inside.encode()).hexdigest()


def test_a_packed_file_that_breaks_off_gives_the_lines_before(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{TEXT} {number * 7919}"}) + "\n" for number in range(3_000))
    *articles, last = read(write(tmp_path / "a.jsonl.gz", gzip.compress(rows.encode())[:-3_000]))
    assert len(articles) > 100
    assert isinstance(last, Problem)
    assert last.code == "cut-off"


def test_a_packed_bomb_is_too_large(tmp_path: Path) -> None:
    assert only_problem(write(tmp_path / "a.txt.gz", gzip.compress(b"word " * 5_000_000))).code == "too-large"


def test_a_pipe_does_not_block_the_run(tmp_path: Path) -> None:
    for name in ("pipe.txt", "pipe.jsonl"):
        os.mkfifo(tmp_path / name)
    assert [row.code for row in read(tmp_path) if isinstance(row, Problem)] == ["unreadable", "unreadable"]


def test_a_link_to_nothing_and_a_vanished_file_are_problems(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert only_problem(tmp_path).code == "unreadable"
    (row,) = read_inputs(Input(tmp_path / "never.jsonl", "never.jsonl"), now=NOW)
    assert isinstance(row, Problem)
    assert row.code == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_closed_file_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    assert only_problem(path).code == "unreadable"


def test_a_date_printed_in_the_first_lines_dates_a_text(tmp_path: Path) -> None:
    article = only_article(write(tmp_path / "a.txt", "Bridge falls\n31 October, 2030\n\nA bridge fell in Osk."))
    assert (article.published, article.published_basis) == ("2030-10-31", "text: 31 October, 2030")


def test_a_text_without_a_date_stays_undated(tmp_path: Path) -> None:
    article = only_article(write(tmp_path / "a.txt", "Bridge falls\n\nA bridge fell in Osk on Tuesday."))
    assert (article.published, article.published_basis) == (None, "")


def test_a_link_that_leads_to_itself_is_a_problem_and_not_the_end(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = [row for one in find_inputs([tmp_path]) for row in read_inputs(one, now="2026-01-01T00:00:00Z")]
    assert [row.code for row in found if isinstance(row, Problem)] == ["unreadable"]
