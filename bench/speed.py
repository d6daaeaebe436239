"""Measures speed: the whole reader against one bare pass of the encoder over the same word pieces, one core each.

Each is run over the same reports in turn, several times; the least time of each counts, since noise only adds. A ratio
of 1 is the limit: reading for nothing. What reading dates, places and quantities costs is measured over the sentences
of the same reports, each kind alone, as a share of the same bare pass; together they are to cost less than it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from variorum.extract.parts import BOTH, RULES
from variorum.extract.pieces import cut
from variorum.extract.rules import read_article
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.tagger import WINDOW, batches, load_tagger
from variorum.model import Article, make_article
from variorum.values.count import find_counts
from variorum.values.date import find_dates, find_times
from variorum.values.gazetteer import Gazetteer, open_gazetteer
from variorum.values.place import find_places, gather_context
from variorum.values.quantity import find_quantities

REPORTS = 120
REPEATS = 3
ANCHOR = "2017-04-05"  # any day: what reading a date costs does not depend on it


def _times(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return times


def _least(work: Callable[[], object]) -> float:
    return min(_times(work))


def _read_dates(read: Sequence[tuple[Article, Sequence[Sentence]]]) -> None:
    for _, sentences in read:
        for sentence in sentences:
            find_dates(sentence.text, ANCHOR)
            find_times(sentence.text)


def _read_places(read: Sequence[tuple[Article, Sequence[Sentence]]], gazetteer: Gazetteer) -> None:
    for article, sentences in read:
        context = gather_context(article.text, gazetteer)
        for sentence in sentences:
            find_places(sentence.text, gazetteer, context)


def _read_quantities(read: Sequence[tuple[Article, Sequence[Sentence]]]) -> None:
    for _, sentences in read:
        for sentence in sentences:
            find_counts(sentence.text)
            find_quantities(sentence.text)


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
            model.vocabulary, article.text, [(one.start, one.end) for one in split_sentences(article.text)], WINDOW
        )
    ]
    order = sorted(windows, key=lambda piece: len(piece.ids))
    groups = [[order[at] for at in group] for group in batches([len(piece.ids) for piece in order])]
    for article in articles[:5]:
        read_article(article, gazetteer, BOTH)  # what is loaded once is no part of reading
    read = [(article, split_sentences(article.text)) for article in articles]
    dates = _times(lambda: _read_dates(read))
    places = _times(lambda: _read_places(read, gazetteer))
    quantities = _times(lambda: _read_quantities(read))
    bare = _least(lambda: [model.run(group) for group in groups])
    whole = _least(lambda: [read_article(article, gazetteer, BOTH) for article in articles])
    rules = _least(lambda: [read_article(article, gazetteer, RULES) for article in articles])
    together = min(dates) + min(places) + min(quantities)
    pieces = sum(len(piece.ids) for piece in windows)
    return {
        "n": len(articles),
        "metrics": {
            "times_a_bare_pass": round(whole / bare, 3),
            "share_of_a_bare_pass": round(bare / whole, 3),  # the same the other way up, for a floor
            "rules_alone_times": round(rules / bare, 3),
            "pieces_a_second": round(pieces / whole),
            "parsing_share_of_a_bare_pass": round(together / bare, 3),
            "bare_pass_times_parsing": round(bare / together, 3),  # the other way up, for a floor
            "parsing_share_first_time": round(
                (dates[0] + places[0] + quantities[0]) / bare, 3
            ),  # no name looked up yet
            "dates_share": round(min(dates) / bare, 3),
            "places_share": round(min(places) / bare, 3),
            "quantities_share": round(min(quantities) / bare, 3),
        },
        "baseline": {
            "times_a_bare_pass": 1.0,
            "parsing_share_of_a_bare_pass": 1.0,
            "pieces_a_second": round(pieces / bare),
        },
    }
