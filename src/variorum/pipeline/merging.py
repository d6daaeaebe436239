"""Another ledger brought into this one: articles, captures, readings, names. Decisions are brought in `bringing.py`.

Invariant: everything is a union in which the later word stands, so bringing twice changes nothing and which of two
ledgers is brought into the other changes no event; each batch is written whole, and a merge that was stopped is
finished by doing it again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from variorum.errors import LedgerError
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_articles
from variorum.ledger.seals import FIRST_HASH
from variorum.model import Article, Event, Extraction, Named, Problem, Reading, Redirect
from variorum.pipeline.bringing import MERGE_CONFLICT, Words
from variorum.pipeline.byhand import is_by_hand, place_by_hand
from variorum.pipeline.carrying import Carrier, find_all
from variorum.pipeline.gathering import BATCH, Progress
from variorum.pipeline.report import Report
from variorum.pipeline.runs import PROGRAM, follow

MERGED = "merged"  # kind of the log's row: its subject is the last hash of the other ledger's log
WITHDRAWN = ""
DESCRIBED = ("outlet", "title", "published", "lang")  # what two ledgers can know differently of one text
NUMBERED = re.compile(r"(\d+(?:\.\d+)*)(\+.*)?")  # a version that tells which of two is newer


@dataclass(slots=True)
class Merged:
    """What a merge brought in, and what it could not bring together."""

    other: str  # name of the other ledger, without a password
    last_hash: str  # of its log
    articles: int = 0
    captures: int = 0
    readings: int = 0
    decisions: int = 0  # live ones, each of one row or several
    taken_back: int = 0  # decisions that came as taken back, or were taken back here because they were there
    past: int = 0  # rows in which decisions that are here stood before they were carried on
    names: int = 0
    versions: int = 0
    conflicts: list[Problem] = field(default_factory=list)  # rows of the problem list, code merge-conflict
    report: Report = field(default_factory=Report)  # of working out the events anew

    @property
    def changed(self) -> bool:
        """Whether anything was brought in."""
        counts = (self.articles, self.captures, self.readings, self.decisions, self.taken_back, self.names)
        return any((*counts, self.past, self.versions, self.conflicts))


def merge(ledger: Ledger, other: Ledger, *, now: str, tell: Progress = lambda stage, done, total: None) -> Merged:
    """Bring what another ledger read and decided into this one, and work out the events anew.

    `other` is only read, in one state. `now` is the ISO 8601 date-time to record. Raises LedgerError when the ledger
    cannot be written, or when rows of the other were altered: written here, they would be sealed as genuine.
    """
    with other.snapshot():
        refuse_altered(other)
        done = Merged(other.name, other.last_hash())
        if done.last_hash not in (FIRST_HASH, ledger.last_hash()):
            with done.report.timed("Articles"):
                _bring_articles(ledger, other, done, now, tell)
            with done.report.timed("Decisions"):
                _bring_words(ledger, other, done, now, tell)
            with done.report.timed("Names"):
                _bring_names(ledger, other, done, now)
    follow(ledger, done.report, command="merge", now=now, tell=tell)
    return done


def refuse_altered(other: Ledger) -> None:
    """Refuse a ledger whose rows were altered by other means than this program. Raises LedgerError."""
    faults = other.altered()
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise LedgerError(
            f"{other.name} has {count}; nothing was brought in: {faults[0]}",
            f"see what was altered: variorum check {other.name}",
        )


# ---------------------------------------------------------------- what was read


def _bring_articles(ledger: Ledger, other: Ledger, done: Merged, now: str, tell: Progress) -> None:
    total = other.counts()["article"]
    for place, batch in enumerate(_batches(other.articles())):
        tell("Articles", place * BATCH, total)
        with ledger.writing():
            carrier: Carrier | None = None
            here = {article.id: article for article in pick_articles(ledger, [article.id for article in batch])}
            done.articles += ledger.add_articles(batch)
            for theirs in batch:
                ours = here.get(theirs.id)
                if ours is not None:
                    _list(ledger, done, _described(ours, theirs), now)
                captures = list(other.captures(theirs.id))
                done.captures += ledger.add_captures((capture, other.raw(capture.sha256)) for capture in captures)
                found = [_dated(row, ours or theirs) for row in other.extractions(theirs.id)]
                if ours is None or not _is_known(ledger, theirs.id, found):
                    carrier = carrier or Carrier(ledger, by=PROGRAM, now=now)
                    _bring_readings(ledger, theirs.id, found, done, carrier, now)


def _batches(records: Iterable[Article]) -> Iterator[list[Article]]:
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _described(ours: Article, theirs: Article) -> Iterator[str]:
    for name in DESCRIBED:
        here, there = getattr(ours, name), getattr(theirs, name)
        if here != there:
            yield f"{ours.id}: {name} is {here!r} here and {there!r} there; what is here stays"


def _dated(found: Extraction, article: Article) -> Extraction:
    """Give a reading with the date of publication that the article has here."""
    return replace(found, claims=tuple(replace(claim, as_of=article.published) for claim in found.claims))


def _is_known(ledger: Ledger, article_id: str, theirs: Sequence[Extraction]) -> bool:
    """Tell whether every reading is here, in the state that it would get, with all that it found."""
    ours = {found.reading.id: found for found in ledger.extractions(article_id)}
    for found in theirs:
        own = ours.get(found.reading.id)
        if own is None or not (
            {row.id for row in found.mentions} <= {row.id for row in own.mentions}
            and {row.id for row in found.claims} <= {row.id for row in own.claims}
            and {row.id for row in found.held_back} <= {row.id for row in own.held_back}
        ):
            return False
    standing = choose_readings(
        _programs(row.reading for row in ours.values()), _programs(row.reading for row in theirs)
    )
    return standing == {row.id for row in _programs(row.reading for row in ours.values()) if not row.superseded}


def _programs(readings: Iterable[Reading]) -> list[Reading]:
    """Give the readings of programs: which of those by hand stand follows from what people decided."""
    return [reading for reading in readings if not is_by_hand(reading.extractor)]


def _bring_readings(
    ledger: Ledger, article_id: str, theirs: Sequence[Extraction], done: Merged, carrier: Carrier, now: str
) -> None:
    """Write the readings of one article, and carry people's decisions to those that stand now."""
    ours = list(ledger.readings(article_id, live=False))
    standing = choose_readings(_programs(ours), _programs(found.reading for found in theirs))
    known = {reading.id for reading in ours}
    before = find_all(ledger, article_id)
    for found in sorted(theirs, key=lambda found: found.reading.id in standing):
        new = found.reading.id not in known
        done.readings += new
        if not new or found.reading.id not in standing:
            done.readings += ledger.add_past(found) > 0 and not new
        if found.reading.id in standing:
            ledger.add_extraction(found)
    for reading in ours:
        if reading.id in standing:
            ledger.add_extraction(Extraction(reading, (), ()))  # one that an older one of theirs took the place of
    for reading in _programs(ledger.readings(article_id)):
        if reading.id not in standing:
            ledger.supersede(reading.id)
    if ours:
        lost = carrier.follow(article_id, before, find_all(ledger, article_id))
        _list(ledger, done, (problem.cause for problem in lost), now)


