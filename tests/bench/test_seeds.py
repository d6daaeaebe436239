from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bench.facts import Outcome
from bench.seeds import check_quotes, events_of, find_other_places, name_articles, run, show_outcomes

from bench import seeds

GOLD = """
[[form]]
name = "files"
files = ["reports/*"]
[[event]]
id = "X1"
kinds = ["strike"]
dates = ["2019-03-07"]
reports = ["01", "02a"]
fact = [
  { says = "one event", check = "joined" },
  { says = "two drones", check = "claim", prop = "munitions", value = "2" },
]
[[never]]
says = "no credit"
check = "no_claim"
quote = "Lumen"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "expected.toml").write_text(GOLD, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "01-mill.txt").write_text("Two drones hit a mill.\nNobody was hurt.", encoding="utf-8")
    lines = json.dumps({"id": "02a-mill", "text": "A mill was hit by two drones."})
    (tmp_path / "reports" / "02-desk.jsonl").write_text(lines + "\n", encoding="utf-8")
    return tmp_path


def inputs(folder: Path) -> list[Path]:
    return sorted((folder / "reports").iterdir())


def test_an_article_goes_by_the_gold_name_its_file_or_line_begins_with(folder: Path) -> None:
    named = name_articles(inputs(folder), ["01", "02", "02a"])
    assert sorted(name for name, _ in named.values()) == ["01", "02a"]


def test_a_run_counts_the_facts_that_hold_and_says_why_others_do_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {name: article for article, (name, _) in name_articles(inputs(folder), ["01", "02a"]).items()}
    claim = {"id": "clm_1", "prop": "munitions", "scope": None, "value": "3", "source": "", "stance": "asserts"}
    claim |= {"article": named["01"], "start": 0, "end": 3, "quote": "Two"}
    event: dict[str, Any] = {"id": "evt_1", "kind": "strike", "date": {"value": "2019-03-07"}, "values": []}
    event |= {"relations": [], "articles": list(named.values()), "claims": [claim]}
    monkeypatch.setattr(seeds, "events_of", lambda inputs: [event])
    result = run(folder, "examples")
    # joined, munitions, credit, day of the run, quotes: all but the munitions hold
    assert result["metrics"] == {
        "facts_passed_files": 4,
        "facts_total_files": 5,
        "facts_passed": 4,
        "facts_total": 5,
    }
    assert any(line.startswith("FAIL") and "two drones" in line for line in result["report"])
    assert any("munitions 3 (the outlet asserts, 01)" in line for line in result["report"])


CLAIM = {"id": "clm_1", "article": "art_a", "start": 4, "end": 9, "quote": "drone"}


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (CLAIM, ""),
        (CLAIM | {"start": 5}, "is not 'drone'"),
        (CLAIM | {"article": "art_z"}, "unknown article"),
    ],
)
def test_a_quote_that_is_not_at_its_span_is_reported(claim: dict[str, Any], why: str) -> None:
    told = check_quotes([{"claims": [claim]}], {"art_a": "Two drones"})
    assert (why in told) if why else told == ""


def test_the_total_is_the_last_line() -> None:
    lines = list(show_outcomes([Outcome("X1.1", "a", ""), Outcome("X1.2", "b", "no")], form="txt"))
    assert lines[-1] == "1 of 2 facts hold on txt"


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["Hodeidah", "Hodeida"], None),
        (["Hodeidah", "Zabid"], "Zabid is gn:"),
        (["Hodeidah", "Qwertsk"], "Qwertsk is not in the gazetteer"),
    ],
)
def test_names_of_two_places_are_told_apart(names: list[str], why: str | None) -> None:
    told = find_other_places(names, "Yemen")
    assert told is None if why is None else why in (told or "")


def test_the_files_are_laid_in_one_folder_and_each_line_of_the_export_is_an_event(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, ...]] = []
    laid: list[str] = []

    def call(*arguments: str) -> str:
        calls.append(arguments)
        if arguments[0] == "run":
            laid.extend(path.name for path in Path(arguments[1]).iterdir())
            return ""
        return '{"id": "evt_1"}\n{"id": "evt_2"}\n'

    monkeypatch.setattr(seeds, "_call", call)
    assert [event["id"] for event in events_of(inputs(folder))] == ["evt_1", "evt_2"]
    assert sorted(laid) == ["01-mill.txt", "02-desk.jsonl"]
    assert [arguments[0] for arguments in calls] == ["run", "export"]


def test_a_program_that_fails_is_told_with_its_own_words() -> None:
    with pytest.raises(seeds.RunError, match="exit 2: "):
        seeds._call("export", "no-such-format")
