"""A file that is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file whole or not at all, so that one that exists is complete; a device or a pipe as it is."""
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            write(stream)
        return
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            write(stream)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
