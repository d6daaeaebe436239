"""The long parts of rows, texts and raw bytes, where they lie outside the ledger: put there, and read from there.

Everything else in the ledger sees whole rows. A seal is made of the whole row before its text is put outside, so it is
the same wherever the text lies, and proves it.
Invariant: a pack is on the disk before the transaction whose rows lead to it ends; a pack that no row leads to does no
harm. A row read from a pack has the text that was hashed, or is an error that names the row.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from variorum.errors import LedgerError, UsageError
from variorum.ledger import packs, rows
from variorum.ledger.dialects import is_url, show_place
from variorum.ledger.pack_table import pack
from variorum.ledger.packs import Open, Place
from variorum.ledger.quoted import read_quoted
from variorum.ledger.stores import BESIDE, LOST, Store, check_choice, open_store
from variorum.ledger.tables import article, meta, raw
from variorum.model import Article

HELD = "variorum_texts"  # execution option of a ledger's engine: where its texts lie
CHOICE = "texts"  # key in meta: "beside" or an address; not there for inside
CHUNK = 500  # rows whose texts are in memory at a time
_OUT = "variorum packs"  # of a connection: packs that its transaction fills
# What a query of an article's text needs besides.
TEXT_COLUMNS = (
    *(article.c[name] for name in ("id", "number", "text", "text_sha256", "pack", "pack_start", "pack_size")),
    article.c.characters,
)
Record = TypeVar("Record")


@dataclass(slots=True)
class Held:
    """Where the texts of one opened ledger lie."""

    choice: str = ""
    store: Store | None = None  # None: in the rows
    lacking: dict[str, LedgerError] | None = None  # by article, where texts that cannot be had may lack
    begun: bool = False  # a copy marked the place, and the mark is not taken away yet


@dataclass(slots=True)
class Outgoing:
    """The packs that a transaction fills: texts and raw bytes apart, so that texts are read without the others."""

    next: int
    open: dict[str, Open] = field(default_factory=dict)


def held(connection: sa.Connection) -> Held:
    """Give where the texts of the ledger of a connection lie."""
    found = connection.get_execution_options().get(HELD)
    return found if isinstance(found, Held) else Held()


@contextmanager
def restored(here: Held) -> Iterator[None]:
    """Keep texts where they were kept before a block that fails: what it chose is not stored then."""
    before = here.choice, here.store
    try:
        yield
    except BaseException:
        here.choice, here.store = before
        raise


# ---------------------------------------------------------------- the choice


def read_choice(connection: sa.Connection) -> str:
    """Give the stored choice; "" for inside."""
    return str(connection.execute(sa.select(meta.c.value).where(meta.c.key == CHOICE)).scalar() or "")


def choose(connection: sa.Connection, choice: str, ledger: str, *, shared: bool = False, copying: bool = False) -> None:
    """Store where the texts of a ledger without rows are to lie. `ledger` is its file or URL.

    With `copying`, an address is marked as begun for this ledger until `finish`: what a copy that was stopped left
    there is no other ledger's, and the copy can be made again.
    Raises UsageError for a choice that cannot be used, or a place where another ledger's texts lie unless `shared`.
    """
    choice = check_choice(choice, ledger)
    store = open_store(choice, ledger)
    if store is not None and "://" in choice and not shared:
        mark = show_place(ledger) if is_url(ledger) else os.path.realpath(ledger)
        if store.sizes() and not (copying and store.begun() == mark):
            raise UsageError(f"at {store.address} lie the texts of another ledger", "give a place of its own")
        if copying:
            store.begin(mark)
            held(connection).begun = True
    connection.execute(sa.delete(meta).where(meta.c.key == CHOICE))
    if choice:
        connection.execute(sa.insert(meta), {"key": CHOICE, "value": choice})
    here = held(connection)
    here.choice, here.store = choice, store


def choose_as(old: sa.Connection, new: sa.Connection, choice: str | None, names: tuple[str, str]) -> None:
    """Store where the texts of a copy go: as in the old ledger where nothing is chosen.

    `names` are those of both ledgers. Raises what `choose` raises.
    """
    kept = held(old).choice
    if choice is None and kept == BESIDE and "://" in names[1]:
        raise UsageError(
            f"the texts of {names[0]} lie beside it, and beside a database nothing can lie",
            "say where they go: --texts inside, or --texts file:///data/texts or s3://bucket/prefix",
        )
    choose(new, kept if choice is None else choice, names[1], shared=choice in (None, kept), copying=True)


def finish(here: Held) -> None:
    """Take away the mark that a copy is under way, once what it wrote is kept."""
    if here.begun and here.store is not None:
        here.store.finish()
    here.begun = False


def are_shared(old: sa.Connection, new: sa.Connection) -> bool:
    """Tell whether two ledgers keep their texts at one address."""
    return "://" in held(old).choice and held(old).choice == held(new).choice


def copy_packs(old: sa.Connection, new: sa.Connection) -> None:
    """Let a copy know the packs of the ledger that it is a copy of."""
    listed = [dict(row) for row in old.execute(sa.select(pack).order_by(pack.c.number)).mappings()]
    if listed:
        new.execute(sa.insert(pack), listed)


# ---------------------------------------------------------------- going out


def begin(connection: sa.Connection) -> None:
    """Forget the packs of a transaction that came to nothing."""
    connection.info.pop(_OUT, None)


def put_out(connection: sa.Connection, table: sa.Table, new: Sequence[rows.Row]) -> list[rows.Row]:
    """Put the long parts of sealed rows into packs, where the ledger keeps them so; gives the rows to be stored."""
    if table is not article and table is not raw:
        return list(new)
    if held(connection).store is None:
        return [row | dict.fromkeys(_places(table)) for row in new]
    return [_without_text(connection, row) if table is article else _without_packed(connection, row) for row in new]


def _places(table: sa.Table) -> list[str]:
    return [column.name for column in table.columns if column.info.get("place", False)]


def _without_text(connection: sa.Connection, row: rows.Row) -> rows.Row:
    text = row["text"]
    if not text:
        return row | dict.fromkeys(_places(article))
    place = _add(connection, article, row["text_sha256"], packs.compress(text.encode("utf-8")))
    return row | {"text": "", "characters": len(text)} | _row_of(place)


def _without_packed(connection: sa.Connection, row: rows.Row) -> rows.Row:
    return row | {"packed": b""} | _row_of(_add(connection, raw, row["sha256"], row["packed"]))


def _row_of(place: Place) -> rows.Row:
    return {"pack": place.pack, "pack_start": place.start, "pack_size": place.size}


def _add(connection: sa.Connection, table: sa.Table, sha256: str, packed: bytes) -> Place:
    out = connection.info.get(_OUT)
    if not isinstance(out, Outgoing):
        last = connection.execute(sa.select(sa.func.max(pack.c.number))).scalar() or 0
        out = connection.info[_OUT] = Outgoing(last + 1)
    if table.name not in out.open:
        out.open[table.name] = Open(out.next)
        out.next += 1
    place = out.open[table.name].add(sha256, packed)
    if len(out.open[table.name].data) >= packs.FULL:
        _close(connection, out.open.pop(table.name))
    return place


def write_out(connection: sa.Connection) -> None:
    """Write the packs of a transaction that is about to end. Raises LedgerWriteError."""
    out = connection.info.pop(_OUT, None)
    if isinstance(out, Outgoing):
        for name in sorted(out.open):
            _close(connection, out.open[name])


def _close(connection: sa.Connection, full: Open) -> None:
    store = held(connection).store
    assert store is not None, "packs are filled only where there is a place for them"
    store.put(full.name, bytes(full.data))
    connection.execute(sa.insert(pack), {"number": full.number, "name": full.name, "size": len(full.data)})


# ---------------------------------------------------------------- coming back


def fill(connection: sa.Connection, table: sa.Table, found: Iterable[rows.AnyRow]) -> list[rows.Row]:
    """Give rows of articles or raw bytes with the parts that lie outside.

    Raises LedgerError that names the first row whose part is missing, cut or another one, but where texts may lack.
    """
    given = [dict(row) for row in found]
    lacking = held(connection).lacking
    whole = []
    for place, row in enumerate(try_fill(connection, table, given)):
        if isinstance(row, LedgerError):
            if lacking is None or table is not article:
                raise row
            lacking[given[place]["id"]] = row
            row = given[place] | {"text": read_quoted(connection, given[place]["id"])}
        whole.append(row)
    return whole


def try_fill(connection: sa.Connection, table: sa.Table, found: Sequence[rows.Row]) -> list[rows.Row | LedgerError]:
    """Give rows with the parts that lie outside, in place of each that cannot be had an error that names it."""
    places = [None if row["pack"] is None else _place(row) for row in found]
    data = _read(connection, [place for place in places if isinstance(place, Place)])
    return [
        row if place is None else _whole(table, row, data[place] if isinstance(place, Place) else place)
        for row, place in zip(found, places)
    ]


def is_placed(table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Tell whether a row says of its whole long part where it lies, or nothing of it."""
    said = {type(row[name]) for name in _places(table)}
    return len(said) < 2


