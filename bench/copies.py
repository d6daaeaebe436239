"""Copies: pairs of reports in one lineage, held against pairs that share their runs of five words.

Among the Syrian reports a pair is a copy when half of the shorter one's runs of five words stand in the other. Among
those on gun violence only a pair of one incident can be one: what two reports of two incidents share is page furniture,
a log-in wall or a house's formula, so every such pair found is wrong.

The baseline is the run of five words alone: two reports of one lineage share half of them, whatever those words are.
Precision counts a pair found as right when it shares at least `REWRITTEN` (rewritten agency copy keeps so much) and, of
gun violence, is of one incident; recall asks for the pairs that share half.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.incidents_gunviolence import article_of
from bench.tolls_gunviolence import load_rows
from bench.tolls_syria import find_reports
from variorum.gather.copies import find_copies
from variorum.gather.files import read_inputs
from variorum.model import Article
from variorum.values.teasers import without_teasers

RUN = 5  # words
COPIED = 0.5
REWRITTEN = 0.1
NOW = "2000-01-01T00:00:00Z"
Pair = tuple[str, str]


def shares(texts: Mapping[str, str]) -> dict[Pair, float]:
    """Give the share of the shorter text's runs of five words that stand in the other, for pairs that share any."""
    runs = {name: _runs(text) for name, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(runs):
        for run in runs[name]:
            holders[run].append(name)
    shared: dict[Pair, int] = defaultdict(int)
    for names in holders.values():
        for pair in combinations(names, 2):
            shared[pair] += 1
    return {pair: count / min(len(runs[pair[0]]), len(runs[pair[1]])) for pair, count in shared.items()}


def _runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", without_teasers(text).lower())  # titles of videos are furniture
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def lineage_pairs(articles: Sequence[Article]) -> set[Pair]:
    """Give every two articles of one lineage."""
    roots = {copy.article_id: copy.original_id for copy in find_copies(articles)}
    groups: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        groups[roots.get(article.id, article.id)].append(article.id)
    return {pair for group in groups.values() for pair in combinations(sorted(set(group)), 2)}


def measure(articles: Sequence[Article], incidents: Mapping[str, frozenset[str]] | None) -> dict[str, float]:
    """Score the lineages of some reports; `incidents` leads an article to its incidents, where they are known."""
    share = shares({article.id: article.text for article in articles})

    def possible(pair: Pair) -> bool:
        return incidents is None or bool(incidents[pair[0]] & incidents[pair[1]])

    asked = {pair for pair, part in share.items() if part >= COPIED and possible(pair)}
    own = lineage_pairs(articles)
    plain = {pair for pair, part in share.items() if part >= COPIED}
    return {
        **_scores("", own, asked, {pair for pair in own if share.get(pair, 0.0) >= REWRITTEN and possible(pair)}),
        **_scores("plain_", plain, asked, {pair for pair in plain if possible(pair)}),
    }


def _scores(name: str, found: Iterable[Pair], asked: set[Pair], right: set[Pair]) -> dict[str, float]:
    own = set(found)
    return {
        f"{name}pairs": len(own),
        f"{name}precision": round(len(right) / max(1, len(own)), 4),
        f"{name}recall": round(len(own & asked) / max(1, len(asked)), 4),
    }


def _syria(folder: Path) -> tuple[list[Article], None]:
    rows = (row for row in read_inputs(find_reports(folder), now=NOW) if isinstance(row, Article))
    return list({article.id: article for article in rows}.values()), None


def _gunviolence(folder: Path) -> tuple[list[Article], dict[str, frozenset[str]]]:
    incidents: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, Article] = {}
    for row, incident in load_rows(folder):
        article = article_of(row)
        articles[article.id] = article
        incidents[article.id].add(incident["incident_id"])
    return list(articles.values()), {id: frozenset(names) for id, names in incidents.items()}


def run(data: Path, task: str = "copies") -> dict[str, Any]:
    """Measure the folders `syria` and `gunviolence`, those that are there."""
    metrics: dict[str, float] = {}
    baseline: dict[str, float] = {}
    number = 0
    for name, reports in (("syria", data / "syria"), ("gunviolence", data / "gunviolence")):
        if not reports.is_dir():
            continue
        articles, incidents = (_syria if name == "syria" else _gunviolence)(reports)
        number += len(articles)
        for metric, figure in measure(articles, incidents).items():
            into = baseline if metric.startswith("plain_") else metrics
            into[f"{name}_{metric.removeprefix('plain_')}"] = figure
    return {"task": task, "n": number, "metrics": metrics, "baseline": baseline}
