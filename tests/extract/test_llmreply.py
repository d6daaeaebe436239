"""What a model answered, read: JSON in whatever stands around it, and rows of the wrong kind."""

from __future__ import annotations

import json

import pytest

from model_server import EVENTS
from variorum.errors import UnreadableError
from variorum.extract.llmreply import Refused, read_reply

ONE = '{"kind": "strike", "quote": "Shells hit.", "claims": [{"prop": "killed", "quote": "12"}]}'
WHOLE = f'{{"events": [{ONE}]}}'
DRESSED = {
    "bare": WHOLE,
    "a list": f"[{ONE}]",
    "one event": ONE,
    "fenced": f"```json\n{WHOLE}\n```",
    "fenced without a name": f"```\n{WHOLE}\n```",
    "prose around": f"Here is what the report {{Homs}} tells:\n\n{WHOLE}\n\nI hope this helps [1].",
    "thought before": f'<think>It could be {{"events": []}}.</think>\n{WHOLE}',
    "with a byte order mark": f"\ufeff{WHOLE}",
}
MALFORMED = {
    "prose": "The report tells of one strike in Homs.",
    "nothing": "",
    "cut off": EVENTS[:400],
    "cut off in a fence": "```json\n" + EVENTS[:700],
    "a list cut off": f"[{ONE}, {ONE[:40]}",
    "another object": '{"error": "too long"}',
    "numbers": "[1, 2, 3]",
    "a text": '"events"',
    "events that are none": '{"events": "none"}',
    "too deep": "[" * 100_000,
}


@pytest.mark.parametrize("content", DRESSED.values(), ids=DRESSED)
def test_the_events_are_read_whatever_stands_around_them(content: str) -> None:
    assert [(event.kind, [claim.quote for claim in event.claims]) for event in read_reply(content).events] == [
        ("strike", ["12"])
    ]


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_list_of_events_is_refused_whole(content: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_reply(content)
    assert refusal.value.code == "llm-malformed"


def test_a_report_without_events_is_read() -> None:
    assert read_reply('{"events": []}').events == []


ODD_ROWS = [
    ({"kind": 7, "quote": "Shells hit."}, Refused("event", "Shells hit.", "its kind is no text")),
    ({"kind": "strike", "quote": ["Shells"]}, Refused("event", '["Shells"]', "its quote is no text")),
    (
        {"kind": "strike", "quote": "Shells hit.", "claims": "two"},
        Refused("event", "Shells hit.", "its claims are no list"),
    ),
    ("Shells hit.", Refused("event", "Shells hit.", "it is no object")),
    ({"kind": "strike", "claims": ["12"]}, Refused("claim", "12", "it is no object")),
    ({"kind": "strike", "claims": [{"prop": "killed", "quote": 12}]}, Refused("killed", "12", "its quote is no text")),
    ({"kind": "strike", "claims": [{"prop": 1, "quote": "12"}]}, Refused("claim", "12", "its prop is no text")),
    (
        {"kind": "strike", "claims": [{"prop": "killed", "quote": "12", "scope": ["all"]}]},
        Refused("killed", "12", "its scope is no text"),
    ),
]


@pytest.mark.parametrize(("row", "expected"), ODD_ROWS)
def test_a_row_of_the_wrong_kind_is_refused_with_its_reason(row: object, expected: Refused) -> None:
    assert read_reply(json.dumps({"events": [row, json.loads(ONE)]})).refused == [expected]


def test_a_row_of_the_wrong_kind_leaves_the_others() -> None:
    assert len(read_reply(json.dumps({"events": [7, json.loads(ONE)]})).events) == 1


def test_without_words_of_its_own_the_name_of_a_source_is_looked_for() -> None:
    claim = {"prop": "killed", "quote": "12", "source": "Tarn clinic", "source_quote": None}
    reply = read_reply(json.dumps({"events": [{"kind": "strike", "quote": "Shells hit.", "claims": [claim]}]}))
    assert reply.events[0].claims[0].source_quote == "Tarn clinic"
