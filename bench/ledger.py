"""Measures how long looking takes in a large ledger, made of articles that vary this project's own reports.

`VARIORUM_LEDGER_ARTICLES=100000` measures another size; `VARIORUM_LEDGER_KEPT=FOLDER` keeps the ledger made there and
takes it up again. Times are of the clock: of whole processes, start included, and of the same command inside this one.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bench.growth import WORLD
from bench.varied import World, make_world
from variorum.ledger import Ledger
from variorum.model import Claim, Extraction, Mention, make_reading
from variorum.pipeline import follow
from variorum.pipeline.report import Report

NOW = "2031-05-03T10:00:00Z"
MENTIONS = 1.2  # of events in an article, some more than the made world has, so that the articles suffice
BATCH = 1_000


def make_ledger(place: str | Path, articles: int) -> None:
    """Write a ledger of so many made articles, with what a reader would have found in them, and work out its events."""
    world = make_world(round(articles * MENTIONS), war=WORLD)
    found = _extractions(world)
    with Ledger.open(place, create=True) as ledger:
        for start in range(0, articles, BATCH):
            batch = world.articles[:articles][start : start + BATCH]
            with ledger.writing():
                ledger.add_articles(batch)
                for article in batch:
                    ledger.add_extraction(found[article.id])
        follow(ledger, Report(), command="made", now=NOW)


def _extractions(world: World) -> dict[str, Extraction]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in world.mentions:
        mentions[mention.article_id].append(mention)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in world.claims:
        claims[claim.mention_id].append(claim)
    return {
        id: Extraction(
            make_reading(id, "made", "1"), tuple(own), tuple(claim for one in own for claim in claims[one.id]), ()
        )
        for id, own in mentions.items()
    }
