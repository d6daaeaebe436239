"""A claim that a person makes of words no reading found: what it becomes, what is refused, and how long it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from conftest import NewPlace
from told import Fact, Happening, Told, tell
from variorum.errors import DecidedMeanwhileError, UsageError
from variorum.ledger import Ledger, Pointed
from variorum.ledger.records import write_pointed
from variorum.model import Article, Claim, Extraction, Ruling, make_claim, make_mention, make_reading
from variorum.pipeline import edition, follow, run
from variorum.pipeline.agreement import find_agreement
from variorum.pipeline.byhand import decisions_behind, place_by_hand
from variorum.pipeline.comparing import compare_ledgers
from variorum.pipeline.deciding import NewClaim, Who, Word, add_claim, decide, reject, set_field, undo
from variorum.pipeline.foresight import changes, foresee, now_state
from variorum.pipeline.merging import merge
from variorum.pipeline.queue import find_queue
from variorum.pipeline.report import Report
from variorum.publish.profile import Redaction
from variorum.publish.redact import redact
from variorum.resolve.carry import carry_rulings

DAY, TOWN = Fact("date", "2031-05-01"), Fact("place", "gn:170063")
STRIKE = Happening("strike", (DAY, TOWN, Fact("munitions", "7")), "A strike killed twelve people and hurt nine")
TALKS = Happening("talks", (Fact("date", "2031-04-01"), Fact("place", "gn:173576")), "Ten people met for talks")
ONE = tell("One", STRIKE)
TWO = tell("Two", STRIKE, TALKS)
TWELVE = NewClaim("killed", "twelve people", "12", source="Wadi  clinic")


@dataclass(frozen=True)
class Shifted:
    """A reader whose every version finds mentions that begin some letters later; that of -1 finds nothing."""

    version: str = "0"
    extractor: str = "invented"
    server: str = ""
    langs: tuple[str, ...] | None = None

    def prepare(self) -> None:
        return None

    def __call__(self, article: Article) -> Extraction:
        told = next(report for report in (ONE, TWO) if report.article == article)
        reading = make_reading(article.id, self.extractor, self.version)
        later = int(self.version)
        mentions, claims = [], []
        for old in told.mentions if later >= 0 else ():
            mention = make_mention(article, reading.id, old.kind, old.start + later, old.end)
            mentions.append(mention)
            claims += [
                make_claim(mention, article, prop=row.prop, value=row.value, start=row.start, end=row.end)
                for row in told.claims
                if row.mention_id == old.id
            ]
        return Extraction(reading, tuple(mentions), tuple(claims))


def at(step: int) -> str:
    return f"2031-05-03T10:00:{step:02d}+00:00"


def who(step: int = 20, by: str = "ada", *, blind: bool = False) -> Who:
    return Who(by, at(step), "she counted them", blind)


def read(ledger: Ledger, version: int, step: int) -> None:
    run([], ledger, now=at(step), reader=Shifted(str(version)), workers=1)


def fill(ledger: Ledger, *reports: Told, step: int = 0) -> Ledger:
    ledger.add_articles(report.article for report in reports)
    read(ledger, 0, step)
    return ledger


@pytest.fixture
def one(ledger: Ledger) -> Ledger:
    """A ledger of one report of one event, on each database."""
    return fill(ledger, ONE)


@pytest.fixture
def lone(empty_place: NewPlace) -> Iterator[Ledger]:
    """The same in a file, for what no database has a part in."""
    with Ledger.open(empty_place("sqlite")) as opened:
        yield fill(opened, ONE)


def point(ledger: Ledger, said: NewClaim = TWELVE, step: int = 20, by: str = "ada") -> int:
    """Make the claim, and work the events out; gives the decision's number."""
    act = decide(ledger, add_claim(ledger, ONE.article, said, who(step, by)))[0].act
    follow(ledger, Report(), command="set", now=at(step))
    return act


def killed(ledger: Ledger) -> list[Claim]:
    return [claim for claim in ledger.claims() if claim.prop == "killed"]


def printed(ledger: Ledger) -> list[str]:
    return [row.value for event in ledger.events() for row in event.values if row.prop == "killed"]


def test_words_become_a_claim_of_the_event_with_their_quote_and_offsets(one: Ledger) -> None:
    point(one)
    (claim,) = killed(one)
    assert (claim.value, claim.scope, claim.source, claim.stance) == ("12", "all", "Wadi clinic", "asserts")
    assert ONE.article.text[claim.start : claim.end] == claim.quote == "twelve people"
    assert claim.as_of == ONE.article.published
    assert printed(one) == ["12"]
    assert one.check() == []


