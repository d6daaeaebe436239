from __future__ import annotations

import pytest

from variorum.errors import UsageError
from variorum.pipeline.parsing import parse_value
from variorum.schema import load_schema

PROPERTIES = load_schema().properties


@pytest.mark.parametrize(
    ("prop", "given", "value"),
    [
        ("killed", "12", "12"),
        ("killed", "at least 12", "12.."),
        ("killed", "30 to 40", "30..40"),
        ("killed", "about 400", "~400"),
        ("killed", "none", "0"),
        ("distance", "500 to 670 km", "500..670 km"),
        ("date", "2017-09-14", "2017-09-14"),
        ("date", "2017-09", "2017-09"),
        ("date", "2017-09-14/2017-09-15", "2017-09-14/2017-09-15"),
        ("date", "14 September 2017", "2017-09-14"),
        ("place", "gn:173480", "gn:173480"),
        ("place", "gn:170063;dir=E;d=20000", "gn:170063;dir=E;d=20000"),
        ("place", "name:Tell Hamra;in=ne:SY", "name:Tell Hamra;in=ne:SY"),
        ("place", "geo:34.45,40.92;u=5000", "geo:34.45,40.92;u=5000"),
        ("place", "Deir ez-Zor", "gn:170794"),
        ("weapon", "cruise missile", "missile.cruise"),
        ("actor", "Ridge Brigade", "Ridge Brigade"),
    ],
)
def test_a_value_is_read_as_the_reader_would_write_it(prop: str, given: str, value: str) -> None:
    assert parse_value(PROPERTIES[prop], given) == value


@pytest.mark.parametrize(
    ("prop", "given"),
    [
        ("killed", "-3"),
        ("killed", "5 to 2"),
        ("killed", "99999999999999999999999"),
        ("killed", "some"),
        ("killed", ""),
        ("date", "2019-03-09/2019-03-07"),
        ("date", "soon"),
        ("place", "geo:999,999"),
        ("place", "name:Foo;in=ne:XX"),
        ("place", "gn:79415;bogus"),
        ("place", "gn:79415;near=-50km"),
        ("place", "gn:999999999"),
        ("place", "Tripoli"),
        ("distance", "670 to 500 km"),
        ("weapon", "cruise"),
    ],
)
def test_what_no_reader_could_find_is_refused_with_its_remedy(prop: str, given: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_value(PROPERTIES[prop], given)
    assert caught.value.remedy


def test_a_weekday_is_taken_from_the_day_of_printing() -> None:
    assert parse_value(PROPERTIES["date"], "on Thursday", "2017-09-15") == "2017-09-14"


@pytest.mark.parametrize("prop", ["killed", "date", "range", "weapon", "place"])
@pytest.mark.parametrize("digits", [31, 309, 5_000])
def test_a_number_that_no_report_prints_is_refused(prop: str, digits: int) -> None:
    named = load_schema().properties.get(prop)
    if named is None:
        pytest.skip(f"the schema has no {prop}")
    with pytest.raises(UsageError):
        parse_value(named, "9" * digits)
