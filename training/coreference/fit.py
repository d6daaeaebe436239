"""Fits the weights of event words: `python -m training.coreference.fit --data DIR`, DIR the folder of ECB+.

Two logistic regressions over levels of signs, articles first, on all topics but the dev ones. Where joining stops is
chosen on them too: each half of the topics is scored with the weights fitted on the other.
Writes src/variorum/resolve/eventweights.json.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from bench.coreffile import CorefText, read_ecb_texts
from bench.coreftext import make_event_words, make_telling, tag_text
from bench.scorers import b_cubed, conll
from numpy.typing import NDArray

from variorum.resolve.eventsigns import EventWord, Sign, Telling, TellingSigns
from variorum.resolve.eventwords import (
    Tellings,
    Weights,
    chances,
    group_tellings,
    link_on_average,
    pairs_to_score,
    read_weights,
    with_company,
    word_signs,
)

SHIPPED = Path(__file__).parent.parent.parent / "src" / "variorum" / "resolve" / "eventweights.json"
HOLD = 3.0  # variance of the prior is its inverse: one pair hardly moves a weight
OTHERS = 3  # one pair in so many is kept of those that are not one event, and counts as so many
STEPS = 15
STOPS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
WORD_STOPS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
COMPANY = (0.0, 0.3, 0.5, 0.7, 0.9)

Read = tuple[list[Telling], list[EventWord], dict[str, str]]  # articles, words, chain of each word


def read_texts(texts: Sequence[CorefText]) -> Read:
    """Give what the resolver takes, and the chain of each word."""
    tellings, words = [], []
    for text in texts:
        tags = tag_text(text)
        tellings.append(make_telling(text, tags))
        words += make_event_words(text, tags, text.words)
    return tellings, words, {word.id: word.chain for text in texts for word in text.words}


def fit(signs: Sequence[Sign], same: NDArray[np.bool_]) -> tuple[float, dict[str, dict[str, float]]]:
    """Fit bias and weights by Newton's method, drawn to zero; a level that stands for "not asked" weighs nothing."""
    chance = np.random.default_rng(0)
    kept = np.flatnonzero(same | (chance.random(len(same)) < 1 / OTHERS))
    columns = [(sign, at) for sign in signs for at, name in enumerate(sign.levels) if name != "-"]
    rows = np.stack([*(sign.of[kept] == at for sign, at in columns), np.ones(len(kept), bool)], 1).astype(np.float32)
    true = same[kept].astype(np.float64)
    count = np.where(same[kept], 1.0, OTHERS)
    hold = np.full(rows.shape[1], HOLD)
    hold[-1] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-(rows @ found)))
        slope = rows.T @ (count * (true - told)) - hold * found
        bend = (rows * (count * told * (1 - told))[:, None].astype(np.float32)).T @ rows + np.diag(hold)
        found = found + np.linalg.solve(bend.astype(np.float64), slope)
    weights: dict[str, dict[str, float]] = {sign.name: dict.fromkeys(sign.levels, 0.0) for sign in signs}
    for (sign, at), value in zip(columns, found[:-1], strict=True):
        weights[sign.name][sign.levels[at]] = round(float(value), 3)
    return round(float(found[-1]), 3), weights


def fit_articles(read: Read) -> dict[str, Any]:
    """Fit the weights between articles: one when they share a chain."""
    tellings, words, chain = read
    tellings = sorted(tellings, key=lambda one: one.id)
    held: dict[str, set[str]] = {one.id: set() for one in tellings}
    for word in words:
        held[word.telling_id].add(chain[word.id])
    left, right = np.triu_indices(len(tellings), 1)
    ids = [one.id for one in tellings]
    same = np.array([bool(held[ids[a]] & held[ids[b]]) for a, b in zip(left, right, strict=True)], bool)
    bias, weights = fit(TellingSigns(tellings).signs(left, right), same)
    return {"bias": bias, "stop": 0.35, "signs": weights}


