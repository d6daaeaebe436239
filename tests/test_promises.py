"""The promises of ARCHITECTURE §5 over random histories."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import factories as make
from conftest import DATABASES, NewPlace
from variorum.errors import QuoteMismatchError
from variorum.ledger import Ledger
from variorum.model import Extraction, Mention, make_id, make_reading

# A history takes about 0.05 s on SQLite and 0.2 s on PostgreSQL.
FEW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

FULL_HISTORY = [make.Step(name, first, 1 - first, 1) for name in make.STEPS for first in (0, 1)] + [
    make.Step("resolve", 0, 0, 0),
    make.Step("retract", 0, 0, 0),
    make.Step("reread", 0, 0, 2),
    make.Step("resolve", 0, 0, 2),
]

# Writes readings in small batches and reports each that it was told is written.
WRITE = """
import sys
import factories as make
from variorum.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
for first in range(0, 40, 2):
    articles = [make.article(str(number)) for number in (first, first + 1)]
    with ledger.writing():
        ledger.add_articles(articles)
        for article in articles:
            ledger.add_extraction(make.extraction(article))
    print(*(article.id for article in articles), flush=True)
"""


def read_again(ledger: Ledger) -> None:
    """Give the ledger once more everything that live readings found."""
    for article in [*ledger.articles()]:
        ledger.add_article(article)
    for reading in [*ledger.readings()]:  # a find that an earlier reading made first carries that reading's id
        mentions = tuple(replace(row, reading_id=reading.id) for row in ledger.mentions(reading.article_id))
        claims = tuple(replace(row, reading_id=reading.id) for row in ledger.claims(reading.article_id))
        assert not ledger.add_extraction(Extraction(reading, mentions, claims))


@MANY
@example(FULL_HISTORY)
@given(make.histories())
def test_1_reading_an_article_again_with_the_same_extractor_changes_nothing(
    empty_place: NewPlace, history: Sequence[make.Step]
) -> None:
    with Ledger.open(empty_place("sqlite")) as ledger:
        make.play(ledger, history)
        before = ledger.dump()
        read_again(ledger)
        ledger.replace_derived(
            copies=[*ledger.copies()],
            events=[*ledger.events()],
            redirects=[*ledger.redirects()],
            register=[*ledger.register()],
            now=make.LATER,
        )
        assert ledger.dump() == before


@MANY
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30),
    start=st.integers(-2, 32),
    end=st.integers(-2, 32),
    quote=st.text(st.sampled_from("ab😀é\u202e "), max_size=3),
    cut=st.booleans(),
)
def test_2_every_quote_is_where_it_says_it_is_and_others_are_refused(
    shelf: Ledger, text: str, start: int, end: int, quote: str, cut: bool
) -> None:
    article = make.article("any", text)
    shelf.add_article(article)
    said = text[start:end] if cut else quote
    reading = make_reading(article.id, f"rules {start} {end} {said}", "1")
    id = make_id("men", article.id, "strike", start, end)
    found = Extraction(reading, (Mention(id, article.id, reading.id, "strike", start, end, said),), ())
    is_there = 0 <= start < end <= len(text) and text[start:end] == said
    if is_there:
        shelf.add_extraction(found)
    else:
        with pytest.raises(QuoteMismatchError):
            shelf.add_extraction(found)
    for row in shelf.mentions():
        assert shelf.article(row.article_id).text[row.start : row.end] == row.quote


@pytest.fixture(scope="module")
def shelf(empty_place: NewPlace) -> Iterator[Ledger]:
    """One ledger that all examples of a test share."""
    with Ledger.open(empty_place("sqlite")) as ledger:
        yield ledger


@MANY
@example(FULL_HISTORY)
@given(make.histories())
def test_a_ledger_with_any_history_is_sound(empty_place: NewPlace, history: Sequence[make.Step]) -> None:
    with Ledger.open(empty_place("sqlite")) as ledger:
        make.play(ledger, history)
        assert ledger.check() == []
        for row in ledger.register():  # promise 6
            assert [version.event.id for version in ledger.versions(row.event_id)]


@MANY
@example(FULL_HISTORY)
@given(make.histories())
def test_7_decisions_survive_re_reading(empty_place: NewPlace, history: Sequence[make.Step]) -> None:
    with Ledger.open(empty_place("sqlite")) as ledger:
        make.play(ledger, history)
        before = [*ledger.judgements(live=False)], [*ledger.rulings(live=False)]
        for article in [*ledger.articles()]:
            ledger.add_extraction(make.extraction(article, [("date", "Thursday")], version="3"))
        assert ([*ledger.judgements(live=False)], [*ledger.rulings(live=False)]) == before
        assert ledger.check() == []


@FEW
@example(FULL_HISTORY)
@given(make.histories())
def test_8_sqlite_and_postgresql_give_the_same_ledger(empty_place: NewPlace, history: Sequence[make.Step]) -> None:
    dumps, records = [], []
    for database in DATABASES:
        with Ledger.open(empty_place(database)) as ledger:
            make.play(ledger, history)
            dumps.append(ledger.dump())
            records.append(
                (
                    [*ledger.articles()],
                    [*ledger.claims()],
                    [*ledger.events()],
                    [(row.number, row.at, row.kind, row.subject, row.by, row.note) for row in ledger.log()],
                    [*ledger.decisions(matcher=True)],
                    ledger.counts(),
                    ledger.check(),
                    [ledger.sql(f"SELECT * FROM {view} ORDER BY 1, 2").rows for view in ("v_events", "v_claims")],
                )
            )
    assert dumps[0] == dumps[1]
    assert records[0] == records[1]


def start_writing(place: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, place],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("lines", [0, 1, 6, 13])
def test_9_a_program_killed_at_any_moment_loses_nothing_it_reported(place: str, lines: int) -> None:
    Ledger.open(place, create=True).close()
    with start_writing(place) as program:
        assert program.stdout is not None
        program.stdout.readline()
        told = [id for _ in range(lines) for id in program.stdout.readline().split()]
        program.send_signal(signal.SIGKILL)
        told += program.stdout.read().split()
    with Ledger.open(place) as ledger:
        assert ledger.check() == []
        assert set(told) <= {row.article_id for row in ledger.readings()}
        assert ledger.counts()["article"] == ledger.counts()["reading"]
        assert len(told) >= 2 * lines


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_9_running_again_after_a_kill_finishes_the_work(place: str, new_place: NewPlace) -> None:
    unbroken = new_place("sqlite")
    for where in (place, unbroken):
        Ledger.open(where, create=True).close()
    with start_writing(place) as program:
        assert program.stdout is not None
        for _ in range(5):
            program.stdout.readline()
        program.kill()
    for where in (place, unbroken):
        with start_writing(where) as program:
            program.communicate()
        assert program.returncode == 0
    with Ledger.open(place) as ledger, Ledger.open(unbroken) as other:
        assert ledger.counts()["article"] == 40
        assert ledger.dump() == other.dump()
