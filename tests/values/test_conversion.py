"""Whether two figures in two units can be one: what people's rounding explains, and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from variorum.values.conversion import check_conversion, converts
from variorum.values.measure import convert
from variorum.values.number import show_number

PAIRS = [
    ("km", "mi"),
    ("m", "foot"),
    ("m", "yard"),
    ("cm", "inch"),
    ("nautical_mile", "km"),
    ("nautical_mile", "mi"),
    ("km**2", "mi**2"),
    ("hectare", "acre"),
    ("m**2", "foot**2"),
    ("km**2", "acre"),
    ("kg", "pound"),
    ("g", "ounce"),
    ("kg", "ton"),
    ("tonne", "pound"),
    ("liter", "gallon"),
    ("km/hour", "mi/hour"),
    ("knot", "km/hour"),
]
UNIT_PAIRS = st.sampled_from([*PAIRS, *((right, left) for left, right in PAIRS)])
ORIGINALS = st.one_of(
    st.integers(2, 9),
    st.integers(10, 99),
    st.integers(1, 99).map(lambda number: number * 10),
    st.integers(1, 99).map(lambda number: number * 1000),
    st.integers(100, 9999),
)
ROUNDINGS = st.sampled_from(["one", "five", "ten", "two digits", "tenth"])


def rounded(number: float, how: str) -> float:
    """Round as people do; a figure moved by more than an eighth is none that people write."""
    step = {"one": 1.0, "five": 5.0, "ten": 10.0, "tenth": 0.1}.get(how)
    if step is None:
        step = 10.0 ** (len(str(int(number))) - 2) if number >= 1 else 0.01
    result = round(number / step) * step
    assume(result > 0)
    assume(abs(result - number) <= result / 8)
    assume(how not in ("five", "ten") or result >= 10)
    return result


def quantity(number: float, unit: str) -> str:
    return f"{show_number(round(number, 4))} {unit}"


@settings(deadline=None)
@given(UNIT_PAIRS, ORIGINALS, ROUNDINGS)
@example(("km", "mi"), 2, "one")
def test_a_conversion_rounded_as_people_do_passes(units: tuple[str, str], original: int, how: str) -> None:
    true = convert(original, *units)
    assert true is not None
    written = 1.0 if (units, original) == (("km", "mi"), 2) else rounded(true, how)
    assert check_conversion(quantity(original, units[0]), quantity(written, units[1])) is None


@settings(deadline=None)
@given(
    UNIT_PAIRS,
    ORIGINALS,
    st.one_of(st.floats(1.3, 20), st.floats(0.05, 1 / 1.3)),
    st.sampled_from(["", "~"]),
)
def test_figures_three_tenths_apart_fail(units: tuple[str, str], original: int, off: float, about: str) -> None:
    true = convert(original, *units)
    assert true is not None
    written = true * off
    assume(not {"ton", "gallon"} & set(units))  # words for several sizes
    assume(round(written, 4) > 0.01)
    assume(not 1 / 1.3 < round(written, 4) / true < 1.3)
    assert check_conversion(f"{about}{quantity(original, units[0])}", quantity(written, units[1])) is not None


@settings(deadline=None)
@given(UNIT_PAIRS, ORIGINALS, ORIGINALS, st.sampled_from(["", "~"]))
def test_the_order_of_two_figures_does_not_matter(units: tuple[str, str], left: int, right: int, about: str) -> None:
    one, other = f"{about}{left} {units[0]}", f"{right} {units[1]}"
    assert (check_conversion(one, other) is None) == (check_conversion(other, one) is None)


@settings(deadline=None)
@given(st.integers(-40, 50), st.sampled_from([1, 5]))
def test_a_temperature_rounded_to_five_degrees_passes(celsius: int, step: int) -> None:
    fahrenheit = round((celsius * 1.8 + 32) / step) * step
    assume(step == 1 or abs(fahrenheit) >= 10)  # 5 for 7 is the nearest five, and no rounding of a small figure
    assert check_conversion(f"{celsius} degC", f"{fahrenheit} degF") is None


@pytest.mark.parametrize(
    ("value", "converted"),
    [
        ("75 km", "45 mi"),
        ("142078 kg", "312572 pound"),  # at 2.2
        ("35 km", "20 mi"),
        ("100 mi", "150 km"),
        ("30000 foot", "9000 m"),
        ("200 nautical_mile", "370 km"),
        ("19 nautical_mile", "35 km"),
        ("2 ton", "1800 kg"),
        ("2 ton", "2000 kg"),
        ("10 gallon", "45 liter"),
        ("~40 degC", "104 degF"),
        ("-5 degC", "23 degF"),
        ("450 km/hour", "280 mi/hour"),
    ],
)
def test_what_people_write_passes(value: str, converted: str) -> None:
    assert check_conversion(value, converted) is None


@pytest.mark.parametrize(
    ("value", "converted", "why"),
    [
        ("20 km", "8 mi", "20 km is 12 miles, not 8"),
        ("1 km", "1 mi", "1 km is 0.6 miles, not 1"),
        ("10 nautical_mile", "16 km", "10 nautical miles is 19 km, not 16"),
        ("5 nautical_mile", "5 mi", "5 nautical miles is 5.8 miles, not 5"),
        ("30000 foot", "5000 m", "30000 feet is 9144 m, not 5000"),
        ("30 degC", "60 degF", "30 °C is 86 °F, not 60"),
        ("100 hectare", "100 acre", "100 hectares is 247 acres, not 100"),
        ("500 kg", "500 pound", "500 kg is 1102 pounds, not 500"),
    ],
)
def test_what_no_rounding_explains_says_why(value: str, converted: str, why: str) -> None:
    assert check_conversion(value, converted) == why


def test_only_the_original_may_be_rough() -> None:
    assert converts("2 km", "1 mi")
    assert not converts("1 mi", "2.4 km")
