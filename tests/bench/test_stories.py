"""Measurement of stories. All articles are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.stories import read_labelled, run

ROWS = [
    {"id": "a", "event_id": 1, "title": "Ferry runs aground off Tarn", "text": "A ferry ran aground off Tarn island."},
    {"id": "b", "event_id": 1, "title": "Tarn ferry aground", "text": "A ferry is aground off the island of Tarn."},
    {"id": "c", "event_id": 2, "title": "Orvale wins cup", "text": "Orvale beat Dersa on penalties.", "date": None},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news_cluster"
    path.mkdir()
    lines = [json.dumps({"date": "2031-05-02T00:00:00"} | row) for row in ROWS]
    (path / "dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_title_is_the_first_line(folder: Path) -> None:
    articles, gold = read_labelled(folder / "dev.jsonl")
    assert articles[2].text == "Orvale wins cup\nOrvale beat Dersa on penalties."
    assert articles[2].published is None
    assert gold == {"a": "1", "b": "1", "c": "2"}


def test_stories_found_as_labelled_score_one(folder: Path) -> None:
    result = run(folder)
    assert result["n"] == 3
    assert result["metrics"]["b3_f1"] == 1.0
    assert result["metrics"]["stories"] == result["metrics"]["labelled_stories"] == 2


def test_without_the_other_set_it_is_left_out(folder: Path) -> None:
    assert "ecb_subtopics_b3_f1" not in run(folder)["metrics"]


def test_the_oracle_is_no_worse_than_the_plain_baseline_without_dates(folder: Path) -> None:
    baseline = run(folder)["baseline"]
    assert baseline["oracle_b3_f1"] >= baseline["b3_f1"]
