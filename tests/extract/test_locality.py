"""Where a local report plays, and what is told right behind an event. All reports are invented."""

from __future__ import annotations

import factories as make
from variorum.extract.rules import read_article
from variorum.model import Claim
from variorum.values.gazetteer import open_gazetteer

BOOK = open_gazetteer()


def claims(text: str, prop: str) -> list[Claim]:
    found = read_article(make.article(text=text, title="", published="2023-06-16"), BOOK)
    kinds = {mention.id: mention.kind for mention in found.mentions}
    return [
        claim for claim in found.claims if claim.prop == prop and not kinds[claim.mention_id].startswith("background.")
    ]


def name(claim: Claim) -> str:
    entry = BOOK.entry(claim.value.partition(";")[0])
    return entry.name if entry is not None else ""


def test_the_dateline_of_a_local_report_places_its_event_with_a_hedge() -> None:
    rows = claims("DAYTON, Ohio (Test Wire) — Two people were shot at a party late on Tuesday, police said.", "place")
    assert [(name(row), row.stance, row.quote) for row in rows] == [("Dayton", "hedges", "DAYTON")]


def test_a_named_place_needs_no_dateline() -> None:
    rows = claims("COLUMBUS, Ohio (Test Wire) — Two people were shot in Dayton late on Tuesday, police said.", "place")
    assert [(name(row), row.stance) for row in rows] == [("Dayton", "asserts")]


def test_a_report_filed_from_another_country_tells_nothing_of_the_place() -> None:
    text = (
        "BEIRUT (Test Wire) — A strike killed ten people on Tuesday.\n"
        "The Syrian army said it had shelled Aleppo in Syria on Monday, killing four Syrians."
    )
    assert "Beirut" not in {name(row) for row in claims(text, "place")}


def test_a_sentence_behind_the_event_gives_its_day_and_place() -> None:
    text = "A boy is recovering after he was shot in the hand. It happened on Monday night in Dayton, Ohio."
    assert {row.value for row in claims(text, "date")} == {"2023-06-12"}
    assert {name(row) for row in claims(text, "place")} == {"Dayton"}
