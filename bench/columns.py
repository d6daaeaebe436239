"""Reads annotated tokens: files in columns, tokens written out as running text, B-/I- labels turned into spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

Span = tuple[int, int, str]


def join(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write tokens out as running text and give each one's half-open span."""
    text, spans = "", []
    for token in tokens:
        glued = not text or text[-1] in "([$£€“" or re.match(r"^(?:[,.;:!?)\]%”]|['’]\w{0,2}$|n['’]t$)", token)
        text += ("" if glued else " ") + token
        spans.append((len(text) - len(token), len(text)))
    return text, spans


def bio(labels: Sequence[str], spans: Sequence[tuple[int, int]], names: Mapping[str, str]) -> list[Span]:
    """Turn B-/I- labels of tokens into spans, labels renamed by `names` (those not in it are dropped)."""
    found: list[Span] = []
    before = "O"
    for label, (start, end) in zip(labels, spans, strict=True):
        kind = names.get(label[2:], "")
        if label.startswith("I-") and before[2:] == label[2:] and kind:
            found[-1] = (found[-1][0], end, kind)
        elif label != "O" and kind:
            found.append((start, end, kind))
        before = label
    return found


def read_columns(path: Path, token: int, label: int) -> Iterator[tuple[list[str], list[str]]]:
    """Give the sentences of a file in columns: tokens and their labels."""
    tokens: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split("\t")
        if line.startswith("# ") or len(parts) <= max(token, label):
            if tokens:
                yield tokens, labels
            tokens, labels = [], []
            continue
        tokens.append(parts[token])
        labels.append(parts[label])


def f1(gold: int, told: int, right: int) -> dict[str, float]:
    """Give precision, recall and their harmonic mean from three counts."""
    precision, recall = (right / told if told else 0.0), (right / gold if gold else 0.0)
    both = precision + recall
    return {
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }
