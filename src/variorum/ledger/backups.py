"""A ledger copied into one file while others write to it. Copying between databases is in `moving.py`.

Invariant: a file under the name of a backup is whole and was checked: it is written in a folder of its own beside,
synced and then renamed. No file is touched that this program did not make, but the one that is replaced.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from variorum.errors import LedgerBusyError, LedgerError, LedgerWriteError, UsageError
from variorum.ledger import moving, stores, texts
from variorum.ledger.dialects import BUSY_REMEDY, is_url, translated
from variorum.ledger.moving import Tell, tell_nobody
from variorum.ledger.store import Ledger
from variorum.ledger.stores import LOST, sync

PAGES = 2_000  # of 4 KiB copied in one step: 8 MB, a few milliseconds, between which Ctrl-C is heard
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a file
BLOCK = 1 << 20  # bytes of a pack copied at once
RESTS = ("-wal", "-journal")  # of these what holds writings


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    copied: moving.Copied
    size: int  # of the file, in bytes
    whole_check: bool
    packs: int  # files of texts in the folder beside the file, whether copied now or there from the last backup
    elsewhere: str  # address where the texts stay; "" where the backup holds them


def back_up(ledger: Ledger, place: Path, *, whole: bool, force: bool, tell: Tell = tell_nobody) -> BackedUp:
    """Copy a ledger, in the state in which it is now, into a file; writers go on meanwhile.

    With `whole` the copy goes through the full check. Raises UsageError where a file is and `force` is off or where it
    is the ledger itself, LedgerBusyError where another program has the file open, LedgerError when the copy is not
    sound; then no file is left.
    """
    with ledger.snapshot(), ledger._reading() as connection:
        _refuse(connection, place, force=force)
        with _beside(place) as part:
            if connection.dialect.name == "sqlite":
                _copy_pages(connection, part, tell)
                packs = _copy_packs(connection, part, place)
            else:
                packs = 0
                with Ledger.open(part, create=True) as new:
                    ledger.copy_to(new, tell=tell, check=whole)
            copied = _prove(connection, part, whole=whole and connection.dialect.name == "sqlite")
            with translated(str(place)):
                _give_packs(part, place)
                sync(part)
                size = part.stat().st_size
                _give_name(part, place, force=force)
                sync(place.parent)
    choice = texts.held(connection).choice
    return BackedUp(copied, size, whole, packs, choice if "://" in choice else "")


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a file in a folder of its own beside a place: nobody else writes there, and all in it goes in the end."""
    with translated(str(place)):
        folder = Path(tempfile.mkdtemp(dir=place.parent, prefix=f"{place.name}."))
    try:
        yield folder / place.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse(connection: sa.Connection, place: Path, *, force: bool) -> None:
    if is_url(str(place)):
        raise UsageError("a backup is a file", "to copy a ledger into a database: variorum move LEDGER NEW")
    if place.is_dir():
        raise UsageError(f"{place} is a folder", "give the file to write")
    if not place.parent.exists():
        raise UsageError(f"the folder {place.parent} does not exist", f"make it: mkdir -p {place.parent}")
    if connection.dialect.name == "sqlite":
        file = connection.execute(sa.text("SELECT file FROM pragma_database_list WHERE name = 'main'")).scalar_one()
        if any(_is_one(f"{place}{mine}", f"{file}{its}") for mine in BESIDE for its in BESIDE):
            raise UsageError(f"{place} is the ledger itself, or a file that belongs to it", "give another file")
    if place.exists() and not force:
        raise _exists(place)
    _refuse_rests(place)


def _is_one(left: str, right: str) -> bool:
    """Tell whether two names are of one file, also through links, and also before it is there."""
    try:
        return Path(left).samefile(right)
    except OSError:
        return os.path.realpath(left) == os.path.realpath(right)


def _exists(place: Path) -> UsageError:
    return UsageError(f"{place} exists already; nothing was written", "give another name, or --force to replace it")


def _rests(place: Path) -> Path | None:
    """Find what lies beside a name and holds writings that are not in the file of that name yet."""
    return next((rest for rest in (Path(f"{place}{ending}") for ending in RESTS) if rest.exists()), None)


def _refuse_rests(place: Path) -> None:
    """Refuse a name beside which another file's writings lie: SQLite would take them for those of the backup."""
    rest = _rests(place)
    if rest is not None and (place.is_symlink() or not place.exists()):
        raise UsageError(f"{rest} lies there, and would become a part of the backup", "give another name, or move it")