def test_it_goes_with_its_decision_alone_and_can_be_said_again(one: Ledger) -> None:
    first = point(one)
    other = point(one, NewClaim("injured", "nine"), 21)
    undo(one, first, who(22))
    assert [claim.prop for claim in one.claims() if claim.prop in ("killed", "injured")] == ["injured"]
    point(one, step=23)
    undo(one, other, who(24))
    assert [claim.prop for claim in one.claims() if claim.prop in ("killed", "injured")] == ["killed"]
    assert one.check() == []


def test_two_people_who_say_the_same_hold_one_claim_until_both_take_it_back(lone: Ledger) -> None:
    words = add_claim(lone, ONE.article, TWELVE, who())
    first = decide(lone, words)[0].act
    second = decide(lone, [replace(word, by="bo", at=at(21)) for word in words])[0].act
    (claim,) = killed(lone)
    assert [row.act for row in decisions_behind(lone, claim)] == [first, second]
    undo(lone, first, who(22))
    assert len(killed(lone)) == 1
    undo(lone, second, who(23))
    assert killed(lone) == []


def test_the_same_that_somebody_says_meanwhile_is_told_and_another_claim_is_not(lone: Ledger) -> None:
    seen = lone.last_decision()
    words = add_claim(lone, ONE.article, TWELVE, who(21, "bo"))
    other = add_claim(lone, ONE.article, NewClaim("injured", "nine"), who(21, "bo"))
    point(lone)
    with pytest.raises(DecidedMeanwhileError, match="killed = 12 at"):
        decide(lone, words, seen=seen)
    assert decide(lone, other, seen=seen)


def test_without_a_value_it_is_what_the_words_say_as_of_the_day_of_printing(lone: Ledger) -> None:
    said = NewClaim("killed", "twelve", source="own voice")
    point(lone, said)
    assert [(claim.value, claim.source) for claim in killed(lone)] == [("12", "")]
    point(lone, NewClaim("date", "nine", "yesterday", stance="hedges"), 21)
    assert ("2031-05-01", "hedges") in [(row.value, row.stance) for row in lone.claims() if row.prop == "date"]


def test_space_around_a_span_is_left_out(lone: Ledger) -> None:
    start = ONE.article.text.index(" twelve people ")
    point(lone, replace(TWELVE, words=f"{start}:{start + len(' twelve people ')}"))
    assert [claim.quote for claim in killed(lone)] == ["twelve people"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (replace(TWELVE, words="eleven people"), "does not stand"),
        (replace(TWELVE, words="0:99999"), "no characters"),
        (replace(TWELVE, words="3:4"), "no word"),
        (replace(TWELVE, words=""), "does not stand"),
        (replace(TWELVE, prop="kiled"), "no property kiled"),
        (replace(TWELVE, value="many of them"), "is no count"),
        (replace(TWELVE, scope="wizards"), "is no scope"),
        (replace(TWELVE, prop="place", value="gn:170063", scope="civilians"), "has no scope"),
        (replace(TWELVE, stance="sings"), "is no stance"),
        (replace(TWELVE, source="half a \udce9 sign"), "no text"),
        (replace(TWELVE, about="evt_0000000000000000"), "does not tell of evt_0000000000000000"),
        (NewClaim("munitions", "munitions 7", "7"), "states that there already: clm_"),
    ],
)
def test_what_can_be_no_claim_is_refused(lone: Ledger, said: NewClaim, why: str) -> None:
    before = lone.dump()
    with pytest.raises(UsageError, match=why):
        add_claim(lone, ONE.article, said, who())
    assert lone.dump() == before


def test_words_that_stand_there_twice_are_named_by_their_spans(lone: Ledger) -> None:
    with pytest.raises(UsageError, match="more than once") as caught:
        add_claim(lone, ONE.article, NewClaim("killed", "-", "1"), who())
    assert "or the span:" in caught.value.remedy


def test_a_claim_by_hand_is_not_made_twice_nor_beside_one_that_was_rejected(lone: Ledger) -> None:
    point(lone)
    (claim,) = killed(lone)
    with pytest.raises(UsageError, match=claim.id):
        add_claim(lone, ONE.article, TWELVE, who(21))
    decide(lone, reject(lone, claim, who(21)))
    with pytest.raises(UsageError, match=claim.id):
        add_claim(lone, ONE.article, TWELVE, who(22))


