"""Measures anew what the README says of the reading: `python docs/reference/figures.py DATA` (minutes).

Runs the bench tasks that DATA has and writes the table between the two marks of the README. What cannot be measured
keeps its row.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- figures -->\n)(?P<rows>.*?)(?=<!-- end of figures -->)", re.S)
HEAD = "| measured | Variorum | plain method | command |\n|---|---|---|---|\n"
# What is measured, in words -> task, metric, share (1 or 100 is all), the plain method beside it.
ROWS: Mapping[str, tuple[str, str, float, str]] = {
    "civilians and others killed, both exact, 560 reports of the Syrian war": (
        "tolls-syria", "civilians_and_noncivilians_exact", 1, "first number near “killed”",
    ),
    "the same reports: a toll that is not zero matched in some scope": (
        "tolls-syria", "matched_some_scope", 1, "first number near “killed”",
    ),
    "killed and injured both exact, gun violence": (
        "tolls-gunviolence", "both_exact", 1, "first number near “killed”",
    ),
    "sources of statements (PolNeAR), F1": ("attribution-polnear", "source_f1", 1, "the nearest “X said”"),
    "source of a given statement (PolNeAR), words F1": (
        "attribution-polnear", "given_content_f1", 1, "the nearest “X said”",
    ),
    "who did it, 7 classes, reports of the Syrian war": ("syria-classes", "actor", 1, "the commonest class"),
    "which place an event verb belongs to": ("place-of-event", "accuracy", 1, "the nearest place"),
    "values of times (TempEval-3), F1": ("time-tempeval", "value_f1", 1, "dates written out"),
    "values of times (WikiWars), F1": ("time-wikiwars", "value_f1", 1, "dates written out"),
    "place names found (LGL), F1": ("places-lgl", "found_f1", 100, ""),
    "of those, put within 161 km": ("places-lgl", "within_161km_of_found", 100, "names given; most people"),
    "every name of the key (LGL), put within 161 km": ("places-lgl", "gold_within_161km", 100, "most people"),
    "place names found (GeoVirus), F1": ("places-geovirus", "found_f1", 100, ""),
    "of those, put within 161 km of the place (GeoVirus)": (
        "places-geovirus", "within_161km_of_found", 100, "names given; most people",
    ),
    "every name of the key (GeoVirus), put within 161 km": (
        "places-geovirus", "gold_within_161km", 100, "most people",
    ),
    "figures with their units (NewsQuant), F1": (
        "quantity-newsquant", "value_unit_f1", 1, "number and next word; quantulum3 61 %",
    ),
    "words of the body of a web page, F1": ("pages", "f1", 1, "trafilatura as it comes"),
    "facts of the key of the invented examples": ("examples", "facts_passed", 0, ""),
}  # fmt: skip


def measure(task: str, data: str) -> Mapping[str, Any] | None:
    """Give the result of one task; None where it cannot be measured."""
    folder = "." if task == "examples" else data
    command = [sys.executable, "-m", "bench", task, "--data", folder, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        return None
    result: Mapping[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def show_row(words: str, result: Mapping[str, Any]) -> str:
    """Give one row of the table."""
    task, metric, whole, method = ROWS[words]
    metrics, baseline = result["metrics"], result["baseline"]
    if whole == 0:
        figure = f"{metrics[metric]:.0f} of {metrics['facts_total']:.0f}"
    else:
        figure = f"{100 * metrics[metric] / whole:.0f} %"
    other = baseline.get(metric)
    beside = f"{100 * other / whole:.0f} % ({method})" if other is not None and method else "–"
    folder = "." if task == "examples" else "DIR"
    return f"| {words} | {figure} | {beside} | `python -m bench {task} --data {folder}` |\n"


def main() -> int:
    """Write the table of the README."""
    data = sys.argv[1] if len(sys.argv) > 1 else "data"
    text = README.read_text(encoding="utf-8")
    match = TABLE.search(text)
    if match is None:
        sys.stderr.write("the README has no marks for the figures\n")
        return 1
    kept = {line.split(" | ")[0].removeprefix("| "): line + "\n" for line in match["rows"].splitlines()}
    results = {task: measure(task, data) for task in dict.fromkeys(row[0] for row in ROWS.values())}
    rows = [
        show_row(words, result) if (result := results[row[0]]) is not None else kept.get(words, "")
        for words, row in ROWS.items()
    ]
    README.write_text(TABLE.sub(lambda _: HEAD + "".join(rows), text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
