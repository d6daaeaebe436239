"""The gazetteer of this process: the shipped one with the user's own places. Nothing is read or resolved here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from variorum.config import Config, own_gazetteer, read_config
from variorum.values.gazetteer import Gazetteer, open_gazetteer, read_digest


def own_places(config: Config) -> tuple[Path, Gazetteer]:
    """Give where the user's own gazetteer is or will be, and the shipped one that it stands beside."""
    for known in (gazetteer, own_digest, open_gazetteer):
        known.cache_clear()  # what is asked for from here on is to hold what gets added
    return own_gazetteer(config, os.environ), open_gazetteer()


@cache
def gazetteer() -> Gazetteer:
    """Give the gazetteer of this process, opened once: the shipped one, and the user's own where there is one.

    Raises ConfigError when the settings of the folder, or the user's file, cannot be read.
    """
    return open_gazetteer(_own_file())


@cache
def own_digest() -> str:
    """Give the digest of the user's own places; a second run does without the shipped gazetteer."""
    own = _own_file()
    return read_digest(own) if own else ""


def _own_file() -> str:
    own = own_gazetteer(read_config(Path.cwd(), os.environ), os.environ)
    return str(own) if own.is_file() else ""
