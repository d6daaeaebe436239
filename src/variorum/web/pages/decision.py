"""The page of one decision: all its rows, what was so before and after it, and the form that takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from variorum.errors import LedgerError, UnknownIdError
from variorum.ledger import Decision
from variorum.ledger.acts import logged_at, read_retractions, redirects_made, run_after, versions_made
from variorum.ledger.picked import pick_events_of, pick_mentions
from variorum.model import Event, Judgement, Redirect
from variorum.pipeline.deciding import Who, undo
from variorum.pipeline.foresight import State
from variorum.schema import load_schema
from variorum.values import show
from variorum.web.acting import Posted
from variorum.web.asking import Asked, Moved, Page, Parameter
from variorum.web.foreseeing import tell_changes
from variorum.web.foreseen import foresee_words, foreseen_data, lines_of, work_out
from variorum.web.pages.history import decision_row, is_taken_back, kind_of, words_of

Row = dict[str, Any]
DECISION_ID = "D12"
DECISION = re.compile(r"[Dd]?(\d{1,12})")
UNDO = Parameter("undo", "flag", "1: say what taking it back would change.")
SHOWN = 200  # rows of one decision on its page


def find_act(given: str) -> int:
    """Give the number of a decision. Raises UnknownIdError for what is none."""
    match = DECISION.fullmatch(given)
    if match is None:
        raise UnknownIdError(f"{given} is no decision", "decisions are numbered D1, D2 …")
    return int(match[1])


def read_decision(asked: Asked) -> Page:
    """Read one decision; with `undo` also what would follow from taking it back."""
    act = find_act(asked.names["id"])
    rows = asked.ledger.decision(act)
    if asked.as_of is not None and rows[0].what.at[:10] > asked.as_of:
        raise UnknownIdError(f"D{act} was not decided yet on {asked.as_of}", "show it as of today")
    back = read_retractions(asked.ledger, [act]).get(act)
    row = decision_row(asked, rows, back)
    shown_rows = rows if asked.form != "html" else rows[:SHOWN]
    data: Row = {
        "decision": row,
        "as_of": asked.as_of,
        "row_count": len(rows),
        "stored": [stored_row(asked, one) for one in shown_rows],
        "followed": followed(asked, rows, logged_at(asked.ledger, act)),
    }
    gone = is_taken_back(rows, asked.as_of)
    data["taken_back"] = gone
    shown: Row = {"foreseen": None, "may_undo": asked.viewer.may_decide and not is_taken_back(rows)}
    if gone and back is not None:
        data["followed_back"] = followed(asked, rows, back.number)
    if asked.one("undo") == "1" and not is_taken_back(rows):
        live = [one for one in rows if one.what.retracted is None]
        foreseen = foresee_words(asked, [one.what for one in live], without=[one.number for one in live])
        data["undo"] = foreseen_data(foreseen)
        shown["foreseen"] = foreseen
    return Page("decision.html", f"Decision {row['name']}", data, shown, secret=asked.viewer.may_decide)


def stored_row(asked: Asked, one: Decision) -> Row:
    """Give one row of a decision, with what the thing was before it and after it, as far as that is known."""
    what = one.what
    ids = (what.left, what.right) if isinstance(what, Judgement) else tuple(filter(None, (what.subject, what.other)))
    row: Row = {
        "kind": kind_of(one),
        "verdict": what.verdict,
        "words": words_of(asked, one),
        "about": [_link(asked, id) for id in ids],
        "before": None,
        "after": None,
        "before_words": None,
        "after_words": None,
        "taken_back": what.retracted,
    }
    if isinstance(what, Judgement) or not what.subject.startswith("clm_") or what.field == "relation":
        return row
    try:
        claim = asked.ledger.claim(what.subject)
    except UnknownIdError:
        return row
    read = {"value": claim.value, "source": claim.source or "own voice", "scope": claim.scope, "stance": claim.stance}
    row |= {"prop": claim.prop, "before": read.get(what.field), "after": what.value}
    if what.field == "source" and what.value == "":
        row["after"] = "own voice"
    kind = load_schema().properties[claim.prop].type
    for side in ("before", "after"):
        given = row[side]
        row[f"{side}_words"] = show(kind, given) if given is not None and what.field == "value" else given
    return row


def _link(asked: Asked, id: str) -> Row:
    """Name what an id stands for, with the address of its page; none where there is no such page."""
    try:
        if id.startswith("art_"):
            label = asked.labels.articles[id]
            return {"id": id, "label": label, "href": f"/reports/{label}"}
        if id.startswith("men_"):
            label = asked.labels.articles[asked.ledger.mention(id).article_id]
            event = asked.ledger.event_of(id)
            name = f"{label} in {asked.labels.events[event]}" if event else label
            return {"id": id, "label": name, "href": f"/reports/{label}"}
        if id.startswith("clm_"):
            asked.ledger.claim(id)
            return {"id": id, "label": "claim", "href": f"/claims/{id}"}
    except (UnknownIdError, KeyError):
        pass
    return {"id": id, "label": id, "href": None}


def followed(asked: Asked, rows: Sequence[Decision], logged: int | None) -> Row | None:
    """Say what was otherwise after the run that came after a row of the log; None where none did so far."""
    number = None if logged is None else run_after(asked.ledger, logged)
    run = next((run for run in asked.ledger.runs() if run.number == number), None)
    if run is None:
        return None
    before, after = _states(asked, rows, run.started_at)
    return {
        "run": run.number,
        "at": run.started_at,
        "lines": list(lines_of(tell_changes(asked.ledger, (), before, after))),
    }


def _states(asked: Asked, rows: Sequence[Decision], at: str) -> tuple[State, State]:
    """Give the events that a decision is on, as they stood before a run and after it."""
    retired = dict(redirects_made(asked.ledger, at))
    touched = set(pick_events_of(asked.ledger, _mentions(asked, rows)).values()) | retired.keys()
    touched |= {new for new in retired.values() if new}
    before: dict[str, Event] = {}
    after: dict[str, Event] = {}
    for id, version in versions_made(asked.ledger, touched, at):
        after[id] = asked.ledger.event(id, version)
        if version > 1:
            before[id] = asked.ledger.event(id, version - 1)
    for id in retired:
        last = max((one.event.version for one in asked.ledger.versions(id)), default=0)
        if last and id not in after:
            before[id] = asked.ledger.event(id, last)
    leads = {old: Redirect(old, new, at, "") for old, new in retired.items()}
    return State(before, {}), State(after, leads)


def _mentions(asked: Asked, rows: Sequence[Decision]) -> set[str]:
    found: set[str] = set()
    articles: set[str] = set()
    for row in rows:
        what = row.what
        ids = (what.left, what.right) if isinstance(what, Judgement) else (what.subject, what.other)
        for id in filter(None, ids):
            if id.startswith("men_"):
                found.add(id)
            elif id.startswith("art_"):
                articles.add(id)
            elif id.startswith("clm_"):
                try:
                    found.add(asked.ledger.claim(id).mention_id)
                except UnknownIdError:
                    continue
    return found | {mention.id for mention in pick_mentions(asked.ledger, articles=articles)}


def do_undo(posted: Posted) -> Moved:
    """Take one decision back. Raises LedgerError where it was taken back before."""
    act = find_act(posted.names["id"])
    with posted.open() as ledger:
        if is_taken_back(ledger.decision(act)):
            raise LedgerError(f"D{act} was taken back already", "see it in the history")
        undo(ledger, act, Who(posted.viewer.name or "", posted.now, posted.one("because")))
    work_out(posted)
    return Moved(f"/history/D{act}")