def test_of_a_report_of_several_events_the_event_or_mention_is_named(lone: Ledger) -> None:
    fill(lone, TWO)
    said = NewClaim("killed", "twelve")
    with pytest.raises(UsageError, match="tells of 2 events") as caught:
        add_claim(lone, TWO.article, said, who())
    mentions = {row.kind: row for row in lone.mentions(TWO.article.id)}
    event = lone.event_of(mentions["strike"].id)
    assert event is not None
    assert event in caught.value.remedy
    for about in (event, mentions["strike"].id):
        (word,) = add_claim(lone, TWO.article, replace(said, about=about), who())
        assert isinstance(word, Ruling)
        assert word.subject == mentions["strike"].id


def test_a_report_that_tells_of_no_event_gets_no_claim(lone: Ledger) -> None:
    decide(lone, reject(lone, ONE.article, who()))
    follow(lone, Report(), command="reject", now=at(20))
    with pytest.raises(UsageError, match="does not tell of an event"):
        add_claim(lone, ONE.article, TWELVE, who(21))


def test_the_claim_follows_its_mention_to_what_a_newer_reading_finds(one: Ledger) -> None:
    act = point(one)
    (before,) = killed(one)
    read(one, 2, 30)
    (after,) = killed(one)
    assert before.mention_id != after.mention_id
    assert (before.start, before.end, before.value, before.source) == (
        after.start,
        after.end,
        after.value,
        after.source,
    )
    assert printed(one) == ["12"]
    assert [row.act for row in decisions_behind(one, after)] == [act]
    assert one.check() == []
    undo(one, act, who(31))
    assert killed(one) == []


def test_it_stays_on_its_own_event_where_a_report_tells_of_several(lone: Ledger) -> None:
    fill(lone, TWO)
    talks = next(row for row in lone.mentions(TWO.article.id) if row.kind == "talks")
    # The words stand in the other passage: the person says of which event they are.
    decide(lone, add_claim(lone, TWO.article, NewClaim("injured", "nine", about=talks.id), who()))
    read(lone, 2, 30)
    (claim,) = [row for row in lone.claims() if row.prop == "injured"]
    assert lone.mention(claim.mention_id).kind == "talks"
    assert claim.mention_id != talks.id


def test_where_nothing_is_found_any_more_it_is_listed_as_lost_and_comes_back(one: Ledger) -> None:
    point(one)
    read(one, -1, 30)
    assert killed(one) == []
    assert [row.code for row in one.problems()] == ["ruling-lost"]
    read(one, 3, 31)
    assert [claim.value for claim in killed(one)] == ["12"]
    assert list(one.problems()) == []
    assert one.check() == []


def test_what_was_ruled_on_it_goes_along(one: Ledger) -> None:
    point(one)
    (claim,) = killed(one)
    decide(one, set_field(one, claim, "value", "13", who(21)))
    read(one, 2, 30)
    assert printed(one) == ["13"]
    (now,) = killed(one)
    decide(one, reject(one, now, who(31)))
    read(one, 3, 32)
    assert printed(one) == []
    assert len(killed(one)) == 1
    assert list(one.problems()) == []


def test_what_was_ruled_on_a_claim_that_is_taken_back_is_listed_and_counts_again(lone: Ledger) -> None:
    act = point(lone)
    decide(lone, set_field(lone, killed(lone)[0], "value", "13", who(21)))
    undo(lone, act, who(22))
    (row,) = lone.problems()
    assert (row.code, row.where) == ("ruling-lost", ONE.article.id)
    assert "does not stand" in row.cause
    point(lone, step=23)
    assert list(lone.problems()) == []
    assert printed(lone) == ["13"]


def test_words_on_several_claims_of_one_mention_are_carried_each() -> None:
    old, new = ONE.mentions[0], replace(ONE.mentions[0], id="men_NEW")
    rows = [Ruling(old.id, "correct", value, "ada", "", at(1), field="claim") for value in ("a", "b")]
    carried, lost = carry_rulings(rows, (), (), {}, {old.id: new.id})
    assert [(row.subject, row.value) for row in carried] == [("men_NEW", "a"), ("men_NEW", "b")]
    assert lost == ()


def test_placing_again_changes_nothing(one: Ledger) -> None:
    point(one)
    before = one.dump()
    assert place_by_hand(one) == 0
    assert place_by_hand(one, ONE.article.id) == 0
    assert one.dump() == before


