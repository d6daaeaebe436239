"""People killed and injured per report on the Gun Violence Archive reports: each report alone against its incident.

Many reports give no number at all: "Jane Roe was shot dead" counts one. `report_harm` is the policy, `read_figures`
the reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, first_number, low, read_figures, vague

PROPS = {"killed": "n_killed", "injured": "n_injured"}


def report_harm(figures: Sequence[Figure], prop: str) -> int:
    """Give one figure for a report: the first sentence that counts people decides; one person named or known counts 1.

    Those "shot" include the dead; the gunman who "killed himself" is counted as well.
    """
    mine = [f for f in figures if f.toll.prop == prop and not f.toll.total and f.toll.stance != "denies"]
    if prop == "injured":
        dead = any(f.toll.prop == "killed" and low(f.toll.value) > 0 for f in figures)
        mine = [f for f in mine if not f.toll.weak or not (dead and low(f.toll.value) == 1)]
    himself = prop == "killed" and any(f.toll.scope == "attackers" and f.toll.named for f in mine)
    counted = [f for f in mine if not f.toll.part and not f.toll.known and not f.toll.named and not vague(f.toll.value)]
    counted = [f for f in counted if low(f.toll.value) < 100]
    if counted:
        lead = counted[0].sentence
        beside = [f for f in counted if f.sentence == lead]
        number = sum({f.toll.start: low(f.toll.value) for f in beside}.values())
        number = max(low(f.toll.value) for f in beside) if lead < 0 else number
        if prop == "injured" and all(f.toll.weak for f in beside):
            number -= min(number, report_harm([f for f in figures if f.sentence <= lead + 1], "killed"))
        return number + himself
    return 1 if any(low(f.toll.value) for f in mine) else 0


def load_rows(data: Path) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    """Give each report with its incident; `data` is the folder with reports.jsonl or its parent."""
    folder = data if (data / "incidents.jsonl").exists() else data / "gunviolence"
    lines = (folder / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    incidents = {row["incident_id"]: row for row in map(json.loads, lines)}
    reports = map(json.loads, (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row, incidents[row["incident_id"]]) for row in reports if row["incident_id"] in incidents]


def run(data: Path) -> dict[str, object]:
    """Measure the share of reports whose killed and injured are those of the incident, beside the first-number rule."""
    rows = load_rows(data)
    hits, plain = dict.fromkeys(PROPS, 0), dict.fromkeys(PROPS, 0)
    both = plain_both = 0
    for report, incident in rows:
        figures = read_figures(report["text"], report["title"])
        number = first_number(report["title"] + ". " + report["text"])
        right = {prop: report_harm(figures, prop) == int(incident[key]) for prop, key in PROPS.items()}
        easy = {"killed": number == int(incident["n_killed"]), "injured": int(incident["n_injured"]) == 0}
        for prop in PROPS:
            hits[prop] += right[prop]
            plain[prop] += easy[prop]
        both += all(right.values())
        plain_both += all(easy.values())
    total = len(rows)
    return {
        "task": "tolls-gunviolence",
        "n": total,
        "metrics": {f"{prop}_exact": round(hits[prop] / total, 4) for prop in PROPS}
        | {"both_exact": round(both / total, 4)},
        "baseline": {f"{p}_exact": round(plain[p] / total, 4) for p in PROPS}
        | {"both_exact": round(plain_both / total, 4)},
    }
