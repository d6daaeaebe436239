"""Decisions of another ledger, brought into this one with author, time and reason. Readings are brought elsewhere.

Invariant: a decision that stands in one ledger and that nobody took back in the other stands; a row that has its twin
here is not written again; of two words of one person on one thing the later stands, here as there; nothing is dropped
without a line that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.errors import UnknownIdError
from variorum.ledger import Decision, Ledger
from variorum.ledger.decisions import BY_VALUE, MATCHER, Word, subject_of
from variorum.ledger.records import LogEntry
from variorum.model import Judgement
from variorum.pipeline.carrying import MOVED, Carrier, Finds, find_all, find_standing
from variorum.pipeline.twins import is_live, pair_decisions, pair_rows

MERGE_CONFLICT = "merge-conflict"  # code of the problem list
Key = tuple[str | None, ...]


def subject_key(word: Word) -> Key:
    """Give what a word is about, whoever says it."""
    if isinstance(word, Judgement):
        return "pair", word.left, word.right
    # Each name of a relation is a statement of its own, as each claim is; else the value is what is said.
    return word.field, word.subject, word.other, word.value if word.field in BY_VALUE else None


def _said(word: Word) -> tuple[str | None, ...]:
    return word.verdict, None if isinstance(word, Judgement) else word.value


def _when(word: Word) -> tuple[str, ...]:
    why = word.why if isinstance(word, Judgement) else word.note
    return word.at, word.verdict, "" if isinstance(word, Judgement) else word.value or "", why


def _by_act(ledger: Ledger) -> dict[int, list[Decision]]:
    """Give the rows of every decision in the order written, the matcher's too."""
    found: dict[int, list[Decision]] = {}
    for row in sorted(ledger.decisions(matcher=True), key=lambda row: row.number):
        found.setdefault(row.act, []).append(row)
    return found


def _name_of(entry: LogEntry) -> str:
    return entry.note.split(" ")[0].rstrip(":")


def _moved(ledger: Ledger) -> set[str]:
    """Give the decisions of which the last row was moved away, and not taken back by a person."""
    last: dict[str, bool] = {}
    for entry in ledger.log():
        if entry.kind == "retracted":
            last.setdefault(_name_of(entry), entry.note.endswith(f": {MOVED}"))
    return {name for name, moved in last.items() if moved}


