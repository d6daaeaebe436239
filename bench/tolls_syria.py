"""Tolls per report on FA-KES: killed civilians, non-civilians, women and children of each report's main event.

The set counts one event a report, most often that of the lead. `report_tolls` is the policy that turns the figures
read in a report into one figure a scope; reading itself is `read_figures`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, first_number, low, read_figures, vague
from bench.tolls_claims import read_all

SCOPES = ("civilians", "noncivilians", "women", "children")
_FIGHTING = {"combatants", "attackers", "police"}
ALONE = "figures_alone_"  # rows of the ablation: figures of sentences, no events told apart
REACH = 6  # sentences, the one of the figure first, in which the dead are told apart; chosen, not measured
WAR = 5000  # no single event of the set has so many dead; larger figures count a war


def report_tolls(figures: Sequence[Figure]) -> dict[str, int]:
    """Give one figure a scope for the main event of a report.

    The main event is that of the first exact toll of people killed, the title before the body. The figures beside it
    in its clause belong to it; a later mention of the same figure may say who the people were; parts named near it are
    taken over. Bare people count as civilians; fighters, police and attackers as non-civilians.
    """
    result = dict.fromkeys(SCOPES, 0)
    killed = [f for f in figures if _counts(f)]
    wholes = [f for f in killed if not f.toll.part]
    plain = [f for f in wholes if not f.toll.named]
    exact = [f for f in plain if not vague(f.toll.value)] or plain or wholes or killed
    if plain and vague(plain[0].toll.value):
        exact = [f for f in exact if 4 * low(f.toll.value) >= low(plain[0].toll.value)] or exact
    if not exact:
        return result
    lead = _lead(exact, killed)
    taken: list[Figure] = []
    for figure in [lead] + [f for f in wholes if f is not lead]:
        beside = figure.sentence == lead.sentence and _one_clause(lead, figure)
        if figure is lead or (beside and not _again(figure, taken) and all(_apart(other, figure) for other in taken)):
            taken.append(figure)
    if len(taken) > 1 and any("bodies" in f.text[f.toll.cue_start : f.toll.cue_end] for f in taken):
        taken = [f for f in taken if "bodies" not in f.text[f.toll.cue_start : f.toll.cue_end]] or taken[:1]
    for figure in taken:
        scope, number = _scope(figure, killed), low(figure.toll.value)
        parts = _split(figure, scope, killed)
        result["noncivilians"] += parts if scope not in _FIGHTING else number
        result["civilians"] += number - parts if scope not in _FIGHTING else 0
        if scope in {"women", "children"}:
            result[scope] += number
    whole = sum(low(figure.toll.value) for figure in taken)
    for scope in ("women", "children"):
        named = [f for f in killed if f.toll.scope == scope and f.toll.part and low(f.toll.value) <= whole]
        named = [f for f in named if f.sentence <= max(lead.sentence, 0) + 6]
        if not result[scope] and named and not vague(named[0].toll.value):
            result[scope] = sum(low(f.toll.value) for f in named if f.sentence == named[0].sentence)
    return result


def _counts(figure: Figure) -> bool:
    toll = figure.toll
    if toll.prop != "killed" or toll.total or toll.stance == "denies" or toll.known:
        return False
    return 0 < low(toll.value) < WAR


def _lead(exact: Sequence[Figure], killed: Sequence[Figure]) -> Figure:
    """Give the figure that names the main event: the title's where the body repeats it, else the body's first."""
    body = [f for f in exact if f.sentence >= 0]
    if not body or exact[0].sentence >= 0:
        return _whole_of(exact[0], killed)
    for figure in body:
        if low(figure.toll.value) == low(exact[0].toll.value):
            return _whole_of(figure, killed)
    return exact[0] if not vague(exact[0].toll.value) else body[0]


def _whole_of(figure: Figure, killed: Sequence[Figure]) -> Figure:
    """Give the figure for all the dead where a later sentence makes this one a part: "30 children among 39 killed"."""
    if figure.toll.scope not in {"women", "children"}:
        return figure
    for part in killed:
        if part.toll.part and part.toll.scope == figure.toll.scope and low(part.toll.value) == low(figure.toll.value):
            for whole in killed:
                if (
                    whole.sentence in {part.sentence, part.sentence - 1}
                    and not whole.toll.part
                    and low(whole.toll.value) > low(part.toll.value)
                ):
                    return whole
    return figure


def _one_clause(lead: Figure, other: Figure) -> bool:
    left, right = sorted((lead.toll.start, other.toll.start))
    return left == right or re.search(r"\b(?:after|when|since|before|while)\b", lead.text[left:right]) is None


def _again(figure: Figure, taken: Sequence[Figure]) -> bool:
    number = low(figure.toll.value)
    return any(abs(low(other.toll.value) - number) <= number // 20 for other in taken if not _apart(other, figure))


def _apart(left: Figure, right: Figure) -> bool:
    """Tell whether two figures speak of different people: civilians here, fighters there, or joined by "and"."""
    if (left.toll.scope in _FIGHTING) != (right.toll.scope in _FIGHTING) and "all" not in {
        left.toll.scope,
        right.toll.scope,
    }:
        return True
    if left.toll.start > right.toll.start:
        left, right = right, left
    between = left.text[left.toll.end : right.toll.start]
    return right.toll.more or (
        len(between) < 60 and re.search(r"\b(?:and|as well as|along with)\W*$", between) is not None
    )


def _scope(figure: Figure, killed: Sequence[Figure]) -> str:
    """Give the scope of a figure, or of its first later mention that says who the people were."""
    if figure.toll.scope not in {"all", "men"}:
        return figure.toll.scope
    for other in killed:
        same = low(other.toll.value) == low(figure.toll.value) and not other.toll.part
        if same and other.toll.scope not in {"all", "men"} and low(figure.toll.value) > 3:
            return other.toll.scope
    return "civilians"


def _split(figure: Figure, scope: str, killed: Sequence[Figure]) -> int:
    """Give how many of a figure for all were fighters, where parts beside it say so."""
    number = low(figure.toll.value)
    near = [f for f in killed if f.toll.part and abs(f.sentence - figure.sentence) <= 2 and low(f.toll.value) < number]
    if figure.toll.scope != "all":
        return 0
    for number_of in range(figure.sentence, figure.sentence + REACH):
        beside = [f for f in killed if f.sentence == number_of and f is not figure]
        fighters = sum(low(f.toll.value) for f in beside if f.toll.scope in _FIGHTING and not f.toll.part)
        others = sum(
            low(f.toll.value) for f in beside if f.toll.scope in {"civilians", "women", "children"} and not f.toll.part
        )
        if fighters and others and 0.6 * number <= fighters + others <= number:
            return number - others
    fighting = sum(low(f.toll.value) for f in near if f.toll.scope == "combatants" and f.sentence == near[0].sentence)
    return fighting if fighting < number else 0


def find_reports(data: Path) -> Path:
    """Find reports.jsonl in a folder or in its folder `syria`."""
    return (data if (data / "reports.jsonl").exists() else data / "syria") / "reports.jsonl"


def load_reports(data: Path) -> list[Mapping[str, str]]:
    """Give the reports of the set with what people coded of each."""
    return [json.loads(line) for line in find_reports(data).read_text(encoding="utf-8").splitlines()]


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
    """Measure the whole reader, the figures of sentences alone and the first-number rule on every report of the set."""
    reports = load_reports(data)
    whole = [(row, report_tolls(figures)) for row, figures in zip(reports, read_all(find_reports(data)), strict=True)]
    alone = [(row, report_tolls(read_figures(row["text"], row["title"]))) for row in reports]
    plain, some = [], []
    for row in reports:
        number = first_number(row["title"] + ". " + row["text"])
        plain.append((row, {"civilians": number, "noncivilians": 0, "women": 0, "children": 0}))
        harmed = [int(float(row[scope] or 0)) for scope in SCOPES if int(float(row[scope] or 0))]
        if harmed:
            some.append(number in harmed)
    baseline = score(plain) | {"matched_some_scope": round(sum(some) / len(some), 4)}
    return {
        "task": "tolls-syria",
        "n": len(reports),
        "metrics": score(whole) | {f"{ALONE}{name}": value for name, value in score(alone).items()},
        "baseline": baseline | {f"{ALONE}{name}": value for name, value in baseline.items()},
    }
