"""Tests of annotated tokens: written out as text, each still has its words; labels become spans."""

from __future__ import annotations

from pathlib import Path

from bench.columns import bio, f1, join, read_columns


def test_tokens_written_out_keep_their_spans() -> None:
    text, spans = join(["He", "did", "n't", "pay", "(", "$", "5", ")", "."])
    assert text == "He didn't pay ($5)."
    assert [text[a:b] for a, b in spans] == ["He", "did", "n't", "pay", "(", "$", "5", ")", "."]


def test_a_new_beginning_starts_a_new_span() -> None:
    labels = ["B-PER", "I-PER", "B-PER", "O", "I-LOC"]
    assert bio(labels, [(0, 2), (3, 5), (6, 8), (9, 11), (12, 14)], {"PER": "P", "LOC": "L"}) == [
        (0, 5, "P"),
        (6, 8, "P"),
        (12, 14, "L"),
    ]


def test_a_label_without_a_name_is_dropped_and_ends_what_went_before() -> None:
    assert bio(["B-PER", "B-X", "I-PER"], [(0, 1), (2, 3), (4, 5)], {"PER": "P"}) == [(0, 1, "P"), (4, 5, "P")]


def test_sentences_end_at_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("# id = 1\nRain\tO\nfell\tO\n\nStop\tB-X\n", encoding="utf-8")
    assert list(read_columns(tmp_path / "a.tsv", 0, 1)) == [(["Rain", "fell"], ["O", "O"]), (["Stop"], ["B-X"])]


def test_nothing_right_is_nought() -> None:
    assert f1(3, 0, 0) == {"f1": 0.0, "precision": 0.0, "recall": 0.0}


def test_the_mean_of_one_half_and_one() -> None:
    assert f1(2, 1, 1) == {"f1": 0.6667, "precision": 1.0, "recall": 0.5}
