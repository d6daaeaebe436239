"""Tests of the event-location reader: places given by the numbers of their words are found by their words."""

from __future__ import annotations

import json
from pathlib import Path

from bench.placefile import read_pairs

TEXT = "Guards shot two men near Deraqa, far from Homs."
VERB = {"start": 7, "end": 11, "label": "VERB"}


def write(path: Path, spans: list[dict[str, object]]) -> Path:
    path.write_text(json.dumps({"text": TEXT, "spans": spans}) + "\n", encoding="utf-8")
    return path


def test_offsets_are_taken_as_they_are(tmp_path: Path) -> None:
    place = {"start": 25, "end": 31, "token_start": 5, "token_end": 5, "label": "LOCATION"}
    assert list(read_pairs(write(tmp_path / "a", [VERB, place]))) == [(TEXT, (7, 11), [(25, 31)])]


def test_numbers_of_words_are_looked_up(tmp_path: Path) -> None:
    place = {"start": 9, "end": 9, "token_start": 9, "token_end": 9, "label": "LOCATION", "text": "Homs"}
    assert list(read_pairs(write(tmp_path / "a", [VERB, place]))) == [(TEXT, (7, 11), [(42, 46)])]


def test_a_text_with_two_verbs_is_left_out(tmp_path: Path) -> None:
    assert list(read_pairs(write(tmp_path / "a", [VERB, VERB]))) == []
