"""What a run did: figures for people and for the run's row in the ledger. No reading, no writing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypedDict

from variorum.model import Problem
from variorum.pipeline.counted import is_counted

# What stands in the ledger after a run: kept in the run's row, so that a run with nothing new need not count again.
STANDING = (
    "articles",
    "copies",
    "lineages",
    "mentions",
    "claims",
    "held_back",
    "events",
    "silent",
    "languages",
    "relations",
    "review",
    "telling",
)


class Unread(TypedDict):
    """Reports in a language that no claims are read in."""

    reports: int
    first: list[int]  # the least of their numbers: of a month of news, all would be millions


@dataclass(slots=True)
class Report:
    """What a run did; times in seconds."""

    files: int = 0
    files_skipped: int = 0  # read before, unchanged
    articles: int = 0  # in the ledger now
    articles_new: int = 0
    problems: list[Problem] = field(default_factory=list)  # of the files given, met now or in an earlier run
    copies: int = 0
    lineages: int = 0
    readings_new: int = 0
    mentions: int = 0
    claims: int = 0
    held_back: int = 0
    events: int = 0
    events_added: int = 0
    events_changed: int = 0
    events_retired: int = 0
    silent: int = 0  # articles that say nothing the schema records
    languages: dict[str, Unread] = field(default_factory=dict)  # other than English: no claims are read there
    relations: dict[str, int] = field(default_factory=dict)
    review: dict[str, int] = field(default_factory=dict)  # what needs a person, by kind
    telling: str | None = None  # the event with most to compare: a good one to look at first
    seconds: dict[str, float] = field(default_factory=dict)
    changed: bool = False  # anything written
    server: str = ""  # the address that texts were sent to
    cluster: str = ""  # the address of the scheduler whose workers did the work
    remote: list[str] = field(default_factory=list)  # archives that were read over the network, as a person named them
    plugins: list[str] = field(default_factory=list)  # names of feeds and extractors of others that were asked

    @property
    def is_whole(self) -> bool:
        """Whether every report given is in the ledger; that an archive holds front pages too takes nothing away."""
        return all(is_counted(row) and row.code == "not-article" for row in self.problems)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began

    def standing(self) -> dict[str, Any]:
        """Give the figures of what stands in the ledger."""
        return {name: getattr(self, name) for name in STANDING}

    def stand(self, figures: dict[str, Any]) -> None:
        """Take over figures of what stands in the ledger from an earlier run."""
        for name in STANDING:
            setattr(self, name, figures[name])
