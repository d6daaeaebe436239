"""Slides for TimelineJS: dates no closer than they are known, and nothing a report wrote is read as HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from typing import Any

import html5lib
import pytest
from jsonschema import Draft202012Validator

from issues import HASH, ask, whole
from variorum.publish.issue import issue_of
from variorum.publish.timelinejs import NAMED, write_timelinejs

# From timeline.knightlab.com/docs/json-format.html; what is not written here is not allowed here.
DATE = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "required": ["year"],
    "dependentRequired": {"day": ["month"]},
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string", "minLength": 1}, "text": {"type": "string"}},
    "required": ["headline", "text"],
    "additionalProperties": False,
}
SLIDE = {
    "type": "object",
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "display_date": {"type": "string"},
        "text": TEXT,
        "group": {"type": "string"},
        "unique_id": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"},
        "autolink": {"const": False},
    },
    "additionalProperties": False,
}
TIMELINE = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "scale": {"enum": ["human"]},
            "title": SLIDE | {"required": ["text"]},
            "events": {"type": "array", "items": SLIDE | {"required": ["start_date", "text", "unique_id"]}},
        },
        "required": ["events"],
        "additionalProperties": False,
    }
)


def read(**given: bool) -> Any:
    found = json.loads("".join(write_timelinejs(ask(**given).issue, "")))
    TIMELINE.validate(found)
    return found


def words(page: str) -> str:
    return "".join(html5lib.parseFragment(page, namespaceHTMLElements=False).itertext())


def test_a_slide_a_dated_event_and_ids_of_their_own() -> None:
    assert [slide["unique_id"] for slide in read()["events"]] == ["evt_1STR", "evt_2MON", "evt_3DAY"]


def test_a_month_has_no_day_and_a_stretch_of_days_has_an_end() -> None:
    day, month, days = read()["events"]
    assert (day["start_date"], "end_date" in day) == ({"year": 2031, "month": 5, "day": 2}, False)
    assert (month["start_date"], "end_date" in month) == ({"year": 2031, "month": 6}, False)
    assert (days["start_date"]["day"], days["end_date"]["day"]) == (3, 5)
    assert [slide["display_date"] for slide in (day, month, days)] == ["2 May 2031", "June 2031", "3 to 5 June 2031"]


def test_an_undated_event_has_no_slide_and_is_named_on_the_title_slide() -> None:
    asked = ask()
    found = json.loads("".join(write_timelinejs(asked.issue, "")))
    assert "1 undated event without a slide: Fighting." in words(found["title"]["text"]["text"])
    assert asked.told == ["1 undated event left out of the slides, and named on the title slide"]


def test_of_many_undated_events_the_first_are_named_and_the_rest_counted() -> None:
    undated = whole().events[-1]
    many = replace(
        whole(), events=[replace(undated, id=f"evt_{number}", title=f"Fight {number}") for number in range(NAMED + 5)]
    )
    found = json.loads("".join(write_timelinejs(issue_of(many), "")))
    told = words(found["title"]["text"]["text"])
    assert found["events"] == []
    assert f"{NAMED + 5} undated events" in told
    assert f"Fight {NAMED - 1} and 5 more." in told


def test_a_slide_says_how_many_were_harmed_on_whose_word_and_what_is_disputed() -> None:
    told = words(read()["events"][0]["text"]["text"])
    for part in ("at least 39 civilians killed (contested)", "2 independent texts in 3 reports", "health ministry"):
        assert part in told
    assert "contradicted: distance" in told
    assert "39 to" not in told


def test_no_sign_of_a_report_is_html() -> None:
    slide = read()["events"][0]
    for page in slide["text"].values():
        tree = html5lib.parseFragment(page, namespaceHTMLElements=False)
        assert {str(element.tag) for element in tree.iter()} <= {"p", "DOCUMENT_FRAGMENT"}
    assert "<img src=x onerror=alert(1)>" in unescape(slide["text"]["headline"])
    assert "\u202e" not in json.dumps(slide, ensure_ascii=False)
    assert "<" not in "".join(write_timelinejs(ask().issue, ""))


@pytest.mark.parametrize("redacted", [False, True])
def test_a_redacted_timeline_says_so(redacted: bool) -> None:
    told = words(read(redacted=redacted)["title"]["text"]["text"])
    assert ("Redacted by the profile care/1." in told) is redacted
    assert HASH in told


def test_a_part_is_asked_for_when_the_one_before_is_written() -> None:
    asked = ask()
    assert [asked.parts for _ in write_timelinejs(asked.issue, "")] == [0, 1, 2, 3, 4]
