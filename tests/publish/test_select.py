"""Which events are wanted: by place, in its country, province or near it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from variorum.ledger import Ledger
from variorum.pipeline import Edition, edition, event_object, run
from variorum.publish.select import Selection, select

REPORT = """Shells hit {place}

Published: 7 March 2019

Five people were killed when shells hit the town of {place} on Thursday, the Orvend Monitor said.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    folder = tmp_path_factory.mktemp("reports")
    for number, place in enumerate(("Hodeidah in Yemen", "Gao in Mali", "Homs in Syria")):
        (folder / f"{number}.txt").write_text(REPORT.format(place=place), encoding="utf-8")
    with Ledger.open(folder / "ledger.db", create=True) as ledger:
        run([str(folder)], ledger, now="2031-05-03T10:00:00+00:00", workers=1)
        yield edition(ledger)


def countries(published: Edition, place: str) -> list[str]:
    chosen = select(published, Selection(place=place))
    return sorted(event_object(chosen, event)["place"]["country"] for event in chosen.events)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Yemen", ["YE"]),  # the town lies far from the middle of the country
        ("Mali", ["ML"]),
        ("Syria", ["SY"]),
        ("Hodeida", ["YE"]),
        ("Homs province", ["SY"]),
        ("Aden", []),
        ("Chad", []),
    ],
)
def test_a_place_stands_for_all_that_lies_in_it(published: Edition, place: str, expected: list[str]) -> None:
    assert countries(published, place) == expected
