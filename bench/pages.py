"""Article bodies out of web pages: overlap of word quadruples with bodies cut out by people.

For each page, precision and recall over its quadruples, counted as often as they occur; then the mean of both over all
pages and the F1 of the means, as the publisher of the pages scores them. Baseline: trafilatura with its own settings.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from trafilatura import extract

from variorum.errors import UnreadableError
from variorum.gather.page import find_body

LENGTH = 4
NOW = "2026-01-01T00:00:00Z"  # later than every page; dates are not measured here


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the word quadruples of a text; a shorter text is one shingle."""
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[place : place + LENGTH]) for place in range(max(1, len(words) - LENGTH + 1)))


def score(expected: str, found: str) -> tuple[float, float]:
    """Give precision and recall of a body found."""
    wanted, given = shingles(expected), shingles(found)
    if wanted == given:
        return 1.0, 1.0
    right = (wanted & given).total()
    return (right / given.total() if given else 0.0), (right / wanted.total() if wanted else 0.0)


def measure(pages: Mapping[bytes, str], find_body: Callable[[bytes], str]) -> dict[str, float]:
    """Give precision, recall and F1 of a body finder over pages and their bodies."""
    scores = [score(body, find_body(page)) for page, body in pages.items()]
    precision = sum(row[0] for row in scores) / len(scores)
    recall = sum(row[1] for row in scores) / len(scores)
    total = precision + recall
    return {"f1": 2 * precision * recall / total if total else 0.0, "precision": precision, "recall": recall}


def own_body(page: bytes) -> str:
    """Give the body this project finds in a page, empty where it refuses the page."""
    try:
        return find_body(page, now=NOW)
    except UnreadableError:
        return ""


def run(data: Path) -> dict[str, Any]:
    """Measure every page under `data` that has a body in `ground-truth.json`."""
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        gzip.decompress((data / "html" / f"{key}.html.gz").read_bytes()): row["articleBody"]
        for key, row in sorted(truth.items())
    }
    return {
        "task": "pages",
        "n": len(pages),
        "metrics": measure(pages, own_body),
        "baseline": measure(pages, lambda page: extract(page) or ""),
    }
