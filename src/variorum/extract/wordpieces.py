"""Cuts words into the pieces of the encoder's vocabulary, with the place of each in the text. Pure Python.

WordPiece (Wu et al. 2016, "Google's neural machine translation system", arXiv:1609.08144) as BERT uses it (Devlin et
al. 2019, arXiv:1810.04805): a word, in small letters and without accents, is cut from the left into the longest pieces
that the vocabulary has. Invariant: ids and places are those that the weights were trained with (the package
`tokenizers`, against which the test holds it), for every text without half of a surrogate pair.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from variorum.extract.characters import DROPPED, IDEOGRAPHS, MARKS, ORDERED, PUNCTUATION, SPACES, spell_class

LONGEST_WORD = 100  # characters; a longer word is unknown as a whole
REMEMBERED = 1 << 14  # runs of characters: the words of some hundred articles
LONGEST_REMEMBERED = 30  # characters: what is remembered stays under some 50 MB, whatever texts hold; as a rule it is 5
SETTINGS = {
    "normalizer": {
        "type": "BertNormalizer",
        "clean_text": True,
        "handle_chinese_chars": True,
        "strip_accents": None,  # as `lowercase`
        "lowercase": True,
    },
    "pre_tokenizer": {"type": "BertPreTokenizer"},
}
MODEL = {
    "type": "WordPiece",
    "unk_token": "[UNK]",
    "continuing_subword_prefix": "##",
    "max_input_chars_per_word": LONGEST_WORD,
}
PLAIN = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}  # of a special token

Piece = tuple[int, int, int, bool]  # id, start, end, whether it begins a word
Letter = tuple[str, int]  # a character as the vocabulary spells it, and which one of the run it stands for


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of a text in order: ids, spans in code points of the text, whether each begins a word."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    first: list[bool]


class WordPieces:
    """A vocabulary and what it is cut with; runs of characters that came before are remembered."""

    def __init__(self, vocabulary: Mapping[str, int], special: Mapping[str, int]) -> None:
        """Take the pieces with their ids, and the tokens that stand for themselves wherever a text has them."""
        self._special = special
        self._begins = {piece: id for piece, id in vocabulary.items() if not piece.startswith("##")}
        self._goes_on = {piece[2:]: id for piece, id in vocabulary.items() if piece.startswith("##")}
        self._unknown = vocabulary["[UNK]"]
        self._longest = max(map(len, vocabulary))
        longest_first = sorted(special, key=len, reverse=True)
        self._splits = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
        alone, spaces = spell_class(PUNCTUATION), spell_class(SPACES)
        self._runs = re.compile(f"[{alone}]|[^{alone}{spaces}]+")
        self._alone = re.compile(f"[{alone}]")
        self._dropped = re.compile(f"[{spell_class(DROPPED)}]")
        self._ideograph = re.compile(f"[{spell_class(IDEOGRAPHS)}]")
        self._mark = re.compile(f"[{spell_class(MARKS)}]")
        self._ordered = re.compile(f"[{spell_class(MARKS, ORDERED)}]")
        self._cut_known = lru_cache(REMEMBERED)(self._cut_run)

    def cut(self, text: str) -> Cut:
        """Cut a text, offsets in code points. A text with half of a surrogate pair is cut as if that were a letter."""
        found = Cut([], [], [])
        low = 0
        for match in self._splits.finditer(text):
            self._cut_stretch(text, low, match.start(), found)
            found.ids.append(self._special[match.group()])
            found.offsets.append(match.span())
            found.first.append(True)
            low = match.end()
        self._cut_stretch(text, low, len(text), found)
        return found

    def _cut_stretch(self, text: str, low: int, high: int, found: Cut) -> None:
        for match in self._runs.finditer(text, low, high):
            run, base = match.group(), match.start()
            for id, start, end, first in (self._cut_known if len(run) <= LONGEST_REMEMBERED else self._cut_run)(run):
                found.ids.append(id)
                found.offsets.append((base + start, base + end))
                found.first.append(first)

    def _cut_run(self, run: str) -> tuple[Piece, ...]:
        """Cut a run without spaces; where punctuation stands in it, it was spelled otherwise before."""
        if run.isascii() and run.isalnum():
            return tuple(self._cut_word(run.lower(), range(len(run))))
        words: list[list[Letter]] = [[]]
        for letter in self._spell(run):
            if letter[0] == " ":
                words.append([])
            elif self._alone.match(letter[0]):
                words += [[letter], []]
            else:
                words[-1].append(letter)
        return tuple(
            piece
            for word in words
            if word
            for piece in self._cut_word("".join(letter for letter, _ in word), [place for _, place in word])
        )

    def _cut_word(self, word: str, places: list[int] | range) -> Iterator[Piece]:
        """Yield the pieces of a word as it is spelled in the vocabulary, or the one that stands for an unknown word."""
        known = self._begins
        pieces: list[Piece] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            for end in range(min(len(word), start + self._longest), start, -1):
                if (id := known.get(word[start:end])) is not None:
                    break
            else:
                break
            pieces.append((id, places[start], places[end - 1] + 1, start == 0))
            start, known = end, self._goes_on
        if start == len(word):
            yield from pieces
        else:
            yield self._unknown, places[0], places[-1] + 1, True

    def _spell(self, run: str) -> Iterator[Letter]:
        """Yield a run in small letters without accents, spaces around ideographs, each with its place in the run."""
        kept = []
        for place, letter in enumerate(run):
            if self._ideograph.match(letter):
                kept += [(" ", place), (letter, place), (" ", place)]
            elif not self._dropped.match(letter):
                kept.append((letter, place))
        for letter, place in self._decompose(kept):
            if not self._mark.match(letter):
                yield from ((small, place) for small in letter.lower())

    def _decompose(self, letters: list[Letter]) -> Iterator[Letter]:
        """Yield letters in Unicode's form NFD.

        What is put in another order takes the place where it now stands, and what a letter gave besides its first part
        takes the place of what stands before: so the weights were trained.
        """
        parts: list[tuple[int, str, bool]] = []  # class, part, whether it is the first of its letter
        marks: list[tuple[int, str, bool]] = []
        for letter, _ in letters:
            for number, part in enumerate(unicodedata.normalize("NFD", letter)):
                row = (unicodedata.combining(part) if self._ordered.match(part) else 0, part, number == 0)
                if row[0]:
                    marks.append(row)
                    continue
                parts += [*sorted(marks, key=lambda mark: mark[0]), row]
                marks = []
        parts += sorted(marks, key=lambda mark: mark[0])
        at = -1
        for _, part, first in parts:
            at += first
            yield part, letters[at][1]


def read_wordpieces(written: str) -> WordPieces:
    """Read a vocabulary as `tokenizer.json` has it. Raises ValueError when it asks for another way of cutting.

    What it says of truncation and padding is left aside: a text is always cut whole.
    """
    told: dict[str, Any] = json.loads(written)
    asked = {name: told.get(name) for name in SETTINGS}, {name: told["model"].get(name) for name in MODEL}
    special = told["added_tokens"]
    if asked != (SETTINGS, MODEL) or any({name: one[name] for name in PLAIN} != PLAIN for one in special):
        raise ValueError("the vocabulary is to be cut in another way than this version cuts")
    return WordPieces(told["model"]["vocab"], {one["content"]: one["id"] for one in special})
