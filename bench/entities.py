"""Measures entities: names of people, bodies, places … on Worldwide newswire (never trained on), and re3d's types.

F1 over exact spans with their type. The baseline is what the rules find: armed bodies, gazetteer places, dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.columns import Span, bio, f1, join, read_columns
from bench.heldout import held_out
from bench.reader import entities_of, parts, tags_of
from variorum.extract.names import read_names
from variorum.extract.tagged import find_names
from variorum.extract.tagger import Tagged, Tags

WORLDWIDE = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "NORP": "NORP",
    "Facility": "FAC",
    "Misc": "MISC",
    "Product": "Product",  # the ninth type: the tagger has no label of its own for it, so each one is missed
    "Date": "DATE",
    "Money": "MONEY",
}
RE3D_OF = {"PER": "Person", "ORG": "Organisation", "LOC": "Location", "NORP": "Nationality"}
RULES = {"names": {"worldwide": "ORG", "re3d": "Organisation"}, "places": {"worldwide": "LOC", "re3d": "Location"}}
RULES["dates"] = {"worldwide": "DATE", "re3d": "Temporal"}


def worldwide(data: Path) -> Iterator[tuple[str, list[Span]]]:
    """Give the texts of the set, in paragraphs, with their names (first column of labels)."""
    for path in sorted(data.glob("*.tsv")):
        tokens: list[str] = []
        labels: list[str] = []
        for row in read_columns(path, 0, 1):
            tokens += row[0]
            labels += row[1]
        if tokens:
            text, spans = join(tokens)
            yield text, bio(labels, spans, WORLDWIDE)


def re3d(data: Path) -> Iterator[tuple[str, list[Span]]]:
    """Give the held-out third of re3d (without the BBC part) with its entities."""
    for folder in sorted(path for path in data.iterdir() if path.is_dir() and not path.name.startswith("BBC")):
        found: dict[str, list[Span]] = {}
        for line in (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(row["documentId"], []).append((row["begin"], row["end"], row["type"]))
        for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if held_out(row["_id"]):
                yield row["text"], found.get(row["_id"], [])


def by_rules(text: str, name: str) -> list[Span]:
    """Give the entities that the rules find, in the types of one set."""
    found = []
    for sentence, entities in entities_of(text):
        for rows, kind in ((entities.names, "names"), (entities.places, "places"), (entities.dates, "dates")):
            found += [(sentence.start + r.start, sentence.start + r.end, RULES[kind][name]) for r in rows]
    return found


def by_tagger(text: str, name: str) -> list[Span]:
    """Give the entities that the tagger finds, with the lists' help where rules are on too, in the types of one set."""
    tags = tags_of(text)
    if name == "worldwide":
        if not parts().rules:
            return [(one.start, one.end, one.label) for one in find_names(tags)]
        places = [
            Tagged(sentence.start + place.start, sentence.start + place.end, "LOC", 1.0)
            for sentence, entities in entities_of(text)
            for place in entities.places
        ]
        return _as_worldwide(text, [(one.start, one.end, one.label) for one in read_names(text, tags, places)])
    return _as_re3d(tags)


def _as_re3d(tags: Tags) -> list[Span]:
    """Write entities the way the set marks them: whole phrases, and the names inside them as entities of their own."""
    outer: list[Span] = []
    for one in tags.spans("re3d", 0.5):
        if outer and outer[-1][2] == one.label and tags.text[outer[-1][1] : one.start] in {"", " "}:
            outer[-1] = (outer[-1][0], one.end, one.label)
        else:
            outer.append((one.start, one.end, one.label))
    found = set(outer) | {(one.start, one.end, one.label) for one in tags.spans("re3d_nat", 0.5)}
    taken = {(start, end) for start, end, _ in found}
    for one in tags.spans("names", 0.7):
        inside = any(start <= one.start and one.end <= end for start, end, _ in outer)
        if inside and one.label in RE3D_OF and (one.start, one.end) not in taken:
            found.add((one.start, one.end, RE3D_OF[one.label]))
    return sorted(found)


def _as_worldwide(text: str, found: Sequence[Span]) -> list[Span]:
    """Write names the way the set marks them: calendar dates only, "Gulu, Uganda" as one place."""
    kept: list[Span] = []
    for start, end, label in sorted(found):
        if label == "DATE" and not re.search(r"\d|[A-Z]", text[start:end].removeprefix("Last").removeprefix("Today")):
            continue
        if kept and label == kept[-1][2] == "LOC" and text[kept[-1][1] : start] == ", ":
            kept[-1] = (kept[-1][0], end, label)
        else:
            kept.append((start, end, label))
    return kept


def _measure(rows: Sequence[tuple[list[Span], list[Span]]]) -> dict[str, float]:
    total = f1(
        sum(len(set(gold)) for gold, _ in rows),
        sum(len(set(told)) for _, told in rows),
        sum(len(set(gold) & set(told)) for gold, told in rows),
    )
    kinds = sorted({label for gold, _ in rows for _, _, label in gold})
    each = {}
    for kind in kinds:
        gold = [{s for s in g if s[2] == kind} for g, _ in rows]
        told = [{s for s in t if s[2] == kind} for _, t in rows]
        counts = sum(map(len, gold)), sum(map(len, told)), sum(len(a & b) for a, b in zip(gold, told, strict=True))
        each[f"{kind}_f1"] = f1(*counts)["f1"]
    return {f"entity_{name}": value for name, value in total.items()} | each


def run(data: Path, task: str) -> dict[str, Any]:
    """Measure one of the two sets."""
    name = task.removeprefix("entities-")
    texts = list((worldwide if name == "worldwide" else re3d)(data))
    rules = _measure([(gold, by_rules(text, name)) for text, gold in texts])
    ours = _measure([(gold, by_tagger(text, name)) for text, gold in texts]) if parts().tagger else rules
    return {"n": sum(len(gold) for _, gold in texts), "metrics": ours, "baseline": rules}
