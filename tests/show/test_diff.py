"""A copy beside its original, word by word."""

from __future__ import annotations

import random
import time

import pytest

from variorum.show.diff import Compared, compare_words


def told(found: Compared) -> str:
    signs = {"same": "{}", "left out": "[-{}]", "added": "[+{}]"}
    return " ".join(signs[run.what].format(" ".join(run.text.split())) for run in found.runs)


@pytest.mark.parametrize(
    ("original", "copy", "words"),
    [
        ("", "", ""),
        ("Seven died.", "Seven died.", "Seven died."),
        ("Seven died.", "", "[-Seven died.]"),
        ("", "Seven died.", "[+Seven died.]"),
        ("a cruise missile hit it", "a missile hit it", "a [-cruise] missile hit it"),
        ("it hit the town", "it hit the old town today", "it hit the [+old] town [+today]"),
        ("one\ntwo  three", "one two\nthree", "one two three"),
        ("قُتل 12 😀 شخصا هنا", "قُتل 13 😀 شخصا هنا", "قُتل [-12] [+13] 😀 شخصا هنا"),
    ],
)
def test_words_left_out_and_added_stand_in_order(original: str, copy: str, words: str) -> None:
    assert told(compare_words(original, copy)) == words


def test_a_lone_word_in_a_rewritten_stretch_is_no_likeness() -> None:
    found = compare_words(
        "Start here. Boats of that class carry the big torpedoes daily, he says.",
        "Start here. Nobody was hurt when all of a sudden fire fell upon the sleeping villages nearby.",
    )
    assert told(found).startswith("Start here. [-Boats of that class")
    assert [run.what for run in found.runs] == ["same", "left out", "added"]


def test_the_runs_put_together_are_the_two_texts_and_say_where_they_stand() -> None:
    rng = random.Random(5)
    for _ in range(200):
        original = " ".join(rng.choices(["one", "two", "three", "four\n", "five", "😀", "ستة"], k=rng.randrange(30)))
        copy = " ".join(rng.choices(["one", "two", "three", "four\n", "five", "😀", "ستة"], k=rng.randrange(30)))
        found = compare_words(original, copy)
        ours = " ".join(run.text for run in found.runs if run.what != "added")
        theirs = " ".join(run.text for run in found.runs if run.what != "left out")
        assert ours.split() == original.split()
        assert theirs.split() == copy.split()
        for run in found.runs:
            text = copy if run.what == "added" else original
            assert text[run.start :].split()[: len(run.text.split())] == run.text.split()
        assert found.kept + found.left_out == len(original.split())


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        ("a " * 100_000, "a " * 99_000 + "b"),
        (" ".join(f"w{n}" for n in range(150_000)), " ".join(f"w{n}" for n in range(150_000, 0, -1))),
        ("x" * 1_000_000, "y" * 1_000_000),
        (" ".join(f"w{n}" for n in range(150_000)), " ".join(f"w{n}" for n in range(150_000) if n % 37)),
    ],
    ids=["one word again and again", "backwards", "one word of 1 MB", "every 37th left out"],
)
def test_texts_of_1_mb_are_compared_in_seconds(original: str, copy: str) -> None:
    start = time.process_time()
    found = compare_words(original, copy)
    assert time.process_time() - start < 10  # 0.3 to 2 s where this was written
    assert " ".join(run.text for run in found.runs if run.what != "left out").split() == copy.split()


def test_a_stretch_that_was_not_matched_is_said() -> None:
    assert compare_words("a b", "a c").whole
    assert not compare_words("a " * 30_000, "b a " * 15_000).whole
