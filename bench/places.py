"""Places in news: toponyms of LGL and GeoVirus found, and resolved within 25 and 161 km, beside a population prior.

LGL (Lieberman et al. 2010) and GeoVirus (Gritta et al. 2018) are read as published. A gold name counts as found when
a place overlaps its span. The baseline resolves the gold names by exact spelling to the most populous entry:
"of_found" on the names found here, "of_all" on all of them. LGL's gold also holds demonyms, which are no places here.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from variorum.values.area import extent
from variorum.values.gazetteer import Gazetteer, distance_km, open_gazetteer
from variorum.values.place import find_places, gather_context

Gold = tuple[int, int, str, float, float]
SETS = {"lgl": "lgl.xml", "geovirus": "geovirus.xml"}


def read_set(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Yield each article's text with its toponyms that have coordinates: start, end, phrase, lat, lon."""
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
                    gold.append((start, start + len(phrase), phrase, float(lat), float(lon)))
        yield text, gold


def most_populous(name: str, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Give the baseline's answer: of the entries spelled so, the one with most people (countries first)."""
    entries = [m.entry for m in gazetteer.matches(name) if m.exact]
    if not entries:
        return None
    best = max(
        entries, key=lambda e: (e.population if e.feature in ("city", "admin1", "admin2", "country") else 10**8, e.id)
    )
    return best.lat, best.lon


def measure(path: Path) -> dict[str, Any]:
    """Read one set and count: found, precision, resolved within 25 and 161 km of all gold and of the found ones."""
    book = open_gazetteer()
    count = dict.fromkeys(
        ["gold", "found", "extra", "right", "ok25", "ok161", "base25", "base161", "same25", "same161"], 0
    )
    for text, gold in read_set(path):
        context = gather_context(text, book)
        places = find_places(text, book, context)
        used = set()
        for start, end, phrase, lat, lon in gold:
            count["gold"] += 1
            hit = next((i for i, f in enumerate(places) if f.start < end and start < f.end), None)
            prior = most_populous(phrase, book)
            if prior is not None:
                away = distance_km(prior, (lat, lon))
                count["base25"] += away <= 25
                count["base161"] += away <= 161
                if hit is not None:
                    count["same25"] += away <= 25
                    count["same161"] += away <= 161
            if hit is None:
                continue
            used.add(hit)
            count["found"] += 1
            circle = extent(places[hit].value.split(";")[0], book)
            if circle is not None:
                count["right"] += 1
                away = distance_km(circle[:2], (lat, lon))
                count["ok25"] += away <= 25
                count["ok161"] += away <= 161
        count["extra"] += sum(1 for i in range(len(places)) if i not in used)
    return count


def report(task: str, count: dict[str, int]) -> dict[str, Any]:
    """Turn counts into the object the bench prints."""
    precision = count["found"] / max(1, count["found"] + count["extra"])
    recall = count["found"] / max(1, count["gold"])
    share = {key: round(100 * value / max(1, count["gold"]), 1) for key, value in count.items()}
    resolved = max(1, count["right"])
    return {
        "task": task,
        "n": count["gold"],
        "metrics": {
            "found_precision": round(100 * precision, 1),
            "found_recall": round(100 * recall, 1),
            "found_f1": round(200 * precision * recall / max(1e-9, precision + recall), 1),
            "within_25km_of_found": round(100 * count["ok25"] / resolved, 1),
            "within_161km_of_found": round(100 * count["ok161"] / resolved, 1),
            "within_25km_of_all": share["ok25"],
            "within_161km_of_all": share["ok161"],
        },
        "baseline": {
            "within_25km_of_found": round(100 * count["same25"] / resolved, 1),
            "within_161km_of_found": round(100 * count["same161"] / resolved, 1),
            "within_25km_of_all": share["base25"],
            "within_161km_of_all": share["base161"],
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
