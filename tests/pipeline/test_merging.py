"""Two ledgers brought together: nothing is lost, nothing is doubled, and it does not matter which comes first."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories as make
from conftest import DATABASES, NewPlace
from factories import Step
from invented import at, content, leads_to, tries, work_out
from thorough import part, some
from variorum.errors import LedgerError
from variorum.ledger import Ledger
from variorum.model import Capture, Extraction, Reading, make_reading
from variorum.pipeline.merging import choose_readings, merge

NAMES = ("article", "read", "reread", "judge", "judge", "rule", "rule", "retract")


@pytest.fixture
def two(new_place: NewPlace, place: str) -> tuple[str, str]:
    """Places of two empty ledgers: ours on each database, theirs in a file."""
    theirs = new_place("sqlite")
    for one in (place, theirs):
        Ledger.open(one, create=True).close()
    return place, theirs


def read(ledger: Ledger, name: str, version: str = "1", extractor: str = "rules") -> Extraction:
    """Write an article and a reading of it."""
    about = make.article(name, f"{name} {make.TEXT}")
    found = make.extraction(about, version=version, extractor=extractor)
    ledger.add_article(about)
    ledger.add_extraction(found)
    for reading in ledger.readings(about.id):
        if reading.id != found.reading.id:
            ledger.supersede(reading.id)
    return found


def merged(ours: str, theirs: str, step: int = 90) -> list[str]:
    """Merge, and give the conflicts."""
    with Ledger.open(ours) as ledger, Ledger.open(theirs, readonly=True) as other:
        done = merge(ledger, other, now=at(step))
        assert ledger.check() == []
        return [problem.cause for problem in done.conflicts]


def test_articles_captures_readings_and_decisions_come_in_and_numbers_follow_ours(two: tuple[str, str]) -> None:
    ours, theirs = two
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        read(ledger, "both")
        read(ledger, "mine")
        first, second = read(other, "their"), read(other, "both")
        capture = Capture(first.reading.article_id, "file:a", "", at(1), "test 1", make.SHA_OF_RAW, len(make.RAW))
        other.add_captures([(capture, make.RAW)])
        said = make.judgement(first.mentions[0], second.mentions[0], at=at(2))
        other.decide([said, make.ruling(first.claims[0], at=at(2))])
        other.add_ruling(make.ruling(second.claims[1], "reject", by="bo", at=at(3)))
    assert merged(ours, theirs) == []
    with Ledger.open(ours) as ledger:
        assert [article.url for article in ledger.articles()] == ["file:both.txt", "file:mine.txt", "file:their.txt"]
        assert ledger.raw(make.SHA_OF_RAW) == make.RAW
        assert list(ledger.captures()) == [capture]
        assert list(ledger.judgements()) == [said]
        assert [row.act for row in ledger.decisions()] == [2, 1, 1]
        assert [row.by for row in ledger.rulings()] == ["mk", "bo"]


def test_the_log_names_the_other_ledger_and_its_last_hash(two: tuple[str, str]) -> None:
    ours, theirs = two
    with Ledger.open(theirs) as other:
        read(other, "their")
        last = other.last_hash()
    merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        rows = [entry for entry in ledger.log() if entry.kind == "merged"]
        assert [(row.subject, row.note) for row in rows] == [
            (last, f"{theirs}: 1 reports, 1 readings, 0 decisions, 0 names")
        ]


def test_the_other_ledger_is_not_touched(two: tuple[str, str]) -> None:
    ours, theirs = two
    with Ledger.open(theirs) as other:
        read(other, "their")
        work_out(other, at(1))
        before = other.dump(), other.last_hash()
    merged(ours, theirs)
    with Ledger.open(theirs, readonly=True) as other:
        assert (other.dump(), other.last_hash()) == before


def test_a_newer_reading_of_theirs_takes_the_place_of_ours_and_our_decisions_go_on_in_it(two: tuple[str, str]) -> None:
    ours, theirs = two
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        old = read(ledger, "both", "9")
        ledger.add_ruling(make.ruling(old.claims[0], "reject", at=at(1)))
        about = make.article("both", f"both {make.TEXT}")
        other.add_article(about)
        reading = make_reading(about.id, "rules", "10")
        mention = make.make_mention(about, reading.id, "strike", 5, len(about.text))
        new = Extraction(reading, (mention,), (make.claim(about, mention, "killed", "12"),))
        other.add_extraction(new)
    merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        assert [reading.version for reading in ledger.readings()] == ["10"]
        assert [(row.subject, row.verdict, row.by) for row in ledger.rulings()] == [(new.claims[0].id, "reject", "mk")]


def test_a_newer_reading_of_ours_stays_and_their_decisions_go_on_in_it(two: tuple[str, str]) -> None:
    ours, theirs = two
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        about = make.article("both", f"both {make.TEXT}")
        ledger.add_article(about)
        reading = make_reading(about.id, "rules", "10")
        mention = make.make_mention(about, reading.id, "strike", 5, len(about.text))
        new = Extraction(reading, (mention,), (make.claim(about, mention, "killed", "12"),))
        ledger.add_extraction(new)
        old = read(other, "both", "9")
        other.add_ruling(make.ruling(old.claims[0], "reject", at=at(1)))
        other.add_ruling(make.ruling(old.claims[1], "reject", at=at(2)))
    lost = merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        assert [reading.version for reading in ledger.readings()] == ["10"]
        assert {row.subject for row in ledger.rulings()} == {new.claims[0].id, old.claims[1].id}
        assert [row.code for row in ledger.problems()] == ["merge-conflict"]
    assert len(lost) == 1
    assert "no claim of this property and scope stands at those words now" in lost[0]


@pytest.mark.parametrize(
    ("ours", "theirs", "standing"),
    [
        ([("rules", "4", True)], [("rules", "5", True)], {"rules 5"}),
        ([("rules", "10", True)], [("rules", "9+abcd", True)], {"rules 10"}),
        ([("rules", "5", False), ("rules", "4", True)], [("rules", "5", True)], {"rules 4"}),
        ([("rules", "4", True)], [("rules", "4", False), ("llm x", "ab", True)], {"llm x ab"}),
        ([("rules", "4", True)], [("llm x", "ab", True)], {"rules 4", "llm x ab"}),
        ([("rules", "4", True)], [("rules", "4", False)], {"rules 4"}),
        ([], [("rules", "4", True)], {"rules 4"}),
    ],
)
def test_which_reading_stands_does_not_depend_on_who_has_it(
    ours: list[tuple[str, str, bool]], theirs: list[tuple[str, str, bool]], standing: set[str]
) -> None:
    def readings(rows: Sequence[tuple[str, str, bool]]) -> list[Reading]:
        return [Reading(f"{name} {version}", "art", name, version, not live) for name, version, live in rows]

    assert choose_readings(readings(ours), readings(theirs)) == standing
    assert choose_readings(readings(theirs), readings(ours)) == standing


def test_two_passes_under_one_version_that_found_different_things_both_stand(two: tuple[str, str]) -> None:
    ours, theirs = two
    about = make.article("both")
    for place, quotes in ((ours, [("killed", "12")]), (theirs, [("killed", "Seven")])):
        with Ledger.open(place) as ledger:
            ledger.add_article(about)
            ledger.add_extraction(make.extraction(about, quotes, held=len(quotes)))
    merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        assert sorted(claim.quote for claim in ledger.claims()) == ["12", "Seven"]
        assert len(list(ledger.held_back())) == 1


# ---------------------------------------------------------------- conflicts

Say = Callable[[Ledger, Extraction, Extraction], object]


def both_say(two: tuple[str, str], here: Say, there: Say) -> list[str]:
    for place, say in zip(two, (here, there)):
        with Ledger.open(place) as ledger:
            say(ledger, read(ledger, "one"), read(ledger, "two"))
    return merged(*two)


def test_what_both_say_alike_is_one_row(two: tuple[str, str]) -> None:
    conflicts = both_say(
        two,
        lambda ledger, one, _: ledger.add_ruling(make.ruling(one.claims[0], at=at(1))),
        lambda ledger, one, _: ledger.add_ruling(make.ruling(one.claims[0], at=at(2))),
    )
    assert conflicts == []
    with Ledger.open(two[0]) as ledger:
        assert [row.at for row in ledger.rulings()] == [at(2)]  # said last then
        assert [row.at for row in ledger.rulings(live=False)] == [at(1), at(2)]


def test_two_people_who_differ_both_stand_and_the_conflict_says_who_decides(two: tuple[str, str]) -> None:
    conflicts = both_say(
        two,
        lambda ledger, one, _: ledger.add_ruling(make.ruling(one.claims[0], "accept", "ada", at=at(5))),
        lambda ledger, one, _: ledger.add_ruling(make.ruling(one.claims[0], "reject", "bo", at=at(2))),
    )
    assert len(conflicts) == 1
    assert conflicts[0].endswith("ada said accept here (D1); both stand, the latest decides: accept by ada")
    with Ledger.open(two[0]) as ledger:
        assert {(row.by, row.verdict) for row in ledger.rulings()} == {("ada", "accept"), ("bo", "reject")}
        assert [row.cause for row in ledger.problems() if row.code == "merge-conflict"] == conflicts


def test_of_two_people_who_differ_on_a_pair_the_one_who_keeps_apart_decides(two: tuple[str, str]) -> None:
    def say(verdict: str, by: str) -> Say:
        return lambda ledger, one, other: ledger.add_judgement(
            make.judgement(one.mentions[0], other.mentions[0], verdict, by, at=at(1))
        )

    conflicts = both_say(two, say("same", "ada"), say("different", "bo"))
    assert len(conflicts) == 1
    assert "different decides" in conflicts[0]
    with Ledger.open(two[0]) as ledger:
        assert len(list(ledger.judgements())) == 2
        assert len(list(ledger.events())) == 2


@pytest.mark.parametrize(("here", "there"), [(1, 2), (2, 1)])
def test_of_two_words_of_one_person_the_later_stands_and_the_other_is_kept(
    two: tuple[str, str], here: int, there: int
) -> None:
    def say(verdict: str, step: int) -> Say:
        return lambda ledger, one, other: ledger.add_judgement(
            make.judgement(one.mentions[0], other.mentions[0], verdict, at=at(step))
        )

    conflicts = both_say(two, say("same", here), say("different", there))
    assert len(conflicts) == 1
    assert "the same person said" in conflicts[0]
    with Ledger.open(two[0]) as ledger:
        assert [row.at for row in ledger.judgements()] == [at(2)]
        assert sorted(row.at for row in ledger.judgements(live=False)) == [at(1), at(2)]


def test_a_decision_that_was_taken_back_there_comes_as_taken_back(two: tuple[str, str]) -> None:
    def say(ledger: Ledger, one: Extraction, _: Extraction) -> None:
        ledger.add_ruling(make.ruling(one.claims[0], at=at(1)))
        ledger.retract(1, by="bo", at=at(3), why="a slip")

    both_say(two, lambda *_: None, say)
    with Ledger.open(two[0]) as ledger:
        assert [(row.at, row.retracted) for row in ledger.rulings(live=False)] == [(at(1), at(3))]


def test_what_both_held_and_one_took_back_is_taken_back(two: tuple[str, str]) -> None:
    def say(ledger: Ledger, one: Extraction, _: Extraction) -> None:
        ledger.decide([make.ruling(claim, at=at(1)) for claim in one.claims])

    assert both_say(two, say, say) == []
    with Ledger.open(two[1]) as other:
        other.retract(1, by="bo", at=at(3), why="a slip")
    merged(*two)
    with Ledger.open(two[0]) as ledger:
        assert list(ledger.rulings()) == []
        entry = next(entry for entry in ledger.log() if entry.kind == "retracted")
        assert (entry.by, entry.at) == ("bo", at(3))
        assert "a slip; taken back in" in entry.note


def test_what_was_taken_back_here_does_not_come_again(two: tuple[str, str]) -> None:
    both_say(two, lambda *_: None, lambda ledger, one, _: ledger.add_ruling(make.ruling(one.claims[0], at=at(1))))
    with Ledger.open(two[0]) as ledger, Ledger.open(two[1]) as other:
        ledger.retract(1, by="mk", at=at(91))
        read(other, "more")
    merged(*two, step=92)
    with Ledger.open(two[0]) as ledger:
        assert list(ledger.rulings()) == []
        assert len(list(ledger.articles())) == 3


def test_a_text_that_is_described_otherwise_there_keeps_what_is_known_here(two: tuple[str, str]) -> None:
    for place, day in zip(two, ("2031-05-02", "2031-05-03")):
        with Ledger.open(place) as ledger:
            about = make.article("both", published=day)
            ledger.add_article(about)
            ledger.add_extraction(
                make.extraction(about, [("killed", "12")] if day.endswith("2") else [("killed", "Seven")])
            )
    conflicts = merged(*two)
    assert len(conflicts) == 1
    assert "published is '2031-05-02' here and '2031-05-03' there" in conflicts[0]
    with Ledger.open(two[0]) as ledger:
        assert {claim.as_of for claim in ledger.claims()} == {"2031-05-02"}


# ---------------------------------------------------------------- names


def test_a_name_given_there_leads_to_the_event_here_and_its_versions_stay_citable(two: tuple[str, str]) -> None:
    for place, step in zip(two, (1, 2)):
        with Ledger.open(place) as ledger:
            read(ledger, "both")
            if step == 2:
                read(ledger, "their")
            work_out(ledger, at(step))
    with Ledger.open(two[1]) as other:
        published = list(other.versions())
    merged(*two)
    with Ledger.open(two[0]) as ledger:
        ours = {named.event_id for named in ledger.register() if named.named_at == at(1)}
        assert {event.id for event in ledger.events()} & ours == ours  # names here stay
        for row in published:
            assert ledger.event(row.event.id, row.event.version) == row.event
            assert set(row.event.mentions) <= set(ledger.event(row.event.id).mentions)


def test_of_two_contents_under_one_version_ours_stays_and_is_listed(new_place: NewPlace, place: str) -> None:
    base, theirs = new_place("sqlite"), new_place("sqlite")
    with Ledger.open(base, create=True) as ledger:
        found = read(ledger, "both")
        work_out(ledger, at(1))
        event_id = next(iter(ledger.events())).id
        for copied in (theirs, place):
            with Ledger.open(copied, create=True) as target:
                ledger.copy_to(target)
    versions = []
    for one, by, value in ((place, "ada", "13"), (theirs, "bo", "14")):
        with Ledger.open(one) as ledger:
            ledger.add_ruling(make.ruling(found.claims[0], "correct", by, value, at(2)))
            work_out(ledger, at(3))
            versions.append(ledger.event(event_id, 2))
    assert versions[0] != versions[1]
    conflicts = merged(place, theirs)
    assert [cause for cause in conflicts if f"{event_id}@2 says something else there" in cause]
    with Ledger.open(place) as ledger:
        assert ledger.event(event_id, 2) == versions[0]


def test_a_later_version_given_there_is_kept_and_ours_is_counted_on_from_it(new_place: NewPlace, place: str) -> None:
    theirs = new_place("sqlite")
    with Ledger.open(theirs, create=True) as other, Ledger.open(place, create=True) as ledger:
        found = read(other, "both")
        work_out(other, at(1))
        other.copy_to(ledger)
        event_id = next(iter(other.events())).id
        for step, value in ((2, "13"), (3, "14")):
            other.add_ruling(make.ruling(found.claims[0], "correct", "bo", value, at(step)))
            work_out(other, at(step))
        cited = other.event(event_id, 2)
    merged(place, theirs)
    with Ledger.open(place) as ledger:
        assert ledger.event(event_id, 2) == cited
        assert ledger.event(event_id).version == 4
        assert ledger.event(event_id, 4) == ledger.event(event_id)


# ---------------------------------------------------------------- what is refused, and who writes meanwhile


@pytest.mark.parametrize(
    "statement", ["UPDATE ruling SET verdict = 'accept'", "UPDATE article SET outlet = 'Another'", "DELETE FROM ruling"]
)
def test_a_ledger_whose_rows_were_altered_is_not_brought_in(two: tuple[str, str], statement: str) -> None:
    ours, theirs = two
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        other.add_ruling(make.ruling(read(other, "their").claims[0], "reject", at=at(1)))
        before = ledger.last_hash()
    with closing(sqlite3.connect(theirs)) as connection, connection:
        assert connection.execute(statement).rowcount > 0
    with Ledger.open(ours) as ledger, Ledger.open(theirs, readonly=True) as other:
        with pytest.raises(LedgerError, match=r"has \d faults?; nothing was brought in: ") as refused:
            merge(ledger, other, now=at(90))
        assert refused.value.remedy == f"see what was altered: variorum check {theirs}"
        assert ledger.last_hash() == before


class Elsewhere(Ledger):
    """A ledger that another merge of the same reaches before one of its transactions."""

    place = ""
    theirs = ""
    before = 0  # the transaction
    begun = 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        if getattr(self._local, "writer", None) is None:
            self.begun += 1
            if self.begun == self.before:
                merged(self.place, self.theirs, step=89)
        with super().writing():
            yield


@pytest.mark.parametrize("before", some([2, 4, 1, 3], 2))
def test_two_merges_at_once_write_what_one_would(two: tuple[str, str], before: int) -> None:
    ours, theirs = two
    for place, step in ((ours, 3), (theirs, 2)):  # each names the event, so that the name given there leads to ours
        with Ledger.open(place) as ledger:
            found = read(ledger, "both")
            work_out(ledger, at(step))
    with Ledger.open(theirs) as other:
        other.add_ruling(make.ruling(found.claims[0], "reject", at=at(4)))
        read(other, "their")
        work_out(other, at(5))
    with Elsewhere.open(ours) as ledger, Ledger.open(theirs, readonly=True) as other:
        ledger.place, ledger.theirs, ledger.before = ours, theirs, before
        merge(ledger, other, now=at(90))
        assert ledger.begun >= before
        assert ledger.check() == []
        assert content(ledger) == content(other)
        assert len(list(ledger.rulings())) == 1


# ---------------------------------------------------------------- the whole

STEP = st.builds(Step, st.sampled_from(NAMES), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
HISTORY = st.lists(STEP, max_size=9)


def play(place: str, history: Sequence[Step], start: int, *, end: int = 0) -> None:
    """Do what a history says, working out the events now and then."""
    known = make.articles_of_history()
    with Ledger.open(place) as ledger:
        for place_of, step in enumerate(history):
            make.do_step(ledger, step, known, at(start + place_of))
            if (step.first + step.choice) % 3 == 0:
                work_out(ledger, at(start + place_of))
        if end:
            work_out(ledger, at(end))


@pytest.mark.parametrize("database", DATABASES)
@tries(part(20))
@given(shared=HISTORY, here=HISTORY, there=HISTORY, together=st.booleans())
def test_merging_either_way_gives_the_same_events_and_twice_changes_nothing(
    empty_place: NewPlace,
    database: str,
    shared: list[Step],
    here: list[Step],
    there: list[Step],
    together: bool,
) -> None:
    first, second = empty_place("sqlite"), empty_place("sqlite")
    play(first, shared, 0)
    if together:
        second = str(shutil.copy(first, f"{second}.copy"))
    play(first, here, 20, end=60)
    play(second, there, 25, end=60)
    back = str(shutil.copy(second, f"{second}.back"))
    ours = empty_place(database)
    with Ledger.open(first) as source, Ledger.open(ours) as target:
        if database == "sqlite":
            ours = str(shutil.copy(first, f"{first}.ours"))
        else:
            source.copy_to(target)
    merged(ours, second)
    merged(back, first)
    with Ledger.open(ours) as one, Ledger.open(back) as two, Ledger.open(second) as other:
        assert content(one) == content(two)
        before = one.last_hash()
        assert not merge(one, other, now=at(95)).changed
        assert one.last_hash() == before
        assert {article.id for article in one.articles()} >= {article.id for article in other.articles()}
        for named in other.register():
            leads_to(one, named.event_id)
        kept = {(row.event.id, row.event.version) for row in one.versions()}
        assert {(row.event.id, row.event.version) for row in other.versions()} <= kept


KILLED = """
import os, signal, sys
import sqlalchemy as sa
from variorum.ledger import Ledger
from variorum.pipeline import bringing, merging
merging.BATCH = 2
made = [0]
def step(*_):
    made[0] += 1
    if made[0] == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
