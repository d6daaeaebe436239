"""Reads the running texts of the sets marked `train`, each with the story it tells. No set marked `measure` is read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.columns import join
from bench.heldout import ECB_DEV

Told = tuple[str, str]  # the story, the text


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _tokens(path: Path) -> str:
    return join([row.text or "" for row in ET.parse(path).getroot() if row.tag == "token"])[0]


def muc4(data: Path) -> Iterator[Told]:
    """MUC-4, its training and development parts."""
    for name in ("train", "dev"):
        for row in _rows(data / "muc4" / f"{name}.jsonl"):
            yield row["docid"], row["doctext"]


def ecbplus(data: Path) -> Iterator[Told]:
    """ECB+ outside the dev topics; the texts of one half of a topic tell one story."""
    for path in sorted((data / "ecbplus").rglob("*.xml")):
        if int(path.parent.name) not in ECB_DEV:
            yield f"{path.parent.name} {'ecbplus' if 'ecbplus' in path.stem else 'ecb'}", _tokens(path)


def gvdb(data: Path) -> Iterator[Told]:
    """Gun violence reports."""
    for row in _rows(data / "gvdb" / "dev.jsonl"):
        yield row["doc_key"], "\n".join(join(sentence)[0] for sentence in row["full_text"])


def re3d(data: Path) -> Iterator[Told]:
    """re3d without its BBC part, whose licence does not allow it."""
    for folder in sorted((data / "re3d").iterdir()):
        if folder.is_dir() and not folder.name.startswith("BBC"):
            for row in _rows(folder / "documents.jsonl"):
                yield row["_id"], row["text"]


def meantime(data: Path) -> Iterator[Told]:
    """Wikinews texts on four subjects."""
    for path in sorted((data / "meantime").rglob("*.xml")):
        yield path.stem, _tokens(path)


def event_location(data: Path) -> Iterator[Told]:
    """Sentences with an event verb, each once."""
    for text in sorted({row["text"] for row in _rows(data / "event_location" / "dev.jsonl")}):
        yield text, text


def centcom(data: Path) -> Iterator[Told]:
    """Strike releases: the lines of one day are one text, as they were printed."""
    days: dict[str, list[str]] = {}
    for row in _rows(data / "centcom" / "dev.jsonl"):
        days.setdefault(row["date"], []).append(row["line"])
    for day, lines in sorted(days.items()):
        yield day, "\n".join(lines)


SETS: Mapping[str, tuple[Callable[[Path], Iterator[Told]], str]] = {
    "muc4": (muc4, "MUC-4, training and development parts; US Government texts, MIT repository"),
    "ecbplus": (ecbplus, "ECB+ outside topics 2, 5, 12, 18, 21, 23, 34, 35; CC BY 3.0"),
    "gvdb": (gvdb, "Gun Violence Database; Apache-2.0"),
    "re3d": (re3d, "re3d without its BBC part; public domain, OGL, CC BY, CC BY-SA"),
    "meantime": (meantime, "MEANTIME; CC BY 4.0"),
    "event_location": (event_location, "event-location pairs; MIT"),
    "centcom": (centcom, "CENTCOM strike releases 2014-2015; US Government"),
}
