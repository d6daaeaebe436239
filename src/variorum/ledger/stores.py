"""Places outside a ledger where packs of texts lie: a folder, or an object store that fsspec reaches. No SQL in here.

Invariant: a pack is written once, whole, and never changed; when `put` comes back it survives a power cut. What cannot
be read is an error that names the place, never an exception of a file system.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from variorum.errors import ConfigError, LedgerError, LedgerWriteError, UsageError

BESIDE, INSIDE = "beside", "inside"
ENDING = ".pack"
BEGUN = "begun"  # name of the file that says whose texts are being brought
LOST = "put the place back as it was, or take the ledger and its texts from a backup; what is missing: variorum check"
WRITE = "free some space there or make it writable, and run the same command again; what was written so far is kept"
REACH = "is the store there, and do its keys stand in the environment (AWS_ACCESS_KEY_ID, AWS_PROFILE …)?"
ADDRESS = "an address such as file:///data/texts or s3://bucket/prefix"
FORMS = f'give "inside", "beside", or {ADDRESS}'


class Store(Protocol):
    """A place of packs; each has a name of 64 hexadecimal signs."""

    address: str  # as people are told it

    def put(self, name: str, data: bytes) -> None:
        """Write a pack; nothing where it is already. Raises LedgerWriteError."""

    def read(self, name: str, start: int, size: int) -> bytes:
        """Give a stretch of a pack, shorter where the pack ends. Raises LedgerError where it cannot be read."""

    def sizes(self) -> Mapping[str, int]:
        """Give every pack that lies there with its size in bytes. Raises LedgerError where the place cannot be read."""

    def begun(self) -> str:
        """Give the ledger whose texts a copy is bringing here, or was when it was stopped; "" for none."""

    def begin(self, ledger: str) -> None:
        """Write that a copy brings the texts of a ledger here. Raises LedgerWriteError."""

    def finish(self) -> None:
        """Take away what `begin` wrote; where that cannot be, it stays, and does no harm."""


def check_choice(choice: str, ledger: str) -> str:
    """Give a choice of a place for texts as a ledger keeps it: "" for inside. `ledger` is a file or a URL.

    Raises UsageError for one that cannot be used.
    """
    if choice in ("", INSIDE):
        return ""
    if choice == BESIDE:
        if "://" in ledger:
            raise UsageError(
                "beside a ledger in PostgreSQL there is no place for texts", f'give "inside", or {ADDRESS}'
            )
        return BESIDE
    parts = urlsplit(choice)
    if "://" not in choice or not parts.scheme or not (parts.netloc or parts.path.strip("/")):
        raise UsageError(f"{choice} is no place for texts", FORMS)
    if parts.username is not None or parts.password is not None:
        raise UsageError("the address of the texts holds a name or password", "set the keys in the environment instead")
    if parts.scheme == "file" and (parts.netloc or not parts.path.startswith("/")):
        raise UsageError(f"{choice} is no whole address of a folder", "begin it with three slashes: file:///data/texts")
    return choice.rstrip("/")


def open_store(choice: str, ledger: str) -> Store | None:
    """Give the place of a choice that was checked; None for inside. Nothing is written or asked yet.

    Raises ConfigError where the packages for it are missing.
    """
    if choice == "":
        return None
    if choice == BESIDE:
        return Folder(name_beside(ledger, ".texts"))
    if choice.startswith("file://"):
        return Folder(Path(unquote(urlsplit(choice).path)))
    return Remote(choice)


def name_beside(ledger: str, ending: str) -> Path:
    """Give the name of what lies beside the file of a ledger; of a link, beside the file that it leads to."""
    return Path(f"{os.path.realpath(ledger) if Path(ledger).is_symlink() else ledger}{ending}")


class Folder:
    """A folder: packs in subfolders by the first two signs of their names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)

    def place_of(self, name: str) -> Path:
        """Give the file of a pack."""
        return self.path / name[:2] / f"{name}{ENDING}"

    def put(self, name: str, data: bytes) -> None:
        """Write a pack under another name, sync it, and rename it."""
        place = self.place_of(name)
        try:
            if place.exists() and place.stat().st_size == len(data):
                return
            make_folder(place.parent)
            handle, part = tempfile.mkstemp(dir=place.parent, prefix=f".{name[:8]}.")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(part).chmod(0o644)
                Path(part).replace(place)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
            sync(place.parent)
        except OSError as error:
            raise LedgerWriteError(f"the texts cannot be written to {self.address}: {_reason(error)}", WRITE) from error

    def read(self, name: str, start: int, size: int) -> bytes:
        """Give a stretch of a file."""
        try:
            with self.place_of(name).open("rb", buffering=0) as file:
                file.seek(start)
                return file.read(size)
        except OSError as error:
            raise LedgerError(f"{self.place_of(name)}: {_reason(error)}", LOST) from error

    def sizes(self) -> Mapping[str, int]:
        """Give every file of a pack, and what a program that was killed, or that writes now, has half written."""
        if not self.path.is_dir():
            return {}
        found: dict[str, int] = {}
        try:
            with os.scandir(self.path) as folders:
                for folder in [each.path for each in folders if each.is_dir()]:
                    with os.scandir(folder) as files:
                        for file in files:
                            with suppress(FileNotFoundError):  # got its name since it was listed
                                found[file.name.removesuffix(ENDING)] = file.stat().st_size
            return found
        except OSError as error:
            raise LedgerError(f"{self.address} cannot be read: {_reason(error)}", LOST) from error

    def begun(self) -> str:
        """Read the file that says so."""
        try:
            return (self.path / BEGUN).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise LedgerError(f"{self.address} cannot be read: {_reason(error)}", LOST) from error

    def begin(self, ledger: str) -> None:
        """Write the file that says so, before any pack."""
        try:
            make_folder(self.path)
            with (self.path / BEGUN).open("w", encoding="utf-8", errors="replace") as file:
                file.write(ledger)
                file.flush()
                os.fsync(file.fileno())
            sync(self.path)
        except OSError as error:
            raise LedgerWriteError(f"the texts cannot be written to {self.address}: {_reason(error)}", WRITE) from error

    def finish(self) -> None:
        """Take the file away."""
        with suppress(OSError):
            (self.path / BEGUN).unlink()


