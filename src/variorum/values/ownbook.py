"""The user's own gazetteer: the places of added files in one SQLite file, laid out as the shipped one is.

Invariant: the file is made anew and put in place whole, so a reader sees all of an addition or none; the same rows
from the same files give the same file, and adding a file again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from variorum.errors import ConfigError
from variorum.values.gazetteer import FEATURES, OWN_FORMAT, OWN_NUMBERS, Gazetteer
from variorum.values.ownrows import OwnRow
from variorum.values.placename import TRANSLITERATED, exact_key, key_mark, loose_key

NEAR_TOWN_KM = 60.0  # a place is taken to lie in the province of a town of its country so near


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was added."""

    name: str
    places: int
    sha256: str


def read_sources(path: Path) -> list[Source]:
    """Give the files that were added, by name. Raises ConfigError when the gazetteer cannot be read."""
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            return [Source(*row) for row in database.execute("select name, places, sha256 from source order by name")]
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


def add_source(path: Path, name: str, sha256: str, rows: Sequence[OwnRow], shipped: Gazetteer) -> int:
    """Put the rows of a file into the gazetteer, in place of what a file of that name had; give how many are new to it.

    A GeoNames place that the shipped gazetteer has is left to it. Raises ConfigError when the file cannot be written.
    """
    kept = [row for row in rows if row.id.startswith("own:") or shipped.entry(row.id) is None]
    sources = {source.name: source for source in read_sources(path)} | {name: Source(name, len(kept), sha256)}
    stored = {key: row for key, row in _read_rows(path).items() if key[0] != name}
    _write(path, sources, stored | {(name, row.id): row for row in kept}, shipped)
    return len(kept)


def remove_source(path: Path, name: str, shipped: Gazetteer) -> bool:
    """Take a file's places out; False where none of that name was added. The file goes with its last source."""
    sources = {source.name: source for source in read_sources(path)}
    if sources.pop(name, None) is None:
        return False
    if not sources:
        path.unlink()
        return True
    _write(path, sources, {key: row for key, row in _read_rows(path).items() if key[0] != name}, shipped)
    return True


def _unreadable(path: Path, error: Exception) -> ConfigError:
    return ConfigError(f"the gazetteer {path} cannot be read: {error}", "remove the file, and add its sources again")


def _read_rows(path: Path) -> dict[tuple[str, str], OwnRow]:
    """Give the stored rows by the file they came from and their id."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            rows = database.execute("select source, id, content from own order by source, id").fetchall()
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error
    found = {}
    for source, id, content in rows:
        record = json.loads(content)
        found[source, id] = OwnRow(**{**record, "alternates": tuple(record["alternates"])})
    return found


def _write(
    path: Path, sources: Mapping[str, Source], stored: Mapping[tuple[str, str], OwnRow], shipped: Gazetteer
) -> None:
    """Write the whole file beside its place, and put it there. Raises ConfigError when that fails."""
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as database:
            _fill(database, sources, stored, shipped)
        draft.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(
            f"the gazetteer {path} cannot be written: {error}", "check the folder's permissions"
        ) from error


def _fill(
    database: sqlite3.Connection,
    sources: Mapping[str, Source],
    stored: Mapping[tuple[str, str], OwnRow],
    shipped: Gazetteer,
) -> None:
    contents = [(source, id, json.dumps(asdict(row), sort_keys=True)) for (source, id), row in sorted(stored.items())]
    digest = hashlib.sha256("\n".join(content for _, _, content in contents).encode()).hexdigest()
    rows = {row.id: row for _, row in sorted(stored.items())}  # an id of two files: the later name wins
    numbered = [(OWN_NUMBERS + index, row) for index, (_, row) in enumerate(sorted(rows.items()))]
    database.executescript(
        """
        pragma journal_mode = off;
        create table meta (key text primary key, value text) without rowid;
        create table source (name text primary key, places integer, sha256 text) without rowid;
        create table own (source text, id text, content text, primary key (source, id)) without rowid;
        create table entry (number integer primary key, id text, name text, lat integer, lon integer, radius integer,
            feature integer, country text, admin1 text, population integer);
        create table name (key text primary key, refs blob) without rowid;
        create table area (id text primary key, number integer) without rowid;
        create table cell (cell integer primary key, refs blob);
        """
    )
    database.executemany("insert into meta values (?,?)", [("digest", digest), ("format", OWN_FORMAT)])
    database.executemany(
        "insert into source values (?,?,?)", [(s.name, s.places, s.sha256) for _, s in sorted(sources.items())]
    )
    database.executemany("insert into own values (?,?,?)", contents)
    # GeoNames' towns of unknown population are seats of a district; those of a user's file need not be: one inhabitant.
    database.executemany(
        "insert into entry values (?,?,?,?,?,?,?,?,?,?)",
        [
            (
                number, row.id, row.name, round(row.lat * 1e4), round(row.lon * 1e4), max(1, round(row.radius_km * 10)),
                FEATURES.index(row.feature), row.country, _province(row, shipped), row.population or 1,
            )
            for number, row in numbered
        ],
    )  # fmt: skip
    database.executemany("insert into area values (?,?)", [(row.id, number) for number, row in numbered])
    database.executemany("insert into name values (?,?)", sorted(_index(numbered).items()))
    cells: dict[int, list[int]] = defaultdict(list)
    for number, row in numbered:
        if row.feature == "city":
            cells[(math.floor(row.lat) + 90) * 360 + (math.floor(row.lon) + 180) % 360].append(number)
    database.executemany(
        "insert into cell values (?,?)", [(cell, struct.pack(f"<{len(n)}I", *n)) for cell, n in sorted(cells.items())]
    )
    database.commit()


def _index(numbered: Iterable[tuple[int, OwnRow]]) -> dict[str, bytes]:
    """Give the references of each key, packed as the shipped gazetteer packs them."""
    index: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for number, row in numbered:
        for name in (row.name, *row.alternates):
            exact = exact_key(name)
            if not exact:
                continue
            loose = loose_key(name) if row.country in TRANSLITERATED or row.feature in ("river", "sea") else ""
            place = (number, key_mark(exact))
            refs = index[loose or exact]
            refs[place] = max(refs.get(place, 0), int(exact == exact_key(row.name)))
    pack = struct.Struct("<IH").pack
    return {
        key: b"".join(pack(number | own << 31, mark) for (number, mark), own in sorted(refs.items()))
        for key, refs in index.items()
    }


def _province(row: OwnRow, shipped: Gazetteer) -> str:
    """Give the id of the province that holds a row: the one it names, else that of the town nearest to it."""
    if row.feature == "admin1" or not row.country:
        return ""
    named = [shipped.entry(row.admin1)] if ":" in row.admin1 else []
    if row.admin1 and not named and not row.admin1.isdigit():
        named = [match.entry for match in shipped.matches(row.admin1) if match.exact]
    for entry in named:
        if entry is not None and entry.feature == "admin1" and entry.country == row.country:
            return entry.id
    towns = shipped.nearest(row.lat, row.lon, limit=5, within_km=NEAR_TOWN_KM)
    return next((town.admin1 for town in towns if town.country == row.country), "")
