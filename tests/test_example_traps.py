"""That the sample reports hold the traps their README says they hold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = EXAMPLES / "reports"


def texts() -> dict[str, str]:
    found = {}
    for path in sorted(REPORTS.iterdir()):
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                found[row["id"]] = row["text"]
        else:
            found[path.name] = path.read_text(encoding="utf-8")
    return found


TEXTS = texts()


def test_there_are_at_least_24_reports() -> None:
    assert len(TEXTS) >= 24


def test_the_reports_come_in_three_forms() -> None:
    assert {path.suffix for path in REPORTS.iterdir()} == {".txt", ".html", ".jsonl"}


@pytest.mark.parametrize("name", [name for name in TEXTS if not name.endswith(".html")])
def test_a_report_is_as_long_as_a_short_wire_story(name: str) -> None:
    assert 100 <= len(TEXTS[name].split()) <= 350


@pytest.mark.parametrize(
    "trap",
    [
        r"300-420 kilometres \(590 miles\)",
        r"\b350 km \(220 miles\)",
        r"\b500 km \(310 miles\)",
        r"two-year siege",
        r"almost three-year siege",
        r"200 fighters and 200 civilians",
        r"about 400 fighters and civilians",
        r"children were among the dead",
        r"More news:",
        r"2 min read",
        r"\[Lumen Images\]",
        r"application/ld\+json",
        r"cookie",
        r"claimed responsibility",
        r"denied",
        r"[Ss]uspected",
        r"reportedly",
        r"ballistic missiles",
        r"Correction",
        r"[\u0600-\u06ff]+.{0,40}\U0001f56f",
        r"car bomb",
        r"[Dd]rone attack",
        r"chlorine",
        r"executed nine",
        r"abducted three",
        r"arrested 14",
        r"marched through",
        r"ceasefire",
        r"exchanged 55 prisoners",
        r"have fled",
    ],
)
def test_a_trap_stands_in_a_report(trap: str) -> None:
    assert any(re.search(trap, text) for text in TEXTS.values())


def test_the_table_names_every_file() -> None:
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in REPORTS.iterdir()]
    assert [name for name in names if name not in table] == []


def test_the_undated_reports_print_no_year() -> None:
    for name in ("07-hasakah-pasted.txt", "19-sabha-denial.txt"):
        assert not re.search(r"\b(19|20)\d\d\b(?! people)", TEXTS[name].replace("June 2012", "")), name
