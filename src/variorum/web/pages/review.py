"""The review desk: one question at a time, what would follow from an answer, how far reviewers agree."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from markupsafe import Markup

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger.picked import count_articles, pick_titled
from variorum.pipeline import (
    KINDS,
    Answer,
    Card,
    Item,
    Selection,
    find_agreement,
    find_candidates,
    is_finished,
    list_rows,
    make_card,
)
from variorum.pipeline.agreement import Agreement
from variorum.pipeline.answers import Says, is_possible, make_rows
from variorum.pipeline.cardwords import ASKED, says_words
from variorum.pipeline.labels import find_one_event
from variorum.pipeline.named import find_pair_item
from variorum.pipeline.queuerows import report_finder
from variorum.pipeline.spoken import Word
from variorum.web.asking import Asked, Page
from variorum.web.desk import Before, Desks, item_key
from variorum.web.foreseeing import foresee_words
from variorum.web.foreseen import check_may_decide
from variorum.web.pages.reviewcard import PER_PAGE, answers_of, claims_to_correct, lay_out_card, taken_words
from variorum.web.pages.reviewpictures import draw_candidates, draw_pictures

Row = dict[str, Any]
FORESEEN = 1_000  # reports: of more, what would follow is worked out when it is asked for
LISTED = 1_000  # questions in a list, unless more are asked for
ANSWERED: tuple[Says, ...] = ("yes", "no")  # of which is said what would follow
QUEUE_COLUMNS = ("number", "kind", "item", "reports", "asks", "subjects")
OPEN_COLUMNS = ("events", "useful", "why", "score")  # not told to a second reviewer
MOST_FOUND = 9  # events that a digit can choose


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions a reviewer goes through."""

    by: str
    kind: str | None  # of KINDS
    second: bool
    pair: str | None

    @property
    def path(self) -> str:
        """The address of the desk for this kind."""
        return "/review" if self.kind is None else f"/review/{self.kind.replace(' ', '-')}"

    def query(self, key: str | None) -> Row:
        """Give the parameters of the address of one card."""
        return {"item": key, "second": "1" if self.second else None, "pair": self.pair}


def read_wanted(by: str, kind: str | None, second: bool, pair: str | None) -> Wanted:
    """Check which questions are asked for. Raises UnknownIdError for a kind that there is none of."""
    code = None if kind is None else kind.replace("-", " ")
    if code is not None and code not in KINDS:
        raise UnknownIdError(
            f"there are no questions of kind {kind[:40] if kind else ''}", "one of the kinds below", tuple(KINDS)
        )
    return Wanted(by, code, second, pair)


def _wanted(asked: Asked) -> Wanted:
    by = asked.viewer.name or ""
    return read_wanted(by, asked.names.get("kind"), asked.one("second") == "1", asked.one("pair"))


def find_item(asked: Asked, wanted: Wanted, key: str | None) -> Item | None:
    """Give the question that an address names, the first where it names none; of a pair asked for, that one."""
    desks: Desks = asked.state.desks
    if wanted.pair is not None:
        item = find_pair_item(asked.ledger, wanted.pair)
        return item if key in (None, item_key(item)) else None
    key = key or desks.before(wanted.by, wanted.kind, wanted.second).next(None)
    return None if key is None else desks.find(wanted.by, wanted.second, key)


def read_review(asked: Asked) -> Page:
    """Read the card that is asked for, else the first of the queue: what waits now, also as of an earlier day."""
    wanted = _wanted(asked)
    if asked.form != "html":
        return _listed(asked, wanted)
    key = asked.one("item")
    if wanted.pair is not None:
        return card_page(asked, wanted, find_item(asked, wanted, key))
    desks: Desks = asked.state.desks
    if key is None:
        before = desks.before(wanted.by, wanted.kind, wanted.second)
        return next_page(asked, wanted, before.next(None))
    item = find_item(asked, wanted, key)
    return next_page(asked, wanted, key) if item is not None else gone_page(asked, wanted)


def next_page(asked: Asked, wanted: Wanted, key: str | None, status: str = "", again: bool = False) -> Page:
    """Give the card of a question; of one that is not found any more the card after it; the end where none is left."""
    desks: Desks = asked.state.desks
    before = desks.before(wanted.by, wanted.kind, wanted.second)
    for _ in range(len(before.places) + 1):
        item = None if key is None else desks.find(wanted.by, wanted.second, key)
        if item is None:
            break
        card = make_card(asked.ledger, item, blind=wanted.second)
        if card is not None:
            return _card_page(asked, wanted, card, before, status)
        after = before.next(key)
        key = None if after == key else after
    return _page(asked, wanted, before, None, status)


