"""A file that is there whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


def write_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file whole or not at all, so that one that exists is complete; a device or a pipe as it is."""
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            write(stream)
        return
    # A name that nobody else has: what a person keeps beside it is theirs, and two at once do not meet.
    part = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            write(stream)
        if target.exists():
            shutil.copymode(target, part)  # a file that only its owner may read stays one
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
