"""The forms of every decision: filled in beforehand by the address, what would follow shown first, then stored.

Invariant: a form that is refused comes back with what was entered; nothing is stored by asking what would follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from variorum.errors import DecidedMeanwhileError, LedgerBusyError, LedgerError, UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.picked import count_articles, pick_articles, pick_copies, pick_events_of, pick_mentions
from variorum.model import Claim, HeldBack, Mention
from variorum.pipeline.deciding import Word, decide, undo
from variorum.pipeline.foresight import follow_state, now_state
from variorum.pipeline.labels import Labels, find_one_event, make_labels
from variorum.pipeline.named import find_subject
from variorum.pipeline.wordlines import word_line
from variorum.schema import load_schema
from variorum.show.words import day_of, outlet_of
from variorum.web.acting import Posted
from variorum.web.asking import Asked, Moved, Page, parse_number
from variorum.web.followup import FEW
from variorum.web.foreseeing import Foreseen, foresee_words, tell_changes
from variorum.web.pages.deeds import DEEDS, Deed, Given, find_act, one, subjects_of

Row = dict[str, Any]
ROWS = 8  # rows of a decision told one by one
WORKED_OUT_S = 20.0  # waited for the events of a small ledger, to say what changed


def read_form(asked: Asked) -> Page:
    """Read the empty form of a decision, with what the address fills in."""
    deed = _deed(asked.names["deed"])
    return _form(asked.ledger, asked.labels, deed, asked.query)


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise UnknownIdError(f"there is no decision {name[:40]}", f"one of: {', '.join(DEEDS)}")
    return DEEDS[name]


def _form(ledger: Ledger, labels: Labels, deed: Deed, given: Given, error: str = "") -> Page:
    entered = {field.name: one(given, field.name) for field in deed.fields} | {"because": one(given, "because")}
    data: Row = {
        "deed": deed.name,
        "title": deed.title,
        "lead": deed.lead,
        "fields": [asdict(field) for field in deed.fields],
        "entered": entered,
        "out": list(given.get("out", ())),
        "alone": one(given, "alone") == "1",
        "is_copy": one(given, "is") != "no",
        "button": deed.button,
        "seen": one(given, "seen") or str(ledger.last_decision()),
        "reports": _reports(ledger, labels, entered.get("event", "")) if deed.name == "split" else None,
        "about": _about(ledger, labels, entered.get("id", "")) if deed.name in ("set", "reject") else None,
        "choices": _choices(ledger, entered.get("id", "")) if deed.name == "set" else [],
        "error": error,
        "would": None,
    }
    return Page("decide.html", deed.title, data, today=True, secret=True)


def _reports(ledger: Ledger, labels: Labels, given: str) -> Sequence[Row] | None:
    """Give the reports of an event to tick; None where no event is named yet, or one that there is not."""
    if not given:
        return None
    try:
        event = find_one_event(ledger, given)
    except UsageError:
        return None
    articles = pick_articles(ledger, {mention.article_id for mention in pick_mentions(ledger, event.mentions)})
    copies = {copy.article_id: copy.original_id for copy in pick_copies(ledger, [article.id for article in articles])}
    return [
        {
            "label": labels.articles[article.id],
            "outlet": outlet_of(article),
            "day": day_of(article),
            "title": article.title or article.text.strip().partition("\n")[0],
            "copy_of": labels.articles[copies[article.id]] if article.id in copies else None,
        }
        for article in articles
    ]


def _about(ledger: Ledger, labels: Labels, given: str) -> str | None:
    """Say in words what an id stands for."""
    if not given:
        return None
    try:
        record = find_subject(ledger, given)
    except (UsageError, LedgerError):
        return None
    if isinstance(record, Claim | HeldBack):
        return f"{record.prop.replace('_', ' ')} = {record.value}, “{record.quote}”"
    return record.quote if isinstance(record, Mention) else record.title


def _choices(ledger: Ledger, given: str) -> list[str]:
    """Give the fields that what is named can have corrected."""
    if given.startswith("clm_"):
        return ["value", "source", "scope", "stance"]
    if given.startswith("hld_"):
        return ["words"]
    try:
        event = find_one_event(ledger, given) if given else None
    except (UsageError, LedgerError):
        event = None
    if event is None:
        return ["kind", "copy", *load_schema().properties]
    found = [row.prop if row.scope in (None, "all") else f"{row.prop}:{row.scope}" for row in event.values]
    return ["kind", *dict.fromkeys(found)]


# ---------------------------------------------------------------- what would follow, and storing it


def carry_out(posted: Posted) -> Page | Moved:
    """Say what would follow from a form, or store it and lead to what followed."""
    deed = _deed(posted.names["deed"])
    with posted.open() as ledger:
        labels = make_labels(ledger)
        try:
            words = deed.make(ledger, posted.fields, posted.who())
            if posted.one("preview"):
                return _preview(posted, ledger, labels, deed, words)
            act, told = _store(posted, ledger, deed, words)
        except DecidedMeanwhileError as error:
            return _refused(ledger, labels, deed, posted, error, 409)
        except LedgerBusyError:
            raise
        except (UsageError, LedgerError) as error:
            return _refused(ledger, labels, deed, posted, error, 400)
    posted.state.desks.keep_told(act, told)
    return Moved(f"/decide/told?decision={act}" + ("&back=1" if deed.name == "undo" else ""))


def _refused(
    ledger: Ledger, labels: Labels, deed: Deed, posted: Posted, error: UsageError | LedgerError, status: int
) -> Page:
    remedy = "" if error.remedy.startswith("variorum ") or ": variorum " in error.remedy else error.remedy
    page = _form(ledger, labels, deed, posted.fields, f"{error.cause}" + (f": {remedy}" if remedy else ""))
    if status == 409:  # it is known now
        page = replace(page, data={**page.data, "seen": str(ledger.last_decision())})
    return replace(page, status=status)


def _preview(posted: Posted, ledger: Ledger, labels: Labels, deed: Deed, words: Sequence[Word]) -> Page:
    page = _form(ledger, labels, deed, posted.fields)
    place = posted.site.ledger
    if deed.name == "undo":
        rows = [row.number for row in ledger.decision(find_act(posted.fields)) if row.what.retracted is None]
        found = foresee_words(place, [()], without=rows, now=posted.now)[0]
    else:
        found = foresee_words(place, [words], now=posted.now)[0]
    would = {
        "rows": _lines(ledger, labels, words),
        "more_rows": max(0, len(words) - ROWS),
        "said_before": deed.name != "undo" and ledger.stands(words),
        **asdict(found),
    }
    return replace(page, data={**page.data, "would": would})


def _lines(ledger: Ledger, labels: Labels, words: Sequence[Word]) -> list[str]:
    return [word_line(ledger, word, labels) for word in words[:ROWS]]


@dataclass(frozen=True, slots=True)
class Told:
    """What followed from a decision, to be told once it is stored."""

    name: str
    stored: bool
    back: bool
    followed: Foreseen | None  # None where the events are still being worked out


def _store(posted: Posted, ledger: Ledger, deed: Deed, words: Sequence[Word]) -> tuple[int, Told]:
    seen = posted.one("seen")
    followup = posted.state.desks.followup
    few = count_articles(ledger) <= FEW
    before = follow_state(ledger, now=posted.now) if few else None
    back = deed.name == "undo"
    if back:
        act = undo(ledger, find_act(posted.fields), posted.who()).act
    else:
        known = parse_number(seen)
        done = decide(ledger, words, seen=ledger.last_decision() if known is None else known)
        if not done:
            raise UsageError("you said so before: nothing new was stored", "see your decisions in the history")
        act = done[0].act
    followup.stored(at_once=True)
    if before is None or not followup.wait(WORKED_OUT_S):
        return act, Told(f"D{act}", True, back, None)
    return act, Told(f"D{act}", True, back, tell_changes(ledger, () if back else words, before, now_state(ledger)))


def read_told(asked: Asked) -> Page:
    """Read what was stored by a form, and what followed from it."""
    act = asked.count("decision", 0)
    rows = asked.ledger.decision(act)
    words = [row.what for row in rows]
    told: Told | None = asked.state.desks.told.get(act)
    data = {
        "name": f"D{act}",
        "back": any(word.retracted for word in words),
        "by": words[0].by,
        "rows": _lines(asked.ledger, asked.labels, words),
        "more_rows": max(0, len(words) - ROWS),
        "followed": None if told is None or told.followed is None else asdict(told.followed),
        "working": asked.state.desks.followup.words(),
        "about": _links(asked, words),
    }
    return Page("decide-told.html", f"D{act}", data, today=True, secret=True)


def _links(asked: Asked, words: Sequence[Word]) -> list[Mapping[str, str]]:
    """Lead to the events and reports that a decision is on."""
    ids = subjects_of(words)
    mentions = {id for id in ids if id.startswith("men_")}
    mentions |= {asked.ledger.claim(id).mention_id for id in ids if id.startswith("clm_")}
    events = sorted(set(pick_events_of(asked.ledger, mentions).values()))[:ROWS]
    found = [{"href": f"/events/{asked.labels.events[id]}", "label": asked.labels.events[id]} for id in events]
    articles = {id for id in ids if id.startswith("art_")}
    articles |= {mention.article_id for mention in pick_mentions(asked.ledger, mentions)}
    labels = sorted((asked.labels.articles[id] for id in articles), key=lambda label: (len(label), label))[:ROWS]
    return [*found, *({"href": f"/reports/{label}", "label": label} for label in labels)]
