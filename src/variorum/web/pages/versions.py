"""The history of one event: its versions with what changed from each to the next, its names, the decisions on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

from variorum.errors import UnknownIdError
from variorum.ledger.picked import pick_articles, pick_mentions
from variorum.ledger.records import EventVersion
from variorum.model import Event
from variorum.pipeline import edition
from variorum.pipeline.changewords import change_lines, value_words
from variorum.pipeline.comparing import one_event
from variorum.pipeline.foresight import Change, changes
from variorum.pipeline.labels import find_event_id
from variorum.pipeline.tracing import find_decided
from variorum.web.asking import Asked, Page, Parameter, read_day

Row = dict[str, Any]
PARAMETERS = (
    Parameter("from", "text", "The earlier side: a version (1), or a day (2019-03-08)."),
    Parameter("to", "text", "The later side; the event as it stands where it is left out."),
    Parameter("printed", "flag", "1: days mean what had been printed by then, and not what was recorded."),
)


def read_history(asked: Asked) -> Page:
    """Read the history of an event, also of one that nothing reports any more."""
    id = find_event_id(asked.ledger, asked.names["id"])
    versions = list(asked.ledger.versions(id))
    label = asked.labels.events[id]
    if not versions:
        raise UnknownIdError(f"no version of {label} is kept", "")
    events = [version.event for version in versions]
    data: Row = {
        "label": label,
        "id": id,
        "title": events[-1].title,
        "as_of": asked.as_of,
        "leads_to": _leads_to(asked, id),
        "names": [
            {"label": asked.labels.events[row.old], "at": row.at, "why": row.why}
            for row in asked.ledger.redirects()
            if row.new == id
        ],
        "versions": _versions(asked, versions)[::-1],
        "decisions": _decisions(asked, events),
    }
    return Page("history-of-event.html", f"History of {label}", data)


def _leads_to(asked: Asked, id: str) -> Row | None:
    """Say where an event leads that is none any more; None for one that is live."""
    found = next((row for row in asked.ledger.redirects() if row.old == id), None)
    if found is None:
        return None
    return {"label": asked.labels.events[found.new] if found.new else None, "at": found.at, "why": found.why}


def _versions(asked: Asked, versions: Sequence[EventVersion]) -> list[Row]:
    rows: list[Row] = []
    before: Event | None = None
    for version in versions:
        event = version.event
        state = one_event(event)
        lines = [] if before is None else list(change_lines(changes(one_event(before), state), state, asked.labels))
        rows.append(
            {
                "version": event.version,
                "at": version.at,
                "title": event.title,
                "kind": event.kind,
                "mentions": len(event.mentions),
                "changes": lines,
            }
        )
        before = event
    return rows


def _decisions(asked: Asked, events: Sequence[Event]) -> list[Row]:
    mentions = {id for event in events for id in event.mentions}
    claims = {id for event in events for row in event.values for id in (*row.support, *row.against)}
    articles = {mention.article_id for mention in pick_mentions(asked.ledger, mentions, live=False)}
    rows = find_decided(asked.ledger, {*mentions, *claims, *articles}, asked.labels, taken_back=True)
    told: dict[str, Row] = {}
    for row in rows:
        if not row.blind:
            told.setdefault(row.name, asdict(row) | {"rows": 0})["rows"] += 1
    return list(told.values())[::-1]


def read_difference(asked: Asked) -> Page:
    """Read what changed between two versions of an event, or two days. Raises UsageError for what is neither."""
    id = find_event_id(asked.ledger, asked.names["id"])
    label = asked.labels.events[id]
    versions = {version.event.version: version for version in asked.ledger.versions(id)}
    if not versions:
        raise UnknownIdError(f"no version of {label} is kept", "")
    last = max(versions)
    given = asked.one("from") or str(max(1, last - 1)), asked.one("to") or str(last)
    before, after = (_side(asked, versions, one) for one in given)
    rows = changes(one_event(before), one_event(after))
    state = one_event(after)
    data: Row = {
        "label": label,
        "title": versions[last].event.title,
        "from": given[0],
        "to": given[1],
        "printed": asked.one("printed") == "1",
        "as_of": asked.as_of,
        "last": last,
        "before": _side_row(before),
        "after": _side_row(after),
        "changes": [
            _change(row) | {"words": words} for row, words in zip(rows, change_lines(rows, state, asked.labels))
        ],
        "reports": _reports(asked, before, after),
    }
    shown = {"sides": [(number, version.at) for number, version in sorted(versions.items())]}
    return Page("difference.html", f"{label}: what changed", data, shown)


def _side(asked: Asked, versions: dict[int, EventVersion], given: str) -> Event | None:
    """Give an event as one side has it: a version by its number, or as recorded or printed by the end of a day."""
    if given.isascii() and given.isdigit() and len(given) < 9:
        if int(given) not in versions:
            raise UnknownIdError(f"no version {given}", f"its versions run from 1 to {max(versions)}")
        return versions[int(given)].event
    day = read_day("from, to", given)
    if asked.one("printed") == "1":
        latest = versions[max(versions)].event
        return next(iter(edition(asked.ledger, [latest], as_of=day, frozen=True).events), None)
    end = datetime.combine(datetime.fromisoformat(day).date(), time.max, UTC)
    known = [version for version in versions.values() if _moment(version.at) <= end]
    return max(known, key=lambda version: version.event.version).event if known else None


def _moment(at: str) -> datetime:
    found = datetime.fromisoformat(at)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _side_row(event: Event | None) -> Row | None:
    if event is None:
        return None
    return {"version": event.version, "title": event.title, "kind": event.kind, "mentions": len(event.mentions)}


def _change(row: Change) -> Row:
    told = asdict(row)
    if row.what == "value":
        told |= {"before": value_words(row, row.before), "after": value_words(row, row.after)}
    return told


def _reports(asked: Asked, before: Event | None, after: Event | None) -> Row:
    """Give the reports that only one side has."""
    sides = [set(event.mentions) if event is not None else set[str]() for event in (before, after)]
    articles = [{m.article_id for m in pick_mentions(asked.ledger, side, live=False)} for side in sides]
    known = {one.id for one in pick_articles(asked.ledger, articles[0] | articles[1])}

    def named(ids: set[str]) -> list[str]:
        return sorted((asked.labels.articles[id] for id in ids & known), key=lambda name: int(name[1:]))

    return {"gone": named(articles[0] - articles[1]), "new": named(articles[1] - articles[0])}
