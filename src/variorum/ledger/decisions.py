"""What was decided: judgements and rulings. A decision is one act of one person, of one row or of several.

Invariant: rows are only added; taking one back stamps it and keeps it, and leaves every other decision as it is.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from variorum.errors import DecidedMeanwhileError, LedgerError, UnknownIdError
from variorum.ledger import rows, seals
from variorum.ledger.readings import next_number, stream
from variorum.ledger.records import Decision, LogEntry, value_words
from variorum.ledger.seals import FIRST_HASH, WRITTEN, add_log, hash_log
from variorum.ledger.tables import claim_found, judgement, log, mention_found, reading, ruling
from variorum.model import Judgement, Ruling

MATCHER = "matcher"  # its judgements are many and explain themselves; only those of people are logged
Word = Judgement | Ruling
OF_A_CLAIM = ("value", "source", "scope", "stance")  # fields that are all of one claim
BY_VALUE = ("relation", "claim")  # fields of which each value is a statement of its own, and not what is said of one

__all__ = ["FIRST_HASH", "MATCHER", "Word", "hash_log"]


def decide(connection: sa.Connection, words: Sequence[Word], seen: int | None) -> list[Decision]:
    """Write the rows of one decision; gives those that are new, none where the same person says it already.

    `seen` is the number of the last row that the person knew of. Raises DecidedMeanwhileError when somebody else has
    decided the same since, or the words are not found any more; then nothing is written.
    """
    if seen is not None:
        _check_found(connection, words)
        for word in words:
            _check_unseen(connection, word, seen)
    if all(is_standing(connection, word) for word in words):
        return []
    act = _next_act(connection)
    # Also those rows that an earlier decision has: each decision holds all that it says, and is taken back alone.
    found = [_read(row) for row in _write(connection, words, [act] * len(words))]
    first = found[0].what
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    kind = "judgement" if isinstance(first, Judgement) else "ruling"
    add_log(connection, (first.at, kind, subject_of(first), first.by, f"D{act} {words_of(first)}{more}"))
    return found


def take_in(connection: sa.Connection, words: Sequence[Word], act: int | None) -> list[Decision]:
    """Write rows of one decision of another ledger as they are, those taken back with their stamp; gives them.

    They join the decision `act` where it is here already. The caller sees to it that no two live judgements clash.
    """
    number = next_number(connection, judgement.c.number, ruling.c.number)
    act = _next_act(connection) if act is None else act
    new: list[Decision] = []
    for place, word in enumerate(words):
        here = number + place
        row = rows.judgement_row(word, here, act) if isinstance(word, Judgement) else rows.ruling_row(word, here, act)
        new.append(Decision(here, word, act))
        table = _table_of(new[-1])
        seals.insert(connection, table, [row])
        if word.retracted is not None:
            seals.change(connection, table, here, retracted=word.retracted)
    first = words[0]
    if first.by != MATCHER:
        more = f" (and {len(words) - 1} more)" if len(words) > 1 else ""
        back = "" if any(word.retracted is None for word in words) else ", taken back"
        kind = "judgement" if isinstance(first, Judgement) else "ruling"
        note = f"D{act} {words_of(first)}{more}{back}"
        add_log(connection, (first.at, kind, subject_of(first), first.by, note))
    return new


def words_of(word: Word) -> str:
    """Say a row in words for the log: verdict, what else it names, and the reason."""
    if isinstance(word, Judgement):
        return f"{word.verdict} {word.right}{' (blind)' if word.blind else ''}: {word.why}"
    said: list[str] = [word.verdict, *([word.field] if word.field != "value" else [])]
    said += [part for part in (word.other, value_words(word) or "") if part]
    return f"{' '.join(said)}{' (blind)' if word.blind else ''}: {word.note}"


def subject_of(word: Word) -> str:
    """Give the id of what a row is about first."""
    return word.left if isinstance(word, Judgement) else word.subject


def _check_found(connection: sa.Connection, words: Sequence[Word]) -> None:
    """Refuse words on what a reader does not find any more.

    Decisions are carried when a report is read anew. One that is made just after it would be on words that nobody
    carries, and would count for nothing without being listed as lost.
    """
    ids = {id for word in words for id in ((word.left, word.right) if isinstance(word, Judgement) else (word.subject,))}
    for tag, found, column in (
        ("men", mention_found, mention_found.c.mention_id),
        ("clm", claim_found, claim_found.c.claim_id),
    ):
        asked = {id for id in ids if id.startswith(f"{tag}_")}
        live = sa.select(column).join_from(found, reading).where(column.in_(asked), reading.c.superseded.is_(False))
        for id in sorted(asked.difference(connection.execute(live).scalars())):
            raise DecidedMeanwhileError(
                f"the report was read anew, and {id} is not found any more; yours was not stored",
                "look again, and decide on what is found now: variorum show",
            )


def _check_unseen(connection: sa.Connection, word: Word, seen: int) -> None:
    """Refuse a word on what somebody else decided after a row that its writer knew of."""
    if isinstance(word, Judgement):
        table: sa.Table = judgement
        same = (judgement.c.left_id == word.left) & (judgement.c.right_id == word.right)
    else:
        table = ruling
        same = (ruling.c.subject == word.subject) & (ruling.c.other == word.other) & (ruling.c.field == word.field)
        if word.field in BY_VALUE:
            same &= ruling.c.value == word.value
    later = same & (table.c.number > seen) & table.c.retracted.is_(None)
    later &= table.c.author.not_in((rows.storable(word.by), MATCHER))
    row = connection.execute(sa.select(table).where(later).order_by(table.c.number.desc()).limit(1)).mappings().first()
    if row is None:
        return
    theirs = _read(row)
    said = theirs.what.verdict + (
        f" {value_words(theirs.what)}" if isinstance(theirs.what, Ruling) and theirs.what.value else ""
    )
    raise DecidedMeanwhileError(
        f"{theirs.what.by} decided this first ({theirs.name}: {said}); yours was not stored",
        "look again, and decide once more if you differ: variorum log",
        theirs.what.subject if isinstance(theirs.what, Ruling) and theirs.what.field == "value" else "",
        (theirs.what.value or "") if isinstance(theirs.what, Ruling) and theirs.what.field == "value" else "",
    )


def add_judgements(connection: sa.Connection, judgements: Iterable[Judgement]) -> int:
    """Write judgements, each a decision of its own; gives how many are new: not those that say what stands.

    The matcher has one live judgement on a pair, so its earlier one is taken back; people's words all stay.
    """
    new = [word for word in judgements if not is_standing(connection, word)]
    for word in new:
        for number in _by_matcher(connection, word) if word.by == MATCHER else ():
            seals.change(connection, judgement, number, retracted=word.at)
    return len(_log_each(connection, _write(connection, new)))


def add_ruling(connection: sa.Connection, record: Ruling) -> bool:
    """Write a ruling; gives False when the last word on the same thing is the same person's and says the same."""
    return not is_standing(connection, record) and bool(_log_each(connection, _write(connection, [record])))


