"""Ways to reach somebody are found; dates, sums and coordinates are none. Every one is invented."""

from __future__ import annotations

import pytest

from variorum.publish.contacts import find_contacts, is_foreign

FOUND = [
    ("write to jon.testley@mail.example.", "jon.testley@mail.example"),
    ("jon.testley [at] mail.example", "jon.testley [at] mail.example"),
    ("call +963 11 555 0199 now", "+963 11 555 0199"),
    ("at (011) 555-0133", "(011) 555-0133"),
    ("on 212-555-0133.", "212-555-0133"),
    ("06 12 34 56 78", "06 12 34 56 78"),
    ("WhatsApp 0944 555 013", "0944 555 013"),
    ("tel: 555 0133", "555 0133"),
    ("as @jt_77 wrote", "@jt_77"),
    ("see https://t.me/ana_orlic/12, she said", "https://t.me/ana_orlic/12"),
]
NONE = [
    "on 2021-05-04",
    "between 2019-2021",
    "04-05-2021",
    "120 000 000 pounds",
    "1,500,000 people",
    "at 36.1234, +37.123456",
    "at 08:30 on 04 May 2021",
    "a call to 15 000 people",
    "10.0.0.1",
    "5 @ 3",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_contacts_are_found(text: str, expected: str) -> None:
    assert expected in {text[start:end] for start, end in find_contacts(text)}


@pytest.mark.parametrize("text", NONE)
def test_dates_sums_and_coordinates_are_none(text: str) -> None:
    assert find_contacts(text) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/%D9%85%D9%82", True),
        ("https://a.example/?q=%25D0%259C%25D0%25B8", True),
        ("https://a.example/%E3%E4", True),  # letters of a code page: nobody can tell which
        ("https://a.example/2021/caf%C3%A9-na%C3%AFve_1", False),
        ("https://a.example/homs-market?id=7", False),
    ],
)
def test_an_address_in_another_script_is_foreign(address: str, expected: bool) -> None:
    assert is_foreign(address) is expected
