"""The three seams at which another package can add to this one: feeds, extractors, writers. By entry point.

Invariant: nothing is imported until it is asked for by name, so a broken plugin costs only whoever asks for it.

A package names what it brings in its pyproject.toml; the name is the word by which people call it:

    [project.entry-points."variorum.feeds"]
    mailbox = "osk_mail:read_mailbox"

    [project.entry-points."variorum.extractors"]
    sitrep = "osk_sitrep:read_bulletin"

    [project.entry-points."variorum.writers"]
    kml = "osk_maps:write_kml"

What each is called with, and gives, is said by `Feed`, `Extractor` and `Writer`. A plugin may import what is needed for
these records and no more: `variorum.model`, `variorum.values`, `variorum.schema` and `variorum.errors`. Whatever it
raises is told as its own fault, with its name: docs/how-to/write-a-plugin.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, Protocol, TextIO

from variorum.errors import ConfigError, UsageError
from variorum.model import Article, Extraction, Problem

Seam = Literal["feeds", "extractors", "writers"]
SEAMS: tuple[Seam, ...] = ("feeds", "extractors", "writers")


class Feed(Protocol):
    """`variorum run NAME:PLACE`: brings articles from somewhere else than files."""

    def __call__(self, place: str, *, now: str) -> Iterator[Article | Problem]:
        """Yield articles in any order, and a problem for each thing that holds none.

        In: what stands behind the colon, "" for nothing; the ISO 8601 date-time of the run, for `fetched_at`. Articles
        are built with `variorum.model.make_article`: url (where it was published), text (the title as its first line),
        and sha256 (of the raw bytes, hexadecimal) are required. Asked again with nothing new there, a feed yields the
        same urls and texts: they are then known, and nothing is written. Of a problem `code` is a word of the feed's
        own choice and `where` a place inside PLACE; the program puts NAME:PLACE before it.

        An exception ends the feed and is a row of the problem list; what came before it is kept.
        """


class Extractor(Protocol):
    """`variorum run --reader NAME`: reads one article, in place of the built-in reader."""

    def __call__(self, article: Article) -> Extraction:
        """Give what the article tells: mentions (a stretch that reports one event) and their claims.

        Built with `make_reading(article.id, ANY, ANY)`, `make_mention` and `make_claim` of `variorum.model`, which cut
        each quote from `article.text`; spans count code points. Kinds, properties and scopes are keys of the schema
        (docs/reference/schema.md). A value is written as a person would type it ("12", "at least 12", "3 May 2031",
        "Tell Hamra", "name:Tell Hamra;in=ne:SY") and becomes its canonical form here. The reading goes by the name of
        the plugin and the version of its package: a new version reads every article anew.

        It is called in several processes, so it keeps nothing between articles. A claim whose words do not stand at its
        span, or whose value is none, is held back; an exception is a row of the problem list, and the others are read.
        """


class Writer(Protocol):
    """`variorum export NAME`: writes events in another format."""

    def __call__(self, events: Iterable[dict[str, object]], stream: TextIO) -> None:
        """Write events to a stream of text as they come.

        In: the objects of `variorum export jsonl`, schema `variorum/1` (docs/model.md), by date, kind and id. They come
        from the ledger as they are asked for, so a writer that keeps none of them needs no more memory for a hundred
        thousand events than for one. Where names were left out for sharing, each object says so under `redacted`.

        Text of reports is others' text: it is escaped here for the format. An exception ends the export, and no file is
        written.
        """


def find_plugins(seam: Seam) -> dict[str, EntryPoint]:
    """Give the plugins of a seam by name, sorted; none of them is loaded.

    Raises ConfigError when two packages bring one name: which of them wins would depend on the machine.
    """
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=f"variorum.{seam}"), key=lambda one: (one.name, one.value)):
        if entry.name in found and found[entry.name].value != entry.value:
            raise ConfigError(
                f"two packages bring {entry.name} for {seam}: {found[entry.name].value} and {entry.value}",
                "remove one of them",
            )
        found[entry.name] = entry
    return found


def load_plugin(seam: Seam, name: str) -> Any:
    """Give what a plugin brings.

    Raises UsageError for a name nobody brings, ConfigError for a plugin that cannot be loaded.
    """
    entry = find_plugin(seam, name)
    try:
        brought = entry.load()
    except Exception as error:  # the plugin's code is another's: whatever it raises, the cause is the plugin
        raise ConfigError(f"the plugin {name} cannot be loaded: {error}", f"reinstall {entry.value}") from error
    if not callable(brought):
        raise ConfigError(f"the plugin {name} is no function: {entry.value}", "correct its entry point")
    return brought


def find_plugin(seam: Seam, name: str) -> EntryPoint:
    """Give a plugin by its name, not loaded. Raises UsageError for a name nobody brings."""
    found = find_plugins(seam)
    if name not in found:
        known = ", ".join(found) if found else "none is installed"
        raise UsageError(f"no plugin {name} for {seam}", f"{seam}: {known}")
    return found[name]


def package_of(entry: EntryPoint) -> str:
    """Name the package that brings a plugin, with its version: `osk-maps 1.2`; the module where that is not known."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.module
