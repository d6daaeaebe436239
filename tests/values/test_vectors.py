"""That likeness of words is known, fixed, and depends on the two passages alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest

from variorum.values.vectors import DIM, embed, pieces_of

DATA = files("variorum.values").joinpath("data")
PASSAGES = [
    "Gunmen opened fire on a bus near Tarsk, killing 6 passengers",
    "",
    "Six died when attackers shot at a coach outside Tarsk",
    "The harvest was the best in years, farmers said",
    "…",
]


def likeness(left: str, right: str) -> float:
    a, b = embed([left, right])
    return float(a @ b)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("shot", "shooting", "harvest"),
        ("shooting", "gunfire", "treaty"),
        ("gunfire", "shot", "kidnapped"),
        ("airstrike", "bombing", "election"),
        ("airstrike", "strike", "election"),
        ("warplanes", "aircraft", "ceasefire"),
        ("shelling", "bombardment", "harvest"),
        ("strike", "strikes", "ceasefire"),
        ("kidnapped", "abducted", "exploded"),
        ("killed", "dead", "arrested"),
        ("wounded", "injured", "arrested"),
        ("ceasefire", "truce", "bombing"),
        ("helicopter", "aircraft", "hostage"),
        ("17", "18", "mosque"),
    ],
)
def test_words_of_one_matter_are_more_alike(word: str, near: str, far: str) -> None:
    assert likeness(word, near) > likeness(word, far) + 0.1


def test_passages_of_one_event_in_other_words_are_more_alike() -> None:
    rows = embed(PASSAGES)
    assert rows[0] @ rows[2] > rows[0] @ rows[3] + 0.2


def test_each_passage_has_length_one_or_is_empty() -> None:
    rows = embed([*PASSAGES, "مدينة حلب", "zqxv"])
    assert rows.shape == (7, DIM)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1, 1, 0, 0, 1], abs=1e-5)
    assert embed([]).shape == (0, DIM)


def test_case_accents_and_ways_to_write_a_number_change_nothing() -> None:
    assert (embed(["Seventeen in Al-Ḥasakah"]) == embed(["17 IN al hasakah"])).all()


def test_an_unknown_word_is_read_by_its_pieces() -> None:
    assert pieces_of("warplanes") == ["warplanes"]
    assert len(pieces_of("kesselpoint")) > 1
    assert pieces_of("ж") == []
    assert likeness("zqxvburg", "zqxvburg") == pytest.approx(1, abs=1e-5)


def test_neither_the_batch_nor_its_order_changes_a_vector() -> None:
    many = [f"{text} {number}" for number in range(1200) for text in PASSAGES]
    rows = embed(many)
    assert (embed(many[::-1])[::-1] == rows).all()
    assert (np.concatenate([embed([text]) for text in many[:50]]) == rows[:50]).all()


def test_the_vectors_are_the_ones_that_their_record_tells_of() -> None:
    told = json.loads(DATA.joinpath("vectors.json").read_text(encoding="utf-8"))
    data = DATA.joinpath("vectors.npz").read_bytes()
    assert hashlib.sha256(data).hexdigest() == told["sha256"]
    assert told["dim"] == DIM
    assert len(data) <= 4_000_000


def test_the_command_line_starts_without_them() -> None:
    told = (
        "import sys, variorum.cli; print([m for m in sys.modules if m.startswith('variorum.values.') or m == 'numpy'])"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert "variorum.values.vectors" not in found
    assert "variorum.values.rarity" not in found
    assert "'numpy'" not in found
