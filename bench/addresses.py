"""Addresses of every page over a ledger: each route of the site, with ids and parameters that this ledger has.

Invariant: a route with no example is an error that says where to add one, so that no new page goes unmeasured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from variorum.ledger import Ledger
from variorum.model import Event
from variorum.pipeline import Item, edition, event_object, find_queue
from variorum.pipeline.labels import make_labels
from variorum.schema import load_schema
from variorum.web.asking import Route
from variorum.web.routes import ROUTES


@dataclass(frozen=True, slots=True)
class Known:
    """What of one ledger is put into addresses."""

    event: str  # label of the event of most reports
    other: str  # label of the event of the fewest
    version: int  # of the former
    reports: tuple[str, ...]  # its reports' labels
    copy: str  # label of a report that is a copy, else any
    origin: str  # of what it is a copy, else any
    claim: str  # id of a claim of the event
    outlet: str  # that wrote one of its reports
    first_day: str  # on which the first of them appeared
    apart: str  # label of a report on another event
    decision: str | None  # D12; None where nothing was decided
    name: str  # of an actor, target or party in the event
    questions: tuple[Item, ...]  # one of each kind that waits
    place: tuple[str, str]  # what a wording of the event is taken for, and the wording


def read_known(ledger: Ledger) -> Known:
    """Read from a ledger that has an event what is put into addresses."""
    labels = make_labels(ledger)
    events = largest(ledger.events())
    event = events[0]
    published = edition(ledger, [event])
    found = event_object(published, published.events[0])
    copies = [copy for copy in published.copies if copy.article_id in published.articles]
    reports = tuple(labels.articles[id] for id in found["articles"])
    claims = found["claims"]
    names = [claim["value"] for claim in claims if load_schema().properties[claim["prop"]].type == "name"]
    places = [(claim["value"], claim["quote"]) for claim in claims if claim["prop"] == "place"]
    return Known(
        labels.events[event.id],
        labels.events[events[-1].id],
        event.version,
        reports,
        labels.articles[copies[0].article_id] if copies else reports[0],
        labels.articles[copies[0].original_id] if copies else reports[-1],
        claims[0]["id"],
        next((one.outlet for one in published.articles.values() if one.outlet), ""),
        min((one.published[:10] for one in published.articles.values() if one.published), default="2017-01-01"),
        labels.articles[ledger.mention(events[-1].mentions[0]).article_id],
        next((decision.name for decision in ledger.decisions()), None),
        min(names, default="nobody"),
        tuple({item.kind: item for item in reversed(find_queue(ledger, by="m.k."))}.values()),
        min(places, default=("ne:SY", "Syria")),
    )


# Routes that people look at; others are asked by scripts alone.
FILES = ("/exports/{format}",)  # that a browser stores and does not show
PAGES = tuple(route for route in ROUTES if "html" in route.forms and route.path not in FILES)
Fill = Callable[[Known], list[str]]


def _event(ending: str = "") -> Fill:
    return lambda known: [f"/events/{known.event}{ending}"]


def _question(known: Known, kind: str) -> str:
    """Give the name of a question of one kind as the review desk writes it."""
    from variorum.web.desk import item_key

    return next((quoted(item_key(item)) for item in known.questions if item.kind == kind), "none")


# Path of a route -> its example addresses; what has no `{` in its path is its own example and need not stand here.
EXAMPLES: Mapping[str, Fill] = {
    "/events/{id}": lambda known: [
        f"/events/{known.event}",
        f"/events/{known.event}@{known.version}",
        f"/events/{known.event}?as_of={known.first_day}",
        f"/events/{known.event}?as_of=1990-01-01",
        f"/events/{known.other}",
    ],
    "/events/{id}/why": lambda known: [
        f"/events/{known.event}/why",
        f"/events/{known.event}/why?a={known.reports[0]}&b={known.reports[-1]}",
        f"/events/{known.event}/why?a={known.event}&b={known.other}",
    ],
    "/events/{id}/history": _event("/history"),
    "/events/{id}/diff": lambda known: [
        f"/events/{known.event}/diff?from=1&to={known.version}",
        f"/events/{known.event}/diff",
        f"/events/{known.event}/diff?from={known.first_day}&printed=1",
    ],
    "/events/{id}/cite": lambda known: [
        f"/events/{known.event}/cite",
        f"/events/{known.event}@{known.version}/cite",
    ],
    "/reports": lambda known: [
        "/reports",
        f"/reports?copies=only&until={known.first_day}&limit=1",
        f"/reports?outlet={quoted(known.outlet)}",
    ],
    "/reports/{id}": lambda known: [
        f"/reports/{known.reports[0]}",
        f"/reports/{known.copy}",
        f"/reports/{known.reports[0]}?as_of=1990-01-01",
    ],
    "/reports/{id}/compare": lambda known: [f"/reports/{known.copy}/compare?with={known.origin}"],
    "/claims/{id}": lambda known: [f"/claims/{known.claim}", f"/claims/{known.claim}?as_of=1990-01-01"],
    "/search": lambda known: ["/search?q=killed", "/search", "/search?q=nothingofthekind", f"/search?q={known.event}"],
    "/go": lambda known: [f"/go?id={known.reports[0]}"],
    "/": lambda known: ["/", "/?kind=strike", "/?q=nothingofthekind", f"/?as_of={known.first_day}"],
    "/towns": lambda known: ["/towns?bbox=40,10,50,20&most=20"],
    "/review/{kind}": lambda known: ["/review/contradiction", "/review/place", "/review/revision", "/review/same"],
    "/review": lambda known: ["/review", f"/review?pair={known.reports[0]},{known.reports[-1]}", "/review?second=1"],
    "/review/map": lambda known: [f"/review/map?item={_question(known, 'place')}"],
    "/review/events": lambda known: [f"/review/events?q={known.event}"],
    "/decide/{deed}": lambda known: [
        f"/decide/join?left={known.event}&right={known.other}",
        f"/decide/split?event={known.event}",
        f"/decide/set?id={known.claim}&field=value",
        f"/decide/reject?id={known.claim}",
        f"/decide/copy?copy={known.copy}&original={known.origin}",
        f"/decide/undo?decision={known.decision or 'D1'}",
    ],
    "/decide/told": lambda known: [f"/decide/told?decision={(known.decision or 'D1')[1:]}"],
    "/sources": lambda known: ["/sources", "/sources?kind=voices"],
    "/sources/{id:path}": lambda known: [f"/sources/{quoted(known.outlet)}"],
    "/source": lambda known: [f"/source?name={quoted(known.outlet)}"],
    "/actors/correct": lambda known: [f"/actors/correct?name={quoted(known.name)}"],
    "/places/correct": lambda known: [
        f"/places/correct?wording={quoted(known.place[1])}&base={quoted(known.place[0].partition(';')[0])}"
    ],
    "/history/{id}": lambda known: [f"/history/{known.decision or 'D1'}", f"/history/{known.decision or 'D1'}?undo=1"],
    "/exports/{format}": lambda known: ["/exports/jsonl", "/exports/csv?table=claims", "/exports/geojson"],
}


def find_addresses(route: Route, known: Known) -> list[str]:
    """Give addresses of a route. Raises LookupError where none are known."""
    if route.path in EXAMPLES:
        return EXAMPLES[route.path](known)
    if "{" not in route.path:
        return [route.path]
    raise LookupError(f"no example address of {route.path}: add one to EXAMPLES in bench/addresses.py")


def with_form(address: str, form: str) -> str:
    """Give an address in another form: `/events/EV-7K3Q?as_of=…` as `/events/EV-7K3Q.json?as_of=…`."""
    path, mark, query = address.partition("?")
    return f"{'/events' if path == '/' else path}.{form}{mark}{query}"


def quoted(text: str) -> str:
    """Give a text as one segment of a path."""
    return quote(text, safe="")


def largest(events: Iterable[Event]) -> list[Event]:
    """Give events, those of most mentions first."""
    return sorted(events, key=lambda event: (-len(event.mentions), event.id))
