"""Measures speed: the whole reader against one bare pass of the encoder over the same word pieces, one core each.

Each is run over the same reports in turn, several times; the least time of each counts, since noise only adds. A ratio
of 1 is the limit: reading for nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from variorum.extract.parts import BOTH, RULES
from variorum.extract.pieces import cut
from variorum.extract.rules import read_article
from variorum.extract.sentences import split_sentences
from variorum.extract.tagger import WINDOW, batches, load_tagger
from variorum.model import make_article
from variorum.values.gazetteer import open_gazetteer

REPORTS = 120
REPEATS = 3


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def run(data: Path) -> dict[str, Any]:
    """Measure on the first reports of a set with one report a line."""
    rows = (data / "reports.jsonl").read_text(encoding="utf-8").splitlines()[:REPORTS]
    articles = [
        make_article(url=row["id"], title=row["title"], text=row["text"], sha256="", fetched_at="")
        for row in map(json.loads, rows)
    ]
    model, gazetteer = load_tagger(), open_gazetteer()
    windows = [
        piece
        for article in articles
        for piece in cut(
            model.tokenizer, article.text, [(one.start, one.end) for one in split_sentences(article.text)], WINDOW
        )
    ]
    order = sorted(windows, key=lambda piece: len(piece.ids))
    groups = [[order[at] for at in group] for group in batches([len(piece.ids) for piece in order])]
    for article in articles[:5]:
        read_article(article, gazetteer, BOTH)  # what is loaded once is no part of reading
    bare = _least(lambda: [model.run(group) for group in groups])
    whole = _least(lambda: [read_article(article, gazetteer, BOTH) for article in articles])
    rules = _least(lambda: [read_article(article, gazetteer, RULES) for article in articles])
    pieces = sum(len(piece.ids) for piece in windows)
    return {
        "n": len(articles),
        "metrics": {
            "times_a_bare_pass": round(whole / bare, 3),
            "share_of_a_bare_pass": round(bare / whole, 3),  # the same the other way up, for a floor
            "rules_alone_times": round(rules / bare, 3),
            "pieces_a_second": round(pieces / whole),
        },
        "baseline": {"times_a_bare_pass": 1.0, "pieces_a_second": round(pieces / bare)},
    }
