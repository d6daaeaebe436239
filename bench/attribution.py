"""Measures attribution on PolNeAR: is the right source found for each claim? Measure only, nothing of it is kept.

A claim is a gold content span; its source is right where the attribution that covers most of it has a source that
overlaps the gold source. `elsewhere` counts only claims whose source stands in another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.extract.attribution import Attribution, find_attributions
from variorum.extract.sentences import Sentence, split_sentences

Span = tuple[int, int]
# The nearest "X said" of the same sentence: a capitalised name or a pronoun beside a verb of saying.
NEAREST = re.compile(
    r"(?P<left>(?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'.-]+|\b[Hh]e|\b[Ss]he|\b[Tt]hey)\s+(?:said|says|told|added|wrote"
    r"|tweeted)\b"
    r"|\b(?:said|says|according to)\s+(?P<right>(?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'.-]+)"
)


@dataclass(frozen=True)
class Gold:
    """One annotated attribution."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Guess:
    """One predicted attribution."""

    source: Span
    content: Span


def read_gold(path: Path) -> list[Gold]:
    """Give the attributions of one annotation file that have both source and content."""
    spans: dict[str, tuple[Span, ...]] = {}
    links: list[dict[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if line.startswith("T") and len(parts) > 1:
            _, _, numbers = parts[1].partition(" ")
            spans[parts[0]] = tuple((int(a), int(b)) for a, b in (pair.split(" ") for pair in numbers.split(";")))
        elif line.startswith("E") and len(parts) > 1:
            roles: dict[str, list[str]] = {}
            for field in parts[1].split(" "):
                role, _, target = field.partition(":")
                roles.setdefault(role.rstrip("0123456789"), []).append(target)
            links.append(roles)
    found = []
    for roles in links:
        source = tuple(span for key in roles.get("Source", ()) for span in spans.get(key, ()))
        content = tuple(span for key in roles.get("Content", ()) for span in spans.get(key, ()))
        if source and content:
            found.append(Gold(source, content))
    return found


def guess_rules(text: str, sentences: Sequence[Sentence]) -> list[Guess]:
    """Give what the project finds."""
    rows: list[Attribution] = find_attributions(text, sentences)
    return [Guess((row.source_start, row.source_end), (row.content_start, row.content_end)) for row in rows]


def guess_nearest(text: str, sentences: Sequence[Sentence]) -> list[Guess]:
    """Give the baseline: the rest of a sentence goes to the first "X said" in it."""
    found = []
    for sentence in sentences:
        match = NEAREST.search(sentence.text)
        if match is None:
            continue
        start, end = match.span("left" if match["left"] else "right")
        before, after = match.start() > len(sentence.text) - match.end(), sentence.start
        content = (after, after + match.start()) if before else (after + match.end(), sentence.end)
        found.append(Guess((after + start, after + end), content))
    return found


def _overlap(spans: Sequence[Span], other: Span) -> int:
    return sum(max(0, min(b, other[1]) - max(a, other[0])) for a, b in spans)


def _share(gold: Gold, guess: Guess) -> float:
    shared = _overlap(gold.content, guess.content)
    size = sum(b - a for a, b in gold.content) + guess.content[1] - guess.content[0] - shared
    return shared / size if size else 0.0


def _elsewhere(gold: Gold, sentences: Sequence[Sentence]) -> bool:
    return not any(
        _overlap(gold.source, (one.start, one.end)) and _overlap(gold.content, (one.start, one.end))
        for one in sentences
    )


def _texts(folder: Path) -> Iterator[tuple[str, list[Gold]]]:
    for path in sorted(folder.rglob("*.ann")):
        text = path.parent.parent / "text" / f"{path.stem.rpartition('_')[0]}.txt"
        if not text.exists():
            text = path.parent.parent / "text" / f"{path.stem}.txt"
        if text.exists():
            yield text.read_text(encoding="utf-8"), read_gold(path)


def _measure(rows: Sequence[tuple[list[Gold], list[Guess], Sequence[Sentence]]]) -> dict[str, float]:
    total = guessed = right = far = far_right = covered = 0
    for golds, guesses, sentences in rows:
        total += len(golds)
        guessed += len(guesses)
        for gold in golds:
            best = max(guesses, key=lambda guess: _share(gold, guess), default=None)
            hit = best is not None and _share(gold, best) >= 0.3
            good = hit and best is not None and _overlap(gold.source, best.source) > 0
            covered += hit
            right += good
            if _elsewhere(gold, sentences):
                far += 1
                far_right += good
    precision, recall = (right / guessed if guessed else 0.0), (right / total if total else 0.0)
    both = precision + recall
    return {
        "source_f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "source_precision": round(precision, 4),
        "source_recall": round(recall, 4),
        "content_found": round(covered / total, 4) if total else 0.0,
        "source_right_where_content_found": round(right / covered, 4) if covered else 0.0,
        "elsewhere_recall": round(far_right / far, 4) if far else 0.0,
        "elsewhere_n": far,
    }


def run(data: Path) -> dict[str, Any]:
    """Measure on every annotated article under a folder."""
    folder = data / "dev" if (data / "dev").is_dir() else data
    rules: list[tuple[list[Gold], list[Guess], Sequence[Sentence]]] = []
    nearest: list[tuple[list[Gold], list[Guess], Sequence[Sentence]]] = []
    guessers: list[tuple[list[Any], Callable[[str, Sequence[Sentence]], list[Guess]]]] = [
        (rules, guess_rules),
        (nearest, guess_nearest),
    ]
    for text, golds in _texts(folder):
        sentences = split_sentences(text)
        for rows, guess in guessers:
            rows.append((golds, guess(text, sentences), sentences))
    return {
        "task": "attribution-polnear",
        "n": sum(len(row[0]) for row in rules),
        "metrics": _measure(rules),
        "baseline": _measure(nearest),
    }
