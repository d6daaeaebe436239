"""Tests of names: what the tagger marks, what lists know better, and no two that overlap."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from variorum.extract.names import read_names
from variorum.extract.sentences import split_sentences
from variorum.extract.tagger import tag


def names(text: str) -> list[tuple[str, str]]:
    tags = tag(text, [(one.start, one.end) for one in split_sentences(text)])
    return [(text[one.start : one.end], one.label) for one in read_names(text, tags)]


def test_lists_and_tagger_together() -> None:
    text = "Syrian and South African officials met Mr Omar Haddad of the Red Cross in Nairobi on 3 March."
    assert names(text) == [
        ("Syrian", "NORP"),
        ("South African", "NORP"),
        ("Omar Haddad", "PER"),
        ("Red Cross", "ORG"),
        ("Nairobi", "LOC"),
        ("3 March", "DATE"),
    ]


def test_a_sum_of_money_is_one() -> None:
    assert ("$40 million", "MONEY") in names("The bridge cost $40 million.")


def test_a_country_in_short_is_no_people() -> None:
    assert ("UK", "NORP") not in names("Ministers flew to the UK on Monday.")


@given(st.text(max_size=120))
def test_names_come_in_order_and_do_not_overlap(text: str) -> None:
    found = read_names(text, tag(text, [(0, len(text))]))
    assert all(one.end <= other.start for one, other in pairwise(found))
