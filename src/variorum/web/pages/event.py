"""The page of one event: what its sources say, where and when, which reports are copies, what nobody says."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from variorum.errors import UnknownIdError
from variorum.model import Event
from variorum.pipeline import Edition, edition, event_object, over_time
from variorum.pipeline.labels import find_event_id, find_one_event, version_of
from variorum.show.table import make_view
from variorum.show.words import said_by
from variorum.web.asking import Asked, Moved, Page
from variorum.web.pages.beside import find_beside
from variorum.web.pages.passages import make_passages, quote_passages
from variorum.web.pages.pictures import add_bars, draw_tolls, draw_where
from variorum.web.pages.reports import make_lineages, name_reports
from variorum.web.pages.support import group_lines


def read_event(asked: Asked) -> Page | Moved:
    """Read one event, as it is, in one version, or as known on a day."""
    given = asked.names["id"]
    event = find_one_event(asked.ledger, given)
    frozen = version_of(given) is not None
    if not frozen and event.id != (asked_id := find_event_id(asked.ledger, given)):
        return Moved(asked.link(f"/events/{asked.labels.events[event.id]}", led_from=asked.labels.events.get(asked_id)))
    if frozen and asked.as_of:
        raise UnknownIdError(f"{given} is one version, and as_of asks for a day", "leave out @ or as_of")
    published = edition(asked.ledger, [event], as_of=asked.as_of, frozen=frozen)
    label = asked.labels.events.get(event.id, event.id)
    if not published.events:
        return _not_yet(asked, event, label)
    return lay_out(asked, published, published.events[0], event, frozen=frozen)


def lay_out(asked: Asked, published: Edition, known: Event, event: Event, *, frozen: bool) -> Page:
    """Lay out an event of an edition; `event` is the same with all its reports of today."""
    label = asked.labels.events.get(event.id, event.id)
    found = event_object(published, known)
    view = make_view(found)
    reports = name_reports(asked, published, found)
    numbers = {claim["id"]: f"c{place}" for place, claim in enumerate(found["claims"], start=1)}
    groups = group_lines(view, reports, numbers)
    figures = over_time(published, known)
    data: dict[str, Any] = {
        "label": label,
        "event": found,
        "when": view.when,
        "where": view.where,
        "version": event.version,
        "frozen": frozen,
        "as_of": asked.as_of,
        "said_by": said_by(len(view.sources), own_voice=view.own_voice),
        "relations": {name: list(props) for name, props in view.relations.items()},
        "impossible": list(view.notes),
        "fields": groups,
        "reports": list(reports.values()),
        "lineages": make_lineages(published, found, reports),
        "over_time": [asdict(figure) for figure in figures],
    }
    if asked.as_of:
        gone = {published.mentions[id].article_id for id in event.mentions} - {*found["articles"]}
        apart = sorted(published.apart.get(event.id, ()))
        data["hidden"] = len(gone.difference(apart))
        data["apart"] = [{"id": id, "label": asked.labels.articles[id]} for id in apart]
    data |= find_beside(asked, published, known, found, today=not (frozen or asked.as_of))
    if published.redacted is not None:
        passages = quote_passages(published, found, reports)
    else:
        passages = make_passages(published, found, reports, in_folder=asked.folder is not None)
    shown = {
        "view": view,
        "numbers": numbers,
        "passages": passages,
        "articles": published.articles,
        "frozen": frozen,
        "fields": add_bars(groups),
        "tolls": draw_tolls(figures, reports),
        "where_map": draw_where(found),
    }
    return Page("event.html", found["title"], data, shown, frozen=frozen)


def _not_yet(asked: Asked, event: Event, label: str) -> Page:
    data = {"label": label, "event": None, "as_of": asked.as_of, "title": event.title}
    return Page("event-not-yet.html", event.title, data)
