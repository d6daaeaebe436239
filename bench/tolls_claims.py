"""Tolls of a report as a user gets them: the figures in the claims of its event mentions, read by the whole reader.

What a claim does not say (whether a figure is a part of another, on top of others, or one named person) is read from
its quote and the words beside it. Background claims (running totals, history, plans) are left out.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bench.figures import Figure
from bench.reader import parts, use
from variorum.extract.rules import read_article
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.tolls import Toll
from variorum.gather.files import read_inputs
from variorum.model import Article, Claim
from variorum.values.gazetteer import Gazetteer, open_gazetteer

NOW = "2000-01-01T00:00:00Z"  # time of reading; no figure depends on it
PROCESSES = 2
TITLE = -1  # number of the title among the sentences of a report

PART_BEFORE = re.compile(
    r"(?:\b(?:including|includes?|included|involving|particularly|notably|such as|(?:among|of) (?:them|whom|those))"
    r"|\b(?:among|of) (?:the |those )?(?:dead|killed|victims|fatalities|casualties) (?:were|was|are|is)"
    r"|\bthe (?:dead|victims) (?:were|included|include))\W*(?:at least |also |were |was |some )?$",
    re.I,
)
PART_WITHIN = re.compile(r"\bof (?:them|whom|(?:the|those) (?:dead|killed|victims|slain|fatalities))\b", re.I)
PART_AFTER = re.compile(
    r"(?:,? including (?:[^\s,;]+ ){1,6}?| (?:from|of) (?:[\w’'-]+ ){1,4}|\W*)(?:(?:were|was|are|is) )?"
    r"(?:identified |counted )?(?:also |reportedly )?among(?:st)? (?:[^\s,;]+ ){0,5}?"
    r"(?:dead|killed|victims|fatalities|casualties|deaths|slain)\b",
    re.I,
)
JOINED = re.compile(r"\W*(?:and|,|as well as)?\W*", re.I)
MORE = re.compile(r"\banother\b|\bothers\b|\b(?:more|other)\b(?! than)", re.I)
COUNTED = re.compile(r"(?:(?i:an?|one|the|his|her|their|another|no)\b|\d|[a-z])")
BODIES = re.compile(r"\bbod(?:y|ies)\b", re.I)


def is_part(text: str, claim: Claim, sentence: Sentence, before: Figure | None) -> bool:
    """Tell whether the words beside a figure make it a part of one given beside it."""
    head = text[sentence.start : claim.start]
    if PART_BEFORE.search(head) or PART_WITHIN.search(claim.quote):
        return True
    if PART_AFTER.match(text[claim.end : sentence.end]):
        return True
    if before is None or before.sentence != sentence.index or not before.toll.part or claim.scope == "all":
        return False
    return JOINED.fullmatch(text[sentence.start + before.toll.end : claim.start]) is not None


def to_figures(
    article: Article, rows: Sequence[tuple[str, Claim]], totals: Collection[str] = frozenset()
) -> list[Figure]:
    """Turn the claims of people killed into figures, in order of place; a row is the mention's id and the claim.

    `totals` are the mentions that are background: totals over days or years, history, plans.
    """
    sentences = split_sentences(article.text, article.title)
    figures: list[Figure] = []
    for event, claim in sorted(rows, key=lambda row: (row[1].start, row[1].end)):
        sentence = next((s for s in sentences if s.start <= claim.start < s.end), None)
        if sentence is None:
            continue
        start, end = claim.start - sentence.start, claim.end - sentence.start
        around = sentence.text[max(0, start - 12) : end]
        toll = Toll(
            prop=claim.prop,
            scope=claim.scope or "all",
            value=claim.value,
            start=start,
            end=end,
            cue_start=max(0, start - 12) if BODIES.search(around) else end,
            cue_end=end,
            part=is_part(article.text, claim, sentence, figures[-1] if figures else None),
            more=MORE.search(claim.quote) is not None,
            named=claim.value == "1" and claim.scope == "all" and COUNTED.match(claim.quote) is None,
            total=event in totals,
            stance=claim.stance,
        )
        number = TITLE if sentence.role == "title" else sentence.index
        figures.append(Figure(toll, number, sentence.text, event))
    return figures


def read_claims(article: Article, gazetteer: Gazetteer) -> list[Figure]:
    """Give the figures of people killed in the claims of a report's event mentions."""
    found = read_article(article, gazetteer, parts())
    totals = {mention.id for mention in found.mentions if mention.kind == "background.total"}
    events = {mention.id for mention in found.mentions if not mention.kind.startswith("background.")} | totals
    # The dead of a clash between armed sides, where nothing says who they were, are counted as fighters.
    clashes = {mention.id for mention in found.mentions if mention.kind == "clash"}
    rows = [
        (row.mention_id, replace(row, scope="combatants") if row.mention_id in clashes and row.scope == "all" else row)
        for row in found.claims
        if row.mention_id in events and row.prop == "killed"
    ]
    return to_figures(article, rows, totals)


@cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


def _read(article: Article) -> list[Figure]:
    return read_claims(article, _gazetteer())


def read_all(path: Path) -> list[list[Figure]]:
    """Give the figures of every report of a file, in its order, read in two processes."""
    articles = [row for row in read_inputs(path, now=NOW) if isinstance(row, Article)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES, use, (parts(),)) as pool:
        return pool.map(_read, articles, chunksize=16)
