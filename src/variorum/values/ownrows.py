"""Reads files of places: a GeoNames country dump or a CSV table with a header. Nothing is stored in here.

Invariant: a row becomes a place or a Rejected with its number, cause and remedy; rows of a dump that are no places of
reports (shops, roads, provinces that the shipped gazetteer has) are counted, neither taken nor rejected.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import UsageError
from variorum.values.gazetteer import FEATURES, Feature, town_radius_km
from variorum.values.placename import exact_key

COLUMNS = ("name", "lat", "lon", "country", "admin1", "feature", "population", "alternates", "id", "radius_km")
NEEDED = ("name", "lat", "lon")
DUMP_COLUMNS = 19
MOST_DIGITS = 10  # of a population: the world has ten
OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
LONGEST_NAME = 100
# Of an area without a radius of its own; a town's follows from its people.
RADIUS_KM: Mapping[Feature, float] = {"admin2": 15, "admin1": 60, "region": 20, "river": 50, "sea": 100, "country": 300}
# GeoNames feature codes (geonames.org/export/codes.html) -> what they are here; all of class P are towns and quarters.
CODES: Mapping[str, Feature] = {
    **dict.fromkeys(("AIRB", "AIRF", "AIRP", "CMPRF", "CSTM", "DAM", "INSM"), "city"),
    **dict.fromkeys(("MILB", "OILR", "PRN", "PRT", "PS"), "city"),
    **dict.fromkeys(("CNL", "STM", "STMI", "WAD"), "river"),
    **dict.fromkeys(("BAY", "GULF", "SEA", "STRT"), "sea"),
    **dict.fromkeys(("DSRT", "ISL", "LK", "MT", "MTS", "OAS", "PASS", "PLN", "RGN", "RSV", "VAL"), "region"),
}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One place of a file."""

    id: str  # own:… or, of a GeoNames dump, gn:…
    name: str
    lat: float
    lon: float
    radius_km: float
    feature: Feature
    country: str = ""  # ISO 3166-1 alpha-2
    admin1: str = ""  # id, code or name of the province, as the file has it
    population: int = 0
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that is no place."""

    row: int  # counted from 1, the header included
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one file holds."""

    rows: tuple[OwnRow, ...]
    rejected: tuple[Rejected, ...]
    left_out: int  # rows of a dump that are no places of reports
    form: str  # "GeoNames dump" or "CSV"


class _Bad(ValueError):
    """What is wrong with a row: cause and remedy."""


def read_places(path: Path) -> Sheet:
    """Read a file of places. Raises UsageError when it is neither form, empty or not UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "check the name and its permissions") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text", "unpack a .zip first; save a table as CSV in UTF-8") from error
    text = re.sub(r"\r\n?", "\n", text)
    first = next(iter(text.splitlines()), "")
    if first.count("\t") == DUMP_COLUMNS - 1:
        return _read_dump(text)
    header = [name.strip().lower() for name in next(csv.reader([first]), [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        parted = next((f"; its columns are parted by {word}" for sign, word in OTHERS.items() if sign in first), "")
        raise UsageError(
            f"{path} has no column {', '.join(missing)}{parted}",
            f"begin it with a header of {','.join(COLUMNS)} (name, lat and lon are needed), or give a GeoNames dump",
        )
    return _read_table(text)


def _read_table(text: str) -> Sheet:
    rows: list[OwnRow] = []
    rejected: list[Rejected] = []
    reader = csv.DictReader(io.StringIO(text))
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    seen: dict[str, int] = {}
    for number, record in _records(reader):
        if isinstance(record, str):
            rejected.append(
                Rejected(number, f"it cannot be read: {record}", "shorten its longest cell, close its quotes")
            )
            continue
        cells = {key: (value or "").strip() for key, value in record.items() if key and not isinstance(value, list)}
        if not any(cells.values()):
            continue
        try:
            row = _table_row(cells)
            if row.id in seen:
                raise _Bad(f"its id {row.id[4:]} is that of row {seen[row.id]}", "give each row an id of its own")
        except _Bad as bad:
            rejected.append(Rejected(number, *bad.args))
            continue
        seen[row.id] = number
        rows.append(row)
    return Sheet(tuple(rows), tuple(rejected), 0, "CSV")


def _records(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Yield the number of each row with its cells, or with what is wrong with it."""
    number = 2
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error)
        else:
            yield number, record
        number += 1


