"""A plugin as a writer of `variorum export`: it writes to a stream, and what it wrote is handed on in pieces.

Invariant: nothing is handed on before the plugin is done, so an export that fails leaves no half of a file; and
neither the events nor what is written of them lies in memory whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast

from variorum.errors import ConfigError, UsageError, VariorumError
from variorum.plugins import find_plugins, load_plugin, package_of
from variorum.publish.formats import FORMATS, TEXT, Format, Write
from variorum.publish.issue import Issue
from variorum.publish.jsonl import event_object

IN_MEMORY = 4_000_000  # bytes; what is longer waits in a temporary file
PIECE = 65_536  # characters handed on at a time
REMEDY = "tell who makes the plugin, or choose another format"


@dataclass(frozen=True, slots=True)
class PluginFormat:
    """A format that a plugin writes: what a `Format` of the program says of itself."""

    name: str
    what: str  # one line for people
    media: str = "text/plain" + TEXT
    tables: tuple[str, ...] = ()  # it is one file
    binary: bool = False

    @property
    def ending(self) -> str:
        """How its file ends: its name."""
        return re.sub(r"[^a-z0-9]", "", self.name.lower()) or "txt"

    def load(self) -> Write:
        """Import the plugin. Raises ConfigError where that cannot be done."""
        return plugin_writer(self.name)


def plugin_formats() -> dict[str, PluginFormat]:
    """Give the formats that plugins write, by name; none is loaded."""
    found = find_plugins("writers")
    return {name: PluginFormat(name, f"By the plugin {package_of(entry)}.") for name, entry in found.items()}


def find_writer(name: str) -> Format | PluginFormat:
    """Give a format by its name: the program's own first, then those of plugins.

    Raises UsageError for a name that nobody writes.
    """
    if name in FORMATS:
        return FORMATS[name]
    plugins = plugin_formats()
    if name not in plugins:
        raise UsageError(f"no writer for the format {name}", f"choose one of {', '.join([*FORMATS, *plugins])}")
    return plugins[name]


def plugin_writer(name: str) -> Write:
    """Give what writes an issue by a plugin, loaded.

    Raises UsageError for a name nobody brings, ConfigError for a plugin that cannot be loaded; writing raises
    ConfigError with the plugin's name for whatever the plugin raises, and LedgerError where the ledger fails it.
    """
    brought = load_plugin("writers", name)

    def write(issue: Issue, table: str) -> Iterator[str]:
        with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="") as spool:
            stream = cast(TextIO, spool)
            try:
                brought(_objects(issue), stream)
                stream.seek(0)
            except VariorumError:
                raise  # of the ledger that the events come from, or worded by the plugin itself
            except Exception as error:  # the plugin's code is another's: whatever it raises, the cause is the plugin
                cause = f"the plugin {name} failed: {type(error).__name__}: {error}"
                raise ConfigError(cause, REMEDY) from error
            while piece := stream.read(PIECE):
                yield piece

    return write


def _objects(issue: Issue) -> Iterator[dict[str, object]]:
    """Yield the objects of the events, a part of the ledger at a time."""
    for part in issue.parts():
        for event in part.events:
            yield event_object(part, event)
