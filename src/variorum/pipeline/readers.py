"""What can read an article: the built-in reader with the parts that are switched on, a plugin or a language model.

A reader is sent to other processes, so it holds settings only; what it loads, it loads where it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from variorum.config import Config
from variorum.errors import ConfigError, UnreadableError, VariorumError
from variorum.extract import llm
from variorum.extract.llmcache import FOLDER
from variorum.extract.llmserver import Server
from variorum.extract.parts import BOTH, Parts
from variorum.extract.rules import READ_LANGS, read_article, reading_version
from variorum.extract.tagger import load_tagger
from variorum.model import Article, Extraction, Problem
from variorum.pipeline.places import gazetteer, own_digest
from variorum.pipeline.pluginreader import Plugin
from variorum.plugins import find_plugin

BUILT_IN = "built-in"  # the word by which this package's own reader is asked for where another is set
FAILED_REMEDY = "report it with this article's text; the others were read"


class Reader(Protocol):
    """What reads one article at a time, here or in another process."""

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored."""

    @property
    def version(self) -> str:
        """Rises with every change of what it finds: a ledger reads its articles again when it does."""

    @property
    def langs(self) -> tuple[str, ...] | None:
        """The languages it reads, "" for one that is not known; None where it is asked for every article."""

    @property
    def server(self) -> str:
        """The address it sends texts to, which may answer later where it does not now; "" where it reads in here."""

    def prepare(self) -> object:
        """Load what reading needs, before the first article."""

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article; a problem row in place of a reading when that fails for this article alone."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The reader of this package: rules and tagger."""

    parts: Parts = BOTH

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored: its parts."""
        return self.parts.name

    @property
    def version(self) -> str:
        """The version of rules, cue files and weights, and the digest of the user's own places."""
        return reading_version(own_digest())

    @property
    def langs(self) -> tuple[str, ...]:
        """English: rules and tagger read no other language."""
        return READ_LANGS

    @property
    def server(self) -> str:
        """None: no text leaves the process."""
        return ""

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


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model behind an OpenAI-compatible address: it points at words, the parsers read the values."""

    asked: Server
    kept: Path  # folder of the replies

    @property
    def extractor(self) -> str:
        """The name under which its readings are stored: that of the model."""
        return llm.extractor(self.asked.model)

    @property
    def version(self) -> str:
        """A digest of the prompt and of what is made of a reply, and that of the user's own places."""
        return llm.version(own_digest())

    @property
    def langs(self) -> None:
        """All: a model reads many, and it is for the user to say which articles it is given."""

    @property
    def server(self) -> str:
        """The address of the model."""
        return self.asked.url

    def prepare(self) -> object:
        """Open the gazetteer."""
        return gazetteer()

    def __call__(self, article: Article) -> Extraction | Problem:
        """Read one article; a reply that does not come, or says nothing that can be read, is a problem row."""
        try:
            return llm.read_with_model(article, gazetteer(), self.asked, self.kept)
        except UnreadableError as error:
            return Problem(article.url or article.id, error.code, error.cause, error.remedy, "")
        except VariorumError:
            raise  # no server there, or a key that it refuses: wrong for every article
        except Exception as error:  # its words are left out: they could hold what was sent
            return failed(article, f"the reader failed: {type(error).__name__}")


def choose_reader(config: Config, ledger: str = "") -> Reader:
    """Give the reader that the settings ask for: a plugin or language model where one is set, else the built-in one.

    Replies are kept beside the ledger, or in the current folder where that is a database. Raises ConfigError when the
    settings do not fit together, or switch every part off, UsageError for a plugin that is not installed.
    """
    if config.reader and config.llm_url and config.reader != BUILT_IN:
        raise ConfigError(
            f"the plugin {config.reader} is to read, and so is the language model at llm_url", "take one of the two out"
        )
    if config.reader and config.reader != BUILT_IN:
        find_plugin("extractors", config.reader)
        return Plugin(config.reader)
    if not config.llm_url or config.reader == BUILT_IN:
        return BuiltIn(Parts(rules=config.rules, tagger=config.tagger))
    if not config.llm_model:
        raise ConfigError("llm_url is set, and llm_model is not", "name the model: llm_model, or VARIORUM_LLM_MODEL")
    place = ledger or config.ledger
    beside = Path() if "://" in place else Path(place).parent
    server = Server(config.llm_url, config.llm_model, config.llm_timeout_s, config.llm_key)
    return LanguageModel(server, Path(config.llm_cache) if config.llm_cache else beside / FOLDER)


def failed(article: Article, cause: str) -> Problem:
    """Give the problem row of an article that could not be read."""
    return Problem(article.url or article.id, "reader-failed", cause, FAILED_REMEDY, "")
