"""Random histories of a ledger: what can be done to it, drawn from a seed, and done through the real pipeline.

Invariant: seed and deeds decide everything, so a history that breaks a promise is played again from what is printed.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bench.history_state import Names, look, read_names
from bench.history_world import NEAR_KINDS, VERSIONS, Fake, World
from variorum.gather.copies import find_copies
from variorum.ledger import Ledger, Pointed
from variorum.ledger.records import write_pointed
from variorum.model import Article, Claim, Judgement, Mention, Ruling, RulingVerdict, Verdict
from variorum.pipeline import follow, gazetteer
from variorum.pipeline.deciding import Who, decide, undo
from variorum.pipeline.engine import open_engine
from variorum.pipeline.gathering import tell_nobody
from variorum.pipeline.merging import merge
from variorum.pipeline.reading import extract
from variorum.pipeline.report import Report
from variorum.resolve.resolution import resolve

PEOPLE = ("ada", "bo")
BY_HAND = "whoever a person heard"  # the source of claims that people make
VERDICTS: tuple[Verdict, ...] = ("same", "different", "same", "different", "unsure")
RULINGS: tuple[RulingVerdict, ...] = ("accept", "reject", "correct")
NAMES = (
    *("arrive",) * 4,
    *("judge",) * 5,
    *("reread", "reread one", "reread", "reread one"),
    *("withdraw", "bring back"),
    *("retract", "rule", "rule", "undo"),
    *("judge several", "judge blind", "rule kind", "merge"),
    *("new claim", "new claim", "rule new claim"),
    *("resolve again",),
)


@dataclass(frozen=True)
class Deed:
    """One thing done: which, to what (taken modulo what there is), and whether events are worked out after it."""

    name: str
    first: int = 0
    second: int = 0
    choice: int = 0
    settle: bool = True
    hurried: bool = False  # at the very second of the deed before


class Shelf(Ledger):
    """A ledger in which only the articles that are due are read."""

    due: frozenset[str] = frozenset()

    def unread_after(
        self, number: int, extractor: str, version: str, limit: int, langs: Collection[str] | None = None
    ) -> list[tuple[int, Article]]:
        """Give of the next unread articles those that are due."""
        found = super().unread_after(number, extractor, version, limit, langs)
        while found and not (due := [row for row in found if row[1].id in self.due]):
            found = super().unread_after(found[-1][0], extractor, version, limit, langs)
        return due if found else []


def draw(seed: int) -> list[Deed]:
    """Draw a history."""
    chance = random.Random(f"deeds {seed}")
    deeds = [Deed("arrive", chance.randrange(99), settle=chance.random() < 0.5) for _ in range(chance.randint(2, 4))]
    for _ in range(chance.randint(6, 18)):
        deeds.append(
            Deed(
                chance.choice(NAMES),
                chance.randrange(99),
                chance.randrange(99),
                chance.randrange(60),
                chance.random() < 0.6,
                chance.random() < 0.2,
            )
        )
    return [*deeds, Deed("resolve again")]


@dataclass
class Play:
    """A ledger on which a history is played."""

    ledger: Shelf
    world: World
    whole: bool = True  # events are worked out by the pipeline's own function, which counts and logs much besides
    arrived: list[str] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    retracted: set[str] = field(default_factory=set)  # notes of decisions that were taken back
    step: int = 0
    said: int = 0  # decisions, so that each has words of its own

    @property
    def now(self) -> str:
        """The time of the step."""
        return f"2031-05-03T10:{self.step // 60:02d}:{self.step % 60:02d}+00:00"

    def work_out(self) -> Names:
        """Work the events out anew; gives what was known of names before."""
        names = read_names(self.ledger)
        if self.whole:
            follow(self.ledger, Report(), command="judge", now=self.now)
            return names
        held = look(self.ledger)
        copies = find_copies(held.articles)
        rows = held.rows.values()
        found = resolve(
            held.articles,
            held.mentions.values(),
            held.claims.values(),
            copies,
            [row for row in rows if isinstance(row, Judgement)],
            [row for row in rows if isinstance(row, Ruling)],
            names.register,
            names.previous,
            redirects=names.redirects,
            gazetteer=gazetteer(),
            now=self.now,
        )
        self.ledger.replace_derived(
            copies=copies, events=found.events, redirects=found.redirects, register=found.register, now=self.now
        )
        return names

    def read(self, due: Sequence[str], version: str) -> None:
        """Read articles with one version of the reader."""
        self.ledger.due = frozenset(due)
        self.withdrawn -= set(due)
        with open_engine(workers=1) as engine:
            extract(self.ledger, Report(), Fake(self.world, version), engine, now=self.now, tell=tell_nobody)

    def do(self, deed: Deed) -> None:
        """Do one deed; one that makes no sense at its time does nothing."""
        if not deed.hurried:
            self.step += 1
        standing = [id for id in self.arrived if id not in self.withdrawn]
        version = VERSIONS[deed.choice % len(VERSIONS)]
        if deed.name == "arrive":
            waiting = [article for article in self.world.articles if article.id not in self.arrived]
            if waiting:
                article = waiting[deed.first % len(waiting)]
                self.ledger.add_articles([article])
                self.arrived.append(article.id)
                self.read([article.id], VERSIONS[0])
        elif deed.name == "reread":
            self.read([id for place, id in enumerate(standing) if (place + deed.first) % 3], version)
        elif deed.name == "reread one" and standing:
            self.read([standing[deed.first % len(standing)]], version)
        elif deed.name == "withdraw" and standing:
            gone = standing[deed.first % len(standing)]
            for reading in list(self.ledger.readings(gone)):
                self.ledger.supersede(reading.id)
            self.withdrawn.add(gone)
        elif deed.name == "bring back" and self.withdrawn:
            self.read([sorted(self.withdrawn)[deed.first % len(self.withdrawn)]], version)
        elif deed.name == "judge":
            pair = self.two(deed)
            if pair is not None:
                self.judge(*pair, VERDICTS[deed.choice % 5], PEOPLE[deed.choice % 2])
        elif deed.name == "judge blind":
            pair = self.two(deed)
            if pair is not None:
                self.judge(*pair, VERDICTS[deed.choice % 5], PEOPLE[deed.choice % 2], blind=True)
        elif deed.name == "judge several":
            self.judge_several(deed)
        elif deed.name == "rule":
            self.rule(deed)
        elif deed.name == "rule kind":
            self.rule_kind(deed, PEOPLE[deed.choice % 2])
        elif deed.name == "new claim":
            self.new_claim(deed, PEOPLE[deed.choice % 2])
        elif deed.name == "rule new claim":
            self.rule(deed, [claim for claim in self.ledger.claims() if claim.source == BY_HAND])
        elif deed.name == "retract":
            live = [row for row in self.ledger.decisions() if row.what.retracted is None]
            if live:
                self.take_back(live[deed.first % len(live)].act)

    def two(self, deed: Deed) -> tuple[Mention, Mention] | None:
        """Give the two mentions of a deed."""
        mentions = list(self.ledger.mentions())
        if len(mentions) < 2:
            return None
        first = deed.first % len(mentions)
        second = deed.second % (len(mentions) - 1)
        return mentions[first], mentions[second + (second >= first)]

    def judge(self, one: Mention, other: Mention, verdict: Verdict, by: str, *, blind: bool = False) -> None:
        """Write what a person says of two mentions."""
        self.ledger.add_judgement(self._word(one, other, verdict, by, blind=blind))

    def _word(self, one: Mention, other: Mention, verdict: Verdict, by: str, *, blind: bool = False) -> Judgement:
        left, right = sorted((one.id, other.id))
        self.said += 1
        note = f"word {self.said} {left} {right} {verdict}"
        return Judgement(left, right, verdict, by, None, note, self.now, blind=blind)

    def judge_several(self, deed: Deed) -> None:
        """Write one decision of several rows: a mention beside two others, as who joins or splits events does."""
        mentions = list(self.ledger.mentions())
        if len(mentions) < 3:
            return
        first = deed.first % (len(mentions) - 2)
        verdict: Verdict = ("same", "different")[deed.choice % 2]  # type: ignore[assignment]
        others = mentions[first + 1 : first + 3]
        words = [self._word(mentions[first], other, verdict, PEOPLE[deed.second % 2]) for other in others]
        self.ledger.decide(words, seen=self.ledger.last_decision())

    def rule_kind(self, deed: Deed, by: str) -> None:
        """Write what a person says of the kind of a mention, now and then blind."""
        mentions = list(self.ledger.mentions())
        if mentions:
            on = mentions[deed.first % len(mentions)]
            verdict: RulingVerdict = ("correct", "reject")[deed.choice % 2]  # type: ignore[assignment]
            value = NEAR_KINDS.get(on.kind, "clash") if verdict == "correct" else None
            self.said += 1
            note = f"word {self.said} {on.id} {verdict}"
            row = Ruling(on.id, verdict, value, by, note, self.now, field="kind", blind=deed.choice % 5 == 0)
            self.ledger.add_ruling(row)

    def new_claim(self, deed: Deed, by: str) -> None:
        """Write that a person found a claim in words of a mention, now and then blind."""
        mentions = list(self.ledger.mentions())
        if mentions:
            on = mentions[deed.first % len(mentions)]
            start = on.start + deed.second % (on.end - on.start)
            prop = ("killed", "injured")[deed.choice % 2]
            pointed = Pointed(prop, f"{deed.choice}", "all", BY_HAND, "asserts", start, min(start + 9, on.end))
            self.said += 1
            note = f"word {self.said} {on.id} new claim"
            value, blind = write_pointed(pointed), deed.choice % 7 == 0
            decide(self.ledger, [Ruling(on.id, "correct", value, by, note, self.now, field="claim", blind=blind)])

    def rule(self, deed: Deed, claims: Sequence[Claim] = ()) -> None:
        """Write what a person says of a claim: one of those given, else any."""
        claims = claims or list(self.ledger.claims())
        if claims:
            on = claims[deed.first % len(claims)]
            verdict = RULINGS[deed.choice % 3]
            value = f"{deed.second}" if verdict == "correct" else None
            self.said += 1
            note = f"word {self.said} {on.id} {verdict}"
            if verdict != "correct" or on.scope:
                self.ledger.add_ruling(Ruling(on.id, verdict, value, PEOPLE[deed.choice % 2], note, self.now))

    def take_back(self, number: int) -> None:
        """Take one decision back."""
        rows = [row.what for row in self.ledger.decision(number) if row.what.retracted is None]
        undo(self.ledger, number, Who("ada", self.now))
        self.retracted |= {words_of(row) for row in rows}

    def read_elsewhere(self, deed: Deed, other: Play) -> None:
        """Let another ledger read some of the reports and somebody decide there, to be brought into this one."""
        other.step, other.said = self.step, self.said
        chance = random.Random(f"{deed}")
        articles = chance.sample(self.world.articles, min(len(self.world.articles), 3))
        other.ledger.add_articles(articles)
        other.arrived = [article.id for article in articles]
        other.read(other.arrived, VERSIONS[deed.choice % len(VERSIONS)])
        by = f"dee{self.step}"
        pair = other.two(deed)
        if pair is not None:
            other.judge(*pair, VERDICTS[deed.choice % 5], by)
        other.rule_kind(deed, by)
        other.new_claim(deed, by)
        if deed.settle:
            other.work_out()
        if deed.second % 3 == 0 and other.ledger.last_decision():
            other.take_back(next(other.ledger.decisions()).act)
        self.said = other.said
        self.retracted |= other.retracted

    def bring(self, other: Play) -> None:
        """Bring another ledger into this one."""
        merge(self.ledger, other.ledger, now=self.now)
        self.arrived += [id for id in other.arrived if id not in self.arrived]
        read = {reading.article_id for reading in self.ledger.readings()}
        self.withdrawn = {id for id in self.arrived if id not in read}


def words_of(row: Judgement | Ruling) -> str:
    """Give the note by which a decision is known in whatever row it stands."""
    return row.why if isinstance(row, Judgement) else row.note
