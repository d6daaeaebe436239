"""Tests of the tagger: same words, same tags; every tag lies on words of the text; missing weights are said."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import VariorumError
from variorum.extract import tagger
from variorum.extract.sentences import split_sentences
from variorum.extract.tagger import Tags, batches, load_tagger, tag

WEIGHTS = files("variorum.extract") / "weights"
TEXT = "Shelling hit a bakery in Homs on Tuesday, the mayor said."


def tags_of(text: str) -> Tags:
    return tag(text, [(one.start, one.end) for one in split_sentences(text)])


@given(st.text(max_size=200))
def test_any_text_can_be_tagged_and_every_tag_lies_in_it(text: str) -> None:
    tags = tag(text, [(0, len(text))])
    for head in ("names", "things", "event", "content"):
        for one in tags.spans(head):
            assert 0 <= one.start < one.end <= len(text)
            assert 0 < one.score <= 1.001


def test_no_sentences_give_no_tags() -> None:
    assert tag(TEXT, []).words == []


def test_the_same_text_has_the_same_tags_each_time() -> None:
    first, _, again = tags_of(TEXT), tags_of("The harvest was good. " * 40), tags_of(TEXT)
    assert np.array_equal(first.logits, again.logits)
    assert np.array_equal(first.ask, again.ask)


def test_a_place_is_a_place() -> None:
    assert ("Homs", "LOC") in [(TEXT[one.start : one.end], one.label) for one in tags_of(TEXT).spans("names")]


def test_a_strike_is_a_strike_that_happened() -> None:
    tags = tags_of(TEXT)
    assert [TEXT[one.start : one.end] for one in tags.spans("event")] == ["Shelling", "hit"]
    assert (tags.classed("kind", 0)[0], tags.classed("realis", 0)[0]) == ("strike", "happened")


def test_an_event_points_at_its_place() -> None:
    tags = tags_of(TEXT)
    words, chances, nothing = tags.points("place", 0, 8)
    best = tags.words[words[int(chances.argmax())]]
    assert TEXT[best[0] : best[1]] == "Homs"
    assert float(chances.max()) > nothing


def test_chances_of_a_pointer_sum_to_one() -> None:
    _, chances, nothing = tags_of(TEXT).points("place", 0, 8)
    assert float(chances.sum()) + nothing == pytest.approx(1, abs=1e-4)


def test_a_stretch_without_words_points_at_nothing() -> None:
    words, _, nothing = tags_of(TEXT).points("place", 8, 9)
    assert (len(words), nothing) == (0, 1.0)


def test_leaning_finds_more_not_less() -> None:
    tags = tags_of(TEXT)
    plain = sum(one.end - one.start for one in tags.spans("things"))
    leaning = sum(one.end - one.start for one in tags.spans("things", lean=4.0))
    assert leaning >= plain > 0


def test_batches_hold_every_window_once_and_no_more_than_fits() -> None:
    sizes = [3, 3, 4, 9, 9, 10]
    groups = list(batches(sizes, 20))
    assert [at for group in groups for at in group] == [0, 1, 2, 3, 4, 5]
    assert all(len(group) == 1 or max(sizes[at] for at in group) * len(group) <= 20 for group in groups)


def test_missing_weights_are_said_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load_tagger.cache_clear()
    monkeypatch.setattr(tagger, "files", lambda package: tmp_path)
    with pytest.raises(VariorumError, match="weights of the tagger"):
        load_tagger()
    monkeypatch.undo()
    load_tagger.cache_clear()


@pytest.mark.parametrize("name", ["reader.onnx", "reader.json", "tokenizer.json"])
def test_damaged_weights_stop_the_reader_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "weights").mkdir()
    for file in ("reader.onnx", "reader.json", "tokenizer.json"):
        (tmp_path / "weights" / file).write_bytes((WEIGHTS / file).read_bytes())
    (tmp_path / "weights" / name).write_bytes(b"{}" if name != "reader.onnx" else b"cut short")
    load_tagger.cache_clear()
    monkeypatch.setattr(tagger, "files", lambda package: tmp_path)
    with pytest.raises(VariorumError, match="weights of the tagger"):
        load_tagger()
    monkeypatch.undo()
    load_tagger.cache_clear()


def test_the_weights_are_those_that_the_report_beside_them_tells_of() -> None:
    told = json.loads((WEIGHTS / "reader.json").read_text(encoding="utf-8"))
    assert hashlib.sha256((WEIGHTS / "reader.onnx").read_bytes()).hexdigest() == told["sha256"]
    assert {"licences", "training", "metrics", "date", "base"} <= told.keys()
    assert told["training"]


def test_the_weights_stay_under_25_megabytes() -> None:
    assert sum(len((WEIGHTS / name).read_bytes()) for name in ("reader.onnx", "tokenizer.json")) < 25_000_000
