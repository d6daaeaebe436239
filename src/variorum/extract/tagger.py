"""The trained reader: one small encoder that tags a text's words and links them, run in int8 by onnxruntime.

What it gives is evidence with a probability; what becomes of it is decided where the rules are (`evidence.py` and the
modules that ask it). The weights are in `weights/`, made as `training/reader` tells, with what the outputs mean beside
them in `reader.json`. Invariant: the same text gives the same tags, whatever was read before. Its sentences share one
scale of int8, so a sentence by itself may have other digits.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.errors import VariorumError
from variorum.extract.pieces import Pieces, Span, cut
from variorum.extract.wordpieces import WordPieces, read_wordpieces

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

WINDOW = 192  # pieces; training cuts the same way, and a longer window costs more than it finds
BATCH = 2048  # pieces that go through the encoder at once: larger only takes more memory


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of the text with its label and the least probability among its words."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of the output belong to which head, and which label each column means."""

    columns: dict[str, Span]
    labels: dict[str, tuple[str, ...]]
    links: tuple[str, ...]
    link_size: int


@dataclass
class Tags:
    """The tags of one text: a row a word; words are told by their place in the list."""

    text: str
    layout: Layout
    words: list[Span]
    window_of: NDArray[np.int32]  # [words]
    logits: NDArray[np.float32]  # [words, columns]
    ask: NDArray[np.float32]  # [words, links, size]
    answer: NDArray[np.float32]  # [words, links, size]
    nothing: NDArray[np.float32]  # [windows, links, size]: what a link that points at nothing points at
    _cache: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    _spans: dict[tuple[str, float], list[Tagged]] = field(default_factory=dict)

    def probabilities(self, head: str) -> NDArray[np.float32]:
        """Give the probability of each label of a head for each word, [words, labels]."""
        if head not in self._cache:
            start, end = self.layout.columns[head]
            self._cache[head] = _softmax(self.logits[:, start:end])
        return self._cache[head]

    def spans(self, head: str, least: float = 0.0, *, lean: float = 0.0) -> list[Tagged]:
        """Give the stretches a sequence head marks, in order; `least` is the mean probability asked for.

        `lean` is taken off the log odds of *no mark* first: more stretches, each found whole, to be sifted by `least`.
        """
        if (head, lean) not in self._spans:
            self._spans[head, lean] = self._decode(head, lean)
        return [one for one in self._spans[head, lean] if one.score >= least]

    def _decode(self, head: str, lean: float) -> list[Tagged]:
        start, end = self.layout.columns[head]
        chances = self.probabilities(head)
        if lean:
            held = self.logits[:, start:end].copy()
            held[:, 0] -= lean
            chances = _softmax(held)
        best = chances.argmax(-1).tolist()
        names = self.layout.labels[head]
        found: list[Tagged] = []
        scores = [0.0]
        start = -1
        for at in range(len(best) + 1):
            label = best[at] if at < len(best) else 0
            if not label and start < 0:
                continue  # as a rule nine words of ten
            kind = (label - 1) // 2 if label else -1
            goes_on = (
                start >= 0
                and label > 0
                and label % 2 == 0
                and kind == (best[at - 1] - 1) // 2
                and self.window_of[at] == self.window_of[at - 1]
            )
            if start >= 0 and not goes_on:
                name = names[(best[at - 1] - 1) // 2]
                found.append(Tagged(self.words[start][0], self.words[at - 1][1], name, sum(scores) / len(scores)))
                start = -1
            if label and start < 0:
                start, scores = at, []
            if label:
                scores.append(float(chances[at, label]))
        return found

    def inside(self, start: int, end: int) -> range:
        """Give the words that begin in a half-open stretch of the text."""
        starts = self._starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

    def classed(self, head: str, offset: int) -> tuple[str, float]:
        """Give the likeliest label of a word head for the word at an offset, and its probability."""
        rows = self.inside(offset, offset + 1)
        if not rows:
            rows = range(max(0, bisect_left(self._starts, offset) - 1), len(self.words))
        chances = self.probabilities(head)[rows[0]].tolist()
        sure = max(chances)
        return self.layout.labels[head][chances.index(sure)], sure

    def points(self, role: str, start: int, end: int) -> tuple[range, NDArray[np.float32], float]:
        """Say where the words of a stretch point for a role.

        Gives the words of their window, the probability of each to be pointed at (mean over the stretch), and the
        probability that they point at nothing.
        """
        rows = self.inside(start, end)
        if not rows:
            return range(0), np.zeros(0, np.float32), 1.0
        number = self.layout.links.index(role)
        window = self._windows[rows[len(rows) // 2]]
        low, high = bisect_left(self._windows, window), bisect_right(self._windows, window)
        kept = [at for at in rows if low <= at < high]
        keys = np.concatenate([self.nothing[window, number][None], self.answer[low:high, number]])
        chances = _softmax(self.ask[kept, number] @ keys.T).mean(0)
        return range(low, high), chances[1:], float(chances[0])

    # Lists, because a look-up in an array of a few hundred takes ten times as long as `bisect` in a list.
    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.words]

    @cached_property
    def _windows(self) -> list[int]:
        windows: list[int] = self.window_of.tolist()
        return windows


def tag(text: str, sentences: Sequence[Span]) -> Tags:
    """Tag a text; `sentences` are its half-open stretches to be read, in order.

    Raises VariorumError when the weights cannot be loaded.
    """
    model = load_tagger()
    windows = [
        piece
        for low, high in _runs(sentences)
        for piece in _shifted(cut(model.vocabulary, *_part(text, sentences, low, high), WINDOW), sentences[low][0])
    ]
    return model.read(text, windows)


def _runs(sentences: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Give runs of sentences with nothing unread between them."""
    low = 0
    for at in range(1, len(sentences) + 1):
        if at == len(sentences) or sentences[at][0] - sentences[at - 1][1] > 8:
            yield low, at
            low = at


def _part(text: str, sentences: Sequence[Span], low: int, high: int) -> tuple[str, list[Span]]:
    base = sentences[low][0]
    return text[base : sentences[high - 1][1]], [(a - base, b - base) for a, b in sentences[low:high]]


def _shifted(windows: Iterator[Pieces], base: int) -> Iterator[Pieces]:
    for piece in windows:
        yield Pieces(piece.ids, piece.cases, [(a + base, b + base) for a, b in piece.offsets], piece.first)


def _softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(values - values.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Model:
    """The loaded weights: what cuts a text into pieces, what reads them, and what the outputs mean."""

    vocabulary: WordPieces
    session: InferenceSession
    layout: Layout

    def read(self, text: str, windows: Sequence[Pieces]) -> Tags:
        """Run the encoder over windows and keep the rows of pieces that start a word."""
        size = self.layout.link_size
        links = len(self.layout.links)
        order = sorted(range(len(windows)), key=lambda at: len(windows[at].ids))
        told: dict[int, tuple[NDArray[np.float32], ...]] = {}
        for group in batches([len(windows[at].ids) for at in order]):
            rows = [windows[order[at]] for at in group]
            for at, out in zip(group, self.run(rows), strict=True):
                told[order[at]] = out
        words: list[Span] = []
        parts: list[tuple[NDArray[np.float32], ...]] = []
        numbers: list[int] = []
        nothing = []
        for number, piece in enumerate(windows):
            heads = [at for at, first in enumerate(piece.first) if first]
            ends = [*heads[1:], len(piece.ids) - 1]
            words += [(piece.offsets[a][0], piece.offsets[b - 1][1]) for a, b in zip(heads, ends, strict=True)]
            numbers += [number] * len(heads)
            logits, ask, answer = told[number]
            parts.append((logits[heads], ask[heads], answer[heads]))
            nothing.append(answer[0])
        columns = max(end for _, end in self.layout.columns.values())
        empty = (np.zeros((0, columns), np.float32), *(np.zeros((0, links * size), np.float32),) * 2)
        logits, ask, answer = (np.concatenate(rows) for rows in zip(*(parts or [empty]), strict=True))
        return Tags(
            text,
            self.layout,
            words,
            np.array(numbers, np.int32),
            logits,
            ask.reshape(-1, links, size),
            answer.reshape(-1, links, size),
            np.array(nothing, np.float32).reshape(-1, links, size),
        )

    def run(self, rows: Sequence[Pieces]) -> list[tuple[NDArray[np.float32], ...]]:
        """Run one batch of windows; gives head logits and link vectors of each, padding cut off."""
        longest = max(len(row.ids) for row in rows)
        ids = np.zeros((len(rows), longest), np.int64)
        cases = np.full((len(rows), longest), 5, np.int64)
        for at, row in enumerate(rows):
            ids[at, : len(row.ids)] = row.ids
            cases[at, : len(row.ids)] = row.cases
        out = self.session.run(None, {"ids": ids, "cases": cases})
        return [tuple(part[at, : len(row.ids)] for part in out) for at, row in enumerate(rows)]


def batches(sizes: Sequence[int], limit: int = BATCH) -> Iterator[list[int]]:
    """Put windows of these sizes, ascending, into groups that go through the encoder together; gives their places."""
    now: list[int] = []
    for at, size in enumerate(sizes):
        if now and size * (len(now) + 1) > limit:
            yield now
            now = []
        now.append(at)
    if now:
        yield now


@cache
def load_tagger() -> Model:
    """Load the shipped weights once a process, one thread each: articles, not matrices, are shared out to cores.

    Raises VariorumError when they are not there.
    """
    folder = files("variorum.extract") / "weights"
    try:
        return _load(folder)
    except Exception as error:  # missing, cut short or of another program: each library has errors of its own for it
        raise VariorumError(
            f"the weights of the tagger cannot be read: {type(error).__name__}: {error}",
            "install the package again, or switch the tagger off (tagger = false)",
        ) from error


def _load(folder: Traversable) -> Model:
    from onnxruntime import InferenceSession, SessionOptions

    told: dict[str, Any] = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    vocabulary = read_wordpieces((folder / "tokenizer.json").read_text(encoding="utf-8"))
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = InferenceSession((folder / "reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"])
    heads = told["heads"]
    layout = Layout(
        {name: (row["columns"][0], row["columns"][1]) for name, row in heads.items()},
        {name: tuple(row["labels"]) for name, row in heads.items()},
        tuple(told["links"]),
        told["link_size"],
    )
    return Model(vocabulary, session, layout)


def weights_match() -> bool:
    """Tell whether the weights are those that the report beside them tells of, by their SHA-256."""
    folder = files("variorum.extract") / "weights"
    told = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    return bool(hashlib.sha256((folder / "reader.onnx").read_bytes()).hexdigest() == told["sha256"])
