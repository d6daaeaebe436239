"""That the shipped table of rare words gives the same likeness whatever else was read."""

from __future__ import annotations

import hashlib
import json
import math
import random
from importlib.resources import files

import pytest

from variorum.values.rarity import cosine, listed, rarity, vector_of, words_of

DATA = files("variorum.values").joinpath("data")
BOATS = "Gunmen in two boats attacked the ferry landing at Kessel Point on Friday, wounding 17 people"
BOATS_AGAIN = "Seventeen people were hurt when armed men in boats raided the Kessel Point landing"
MARKET = "A car bomb exploded outside the vegetable market in Tarsk, police said, killing 6"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At least 1,200 people fled.", ["at", "least", "1200", "people", "fled"]),
        ("seventeen dead, Forty-two hurt", ["17", "dead", "42", "hurt"]),
        ("thirty one of twenty", ["31", "of", "20"]),
        ("of 1,200, 3,400,000 and", ["of", "1200", "3400000", "and"]),
        ("on 3,14 and 12,3456", ["on", "3", "14", "and", "12", "3456"]),
        ("the Café in Al-Ḥasakah", ["the", "cafe", "in", "al", "hasakah"]),
        ("one man's gun", ["one", "man", "s", "gun"]),
        ("…", []),
    ],
)
def test_words_are_small_plain_letters_and_figures(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(("rarer", "commoner"), [("kidnapped", "killed"), ("killed", "the"), ("ferry", "police")])
def test_a_word_of_fewer_texts_is_rarer(rarer: str, commoner: str) -> None:
    assert rarity(rarer) > rarity(commoner)


def test_a_word_that_is_not_listed_is_rarest() -> None:
    assert rarity("zqxv") == max(rarity("zqxv"), *map(rarity, listed()))


def test_a_word_is_looked_up_as_it_is_counted() -> None:
    assert rarity("Seventeen") == rarity("17") < rarity("zqxv")
    assert rarity("KILLED") == rarity("killed")


def test_reports_of_one_event_are_more_alike_than_others() -> None:
    assert cosine(vector_of(BOATS), vector_of(BOATS_AGAIN)) > 0.3
    assert cosine(vector_of(BOATS), vector_of(MARKET)) < 0.1


def test_the_same_figure_makes_alike() -> None:
    other = BOATS_AGAIN.replace("Seventeen", "Eighteen")
    assert cosine(vector_of(BOATS), vector_of(BOATS_AGAIN)) > cosine(vector_of(BOATS), vector_of(other))


def test_words_of_every_other_text_have_no_weight() -> None:
    assert vector_of("in the of and") == {}
    assert "the" not in vector_of(BOATS)


def test_a_vector_has_length_one_or_is_empty() -> None:
    assert math.fsum(w * w for w in vector_of(BOATS).values()) == pytest.approx(1, abs=1e-12)
    assert vector_of("") == {}
    assert cosine(vector_of(""), vector_of(BOATS)) == 0
    assert cosine(vector_of(BOATS), vector_of(BOATS)) == pytest.approx(1, abs=1e-12)


def test_words_may_be_given_in_place_of_text() -> None:
    assert vector_of(words_of(BOATS)) == vector_of(BOATS)


def test_the_order_of_words_and_of_the_two_passages_leaves_no_trace() -> None:
    words = words_of(BOATS)
    draw = random.Random(4)
    for _ in range(20):
        mixed = draw.sample(words, len(words))
        assert vector_of(mixed) == vector_of(words)
        assert cosine(vector_of(mixed), vector_of(BOATS_AGAIN)) == cosine(vector_of(BOATS_AGAIN), vector_of(words))


def test_the_table_is_the_one_that_its_record_tells_of() -> None:
    told = json.loads(DATA.joinpath("rarity.json").read_text(encoding="utf-8"))
    table = DATA.joinpath("rarity.txt").read_bytes()
    assert hashlib.sha256(table).hexdigest() == told["sha256"]
    assert len(listed()) == told["words"]
    assert len(table) < 300_000
    assert sum(one["texts"] for one in told["sets"].values()) == told["texts"]
    assert all(words_of(word) == [word] for word in listed())
