"""The attribution measurement on an invented article."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.attribution import Gold, measure_given, name_nearest, read_gold, run, token_f1

TEXT = "Jane Marlow said six boats sank. “Nine men died,” the harbour police said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    rows = [
        "T1\tSource 0 11\tJane Marlow",
        "T2\tCue 12 16\tsaid",
        "T3\tContent 17 31\tsix boats sank",
        "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1",
        f"T4\tSource {TEXT.index('the')} {TEXT.index(' said.')}\tthe harbour police",
        f"T5\tContent {TEXT.index('“')} {TEXT.index('”')}\tNine men died",
        "E2\tAttribution:T9 Content:T5 Source:T4",
        "T6\tDiscard 0 4\tJane",
    ]
    (tmp_path / "attributions" / "harbour_12ab.ann").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_only_attributions_with_source_and_content_are_gold(folder: Path) -> None:
    golds = read_gold(folder / "attributions" / "harbour_12ab.ann")
    assert golds[0] == Gold(((0, 11),), ((17, 31),))
    assert len(golds) == 2


def test_the_measurement_gives_the_rules_beside_the_baseline(folder: Path) -> None:
    result = run(folder)
    assert result["n"] == 2
    assert result["metrics"]["source_f1"] == 1.0
    assert result["baseline"]["source_f1"] < 1.0


def test_the_source_of_each_given_content_is_measured_by_its_words(folder: Path) -> None:
    result = run(folder)
    assert result["metrics"]["given_content_f1"] == 1.0
    assert result["metrics"]["given_content_n"] == 2
    assert result["metrics"]["given_content_elsewhere_n"] == 0
    assert result["baseline"]["given_content_f1"] == 0.5


def test_no_source_named_counts_nothing() -> None:
    golds = [Gold(((0, 11),), ((17, 31),)), Gold(((0, 4),), ((17, 31),))]
    assert measure_given(TEXT, golds, lambda content: None) == [0.0, 0.0]
    assert measure_given(TEXT, golds, lambda content: (0, 11)) == [1.0, pytest.approx(2 / 3)]


def test_words_count_without_case_and_marks() -> None:
    assert token_f1("The mayor, 70,", "the mayor") == pytest.approx(0.8)


def test_the_baseline_names_the_nearest_speaker() -> None:
    assert name_nearest(TEXT, [])((17, 31)) == (0, 11)
