"""What each reviewer has before them: the queue as it was worked out, what was answered since, what was skipped.

Invariant: a question is named by what it asks, never by its place in a list, so two windows, or a server that was
started anew, cannot answer another one than was shown. The queue is worked out once for a state of the events, beside
the pages where there is one already, and not for every answer.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.model import make_id
from variorum.pipeline import Item, find_queue
from variorum.web.followup import AT_THE_DESK, Followup

MOST_TOLD = 500
PATIENCE_S = 1.5  # that a page waits for the queue after a run, before it shows the one before and says so
MOST_LANES = 200  # queues kept: of so many reviewers, openly and blind


def item_key(item: Item) -> str:
    """Give the name of a question: a digest of what it asks about what."""
    return make_id("ask", item.kind, item.asks, item.name, *item.subjects)


@dataclass(frozen=True, slots=True)
class Made:
    """One decision of this session at the desk."""

    act: int
    key: str  # of the question that it answers
    words: str  # "D12 same R1 R7"
    path: str  # of the desk where it was made


@dataclass(frozen=True, slots=True)
class Lane:
    """The queue of one reviewer as it was worked out at one time."""

    run: int  # number of the run whose events it follows from
    seen: int  # number of the last row decided before
    items: Sequence[Item]
    keys: Sequence[str]
    place: dict[str, int]  # key -> place
    by_kind: dict[str, list[int]]  # kind -> places


@dataclass(slots=True)
class Session:
    """What one reviewer did at the desk since the server was started."""

    made: list[Made] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)  # key -> number of the last row decided then
    skipped: dict[str, None] = field(default_factory=dict)  # keys, the first skipped first


@dataclass(frozen=True, slots=True)
class Before:
    """The questions before one reviewer, of one kind or of all, some of them answered or skipped since."""

    lane: Lane
    places: Sequence[int]  # of the kind, sorted
    gone: frozenset[str]  # keys answered since
    skipped: Sequence[str]  # keys of the kind that come back last
    older: bool = False  # a run brought something since; the newer queue is on its way

    @property
    def count(self) -> int:
        """How many questions are left."""
        return len(self.places) - sum(self._has(key) for key in self.gone)

    def of_kind(self, kind: str) -> int:
        """How many questions of a kind are left."""
        gone = (self.lane.place[key] for key in self.gone if key in self.lane.place)
        return len(self.lane.by_kind.get(kind, ())) - sum(self.lane.items[place].kind == kind for place in gone)

    def _has(self, key: str) -> bool:
        place = self.lane.place.get(key)
        return place is not None and self._rank(place) is not None

    def _rank(self, place: int) -> int | None:
        at = bisect_left(self.places, place)
        return at if at < len(self.places) and self.places[at] == place else None

    def number(self, key: str) -> int | None:
        """Give the number of a question among those left, from 1; None for one that is not among them."""
        if key in self.skipped:
            return self.count - len(self.skipped) + list(self.skipped).index(key) + 1
        place = self.lane.place.get(key)
        rank = None if place is None or key in self.gone else self._rank(place)
        if place is None or rank is None:
            return None
        before = [one for one in (*self.gone, *self.skipped) if self._has(one) and self.lane.place[one] < place]
        return rank + 1 - len(before)

    def next(self, key: str | None) -> str | None:
        """Give the question after one, the first for None; after the last come those skipped, then the first again."""
        if key in self.skipped:
            at = list(self.skipped).index(key or "")
            return self.skipped[at + 1] if at + 1 < len(self.skipped) else self._first()
        start = 0
        if key is not None and key in self.lane.place:
            start = bisect_left(self.places, self.lane.place[key] + 1)
        return self._first(start) or (self.skipped[0] if self.skipped else None) or self._first()

    def previous(self, key: str) -> str | None:
        """Give the question before one."""
        if key in self.skipped:
            at = list(self.skipped).index(key)
            return self.skipped[at - 1] if at else self._last(len(self.places))
        place = self.lane.place.get(key)
        found = None if place is None else self._last(bisect_left(self.places, place))
        return found or (self.skipped[-1] if self.skipped else self._last(len(self.places)))

    def _first(self, start: int = 0) -> str | None:
        keys = (self.lane.keys[self.places[rank]] for rank in range(start, len(self.places)))
        return next((key for key in keys if key not in self.gone and key not in self.skipped), None)

    def _last(self, end: int) -> str | None:
        keys = (self.lane.keys[self.places[rank]] for rank in range(end - 1, -1, -1))
        return next((key for key in keys if key not in self.gone and key not in self.skipped), None)


class Desks:
    """The desks of all reviewers of one server."""

    def __init__(self, ledger: Ledger, followup: Followup) -> None:
        """`ledger` is only read."""
        self._ledger = ledger
        self.followup = followup
        self._lock = threading.Lock()
        self._lanes: dict[tuple[str, bool], Lane] = {}
        self._sessions: dict[tuple[str, bool], Session] = {}
        self._looking: set[tuple[str, bool]] = set()
        self.told: dict[int, object] = {}  # what followed from decisions that were made by a form

    def keep_told(self, act: int, told: object) -> None:
        """Keep what followed from a decision, until it is told."""
        with self._lock:
            if len(self.told) >= MOST_TOLD:
                self.told.clear()
            self.told[act] = told

    def session(self, by: str, second: bool) -> Session:
        """Give what a reviewer did since the server was started."""
        with self._lock:
            return self._sessions.setdefault((by, second), Session())

    def before(self, by: str, kind: str | None, second: bool) -> Before:
        """Give the questions before a reviewer."""
        lane = self._lane((by, second))
        session = self.session(by, second)
        places: Sequence[int] = range(len(lane.items)) if kind is None else lane.by_kind.get(kind, ())
        with self._lock:
            gone = frozenset(session.answered)
            skipped = [key for key in session.skipped if key in lane.place and key not in gone]
        if kind is not None:
            skipped = [key for key in skipped if lane.items[lane.place[key]].kind == kind]
        return Before(lane, places, gone, skipped, self._is_older(lane))

    def left(self, by: str) -> int | None:
        """Give how many questions are left on a desk that is open; None where a reviewer has opened none."""
        with self._lock:
            is_open = (by, False) in self._lanes
        return self.before(by, None, False).count if is_open else None

    def find(self, by: str, second: bool, key: str) -> Item | None:
        """Give a question by its name, also one that was answered since; None where it is not asked."""
        lane = self._lane((by, second))
        place = lane.place.get(key)
        return None if place is None else lane.items[place]

    def answer(self, by: str, second: bool, key: str, row: int, made: Made | None) -> None:
        """Put a question away that was answered; `row` is the number of the last row decided then."""
        session = self.session(by, second)
        with self._lock:
            session.answered[key] = row
            session.skipped.pop(key, None)
            if made is not None:
                session.made.append(made)

    def skip(self, by: str, second: bool, key: str) -> None:
        """Put a question last."""
        session = self.session(by, second)
        with self._lock:
            session.skipped.pop(key, None)
            session.skipped[key] = None

    def last_made(self, by: str, second: bool) -> Made | None:
        """Give the last decision of the session."""
        made = self.session(by, second).made
        return made[-1] if made else None

    def note(self, by: str, second: bool, made: Made) -> None:
        """Keep a decision that leaves its question where it is."""
        session = self.session(by, second)
        with self._lock:
            session.made.append(made)

    def forget(self, by: str, second: bool, made: Made) -> None:
        """Drop a decision that somebody else took back."""
        session = self.session(by, second)
        with self._lock:
            if made in session.made:
                session.made.remove(made)

    def take_back(self, by: str, second: bool, made: Made) -> None:
        """Ask a question again whose answer was taken back."""
        self.forget(by, second, made)
        session = self.session(by, second)
        with self._lock:
            session.answered.pop(made.key, None)
        if made.key not in self._lane((by, second)).place:
            self._look((by, second))  # it was worked out without that question

    def _lane(self, whose: tuple[str, bool]) -> Lane:
        run = self._last_run()
        with self._lock:
            lane = self._lanes.get(whose)
            late = lane is not None and lane.run != run and whose not in self._looking
            if late:
                self._looking.add(whose)
        if lane is None:
            return self._look(whose)
        if not late:
            return lane
        looking = threading.Thread(target=self._look_again, args=(whose,), daemon=True)
        looking.start()
        if self._is_older(lane):
            looking.join(PATIENCE_S)
        with self._lock:
            return self._lanes.get(whose, lane)

    def _is_older(self, lane: Lane) -> bool:
        """Tell whether reports were read since, or another program worked: not only what was decided at the desk."""
        runs = (row for row in self._ledger.runs() if row.number > lane.run and row.finished_at is not None)
        return any(row.command != AT_THE_DESK for row in runs)

    def _last_run(self) -> int:
        # Not one that is still at work: what it finds is there when it has come to its end.
        return next((row.number for row in self._ledger.runs() if row.finished_at is not None), 0)

    def _look_again(self, whose: tuple[str, bool]) -> None:
        try:
            self._look(whose)
        except VariorumError:  # busy or gone: the next page asks again
            return
        finally:
            with self._lock:
                self._looking.discard(whose)

    def _look(self, whose: tuple[str, bool]) -> Lane:
        by, second = whose
        with self._ledger.snapshot():
            run = self._last_run()
            seen = self._ledger.last_decision()
            items = find_queue(self._ledger, by=by, second=second)
        keys = [item_key(item) for item in items]
        by_kind: dict[str, list[int]] = {}
        for place, item in enumerate(items):
            by_kind.setdefault(item.kind, []).append(place)
        lane = Lane(run, seen, items, keys, {key: place for place, key in enumerate(keys)}, by_kind)
        session = self.session(by, second)
        with self._lock:
            if len(self._lanes) >= MOST_LANES:
                self._lanes.clear()
            self._lanes[whose] = lane
            # What was answered before is in the queue that was just worked out, or not, as it should be.
            session.answered = {key: row for key, row in session.answered.items() if row > seen}
        return lane
