"""The ledger itself: hands every question and every writing to the module that knows it. No SQL in here.

Invariant: what a method reported as written survives the death of the program (`transactions.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from variorum.errors import LedgerError
from variorum.ledger import check, decisions, derived, dialects, dump, happenings, lookups, moving, texts
from variorum.ledger import structure as between
from variorum.ledger import waiting as open_pairs
from variorum.ledger.altered import find_altered
from variorum.ledger.material import Material
from variorum.ledger.records import (
    Decision,
    Doubts,
    EventVersion,
    LogEntry,
    Rewritten,
    Run,
    SqlResult,
    Waiting,
)
from variorum.ledger.seals import add_log
from variorum.ledger.texts import Kept
from variorum.model import (
    Article,
    Claim,
    Copy,
    Event,
    Judgement,
    Mention,
    Named,
    Problem,
    Redirect,
    Ruling,
    Structure,
)


class Ledger(Material):
    """One ledger: what was read, what was decided, and what follows."""

    # ------------------------------------------------------------ what was decided

    def add_judgement(self, judgement: Judgement) -> bool:
        """Write a judgement in place of the author's live one on the pair; gives False when that says the same."""
        return self.add_judgements([judgement]) == 1

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Write judgements; gives how many are new."""
        with self._writer() as connection:
            return decisions.add_judgements(connection, judgements)

    def add_ruling(self, ruling: Ruling) -> bool:
        """Write a ruling on a claim; gives False when the same person's latest says the same."""
        with self._writer() as connection:
            return decisions.add_ruling(connection, ruling)

    def decide(self, words: Sequence[Judgement | Ruling], *, seen: int | None = None) -> list[Decision]:
        """Write one decision of one or more rows; gives its new rows, none where the person says it already.

        `seen` is `last_decision()` when the person looked: DecidedMeanwhileError when another decided the same since.
        """
        with self._writer() as connection:
            return decisions.decide(connection, words, seen)

    def stands(self, words: Sequence[Judgement | Ruling]) -> bool:
        """Tell whether all these words say what stands already, so that deciding them would store nothing."""
        with self._reading() as connection:
            return all(decisions.is_standing(connection, word) for word in words)

    def last_decision(self) -> int:
        """Give the number of the last row that was decided; 0 for none."""
        with self._reading() as connection:
            return decisions.last_number(connection)

    def decision(self, act: int) -> list[Decision]:
        """Give every row of one decision, D12 by 12. Raises UnknownIdError when there is none."""
        with self._reading() as connection:
            return decisions.find_rows(connection, act)

    def retract(self, act: int, *, by: str, at: str, why: str = "") -> Decision:
        """Take back one decision, all its rows, D12 by 12. Raises UnknownIdError when there is none."""
        with self._writer() as connection:
            return decisions.retract(connection, act, by, at, why)

    def move_away(self, number: int, *, by: str, at: str, why: str) -> None:
        """Stamp one row whose decision goes on in another row."""
        with self._writer() as connection:
            decisions.move_away(connection, number, by, at, why)

    def add_carried(self, moved: Sequence[tuple[Judgement | Ruling, int]]) -> int:
        """Write rows in which decisions go on, each with the number of its decision; gives how many are new."""
        with self._writer() as connection:
            return decisions.add_carried(connection, moved)

    def take_in(self, words: Sequence[Judgement | Ruling], *, act: int | None = None) -> list[Decision]:
        """Write rows of one decision of another ledger as they are, taken back or not; `act` is theirs here if any."""
        with self._writer() as connection:
            return decisions.take_in(connection, words, act)

    def judgements(self, *, live: bool = True) -> Iterator[Judgement]:
        """Yield judgements in the order written."""
        with self._reading() as connection:
            yield from decisions.read_judgements(connection, live)

    def rulings(self, *, live: bool = True) -> Iterator[Ruling]:
        """Yield rulings in the order written; the latest live one per claim and person counts."""
        with self._reading() as connection:
            yield from decisions.read_rulings(connection, live)

    def decisions(self, *, matcher: bool = False) -> Iterator[Decision]:
        """Yield numbered decisions newest first, those taken back too; the matcher's only on request."""
        with self._reading() as connection:
            yield from decisions.read_decisions(connection, matcher)

    # ------------------------------------------------------------ what follows

    def replace_derived(
        self,
        *,
        copies: Iterable[Copy] | None = None,
        events: Sequence[Event],
        redirects: Iterable[Redirect],
        register: Iterable[Named],
        structure: Structure | None = None,
        waiting: Iterable[Waiting] = (),
        now: str,
    ) -> Rewritten:
        """Make copies, events and what goes with them exactly these, touching only what changed; gives what did.

        Names and redirects given before are kept. Raises LedgerError when a published id would lead nowhere.
        """
        with self._writer() as connection:
            copied = 0 if copies is None else derived.rewrite_copies(connection, copies)
            derived.add_names(connection, register)
            done = derived.rewrite_events(connection, events, now)
            derived.rewrite_redirects(connection, redirects, now)
            between.write_structure(connection, structure or Structure())
            open_pairs.rewrite_waiting(connection, waiting)
            return Rewritten(done.added, done.changed, done.retired, copied)

    def take_names(
        self, names: Sequence[Named], versions: Iterable[Event], redirects: Iterable[Redirect], *, now: str
    ) -> int:
        """Write event names of another ledger, where they lead, and their frozen versions; gives how many of these."""
        with self._writer() as connection:
            return derived.take_names(connection, names, versions, redirects, now)

    def copies(self) -> Iterator[Copy]:
        """Yield copies by article id."""
        with self._reading() as connection:
            yield from derived.read_copies(connection)

    def events(self) -> Iterator[Event]:
        """Yield live events by id."""
        with self._reading() as connection:
            yield from derived.read_events(connection)

    def structure(self) -> Structure:
        """Give what stands between events and around them: ties, counts of several events, stories."""
        with self._reading() as connection:
            return between.read_structure(connection)

    def doubts(self) -> Doubts:
        """Give what a person can be asked about: pairs that wait, relations, places, and how large events are."""
        with self._reading() as connection:
            return open_pairs.read_doubts(connection)

    def register(self) -> Iterator[Named]:
        """Yield every name ever given, by time and id."""
        with self._reading() as connection:
            yield from derived.read_register(connection)

    def redirects(self) -> Iterator[Redirect]:
        """Yield redirects by retired id."""
        with self._reading() as connection:
            yield from derived.read_redirects(connection)

    def members(self) -> dict[str, tuple[str, ...]]:
        """Give the mentions of every event by its id; of a retired one, those that it had last."""
        with self._reading() as connection:
            return derived.read_members(connection)

    def versions(self, event_id: str | None = None) -> Iterator[EventVersion]:
        """Yield the frozen versions of an event, or of all by id, oldest first."""
        with self._reading() as connection:
            yield from derived.read_versions(connection, event_id)

    # ------------------------------------------------------------ one record

    def article(self, id: str) -> Article:
        """Give one article by its id, the start of its id, or its number (`R7`).

        Raises UnknownIdError with near ids.
        """
        with self._reading() as connection:
            return lookups.find_article(connection, id)

    def printings(self, url: str) -> list[str]:
        """Give the ids of all articles of one address, in the order in which they came."""
        with self._reading() as connection:
            return lookups.find_printings(connection, url)

    def article_number(self, id: str) -> int:
        """Give the number of an article: 7 for `R7`."""
        with self._reading() as connection:
            return lookups.find_number(connection, id)

    def article_numbers(self) -> dict[str, int]:
        """Give the number of every article by id."""
        with self._reading() as connection:
            return lookups.read_numbers(connection)

    def mention(self, id: str) -> Mention:
        """Give one mention by id or the start of its id, live or not."""
        with self._reading() as connection:
            return lookups.find_mention(connection, id)

    def claim(self, id: str) -> Claim:
        """Give one claim by id or the start of its id, live or not."""
        with self._reading() as connection:
            return lookups.find_claim(connection, id)

    def event(self, id: str, version: int | None = None) -> Event:
        """Give one event by id or the start of its id, following redirects; with a version, as it was frozen.

        Raises UnknownIdError with near ids; for an event that nothing reports any more, its remedy names the versions.
        """
        with self._reading() as connection:
            return lookups.find_event(connection, id, version)

    def event_of(self, mention_id: str) -> str | None:
        """Give the id of the event that holds a mention; None for background and what is no longer live."""
        with self._reading() as connection:
            return lookups.find_event_of(connection, mention_id)

    # ------------------------------------------------------------ runs, problems, the log

    def start_run(self, command: str, *, program: str, at: str) -> int:
        """Write that a run begins; gives its number."""
        with self._writer() as connection:
            return happenings.start_run(connection, command, program, at)

    def finish_run(self, number: int, figures: Mapping[str, Any], *, at: str) -> None:
        """Write that a run came to its end, with its figures."""
        with self._writer() as connection:
            happenings.finish_run(connection, number, figures, at)

    def runs(self) -> Iterator[Run]:
        """Yield runs, newest first."""
        with self._reading() as connection:
            yield from happenings.read_runs(connection)

    def add_problems(self, problems: Iterable[Problem]) -> int:
        """Write problems, each once; gives how many are new."""
        with self._writer() as connection:
            return happenings.add_problems(connection, problems)

    def clear_problems(self, where: str) -> int:
        """Take away the problems of one place, once it can be read."""
        with self._writer() as connection:
            return happenings.clear_problems(connection, where)

    def clear_lost(self, start: str) -> int:
        """Take away what was listed as lost in words that begin so; gives how many."""
        with self._writer() as connection:
            return happenings.clear_lost(connection, start)

    def problems(self) -> Iterator[Problem]:
        """Yield problems in the order written."""
        with self._reading() as connection:
            yield from happenings.read_problems(connection)

    def log(self, *, batches: bool = False) -> Iterator[LogEntry]:
        """Yield log rows, newest first; with `batches` also those that tell what each transaction wrote."""
        with self._reading() as connection:
            yield from decisions.read_log(connection, batches=batches)

    def head(self) -> tuple[int, str]:
        """Give the number and hash of the log's last row, which pin down the whole ledger; 0 and zeros when empty."""
        with self._reading() as connection:
            return decisions.read_head(connection)

    def log_entry(self, hash: str) -> LogEntry | None:
        """Find the row of the log that has a hash which was kept; None where the log does not lead through it."""
        with self._reading() as connection:
            return decisions.find_entry(connection, hash)

    def note(self, kind: str, subject: str, note: str, *, at: str, by: str = "") -> None:
        """Write one row to the log."""
        with self._writer() as connection:
            add_log(connection, (at, kind, subject, by, note))

    # ------------------------------------------------------------ the whole

    def state(self) -> int:
        """Give a number that is another one after every change of what was read or decided, and only then."""
        with self._reading() as connection:
            return lookups.find_state(connection)

    def counts(self) -> dict[str, int]:
        """Give the number of rows of every table, and of live mentions and claims."""
        with self._reading() as connection:
            return lookups.count_rows(connection)

    def sql(self, query: str) -> SqlResult:
        """Answer one SQL query; nothing it says can write. Raises UsageError for a query the database refuses."""
        with dialects.translated(self.name):
            return SqlResult(*dialects.answer_query(self._engine, query))

    def check(self) -> list[str]:
        """Walk through the whole ledger; gives one line per fault, none for a sound one."""
        with self._reading() as connection:
            return list(check.find_faults(connection))

    def altered(self) -> list[str]:
        """Give one line per row that was altered, added or taken away by other means; cheaper than the full check."""
        with self._reading() as connection:
            return list(find_altered(connection))

    def dump(self) -> str:
        """Give all rows as canonical text, without the times of writing: equal for equal ledgers."""
        with self._reading() as connection:
            return "".join(dump.dump_lines(connection))

    def copy_to(
        self,
        new: Self,
        *,
        keep_texts: str | None = None,
        tell: moving.Tell = moving.tell_nobody,
        check: bool = True,
    ) -> moving.Copied:
        """Copy every row into an empty ledger, from one state of this one; all or nothing, and proven.

        `keep_texts` says where the texts go there: "inside", "beside" or an address; None: as here.
        Raises UsageError when there are rows already, LedgerError when the copy does not pass its check.
        """
        with self._reading() as old, texts.restored(new._held), new.writing(), new._writer() as connection:
            moving.refuse_rows(connection, new.name)
            texts.choose_as(old, connection, keep_texts, (self.name, new.place))
            copied = moving.copy_rows(old, connection, new.name, tell)
            faults = new.check() if check else []
            if faults:
                raise LedgerError(
                    f"{self.name} has {len(faults)} faults, which a copy would carry on; nothing was kept: {faults[0]}",
                    "see them: variorum check",
                )
        texts.finish(new._held)
        return copied

    def kept(self) -> Kept:
        """Say where the texts lie that are not in the ledger itself, and what else lies there."""
        with self._reading() as connection:
            return texts.count_kept(connection)

    def last_hash(self) -> str:
        """Give the hash of the log's last row, which pins down everything written; 64 zeros for an empty log."""
        with self._reading() as connection:
            return moving.last_hash(connection)
