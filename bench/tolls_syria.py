"""Tolls per report on FA-KES: killed civilians, non-civilians, women and children of each report's main event.

The set counts one event a report, most often that of the lead. `report_tolls` is the policy that turns the figures
read in a report into one figure a scope; reading itself is `read_figures`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, first_number, is_vague, low, read_figures
from bench.tolls_claims import read_all

SCOPES = ("civilians", "noncivilians", "women", "children")
_FIGHTING = {"combatants", "attackers", "police"}
ALONE = "figures_alone_"  # rows of the ablation: figures of sentences, no events told apart
REACH = 6  # sentences, the one of the figure first, in which the dead are told apart; chosen, not measured
ASIDE = re.compile(
    r"\b(?:an?|another|earlier|previous|last)\b(?: [\w’'-]+){0,3}? "
    r"(?:attack|strike|raid|bombing|massacre|assault|offensive|blast|explosion)s?\b[^,.;]{0,60}?\b(?:that|which)"
    r"(?: (?:has|have|had|reportedly|allegedly))* (?:left|killed|claimed)\b[^.;]{0,30}$",
    re.I,
)
BROUGHT = re.compile(r"\b(?:bringing|brings|brought|taking|raising|pushing)\b", re.I)
THEY_AMONG = re.compile(r"\W*(?:They|These|Those|The (?:dead|victims)) (?:were|are) among (?:the |at least )?$")
SHORT = re.compile(r"\b(?:days?|week|weekend|since (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\bin recent\b", re.I)
WAR = 5000  # no single event of the set has so many dead; larger figures count a war


def report_tolls(figures: Sequence[Figure]) -> dict[str, int]:
    """Give one figure a scope for the main event of a report.

    The main event is that of the first exact toll of people killed, the title before the body. The figures beside it
    in its clause belong to it; a later mention of the same figure may say who the people were; parts named near it are
    taken over. Bare people count as civilians; fighters, police and attackers as non-civilians.
    """
    result = dict.fromkeys(SCOPES, 0)
    killed = _once([f for f in figures if _counts(f)] or _of_days(figures))
    wholes = [f for f in killed if not f.toll.part]
    plain = [f for f in wholes if not f.toll.named]
    plain = [f for f in plain if not _aside(f)] or plain
    exact = [f for f in plain if not is_vague(f)] or plain or wholes or killed
    if plain and is_vague(plain[0]):
        exact = [f for f in exact if 4 * low(f.toll.value) >= low(plain[0].toll.value)] or exact
    if not exact:
        return result
    lead = _lead(exact, killed)
    taken: list[Figure] = []
    brought = BROUGHT.search(lead.text[: lead.toll.start]) is not None
    for figure in [lead] + [f for f in wholes if f is not lead and not brought]:
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
        if not result[scope]:
            result[scope] = _of_scope(scope, whole, lead, killed)
    return result


def _of_days(figures: Sequence[Figure]) -> list[Figure]:
    """Give the first figure over several days with its parts, for a report that counts no single event."""
    rows = [f for f in figures if f.toll.total and f.toll.prop == "killed" and 0 < low(f.toll.value) < WAR]
    rows = [f for f in rows if SHORT.search(f.text) and f.toll.stance != "denies"]
    return [f for f in rows if f.sentence == rows[0].sentence]


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """Give the figures of a sentence that says the same twice, each once."""
    seen: set[tuple[int, str, str]] = set()
    found = []
    for figure in figures:
        key = (figure.sentence, figure.toll.value, figure.text[figure.toll.start : figure.toll.end])
        if key not in seen:
            seen.add(key)
            found.append(figure)
    return found


def _aside(figure: Figure) -> bool:
    """Tell whether a clause only says which deed is meant: "the base of an attack that killed 70 people"."""
    return ASIDE.search(figure.text[: figure.toll.start]) is not None


def _of_scope(scope: str, whole: int, lead: Figure, killed: Sequence[Figure]) -> int:
    """Give the women or children among the dead: parts named beside the figure, else those a later sentence counts."""
    rows = [f for f in killed if f.toll.scope == scope and low(f.toll.value) <= whole and not is_vague(f)]
    rows = [f for f in rows if f.sentence <= max(lead.sentence, 0) + REACH and not f.toll.named]
    rows = [f for f in rows if f.toll.part] or [f for f in rows if low(f.toll.value) > 1]
    rows = [f for f in rows if not f.toll.value.startswith("~")] or rows
    return sum(low(f.toll.value) for f in rows if f.sentence == rows[0].sentence) if rows else 0


def _counts(figure: Figure) -> bool:
    toll = figure.toll
    if toll.prop != "killed" or toll.total or toll.stance == "denies" or toll.known:
        return False
    return 0 < low(toll.value) < WAR


def _lead(exact: Sequence[Figure], killed: Sequence[Figure]) -> Figure:
    """Give the figure that names the main event: the title's where the body repeats it, else the body's first."""
    body = [f for f in exact if f.sentence >= 0]
    if not body or exact[0].sentence >= 0:
        return _brought_to(_whole_of(exact[0], killed), exact)
    for figure in body:
        if low(figure.toll.value) == low(exact[0].toll.value):
            return _whole_of(figure, killed)
    return _whole_of(exact[0], killed) if not is_vague(exact[0]) else body[0]


def _brought_to(figure: Figure, exact: Sequence[Figure]) -> Figure:
    """Give the toll so far that the sentence of a figure ends in: "12 were killed, bringing the number to 45"."""
    for other in exact:
        later = other.sentence == figure.sentence and other.toll.start > figure.toll.end
        if later and BROUGHT.search(figure.text[figure.toll.end : other.toll.start]):
            return other
    return figure


def _whole_of(figure: Figure, killed: Sequence[Figure]) -> Figure:
    """Give the figure for all the dead where a later sentence makes this one a part: "30 children among 39 killed"."""
    for whole in killed:
        near = whole.sentence in {figure.sentence, figure.sentence + 1}
        more = low(whole.toll.value) > low(figure.toll.value)
        if near and more and THEY_AMONG.match(whole.text[: whole.toll.start]):
            return whole
    if figure.toll.scope not in {"women", "children", "medics", "journalists"}:
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
    if low(figure.toll.value) <= 3:
        return "civilians"
    told = [
        other.toll.scope
        for other in killed
        if low(other.toll.value) == low(figure.toll.value) and not other.toll.part
        if other.toll.scope not in {"all", "men"}
    ]
    return "civilians" if "civilians" in told or not told else told[0]


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
    fighting = sum(low(f.toll.value) for f in near if f.toll.scope in _FIGHTING and f.sentence == near[0].sentence)
    if fighting:
        return fighting if fighting < number else 0
    civil = [low(f.toll.value) for f in near if f.toll.scope == "civilians" and not is_vague(f)]
    return number - civil[0] if civil and civil[0] > 3 else 0


def find_reports(data: Path) -> Path:
    """Find reports.jsonl in a folder or in its folder `syria`."""
    return (data if (data / "reports.jsonl").exists() else data / "syria") / "reports.jsonl"


def load_reports(data: Path) -> list[Mapping[str, str]]:
    """Give the reports of the set with what people coded of each."""
    return [json.loads(line) for line in find_reports(data).read_text(encoding="utf-8").splitlines()]


def score(rows: Sequence[tuple[Mapping[str, str], Mapping[str, int]]]) -> dict[str, float]:
    """Give the shares of reports whose figures are exact; `…_where_any` counts only reports that have any of them."""
    gold = [({scope: int(float(row[scope] or 0)) for scope in SCOPES}, told) for row, told in rows]
    harmed = [(want, told) for want, told in gold if any(want.values())]
    some = sum(any(want[s] and want[s] == told[s] for s in SCOPES) for want, told in harmed)
    both = sum(
        want["civilians"] == told["civilians"] and want["noncivilians"] == told["noncivilians"] for want, told in gold
    )
    result = {"matched_some_scope": some / len(harmed), "civilians_and_noncivilians_exact": both / len(gold)}
    result |= {f"{s}_exact": sum(want[s] == told[s] for want, told in gold) / len(gold) for s in SCOPES}
    for s in ("children", "women"):
        told_any = [(want, told) for want, told in gold if want[s]]
        if told_any:
            result[f"{s}_exact_where_any"] = sum(want[s] == told[s] for want, told in told_any) / len(told_any)
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