def _give_name(part: Path, place: Path, *, force: bool) -> None:
    """Give a backup its name; a ledger that has it stays whole until then."""
    if not force:
        try:
            os.link(part, place)
        except FileExistsError:  # made by another program meanwhile
            raise _exists(place) from None
        except OSError:  # a medium without links
            part.rename(place)
        return
    _refuse_rests(place)
    if _rests(place) is not None:
        _finish(place)
    part.replace(place)


def _finish(place: Path) -> None:
    """Have SQLite bring what lies beside a ledger into its file, and take it away.

    Nothing is deleted here: a log taken away before the new file has its name would be lost to the old ledger if the
    program died between the two, and one left until after it would be played into the new one.
    """
    with closing(sqlite3.connect(place, isolation_level=None)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        old.execute("BEGIN IMMEDIATE")  # finishes what a journal holds
        old.execute("ROLLBACK")
    if _rests(place) is not None:  # whoever closes a ledger last clears up
        raise LedgerBusyError(f"another program has {place} open; it was not replaced", BUSY_REMEDY)


def _copy_pages(connection: sa.Connection, part: Path, tell: Tell) -> None:
    """Copy the pages of a file as they are.

    Why not VACUUM INTO: it makes the tables anew, in which rows without a number of their own get other numbers, and
    an index of words that goes by those would point elsewhere. The backup begins again whenever another connection
    writes between two steps, unless this one holds a reading transaction: that keeps its pages as they are, and under
    a write-ahead log it hinders no writer.
    """
    connection.execute(sa.text("SELECT COUNT(*) FROM meta"))  # the transaction begins with the first reading
    source = connection.connection.dbapi_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(part)) as target:
        source.backup(target, pages=PAGES, progress=lambda _, rest, total: tell("pages", total - rest, total))


def _copy_packs(connection: sa.Connection, part: Path, place: Path) -> int:
    """Copy the packs that lie beside a ledger to beside its copy, each synced; gives how many there are.

    One that an earlier backup of that name has is not copied again: a pack never changes. Each is held against its
    name, which is the hash of what is in it. Raises LedgerError for a pack of the ledger that is missing or damaged.
    """
    here = texts.held(connection)
    if here.choice != stores.BESIDE or not isinstance(here.store, stores.Folder):
        return 0
    there, before = stores.Folder(Path(f"{part}.texts")), stores.Folder(Path(f"{place}.texts"))
    packs = texts.list_packs(connection)
    for name in packs:
        target = there.place_of(name)
        with translated(str(place)):
            target.parent.mkdir(parents=True, exist_ok=True)
            if _take_over(before.place_of(name), target, name):
                continue
            fault = _copy_pack(here.store.place_of(name), target, name)
            if not fault:
                sync(target)
                continue
        raise LedgerError(f"the pack {name} of {here.store.address} {fault}; no file was kept", LOST)
    return len(packs)


def _take_over(old: Path, target: Path, name: str) -> bool:
    """Give a pack of an earlier backup a second name, where it is still what was stored; False where it is not."""
    try:
        with old.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != name:
                return False
        os.link(old, target)
    except OSError:  # it is not there, or lies on a medium without links
        return False
    return True


def _copy_pack(source: Path, target: Path, name: str) -> str:
    """Copy a pack; gives what is wrong with it, or "" where it is what was stored."""
    digest = hashlib.sha256()
    try:
        file = source.open("rb")
    except OSError as error:
        return "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
    with file, target.open("wb") as copy:
        while part := file.read(BLOCK):
            digest.update(part)
            copy.write(part)
    return "" if digest.hexdigest() == name else "is damaged"


def _give_packs(part: Path, place: Path) -> None:
    """Bring packs to where the backup will look for them; they do no harm there if it never comes."""
    there, final = stores.Folder(Path(f"{part}.texts")), stores.Folder(Path(f"{place}.texts"))
    for name in there.sizes():
        source, target = there.place_of(name), final.place_of(name)
        if not (target.exists() and target.samefile(source)):
            stores.make_folder(target.parent)
            source.replace(target)
            sync(target.parent)


def _prove(connection: sa.Connection, part: Path, *, whole: bool) -> moving.Copied:
    with Ledger.open(part) as new:
        if not is_sound(part):
            raise LedgerWriteError(f"{part} is damaged right after it was written", "check the disk")
        faults = new.check() if whole else []
        if faults:
            raise LedgerError(
                f"the backup has {len(faults)} faults, as the ledger has; no file was kept: {faults[0]}",
                "see them: variorum check; without --check the ledger is copied as it is",
            )
        with new._reading() as copy:
            return moving.prove(connection, copy, str(part))


def is_sound(place: Path) -> bool:
    """Tell whether the pages of a file hang together."""
    with closing(sqlite3.connect(place)) as connection:
        return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
