from __future__ import annotations

import pytest

from told import Fact, Happening, tell
from variorum.model import Copy, Ruling
from variorum.resolve.rulings import apply_rulings, rule_copies, rule_mentions

REPORT = tell("One", Happening("strike", (Fact("date", "2031-05-01"), Fact("munitions", "7"))))
CLAIM, MENTION = REPORT.claims[1], REPORT.mentions[0]


def said(verdict: str, step: int, value: str | None = None, **fields: object) -> Ruling:
    row = {"subject": CLAIM.id, "verdict": verdict, "value": value, "by": "ada", "note": "", "at": f"2031-05-0{step}"}
    return Ruling(**{**row, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "value", "source"),
    [
        ([said("correct", 1, "8")], "8", ""),
        ([said("correct", 1, "8"), said("correct", 2, "the clinic", field="source")], "8", "the clinic"),
        ([said("correct", 2, "8"), said("correct", 1, "9", by="ben")], "8", ""),
        ([said("correct", 1, "8"), said("accept", 2)], "7", ""),
        ([said("reject", 1), said("correct", 2, "8")], "8", ""),
        ([said("correct", 1, "8", blind=True)], "7", ""),
        ([said("correct", 1, "8", retracted="2031-05-02")], "7", ""),
        ([said("correct", 1, "bombing", field="kind")], "7", ""),
    ],
)
def test_the_last_word_on_each_field_stands(rows: list[Ruling], value: str, source: str) -> None:
    ((found,), _) = apply_rulings([CLAIM], rows[::-1])
    assert (found.value, found.source) == (value, source)
    assert found.id == CLAIM.id


def test_a_rejected_claim_does_not_stand() -> None:
    assert apply_rulings([CLAIM], [said("correct", 1, "8"), said("reject", 2)])[0] == []


def on_mention(verdict: str, step: int, value: str | None = None, **fields: object) -> Ruling:
    return said(verdict, step, value, **{"subject": MENTION.id, "field": "kind", **fields})


def test_a_mention_is_of_the_kind_that_a_person_gives_it() -> None:
    (found,) = rule_mentions([MENTION], [on_mention("correct", 1, "bombing")])
    assert (found.kind, found.id) == ("bombing", MENTION.id)
    assert rule_mentions([MENTION], [on_mention("correct", 1, "bombing"), on_mention("accept", 2)]) == [MENTION]


def test_a_rejected_mention_and_those_of_a_withdrawn_report_tell_of_nothing() -> None:
    assert rule_mentions([MENTION], [on_mention("reject", 1)]) == []
    withdrawn = said("reject", 1, subject=MENTION.article_id, field="report")
    assert rule_mentions([MENTION], [withdrawn]) == []
    assert rule_mentions([MENTION], [on_mention("reject", 1, blind=True)]) == [MENTION]


def on_copy(verdict: str, copied: str, original: str) -> Ruling:
    return said(verdict, 1, subject=copied, other=original, field="copy")


def test_what_a_person_says_is_no_copy_is_none() -> None:
    copies = [Copy("art_B", "art_A", 0.9), Copy("art_C", "art_A", 0.8)]
    assert rule_copies(copies, [on_copy("reject", "art_B", "art_A")]) == [copies[1]]


def test_a_persons_copy_brings_its_own_copies_into_the_lineage_of_its_original() -> None:
    copies = [Copy("art_B", "art_A", 0.9), Copy("art_D", "art_C", 0.8)]
    found = rule_copies(copies, [on_copy("accept", "art_C", "art_B")])
    assert {row.article_id: row.original_id for row in found} == {"art_B": "art_A", "art_C": "art_A", "art_D": "art_A"}


def test_a_person_outranks_the_texts_on_who_copied_whom() -> None:
    copies = [Copy("art_B", "art_A", 0.9), Copy("art_C", "art_A", 0.8)]
    turned = rule_copies(copies, [on_copy("accept", "art_A", "art_B")])
    assert {row.article_id: row.original_id for row in turned} == {"art_A": "art_B", "art_C": "art_B"}
    moved = rule_copies(copies, [on_copy("accept", "art_B", "art_D")])
    assert {row.article_id: row.original_id for row in moved} == {"art_B": "art_D", "art_C": "art_A"}
