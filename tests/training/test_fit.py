"""The weights of the matcher are fitted from labelled pairs: rows in, weights out."""

from __future__ import annotations

import math

from training.matcher.fit import fit, load_prior, measure, show
from training.matcher.pairs import Row

from variorum.resolve.compare import load_weights
from variorum.resolve.signs import Sign


def row(level: str, *, same: bool, factor: str = "place") -> Row:
    return Row((Sign("place", factor, level, ""),), (), same, True, "g")


def test_a_level_met_only_in_pairs_of_one_event_weighs_more_than_by_hand() -> None:
    prior = load_prior()
    rows = [row("near", same=True)] * 400 + [row("far", same=False)] * 400
    assert fit(rows, prior)["place"]["near"] > prior["place"]["near"]


def test_a_level_never_met_keeps_the_weight_set_by_hand() -> None:
    prior = load_prior()
    fitted = fit([row("near", same=True), row("far", same=False)], prior)
    assert fitted["munitions"] == prior["munitions"]


def test_levels_in_order_never_turn_round() -> None:
    rows = [row("60", same=False, factor="story")] * 300 + [row("8", same=True, factor="story")] * 300
    weights = fit(rows, load_prior())["story"]
    ordered = [weights[level] for level in ("60", "45", "35", "27", "20", "14", "8", "none")]
    assert ordered == sorted(ordered, reverse=True)


def test_the_measure_counts_pairs_joined_at_even_odds() -> None:
    weights = load_prior() | {"prior": 0.0}
    found = measure([row("same_village", same=True), row("far", same=True), row("far", same=False)], weights)
    assert (found["precision"], found["recall"]) == (1.0, 0.5)
    assert math.isfinite(found["loss"])


def test_the_shipped_weights_have_every_level_that_was_trained() -> None:
    prior = load_prior()
    shipped = load_weights()
    assert {key: set(table) for key, table in prior.items() if isinstance(table, dict)} == {
        key: set(table) for key, table in shipped.items() if isinstance(table, dict)
    }
    assert "[place]" in show(dict(shipped), ["how they were made"])
