from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import bench.__main__ as harness
import pytest
from bench.__main__ import Task, find_folder, find_sunk, main


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Two tasks on a tiny set: `words` takes the folder, `lines` the folder and its own name; `gone` has no module."""
    words, lines = ModuleType("tiny_words"), ModuleType("tiny_lines")

    def count_words(data: Path) -> dict[str, Any]:
        n = len((data / "text.txt").read_text(encoding="utf-8").split())
        return {"n": n, "metrics": {"words": n, "share": 0.5}, "baseline": {"words": 1}, "report": ["pass  a word"]}

    def count_lines(data: Path, task: str) -> dict[str, Any]:
        return {"n": 1, "metrics": {task: 1}}

    words.run, lines.run = count_words, count_lines  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tiny_words", words)
    monkeypatch.setitem(sys.modules, "tiny_lines", lines)
    monkeypatch.setattr(
        harness,
        "TASKS",
        {
            "words-tiny": Task("tiny_words", ("tiny",)),
            "lines-tiny": Task("tiny_lines", ("tiny",)),
            "gone-tiny": Task("bench.not_written", ("tiny",)),
            "far-set": Task("tiny_words", ("far",)),
        },
    )
    monkeypatch.setattr(harness, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(harness, "read_floors", lambda: json.loads((tmp_path / "floors.json").read_text("utf-8")))
    (tmp_path / "floors.json").write_text('{"words-tiny": {"words": 3}}', encoding="utf-8")
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "text.txt").write_text("three small words", encoding="utf-8")
    return tmp_path


def test_json_prints_one_object_with_the_documented_keys(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words-tiny", "--data", str(tiny), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "task": "words-tiny",
        "n": 3,
        "metrics": {"words": 3, "share": 0.5},
        "baseline": {"words": 1},
        "floors": {"words": 3},
    }


def test_a_table_shows_figure_baseline_and_floor(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["words-tiny", "--data", str(tiny)])
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["words", "3", "1", "3"] in rows
    assert ["share", "0.5000", "-", "-"] in rows
    assert ["pass", "a", "word"] in rows


def test_a_figure_under_its_floor_gives_exit_status_1(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / "floors.json").write_text('{"words-tiny": {"words": 4}}', encoding="utf-8")
    assert main(["words-tiny", "--data", str(tiny)]) == 1
    assert "words is 3, under its floor of 4" in capsys.readouterr().err


def test_a_metric_that_is_gone_lies_under_its_floor() -> None:
    assert find_sunk({}, {"words": 3}) == ["words has a floor of 3 and was not measured"]


def test_a_run_function_may_take_the_task_name(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["lines-tiny", "--data", str(tiny), "--json"])
    assert json.loads(capsys.readouterr().out)["metrics"] == {"lines-tiny": 1}


def test_all_skips_with_a_word_what_has_no_data_or_no_module(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--all", "--data", str(tiny), "--json"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "skipped far-set: no folder far" in told.err
    assert "skipped gone-tiny: bench.not_written is not written yet" in told.err


def test_one_sunk_task_does_not_stop_the_others(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / "floors.json").write_text('{"words-tiny": {"words": 4}}', encoding="utf-8")
    assert main(["--all", "--data", str(tiny), "--json"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_task_that_breaks_is_not_passed_and_does_not_stop_the_others(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "tiny" / "text.txt").unlink()
    assert main(["--all", "--data", str(tiny), "--json"]) == 1
    told = capsys.readouterr()
    assert "failed words-tiny" in told.err
    assert json.loads(told.out)["task"] == "lines-tiny"


def test_an_absent_data_folder_is_skipped_with_a_word(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words-tiny", "--data", str(tiny / "nowhere")]) == 0
    assert "skipped: no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["word-tiny"], "did you mean words-tiny?"),
        (["zzz"], "tasks: words-tiny"),
        ([], "name one task"),
        (["a", "--all"], "name one task"),
    ],
)
def test_a_wrong_call_gives_exit_status_2_and_a_remedy(
    arguments: list[str], told: str, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data", str(tiny)]) == 2
    assert told in capsys.readouterr().err


def test_the_data_folder_may_be_the_set_itself(tiny: Path) -> None:
    task = Task("m", ("tiny",), ("text.txt",))
    assert find_folder(task, tiny, within=False) == tiny / "tiny"
    assert find_folder(task, tiny / "tiny", within=False) == tiny / "tiny"
    assert find_folder(task, tiny / "tiny", within=True) is None


def test_a_folder_without_the_marks_of_a_set_is_not_taken_for_it(tmp_path: Path) -> None:
    assert find_folder(Task("m", ("tiny",), ("text.txt",)), tmp_path, within=False) is None


def test_every_floor_belongs_to_a_task() -> None:
    floors = json.loads(Path(harness.__file__).with_name("floors.json").read_text(encoding="utf-8"))
    assert set(floors) <= set(harness.TASKS)
