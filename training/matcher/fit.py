"""Fits the weights by which two mentions are joined: `python -m training.matcher.fit --data DIR`.

A logistic regression over the levels of every sign, drawn to the weights set by hand (`prior.toml`) where there is
little to learn from (a Gaussian prior around them, fitted by Newton's method). Writes resolve/weights.toml.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench.varied import War
from numpy.typing import NDArray

from training.matcher.pairs import Row, ecb_pairs, gvdb_pairs, made_pairs

HOME = Path(__file__).parent
SHIPPED = HOME.parent.parent / "src" / "variorum" / "resolve" / "weights.toml"
# How far a weight goes from the one set by hand: the deviation of the prior. Words are learned from few real pairs.
DEVIATION = 0.3
# What a pair of a made collection counts beside a real one: its actors and errors are drawn more freely than real ones.
MADE_COUNTS = 0.02
ALIKE_COUNTS = 0.5  # what a pair of GVDB counts: it has no pair of one event, and would drown those of ECB+
# Weights that stay as set by hand: reports of one strike often share no rare word and no name, while those of ECB+ and
# GVDB do; a source shared there is "police", and here a ministry that speaks of one event. Made reports hedge nothing,
# and fight over fewer towns than a country has.
HELD = frozenset(
    {
        ("kind", "same_single"),
        ("date", "apart_hedged"),
        ("date", "one_day_apart"),
        ("place", "same_town"),
        ("place", "same_city"),
        ("place", "far_hedged"),
        ("place", "other_part"),
        ("toll", "parts_fit"),
        ("time", "open"),
        ("words", "none"),
        ("meaning", "none"),
        ("names", "none"),
        ("story", "none"),
    }
)
HELD_FACTORS = frozenset({"source", "target", "report_date"})
HELD_DEVIATION = 0.02
STEPS = 25
# Levels of which each says at least as much for one event as the next; where chance orders them otherwise, they share
# the mean of their weights.
ORDERED: dict[str, tuple[tuple[str, ...], ...]] = {
    "date": (("day", "three_days", "week", "month", "longer"), ("yearless", "weekday", "weekdays_apart")),
    "published": (("days_0", "days_1", "days_3", "days_7", "days_14", "days_30", "days_90", "later"),),
    "published_met": (("days_0", "days_1", "days_3", "days_7", "days_14", "days_30", "days_90", "later"),),
    "happened": (("days_1", "days_2", "days_7", "days_14", "days_30", "days_90", "later"),),
    "place": (
        ("same_village", "same_town", "same_city", "same_area", "same_country"),
        ("same_city", "within", "near", "far", "other_country"),
        ("town_in_area", "in_country"),
    ),
    "report_place": (
        ("same_village", "same_town", "same_city", "same_area", "same_country"),
        ("same_city", "within", "near", "far", "other_country"),
        ("town_in_area", "in_country"),
    ),
    "report_date": (("day", "three_days", "week", "month", "longer"), ("yearless", "weekday", "weekdays_apart")),
    "toll": (
        ("equal_large", "equal_9", "equal_3", "equal_1", "equal_0"),
        ("equal_large_of_many", "equal_9_of_many", "equal_3_of_many", "equal_1_of_many", "equal_0_of_many"),
        ("equal_large", "same_figure", "overlaps", "risen", "near", "differs"),
    ),
    "wording": (("50", "25", "10", "3", "none"),),
    "words": (("45", "30", "20", "12", "7", "none"),),
    "story": (("60", "45", "35", "27", "20", "14", "8", "none"),),
    "names": (("8", "5", "3", "2", "1", "none"),),
    "ages": (("many", "one", "none"),),
    "meaning": (("85", "75", "65", "55", "45", "none"),),
}
SEED = 101  # another than the growth gate's
# Events a day and province, provinces, bodies that fight, mentions: a long war, one of middling size, a crowded one.
WARS = ((War(0.04, 40, 6), 3000), (War(0.5, 40, 8), 2500), (War(3, 6, 5), 3000))
SETS = ("made", "ecb", "gvdb")
Array = NDArray[np.float64]


def load_prior() -> dict[str, Any]:
    """Give the weights set by hand."""
    data: dict[str, Any] = tomllib.loads((HOME / "prior.toml").read_text(encoding="utf-8"))
    return data


def fit(rows: Sequence[Row], prior: Mapping[str, Any]) -> dict[str, Any]:
    """Give weights for all levels of the prior: from the made collections first, then from all sets together.

    The second time the signs that a real set holds count with the weights of the first.
    """
    first = _fit([row for row in rows if row.made], prior, prior)
    return _fit(rows, prior, first)


def _fit(rows: Sequence[Row], prior: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    names = [(factor, level) for factor, table in prior.items() if isinstance(table, dict) for level in table]
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    start = np.zeros(len(rows))
    for at, row in enumerate(rows):
        for sign in row.signs:
            if sign.level:
                table[at, column[sign.factor, sign.level]] += sign.times
        start[at] = sum(given[sign.factor].get(sign.level, 0.0) * sign.times for sign in row.held if sign.level)
        table[at, -1] = 1.0
    label = np.array([row.same for row in rows], np.float64)
    counts = np.array([MADE_COUNTS if row.made else ALIKE_COUNTS if row.group[:4] == "gvdb" else 1.0 for row in rows])
    centre = np.array([*(prior[factor][level] for factor, level in names), prior["prior"]])
    held = [name in HELD or name[0] in HELD_FACTORS for name in names]
    spread = np.array([*(HELD_DEVIATION if one else DEVIATION for one in held), 10.0])
    found = _newton((table, start, label, counts), (centre, spread))
    weights: dict[str, Any] = {"prior": round(float(found[-1]), 2)}
    for at, (factor, level) in enumerate(names):
        weights.setdefault(factor, {})[level] = float(found[at])
    for factor, runs in ORDERED.items():
        for run in runs:
            _put_in_order(weights[factor], run)
            if run[-1] == "none":  # to have nothing in common never speaks for one event
                weights[factor]["none"] = min(0.0, weights[factor]["none"])
    return {
        key: {level: round(weight, 2) for level, weight in row.items()} if isinstance(row, dict) else row
        for key, row in weights.items()
    }


def _put_in_order(table: dict[str, float], run: Sequence[str]) -> None:
    """Make the weights of a run fall, by pooling adjacent violators (Ayer et al. 1955)."""
    pools: list[list[str]] = []
    for level in run:
        pools.append([level])
        while len(pools) > 1 and _mean(table, pools[-2]) < _mean(table, pools[-1]):
            last = pools.pop()
            pools[-1] += last
    for pool in pools:
        mean = _mean(table, pool)
        for level in pool:
            table[level] = mean


def _mean(table: Mapping[str, float], levels: Sequence[str]) -> float:
    return sum(table[level] for level in levels) / len(levels)


def _newton(pairs: tuple[Array, Array, Array, Array], prior: tuple[Array, Array]) -> Array:
    """Maximise the posterior of a logistic regression with independent Gaussian priors (Newton's method).

    `pairs` are the table [pairs, levels], what each pair begins with, its label 0 or 1 and what it counts; `prior` the
    centre and deviation of each weight.
    """
    table, start, label, counts = pairs
    centre, spread = prior
    pull = 1.0 / spread**2
    found = centre.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ found + start, -30, 30)))
        slope = table.T @ (counts * (label - chance)) - pull * (found - centre)
        bend = (table * (counts * chance * (1 - chance))[:, None]).T @ table + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-6:
            break
    return found


def measure(rows: Sequence[Row], weights: Mapping[str, Any]) -> dict[str, float]:
    """Give log loss and how well joining at even odds does."""
    loss = right = told = true = 0.0
    for row in rows:
        signs = (*row.signs, *row.held)
        logit = weights["prior"] + sum(weights[s.factor].get(s.level, 0.0) * s.times for s in signs if s.level)
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        loss -= math.log(max(chance if row.same else 1 - chance, 1e-9))
        right += (chance >= 0.5) and row.same
        told += chance >= 0.5
        true += row.same
    precision, recall = right / max(told, 1), right / max(true, 1)
    return {
        "pairs": len(rows),
        "same": true,
        "loss": round(loss / max(len(rows), 1), 4),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
    }


def show(weights: Mapping[str, Any], provenance: Sequence[str]) -> str:
    """Lay the weights out as the file that is shipped."""
    lines = [f"# {line}".rstrip() for line in provenance]
    lines += ["", f"prior = {weights['prior']}", f"join = {weights['join']}", f"unsure = {weights['unsure']}"]
    for factor, table in weights.items():
        if isinstance(table, dict):
            lines += ["", f"[{factor}]", *(f"{level} = {weight}" for level, weight in table.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Gather the pairs, check on groups left out, fit on all and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    prior = load_prior()
    rows = [row for war, size in WARS for row in made_pairs(size, SEED, war)]
    rows += [*ecb_pairs(given.data / "ecbplus"), *gvdb_pairs(given.data / "gvdb")]
    groups = sorted({row.group for row in rows})
    for name in SETS:
        print(f"{name}: by hand", measure([row for row in rows if row.group.startswith(name)], prior))
    for part in range(5):
        left_out = {group for at, group in enumerate(groups) if at % 5 == part}
        weights = fit([row for row in rows if row.group not in left_out], prior)
        for name in SETS:
            checked = [row for row in rows if row.group in left_out and row.group.startswith(name)]
            print(f"{name}: left out {part}", measure(checked, weights))
    weights = fit(rows, prior) | {"join": prior["join"], "unsure": prior["unsure"]}
    counts = [sum(row.group.startswith(name) for row in rows) for name in SETS]
    provenance = [
        "Weights of compare.py, in log-odds: +0.7 doubles the odds that two mentions are one event, -0.7 halves them.",
        "",
        "Made by `python -m training.matcher.fit --data DIR` (training/matcher/README.md): a logistic regression",
        f"around the weights set by hand, on {counts[0]} pairs of made collections (this project's own reports,",
        f"varied), {counts[1]} of ECB+ outside its dev topics (CC BY 3.0) and {counts[2]} of GVDB (Apache-2.0).",
        "A level of a likeness is named after its lower bound in hundredths.",
    ]
    SHIPPED.write_text(show(weights, provenance), encoding="utf-8")
    moved = [
        (abs(weights[factor][level] - prior[factor][level]), factor, level)
        for factor, table in prior.items()
        if isinstance(table, dict)
        for level in table
    ]
    for _, factor, level in sorted(moved, reverse=True)[:40]:
        print(f"{factor}.{level}: {prior[factor][level]} -> {weights[factor][level]}")


if __name__ == "__main__":
    main()
