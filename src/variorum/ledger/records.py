"""Records that only a ledger has: numbers, versions, log rows and runs. No SQL in here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from variorum.model import Event, Judgement, Relation, Ruling, Stance


@dataclass(frozen=True, slots=True)
class InputSeen:
    """One input file or line that was read before, so that a second run can pass it by."""

    path: str  # as given by the caller; for a line of a file PATH#LINE
    size: int  # bytes
    mtime_ns: int
    sha256: str  # of the bytes, hexadecimal
    article_ids: tuple[str, ...]  # what it yielded; empty when it yielded none


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of what was decided. A decision can have several rows, and go on in another row after a new reading."""

    number: int  # of the row
    what: Judgement | Ruling
    act: int  # of the decision: `D12` in print

    @property
    def name(self) -> str:
        """What it goes by in print."""
        return f"D{self.act}"


@dataclass(frozen=True, slots=True)
class EventVersion:
    """One frozen version of an event; it stays when the event changes or is retired."""

    at: str  # ISO 8601 date-time of the writing
    event: Event  # with its version number


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row of the log. Its hash covers the row and the hash of the row before."""

    number: int
    at: str
    kind: str  # run.started, run.finished, judgement, ruling, retracted, event.retired, written
    subject: str  # id of what it is about
    by: str
    note: str
    previous: str  # hash of the row before; 64 zeros for the first
    hash: str
    content: str = ""  # JSON: what a batch wrote (`seals.py`); "" in rows of other kinds


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over some input; `finished_at` is None when it was stopped or killed."""

    number: int
    command: str
    program: str  # name and version
    started_at: str
    finished_at: str | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a rewriting of the derived rows changed, as sorted event ids and a count of copies."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    copies: int = 0  # rows of copies added or taken away


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two mentions of which a person should say whether they are one event; left < right."""

    left: str  # mention id
    right: str
    score: float | None  # the matcher's, 0..1; None where it did not compare the two
    why: Literal["unsure", "bridge", "refused"]
    note: str = ""  # what kept a refused pair apart
    smaller: int | None = None  # of a bridge: mentions on the smaller side


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A live claim that says where an event was."""

    event_id: str
    article_id: str
    claim_id: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """What a queue for people is made of, read at one moment."""

    waiting: tuple[Waiting, ...]  # by ids
    event_of: Mapping[str, str]  # mention id -> event id, of the mentions that wait
    relations: tuple[tuple[str, Relation], ...]  # event id and relation: contradicts, revised, impossible
    places: tuple[PlacedClaim, ...]  # by event and claim
    sizes: Mapping[str, tuple[int, int]]  # event id -> its reports and lineages
    reported: Mapping[str, tuple[str, ...]]  # article id of a copy -> ids of the events that it reports
    props: Mapping[str, str]  # id of a claim that a person ruled on -> its property


@dataclass(frozen=True, slots=True)
class SqlResult:
    """The answer to a read-only query: column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """A key for every column: a query may call two by one name."""
        names: list[str] = []
        for name in self.columns:
            key, again = name, 1
            while key in names:
                again += 1
                key = f"{name}_{again}"
            names.append(key)
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a person says that words of a report state: the value of a ruling on a mention, field "claim"."""

    prop: str  # as of a claim, on to the span
    value: str
    scope: str | None
    source: str
    stance: Stance
    start: int
    end: int

    @property
    def words(self) -> str:
        """The claim in words, for a line of print."""
        scope = f":{self.scope}" if self.scope not in (None, "all") else ""
        stance = "" if self.stance == "asserts" else f", {self.stance}"
        return f"{self.prop}{scope} = {self.value} at {self.start}:{self.end}, {self.source or 'own voice'}{stance}"


def write_pointed(pointed: Pointed) -> str:
    """Give it as canonical JSON: the same claim is the same text."""
    return json.dumps(asdict(pointed), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_pointed(written: str) -> Pointed | None:
    """Give what a ruling holds; None for a text that is none, as another program could have written it."""
    try:
        found = Pointed(**json.loads(written))
    except (TypeError, ValueError, RecursionError):  # brackets in brackets without end
        return None
    if any(type(one) is not int for one in (found.start, found.end)):
        return None
    texts = (found.prop, found.value, found.scope or "", found.source, found.stance)
    return found if all(isinstance(one, str) for one in texts) and found.stance in get_args(Stance) else None


def value_words(ruling: Ruling) -> str | None:
    """Give the value of a ruling for print: that of a claim by hand in words, any other as it is kept."""
    pointed = read_pointed(ruling.value or "") if ruling.field == "claim" else None
    return ruling.value if pointed is None else pointed.words
