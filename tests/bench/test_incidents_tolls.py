"""The gate of an incident's figures: which event answers, and when killed, injured, city and date are right."""

from __future__ import annotations

from datetime import date

from bench.incidents_tolls import incident_figures, is_city, is_date, measure

from variorum.model import Article, Event, Extraction, Mention, Settled, make_article, make_mention, make_reading
from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import parse_place

INCIDENT = {
    "incident_id": "1",
    "date": "2020-03-05",
    "state": "Ohio",
    "city_or_county": "Dayton",
    "n_killed": "1",
    "n_injured": "2",
    "latitude": "39.7589",
    "longitude": "-84.1916",
}


def settled(prop: str, value: str, scope: str | None = None) -> Settled:
    return Settled(prop, scope, value, "single", ("clm_1",), (), 1, ("",), 0)


def article(name: str) -> Article:
    return make_article(url=f"doc:{name}", text=f"A report {name}.", title="", sha256="", fetched_at="2020-01-01")


def read(name: str) -> tuple[Extraction, Mention]:
    one = article(name)
    reading = make_reading(one.id, "built-in", "1")
    mention = make_mention(one, reading.id, "attack", 0, 8)
    return Extraction(reading, (mention,), ()), mention


def test_the_event_with_most_reports_answers_for_the_incident() -> None:
    reads = [read(name) for name in "abc"]
    values = (settled("killed", "1", "all"), settled("injured", "2", "all"), settled("date", "2020-03-05"))
    whole = Event("evt_1", "attack", "", (reads[0][1].id, reads[1][1].id), values, ())
    stray = Event("evt_2", "attack", "", (reads[2][1].id,), (settled("killed", "9", "all"),), ())
    rows = [({}, INCIDENT)] * 3
    found = measure(rows, [extraction for extraction, _ in reads], [stray, whole])
    assert found["killed_exact"] == found["injured_exact"] == found["date_within_1"] == 1.0
    assert found["city"] == 0.0


def test_an_incident_without_an_event_is_missed_everywhere() -> None:
    extraction, _ = read("a")
    assert set(measure([({}, INCIDENT)], [extraction], []).values()) == {0.0}


def test_figures_are_those_of_all_people_and_none_is_nobody() -> None:
    event = Event("evt_1", "attack", "", (), (settled("killed", "1", "women"), settled("killed", "3..", "all")), ())
    told = incident_figures(event)
    assert (told.killed, told.injured, told.place, told.days) == (3, 0, "", None)


def test_a_date_is_right_within_a_day_and_a_month_is_none() -> None:
    assert is_date((date(2020, 3, 6), date(2020, 3, 6)), INCIDENT)
    assert not is_date((date(2020, 3, 7), date(2020, 3, 7)), INCIDENT)
    assert not is_date((date(2020, 3, 1), date(2020, 3, 31)), INCIDENT)
    assert not is_date(None, INCIDENT)


def test_the_city_is_right_by_name_or_by_nearness_and_a_state_is_none() -> None:
    book = open_gazetteer()
    assert is_city(parse_place("Dayton, Ohio") or "", INCIDENT, book)
    assert not is_city(parse_place("Columbus, Ohio") or "", INCIDENT, book)
    assert not is_city(parse_place("Ohio") or "", INCIDENT, book)
    assert not is_city("", INCIDENT, book)


def test_a_quarter_lies_in_its_town() -> None:
    town = parse_place("Dayton, Ohio")
    assert town is not None
    assert is_city(f"name:Old Gate;in={town}", INCIDENT, open_gazetteer())
    assert not is_city("name:Old Gate;in=ne:US.ohio", INCIDENT, open_gazetteer())


def test_of_events_with_as_many_reports_the_one_they_open_with_answers() -> None:
    one = article("a")
    reading = make_reading(one.id, "built-in", "1")
    first, second = (make_mention(one, reading.id, "attack", start, start + 2) for start in (0, 4))
    events = [
        Event("evt_1", "attack", "", (second.id,), (settled("killed", "9", "all"),), ()),
        Event("evt_2", "attack", "", (first.id,), (settled("killed", "1", "all"),), ()),
    ]
    found = measure([({}, INCIDENT)], [Extraction(reading, (first, second), ())], events)
    assert found["killed_exact"] == 1.0
