"""Decisions over a new reading of the same article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from told import Fact, Happening, Told, tell
from variorum.model import Claim, Judgement, Mention, Ruling, RulingVerdict, Verdict, make_claim, make_mention
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
    return [row.subject for row in carried], [row.why for row in lost]


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


# ---------------------------------------------------------------- mentions that split, join or change kind

TWO_FACTS = tell(
    "Long",
    Happening(
        "strike",
        [
            Fact("killed", "12", "all", quote="At least 12 people were killed in the market"),
            Fact("injured", "7", "all", quote="7 others were wounded"),
        ],
    ),
)
LONG = TWO_FACTS.mentions[0]
HALF = TWO_FACTS.claims[1].start - 2


def part(kind: str, start: int, end: int, *claims: int) -> tuple[Mention, list[Claim]]:
    """Give a new mention over part of the long report, which says some of its claims again."""
    mention = make_mention(TWO_FACTS.article, "rdg_2", kind, start, end)
    rows = [TWO_FACTS.claims[place] for place in claims]
    return mention, [
        make_claim(
            mention, TWO_FACTS.article, prop=row.prop, value=row.value, scope=row.scope, start=row.start, end=row.end
        )
        for row in rows
    ]


def heir(*parts: tuple[Mention, list[Claim]], said: bool = True) -> int | None:
    """Give the place of the new mention to which the long one leads."""
    new = [mention for mention, _ in parts]
    claims = [claim for _, rows in parts for claim in rows]
    heirs = carry_mentions([LONG], new, TWO_FACTS.claims, claims) if said else carry_mentions([LONG], new)
    return next((place for place, mention in enumerate(new) if heirs.get(LONG.id) == mention.id), None)


def test_a_mention_that_is_split_goes_where_most_of_its_words_went() -> None:
    assert heir(part("strike", LONG.start, HALF), part("strike", HALF, LONG.end), said=False) == 0


def test_a_mention_that_is_split_goes_where_its_claims_went() -> None:
    assert heir(part("strike", LONG.start, HALF), part("strike", HALF, LONG.end, 0, 1)) == 1


def test_of_two_events_told_in_the_same_words_each_keeps_to_its_kind() -> None:
    assert heir(part("destruction", LONG.start, LONG.end, 0, 1), part("strike", LONG.start, LONG.end - 9, 0, 1)) == 1


def test_a_mention_that_says_the_same_is_followed_whatever_its_kind() -> None:
    assert heir(part("talks", LONG.start, LONG.end, 0, 1)) == 0
    assert heir(part("talks", LONG.start, LONG.end)) is None


def test_background_takes_over_nothing() -> None:
    assert heir(part("background.history", LONG.start, LONG.end, 0, 1)) is None


def test_each_new_mention_stands_for_one_old_one_as_far_as_that_goes() -> None:
    old = [part("strike", 0, 30)[0], part("strike", 30, 60)[0]]
    new = [part("strike", 0, 46)[0], part("strike", 46, 60)[0]]
    assert carry_mentions(old, new) == {old[0].id: new[0].id, old[1].id: new[1].id}


def test_two_mentions_read_as_one_both_lead_to_it() -> None:
    old = [part("strike", 0, 30)[0], part("strike", 30, 60)[0]]
    new = part("strike", 0, 60)[0]
    assert carry_mentions(old, [new]) == {old[0].id: new.id, old[1].id: new.id}


def test_a_mention_whose_words_went_does_not_take_the_scraps_of_another() -> None:
    old = [part("strike", 0, 40)[0], part("attack", 0, 40)[0]]
    new = [part("strike", 0, 38)[0], part("attack", 39, 60)[0]]
    assert carry_mentions(old, new)[old[1].id] == new[0].id


def judged(left: Mention, right: Mention, verdict: Verdict, at: str) -> Judgement:
    return Judgement(*sorted((left.id, right.id)), verdict, "mk", None, "", at)


def test_of_two_words_that_come_to_be_on_the_same_mentions_the_later_stands() -> None:
    old = [part("strike", 0, 30)[0], part("strike", 30, 60)[0]]
    new = part("strike", 0, 60)[0]
    other = OTHER.mentions[0]
    rows = [judged(old[0], other, "same", "2031-05-03"), judged(old[1], other, "different", "2031-05-04")]
    carried, lost = carry_judgements(rows, [*old, other], [new, other])
    assert [row.verdict for row in carried] == ["different"]
    assert [(row.judgement, row.why[:12]) for row in lost] == [(rows[0], "a later word")]


# ---------------------------------------------------------------- rulings beside others


def said_at(start: int, value: str = "12") -> Claim:
    mention = part("strike", LONG.start, LONG.end)[0]
    return make_claim(
        mention, TWO_FACTS.article, prop="killed", value=value, scope="all", start=start, end=start + 8, source="x"
    )


def ruled(claim: Claim, verdict: RulingVerdict, at: str = "2031-05-03") -> Ruling:
    return Ruling(claim.id, verdict, "13" if verdict == "correct" else None, "mk", "", at)


def carry_all(rulings: list[Ruling], old: list[Claim], new: list[Claim]) -> tuple[list[str], list[str]]:
    places = {claim.mention_id: TWO_FACTS.article.id for claim in (*old, *new)}
    carried, lost = carry_rulings(rulings, old, new, places)
    return [f"{row.verdict} {row.subject}" for row in carried], [row.why for row in lost]


def test_a_claim_that_stood_before_does_not_take_over_the_ruling_on_another() -> None:
    twice = tell("Twice", *[Happening("strike", [Fact("killed", "12", "all", quote="12 people")]) for _ in range(2)])
    first, second = twice.claims
    places = {mention.id: twice.article.id for mention in twice.mentions}
    carried, lost = carry_rulings([ruled(first, "reject")], twice.claims, [second], places)
    assert (carried, len(lost)) == ((), 1)


def test_each_claim_takes_over_the_rulings_on_one() -> None:
    old, new = [said_at(10), said_at(14)], [said_at(11), said_at(17)]
    carried, lost = carry_all([ruled(old[0], "accept"), ruled(old[1], "reject")], old, new)
    assert (carried, lost) == ([f"accept {new[0].id}", f"reject {new[1].id}"], [])


def test_an_earlier_word_on_a_claim_does_not_stand_up_when_the_last_is_lost() -> None:
    old, new = said_at(10), said_at(12, "14")
    rows = [ruled(old, "correct", "2031-05-03"), ruled(old, "reject", "2031-05-04")]
    carried, lost = carry_all(rows, [old], [new])
    assert (carried, lost) == ([], ["the words are now read as another value"] * 2)


def test_an_earlier_word_on_a_claim_goes_with_the_last() -> None:
    old, new = said_at(10), said_at(12)
    rows = [ruled(old, "reject", "2031-05-03"), ruled(old, "accept", "2031-05-04")]
    assert carry_all(rows, [old], [new]) == ([f"reject {new.id}", f"accept {new.id}"], [])


def test_a_later_word_on_words_read_as_one_claim_stands_alone() -> None:
    old, new = [said_at(10), said_at(14)], [said_at(12)]
    carried, lost = carry_all([ruled(old[0], "accept"), ruled(old[1], "reject", "2031-05-04")], old, new)
    assert carried == [f"reject {new[0].id}"]
    assert lost == ["a later word of the same person stands at those words"]
