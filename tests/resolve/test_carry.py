"""Decisions over a new reading of the same article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from told import Fact, Happening, Told, tell
from variorum.model import Judgement, Ruling, RulingVerdict, make_claim, make_mention
from variorum.resolve.carry import carry_judgements, carry_mentions, carry_rulings

OLD = tell("One", Happening("strike", [Fact("killed", "12", "all", "clinic", quote="At least 12 people")]))
CLAIM = OLD.claims[0]


def reread(kind: str = "strike", prop: str = "killed", value: str = "12", scope: str = "all", shift: int = 3) -> Told:
    """Read the article again: the mention starts later, the claim's span is shorter at its start."""
    mention = make_mention(OLD.article, "rdg_2", kind, OLD.mentions[0].start + 1, OLD.mentions[0].end)
    claim = make_claim(
        mention,
        OLD.article,
        prop=prop,
        value=value,
        start=CLAIM.start + shift,
        end=CLAIM.end,
        scope=scope,
        source="clinic",
    )
    return Told(OLD.article, (mention,), (claim,))


def carry(new: Told, verdict: RulingVerdict = "accept", value: str | None = None) -> tuple[list[str], list[str]]:
    ruling = Ruling(CLAIM.id, verdict, value, "mk", "", "2031-05-03")
    places = {mention.id: mention.article_id for mention in (*OLD.mentions, *new.mentions)}
    carried, lost = carry_rulings([ruling], OLD.claims, new.claims, places)
    return [row.claim_id for row in carried], [row.why for row in lost]


def test_a_claim_found_again_keeps_its_rulings() -> None:
    assert carry(OLD) == ([CLAIM.id], [])


def test_a_ruling_goes_to_the_claim_that_overlaps() -> None:
    new = reread()
    assert carry(new) == ([new.claims[0].id], [])


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (reread(prop="injured"), "no claim of this property"),
        (reread(scope="civilians"), "no claim of this property"),
        (reread(value="13"), "another value"),
    ],
)
def test_a_ruling_that_finds_no_place_is_listed(new: Told, why: str) -> None:
    carried, lost = carry(new)
    assert carried == []
    assert why in lost[0]


def test_a_correction_was_said_of_the_words() -> None:
    new = reread(value="13")
    assert carry(new, "correct", "14") == ([new.claims[0].id], [])


def test_a_ruling_on_an_unknown_claim_is_listed() -> None:
    ruling = Ruling("clm_GONE", "accept", None, "mk", "", "2031-05-03")
    carried, lost = carry_rulings([ruling], OLD.claims, OLD.claims, {})
    assert (carried, len(lost)) == ((), 1)


@pytest.mark.parametrize(("kind", "found"), [("strike", True), ("destruction", True), ("talks", False)])
def test_a_mention_is_followed_by_the_one_that_stands_there(kind: str, found: bool) -> None:
    new = reread(kind)
    expected = {OLD.mentions[0].id: new.mentions[0].id} if found else {}
    assert carry_mentions(OLD.mentions, new.mentions) == expected


OTHER = tell("Two", Happening("strike"))
SAME = Judgement(*sorted((OLD.mentions[0].id, OTHER.mentions[0].id)), "same", "mk", None, "", "2031-05-03")


def test_a_judgement_goes_with_its_mentions() -> None:
    new = reread()
    carried, lost = carry_judgements([SAME], [*OLD.mentions, *OTHER.mentions], [*new.mentions, *OTHER.mentions])
    assert lost == ()
    assert {carried[0].left, carried[0].right} == {new.mentions[0].id, OTHER.mentions[0].id}
    assert carried[0].left < carried[0].right


def test_a_judgement_without_one_of_its_mentions_is_listed() -> None:
    carried, lost = carry_judgements([SAME], [*OLD.mentions, *OTHER.mentions], OTHER.mentions)
    assert (carried, lost[0].judgement) == ((), SAME)


def test_a_judgement_on_what_became_one_mention_is_listed() -> None:
    twice = make_mention(OLD.article, "rdg_1", "strike", OLD.mentions[0].start + 2, OLD.mentions[0].end)
    both = [*OLD.mentions, twice]
    row = replace(SAME, left=min(both[0].id, twice.id), right=max(both[0].id, twice.id))
    carried, lost = carry_judgements([row], both, reread().mentions)
    assert (carried, lost[0].why) == ((), "both mentions are read as one now")
