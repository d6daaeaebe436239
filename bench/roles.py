"""Measures the roles of attacks on MUC-4: who did it, what was hit, who the victim was, with what. CEAF-REE.

The metric is that of Du, Rush and Cardie (GRIT, 2021): per role, entities of the system are paired one to one with the
gold's, a pair counts when every mention of the system's entity is one of the gold entity's; counts are summed over
roles and texts. The texts have no letter case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.columns import f1
from bench.reader import entities_of, parts, tags_of
from variorum.extract.tagged import ROLES, find_fillers

Entities = list[set[str]]


def plain(words: str) -> str:
    """Make two ways of writing one mention equal: case and white space."""
    return re.sub(r"\s+", " ", words.lower()).strip(' "')


def match(gold: Sequence[set[str]], told: Sequence[set[str]]) -> int:
    """Give how many entities can be paired one to one, each system entity's mentions all among the gold's."""
    taken: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for at, entity in enumerate(gold):
            if at not in seen and told[number] <= entity:
                seen.add(at)
                if at not in taken or place(taken[at], seen):
                    taken[at] = number
                    return True
        return False

    return sum(place(number, set()) for number in range(len(told)))


def by_tagger(text: str) -> dict[str, Entities]:
    """Give the fillers by role that the tagger finds, one mention an entity."""
    found: dict[str, Entities] = {role: [] for role in ROLES}
    for filler in find_fillers(tags_of(text)):
        first = filler.mentions[0]
        found[filler.role].append({plain(text[first.start : first.end])})
    return found


def by_rules(text: str) -> dict[str, Entities]:
    """Give the fillers by role of the rules: weapons, armed names and who is told to be dead, from every sentence."""
    found: dict[str, Entities] = {role: [] for role in ROLES}
    for sentence, entities in entities_of(text):
        for role, rows in (("Weapon", entities.weapons), ("PerpOrg", entities.names)):
            for row in rows:
                entity = {plain(sentence.text[row.start : row.end])}
                if entity not in found[role]:
                    found[role].append(entity)
        for toll in entities.tolls:
            entity = {plain(sentence.text[toll.start : toll.end])}
            if toll.prop in {"killed", "injured"} and entity not in found["Victim"]:
                found["Victim"].append(entity)
    return found


def _measure(
    rows: Sequence[tuple[str, dict[str, Entities]]], read: Callable[[str], dict[str, Entities]]
) -> dict[str, float]:
    counts = {role: [0, 0, 0] for role in ROLES}
    for text, gold in rows:
        told = read(text)
        for role, count in counts.items():
            count[0] += len(gold[role])
            count[1] += len(told[role])
            count[2] += match(gold[role], told[role])
    total = f1(*(sum(column) for column in zip(*counts.values(), strict=True)))
    return {f"ceaf_ree_{name}": value for name, value in total.items()} | {
        f"{role}_f1": f1(*count)["f1"] for role, count in counts.items()
    }


def run(data: Path) -> dict[str, Any]:
    """Measure on the 200 development texts: the tagger, and the rules beside it."""
    rows = []
    for line in (data / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {role: [{plain(words) for words, _ in one} for one in row["extracts"][role]] for role in ROLES}
        rows.append((row["doctext"], gold))
    rules = _measure(rows, by_rules)
    return {"n": len(rows), "metrics": _measure(rows, by_tagger) if parts().tagger else rules, "baseline": rules}
