"""People's decisions and the names of events, carried over to what newer readings found. Claims are matched elsewhere.

Invariant: a decision that was not taken back is live in exactly one row; where the words that it was made on are not
found, that row waits, is listed as lost, and counts again as soon as a reading finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from variorum.ledger import Decision, Ledger
from variorum.model import Claim, Extraction, Judgement, Mention, Named, Problem, Ruling
from variorum.pipeline.byhand import POINTING, find_by_hand, is_by_hand, lost_words, subjects_of
from variorum.resolve.carry import carry_mentions, follow_judgements, follow_rulings
from variorum.schema import load_schema

MOVED = "carried on to another reading"


@dataclass(frozen=True, slots=True)
class Finds:
    """What readings found in one article: the live ones, and all there ever were."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    every_mention: Sequence[Mention]
    every_claim: Sequence[Claim]


class Carrier:
    """People's live decisions, while one batch of readings is written."""

    def __init__(self, ledger: Ledger, *, by: str, now: str) -> None:
        """Rows are moved in the name of `by`, a reader."""
        self.ledger, self.by, self.now = ledger, by, now
        # Kept, or each decision of many would ask for the whole of the other article while everybody waits.
        self._standing: dict[str, Mapping[str, str]] = {}  # article -> its mentions of then, and those that stand now
        self._article_of: dict[str, str] = {}  # mention -> article
        self._load()

    def _load(self) -> None:
        self._rows: dict[int, Judgement | Ruling] = {}
        self._acts: dict[int, int] = {}  # number of a row -> of its decision
        self._on: dict[str, set[int]] = {}  # mention or claim id -> numbers of rows
        self._pointing: set[int] = set()  # numbers of the rows that make claims by hand
        for row in self.ledger.decisions():
            if row.what.retracted is None:
                self._keep(row)

    def carry(self, article_id: str, result: Extraction) -> None:
        """Write a new reading of an article, and move what people decided on it to what the reading found.

        What finds no place becomes a problem row of the article.
        """
        before = find_all(self.ledger, article_id)
        self.ledger.add_extraction(result)  # what the moved decisions point at must be there first
        self.ledger.add_problems(
            self.follow(article_id, before, replace(before, mentions=result.mentions, claims=result.claims))
        )

    def follow(self, article_id: str, before: Finds, after: Finds) -> list[Problem]:
        """Move what people decided on an article from what stood to what stands now; gives what finds no place."""
        self._standing.pop(article_id, None)
        if not self._rows:
            return []
        heirs = _heirs(before, after)
        after = replace(after, claims=self._with_claims_by_hand(article_id, after, heirs))
        return [*self._judgements(article_id, after, heirs), *self._rulings(article_id, before, after, heirs)]

    def _with_claims_by_hand(self, article_id: str, after: Finds, heirs: Mapping[str, str]) -> list[Claim]:
        """Give the claims that stand, with those that people make of words once their rulings went to the heirs."""
        rows = [row for number in sorted(self._pointing) if isinstance(row := self._rows[number], Ruling)]
        led = [replace(row, subject=heirs.get(row.subject, row.subject)) for row in rows]
        made = find_by_hand(self.ledger, article_id, led, after.mentions).claims if led else []
        return [*{claim.id: claim for claim in (*made, *after.claims)}.values()]

    def _judgements(self, article_id: str, after: Finds, heirs: Mapping[str, str]) -> Iterator[Problem]:
        own = {mention.id for mention in after.every_mention}
        led = dict(heirs)
        rows: dict[Judgement, int] = {}
        for number in self._touched(own):
            row = self._rows[number]
            if isinstance(row, Judgement):
                led |= {id: heir for id in {row.left, row.right} - own for heir in self._elsewhere(id)}
                # Without the other side, which another article waits for or lost, this one has nowhere to go yet.
                if not ({row.left, row.right} & own) <= led.keys() or {row.left, row.right} <= led.keys():
                    rows[row] = number
        pairs, lost = follow_judgements(rows, led)
        moved = [(rows[old], new) for old, new in pairs if old != new]
        for number, _ in moved:
            self._move_away(number)
        acts = [(new, self._acts[number]) for number, new in moved]
        self._moved(self.ledger.add_carried(acts), len(moved))
        for gone in lost:
            row = gone.judgement
            cause = f"{lost_words(row)} {gone.why}"
            yield self._problem(article_id, "judgement-lost", cause)

    def _rulings(self, article_id: str, before: Finds, after: Finds, heirs: Mapping[str, str]) -> Iterator[Problem]:
        known = {claim.id: claim for claim in (*after.every_claim, *after.claims)}
        rows: dict[Ruling, int] = {}
        for number in self._touched((*known, *(mention.id for mention in after.every_mention))):
            row = self._rows[number]
            if isinstance(row, Ruling):
                rows[row] = number
        ruled = {id for row in rows for id in (row.subject, row.other)}
        old = {claim.id: claim for claim in before.claims} | {id: known[id] for id in ruled & known.keys()}
        article_of = dict.fromkeys((mention.id for mention in (*after.every_mention, *after.mentions)), article_id)
        pairs, lost = follow_rulings(rows, old.values(), after.claims, article_of, heirs)
        moved = sorted((rows[old_row], new) for old_row, new in pairs if old_row != new)
        for number, _ in moved:
            self._move_away(number)
        acts = [(new, self._acts[number]) for number, new in moved]
        self._moved(self.ledger.add_carried(acts), len(moved))
        for gone in lost:
            cause = f"{lost_words(gone.ruling)} {gone.why}"
            yield self._problem(article_id, "ruling-lost", cause)

    def _elsewhere(self, mention_id: str) -> Iterator[str]:
        """Yield the live mention of another article that stands where one of its mentions stood, if there is one."""
        if mention_id not in self._article_of:
            self._article_of[mention_id] = self.ledger.mention(mention_id).article_id
        article_id = self._article_of[mention_id]
        if article_id not in self._standing:
            found = find_all(self.ledger, article_id)
            self._standing[article_id] = _heirs(found, found)
        if mention_id in self._standing[article_id]:
            yield self._standing[article_id][mention_id]

    def _problem(self, article_id: str, code: str, cause: str) -> Problem:
        return Problem(article_id, code, cause, f"see what is found now: variorum show {article_id}", self.now)

    def _touched(self, ids: Iterable[str]) -> list[int]:
        return sorted({number for id in ids for number in self._on.get(id, ())})

    def _keep(self, row: Decision) -> None:
        self._rows[row.number] = row.what
        self._acts[row.number] = row.act
        if isinstance(row.what, Ruling) and row.what.field in POINTING:
            self._pointing.add(row.number)
        for id in subjects_of(row.what):
            self._on.setdefault(id, set()).add(row.number)

    def _move_away(self, number: int) -> None:
        """Stamp the row that a decision had, so that whoever takes the decision back takes all of it back."""
        self.ledger.move_away(number, by=self.by, at=self.now, why=MOVED)
        self._forget(number)

    def _forget(self, number: int) -> None:
        self._pointing.discard(number)
        for id in subjects_of(self._rows.pop(number)):
            self._on[id].discard(number)

    def _moved(self, added: int, moved: int) -> None:
        if added < moved:  # the same was said there before, in a row that stays
            self._load()
        for row in list(islice(self.ledger.decisions(), added)):
            self._keep(row)


