"""Measures speed: the whole reader against one bare pass of the encoder over the same word pieces, one core each.

Each is run over the same reports in turn, several times; the least time of each counts, since noise only adds. A ratio
of 1 is the limit: reading for nothing. What reading dates, places and quantities costs is measured over the sentences
of the same reports, each kind alone, as a share of the same bare pass; together they are to cost less than it.

The same ratio is measured over reports made here (`madereports.py`), of which there can be any number; then two
processes against one, and the memory of the first (`throughput.py`). VARIORUM_SPEED_ARTICLES=20000 takes half an hour.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.madereports import make_report
from bench.throughput import measure_throughput
from variorum.extract.parts import BOTH, RULES, Parts
from variorum.extract.pieces import Pieces, cut
from variorum.extract.rules import read_article
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.tagger import WINDOW, Model, batches, load_tagger
from variorum.model import Article, make_article
from variorum.values.count import find_counts
from variorum.values.date import find_dates, find_times
from variorum.values.gazetteer import Gazetteer, open_gazetteer
from variorum.values.place import find_places, gather_context
from variorum.values.quantity import find_quantities

REPORTS = 120
MOST_MADE = 600  # of which the ratio is taken, whatever is asked for: six passes over each take minutes
MADE = 120  # unless VARIORUM_SPEED_ARTICLES says otherwise
AT_ONCE = 200  # reports held and measured together
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


def _windows(articles: Sequence[Article], model: Model) -> list[Pieces]:
    return [
        piece
        for article in articles
        for piece in cut(
            model.vocabulary, article.text, [(one.start, one.end) for one in split_sentences(article.text)], WINDOW
        )
    ]


def _bare(windows: Sequence[Pieces], model: Model) -> float:
    """Give the least time of the encoder alone over windows, those of like length together."""
    order = sorted(windows, key=lambda piece: len(piece.ids))
    groups = [[order[at] for at in group] for group in batches([len(piece.ids) for piece in order])]
    return _least(lambda: [model.run(group) for group in groups])


def _whole(articles: Sequence[Article], gazetteer: Gazetteer, parts: Parts = BOTH) -> float:
    return _least(lambda: [read_article(article, gazetteer, parts) for article in articles])


def _measure_made(count: int, model: Model, gazetteer: Gazetteer) -> tuple[float, float]:
    """Give the times of the bare pass and of the whole reader over made reports, a few hundred at a time."""
    bare = whole = 0.0
    for first in range(0, count, AT_ONCE):
        articles = [make_report(number) for number in range(first, min(count, first + AT_ONCE))]
        bare += _bare(_windows(articles, model), model)
        whole += _whole(articles, gazetteer)
    return bare, whole


def run(data: Path) -> dict[str, Any]:
    """Measure on the first reports of a set with one report a line."""
    rows = (data / "reports.jsonl").read_text(encoding="utf-8").splitlines()[:REPORTS]
    articles = [
        make_article(url=row["id"], title=row["title"], text=row["text"], sha256="", fetched_at="")
        for row in map(json.loads, rows)
    ]
    model, gazetteer = load_tagger(), open_gazetteer()
    windows = _windows(articles, model)
    for article in articles[:5]:
        read_article(article, gazetteer, BOTH)  # what is loaded once is no part of reading
    read = [(article, split_sentences(article.text)) for article in articles]
    dates = _times(lambda: _read_dates(read))
    places = _times(lambda: _read_places(read, gazetteer))
    quantities = _times(lambda: _read_quantities(read))
    bare, whole, rules = _bare(windows, model), _whole(articles, gazetteer), _whole(articles, gazetteer, RULES)
    made = int(os.environ.get("VARIORUM_SPEED_ARTICLES", MADE))
    ratio_of = min(made, MOST_MADE)
    made_bare, made_whole = _measure_made(ratio_of, model, gazetteer)
    together = min(dates) + min(places) + min(quantities)
    pieces = sum(len(piece.ids) for piece in windows)
    return {
        "n": len(articles),
        "metrics": {
            "times_a_bare_pass": round(whole / bare, 3),
            "share_of_a_bare_pass": round(bare / whole, 3),  # the same the other way up, for a floor
            "made_reports": ratio_of,
            "made_times_a_bare_pass": round(made_whole / made_bare, 3),
            "made_share_of_a_bare_pass": round(made_bare / made_whole, 3),
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
            **measure_throughput(made),
        },
        "baseline": {
            "times_a_bare_pass": 1.0,
            "made_times_a_bare_pass": 1.0,
            "parsing_share_of_a_bare_pass": 1.0,
            "pieces_a_second": round(pieces / bare),
        },
    }