def gone_page(asked: Asked, wanted: Wanted) -> Page:
    """Say that a question is not asked any more."""
    before = asked.state.desks.before(wanted.by, wanted.kind, wanted.second)
    page = _page(asked, wanted, before, None, "")
    data = {**page.data, "gone": True}
    return replace(page, data=data, status=410)


def card_page(asked: Asked, wanted: Wanted, item: Item | None, status: str = "") -> Page:
    """Give the card of a question that need not wait."""
    before = asked.state.desks.before(wanted.by, wanted.kind, wanted.second)
    card = None if item is None else make_card(asked.ledger, item, blind=wanted.second)
    return gone_page(asked, wanted) if card is None else _card_page(asked, wanted, card, before, status)


def _card_page(asked: Asked, wanted: Wanted, card: Card, before: Before, status: str) -> Page:
    seen = asked.ledger.last_decision()
    name = asked.one("name") or ""
    if name and card.item.asks == "place":
        card = replace(card, candidates=tuple(find_candidates(name)))
    key = item_key(card.item)
    laid = lay_out_card(asked, card, blind=wanted.second, place_name=name, page=asked.count("page", 0))
    laid |= {
        "item": key,
        "number": before.number(key),
        "seen": seen,
        "previous": before.previous(key) if wanted.pair is None else None,
        "next": before.next(key) if wanted.pair is None else None,
        "answered": key in before.gone,
        "can": answers_of(card.item, taken=taken_words(card)),
        "correct": [] if wanted.second else claims_to_correct(asked, card.item),
        "small": not wanted.second and count_articles(asked.ledger) <= FORESEEN,
    }
    page = _page(asked, wanted, before, laid, status)
    return replace(page, shown={**page.shown, **draw_pictures(card)})


def _page(asked: Asked, wanted: Wanted, before: Before, card: Row | None, status: str) -> Page:
    desks: Desks = asked.state.desks
    session = desks.session(wanted.by, wanted.second)
    every = before.lane.by_kind
    data: Row = {
        "review_kind": wanted.kind,
        "second": wanted.second,
        "pair": wanted.pair,
        "here": asked.link(wanted.path, **wanted.query(None if card is None else card["item"])),
        "desk_path": wanted.path,
        "left": before.count,
        "made": [made.words for made in session.made[-5:]],
        "made_count": len(session.made),
        "kinds_waiting": [
            {"kind": kind, "path": kind.replace(" ", "-"), "name": ASKED[kind], "waiting": before.of_kind(kind)}
            for kind in KINDS
            if every.get(kind) or kind == wanted.kind
        ],
        "working": desks.followup.words(),
        "busy": desks.followup.busy,
        "finished": bool(desks.followup.words()) or is_finished(asked.ledger),
        "status_words": status or _done_words(asked, wanted),
        "gone": False,
        "older": before.older,
        "refused": None,
        "entered": {},
        "card": card,
    }
    part = asked.one("part") == "1"
    template = "review-desk.html" if part else "review.html"
    return Page(template, "Review", data, {"waterfall": None}, today=True, secret=True)


def _done_words(asked: Asked, wanted: Wanted) -> str:
    """Say what the form did that led here."""
    for name, words in (("done", "stored; U takes it back"), ("back", "taken back")):
        act = asked.one(name)
        if act is None:
            continue
        try:
            rows = asked.ledger.decision(int(act))
        except UnknownIdError:
            return ""
        if rows[0].what.by == wanted.by:
            return f"{rows[0].name} {words}"
    return ""


def _listed(asked: Asked, wanted: Wanted) -> Page:
    """List the queue, as `variorum review --list` does."""
    desks: Desks = asked.state.desks
    before = desks.before(wanted.by, wanted.kind, wanted.second)
    most = asked.count("limit", LISTED)
    items = [before.lane.items[place] for place in before.places if before.lane.keys[place] not in before.gone]
    reports = report_finder(asked.ledger, asked.labels, min(most, len(items)))
    columns = QUEUE_COLUMNS if wanted.second else (*QUEUE_COLUMNS, *OPEN_COLUMNS)
    rows: list[Row] = []
    for number, item in enumerate(items[:most], start=1):
        row: Row = {"number": number, "kind": item.kind, "item": item_key(item), "reports": reports(item.subjects)}
        row |= {"asks": item.asks, "subjects": list(item.subjects)}
        if not wanted.second:
            events = [asked.labels.events.get(id, id) for id in item.events]
            row |= {"events": events, "useful": round(item.usefulness, 2), "why": item.why, "score": item.score}
        rows.append(row)
    return Page("review.html", "Review", {"waiting": len(items), "queue": rows}, rows=rows, columns=columns)


