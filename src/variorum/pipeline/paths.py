"""What is to be read, looked at before a ledger is made for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from variorum.errors import UsageError


def check_paths(paths: Iterable[str]) -> None:
    """Refuse a missing path; `-` is standard input. Raises UsageError."""
    for path in paths:
        if path != "-" and not Path(path).exists() and not Path(path).is_symlink():
            raise UsageError(f"no such file or folder: {path}", "check the spelling, or the folder you are in")
