"""Made reports as a file of JSON Lines, of the lengths of real ones. No measuring here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bench.varied import War, make_world
from variorum.model import Article

# Characters of background: with it a made report has about 2,400 characters, as the middle one of 560 public reports.
BACKGROUND = 2_000


def make_reports(count: int, *, seed: int = 1) -> list[Article]:
    """Make so many articles by varying this project's own reports."""
    articles: list[Article] = []
    size = count
    while len(articles) < count:
        size += count // 4 + 50
        articles = make_world(
            size, seed=seed, war=replace(War(events_a_day=0.15, changed=0.9), background=BACKGROUND)
        ).articles
    return articles[:count]


def write_reports(path: Path, articles: Iterable[Article]) -> None:
    """Write articles, one a line."""
    with path.open("w", encoding="utf-8") as out:
        for article in articles:
            row = {"url": article.url, "outlet": article.outlet, "title": article.title, "text": article.text}
            out.write(json.dumps({**row, "published": article.published, "lang": article.lang}) + "\n")
