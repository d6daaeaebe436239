"""The attribution measurement on an invented article."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.attribution import Gold, read_gold, run

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
