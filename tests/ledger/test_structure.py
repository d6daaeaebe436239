from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

import factories as make
from variorum.ledger import Ledger
from variorum.ledger.tables import related
from variorum.model import Counted, Event, Extraction, Related, Story, Structure, make_counted, story_id


@pytest.fixture
def found(ledger: Ledger) -> list[Extraction]:
    readings = []
    for name in ("one", "two", "three"):
        article = make.article(name)
        ledger.add_article(article)
        readings.append(make.extraction(article))
        ledger.add_extraction(readings[-1])
    return readings


def events_of(found: list[Extraction]) -> list[Event]:
    return [make.event(reading) for reading in found]


def between(ledger: Ledger, found: list[Extraction]) -> Structure:
    """A tie of the first two events, a count of the last two, and two stories."""
    one, two, three = events_of(found)
    article = ledger.article(found[0].mentions[0].article_id)
    quote = "At least 12 people"
    start = article.text.index(quote)
    ids = [reading.mentions[0].article_id for reading in found]
    tie = Related(
        one.id, two.id, "response to", "2 days later", article.id, start, start + 8, "At least", (article.id,)
    )
    count = make_counted(
        found[0].mentions[0],
        article,
        start=start,
        end=start + len(quote),
        stated="4",
        what="strikes",
        since="2031-04-11",
        until="2031-05-02",
        places=("gn:172955",),
        events=tuple(sorted((two.id, three.id))),
    )
    title = article.title
    stories = (Story(story_id(ids[0]), tuple(sorted(ids[:2])), title), Story(story_id(ids[2]), (ids[2],), title))
    return Structure((tie,), (count,), tuple(sorted(stories, key=lambda row: row.id)))


def write(ledger: Ledger, found: list[Extraction], structure: Structure) -> None:
    events = events_of(found)
    ledger.replace_derived(
        events=events,
        redirects=(),
        register=[make.named(event, reading) for event, reading in zip(events, found)],
        structure=structure,
        now=make.LATER,
    )


def test_what_stands_between_events_comes_back_as_it_went_in(ledger: Ledger, found: list[Extraction]) -> None:
    structure = between(ledger, found)
    write(ledger, found, structure)
    assert ledger.structure() == structure
    assert ledger.check() == []


def test_writing_the_same_again_changes_nothing(ledger: Ledger, found: list[Extraction]) -> None:
    structure = between(ledger, found)
    write(ledger, found, structure)
    before = ledger.dump()
    write(ledger, found, structure)
    assert ledger.dump() == before


def test_only_what_is_given_last_stays(ledger: Ledger, found: list[Extraction]) -> None:
    structure = between(ledger, found)
    write(ledger, found, structure)
    (tie,), (count,), (first, second) = structure.related, structure.counted, structure.stories
    joined = Story(first.id, tuple(sorted((*first.articles, *second.articles))), first.title)
    changed = Structure((replace(tie, why="the same day"),), (replace(count, events=count.events[:1]),), (joined,))
    write(ledger, found, changed)
    assert ledger.structure() == changed
    write(ledger, found, Structure())
    assert ledger.structure() == Structure()


def test_the_views_show_it_in_words(ledger: Ledger, found: list[Extraction]) -> None:
    write(ledger, found, between(ledger, found))
    assert ledger.sql("SELECT name, report, quote FROM v_related").rows == (("response to", "R1", "At least"),)
    assert ledger.sql("SELECT report, stated, what FROM v_counted").rows == (("R1", "4", "strikes"),)
    assert len(ledger.sql("SELECT story, report FROM v_stories").rows) == 3


def test_an_id_of_no_live_event_and_moved_words_are_faults(ledger: Ledger, found: list[Extraction]) -> None:
    structure = between(ledger, found)
    (tie,), (count,) = structure.related, structure.counted
    gone = events_of(found)[0].id
    with ledger.writing():
        write(ledger, found, structure)
        ledger.replace_derived(
            events=events_of(found)[1:],
            redirects=[make.Redirect(gone, events_of(found)[1].id, make.LATER, "merged")],
            register=(),
            structure=Structure((replace(tie, start=tie.start + 1),), (moved(count),), ()),
            now=make.LATER,
        )
    faults = ledger.check()
    assert any(f"{gone} is no live event" in fault for fault in faults)
    assert sum("is not at" in fault for fault in faults) == 2
    assert any(fault.startswith(f"{count.id}: the id is not the digest") for fault in faults)


def moved(count: Counted) -> Counted:
    return replace(count, start=count.start + 1)


def test_a_tie_must_name_events_that_were_named(ledger: Ledger, found: list[Extraction]) -> None:
    write(ledger, found, between(ledger, found))
    with ledger.writing(), pytest.raises(sa.exc.SQLAlchemyError):
        ledger._local.writer.execute(sa.update(related).values(left_id="evt_0000000000000000"))