# ---------------------------------------------------------------- what would follow


def read_foresee(asked: Asked) -> Page:
    """Read what would follow from the answers to a question: the events as they would be worked out."""
    check_may_decide(asked)
    wanted = _wanted(asked)
    item = find_item(asked, wanted, asked.one("item"))
    if item is None or wanted.second:
        raise UnknownIdError("this question is not asked any more", "go on with the next")
    can = answers_of(item)
    says = [one for one in ANSWERED if is_possible(item, one)]
    words = [make_rows(asked.ledger, item, Answer(one, wanted.by, asked.now)) for one in says]
    found = foresee_words(asked.state.site.ledger, words, now=asked.now)
    rows = [{"says": one, "answer": can[one], **asdict(lines)} for one, lines in zip(says, found)]
    data = {"here": asked.link(wanted.path, **wanted.query(item_key(item))), "would": rows}
    return Page(
        "review-foresee.html" if asked.one("part") == "1" else "review-would.html",
        "What would follow",
        data,
        today=True,
    )


def read_where(asked: Asked) -> Page:
    """Read the map of the places that a name can mean."""
    wanted = _wanted(asked)
    item = find_item(asked, wanted, asked.one("item"))
    card = None if item is None else make_card(asked.ledger, item, blind=wanted.second)
    if card is None or card.item.asks != "place":
        raise UnknownIdError("this question is not asked any more", "go on with the next")
    if name := asked.one("name"):
        card = replace(card, candidates=tuple(find_candidates(name)))
    first = asked.count("page", 0) * PER_PAGE
    drawing = draw_candidates(card.candidates[first : first + PER_PAGE])
    data = {"here": asked.link(wanted.path, **wanted.query(item_key(card.item))), "caption": drawing.caption}
    shown = {"svg": Markup(drawing.svg), "beside": [spot.words for spot in drawing.beside]}
    template = "review-where.html" if asked.one("part") == "1" else "review-map.html"
    return Page(template, "Where it can be", data, shown, today=True)


# ---------------------------------------------------------------- how far reviewers agree


def read_agreement(asked: Asked) -> Page:
    """Read how far reviewers agree, kind by kind and pair by pair, and what they differ on."""
    rows, differences = find_agreement(asked.ledger)
    reports = report_finder(asked.ledger, asked.labels, len(differences))
    differ = [
        {
            "kind": row.thing.kind,
            "reports": reports(row.thing.ids),
            "left": _word(row.left),
            "right": _word(row.right),
            "settled": None if row.settled is None else _word(row.settled),
        }
        for row in differences
    ]
    agreed = [asdict(row) for row in rows]
    columns = [one.name for one in fields(Agreement)]
    data = {"agreement": agreed, "differences": differ}
    return Page("review-agreement.html", "How far reviewers agree", data, rows=agreed, columns=columns, today=True)


def _word(word: Word) -> Row:
    row = {"by": word.by, "says": says_words(word), "decision": word.decision}
    return row | {"blind": word.blind, "reason": word.reason}


def read_standing(asked: Asked) -> Page:
    """Read whether decisions are stored that the events do not follow from yet."""
    followup = asked.state.desks.followup
    data = {"working": followup.words(), "busy": followup.busy, "finished": is_finished(asked.ledger)}
    template = "review-working.html" if asked.one("part") == "1" else "review-standing.html"
    return Page(template, "The events", data, today=True, secret=True)


def read_found(asked: Asked) -> Page:
    """Read the events that a person looks for by id, or by words of the title, which names the place."""
    given = asked.one("q") or asked.one("right") or ""
    found = dict(pick_titled(asked.ledger, given, MOST_FOUND)) if given else {}
    if given.upper().startswith(("EV-", "EVT_")):
        with suppress(UsageError):
            event = find_one_event(asked.ledger, given)
            found = {event.id: event.title}
    if given and len(found) < MOST_FOUND:
        with suppress(UsageError):  # no place that the gazetteer knows
            near = list_rows(asked.ledger, Selection(place=given)) or []
            found |= {row["id"]: row["title"] for row in near[: MOST_FOUND - len(found)]}
    rows = [{"label": asked.labels.events.get(id, id), "title": title} for id, title in found.items()]
    template = "review-found.html" if asked.one("part") == "1" else "review-found-page.html"
    return Page(template, "Events", {"q": given, "found": rows}, today=True)