def _place(row: Mapping[str, Any]) -> Place | LedgerError:
    parts = (row["pack"], row["pack_start"], row["pack_size"])
    if all(type(part) is int and part >= 0 for part in parts):
        return Place(*parts)
    return LedgerError("the ledger does not say where it lies", LOST)


def _whole(table: sa.Table, row: rows.Row, data: bytes | LedgerError) -> rows.Row | LedgerError:
    name = f"the text of R{row['number']} ({row['id']})" if table is article else f"the raw bytes {row['sha256']}"
    try:
        if isinstance(data, LedgerError):
            raise data
        if table is raw:
            return row | {"packed": data}
        most = 4 * row["characters"] if type(row["characters"]) is int else 0
        text = packs.expand(data, str(row["text_sha256"]), most).decode("utf-8", "surrogateescape")
        if len(text) != row["characters"]:
            raise LedgerError("it is not as long as the ledger says", LOST)
    except LedgerError as error:
        return LedgerError(f"{name} cannot be read: {error.cause}", error.remedy)
    return row | {"text": text}


def _read(connection: sa.Connection, places: Sequence[Place]) -> dict[Place, bytes | LedgerError]:
    by_pack: defaultdict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_pack[place.pack].append(place)
    found: dict[Place, bytes | LedgerError] = {}
    out = connection.info.get(_OUT)
    filled = {one.number: one for one in out.open.values()} if isinstance(out, Outgoing) else {}
    names = _names(connection, [number for number in by_pack if number not in filled])
    store = held(connection).store
    for number, wanted in by_pack.items():
        try:
            if number in filled:
                data = filled[number].data
                found |= {place: bytes(data[place.start : place.start + place.size]) for place in wanted}
            elif store is None or number not in names:
                raise LedgerError(f"the ledger does not know the pack {number}", LOST)
            else:
                found |= packs.read_places(store, names[number], wanted)
        except LedgerError as error:
            found |= dict.fromkeys(wanted, error)
    return found


