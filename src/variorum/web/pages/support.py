"""The rows of the claim table: one a distinct value, with the reports and people behind it. No ledger."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from variorum.show.table import WORST, Line, View
from variorum.show.words import SIGN_WORDS, SIGNS

Row = dict[str, Any]


def group_lines(view: View, reports: Mapping[str, Row], numbers: Mapping[str, str]) -> list[Row]:
    """Give the fields of an event with their values: most lineages first, then earliest, as settled values stand."""
    groups = []
    for name, group in groupby(view.lines, key=lambda line: line.name):
        lines = list(group)
        worst = min((line.relation for line in lines if line.relation), key=_rank, default="")
        groups.append(
            {
                "name": name,
                "prop": lines[0].prop,
                "relation": worst,
                "sign": SIGNS.get(worst, ""),
                "word": SIGN_WORDS.get(worst, ""),
                "values": _once([_row(line, reports, numbers) for line in lines]),
            }
        )
    return groups


def _once(rows: list[Row]) -> list[Row]:
    """Put together the rows of one value: what its source said before, or again, supports nothing more, but is said."""
    found: dict[str, Row] = {}
    for row in rows:
        first = found.get(row["value"])
        if first is None:
            found[row["value"]] = row
            continue
        known = {report["label"] for report in first["reports"]}
        first["reports"] += [report for report in row["reports"] if report["label"] not in known]
        first["claims"] += row["claims"]
        first["sources"] += [source for source in row["sources"] if source not in first["sources"]]
        wordings = {wording["quote"]: wording for wording in first["wordings"]}
        for wording in row["wordings"]:
            if wording["quote"] in wordings:
                wordings[wording["quote"]]["claims"] += wording["claims"]
            else:
                first["wordings"].append(wording)
        first["note"] = "; ".join(dict.fromkeys(filter(None, (first["note"], row["note"]))))
    return list(found.values())


def _rank(name: str) -> int:
    return WORST.index(name) if name in WORST else len(WORST)


def _row(line: Line, reports: Mapping[str, Row], numbers: Mapping[str, str]) -> Row:
    articles = dict.fromkeys(claim["article"] for claim in line.claims)
    chips = sorted((reports[id] for id in articles), key=lambda row: (row["copy_of"] is not None, row["number"]))
    return {
        "value": line.value,
        "settled": line.settled,
        "relation": line.relation,
        "sign": SIGNS.get(line.relation, ""),
        "note": line.note,
        "lineages": line.lineages,
        "copies": line.copies,
        "outlets": line.outlets,
        "one_source": line.one_source,
        "sources": list(line.sources),
        "reports": [{"label": row["label"], "is_copy": row["copy_of"] is not None} for row in chips],
        "wordings": _wordings(line, reports, numbers),
        "claims": [
            {
                "id": claim["id"],
                "number": numbers[claim["id"]],
                "value": claim["value"],
                "quote": claim["quote"],
                "report": reports[claim["article"]]["label"],
                "source": claim["voice"],
            }
            for claim in line.claims
        ],
    }


def _wordings(line: Line, reports: Mapping[str, Row], numbers: Mapping[str, str]) -> list[Row]:
    """Give each distinct quote of a value once, with the numbers of the claims that have it, the commonest first."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for claim in line.claims:
        found.setdefault(" ".join(str(claim["quote"]).split()), []).append(claim)
    rows = [
        {
            "quote": quote,
            "claims": [
                {
                    "id": claim["id"],
                    "number": numbers[str(claim["id"])],
                    "report": reports[str(claim["article"])]["label"],
                }
                for claim in claims
            ],
        }
        for quote, claims in found.items()
    ]
    return sorted(rows, key=lambda row: -len(row["claims"]))
