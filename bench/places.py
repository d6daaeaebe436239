"""Places in news: toponyms of LGL and GeoVirus found, and resolved within 25 and 161 km, beside a population prior.

LGL (Lieberman et al. 2010) and GeoVirus (Gritta et al. 2018) are read as published. A gold name counts as found when
a place overlaps its span: "found" are the places that something is at, "named" also the names that only say whose or
of where something is, demonyms among them, which LGL marks and GeoVirus does not.
"gold" resolves the gold spans themselves, with the article and, where the set has it, its outlet; what is not resolved
is wrong. "gold_text_only" leaves the outlet out. "gold_other_point" is what is missed at 161 km although the gold point
lies in the circle of the country, region or province that was given: mostly another point of the same area.
The baseline resolves the gold names by exact spelling to the most populous entry: "of_found" on the names found here.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from variorum.model import Found
from variorum.values.area import extent, split_place
from variorum.values.gazetteer import Gazetteer, distance_km, open_gazetteer
from variorum.values.place import PlaceContext, find_place_names, find_places, gather_context, resolve_name

SETS = {"lgl": "lgl.xml", "geovirus": "geovirus.xml"}
NEAR_KM, FAR_KM = 25, 161  # the distances of the literature; 161 km are 100 miles
AREAS = ("country", "region", "admin1", "sea")


class Gold(NamedTuple):
    """One toponym with coordinates."""

    start: int
    end: int
    phrase: str
    lat: float
    lon: float


class Marked(NamedTuple):
    """One article of a set."""

    text: str
    outlet: str  # web host, "" where the set gives none
    gold: list[Gold]


def read_set(path: Path) -> Iterator[Marked]:
    """Yield each article with its toponyms that have coordinates."""
    for article in ET.parse(path).getroot():
        text = article.findtext("text") or ""
        gold = []
        for node in [*article.iter("toponym"), *article.iter("location")]:
            lat, lon = node.findtext(".//lat"), node.findtext(".//lon")
            if lat and lon:
                phrase = node.findtext("phrase") or node.findtext("name") or ""
                start = int(node.findtext("start") or 0)
                if text[start : start + len(phrase)] != phrase:  # GeoVirus counts from 1
                    start = text.find(phrase, max(0, start - 3))
                if start >= 0:
                    gold.append(Gold(start, start + len(phrase), phrase, float(lat), float(lon)))
        yield Marked(text, article.findtext("domain") or "", gold)


def most_populous(name: str, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Give the baseline's answer: of the entries spelled so, the one with most people (countries first)."""
    entries = [m.entry for m in gazetteer.matches(name) if m.exact]
    if not entries:
        return None
    best = max(
        entries, key=lambda e: (e.population if e.feature in ("city", "admin1", "admin2", "country") else 10**8, e.id)
    )
    return best.lat, best.lon


def measure(path: Path) -> Counter[str]:
    """Read one set and count."""
    book = open_gazetteer()
    count: Counter[str] = Counter()
    for text, outlet, gold in read_set(path):
        context = gather_context(text, book)
        _count_found(count, find_places(text, book, context), gold, book)
        _count_named(count, find_place_names(text, book, context), gold)
        told = gather_context(text, book, outlets=(outlet,)) if outlet else context
        for one in gold:
            _count_gold(count, "gold", text, one, told, book)
            _count_gold(count, "plain", text, one, context, book)
    return count


def _count_found(count: Counter[str], places: Sequence[Found], gold: Sequence[Gold], book: Gazetteer) -> None:
    used = set()
    for one in gold:
        count["n"] += 1
        hit = _overlapping(places, one)
        prior = most_populous(one.phrase, book)
        _tally(count, "prior", prior, one)
        if hit is None:
            continue
        used.add(hit)
        count["found"] += 1
        _tally(count, "same", prior, one)
        circle = extent(places[hit].value.split(";")[0], book)
        count["right"] += circle is not None
        _tally(count, "ok", circle[:2] if circle is not None else None, one)
    count["extra"] += len(places) - len(used)


def _count_named(count: Counter[str], names: Sequence[Found], gold: Sequence[Gold]) -> None:
    hits = [hit for hit in (_overlapping(names, one) for one in gold) if hit is not None]
    count["named"] += len(hits)
    count["named_extra"] += len(names) - len(set(hits))


def _count_gold(count: Counter[str], key: str, text: str, one: Gold, context: PlaceContext, book: Gazetteer) -> None:
    value = resolve_name(text, one.start, one.end, book, context)
    circle = extent(value, book) if value is not None else None
    if value is None or circle is None:
        return
    _tally(count, key, circle[:2], one)
    place = split_place(value)
    entry = book.entry(place.base) if place is not None else None
    away = distance_km(circle[:2], (one.lat, one.lon))
    count[f"{key}_other_point"] += entry is not None and entry.feature in AREAS and FAR_KM < away <= circle[2]


def _overlapping(places: Sequence[Found], one: Gold) -> int | None:
    return next((i for i, f in enumerate(places) if f.start < one.end and one.start < f.end), None)


def _tally(count: Counter[str], key: str, point: tuple[float, float] | None, one: Gold) -> None:
    away = distance_km(point, (one.lat, one.lon)) if point is not None else float("inf")
    count[f"{key}25"] += away <= NEAR_KM
    count[f"{key}161"] += away <= FAR_KM


def _scores(found: int, extra: int, gold: int) -> tuple[float, float, float]:
    """Give precision, recall and F1 in per cent."""
    precision, recall = found / max(1, found + extra), found / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1)


def report(task: str, count: Counter[str]) -> dict[str, Any]:
    """Turn counts into the object the bench prints."""
    resolved = max(1, count["right"])
    found = _scores(count["found"], count["extra"], count["n"])
    named = _scores(count["named"], count["named_extra"], count["n"])

    def share(key: str) -> float:
        return round(100 * count[key] / max(1, count["n"]), 1)

    return {
        "task": task,
        "n": count["n"],
        "metrics": {
            **dict(zip(("found_precision", "found_recall", "found_f1"), found, strict=True)),
            **dict(zip(("named_precision", "named_recall", "named_f1"), named, strict=True)),
            "within_25km_of_found": round(100 * count["ok25"] / resolved, 1),
            "within_161km_of_found": round(100 * count["ok161"] / resolved, 1),
            "gold_within_25km": share("gold25"),
            "gold_within_161km": share("gold161"),
            "gold_other_point": share("gold_other_point"),
            "gold_text_only_within_25km": share("plain25"),
            "gold_text_only_within_161km": share("plain161"),
        },
        "baseline": {
            "within_25km_of_found": round(100 * count["same25"] / resolved, 1),
            "within_161km_of_found": round(100 * count["same161"] / resolved, 1),
            "gold_within_25km": share("prior25"),
            "gold_within_161km": share("prior161"),
            "gold_text_only_within_25km": share("prior25"),
            "gold_text_only_within_161km": share("prior161"),
        },
    }


def find_set(data: Path, name: str) -> Path:
    """Give the file of a set in the folder, or in its folder `places`."""
    return next((p for p in (data / SETS[name], data / "places" / SETS[name]) if p.exists()), data / SETS[name])


def run(data: Path, which: str = "lgl") -> dict[str, Any]:
    """Measure one set: which = "lgl" or "geovirus", or the name of its task."""
    which = which.removeprefix("places-")
    return report(f"places-{which}", measure(find_set(data, which)))


if __name__ == "__main__":
    for which in SETS:
        print(run(Path(sys.argv[1]), which))
