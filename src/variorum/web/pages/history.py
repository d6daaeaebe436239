"""The page of all that was decided and run: who, when, what and why, newest first, taken back or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.errors import UnknownIdError
from variorum.ledger import Decision
from variorum.ledger.acts import Entry, Wanted, list_acts, list_people, read_retractions
from variorum.ledger.records import LogEntry, Run
from variorum.model import Judgement
from variorum.pipeline.explained import explain_words
from variorum.pipeline.labels import find_one_event
from variorum.pipeline.wordlines import word_line
from variorum.show.runs import run_words
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.sheets import SHEET_NUMBER, cut_sheet

Row = dict[str, Any]
PROBLEM_COLUMNS = ("at", "where", "code", "cause", "remedy", "means")
COLUMNS = (
    "what",
    "name",
    "at",
    "by",
    "kinds",
    "words",
    "rows",
    "because",
    "blind",
    "taken_back",
    "taken_back_by",
    "taken_back_because",
)
JUDGED = ("same", "different", "unsure")
RULED = ("value", "source", "scope", "stance", "kind", "report", "relation", "copy", "words")
HISTORY = (
    Parameter("what", "choice", "Only decisions of people, or only runs.", choices=("decision", "run")),
    Parameter("by", "text", "Only what this person decided."),
    Parameter("kind", "choice", "Only decisions of this kind.", choices=(*JUDGED, *RULED)),
    Parameter("since", "day", "Only from this day on."),
    Parameter("until", "day", "Only until this day."),
    Parameter("event", "text", "Only decisions on this event, its reports and claims."),
    SHEET_NUMBER,
)
SHEET = 40


def read_history(asked: Asked) -> Page:
    """Read the decisions and runs that are asked for. Raises UnknownIdError for an event that is none."""
    event = asked.one("event")
    kind = asked.one("kind")
    until = min(filter(None, (asked.one("until"), asked.as_of)), default=None)
    wanted = Wanted(
        what="decision" if kind else asked.one("what"),  # type: ignore[arg-type]
        by=asked.one("by"),
        kind=kind,
        since=asked.one("since"),
        until=until,
        subjects=None if event is None else event_subjects(asked, event),
    )
    sheet = cut_sheet(asked, list_acts(asked.ledger, wanted), SHEET)
    rows = entry_rows(asked, sheet.rows)
    data = {"as_of": asked.as_of, "total": sheet.total, "entries": rows}
    shown = {
        "sheet": sheet,
        "people": list_people(asked.ledger),
        "kinds": (*JUDGED, *RULED),
        "event": event,
        "problem_count": sum(1 for _ in asked.ledger.problems()),
    }
    return Page("history.html", "History", data, shown, rows=rows, columns=COLUMNS)


def event_subjects(asked: Asked, given: str) -> set[str]:
    """Give the ids of an event's mentions, claims and reports: what a decision on it can name."""
    event = find_one_event(asked.ledger, given)
    mentions = list(asked.ledger.mentions(event_id=event.id))
    claims = {claim.id for claim in asked.ledger.claims(event_id=event.id)}
    return {*event.mentions, *claims, *(mention.article_id for mention in mentions)}


def entry_rows(asked: Asked, entries: Sequence[Entry]) -> list[Row]:
    """Give decisions and runs as rows."""
    acts = [entry.number for entry in entries if entry.what == "decision"]
    back = read_retractions(asked.ledger, acts)
    runs = {run.number: run for run in asked.ledger.runs()} if len(acts) < len(entries) else {}
    return [
        decision_row(asked, asked.ledger.decision(entry.number), back.get(entry.number))
        if entry.what == "decision"
        else run_row(runs[entry.number])
        for entry in entries
    ]


def decision_row(asked: Asked, rows: Sequence[Decision], back: LogEntry | None) -> Row:
    """Give one decision as a row: its first row in words, how many more it has, and whether it stands."""
    first = rows[0].what
    by, note = first.by, (first.why if isinstance(first, Judgement) else first.note)
    gone = is_taken_back(rows, asked.as_of)
    return {
        "what": "decision",
        "name": rows[0].name,
        "at": min(row.what.at for row in rows),
        "by": by,
        "kinds": sorted({kind_of(row) for row in rows}),
        "words": words_of(asked, rows[0]),
        "rows": len(rows),
        "because": note,
        "blind": any(row.what.blind for row in rows),
        "taken_back": (back.at if back is not None else max(row.what.retracted or "" for row in rows))
        if gone
        else None,
        "taken_back_by": back.by if gone and back is not None else None,
        "taken_back_because": back.note.partition(": ")[2] if gone and back is not None else "",
    }


def is_taken_back(rows: Sequence[Decision], as_of: str | None = None) -> bool:
    """Tell whether no row of a decision stands, at the end of a day where one is given."""
    stamps = [row.what.retracted for row in rows]
    return all(stamp is not None and (as_of is None or stamp[:10] <= as_of) for stamp in stamps)


def kind_of(row: Decision) -> str:
    """Say what a row is about: its verdict on two mentions, or the field of a ruling."""
    return row.what.verdict if isinstance(row.what, Judgement) else row.what.field


def words_of(asked: Asked, row: Decision) -> str:
    """Say one row in words; also where it is on words that no reading finds any more."""
    try:
        return word_line(asked.ledger, row.what, asked.labels)
    except (UnknownIdError, KeyError):
        return f"{row.what.verdict} {kind_of(row)}, on words that no reading finds any more"


def run_row(run: Run) -> Row:
    """Give one run as a row."""
    return {
        "what": "run",
        "name": f"run {run.number}",
        "at": run.started_at,
        "by": run.program,
        "kinds": [run.command],
        "words": run_words(run.figures) if run.finished_at else "did not come to its end",
        "rows": 1,
        "because": "",
        "blind": False,
        "taken_back": None,
        "taken_back_by": None,
        "taken_back_because": "",
    }


def read_problems(asked: Asked) -> Page:
    """Read what could not be read, the newest first, with cause, remedy and what the code means."""
    meaning = {word: text for group, word, text in explain_words() if group == "problem"}
    rows = [
        {
            "at": row.at,
            "where": row.where,
            "code": row.code,
            "cause": row.cause,
            "remedy": row.remedy,
            "means": meaning.get(row.code, ""),
        }
        for row in asked.ledger.problems()
        if asked.as_of is None or row.at[:10] <= asked.as_of
    ]
    sheet = cut_sheet(asked, rows[::-1])
    data = {"as_of": asked.as_of, "total": sheet.total, "problems": list(sheet.rows)}
    return Page(
        "problems.html",
        "What could not be read",
        data,
        {"sheet": sheet},
        rows=list(sheet.rows),
        columns=PROBLEM_COLUMNS,
    )