def _table_row(cells: Mapping[str, str]) -> OwnRow:
    feature: Feature | None = next((f for f in FEATURES if f == (cells.get("feature") or "city").lower()), None)
    if feature is None or feature == "country":
        raise _Bad(f"its feature is {cells['feature']}", f"one of {', '.join(f for f in FEATURES if f != 'country')}")
    name = _name(cells.get("name", ""))
    lat, lon = _degrees(cells.get("lat", ""), "lat", 90), _degrees(cells.get("lon", ""), "lon", 180)
    country = cells.get("country", "").upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise _Bad(f"its country is {country}", "give the two letters of ISO 3166-1: SY, UA")
    people = cells.get("population", "").replace(",", "").replace(" ", "")
    if people and not (people.isascii() and people.isdigit() and len(people) <= MOST_DIGITS):
        raise _Bad(f"its population is {cells['population']}", "give a whole number, or nothing")
    given = cells.get("id", "")
    if given and not _ID.fullmatch(given):
        raise _Bad(f"its id is {given}", "give letters, digits, dots and hyphens, or nothing")
    population = int(people or 0)
    radius = _radius(cells.get("radius_km", "")) or RADIUS_KM.get(feature) or town_radius_km(population)
    alternates = tuple(filter(None, (part.strip() for part in re.split(r"[;|]", cells.get("alternates", "")))))
    id = f"own:{given or _made_id(name, lat, lon)}"
    return OwnRow(id, name, lat, lon, radius, feature, country, cells.get("admin1", ""), population, alternates)


def _made_id(name: str, lat: float, lon: float) -> str:
    """Make an id that stays the same as long as name and point do."""
    slug = re.sub(r"[^a-z0-9]+", "-", exact_key(name)).strip("-")[:30]
    return f"{slug or 'place'}-{hashlib.sha256(f'{name} {lat:.4f} {lon:.4f}'.encode()).hexdigest()[:6]}"


def _name(name: str) -> str:
    if not name:
        raise _Bad("it has no name", "give one")
    if not exact_key(name) or len(name) > LONGEST_NAME or ";" in name or not name.isprintable():
        raise _Bad(f"its name is {name[:LONGEST_NAME]}", f"give letters, at most {LONGEST_NAME}, without semicolons")
    return name


def _degrees(cell: str, what: str, most: float) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        raise _Bad(f"its {what} is {cell or 'empty'}", "give degrees with a decimal point: 36.2021") from None
    if not (math.isfinite(degrees) and abs(degrees) <= most):
        raise _Bad(f"its {what} is {cell}", f"give degrees from -{most} to {most}; lat is north, lon is east")
    return degrees


def _radius(cell: str) -> float:
    try:
        radius = float(cell or 0)
    except ValueError:
        radius = -1.0
    if not 0 <= radius <= 5000:
        raise _Bad(f"its radius_km is {cell}", "give kilometres from 0 to 5000, or nothing")
    return radius


def _read_dump(text: str) -> Sheet:
    rows: list[OwnRow] = []
    rejected: list[Rejected] = []
    left_out = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        try:
            row = _dump_row(cells)
        except _Bad as bad:
            rejected.append(Rejected(number, *bad.args))
            continue
        if row is None:
            left_out += 1
        else:
            rows.append(row)
    return Sheet(tuple({row.id: row for row in rows}.values()), tuple(rejected), left_out, "GeoNames dump")


def _dump_row(cells: list[str]) -> OwnRow | None:
    """Read one line of a GeoNames dump; None for what reports do not name as a place of an event."""
    if len(cells) != DUMP_COLUMNS:
        raise _Bad(f"it has {len(cells)} columns", f"a GeoNames dump has {DUMP_COLUMNS}, parted by tabs")
    number, name, ascii_name, others, lat, lon, kind, code, country = cells[:9]
    feature: Feature | None = "city" if kind == "P" else CODES.get(code)
    if feature is None:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", number):
        raise _Bad(f"its id is {number[:40]}", "a GeoNames id is a number")
    name = _name(name.replace(";", ","))
    people = cells[14] if re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", cells[14]) else "0"
    radius = RADIUS_KM.get(feature) or town_radius_km(int(people))
    point = _degrees(lat, "lat", 90), _degrees(lon, "lon", 180)
    alternates = tuple(dict.fromkeys(filter(None, (ascii_name, *_usable(others)))))
    return OwnRow(f"gn:{number}", name, *point, radius, feature, country, cells[10], int(people), alternates)


def _usable(others: str) -> Iterator[str]:
    """Yield the alternate names that a report can have: no codes, no lower-case transliterations made by machine."""
    for name in others.split(","):
        letters = [sign for sign in name if sign.isalpha()]
        lower = name[:1].isascii() and not name[:1].isupper()
        if len(letters) > 1 and len(name) <= LONGEST_NAME and not lower and not (name.isupper() and len(letters) < 5):
            yield name.strip()
