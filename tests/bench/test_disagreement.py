"""The benchmark of disagreement: its files are sound, and its scorer rewards what is right and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bench.disagreement import answer_by_numbers, answer_given
from bench.disagreement_gold import HELD_OUT, RELATIONS, BadGold, read_event, read_events
from bench.disagreement_score import Answer, read_answers, same_source, score

EVENT = '''
title = "Shells on the market of Orvend"
relations = ["contradicts: a2 / c1", "drift in copies: a2 / b1"]

[[report]]
id = "a"
outlet = "Halcyon Wire"
published = "2019-03-04T18:00:00Z"
original = ""
title = "Shells hit Orvend market"
text = """
At least {a2|12} people were killed in Orvend on
{a3|Monday}, the health office said.
"""
claims = [
  "a2 | killed | all | 12.. | asserts | health office",
  "a3 | date | | 2019-03-04 | asserts | health office",
]

[[report]]
id = "b"
outlet = "Orvend Post"
published = "2019-03-05"
original = "a"
title = "Shells hit market"
text = """{b1|Nine} people were killed in Orvend, the health office said."""
claims = ["b1 | killed | all | 9 | asserts | health office"]

[[report]]
id = "c"
outlet = "Koro Gazette"
published = "2019-03-05"
original = ""
title = "Market hit"
text = """The council counted {c1|ten} dead."""
claims = ["c1 | killed | all | 10 | asserts | council"]
'''


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "01-orvend.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_are_taken_out_of_the_text_and_their_places_kept(tmp_path: Path) -> None:
    report = read_event(write(tmp_path, EVENT)).reports[0]
    assert report.text.startswith("Shells hit Orvend market\n\nAt least 12 people were killed in Orvend on Monday,")
    assert [report.text[claim.start : claim.end] for claim in report.claims] == ["12", "Monday"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"a3 | date | | 2019-03-04 | asserts | health office",', "", "the mark a3 has no claim"),
        ("| 12.. |", "| dozen |", "is no count"),
        ("| killed | all | 9 |", "| killed | | 9 |", "does not fit killed"),
        ("{a3|Monday}", "{a3|Monday", "broken mark"),
        ('original = "a"', 'original = "z"', "is not there"),
        ('"contradicts: a2 / c1"', '"contradicts: a2 / a3"', "not one statement"),
        ('"contradicts: a2 / c1"', '"contradicts: a2 / c1", "agrees: a2 / c1"', "already stand as contradicts"),
    ],
)
def test_a_fault_in_a_file_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(BadGold, match=fault):
        read_event(write(tmp_path, EVENT.replace(old, new, 1)))


def test_the_events_of_the_benchmark_are_sound_and_show_every_relation() -> None:
    for held_out in (False, True):
        events = list(read_events(held_out=held_out))
        assert len(events) >= 20
        assert {row.name for event in events for row in event.relations} == set(RELATIONS)
        assert all((event.number >= HELD_OUT) == held_out for event in events)


def test_the_marked_claims_are_related_as_people_marked_them(tmp_path: Path) -> None:
    event = read_event(write(tmp_path, EVENT))
    found = score([event], {1: answer_given(event)})
    assert found.metrics()["relations_f1"] == 1.0
    assert found.wrong == []


def test_silence_finds_nothing(tmp_path: Path) -> None:
    found = score([read_event(write(tmp_path, EVENT))], {}).metrics()
    assert found["relations_f1"] == 0.0
    assert found["claims_f1"] == 0.0


def test_a_wrong_name_for_a_pair_costs_both_kinds(tmp_path: Path) -> None:
    event = read_event(write(tmp_path, EVENT))
    answer = answer_given(event)
    wrong = replace(answer, relations=tuple(replace(row, name="agrees") for row in answer.relations))
    kinds = score([event], {1: wrong}).kinds
    assert kinds["contradicts"].f1 == 0.0
    assert kinds["agrees"].right == 0


def test_saying_a_thing_twice_changes_no_figure(tmp_path: Path) -> None:
    event = read_event(write(tmp_path, EVENT))
    answer = answer_given(event)
    twice = replace(answer, relations=(*answer.relations, *answer.relations))
    assert score([event], {1: twice}).metrics() == score([event], {1: answer}).metrics()


def test_numbers_alone_know_no_bounds_and_no_copies(tmp_path: Path) -> None:
    event = read_event(write(tmp_path, EVENT))
    found = score([event], {1: answer_by_numbers(event)})
    assert found.kinds["drift in copies"].right == 0
    assert found.lineages < 1.0


@pytest.mark.parametrize(
    ("own", "gold", "right"),
    [
        ("Koro health office", ("health office",), True),
        ("Omar Tell", ("police", "Omar Tell"), True),
        ("army", ("health office",), False),
        ("", (), True),
        ("", ("army",), False),
        ("army", (), False),
    ],
)
def test_a_source_is_right_under_any_marked_spelling(own: str, gold: tuple[str, ...], right: bool) -> None:
    assert same_source(own, gold) is right


def test_answers_of_others_are_read_from_json_lines() -> None:
    line = json.dumps({"event": 1, "lineages": {"a": "a"}, "claims": [], "relations": []})
    assert read_answers([line]) == {1: Answer(1, {"a": "a"}, (), ())}
    with pytest.raises(ValueError, match="line 2"):
        read_answers([line, "{}"])