def add_carried(connection: sa.Connection, moved: Sequence[tuple[Word, int]]) -> int:
    """Write rows that take the place of rows of the decisions given; gives how many."""
    return len(_log_each(connection, _write(connection, [word for word, _ in moved], [act for _, act in moved])))


def _log_each(connection: sa.Connection, new: list[rows.Row]) -> list[rows.Row]:
    for row in new:
        found = _read(row).what
        if found.by != MATCHER:
            kind = "judgement" if isinstance(found, Judgement) else "ruling"
            note = f"D{row['act']} {words_of(found)}"
            add_log(connection, (found.at, kind, subject_of(found), found.by, note))
    return new


def _write(connection: sa.Connection, words: Sequence[Word], acts: Sequence[int] = ()) -> list[rows.Row]:
    """Write rows as they are; `acts` are the decisions that they belong to: none for one each, else one for each row.

    Raises LedgerError for a judgement that is not in order.
    """
    number, first = last_number(connection) + 1, _next_act(connection)
    new: list[rows.Row] = []
    for place, word in enumerate(words):
        act = acts[place] if acts else first + place
        if isinstance(word, Ruling):
            new.append(rows.ruling_row(word, number + place, act))
            continue
        if not word.left < word.right:
            raise LedgerError(f"a judgement on {word.left} and {word.right} is not in order", "put the smaller left")
        new.append(rows.judgement_row(word, number + place, act))
    seals.insert(connection, judgement, [row for row in new if "left_id" in row])
    seals.insert(connection, ruling, [row for row in new if "subject" in row])
    return new