def _names(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, str]:
    query = sa.select(pack.c.number, pack.c.name)
    found: dict[int, str] = {}
    for start in range(0, len(numbers), CHUNK):
        part = query.where(pack.c.number.in_(numbers[start : start + CHUNK]))
        found |= {row.number: row.name for row in connection.execute(part)}
    return found


def is_by_batch(connection: sa.Connection, table: sa.Table) -> bool:
    """Tell whether the rows of a table are best read batch by batch, since their texts lie so outside."""
    return held(connection).store is not None and table in (article, raw)


def reading_order(connection: sa.Connection, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Give the order in which to walk through a table: by key, or as its texts lie, which are read in stretches."""
    if not is_by_batch(connection, table):
        return [*table.primary_key.columns]
    return [table.c.batch, table.c.pack, table.c.pack_start, *table.primary_key.columns]


def stream(
    connection: sa.Connection, table: sa.Table, query: sa.Select[Any], read: Callable[[rows.Row], Record]
) -> Iterator[Record]:
    """Yield the records of a query of articles or raw bytes, whole, a chunk of rows at a time."""
    with connection.execute(query, execution_options={"yield_per": CHUNK}) as result:
        found = iter(result.mappings())
        while part := list(islice(found, CHUNK)):
            yield from (read(row) for row in fill(connection, table, part))


def read_some(connection: sa.Connection, query: sa.Select[Any]) -> list[Article]:
    """Give the articles of a query of whole rows, with their texts."""
    return [rows.read_article(row) for row in fill(connection, article, connection.execute(query).mappings().all())]


def read_text(connection: sa.Connection, article_id: str) -> str | None:
    """Give the text of an article; None where there is no such article."""
    row = connection.execute(sa.select(*TEXT_COLUMNS).where(article.c.id == article_id)).mappings().first()
    return None if row is None else str(fill(connection, article, [row])[0]["text"])


# ---------------------------------------------------------------- is it all there?


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies outside a ledger."""

    place: str  # folder or address; "" for nothing
    packs: int
    size: int  # of the packs, in bytes
    left_over: int = 0  # files that no row leads to: of a transaction that did not end, or of another ledger
    left_over_size: int = 0


def count_kept(connection: sa.Connection) -> Kept:
    """Say what lies outside, and how much of it nothing leads to. Raises LedgerError where the place cannot be read."""
    store = held(connection).store
    if store is None:
        return Kept("", 0, 0)
    known = list_packs(connection)
    there = store.sizes()
    spare = [size for name, size in there.items() if name not in known]
    return Kept(store.address, len(known), sum(known.values()), len(spare), sum(spare))


def list_packs(connection: sa.Connection) -> dict[str, int]:
    """Give the names of the packs that rows lead to, each with its size in bytes."""
    return {row.name: row.size for row in connection.execute(sa.select(pack.c.name, pack.c.size))}


def find_lost(connection: sa.Connection) -> dict[int, str]:
    """Lead the numbers of packs that are missing, or of another size, to a line that says so."""
    store = held(connection).store
    listed = connection.execute(sa.select(pack).order_by(pack.c.number)).all()
    if store is None:
        return {row.number: f"pack {row.number}: the ledger does not say where it lies" for row in listed}
    there = store.sizes() if listed else {}
    lost = [row for row in listed if there.get(row.name) != row.size]
    held_by = {} if not lost else {table.name: _count(connection, table) for table in (article, raw)}
    found = {}
    for row in lost:
        size = there.get(row.name)
        texts, data = (held_by[table.name].get(row.number, 0) for table in (article, raw))
        holds = f"the texts of {texts:,} reports" if texts else f"the raw bytes of {data:,} files"
        fault = "it is missing" if size is None else f"it has {size:,} bytes and not {row.size:,}"
        found[row.number] = f"pack {row.number} ({row.name} in {store.address}): {fault}; it holds {holds}"
    return found


def _count(connection: sa.Connection, table: sa.Table) -> dict[int, int]:
    query = sa.select(table.c.pack, sa.func.count()).where(table.c.pack.is_not(None)).group_by(table.c.pack)
    return {int(number): int(count) for number, count in connection.execute(query)}
