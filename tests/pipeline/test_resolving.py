"""The sample reports give the same copies, events and stories in this process and shared out among others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from variorum.gather import copies
from variorum.ledger import Ledger
from variorum.model import Copy, Story
from variorum.pipeline import resolving
from variorum.pipeline.engine import open_engine
from variorum.pipeline.resolving import Share, copies_of, hold, make_stories, read_texts, resolve_held
from variorum.pipeline.streaming import map_over
from variorum.resolve import laid, resolution, scoring, shards
from variorum.resolve.resolution import Resolution

NOW = "2031-05-03T10:00:00Z"


@pytest.fixture(scope="module")
def ledger(examples: Path) -> Iterator[Ledger]:
    with Ledger.open(examples, readonly=True) as opened:
        yield opened


def work_out(ledger: Ledger, share: Share) -> tuple[list[Copy], Resolution, tuple[Story, ...]]:
    held = hold(ledger)
    texts = read_texts(held, share)
    found = copies_of(held, texts, share)
    stories = make_stories(held.articles, texts.counts)
    return found, resolve_held(held, texts, found, share, now=NOW), stories


def test_two_processes_find_what_one_does(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = work_out(ledger, map)
    assert all(whole)
    monkeypatch.setattr(resolving, "WORTH_SHARING", 0)
    for module, name in ((resolving, "TEXTS"), (copies, "PIECE"), (laid, "ARTICLES"), (shards, "HOME")):
        monkeypatch.setattr(module, name, 4)
    for module, name in ((scoring, "MENTIONS"), (resolution, "EVENTS")):
        monkeypatch.setattr(module, name, 4)
    with open_engine(workers=2) as engine:
        assert work_out(ledger, partial(map_over, engine)) == whole


def test_stories_by_counts_are_those_by_texts(ledger: Ledger) -> None:
    held = hold(ledger)
    articles = list(ledger.articles())
    assert make_stories(held.articles, read_texts(held).counts) == make_stories(articles)


def test_what_is_held_has_no_texts_and_they_are_fetched_by_number(ledger: Ledger) -> None:
    held = hold(ledger)
    assert held.articles == [replace(article, text="") for article in ledger.articles()]
    wanted = [article.id for article in held.articles][2:5]
    assert [(one.id, bool(one.text)) for one in held.fetch(wanted)] == [(id, True) for id in wanted]


def test_a_few_articles_are_resolved_in_this_process(ledger: Ledger) -> None:
    def share(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
        raise AssertionError("given away")

    assert work_out(ledger, share)[0] == list(ledger.copies())
