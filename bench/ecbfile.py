"""Reads ECB+: the texts of the dev topics or of the others, with their event mentions in the checked sentences."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from bench.columns import join
from bench.heldout import ECB_DEV

Stretch = tuple[int, int]


def read_ecb(path: Path, sentences: set[str]) -> tuple[str, list[Stretch], list[Stretch]]:
    """Give one ECB+ text, its checked stretches and its event mentions (actions, negated ones too)."""
    root = ET.parse(path).getroot()
    rows = [row for row in root if row.tag == "token"]
    text, spans = join([row.text or "" for row in rows])
    place = {row.get("t_id"): span for row, span in zip(rows, spans, strict=True)}
    checked = []
    for number in sorted({row.get("sentence") or "" for row in rows}, key=int):
        inside = [span for row, span in zip(rows, spans, strict=True) if row.get("sentence") == number]
        if number in sentences:
            checked.append((inside[0][0], inside[-1][1]))
    found = set()
    markables = root.find("Markables")
    for row in markables if markables is not None else ():
        anchors = [place[a.get("t_id")] for a in row.findall("token_anchor")]
        if anchors and row.tag.removeprefix("NEG_").startswith("ACTION_"):
            found.add((anchors[0][0], anchors[-1][1]))
    return text, checked, sorted(found)


def ecb_files(data: Path, *, dev: bool) -> Iterator[tuple[Path, set[str]]]:
    """Give the files of the dev topics, or of the others, with the numbers of their checked sentences."""
    checked: dict[tuple[str, str], set[str]] = {}
    with (data / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            checked.setdefault((row["Topic"], row["File"]), set()).add(row["Sentence Number"])
    for (topic, name), sentences in sorted(checked.items()):
        path = data / topic / f"{topic}_{name}.xml"
        if (int(topic) in ECB_DEV) is dev and path.exists():
            yield path, sentences
