"""What words are like: one fixed vector for each word or piece of a word, and of passages by their rarer words.

Static vectors, distilled by this project from MiniLM-L6 (Wang et al. 2020) as model2vec does (Minish Lab 2024): each
word went through the encoder alone. They know that "gunfire" is near "shooting", nothing of the words around.
Invariant: the vector of a passage depends on that passage alone: the same in any batch, and on any processor to about
1e-6 (sums of float32 in the order of the words; no matrix products, no threads).
Recipe: training/words/README.md; digest and figures: data/vectors.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from variorum.values.rarity import rarity, words_of

DIM = 96
# Weight of a word: its rarity to this power. Little changes from 1 to 2 (AUC of sentences of one event against others
# of its topic, ECB+ outside the dev topics: .663, .660; with 3 .648). The matcher's weights were fitted with 2; fit
# them again (training/matcher) after a change here.
SHARPNESS = 2.0
_PASSAGES = 2048  # embedded at once: 30 words each make 24 MB
_Row = NDArray[np.float32]


@cache
def _pieces() -> tuple[dict[str, int], NDArray[np.int8]]:
    with np.load(BytesIO(files("variorum.values").joinpath("data/vectors.npz").read_bytes())) as told:
        names = bytes(told["names"]).decode("ascii").split("\n")
        return {name: row for row, name in enumerate(names)}, told["rows"]


def pieces_of(word: str) -> list[str]:
    """Cut a word into the longest known pieces from its left (WordPiece); nothing where a letter is not known."""
    known = _pieces()[0]
    found: list[str] = []
    at = 0
    while at < len(word):
        mark = "##" if at else ""
        end = next((end for end in range(len(word), at, -1) if mark + word[at:end] in known), at)
        if end == at:
            return []
        found.append(mark + word[at:end])
        at = end
    return found


@lru_cache(maxsize=30_000)  # 12 MB; a collection of news uses about so many words
def _weighted(word: str) -> _Row | None:
    """Give a word's vector times its weight: the mean direction of its pieces; None for a word of unknown letters."""
    names, rows = _pieces()
    pieces = pieces_of(word[:40])
    if not pieces:
        return None
    parts = rows[[names[piece] for piece in pieces]].astype(np.float32)
    lengths = np.sqrt((parts * parts).sum(axis=1, keepdims=True))
    mean: _Row = (parts / lengths).mean(axis=0) * np.float32(rarity(word) ** SHARPNESS)
    return mean


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Give one vector of length one for each passage, [n, DIM]; zeros where it has no word of known letters.

    Latin letters and figures are known, accents are left away. The likeness of two passages is the dot product.
    """
    out = np.zeros((len(texts), DIM), np.float32)
    for start in range(0, len(texts), _PASSAGES):
        index: dict[str, int] = {}  # of the words of these passages; -1 for one of unknown letters
        rows: list[_Row] = []
        at: list[int] = []
        firsts: list[int] = []
        where: list[int] = []
        for number, text in enumerate(texts[start : start + _PASSAGES], start):
            before = len(at)
            for word in words_of(text):
                row = index.get(word)
                if row is None:
                    vector = _weighted(word)
                    row = index[word] = -1 if vector is None else len(rows)
                    if vector is not None:
                        rows.append(vector)
                if row >= 0:
                    at.append(row)
            if len(at) > before:
                firsts.append(before)
                where.append(number)
        if where:
            sums = np.add.reduceat(np.stack(rows)[at], firsts, axis=0)
            lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
            out[where] = sums / np.where(lengths > 0, lengths, np.float32(1))
    return out
