"""Measures attribution on PolNeAR: is the right source found for each claim? Measure only, nothing of it is kept.

A claim is a gold content span. End to end, its source is right where the attribution that covers most of it has a
source that overlaps the gold source. Given the content, the figure is the mean over all claims of the token F1 between
the source named for it and the gold source; none named counts 0. `elsewhere` counts only claims whose source stands
in another sentence than every piece of the content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.reader import parts, tags_of
from variorum.extract.attribution import find_attributions
from variorum.extract.evidence import gather_evidence
from variorum.extract.heard import source_of_stretch
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.sourceof import Candidate, Sourcespan, candidates, source_of

Span = tuple[int, int]
# The nearest "X said" of the same sentence: a capitalised name or a pronoun beside a verb of saying.
NEAREST = re.compile(
    r"(?P<left>(?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'.-]+|\b[Hh]e|\b[Ss]he|\b[Tt]hey)\s+(?:said|says|told|added|wrote"
    r"|tweeted)\b"
    r"|\b(?:said|says|according to)\s+(?P<right>(?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'.-]+)"
)


Namer = Callable[[Span], Span | None]  # content → source
WORD = re.compile(r"\w+")


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


def guess_ours(text: str, sentences: Sequence[Sentence]) -> list[Guess]:
    """Give what the project finds with the parts that are switched on."""
    told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
    evidence = gather_evidence(text, told, parts())
    rows = evidence.attributions(text, sentences, find_attributions(text, sentences) if parts().rules else ())
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


def name_ours(text: str, sentences: Sequence[Sentence]) -> Namer:
    """Give what names the source of a stretch of an article: the project's own functions, as far as switched on."""
    rules = find_attributions(text, sentences) if parts().rules else []
    tags = tags_of(text) if parts().tagger else None

    def name(content: Span) -> Span | None:
        if tags is None:
            found: Sourcespan | Candidate | None = source_of(text, sentences, rules, *content)
        else:
            known = candidates(text, sentences, rules, *content) if parts().rules else []
            found = source_of_stretch(tags, known, *content)
        return None if found is None else (found.start, found.end)

    return name


def name_nearest(text: str, sentences: Sequence[Sentence]) -> Namer:
    """Give the baseline: the source of a stretch is that of the "X said" that stands nearest to it."""
    rows = [match.span("left" if match["left"] else "right") for match in NEAREST.finditer(text)]

    def name(content: Span) -> Span | None:
        outside = [row for row in rows if row[1] <= content[0] or content[1] <= row[0]]
        return min(outside, key=lambda row: max(content[0] - row[1], row[0] - content[1]), default=None)

    return name


def token_f1(one: str, other: str) -> float:
    """Give the F1 between the words of two phrases, without case and punctuation."""
    left, right = (Counter(WORD.findall(words.lower())) for words in (one, other))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def measure_given(text: str, golds: Sequence[Gold], name: Namer) -> list[float]:
    """Give for each attribution the token F1 of the source named for its content, asked piece by piece."""
    scores = []
    for gold in golds:
        named = next((span for span in map(name, sorted(gold.content)) if span is not None), None)
        source = " ".join(text[start:end] for start, end in sorted(gold.source))
        scores.append(0.0 if named is None else token_f1(text[named[0] : named[1]], source))
    return scores


def _mean(scores: Sequence[float]) -> float:
    return round(sum(scores) / len(scores), 4) if scores else 0.0


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
    found: list[dict[str, Any]] = []
    texts = [(text, golds, split_sentences(text)) for text, golds in _texts(folder)]
    guessers: list[tuple[Callable[..., list[Guess]], Callable[..., Namer]]] = [
        (guess_ours, name_ours),
        (guess_nearest, name_nearest),
    ]
    for guess, namer in guessers:
        figures = _measure([(golds, guess(text, sentences), sentences) for text, golds, sentences in texts])
        given: list[float] = []
        far: list[float] = []
        for text, golds, sentences in texts:
            scores = measure_given(text, golds, namer(text, sentences))
            given += scores
            far += [score for gold, score in zip(golds, scores, strict=True) if _elsewhere(gold, sentences)]
        figures |= {
            "given_content_f1": _mean(given),
            "given_content_n": len(given),
            "given_content_elsewhere_f1": _mean(far),
            "given_content_elsewhere_n": len(far),
        }
        found.append(figures)
    return {
        "task": "attribution-polnear",
        "n": sum(len(golds) for _, golds, _ in texts),
        "metrics": found[0],
        "baseline": found[1],
    }