def choose_readings(ours: Sequence[Reading], theirs: Sequence[Reading]) -> set[str]:
    """Give the readings of one article that stand when two ledgers are brought together; neither comes first.

    A live reading that the other ledger has replaced gives way. Of one extractor the highest version stands, whichever
    ledger has it; readings by two extractors of which no ledger has replaced one both stand.
    """
    live = {reading.id: reading for reading in (*ours, *theirs) if not reading.superseded}
    gone = {
        reading.id
        for side in (ours, theirs)
        if any(not reading.superseded for reading in side)
        for reading in side
        if reading.superseded and reading.id in live
    }
    last: dict[str, Reading] = {}
    for reading in sorted((live[id] for id in live.keys() - gone or live.keys()), key=_rank):
        last[reading.extractor] = reading
    return {reading.id for reading in last.values()}


def _rank(reading: Reading) -> tuple[tuple[int, ...], str]:
    """Order versions: numbers as numbers; one that is a digest tells nothing, so any order serves that is the same."""
    match = NUMBERED.fullmatch(reading.version)
    return tuple(int(part) for part in match[1].split(".")) if match else (), reading.version


# ---------------------------------------------------------------- what was decided


def _bring_words(ledger: Ledger, other: Ledger, done: Merged, now: str, tell: Progress) -> None:
    words = Words(ledger, other, now=now)
    acts = words.acts()
    for start in range(0, len(acts), BATCH):
        tell("Decisions", start, len(acts))
        with ledger.writing():
            words.look()
            for act in acts[start : start + BATCH]:
                _list(ledger, done, words.bring(act), now)
            _list(ledger, done, words.carry(by=PROGRAM), now)
        words.rest()
    with ledger.writing():
        place_by_hand(ledger)
    done.decisions, done.taken_back, done.past = words.brought, words.taken_back, words.past


def _list(ledger: Ledger, done: Merged, causes: Iterable[str], now: str) -> None:
    """Keep conflicts as rows of the problem list; what stands there already is no news."""
    remedy = "decide it once more if it should be otherwise: variorum log"
    for cause in causes:
        problem = Problem(f"merge of {done.other}", MERGE_CONFLICT, cause, remedy, now)
        if ledger.add_problems([problem]):
            done.conflicts.append(problem)


# ---------------------------------------------------------------- names


def _bring_names(ledger: Ledger, other: Ledger, done: Merged, now: str) -> None:
    """Bring the names that the other ledger gave, with their frozen versions, and write that it was merged."""
    with ledger.writing():
        known = {row.event_id for row in ledger.register()}  # read in here: another merge may just have brought them
        new = [row for row in other.register() if row.event_id not in known]
        frozen = {(row.event.id, row.event.version): row.event for row in ledger.versions()}
        versions: list[Event] = []
        for row in other.versions():
            ours = frozen.get((row.event.id, row.event.version))
            if ours is None:
                versions.append(row.event)
            elif ours != row.event:
                cause = f"{row.event.id}@{row.event.version} says something else there; what is here stays"
                _list(ledger, done, [cause], now)
        done.names = len(new)
        done.versions = ledger.take_names(new, versions, _lead(new, other, now), now=now)
        told = {entry.subject for entry in ledger.log() if entry.kind == MERGED}
        if done.changed or done.last_hash not in told:
            counts = Counter(reports=done.articles, readings=done.readings, decisions=done.decisions, names=done.names)
            brought = ", ".join(f"{count} {name}" for name, count in counts.items())
            ledger.note(MERGED, done.last_hash, f"{done.other}: {brought}", at=now)


def _lead(new: Sequence[Named], other: Ledger, now: str) -> Iterator[Redirect]:
    """Say where new names lead until the events are worked out: where they led there, or nowhere yet."""
    there = {row.old: row for row in other.redirects()}
    for name in new:
        yield there.get(name.event_id) or Redirect(name.event_id, WITHDRAWN, now, f"was named in {other.name}")