class Words:
    """The decisions of two ledgers, while those of the other are brought into this one."""

    def __init__(self, ledger: Ledger, other: Ledger, *, now: str) -> None:
        self.ledger, self.other, self.now = ledger, other, now
        self.brought = self.taken_back = 0
        self.past = 0  # rows of decisions that are here, in which those stood before they went on in other rows
        self._last, self._carried = "", False
        self._unsettled: set[str] = set()  # articles whose decisions may have to be carried to the reading that stands
        self._undone = {(_name_of(entry), entry.at): entry for entry in other.log() if entry.kind == "retracted"}
        self._moved_there = _moved(other)
        self._theirs = _by_act(other)

    def acts(self) -> list[list[Decision]]:
        """Give the decisions of the other ledger in the order made, each with all its rows."""
        return list(self._theirs.values())

    def look(self) -> None:
        """Look at what is decided here, unless nobody wrote since `rest`: somebody may decide between two batches."""
        if self.ledger.last_hash() == self._last:
            return
        self._ours = _by_act(self.ledger)
        self._twins = pair_decisions(self._theirs, self._ours)
        self._live: dict[Key, list[Decision]] = {}  # by what they are about
        for rows in self._ours.values():
            for row in rows:
                self._keep_live(row)
        self._moved_here: set[str] | None = None

    def rest(self) -> None:
        """Remember where the log ends after a batch; where rows were carried on, they are to be looked at anew."""
        self._last = "" if self._carried else self.ledger.last_hash()
        self._carried = False

    def _keep_live(self, row: Decision) -> None:
        if row.what.retracted is None:
            self._live.setdefault(subject_key(row.what), []).append(row)

    def bring(self, act: Sequence[Decision]) -> Iterator[str]:
        """Write one decision of the other ledger, as far as it is not here; yields what does not go together."""
        here = self._twins.get(act[0].act)  # the number of this decision in this ledger
        gone = self._settle(act, here)
        pairs = pair_rows(act, self._ours.get(here, ()) if here is not None else ())
        # A row that was moved away there is moved away here only where the decision goes on in another row.
        goes_on = any(row.what.retracted is None and (twin is None or is_live([twin])) for row, twin in pairs)
        for row, twin in pairs:
            if goes_on and twin is not None and row.what.retracted is not None and twin.what.retracted is None:
                self._move_away(row, twin)
        new: list[Word] = []
        for row in [row for row, twin in pairs if twin is None]:
            missing = self._missing(row.what)
            if missing:
                yield f"{self._name(row)}: {missing} is not in the other ledger; the decision was not brought"
            elif row.what.retracted is None and gone:
                new.append(replace(row.what, retracted=gone))
            elif not self._stands_here(row.what):
                word, conflicts = self._weigh(row)
                yield from conflicts
                new.append(word)
        if new:
            for added in self.ledger.take_in(new, act=here):
                self._ours.setdefault(added.act, []).append(added)
                self._keep_live(added)
            live = any(word.retracted is None for word in new)
            self.brought += live
            self.taken_back += not live and here is None
            self.past += not live and here is not None
        for row in act:
            if row.what.retracted is None and row.what.by != MATCHER:
                self._unsettled.update(self._articles(row.what))

    def _stands_here(self, word: Word) -> bool:
        """Tell whether a live row is here in the very words, in whatever decision."""
        return word.retracted is None and any(one.what == word for one in self._live.get(subject_key(word), ()))

    def _settle(self, act: Sequence[Decision], here: int | None) -> str:
        """Let a decision that one of the two ledgers took back be taken back; gives since when, if it is so here."""
        if here is None or is_live(act) == is_live(self._ours[here]):
            return ""
        if not is_live(act):
            if act[0].name not in self._moved_there:
                self._take_back(act, here)
            return ""
        if self._moved_here is None:
            self._moved_here = _moved(self.ledger)
        ours = self._ours[here]
        return "" if ours[0].name in self._moved_here else max(row.what.retracted or "" for row in ours)

    def _name(self, row: Decision) -> str:
        what, said = row.what, " ".join(part for part in _said(row.what) if part)
        on = f"{what.left} and {what.right}" if isinstance(what, Judgement) else f"{what.subject} {what.other}".strip()
        return f"{row.name} there, {said} on {on} by {what.by} at {what.at}"

    # ------------------------------------------------------------ of one person

    def _take_back(self, act: Sequence[Decision], here: int) -> None:
        """Take back here what was taken back there, as a whole."""
        at = max(row.what.retracted or "" for row in act)
        told = self._undone.get((act[0].name, at))
        by, why = (told.by, told.note.partition(": ")[2]) if told else (act[0].what.by, "")
        self.ledger.retract(here, by=by, at=at, why=f"{why + '; ' if why else ''}taken back in {self.other.name}")
        self.taken_back += 1
        for ours in list(self._ours[here]):
            if ours.what.retracted is None:
                self._drop(ours, at)

    def _move_away(self, row: Decision, ours: Decision) -> None:
        """Take back here one row whose decision goes on in another row, as it does there."""
        at = row.what.retracted or self.now
        told = self._undone.get((row.name, at))
        self.ledger.move_away(ours.number, by=told.by if told else row.what.by, at=at, why=MOVED)
        self.past += 1
        self._drop(ours, at)

    def _weigh(self, row: Decision) -> tuple[Word, list[str]]:
        """Hold a row of theirs against what stands here on the same; gives it as it comes here, and the conflicts."""
        word = row.what
        on_it = self._live.get(subject_key(word), [])
        if word.retracted is not None:
            return word, []
        conflicts = []
        for ours in [one for one in on_it if one.what.by == word.by]:
            later, earlier = (word, ours.what) if _when(word) > _when(ours.what) else (ours.what, word)
            if _said(later) != _said(earlier) and word.by != MATCHER:
                conflicts.append(
                    f"{self._name(row)}; here the same person said {' '.join(filter(None, _said(ours.what)))} at"
                    f" {ours.what.at} ({ours.name}): the later word stands"
                )
            if later is word:
                why = f"the same person's later word came from {self.other.name}"
                self.ledger.move_away(ours.number, by=word.by, at=word.at, why=why)
                self._drop(ours, word.at)
            else:
                word = replace(word, retracted=ours.what.at)
        if word.retracted is None:
            conflicts += self._between_people(row, on_it)
        return word, conflicts

    def _drop(self, ours: Decision, at: str) -> None:
        """Keep in mind that a row here does not stand any more."""
        taken_back = replace(ours, what=replace(ours.what, retracted=at))
        self._ours[ours.act] = [taken_back if one.number == ours.number else one for one in self._ours[ours.act]]
        key = subject_key(ours.what)
        self._live[key] = [one for one in self._live.get(key, ()) if one.number != ours.number]

    # ------------------------------------------------------------ between people

    def _between_people(self, row: Decision, on_it: Sequence[Decision]) -> Iterator[str]:
        word = row.what
        if word.blind or word.by == MATCHER:
            return
        for ours in on_it:
            other = ours.what
            if other.by in (word.by, MATCHER) or other.blind or _said(other) == _said(word):
                continue
            if isinstance(word, Judgement):
                if "unsure" in (word.verdict, other.verdict):
                    continue  # it decides nothing
                decides = "different decides: two that a person told apart are in no event together"
            else:
                last = max((word, other), key=lambda one: (one.at, one.by))
                decides = f"the latest decides: {' '.join(filter(None, _said(last)))} by {last.by}"
            said = " ".join(part for part in _said(other) if part)
            yield f"{self._name(row)}; {other.by} said {said} here ({ours.name}); both stand, {decides}"

    # ------------------------------------------------------------ what words are about

    def _missing(self, word: Word) -> str:
        ids = (word.left, word.right) if isinstance(word, Judgement) else (word.subject, word.other)
        find = {"men": self.ledger.mention, "clm": self.ledger.claim, "art": self.ledger.article}
        for id in ids:
            if id[:3] in find:
                try:
                    find[id[:3]](id)
                except UnknownIdError:
                    return id
        return ""

    def _articles(self, word: Word) -> Iterator[str]:
        """Yield the articles of the mentions and claims that a word is about."""
        for id in (word.left, word.right) if isinstance(word, Judgement) else (subject_of(word), word.other):
            try:
                if id.startswith("men_"):
                    yield self.ledger.mention(id).article_id
                elif id.startswith("clm_"):
                    yield self.ledger.mention(self.ledger.claim(id).mention_id).article_id
            except UnknownIdError:
                continue

    def carry(self, *, by: str) -> Iterator[str]:
        """Move what was decided on other readings to those that stand here; yields what finds no place."""
        if not self._unsettled:
            return
        carrier = Carrier(self.ledger, by=by, now=self.now)
        for article_id in sorted(self._unsettled):
            after = find_all(self.ledger, article_id)
            mentions, claims = find_standing(self.other, article_id)
            if {row.id for row in mentions} <= {row.id for row in after.mentions} and {row.id for row in claims} <= {
                row.id for row in after.claims
            }:
                continue
            self._carried = True
            before = Finds(mentions, claims, after.every_mention, after.every_claim)
            for problem in carrier.follow(article_id, before, after):
                yield problem.cause
        self._unsettled.clear()