@pytest.mark.parametrize(
    "value",
    [
        None,
        "{}",
        "[1]",
        "no JSON",
        write_pointed(Pointed("no_such", "1", None, "", "asserts", 0, 3)),
        write_pointed(Pointed("killed", "1", "all", "", "asserts", 0, 99999)),
        write_pointed(Pointed("killed", "1", "all", "", "asserts", 0, 3)).replace("0", '"0"'),
    ],
)
def test_what_another_program_wrote_and_cannot_be_read_is_listed(lone: Ledger, value: str | None) -> None:
    mention = next(lone.mentions())
    done = decide(lone, [Ruling(mention.id, "correct", value, "ada", "", at(20), field="claim")])
    assert killed(lone) == []
    assert [row.code for row in lone.problems()] == ["ruling-lost"]
    undo(lone, done[0].act, who(21))
    assert list(lone.problems()) == []


def test_what_follows_is_foreseen_for_the_claim_and_for_its_undoing(lone: Ledger) -> None:
    words: list[Word] = add_claim(lone, ONE.article, TWELVE, who())
    before = now_state(lone)
    foreseen = changes(before, foresee(lone, words, now=at(20)))
    assert [(row.field, row.after) for row in foreseen if row.what == "value"] == [("killed", "12")]
    act = point(lone)
    assert changes(before, now_state(lone)) == foreseen
    there = now_state(lone)
    without = foresee(lone, without=[row.number for row in lone.decision(act)], now=at(21))
    assert changes(there, without)
    undo(lone, act, who(21))
    follow(lone, Report(), command="undo", now=at(21))
    assert changes(without, now_state(lone)) == []
    assert changes(before, now_state(lone)) == []


def test_a_blind_word_makes_no_claim_and_nobody_else_is_asked(lone: Ledger) -> None:
    decide(lone, add_claim(lone, ONE.article, TWELVE, who(blind=True)))
    assert killed(lone) == []
    point(lone, step=21, by="bo")
    assert find_queue(lone, second=True, by="cy") == []
    assert find_agreement(lone) == ([], [])


def test_the_log_says_it_in_words(lone: Ledger) -> None:
    point(lone)
    notes = [row.note for row in lone.log() if row.kind == "ruling"]
    assert notes == ["D1 correct claim killed = 12 at 20:33, Wadi clinic: she counted them"]


def test_it_goes_into_a_merged_ledger_whatever_that_one_read(one: Ledger, empty_place: NewPlace) -> None:
    act = point(one)
    with Ledger.open(empty_place("sqlite")) as there:
        fill(there, ONE, step=9)
        read(there, 2, 10)  # the other ledger has a newer reading
        done = merge(there, one, now=at(40))
        assert done.conflicts == []
        assert [(claim.value, claim.quote) for claim in killed(there)] == [("12", "twelve people")]
        assert printed(there) == ["12"]
        assert there.check() == []
        before = there.dump()
        assert not merge(there, one, now=at(41)).changed
        assert there.dump() == before
        undo(one, act, who(42))
        merge(there, one, now=at(43))
        assert killed(there) == []
        assert printed(there) == []
        assert there.check() == []


def test_two_claims_of_one_person_on_one_mention_both_come(lone: Ledger, empty_place: NewPlace) -> None:
    point(lone)
    point(lone, NewClaim("injured", "nine"), 21)
    with Ledger.open(empty_place("sqlite")) as there:
        point(fill(there, ONE, step=9), NewClaim("killed", "twelve", "at least 12"), 22)
        assert merge(there, lone, now=at(40)).conflicts == []
        assert sorted(row.value for row in there.claims() if row.prop in ("killed", "injured")) == ["12", "12..", "9"]
        found = compare_ledgers(lone, there)
        assert (len(found.said_left), len(found.said_right)) == (0, 1)


def test_taken_back_there_and_said_here_anew_it_stands_after_every_merge(lone: Ledger, empty_place: NewPlace) -> None:
    undo(lone, point(lone), who(21))
    with Ledger.open(empty_place("sqlite")) as there:
        point(fill(there, ONE, step=9), step=30, by="bo")
        for step in (40, 41):
            merge(there, lone, now=at(step))
            assert len(killed(there)) == 1
        before = there.dump()
        merge(there, lone, now=at(42))
        assert there.dump() == before


def test_figures_name_a_person_once_however_many_claims(lone: Ledger) -> None:
    point(lone)
    point(lone, NewClaim("injured", "nine"), 21)
    last = next(row for row in lone.runs() if row.finished_at is not None)
    assert last.figures["extractors"] == ["invented 0", "read by a person"]


def test_a_redacted_edition_does_not_hold_what_was_typed(lone: Ledger) -> None:
    point(lone, replace(TWELVE, source="Jane Doe"))
    shared = redact(edition(lone), Redaction(private=("Jane Doe",)))
    assert [claim.source for claim in shared.claims.values() if claim.prop == "killed"] == ["[person 1]"]
    assert [row.value for row in shared.rulings] == [None]
