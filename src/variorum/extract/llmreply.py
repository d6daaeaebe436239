"""Reads what a language model answered: the events and claims it names, by its own words. Nothing is believed here.

Invariant: a reply that is no list of events is refused whole; in one that is, each row is read or refused by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from variorum.errors import UnreadableError

MALFORMED = "llm-malformed"
REMEDY = "run the same command again; if it stays, take another model, or a larger context for this one"
THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.S | re.I)  # what a reasoning model writes before its answer
FENCE = re.compile(r"```(?:json)?[ \t]*\n(.*?)```", re.S | re.I)
OPENERS = 200  # brackets in prose at which JSON is looked for


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim as the model words it; each field is text, empty where it gave none."""

    prop: str
    quote: str
    scope: str = ""
    source_quote: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as the model words it."""

    kind: str
    quote: str
    claims: tuple[ToldClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Something the model said that is not taken over, and why."""

    prop: str  # "event" for an event
    quote: str
    why: str


@dataclass(slots=True)
class Reply:
    """All that a model said of one article."""

    events: list[ToldEvent] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_reply(content: str) -> Reply:
    """Give the events of a reply, whatever prose or fence stands around its JSON.

    Raises UnreadableError when there is no list of events in it.
    """
    rows = next((rows for value in _documents(content) if (rows := _events_in(value)) is not None), None)
    if rows is None:
        raise UnreadableError("the model's reply is no list of events in JSON", REMEDY, code=MALFORMED)
    reply = Reply()
    for row in rows:
        _add_event(reply, row)
    return reply


def _documents(content: str) -> Iterator[Any]:
    """Yield what can be read as JSON: the whole, what is fenced, what begins at a bracket."""
    text = THOUGHT.sub("", content, count=1).strip().removeprefix("\ufeff")
    for piece in (text, *FENCE.findall(text)):
        try:
            yield json.loads(piece)
        except (ValueError, RecursionError):
            continue
    decoder = json.JSONDecoder()
    reached = 0
    for count, bracket in enumerate(re.finditer(r"[{\[]", text)):
        if count >= OPENERS:
            return
        if bracket.start() < reached:
            continue  # inside of what was read already
        try:
            value, reached = decoder.raw_decode(text, bracket.start())
        except (ValueError, RecursionError):
            # What begins here does not end: anything read inside would be a part of a reply that was cut off.
            if _begins_reply(text, bracket.start()):
                return
            continue
        yield value


def _begins_reply(text: str, start: int) -> bool:
    return re.match(r"\{\s*\"events\"|\[\s*\{", text[start:]) is not None


def _events_in(value: Any) -> list[Any] | None:
    """Give the rows where a document is an event or a list of them, bare or under "events"; None for something else."""
    if isinstance(value, dict):
        value = [value] if {"kind", "claims"} <= value.keys() else value.get("events")
    if not isinstance(value, list):
        return None
    return value if not value or any(isinstance(row, dict) and "kind" in row for row in value) else None


def _add_event(reply: Reply, row: Any) -> None:
    if not isinstance(row, dict):
        reply.refused.append(Refused("event", _shown(row), "it is no object"))
        return
    wrong = _not_text(row, ("kind", "quote"))
    if wrong:
        reply.refused.append(Refused("event", _shown(row.get("quote")), f"its {wrong} is no text"))
        return
    rows = row.get("claims")
    if not isinstance(rows, list | None):
        reply.refused.append(Refused("event", _shown(row.get("quote")), "its claims are no list"))
        rows = None
    claims = [claim for one in rows or () if (claim := _claim(reply, one)) is not None]
    reply.events.append(ToldEvent(_text(row, "kind"), _text(row, "quote"), tuple(claims)))


def _claim(reply: Reply, row: Any) -> ToldClaim | None:
    if not isinstance(row, dict):
        reply.refused.append(Refused("claim", _shown(row), "it is no object"))
        return None
    prop = row.get("prop")
    name = prop if isinstance(prop, str) else "claim"
    wrong = _not_text(row, ("prop", "quote", "scope", "source", "source_quote", "stance"))
    if wrong:
        reply.refused.append(Refused(name, _shown(row.get("quote")), f"its {wrong} is no text"))
        return None
    return ToldClaim(
        _text(row, "prop"),
        _text(row, "quote"),
        _text(row, "scope"),
        _text(row, "source_quote") or _text(row, "source"),
        _text(row, "stance"),
    )


def _not_text(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((key for key in keys if not isinstance(row.get(key), str | None)), "")


def _text(row: dict[str, Any], key: str) -> str:
    return (row.get(key) or "").strip()


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
