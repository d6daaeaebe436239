"""Makes articles of real lengths by varying this project's own reports: other names, figures, days. No measuring here.

Invariant: the article of a number is the same each time, and no two numbers give the same text.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from training.reader.markup import blocks, fill, load_fillers, parse

from variorum.model import Article, make_article

REPORTS = Path(__file__).parent.parent / "training" / "reader" / "reports"
TEXTS = ("conflict_a", "conflict_b", "tolls", "attribution_long")
# Characters, as in 560 reports of FA-KES: a tenth below 620, half below 1,580, a tenth above 3,490.
MEDIAN, SPREAD = 1_580, 0.65
SHORTEST, LONGEST = 300, 12_000
DAY = "2031-05-{:02}"


@cache
def _blocks() -> tuple[str, ...]:
    return tuple(block for name in TEXTS for block in blocks(REPORTS / f"{name}.txt"))


@cache
def _fillers() -> dict[str, list[str]]:
    return load_fillers()


def make_report(number: int) -> Article:
    """Give the made article of a number."""
    draw = random.Random(number)
    length = min(LONGEST, max(SHORTEST, MEDIAN * math.exp(draw.gauss(0.0, SPREAD))))
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(parse(fill(draw.choice(_blocks()), _fillers(), draw)).text)
    text = "\n\n".join(parts)
    cut = text.find(". ", int(length))
    text = text if cut < 0 else text[: cut + 1]
    return make_article(
        url=f"https://example.invalid/{number}",
        text=f"{text}\n\nReport {number}.",
        sha256="",
        fetched_at="",
        published=DAY.format(1 + number % 28),
    )


def make_reports(count: int) -> list[Article]:
    """Give the first so many made articles."""
    return [make_report(number) for number in range(count)]


def write_reports(path: Path, articles: Iterable[Article]) -> None:
    """Write articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for article in articles:
            row = {"url": article.url, "text": article.text, "published": article.published, "lang": "en"}
            out.write(json.dumps(row) + "\n")
