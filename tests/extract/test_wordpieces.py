"""Tests of cutting words into pieces: ids and places are those of `tokenizers`, with which the weights were trained."""

from __future__ import annotations

import json
import random
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from variorum.extract.tagger import load_tagger
from variorum.extract.wordpieces import read_wordpieces

HOME = Path(__file__).parents[2]
WRITTEN = (files("variorum.extract") / "weights" / "tokenizer.json").read_text(encoding="utf-8")
ODD = [
    *"İßﬁǰΐΣςÅÅẞſǅŉ",  # letters whose small form is another, or longer, or that are several
    *"\u0301\u0323\u0344\u0345\u0f73\u302e\u1df6\u08d4\u0898\U0001d165",  # marks: in and out of order, old and young
    *"\u200b\u200d\u00ad\ufeff\ufffd\x00\x0b\x0c\x1c\x7f\x85\u061c\ue000\U000f0000",  # nothing to be seen
    *" \u00a0\u2009\u3000\u2028\n\t",
    *"中国\uf900\U0002f800ひカ가각ﷺمسﻻ",
    *"“”’—…‹¿·;`^$€£§·٪。\u2e43\U00011fff",  # \u2e43: punctuation since Unicode 9.0
    *"\U0001f600\U0001f468\ufe0f١४๓²½Ⅷ",
    *("[SEP]", "[CLS]", "[PAD]", "[UNK]", "[MASK]", "[sep]", "[SE", "##ing", "[[SEP]]"),
    *("killed", "Deraqa", "café", "e\u0301", "naïve", "ﬀordable", "x" * 99, "é" * 51, "가" * 34, "a\u0301" * 100),
]


@cache
def independent() -> Tokenizer:
    return Tokenizer.from_str(WRITTEN)


Pieces = tuple[list[int], list[tuple[int, int]], list[bool]]


def ours(text: str) -> Pieces:
    found = load_tagger().vocabulary.cut(text)
    return found.ids, found.offsets, found.first


def theirs(text: str) -> Pieces:
    told = independent().encode(text, add_special_tokens=False)
    first = [at == 0 or told.word_ids[at - 1] != word for at, word in enumerate(told.word_ids)]
    return told.ids, told.offsets, first


def reports() -> Iterator[str]:
    for path in sorted((HOME / "examples" / "reports").iterdir()):
        yield path.read_text(encoding="utf-8")
    for path in sorted((HOME / "bench" / "gold").rglob("*.toml")):
        yield from strings(tomllib.loads(path.read_text(encoding="utf-8")))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_reports_are_cut_as_the_weights_were_trained() -> None:
    texts = list(reports())
    assert len(texts) > 1000
    for text in texts:
        assert ours(text) == theirs(text)


@given(st.lists(st.sampled_from(ODD) | st.text(max_size=6), max_size=24).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_text_is_cut_as_the_weights_were_trained(text: str) -> None:
    assert ours(text) == theirs(text)


def test_every_odd_character_beside_every_other_is_cut_so() -> None:
    letters = [one for one in ODD if len(one) == 1]
    for one in letters:
        text = " ".join(f"a{one}{other}b {one}{other}" for other in letters)
        assert ours(text) == theirs(text)


def test_every_character_of_the_first_planes_is_cut_so() -> None:
    draw = random.Random(7)
    for low in range(0, 0x20000, 0x100):
        if 0xD800 <= low < 0xE000:  # halves of pairs
            continue
        row = [chr(draw.randrange(low, low + 0x100)) for _ in range(40)]
        text = " ".join(f"{letter} a{letter}b" for letter in row) + "".join(row)
        assert ours(text) == theirs(text)


def test_punctuation_of_every_category_is_a_word_of_its_own() -> None:
    signs = {unicodedata.category(sign): sign for sign in "_-(«»)!"}
    assert sorted(signs) == ["Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"]
    for sign in signs.values():
        found = load_tagger().vocabulary.cut(f"one{sign}two")
        assert (found.offsets, found.first) == ([(0, 3), (3, 4), (4, 7)], [True] * 3)


def test_the_second_time_gives_the_same_as_the_first() -> None:
    vocabulary = read_wordpieces(WRITTEN)
    text = "Shelling hit Deraqa’s café; Deraqa’s mayor said “no”."
    assert vocabulary.cut(text) == vocabulary.cut(text)


def test_no_long_run_is_kept_in_memory() -> None:
    vocabulary = read_wordpieces(WRITTEN)
    assert vocabulary.cut("é" * 5000 + " x").offsets == [(0, 5000), (5001, 5002)]
    assert vocabulary._cut_known.cache_info().currsize == 1


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [("normalizer", "lowercase", False), ("model", "max_input_chars_per_word", 50), ("model", "type", "BPE")],
)
def test_a_vocabulary_that_is_cut_in_another_way_is_refused(part: str, name: str, value: object) -> None:
    told = json.loads(WRITTEN)
    told[part][name] = value
    with pytest.raises(ValueError, match="another way"):
        read_wordpieces(json.dumps(told))


def test_a_special_token_that_takes_spaces_with_it_is_refused() -> None:
    told = json.loads(WRITTEN)
    told["added_tokens"][0]["lstrip"] = True
    with pytest.raises(ValueError, match="another way"):
        read_wordpieces(json.dumps(told))