def find_standing(ledger: Ledger, article_id: str) -> tuple[list[Mention], list[Claim]]:
    """Give the mentions and claims that programs find in an article now: those by hand follow from decisions."""
    if not any(is_by_hand(reading.extractor) for reading in ledger.readings(article_id)):
        return list(ledger.mentions(article_id)), list(ledger.claims(article_id))
    rows = [row for row in ledger.extractions(article_id) if not row.reading.superseded]
    read = [row for row in rows if not is_by_hand(row.reading.extractor)]
    mentions = {mention.id: mention for row in read for mention in row.mentions}
    claims = {claim.id: claim for row in read for claim in row.claims}
    return [*mentions.values()], [*claims.values()]


def find_all(ledger: Ledger, article_id: str) -> Finds:
    """Give what the readings of an article found."""
    return Finds(
        *find_standing(ledger, article_id),
        list(ledger.mentions(article_id, live=False)),
        list(ledger.claims(article_id, live=False)),
    )


def _heirs(before: Finds, after: Finds) -> dict[str, str]:
    """Lead every mention there ever was in an article to the one that stands there now.

    What stood until now comes first: mentions of readings further back do not compete with it.
    """
    older = carry_mentions(after.every_mention, after.mentions, after.every_claim, after.claims)
    newer = carry_mentions(before.mentions, after.mentions, before.claims, after.claims)
    return older | newer


def names_so_far(ledger: Ledger) -> tuple[list[Named], dict[str, list[str]]]:
    """Give the register, and the mentions that each name last had, as mentions that stand now.

    Where a newer reading moved a mention, the one that stands in its place keeps the name of its event.
    """
    register = list(ledger.register())
    last = ledger.members()
    held = {id for mentions in last.values() for id in mentions}
    live = {mention.id: mention for mention in ledger.mentions()}
    heirs: dict[str, str] = {}
    if not held <= live.keys():
        heirs = _stand_ins(ledger, held | {row.founder for row in register}, live)
    return (
        [replace(row, founder=heirs.get(row.founder, row.founder)) for row in register],
        {event_id: [heirs.get(id, id) for id in mentions] for event_id, mentions in last.items()},
    )


def _stand_ins(ledger: Ledger, held: set[str], live: Mapping[str, Mention]) -> dict[str, str]:
    """Lead each mention of events that is no longer found to the one that stands there now."""
    gone = [mention for mention in ledger.mentions(live=False) if mention.id in held and mention.id not in live]
    articles = {mention.article_id for mention in gone}
    now = [mention for mention in live.values() if mention.article_id in articles]
    standing = [mention for mention in now if mention.id in held]  # these stand for themselves
    asked = {mention.id for mention in (*gone, *now)}
    claims = [claim for claim in ledger.claims(live=False) if claim.mention_id in asked]
    says = [claim for claim in ledger.claims() if claim.mention_id in asked]
    heirs = {id: heir for id, heir in carry_mentions([*gone, *standing], now, claims, says).items() if id not in live}
    # The very words can be read as background where they were an event, or the other way round, and a person can have
    # said which they are: the name of the event goes with the words.
    there = {(mention.article_id, mention.start, mention.end): mention for mention in now}
    kinds = load_schema().kinds
    for mention in gone:
        same = there.get((mention.article_id, mention.start, mention.end))
        if same is not None and (kinds[mention.kind].background or kinds[same.kind].background):
            heirs.setdefault(mention.id, same.id)
    return heirs
