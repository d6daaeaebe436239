"""Quantities: figures with a unit."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.values.order import mirror
from variorum.values.quantity import (
    check_conversion,
    compare_quantity,
    find_conversions,
    find_quantities,
    interval_quantity,
    parse_quantity,
    show_quantity,
)
from variorum.values.units import UNITS, dimension

QUANTITIES = [
    ("from a distance of 500-670 kilometres", ["500..670 km"]),
    ("some 500-650 kilometers away", ["500..650 km"]),
    ("between 10 and 15 km", ["10..15 km"]),
    ("10 km to 15 km", ["10..15 km"]),
    ("between 5 miles and 7 miles", ["5..7 mi"]),
    ("3 nautical miles off the coast", ["3 nautical_mile"]),
    ("a two-year siege", ["2 year"]),
    ("an almost three-year siege", ["~3 year"]),
    ("a month-long siege", ["1 month"]),
    ("half an hour", ["0.5 hour"]),
    ("a year and a half", ["1.5 year"]),
    ("two and a half years", ["2.5 year"]),
    ("lasted over 3 hours", ["3.. hour"]),
    ("over two days", ["2 day"]),
    ("for several hours", ["3.. hour"]),
    ("dozens of miles", ["24.. mi"]),
    ("seven tonnes of explosives", ["7 tonne"]),
    ("80kg of explosives", ["80 kg"]),
    ("up to 20 metres", ["..20 m"]),
    ("5,000 square kilometres", ["5000 km**2"]),
    ("80 km/h", ["80 km/hour"]),
    ("10 percent", ["10 percent"]),
    ("minus 5 degrees Celsius", ["-5 degC"]),
    ("about -5 °C", ["~-5 degC"]),
    ("at 40C", ["40 degC"]),
    ("sub-300 sq m rooms", ["..300 m**2"]),
    ("worth $US55,931,000", ["55931000 USD"]),
    ("worth $13.6M", ["13600000 USD"]),
    ("USD10m", ["10000000 USD"]),
    ("$2 to $3 billion", ["2000000000..3000000000 USD"]),
    ("20 miles per gallon", ["20 mi/gallon"]),
    ("a 500-pound bomb", ["500 pound"]),
    ("two Mi-8 helicopters", []),
    ("more than €5 million", ["5000000.. EUR"]),
    ("30 km or so", ["~30 km"]),
    ("a five-year-old boy", []),
    ("three days ago", []),
    ("five times a day", []),
    ("12 people", []),
    ("three barrel bombs", []),
    ("300 barrels of oil", ["300 oil_barrel"]),
]


@pytest.mark.parametrize(("text", "values"), QUANTITIES)
def test_a_quantity_is_found_in_a_sentence(text: str, values: list[str]) -> None:
    found = find_quantities(text)
    assert [one.value for one in found] == values
    assert all(text[one.start : one.end] == one.raw for one in found)


@pytest.mark.parametrize(
    ("text", "value", "converted", "raw"),
    [
        ("500 km (310 miles) away", "500 km", "310 mi", "310 miles"),
        ("about 500 km (300 miles)", "~500 km", "300 mi", "300 miles"),
        ("500-670 kilometres (727 miles)", "500..670 km", "727 mi", "727 miles"),
        ("12 miles [19 km] out", "12 mi", "19 km", "19 km"),
        ("6 feet, or 1.8 metres,", "6 foot", "1.8 m", "1.8 metres"),
    ],
)
def test_a_bracketed_conversion_is_kept_beside_the_figure(text: str, value: str, converted: str, raw: str) -> None:
    (one,) = find_quantities(text)
    start, end = map(int, one.extra["converted_span"].split(":"))
    assert (one.value, one.extra["converted"], text[start:end]) == (value, converted, raw)


PAIRS = [
    ("It fell 12 km/8 miles short.", [("12 km", "8 mi", None)]),
    ("It flew 8 miles, or 13 km, to the coast.", [("8 mi", "13 km", None)]),
    ("The camp lies 13 kilometres – 8 miles – from Orvend.", [("13 km", "8 mi", None)]),
    ("12 kilometers -- about 8 miles -- from it", [("12 km", "~8 mi", None)]),
    ("12 km, 8 miles, from the town", [("12 km", "8 mi", None)]),
    ("20 km (8 miles) east of Orvend", [("20 km", "8 mi", "20 km is 12 miles, not 8")]),
    ("a 12-kilometre (8-mile) road", [("12 km", "8 mi", None)]),
    ("a 12-kilometre road [or 20 miles]", [("12 km", "20 mi", "12 km is 7.5 miles, not 20")]),
    ("500 to 670 km (310 to 600 miles)", [("500..670 km", "310..600 mi", "670 km is 416 miles, not 600")]),
    ("a 500 kg bomb (1,100 pounds)", [("500 kg", "1100 pound", None)]),
    ("at 30,000 feet (5,000 m)", [("30000 foot", "5000 m", "30000 feet is 9144 m, not 5000")]),
    ("at 450 km/h (280 mph)", [("450 km/hour", "280 mi/hour", None)]),
    ("an area of 5,000 square kilometres (1,900 square miles)", [("5000 km**2", "1900 mi**2", None)]),
    ("minus 5 degrees Celsius (23 Fahrenheit)", [("-5 degC", "23 degF", None)]),
    ("38 degrees Celsius (100 degrees)", [("38 degC", "100 degF", None)]),
    ("half a mile (800 metres)", [("0.5 mi", "800 m", None)]),
    ("a kilometre (half a mile)", [("1 km", "0.5 mi", None)]),
    (
        "20 nautical miles (37 km; 20 miles)",
        [
            ("20 nautical_mile", "37 km", None),
            ("20 nautical_mile", "20 mi", "20 nautical miles is 23 miles, not 20"),
        ],
    ),
    ("72 hours (three days)", [("72 hour", "3 day", None)]),
]


@pytest.mark.parametrize(("text", "pairs"), PAIRS)
def test_a_figure_given_twice_is_found_and_checked(text: str, pairs: list[tuple[str, str, str | None]]) -> None:
    assert [(one.value, one.second, one.wrong) for one in find_conversions(text)] == pairs


@pytest.mark.parametrize(
    "text",
    [
        "He ran 10 km, 5 miles and 3 miles.",
        "It is 10 metres wide (40 feet long).",
        "three years (six months suspended)",
        "6 feet 2 inches (188 cm) tall",
        "They walked 10 km – 40 people – to the camp.",
        "80 km (three hours) away",
        "40 percent (12 miles)",
    ],
)
def test_two_figures_side_by_side_need_not_be_one(text: str) -> None:
    assert find_conversions(text) == ()


def test_a_pair_lies_where_it_says_in_a_text_of_lines() -> None:
    text = "Orvend, 3 May\n\nThe depot lies 20 km (12 miles) off.\n"
    (one,) = find_conversions(text)
    assert (text[one.start : one.end], text[one.second_start : one.second_end]) == ("20 km", "12 miles")


FORMS = st.sampled_from(
    [
        "{} ({})",
        "{} [{}]",
        "{} (about {})",
        "{}/{}",
        "{}, or {},",
        "{} – {} –",
        "{} -- {} --",
        "{}, {},",
        "{} away ({})",
    ]
)
WORDS = st.sampled_from(
    [
        ("kilometres", "miles", 0.6214),
        ("miles", "km", 1.609),
        ("metres", "feet", 3.281),
        ("kg", "pounds", 2.205),
        ("hectares", "acres", 2.471),
        ("square miles", "square kilometres", 2.59),
        ("km/h", "mph", 0.6214),
        ("nautical miles", "kilometres", 1.852),
    ]
)


@settings(deadline=None)
@given(FORMS, WORDS, st.integers(10, 9000), st.sampled_from([1.0, 1.5]))
def test_a_pair_is_found_in_every_form_and_wrong_only_when_it_is(
    form: str, words: tuple[str, str, float], number: int, off: float
) -> None:
    left, right, factor = words
    pair = form.format(f"{number:,} {left}", f"{round(number * factor * off):,} {right}")
    (one,) = find_conversions(f"The depot, it was said, was {pair} as measured on Monday.")
    assert (one.wrong is None) == (off == 1.0)


def test_a_bracket_of_another_kind_is_no_conversion() -> None:
    found = find_quantities("500 km (three hours) away")
    assert [(one.value, "converted" in one.extra) for one in found] == [("500 km", False), ("3 hour", False)]


@pytest.mark.parametrize(
    ("value", "converted"),
    [
        ("500 km", "310 mi"),
        ("~500 km", "300 mi"),
        ("1 km", "0.6 mi"),
        ("2 km", "1 mi"),
        ("100 km", "60 mi"),
        ("300 mi", "483 km"),
        ("15 km", "9 mi"),
        ("20 km", "12 mi"),
        ("3 m", "10 foot"),
        ("500..670 km", "310..416 mi"),
        ("500..670 km", "400 mi"),
        ("2 tonne", "2.2 ton"),
        ("80 kg", "176 pound"),
        ("5 km", "3 hour"),
    ],
)
def test_a_conversion_within_rounding_is_fine(value: str, converted: str) -> None:
    assert check_conversion(value, converted) is None


@pytest.mark.parametrize(
    ("value", "converted", "why"),
    [
        ("500..670 km", "727 mi", "670 km is 416 miles, not 727"),
        ("100 km", "100 mi", "100 km is 62 miles, not 100"),
        ("50 km", "20 mi", "50 km is 31 miles, not 20"),
        ("10 mi", "6 km", "10 miles is 16 km, not 6"),
        ("500..670 km", "310..600 mi", "670 km is 416 miles, not 600"),
    ],
)
def test_an_impossible_conversion_says_why(value: str, converted: str, why: str) -> None:
    assert check_conversion(value, converted) == why


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("500..670 km", "500..650 km", "contains"),
        ("2 year", "~3 year", "disjoint"),
        ("24 month", "2 year", "equal"),
        ("500 km", "310 mi", "equal"),
        ("500 km", "400 mi", "disjoint"),
        ("~500 km", "480 km", "contains"),
        ("500 km", "2 hour", "unknown"),
        ("5 USD", "5 EUR", "unknown"),
        ("5 km", "far", "unknown"),
    ],
)
def test_two_quantities_stand_in_one_word(left: str, right: str, word: str) -> None:
    assert compare_quantity(left, right) == word


def test_almost_three_years_reaches_down_to_two_and_a_half() -> None:
    bounds = interval_quantity("~3 year")
    assert bounds is not None
    assert bounds[0] == 2.5


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("500..670 km", "500 to 670 km"),
        ("~3 year", "about 3 years"),
        ("1 hour", "1 hour"),
        ("5.. day", "at least 5 days"),
    ],
)
def test_a_quantity_is_shown_in_words(value: str, words: str) -> None:
    assert show_quantity(value) == words


NUMBERS = st.integers(1, 5000)
SHOWN_UNITS = st.sampled_from(
    ["km", "mi", "nautical_mile", "m", "kg", "tonne", "minute", "hour", "day", "week", "month", "year"]
)
VALUES = st.builds(
    lambda number, unit: f"{number} {unit}",
    st.one_of(
        NUMBERS.map(str),
        NUMBERS.map(lambda n: f"~{n}"),
        NUMBERS.map(lambda n: f"{n}.."),
        NUMBERS.map(lambda n: f"..{n}"),
        st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] < p[1]).map(lambda p: f"{p[0]}..{p[1]}"),
    ),
    SHOWN_UNITS,
)


@given(VALUES)
def test_a_quantity_shown_is_read_back_the_same(value: str) -> None:
    assert parse_quantity(show_quantity(value)) == value


@given(VALUES)
def test_a_quantity_equals_itself(value: str) -> None:
    assert compare_quantity(value, value) == "equal"


@settings(deadline=None)
@given(VALUES, VALUES)
def test_comparing_quantities_the_other_way_mirrors_the_word(left: str, right: str) -> None:
    assert compare_quantity(right, left) == mirror(compare_quantity(left, right))


@pytest.mark.parametrize("unit", [unit for unit in UNITS if dimension(unit) != "money"])
def test_the_units_library_knows_every_unit(unit: str) -> None:
    import pint

    assert pint.UnitRegistry().Quantity(1, unit) is not None


def test_importing_values_does_not_open_the_units_library() -> None:
    code = "import sys, variorum.values, variorum.values.quantity; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