def fit_words(parts: Sequence[tuple[Read, Tellings]]) -> dict[str, Any]:
    """Fit the weights between words of each part, its articles as they were grouped."""
    signs: list[Sign] = []
    same: list[bool] = []
    for (_, words, chain), tellings in parts:
        words = sorted(words, key=lambda word: word.id)
        told = word_signs(words, tellings)
        left, right = pairs_to_score(told)
        names = [chain[word.id] for word in words]
        same += [names[a] == names[b] for a, b in zip(left, right, strict=True)]
        rows = told.signs(left, right)
        old = signs or [replace(sign, of=sign.of[:0]) for sign in rows]
        signs = [replace(row, of=np.concatenate([sign.of, row.of])) for sign, row in zip(old, rows, strict=True)]
    bias, weights = fit(signs, np.array(same, bool))
    return {"bias": bias, "stop": 0.3, "signs": weights}


def halves(read: Read) -> list[Read]:
    """Cut into the odd and the even topics."""
    made = []
    for half in (0, 1):
        tellings = [one for one in read[0] if int(one.id.split("_")[0]) % 2 == half]
        ids = {one.id for one in tellings}
        words = [word for word in read[1] if word.telling_id in ids]
        made.append((tellings, words, {word.id: read[2][word.id] for word in words}))
    return made


def best(score: Callable[[float], float]) -> float:
    """Give the stop that scores best."""
    told = {stop: score(stop) for stop in STOPS}
    print({stop: round(figure, 4) for stop, figure in told.items()}, flush=True)
    return max(STOPS, key=lambda stop: told[stop])


def stopped(row: dict[str, Any], stop: float) -> Weights:
    """Give weights with another stop."""
    return read_weights({**row, "stop": stop})


def subtopic(name: str) -> str:
    """Give the half of a topic that a text of ECB+ belongs to: its first event, or the second one like it."""
    return name.split("_")[0] + ("plus" if name.endswith("plus") else "")


def make(read: Read) -> dict[str, Any]:
    """Make both sets of weights; the stops by fitting on each half and scoring on the other."""
    pairs = [(one, other) for one, other in zip(halves(read), reversed(halves(read)), strict=True)]
    rows = [fit_articles(one) for one, _ in pairs]
    gold = [{one.id: subtopic(one.id) for one in other[0]} for _, other in pairs]
    stop = best(
        lambda stop: float(
            np.mean(
                [
                    b_cubed(group_tellings(other[0], stopped(row, stop)).groups(), told)["f1"]
                    for (_, other), row, told in zip(pairs, rows, gold, strict=True)
                ]
            )
        )
    )
    # each half sees groups made with the other half's weights, as the words of unseen texts will
    grouped = [group_tellings(other[0], stopped(row, stop)) for (_, other), row in zip(pairs, rows, strict=True)]
    parts = [(other, theirs) for (_, other), theirs in zip(pairs, grouped, strict=True)]
    word_rows = [fit_words([part]) for part in reversed(parts)]
    share, word_stop = choose(parts, word_rows)
    words = {**fit_words(parts), "stop": word_stop, "company": share}
    return {"articles": {**fit_articles(read), "stop": stop}, "words": order(words)}


def order(row: dict[str, Any]) -> dict[str, Any]:
    """Put the long part last."""
    return {name: row[name] for name in ("bias", "stop", "company", "signs")}


def choose(parts: Sequence[tuple[Read, Tellings]], rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Give the share of company and the stop that score best on each half, with the weights of the other."""
    told: dict[tuple[float, float], list[float]] = {}
    for ((_, words, chain), tellings), row in zip(parts, rows, strict=True):
        words = sorted(words, key=lambda word: word.id)
        alike = chances(words, tellings, read_weights(row))
        for share in COMPANY:
            held = with_company(alike, share)
            for stop in WORD_STOPS:
                cluster = link_on_average(held, stop)
                found = {word.id: int(number) for word, number in zip(words, cluster, strict=True)}
                told.setdefault((share, stop), []).append(conll(found, chain)["conll"])
    print({key: round(float(np.mean(figures)), 4) for key, figures in told.items()}, flush=True)
    return max(told, key=lambda key: float(np.mean(told[key])))


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kept", type=Path, help="keep what was read here, and take it from here the next time")
    args = parser.parse_args()
    if args.kept and args.kept.exists():
        read = pickle.loads(args.kept.read_bytes())
    else:
        read = read_texts(list(read_ecb_texts(args.data, dev=False)))
        if args.kept:
            args.kept.write_bytes(pickle.dumps(read))
    SHIPPED.write_text(json.dumps(make(read), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
