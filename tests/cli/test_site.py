"""`variorum site`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli


def test_the_pages_are_written_and_said_where(cli: Cli, examples: Path) -> None:
    told = cli("site", "out", examples, "--title", "Coast & desert", "--redact")
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("Redacted: the names of ")
    assert told.err.splitlines()[-1] == "Open out/index.html in a browser; copy the whole folder to take it along."
    first = Path("out/index.html").read_text(encoding="utf-8")
    assert "<title>Events · Coast &amp; desert</title>" in first
    assert json.loads(Path("out/site.json").read_text(encoding="utf-8"))["redacted"] == "care/1"
    again = cli("site", "out", examples, "--quiet")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert "Redacted" not in Path("out/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("site", "."), "error: . is a folder that holds mine.txt, and no site"),
        (("site", "out", "--title", "x" * 101), "error: the title has 101 characters"),
        (("site", "a" * 300), f"error: cannot write {'a' * 300}: File name too long"),
        (("site", "no/out"), "error: no/out cannot be made: there is no folder around it"),
    ],
)
def test_what_cannot_be_written_is_said(cli: Cli, examples: Path, words: tuple[str, ...], cause: str) -> None:
    Path("mine.txt").write_text("mine", encoding="utf-8")
    told = cli(*words, "--ledger", examples)
    assert told.code == 2
    assert told.err.splitlines()[0] == cause
    assert [path.name for path in Path().iterdir()] == ["mine.txt"]