class Remote:
    """An object store. Writing an object is all or nothing there, so nothing is renamed."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            from fsspec.core import url_to_fs

            self._files, self._root = url_to_fs(address)
        except (ImportError, ValueError) as error:  # ValueError: fsspec knows no such kind of address
            raise ConfigError(
                f"{address} cannot be reached: {error}", "python -m pip install 'variorum[remote]'"
            ) from None

    def _place_of(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name}{ENDING}"

    def put(self, name: str, data: bytes) -> None:
        """Write an object."""
        try:
            self._files.pipe_file(self._place_of(name), data)
        except Exception as error:  # fsspec lets through whatever the client of a store raises
            raise LedgerWriteError(f"the texts cannot be written to {self.address}: {_reason(error)}", REACH) from error

    def read(self, name: str, start: int, size: int) -> bytes:
        """Give a stretch of an object by one request for a range."""
        try:
            return bytes(self._files.cat_file(self._place_of(name), start=start, end=start + size))
        except FileNotFoundError as error:
            raise LedgerError(f"{self.address}/{name[:2]}/{name}{ENDING} is not there", LOST) from error
        except Exception as error:
            raise LedgerError(f"{self.address} cannot be read: {_reason(error)}", REACH) from error

    def sizes(self) -> Mapping[str, int]:
        """Give every object under the address."""
        try:
            self._files.invalidate_cache()
            found: Mapping[str, Any] = self._files.find(self._root, detail=True)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise LedgerError(f"{self.address} cannot be read: {_reason(error)}", REACH) from error
        begun = f"{self._root}/{BEGUN}".lstrip("/")
        return {
            place.rpartition("/")[2].removesuffix(ENDING): int(row["size"])
            for place, row in found.items()
            if place.lstrip("/") != begun
        }

    def begun(self) -> str:
        """Read the object that says so."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{BEGUN}")).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except Exception as error:
            raise LedgerError(f"{self.address} cannot be read: {_reason(error)}", REACH) from error

    def begin(self, ledger: str) -> None:
        """Write the object that says so, before any pack."""
        try:
            self._files.pipe_file(f"{self._root}/{BEGUN}", ledger.encode("utf-8", "replace"))
        except Exception as error:
            raise LedgerWriteError(f"the texts cannot be written to {self.address}: {_reason(error)}", REACH) from error

    def finish(self) -> None:
        """Take the object away."""
        with suppress(Exception):
            self._files.rm(f"{self._root}/{BEGUN}")


def make_folder(path: Path) -> None:
    """Make a folder that outlives a power cut: each new name is synced in the folder that holds it."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        sync(one.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk; folders of Windows cannot be asked."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: BaseException) -> str:
    said = getattr(error, "strerror", None) or str(error).strip().partition("\n")[0]
    return str(said or type(error).__name__)
