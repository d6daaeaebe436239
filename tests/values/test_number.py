"""Figures in text: digits, words, ranges and bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.number import find_figures, show_number, write_bounds

FIGURES = [
    ("12", "12"),
    ("330,000", "330000"),
    ("10 000", "10000"),
    ("10\u00a0500", "10500"),
    ("1.2 million", "1200000"),
    ("10k", "10000"),
    ("٣٩", "39"),
    ("٣٠٬٠٠٠", "30000"),
    ("۴۵", "45"),
    ("seventy-two", "72"),
    ("seventy two", "72"),
    ("one hundred and twenty", "120"),
    ("a hundred and ten", "110"),
    ("one thousand two hundred and five", "1205"),
    ("two hundred thousand", "200000"),
    ("two and a half million", "2500000"),
    ("half a million", "500000"),
    ("a quarter of a million", "250000"),
    ("three quarters of a million", "750000"),
    ("more than a quarter of a million", "250000.."),
    ("over 34", "34.."),
    ("a dozen", "12"),
    ("half a dozen", "6"),
    ("two dozen", "24"),
    ("several", "3.."),
    ("a few", "3.."),
    ("several hundred", "300.."),
    ("a couple", "2"),
    ("dozens", "24.."),
    ("scores", "40.."),
    ("hundreds", "200.."),
    ("tens of thousands", "20000.."),
    ("dozens of thousands", "24000.."),
    ("hundreds of thousands", "200000.."),
    ("500-670", "500..670"),
    ("10–12", "10..12"),
    ("between 10 and 15", "10..15"),
    ("between about 30 and 40", "30..40"),
    ("10 to 15", "10..15"),
    ("from 10 to 15", "10..15"),
    ("10 or 12", "10..12"),
    ("ten to fifteen", "10..15"),
    ("10 to 15 thousand", "10000..15000"),
    ("1.5 to 2 million", "1500000..2000000"),
    ("at least 39", "39.."),
    ("no fewer than 5", "5.."),
    ("a minimum of 8", "8.."),
    ("more than 30", "30.."),
    ("over 30", "30.."),
    ("upwards of 30", "30.."),
    ("at least another 12", "12.."),
    ("30 or more", "30.."),
    ("30-plus", "30.."),
    ("as many as 200", "..200"),
    ("up to 200", "..200"),
    ("no more than 5", "..5"),
    ("fewer than 10", "..10"),
    ("fewer than ten", "..10"),
    ("10 or fewer", "..10"),
    ("about 400", "~400"),
    ("around 400", "~400"),
    ("some 400", "~400"),
    ("nearly three", "~3"),
    ("almost 30", "~30"),
    ("close to 30", "~30"),
    ("roughly 30", "~30"),
    ("an estimated 500", "~500"),
    ("approximately 500", "~500"),
    ("~400", "~400"),
    ("30-odd", "~30"),
    ("30 or so", "~30"),
]


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_a_figure_is_read_with_its_bounds(text: str, value: str) -> None:
    figures = find_figures(text)
    assert [write_bounds(one) for one in figures] == [value]
    assert (figures[0].start, figures[0].end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The toll rose from 10 to 15.", ["10", "15"]),
        ("It was revised down from 40 to 32.", ["40", "32"]),
        ("200 militants and 200 villagers", ["200", "200"]),
        ("beaten 3-2", ["3", "2"]),
        ("two killed, three wounded", ["2", "3"]),
        ("no numbers at all", []),
        ("tense, often and alone", []),
    ],
)
def test_two_figures_are_not_a_range(text: str, values: list[str]) -> None:
    assert [write_bounds(one) for one in find_figures(text)] == values


SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501, SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def spell(number: int) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{SMALL[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{spell(number // 1000)} thousand" + (f"{joint}{spell(rest)}" if rest else "")


@given(st.integers(0, 999_999))
def test_every_number_spelled_out_is_read_back(number: int) -> None:
    assert [write_bounds(one) for one in find_figures(spell(number))] == [str(number)]


@given(st.integers(0, 10**12))
def test_every_number_with_thousands_separators_is_read_back(number: int) -> None:
    assert [write_bounds(one) for one in find_figures(f"{number:,}")] == [str(number)]


@given(st.text(alphabet="0123456789 ,.-–abdefhnorstuvwxyz'’%$(\n", max_size=60))
def test_figures_come_in_order_and_lie_in_the_text(text: str) -> None:
    position = 0
    for one in find_figures(text):
        assert position <= one.start <= one.first < one.last <= one.end <= len(text)
        assert one.low is None or one.high is None or one.low <= one.high
        position = one.end


@pytest.mark.parametrize(("number", "text"), [(30, "30"), (2.5, "2.5"), (1_000_000, "1000000"), (0, "0")])
def test_a_number_is_written_plainly(number: float, text: str) -> None:
    assert show_number(number) == text


@pytest.mark.parametrize("word", ["\u017feveral", "mult\u0130ple", "dozen\u017f", "two hundred\u017f"])
def test_letters_that_look_like_others_stop_no_reading(word: str) -> None:
    assert len(list(find_figures(f"{word} people were killed"))) == 1
