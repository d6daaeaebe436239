"""Counts of people and things in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.count import compare_count, find_counts, interval_count, parse_count, show_count
from variorum.values.order import mirror

COUNTS = [
    ("At least 39 civilians, seven of them children, died.", ["39..", "7"]),
    ("an 11-vehicle convoy carrying about 400 people", ["11", "~400"]),
    ("Dozens of villagers fled.", ["24.."]),
    ("More than 212,000 villagers have fled.", ["212000.."]),
    ("The bodies of half a dozen men were found.", ["6"]),
    ("The rebels handed over 34 men.", ["34"]),
    ("Over 34 men were freed.", ["34.."]),
    ("a 10,000-strong force", ["10000"]),
    ("between 10 and 15 fighters", ["10..15"]),
    ("The death toll rose from 10 to 15.", ["10", "15"]),
    ("another 12 people", ["12"]),
    ("12 dead (including 3 children)", ["12", "3"]),
    ("2000 rebels left the town", ["2000"]),
    ("No one was hurt.", ["0"]),
    ("There were no casualties.", ["0"]),
    ("Nobody died.", ["0"]),
    ("A police officer and a child were killed.", ["1", "1"]),
    ("One soldier was wounded.", ["1"]),
    ("killing one and injuring four", ["1", "4"]),
    ("nearly 30 shells", ["~30"]),
    ("near three wells", ["3"]),
    ("three barrel bombs", ["3"]),
    ("A farmer told reporters that a woman, 35, was hurt.", ["1", "1"]),
    ("In Dorrin 15 people were killed.", ["15"]),
    ("١٢ people were killed", ["12"]),
    ("1.2m people fled", ["1200000"]),
]
NOT_COUNTS = [
    "It began in 2015.",
    "since March 2011, and by 2013",
    "On 14 September 2017 the town fell.",
    "On September 14 and 15",
    "at 3:40 a.m. and again at 5 pm",
    "worth $5 million, or 4.6 million euros",
    "10 percent of the city, or 15%",
    "a 15-year-old boy",
    "girls aged 7 and 9",
    "Sami Karrun, 35, said so.",
    "122mm rockets",
    "S-300 batteries, a MiG-29 and a T-72",
    "the 40th Brigade and the 3rd Corps",
    "voted 13-2",
    "by 12 votes to 3",
    "call +963 11 2345678 or 555-1234",
    "two-thirds of the province",
    "Resolution 2254",
    "5 km away, a two-hour drive",
    "for several days and dozens of miles",
    "the 9/11 attacks",
    "one of the men",
    "in under 24 hours",
    "The Orvet 500 fell",
    "14/09/2017",
    "4x4s",
    "a rebel stronghold, a refugee camp and a national security matter",
    "pregnant with a third child",
    "under 18s",
    "The gunman fired one shot",
]


def test_one_in_a_title_is_a_count() -> None:
    assert [one.value for one in find_counts("One Dead, Six Injured in Dersa")] == ["1", "6"]


@pytest.mark.parametrize(("text", "values"), COUNTS)
def test_a_count_is_found_in_a_sentence(text: str, values: list[str]) -> None:
    assert [one.value for one in find_counts(text)] == values


@pytest.mark.parametrize("text", NOT_COUNTS)
def test_what_only_looks_like_a_count_is_left_alone(text: str) -> None:
    assert [one.value for one in find_counts(text)] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("as many as 90 gunmen and 40 villagers", ["..90", "..40"]),
        ("at least 12 men and 3 women", ["12..", "3.."]),
        ("at least 12 killed and 30 wounded", ["12..", "30"]),
        ("dozens of men and 3 women", ["24..", "3"]),
    ],
)
def test_one_bound_governs_two_joined_nouns_but_not_two_verbs(text: str, values: list[str]) -> None:
    assert [one.value for one in find_counts(text)] == values


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("39 civilians", "civilians"),
        ("dozens of the civilians", "civilians"),
        ("12 more people", "people"),
        ("11-vehicle convoy", "vehicle"),
        ("a 500-strong unit", "unit"),
        ("a soldier", "soldier"),
    ],
)
def test_a_count_says_where_the_noun_begins(text: str, noun: str) -> None:
    (one,) = find_counts(text)
    assert text[int(one.extra["noun_start"]) :].startswith(noun)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", "12"),
        ("12..", "12.."),
        ("~400", "~400"),
        ("at least 39", "39.."),
        ("2015", "2015"),
        ("seven", "7"),
        ("nobody", "0"),
        ("3.5", None),
        ("many", None),
        ("", None),
    ],
)
def test_a_phrase_is_read_as_one_count(raw: str, value: str | None) -> None:
    assert parse_count(raw) == value


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("12", (12, 12)),
        ("12..", (12, None)),
        ("..200", (None, 200)),
        ("~400", (360, 440)),
        ("~3", (2, 4)),
        ("30..40", (30, 40)),
        ("x", None),
    ],
)
def test_a_count_has_bounds(value: str, bounds: tuple[int | None, int | None] | None) -> None:
    assert interval_count(value) == bounds


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("12", "12", "equal"),
        ("39", "39..", "inside"),
        ("..200", "200", "contains"),
        ("~400", "400", "contains"),
        ("..200", "~400", "disjoint"),
        ("30..40", "35..", "overlaps"),
        ("12", "13", "disjoint"),
        ("12", "many", "unknown"),
    ],
)
def test_two_counts_stand_in_one_word(left: str, right: str, word: str) -> None:
    assert compare_count(left, right) == word


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("39..", "at least 39"),
        ("..200", "up to 200"),
        ("~400", "about 400"),
        ("30..40", "30 to 40"),
        ("330000", "330,000"),
    ],
)
def test_a_count_is_shown_in_words(value: str, words: str) -> None:
    assert show_count(value) == words


NUMBERS = st.integers(0, 10**7)
VALUES = st.one_of(
    NUMBERS.map(str),
    NUMBERS.map(lambda n: f"{n}.."),
    NUMBERS.map(lambda n: f"..{n}"),
    NUMBERS.map(lambda n: f"~{n}"),
    st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] < p[1]).map(lambda p: f"{p[0]}..{p[1]}"),
)


@given(VALUES)
def test_a_count_shown_is_read_back_the_same(value: str) -> None:
    assert parse_count(show_count(value)) == value


@given(VALUES)
def test_a_count_equals_itself(value: str) -> None:
    assert compare_count(value, value) == "equal"


@given(VALUES, VALUES)
def test_comparing_counts_the_other_way_mirrors_the_word(left: str, right: str) -> None:
    assert compare_count(right, left) == mirror(compare_count(left, right))


PIECES = [
    "39",
    "12,000",
    "seven",
    "dozens of",
    "2015",
    "in",
    "$5",
    "men",
    "a boy",
    "14 May",
    "%",
    "-",
    "no",
    "one",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_counts_lie_where_they_say_and_do_not_overlap(text: str) -> None:
    position = 0
    for one in find_counts(text):
        assert position <= one.start < one.end
        assert one.raw == text[one.start : one.end]
        assert parse_count(one.value) == one.value
        position = one.end
