"""The folder that a site is written into: whole or not at all, and never over what is not a site.

Invariant: nothing is written but beside and into the folder named; one that was there stays until all is written, and
nothing is deleted but what a run of `variorum site` made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import UsageError
from variorum.web.folder.places import PAGE_FILE

MARK = "site.json"  # says that the folder is a site, of which ledger, and made by which program
MADE_BY = "variorum site"
TRIES = 5  # of taking the place: another run may take it between two steps
_OURS = re.compile(rf"{re.escape(MARK)}|{PAGE_FILE}|data/[a-z0-9-]+\.js|static/(vendor/)?[A-Za-z0-9.-]+")
_FOLDERS = ("events", "reports", "data", "static", "static/vendor")


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

    Of two that are written at once the later one stands there, whole.

    Raises UsageError for a folder that holds anything but a site, and for one that cannot be written.
    """
    out = Path(os.path.realpath(given))
    try:
        _restore(out)
        check_replaceable(out, given)
        part = _beside(out, "part")
        part.mkdir()
    except OSError as error:
        raise _refuse(given, error) from None
    held = _hold(part)
    try:
        (part / MARK).write_text(json.dumps({"made_by": MADE_BY}), encoding="utf-8")
        if out.is_dir():
            part.chmod(out.stat().st_mode & 0o7777 | 0o700)  # what is private stays so while it is written
        yield Target(part, given)
        _take_place(part, out, given)
        _clear(out)
    except OSError as error:
        raise _refuse(given, error) from None
    finally:
        _remove(part)
        if held >= 0:
            os.close(held)


def check_replaceable(out: Path, given: str) -> None:
    """Check that a site may be written at a place. Raises UsageError where something else is there, and OSError."""
    if not out.name or not out.parent.is_dir():
        raise UsageError(f"{given} cannot be made: there is no folder around it", "name a folder in one that exists")
    try:
        os.lstat(out)
    except FileNotFoundError:
        return
    if not out.is_dir():
        raise UsageError(f"{given} is a file", "name a new folder")
    paths = sorted(out.rglob("*"))
    names = {path.relative_to(out).as_posix(): path.is_dir() and not path.is_symlink() for path in paths}
    if names and not _is_mark(out / MARK):
        first = next((name for name, folder in names.items() if not folder), next(iter(names)))
        raise UsageError(f"{given} is a folder that holds {first}, and no site", "name a new folder")
    for name, folder in names.items():
        if (name not in _FOLDERS) if folder else (_OURS.fullmatch(name) is None):
            raise UsageError(f"{given} is a site, and holds {name} beside it", "move that away, or name a new folder")


def _beside(out: Path, what: str, key: str = "") -> Path:
    """Give the name of a folder beside the one named, which nobody else has: short, however long that one's is."""
    own = hashlib.sha256(os.fsencode(out.name)).hexdigest()[:12]
    return out.with_name(f".variorum-site-{own}-{key or secrets.token_hex(8)}.{what}")


def _find_left(out: Path, what: str) -> list[Path]:
    """Give the folders of a kind that runs for this one left beside it: those alone that bear the mark of a site."""
    if not out.name:  # the root of the disk, which is refused
        return []
    return [path for path in out.parent.glob(_beside(out, what, "*").name) if _is_mark(path / MARK)]


def _restore(out: Path) -> None:
    """Put the site back that a run had moved away when it was killed."""
    left = _find_left(out, "old")
    if left and not os.path.lexists(out):
        max(left, key=lambda path: path.stat().st_mtime).rename(out)


def _take_place(part: Path, out: Path, given: str) -> None:
    """Move a site to its place, and delete the one that was there; where that fails, the one before stays."""
    moved: list[Path] = []
    try:
        for left in reversed(range(TRIES)):
            try:
                check_replaceable(out, given)  # again: it was hours ago
                if out.is_dir():
                    mode = out.stat().st_mode & 0o7777
                    moved.append(_beside(out, "old"))
                    out.rename(moved[-1])
                    part.chmod(mode)
                part.rename(out)
                break
            except (OSError, UsageError):  # one that another run put there, or took away, in between
                if not left:
                    raise
    except BaseException:  # an interrupt too
        for old in reversed(moved):
            if old.exists() and not os.path.lexists(out):
                old.rename(out)
        raise
    for old in moved:
        _remove(old)


def _clear(out: Path) -> None:
    """Delete what runs left beside a site that is whole: earlier ones, and halves that no run holds any more."""
    for old in _find_left(out, "old"):
        _remove(old)
    for part in _find_left(out, "part"):
        held = _hold(part)
        if held >= 0:
            _remove(part)
            os.close(held)


def _hold(folder: Path) -> int:
    """Hold a folder against other runs; -1 where another holds it, or the system knows no such holds."""
    try:
        import fcntl
    except ImportError:  # on Windows: nothing is held there, and no half of another run is deleted
        return -1
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:
        return -1
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return -1
    return held


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.chmod(0o700)  # of a folder that may not be written nothing can be deleted
    shutil.rmtree(folder, ignore_errors=True)


def _is_mark(path: Path) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("made_by") == MADE_BY


def _refuse(given: str, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(f"cannot write {given}: {why}", "name a folder in one that can be written, with room for it")