with Ledger.open(sys.argv[1]) as ledger, Ledger.open(sys.argv[2], readonly=True) as other:
    for name in ("before_cursor_execute", "commit"):
        sa.event.listen(ledger._engine, name, step)
    merging.merge(ledger, other, now="2031-05-03T10:01:30+00:00")
print(made[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("share", some([0.35, 0.75, 0.15, 0.55, 0.9]))
def test_a_merge_that_is_killed_is_finished_by_doing_it_again(new_place: NewPlace, place: str, share: float) -> None:
    theirs, undisturbed = new_place("sqlite"), new_place("sqlite")
    for one in (theirs, undisturbed, place):
        Ledger.open(one, create=True).close()
    steps = [
        Step(name, number % 4, (number + 1) % 4, number % 2) for number, name in enumerate(["reread", "judge"] * 4)
    ]
    play(theirs, [*steps, Step("rule", 0, 0, 0), Step("rule", 1, 0, 0)], 0, end=60)
    for one in (undisturbed, place):
        play(one, [Step("read", 0, 0, 0), Step("read", 2, 0, 0)], 10, end=60)
    command = [sys.executable, "-c", KILLED]
    whole = subprocess.run([*command, undisturbed, theirs, "1000000"], capture_output=True, text=True, check=True)
    until = str(max(1, int(share * int(whole.stdout))))
    killed = subprocess.run([*command, place, theirs, until], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    merged(place, theirs)
    with Ledger.open(place) as ledger, Ledger.open(undisturbed) as other:
        assert content(ledger) == content(other)
        assert [row.what for row in ledger.decisions()] == [row.what for row in other.decisions()]
        assert [event.id for event in ledger.events()] == [event.id for event in other.events()]
