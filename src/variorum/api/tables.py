"""The tables behind the lists: their columns, the rows of records, and what a notebook shows of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from variorum.api.claim import value_words
from variorum.api.frames import Row, Table, guess_columns
from variorum.errors import UsageError
from variorum.pipeline.tabling import COLUMNS, Column, event_rows
from variorum.show.states import STATES
from variorum.show.table import make_row
from variorum.show.words import OWN_VOICE, day_of, outlet_of

if TYPE_CHECKING:
    from variorum.api.claim import Claim
    from variorum.api.event import Event
    from variorum.api.field import Value
    from variorum.api.ledgerview import LedgerView
    from variorum.api.report import Report
    from variorum.ledger import Ledger as Store
    from variorum.pipeline import Figure
    from variorum.pipeline.labels import Labels

# Tables that only the library has; the others are those of an export.
OWN_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "toll": (
        Column("field", "text", "killed, injured, missing, displaced or detained"),
        Column("scope", "text", "of whom"),
        Column("source", "text", "who said it, by one name"),
        Column("report", "text", "the report that gave the figure"),
        Column("lineage", "text", "the report that it is a copy of, or itself"),
        Column("published", "time", "publication date of the report"),
        Column("value", "text", "canonical figure"),
        Column("low", "decimal", "lower bound"),
        Column("high", "decimal", "upper bound; empty when open"),
        Column(
            "change", "text", "beside the same source's figure before: first, up, down, same, denied; drift in a copy"
        ),
        Column("stance", "text", "asserts, hedges or denies"),
        Column("claim", "id", "claim id"),
    ),
    "history": (
        Column("version", "whole", "number of the version"),
        Column("at", "time", "when it was recorded"),
        Column("title", "text", "title of the event then"),
        Column("changes", "list", "what is otherwise than in the version before, in words"),
    ),
    "queue": (
        Column("number", "whole", "place in the queue"),
        Column("kind", "text", "what is asked: same, contradiction, revision, place, copy, held back …"),
        Column("asks", "text", "the kind of the question itself, of a disagreement what it is about"),
        Column("reports", "list", "reports that it is about"),
        Column("events", "list", "events that an answer can change"),
        Column("useful", "decimal", "lineages behind these events times how open the question is"),
        Column("why", "text", "it is asked, in words"),
        Column("score", "decimal", "the matcher's, of two mentions"),
        Column("subjects", "list", "ids that an answer is on"),
    ),
    "problems": (
        Column("where", "text", "file, line or report"),
        Column("code", "text", "short stable name: variorum explain CODE"),
        Column("cause", "text", "what went wrong"),
        Column("remedy", "text", "what helps"),
        Column("at", "time", "when it was found"),
    ),
    "columns": (
        Column("name", "text", "name of the column"),
        Column("type", "text", "its type"),
        Column("meaning", "text", "what it holds"),
    ),
}


def columns_of(table: str) -> Sequence[Column]:
    """Give the columns of a table. Raises UsageError for a table that is none."""
    every = {**COLUMNS, **OWN_COLUMNS}
    if table not in every:
        raise UsageError(f"there is no table {table}", f"choose one of {', '.join(every)}")
    return every[table]


# ---------------------------------------------------------------- the four tables of an export


def events_table(ledger: LedgerView) -> Table:
    """Give the table of events."""
    return Table("Events", COLUMNS["events"], _event_rows, _show_event, EVENT_HEADS, ledger.attrs("events"), True)


EVENT_HEADS = ("", "Event", "Date", "Killed", "Reports", "Lineages", "What")


def _event_rows(events: Sequence[Event]) -> Iterator[Row]:
    for event in events:
        yield from event_rows(event._published, event._stored, "events")


def _show_event(event: Event) -> Row:
    row = make_row(event._object)
    cells = (STATES[row["state"]], event.label, row["day"], row["killed"], row["reports"], row["lineages"], row["what"])
    return dict(zip(EVENT_HEADS, cells))


def claims_table(ledger: LedgerView) -> Table:
    """Give the table of claims."""
    return Table("Claims", COLUMNS["claims"], _claim_rows, _show_claim, CLAIM_HEADS, ledger.attrs("claims"))


CLAIM_HEADS = ("Field", "Value", "Said by", "Report", "Words")


def _claim_rows(claims: Sequence[Claim]) -> Iterator[Row]:
    for claim in claims:
        row = claim.report._row
        numbers = [one if isinstance(one, int | float) else None for one in (claim.low, claim.high)]
        yield claim.to_dict() | {
            "voice": claim.speaker,
            "low": numbers[0],
            "high": numbers[1],
            "outlet": row.outlet or row.url or row.id,
        }


def _show_claim(claim: Claim) -> Row:
    scope = f" ({claim.scope})" if claim.scope not in (None, "all") else ""
    stance = "" if claim.stance == "asserts" else f" ({claim.stance})"
    value = value_words(claim.prop, claim.value) + stance
    said = claim.speaker or OWN_VOICE
    return dict(zip(CLAIM_HEADS, (claim.prop.replace("_", " ") + scope, value, said, claim.report.label, claim.quote)))


def values_table(ledger: LedgerView) -> Table:
    """Give the table of settled values."""

    def rows(values: Sequence[Value]) -> Iterator[Row]:
        by_event: dict[str, dict[tuple[str, str | None, str], Row]] = {}
        for event in ledger.read_events(dict.fromkeys(value.event for value in values)):
            found = event_rows(event._published, event._stored, "values")
            by_event[event.id] = {(row["prop"], row["scope"], row["value"]): row for row in found}
        for value in values:
            yield by_event[value.event][value.prop, value.scope, value.value]

    def shown(value: Value) -> Row:
        name = value.prop.replace("_", " ") + (f" ({value.scope})" if value.scope not in (None, "all") else "")
        said = "; ".join(one or OWN_VOICE for one in value.speakers)
        label = ledger.labels.events.get(value.event, value.event)
        return dict(zip(VALUE_HEADS, (label, name, value.words, value.status, value.lineages, said)))

    return Table("Values", COLUMNS["values"], rows, shown, VALUE_HEADS, ledger.attrs("values"))


VALUE_HEADS = ("Event", "Field", "Value", "Status", "Lineages", "Said by")


def reports_table(ledger: LedgerView) -> Table:
    """Give the table of reports."""

    def rows(reports: Sequence[Report]) -> Iterator[Row]:
        copies = ledger.copies([report.id for report in reports])
        for report in reports:
            copy = copies.get(report.id)
            found: dict[str, Any] = {name: getattr(report._row, name) for name in names}
            found["original"] = copy.original_id if copy is not None else None
            found["share"] = round(copy.share, 3) if copy is not None else None
            yield found

    names = [one.name for one in COLUMNS["reports"] if one.name not in ("original", "share")]
    return Table("Reports", COLUMNS["reports"], rows, _show_report, REPORT_HEADS, ledger.attrs("reports"))


REPORT_HEADS = ("Report", "Date", "Outlet", "Language", "Title")


def _show_report(report: Report) -> Row:
    row = report._row
    title = row.title or row.text[:80]
    return dict(zip(REPORT_HEADS, (report.label, day_of(row), outlet_of(row), row.lang, title)))


# ---------------------------------------------------------------- rows that are no records


def rows_table(name: str, columns: Sequence[Column], attrs: Mapping[str, Any]) -> Table:
    """Give the table of rows that are dictionaries."""
    heads = [one.name for one in columns]
    return Table(name, columns, _as_they_are, lambda row: {head: row[head] for head in heads}, heads, attrs)


def answer_table(names: Sequence[str], rows: Sequence[Row], attrs: Mapping[str, Any]) -> Table:
    """Give the table of the answer to a query."""
    return rows_table("Rows", guess_columns(names, rows), attrs)


def _as_they_are(rows: Iterable[Row]) -> Iterable[Row]:
    return rows


def toll_rows(figures: Sequence[Figure], labels: Mapping[str, str]) -> list[Row]:
    """Give the figures of an event over time."""
    return [
        {
            "field": row.prop,
            "scope": row.scope,
            "source": row.source,
            "report": labels[row.article],
            "lineage": labels[row.lineage],
            "published": row.date,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "change": row.direction,
            "stance": row.stance,
            "claim": row.claim,
        }
        for row in figures
    ]


def history_rows(store: Store, id: str, labels: Labels) -> list[Row]:
    """Give the versions of an event with what changed from each to the next."""
    from variorum.pipeline.changewords import change_lines
    from variorum.pipeline.comparing import one_event
    from variorum.pipeline.foresight import changes

    rows: list[Row] = []
    before = None
    for version in store.versions(id):
        state = one_event(version.event)
        lines: list[str] = [] if before is None else list(change_lines(changes(before, state), state, labels))
        rows.append(
            {"version": version.event.version, "at": version.at, "title": version.event.title, "changes": lines}
        )
        before = state
    return rows


def queue_rows(store: Store, kinds: Sequence[str], labels: Labels) -> list[Row]:
    """Give what waits for a person, most useful first."""
    from variorum.pipeline import find_queue
    from variorum.pipeline.queuerows import report_finder

    items = find_queue(store, kinds=kinds)
    reports: Callable[[Sequence[str]], list[str]] = report_finder(store, labels, len(items))
    return [
        {
            "number": number,
            "kind": item.kind,
            "asks": item.asks,
            "reports": reports(item.subjects),
            "events": [labels.events.get(id, id) for id in item.events],
            "useful": round(item.usefulness, 2),
            "why": item.why,
            "score": item.score,
            "subjects": list(item.subjects),
        }
        for number, item in enumerate(items)
    ]