def is_standing(connection: sa.Connection, word: Word) -> bool:
    """Tell whether a word says what stands already, so that it would change nothing.

    Of two mentions each person's own last word counts. Of anything else the last open word of anyone does, so that a
    person can say again what somebody else has since said otherwise.
    """
    author = rows.storable(word.by)
    if isinstance(word, Judgement):
        same = (judgement.c.left_id == word.left) & (judgement.c.right_id == word.right)
        same &= (judgement.c.author == author) & (judgement.c.blind == word.blind) & judgement.c.retracted.is_(None)
        query = sa.select(judgement).where(same).order_by(judgement.c.number.desc()).limit(1)
        last = connection.execute(query).mappings().first()
        row = rows.judgement_row(word, 0, 0)
        return last is not None and all(last[key] == row[key] for key in ("verdict", "score", "why"))
    on_it = (ruling.c.subject == word.subject) & (ruling.c.other == word.other) & ruling.c.retracted.is_(None)
    on_it &= ruling.c.blind == word.blind
    if word.field in OF_A_CLAIM:
        on_it &= (ruling.c.field == word.field) | (ruling.c.verdict != "correct")
    else:
        on_it &= ruling.c.field == word.field
    if word.field in BY_VALUE:
        on_it &= ruling.c.value == word.value
    if word.blind:
        on_it &= ruling.c.author == author
    query = sa.select(ruling).where(on_it).order_by(ruling.c.number.desc()).limit(1)
    last = connection.execute(query).mappings().first()
    row = rows.ruling_row(word, 0, 0)
    return last is not None and all(last[key] == row[key] for key in ("author", "verdict", "value", "note", "field"))


def _by_matcher(connection: sa.Connection, word: Judgement) -> list[int]:
    same = (judgement.c.left_id == word.left) & (judgement.c.right_id == word.right)
    same &= (judgement.c.author == MATCHER) & judgement.c.retracted.is_(None)
    return list(connection.execute(sa.select(judgement.c.number).where(same)).scalars())


def _next_act(connection: sa.Connection) -> int:
    return next_number(connection, judgement.c.act, ruling.c.act)


def _read(row: rows.AnyRow) -> Decision:
    what: Word = rows.read_judgement(row) if "left_id" in row else rows.read_ruling(row)
    return Decision(row["number"], what, row["act"])


# ---------------------------------------------------------------- taking back


def retract(connection: sa.Connection, act: int, by: str, at: str, why: str = "") -> Decision:
    """Take back one decision, all of it; gives its first row with its stamp. The log says why.

    Raises UnknownIdError when there is no such decision, LedgerError when it was taken back before.
    """
    decision, *others = find_rows(connection, act)
    live = [row for row in (decision, *others) if row.what.retracted is None]
    if not live:
        raise LedgerError(f"{decision.name} was taken back on {decision.what.retracted}", "variorum log")
    for row in live:
        seals.change(connection, _table_of(row), row.number, retracted=at)
    first = live[0].what
    note = f"{decision.name} {first.verdict}" + (f": {why}" if why else "")
    add_log(connection, (at, "retracted", subject_of(first), by, note))
    return Decision(live[0].number, replace(first, retracted=at), decision.act)


