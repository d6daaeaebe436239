"""The folder that a site is written into: whole or not at all, and never over what is not a site.

Invariant: nothing is written but beside and into the folder named; one that was there stays until all is written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import UsageError

MARK = "site.json"  # says that the folder is a site, of which ledger, and made by which program
_OURS = re.compile(
    r"site\.json|(index|map|about|search|(events|timeline|reports|sources|voices)(-\d+)?)\.html"
    r"|events/EV-[0-9A-Z]+\.html|reports/R\d+\.html|data/[a-z0-9-]+\.js|static/(vendor/)?[A-Za-z0-9.-]+"
)


@dataclass(slots=True)
class Target:
    """A site that is being written."""

    folder: Path
    given: str  # as the person named it
    files: int = 0
    size: int = 0  # bytes

    def write(self, name: str, text: str | bytes) -> None:
        """Write one file. Raises UsageError where it cannot be written."""
        body = text.encode("utf-8", "replace") if isinstance(text, str) else text
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        except OSError as error:  # said here: around it is a reading of the ledger, which takes it for one of its own
            raise _refuse(self.given, error) from None
        self.files += 1
        self.size += len(body)


@contextmanager
def replacing(given: str) -> Iterator[Target]:
    """Give a folder to write a site into, which takes the place of the one named when all is written.

    Raises UsageError for a folder that holds anything but a site, and for one that cannot be written.
    """
    out = Path(os.path.realpath(given))
    check_replaceable(out, given)
    part, old = out.with_name(f".{out.name}.part"), out.with_name(f".{out.name}.old")
    try:
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
        part.mkdir()
        yield Target(part, given)
        if out.exists():
            out.rename(old)
        part.rename(out)
    except OSError as error:
        if not out.exists() and old.exists():
            old.rename(out)
        raise _refuse(given, error) from None
    finally:
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)


def check_replaceable(out: Path, given: str) -> None:
    """Check that a site may be written at a place. Raises UsageError where something else is there."""
    if not out.name or not out.parent.is_dir():
        raise UsageError(f"{given} cannot be made: there is no folder around it", "name a folder in one that exists")
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise UsageError(f"{given} is a file", "name a new folder")
    names = sorted(
        path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()
    )
    if names and not _is_mark(out / MARK):
        raise UsageError(f"{given} is a folder that holds {names[0]}, and no site", "name a new folder")
    foreign = [name for name in names if _OURS.fullmatch(name) is None]
    if foreign:
        raise UsageError(f"{given} is a site, and holds {foreign[0]} beside it", "move that away, or name a new folder")


def _is_mark(path: Path) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("made_by") == "variorum site"


def _refuse(given: str, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(f"cannot write {given}: {why}", "name a folder in one that can be written, with room for it")
