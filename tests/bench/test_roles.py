"""Tests of CEAF-REE: entities are paired one to one, and a mention that is not the entity's spoils the pair."""

from __future__ import annotations

from bench.roles import match, plain


def test_each_gold_entity_is_paired_once() -> None:
    assert match([{"bomb", "the bomb"}], [{"bomb"}, {"the bomb"}]) == 1


def test_a_mention_of_another_entity_spoils_the_pair() -> None:
    assert match([{"bomb"}], [{"bomb", "car"}]) == 0


def test_pairs_are_found_whatever_the_order() -> None:
    assert match([{"a", "b"}, {"a"}], [{"a"}, {"b"}]) == 2


def test_case_and_white_space_do_not_count() -> None:
    assert plain(' "Car\n  Bomb" ') == "car bomb"
