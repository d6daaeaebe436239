"""What is to be read, looked at before a ledger is made for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def check_paths(paths: Iterable[str]) -> None:
    """Refuse a missing path that names no feed either; `-` is standard input. Raises UsageError."""
    for path in paths:
        if path != "-" and not Path(path).exists() and not Path(path).is_symlink():
            from variorum.pipeline.feeds import find_feed  # imported here: most paths are there, and a run starts fast

            find_feed(path)
