"""Persons with a role and the body they speak for."""

from __future__ import annotations

import pytest

from variorum.values.person import find_people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "U.S. Army Colonel Ray Dale, spokesman of the U.S. -led coalition in Koro, told us",
            [("Ray Dale", "US-led coalition")],
        ),
        (
            "Rami Tell, head of the Tihama Observatory for Civil Rights, said",
            [("Rami Tell", "Tihama Observatory for Civil Rights")],
        ),
        (
            "Norway-based Tihama Observatory for Civil Rights head, Rami Tell, said buses left",
            [("Rami Tell", "Tihama Observatory for Civil Rights")],
        ),
        ("Pentagon spokesman Jeff Vale said", [("Jeff Vale", "Pentagon")]),
        ("the head of the Khabur Valley Monitor, Omar al-Hadi, said", [("Omar al-Hadi", "Khabur Valley Monitor")]),
        ("Turkish Foreign Minister Ali Kaya said", [("Ali Kaya", "Turkish foreign ministry")]),
        ("A spokesman said two men died", []),
    ],
)
def test_a_person_with_a_role_speaks_for_the_body(text: str, people: list[tuple[str, str]]) -> None:
    found = find_people(text)
    assert [(row.value, row.extra["body"]) for row in found] == people
    assert all(text[row.start : row.end] == row.raw for row in found)