def move_away(connection: sa.Connection, number: int, by: str, at: str, why: str) -> None:
    """Stamp one row whose decision goes on in another row."""
    row = _find_row(connection, number)
    if row.what.retracted is not None:
        raise LedgerError(f"{row.name} was taken back on {row.what.retracted}", "variorum log")
    seals.change(connection, _table_of(row), row.number, retracted=at)
    add_log(connection, (at, "retracted", subject_of(row.what), by, f"{row.name} {row.what.verdict}: {why}"))


def _table_of(decision: Decision) -> sa.Table:
    return judgement if isinstance(decision.what, Judgement) else ruling


def _rows_of(connection: sa.Connection, act: int) -> list[Decision]:
    found: list[Decision] = []
    for table in (judgement, ruling):
        query = sa.select(table).where(table.c.act == act).order_by(table.c.number)
        found += [_read(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda row: row.number)


def _find_row(connection: sa.Connection, number: int) -> Decision:
    for table in (judgement, ruling):
        row = connection.execute(sa.select(table).where(table.c.number == number)).mappings().first()
        if row is not None:
            return _read(row)
    raise UnknownIdError(f"no row {number} of a decision", "list them: variorum log")


def find_rows(connection: sa.Connection, act: int) -> list[Decision]:
    """Give every row of one decision, those taken back too.

    Raises UnknownIdError when there is no such decision.
    """
    found = _rows_of(connection, act)
    if not found:
        raise UnknownIdError(f"no decision D{act}", "list them: variorum log")
    return found


def last_number(connection: sa.Connection) -> int:
    """Give the number of the last row; 0 where nothing was decided."""
    return next_number(connection, judgement.c.number, ruling.c.number) - 1


def read_judgements(connection: sa.Connection, live: bool) -> Iterator[Judgement]:
    """Yield judgements in the order they were written."""
    query = sa.select(judgement).order_by(judgement.c.number)
    if live:
        query = query.where(judgement.c.retracted.is_(None))
    return stream(connection, query, rows.read_judgement)


def read_rulings(connection: sa.Connection, live: bool) -> Iterator[Ruling]:
    """Yield rulings in the order they were written; the latest live ones of each person count."""
    query = sa.select(ruling).order_by(ruling.c.number)
    if live:
        query = query.where(ruling.c.retracted.is_(None))
    return stream(connection, query, rows.read_ruling)


def read_decisions(connection: sa.Connection, with_matcher: bool) -> Iterator[Decision]:
    """Yield numbered rows, newest first."""
    pairs = sa.select(judgement).order_by(judgement.c.number.desc())
    if not with_matcher:
        pairs = pairs.where(judgement.c.author != MATCHER)
    words = sa.select(ruling).order_by(ruling.c.number.desc())
    return heapq.merge(
        stream(connection, pairs, _read), stream(connection, words, _read), key=lambda decision: -decision.number
    )


def read_head(connection: sa.Connection) -> tuple[int, str]:
    """Give the number and hash of the log's last row; 0 and the hash before the first where there is none."""
    row = connection.execute(sa.select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)).first()
    return (0, FIRST_HASH) if row is None else (row[0], row[1])


def read_log(connection: sa.Connection, *, newest_first: bool = True, batches: bool = True) -> Iterator[LogEntry]:
    """Yield log rows, with or without those that tell what each transaction wrote."""
    query = sa.select(log).order_by(log.c.number.desc() if newest_first else log.c.number)
    if not batches:
        query = query.where(log.c.kind != WRITTEN)
    return stream(connection, query, lambda row: LogEntry(*row.values()))


def find_entry(connection: sa.Connection, hash: str) -> LogEntry | None:
    """Find the row of the log that has a hash."""
    row = connection.execute(sa.select(log).where(log.c.hash == hash)).first()
    return None if row is None else LogEntry(*row)
