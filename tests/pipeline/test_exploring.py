"""Events for the explorer: what is asked for in, events in order out, whichever way they are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import DATABASES, NewPlace
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.pipeline import Selection, edition, event_object, list_rows, run
from variorum.pipeline.exploring import Box, Wanted, explore, spot_of
from variorum.pipeline.labels import label_events, make_labels
from variorum.show.table import make_row

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
DAYS = ("2018-08-14", "2018-08-16", "2019-03-08", "2022-07-03", "2023-06-15", "2023-06-16")


@pytest.fixture(scope="module", params=DATABASES)
def examples(request: pytest.FixtureRequest, new_place: NewPlace) -> Iterator[Ledger]:
    """The ledger of the sample reports; no test writes to it."""
    with Ledger.open(new_place(request.param), create=True) as ledger:
        run([EXAMPLES], ledger, now=NOW, workers=1)
        yield ledger


def titles(ledger: Ledger, wanted: Wanted) -> list[str]:
    found = explore(ledger, wanted)
    return [row["title"] for row in found.rows(found.ids)]


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(),
        Selection(kind="territory"),
        Selection(state="contradicts"),
        Selection(state="single"),
        Selection(min_lineages=2),
        Selection(place="Syria"),
        Selection(since="2022-05-18", until="2022-07-01"),
    ],
    ids=str,
)
def test_the_same_events_fit_as_in_a_list(examples: Ledger, chosen: Selection) -> None:
    listed = list_rows(examples, chosen)
    found = explore(examples, Wanted(chosen))
    assert found.finished
    assert found.rows(found.ids) == listed != []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("chosen", [Selection(), Selection(kind="strike"), Selection(place="Syria")], ids=str)
def test_the_events_of_an_earlier_day_are_those_of_its_edition(examples: Ledger, day: str, chosen: Selection) -> None:
    published = edition(examples, chosen=chosen, as_of=day)
    objects = [event_object(published, event) for event in published.events]
    found = explore(examples, Wanted(chosen, as_of=day))
    assert found.rows(found.ids) == [make_row(one) for one in objects]
    assert dict(found.apart) == dict(published.apart)
    places = {one["id"]: [row["value"] for row in one["values"] if row["prop"] == "place"] for one in objects}
    assert {id: list(values) for id, values in found.places(found.ids).items()} == {
        k: v for k, v in places.items() if v
    }
    articles = {id for one in objects for id in one["articles"]}
    assert found.counts() == (len(articles), len({ids[0] for one in objects for ids in one["lineages"]}))


def test_some_day_cuts_an_event_in_two_and_is_worked_out_anew(examples: Ledger) -> None:
    cut = [day for day in DAYS if explore(examples, Wanted(as_of=day))._told]
    assert cut


def test_what_was_recorded_before_the_first_run_is_nothing(examples: Ledger) -> None:
    before = explore(examples, Wanted(recorded=datetime(2031, 5, 2, tzinfo=UTC)))
    after = explore(examples, Wanted(recorded=datetime(2031, 5, 4, tzinfo=UTC)))
    assert (before.ids, before.nothing_yet) == ([], True)
    assert (len(after.ids), after.nothing_yet) == (len(explore(examples, Wanted()).ids), False)


def test_events_are_found_by_words_of_their_titles_in_any_order_and_case(examples: Ledger) -> None:
    assert titles(examples, Wanted(words="LOIKAW fighting")) == ["Fighting in Loikaw, 18 May 2022"]
    assert titles(examples, Wanted(words="fighting nowhere")) == []


def test_a_distance_takes_in_what_lies_so_far_from_the_middle(examples: Ledger) -> None:
    zabid = Wanted(Selection(place="Zabid"))
    near, far = titles(examples, zabid), titles(examples, replace(zabid, within_km=100))
    assert len(near) < len(far)
    assert any("Ḩudaydah" in title for title in far)
    assert not any("Ḩudaydah" in title for title in near)


def test_a_distance_from_no_place_is_refused(examples: Ledger) -> None:
    with pytest.raises(UsageError, match="within is a distance from a place"):
        explore(examples, Wanted(within_km=10))


def test_two_ways_back_are_refused(examples: Ledger) -> None:
    with pytest.raises(UsageError, match="two different things"):
        explore(examples, Wanted(as_of="2020-01-01", recorded=datetime(2031, 5, 4, tzinfo=UTC)))


def test_a_box_holds_the_events_whose_place_lies_in_it(examples: Ledger) -> None:
    box = Box(35, 32, 43, 38)
    every = explore(examples, Wanted())
    places = every.places(every.ids)
    spots = {id: spot_of(places[id][0]) for id in places}
    inside = [id for id in every.ids if id in spots and spots[id].placed and box.holds(spots[id].lat, spots[id].lon)]
    assert explore(examples, Wanted(box=box)).ids == inside != []


def test_a_box_may_cross_the_180th_meridian() -> None:
    pacific = Box(170, -50, -170, -10)
    assert pacific.holds(-18, 178)
    assert pacific.holds(-14, -171)
    assert not pacific.holds(-18, 0)


def test_the_most_told_and_the_most_killed_come_first(examples: Ledger) -> None:
    lineages = [entry.lineages for entry in explore(examples, Wanted(sort="lineages")).entries]
    assert lineages == sorted(lineages, reverse=True)
    found = explore(examples, Wanted(sort="killed"))
    assert [row["killed"] for row in found.rows(found.ids)][:2] == ["31 civilians", "22 combatants"]


def test_reports_and_independent_texts_are_counted_once_each(examples: Ledger) -> None:
    found = explore(examples, Wanted())
    copies = {copy.article_id: copy.original_id for copy in examples.copies()}
    mentions = {mention.id: mention.article_id for mention in examples.mentions()}
    articles = {mentions[id] for event in examples.events() for id in event.mentions}
    assert found.counts() == (len(articles), len({copies.get(id, id) for id in articles}))
    assert explore(examples, Wanted(words="")).counts() == found.counts()


def test_many_labels_at_once_are_the_labels(examples: Ledger) -> None:
    ids = explore(examples, Wanted()).ids
    labels = make_labels(examples).events
    assert label_events(examples, ids) == {id: labels[id] for id in ids}


def test_an_empty_ledger_has_no_events(ledger: Ledger) -> None:
    found = explore(ledger, Wanted())
    assert (found.ids, found.counts()) == ([], (0, 0))
