"""Why two mentions are one event or not, out of a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.model import Judgement
from variorum.pipeline import find_pairs, run
from variorum.pipeline.editions import edition

NOW = "2031-05-03T10:00:00+00:00"
TEXT = (
    "Shelling kills {dead} in {town}\n\n{dead} people were killed on Thursday when shells hit a market in {town}, the "
    "{town} clinic said. {hurt} others were wounded.\n"
)


@pytest.fixture
def ledger(tmp_path: Path, sqlite_file: Path) -> Iterator[Ledger]:
    told = [("Homs", 14, 31, "03"), ("Homs", 14, 33, "04"), ("Goma", 6, 8, "17")]
    rows = [
        {
            "url": f"https://tarn.invalid/{number}",
            "published": f"2031-04-{day}",
            "text": TEXT.format(town=town, dead=dead, hurt=hurt) + "Filler. " * number,
        }
        for number, (town, dead, hurt, day) in enumerate(told)
    ]
    (tmp_path / "three.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Ledger.open(sqlite_file) as opened:
        run([tmp_path / "three.jsonl"], opened, now=NOW, workers=1)
        yield opened


def mentions(ledger: Ledger, number: int) -> list[str]:
    return [mention.id for mention in ledger.mentions(ledger.article(f"R{number}").id)]


def test_a_joined_pair_gives_its_sum(ledger: Ledger) -> None:
    pair = find_pairs(ledger, mentions(ledger, 1), mentions(ledger, 2))[0]
    assert pair.joined
    assert pair.left_event == pair.right_event
    assert sum(reason.weight for reason in pair.explanation.used) == pytest.approx(pair.explanation.total)
    assert pair.nearest is None


def test_a_pair_kept_apart_says_what_would_change_that(ledger: Ledger) -> None:
    pair = find_pairs(ledger, mentions(ledger, 1), mentions(ledger, 3), every=False)[0]
    assert not pair.joined
    assert pair.left_event != pair.right_event
    assert pair.explanation.changes != ()


def test_the_left_side_of_the_reasons_is_the_one_asked_for_first(ledger: Ledger) -> None:
    def places(left: int, right: int) -> list[tuple[str, str]]:
        pair = find_pairs(ledger, mentions(ledger, left), mentions(ledger, right), every=False)[0]
        return [(reason.left, reason.right) for reason in pair.explanation.used if reason.name == "place"]

    assert [(right, left) for left, right in places(1, 3)] == places(3, 1)
    assert "Homs" in places(1, 3)[0][0]


def test_what_a_person_said_stands_beside_the_sum(ledger: Ledger) -> None:
    left, right = sorted((mentions(ledger, 1)[0], mentions(ledger, 2)[0]))
    ledger.add_judgement(Judgement(left, right, "different", "ada", None, "two markets", NOW))
    pair = find_pairs(ledger, [left], [right])[0]
    assert pair.people == ("ada said different: two markets",)


def test_the_edition_holds_every_event(ledger: Ledger) -> None:
    assert {event.id for event in edition(ledger).events} == {event.id for event in ledger.events()}
