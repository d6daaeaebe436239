"""What can read an article: the built-in reader, with the parts that are switched on.

A reader is sent to other processes, so it holds settings only; what it loads, it loads where it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from variorum.config import Config
from variorum.errors import VariorumError
from variorum.extract.parts import RULES, Parts
from variorum.extract.rules import VERSION, read_article
from variorum.extract.tagger import load_tagger
from variorum.model import Article, Extraction, Problem
from variorum.values.gazetteer import Gazetteer, open_gazetteer

FAILED_REMEDY = "report it with this article's text; the others were read"


class Reader(Protocol):
    """What reads one article at a time, here or in another process."""

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored."""

    @property
    def version(self) -> str:
        """Rises with every change of what it finds: a ledger reads its articles again when it does."""

    def prepare(self) -> object:
        """Load what reading needs, before the first article."""

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article; a problem row in place of a reading when that fails for this article alone."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The reader of this package: rules and tagger."""

    parts: Parts = RULES

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored: its parts."""
        return self.parts.name

    @property
    def version(self) -> str:
        """The version of rules, cue files and weights."""
        return VERSION

    def prepare(self) -> object:
        """Open the gazetteer and load the tagger."""
        if self.parts.tagger:
            load_tagger()
        return gazetteer()

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article; what the reader fails on becomes a problem row instead of stopping the run."""
        try:
            return read_article(article, gazetteer(), self.parts)
        except VariorumError:
            raise  # what is wrong for every article (no gazetteer, no weights) is not a fault of this one
        except Exception as error:  # one article must never take the others with it
            return failed(article, f"the reader failed: {type(error).__name__}: {error}")


def choose_reader(config: Config) -> Reader:
    """Give the reader that the settings ask for. Raises ConfigError when they switch every part off."""
    return BuiltIn(Parts(rules=config.rules, tagger=config.tagger))


def failed(article: Article, cause: str) -> Problem:
    """Give the problem row of an article that could not be read."""
    return Problem(article.url or article.id, "reader-failed", cause, FAILED_REMEDY, "")


@cache
def gazetteer() -> Gazetteer:
    """Give the gazetteer of this process, opened once."""
    return open_gazetteer()
