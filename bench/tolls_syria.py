"""Tolls per report on FA-KES: killed civilians, non-civilians, women and children of each report's main event.

The set counts one event a report, most often that of the lead. `report_tolls` is the policy that turns the figures read in
a report into one figure a scope; reading itself is `read_figures`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from variorum.extract.sentences import split_sentences
from variorum.extract.tolls import Toll, find_tolls

SCOPES = ("civilians", "noncivilians", "women", "children")
_FIGHTING = {"combatants", "attackers", "police"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One toll with the number of the sentence it stands in and the sentence's text."""

    toll: Toll
    sentence: int
    text: str


def low(value: str) -> int:
    """Give the number a canonical count is printed with: its lower bound, or the upper one of "up to"."""
    found = re.search(r"\d+", value)
    return int(found.group()) if found else 0


def vague(value: str) -> bool:
    """Tell whether a count is a word such as "dozens" or "several", not a figure."""
    return value in {"3..", "24..", "40..", "200..", "2000.."}


def read_figures(text: str, title: str = "") -> list[Figure]:
    """Give every toll of a report, title first."""
    sentences = [(-1, title)] + [(s.index, s.text) for s in split_sentences(text)]
    return [Figure(toll, number, words) for number, words in sentences for toll in find_tolls(words)]


def report_tolls(figures: Sequence[Figure]) -> dict[str, int]:
    """Give one figure a scope for the main event of a report.

    The main event is that of the first sentence with an exact toll of people killed. Bare people count as civilians;
    fighters, police and attackers as non-civilians.
    """
    result = dict.fromkeys(SCOPES, 0)
    killed = [
        f
        for f in figures
        if f.toll.prop == "killed"
        and not f.toll.total
        and f.toll.stance != "denies"
        and low(f.toll.value) > 0
        and not f.toll.known
    ]
    exact = (
        [f for f in killed if not vague(f.toll.value) and not f.toll.part]
        or [f for f in killed if not f.toll.part]
        or killed
    )
    if not exact:
        return result
    lead = exact[0].sentence
    if lead == -1:
        body = [f for f in exact if f.sentence >= 0]
        if body and body[0].sentence <= 3:
            lead = body[0].sentence
    for f in killed:
        if f.sentence != lead:
            continue
        number = low(f.toll.value)
        if not f.toll.part:
            if f.toll.scope in _FIGHTING:
                result["noncivilians"] += number
            else:
                result["civilians"] += number
        if f.toll.scope in {"women", "children"}:
            result[f.toll.scope] += number
    return result


def first_number(text: str) -> int:
    """Give the baseline: the first number next to a word for killing."""
    words = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ]
    number = r"(\d[\d,]*|" + "|".join(sorted(words, key=len, reverse=True)) + r")\b"
    near = re.compile(
        rf"\b(?:kill\w*|dead|died|deaths?|toll)\b(?:\W+[\w-]+){{0,4}}?\W+{number}|\b{number}(?:\W+[\w-]+){{0,5}}?\W+(?:were |been |was )?(?:kill\w*|dead|died)",
        re.I,
    )
    found = near.search(text)
    if found is None:
        return 0
    word = (found[1] or found[2]).lower().replace(",", "")
    return words.index(word) + 1 if word in words else int(word)


def load_reports(data: Path) -> list[Mapping[str, str]]:
    """Give the reports of the set; `data` is the folder with reports.jsonl or its parent."""
    folder = data if (data / "reports.jsonl").exists() else data / "syria"
    return [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]


def score(rows: Sequence[tuple[Mapping[str, str], Mapping[str, int]]]) -> dict[str, float]:
    """Give the shares of reports whose figures are exact."""
    gold = [({scope: int(float(row[scope] or 0)) for scope in SCOPES}, told) for row, told in rows]
    harmed = [(want, told) for want, told in gold if any(want.values())]
    some = sum(any(want[s] and want[s] == told[s] for s in SCOPES) for want, told in harmed)
    both = sum(
        want["civilians"] == told["civilians"] and want["noncivilians"] == told["noncivilians"] for want, told in gold
    )
    result = {"matched_some_scope": some / len(harmed), "civilians_and_noncivilians_exact": both / len(gold)}
    result |= {f"{s}_exact": sum(want[s] == told[s] for want, told in gold) / len(gold) for s in SCOPES}
    return {name: round(value, 4) for name, value in result.items()}


def run(data: Path) -> dict[str, object]:
    """Measure both the reader and the first-number rule on every report of the set."""
    reports = load_reports(data)
    told = [(row, report_tolls(read_figures(row["text"], row["title"]))) for row in reports]
    plain = []
    for row in reports:
        number = first_number(row["title"] + ". " + row["text"])
        plain.append((row, {"civilians": number, "noncivilians": 0, "women": 0, "children": 0}))
    anyscope = []
    for row in reports:
        number = first_number(row["title"] + ". " + row["text"])
        if any(int(float(row[s] or 0)) for s in SCOPES):
            anyscope.append(number in [int(float(row[s] or 0)) for s in SCOPES if int(float(row[s] or 0))])
    baseline = score(plain) | {"matched_some_scope": round(sum(anyscope) / len(anyscope), 4)}
    return {"task": "tolls-syria", "n": len(reports), "metrics": score(told), "baseline": baseline}
