"""Promises 4 to 7 over random histories with an invented reader: a small part of those of `python -m bench histories`.

A history that fails is printed as a seed: `bench.histories.play(seed, folder=...)` plays it again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.histories import play, play_many
from bench.history_checks import Broken, deed_words
from bench.history_deeds import Deed, draw

from thorough import part
from variorum.pipeline.carrying import Carrier

EACH = 5


@pytest.mark.parametrize("first", range(0, part(6) * EACH, EACH))
def test_promises_hold_in_random_histories(first: int) -> None:
    counts, broken = play_many(first, EACH)
    assert broken == []
    assert counts["histories"] == EACH


# Where a retired id leads hung on the order in which names were told, or on what the words are read as now.
@pytest.mark.parametrize("seed", [389, 456, 551, 618, 696, 776])
def test_a_history_that_once_broke_a_promise_keeps_it(seed: int, tmp_path: Path) -> None:
    assert play(seed, folder=tmp_path)["id kept"] > 0


def play_all(folder: Path) -> None:
    for seed in range(100):
        play(seed, folder=folder)


def test_a_decision_that_is_live_twice_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Carrier, "_move_away", Carrier._forget)
    with pytest.raises(Broken, match=r"promise 7: .+ is live in"):
        play_all(tmp_path)


def test_an_id_that_leads_nowhere_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.resolve.identity._successor", lambda *_: ("", "gone"))
    with pytest.raises(Broken, match=r"promise 6: .+ leads to nothing"):
        play_all(tmp_path)


def test_a_history_is_printed_as_python_that_plays_it_again() -> None:
    assert eval(deed_words(draw(3)), {"Deed": Deed}) == draw(3)
