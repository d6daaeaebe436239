"""Scores answers to the benchmark of disagreement: relations by kind, lineages, and who said each claim.

`python -m bench.disagreement_score ANSWERS.jsonl` scores anyone's answers, one JSON object an event (`Answer`).
Invariant: relations are compared between statements, so that neither how often a voice repeats itself nor which of
several equal claims a system picks to stand for them changes a figure.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.disagreement_gold import HELD_OUT, RELATIONS, GoldClaim, GoldEvent, Statement, read_events
from bench.scorers import b_cubed
from variorum import values
from variorum.schema import load_schema
from variorum.values.name import find_names

Pair = frozenset[Statement] | tuple[str, str]
Key = tuple[str, Pair, str]  # name, the two statements, direction of a revision


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """A claim that a system found, with its place in the report's text."""

    id: str
    report: str
    start: int
    end: int
    prop: str
    value: str
    scope: str = ""
    source: str = ""  # "" is the outlet's own voice


@dataclass(frozen=True, slots=True)
class AnswerRelation:
    """A relation that a system found between two of its claims."""

    name: str
    left: str
    right: str
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says of one event's reports."""

    event: int
    lineages: Mapping[str, str]  # report → original
    claims: tuple[AnswerClaim, ...]
    relations: tuple[AnswerRelation, ...]


@dataclass
class Tally:
    """Right answers, answers given and answers asked for."""

    right: int = 0
    given: int = 0
    asked: int = 0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall; 1 where nothing was asked and nothing given."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else 1.0


@dataclass
class Score:
    """The measure of one system on some events."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in RELATIONS})
    claims: Tally = field(default_factory=Tally)
    sources: Tally = field(default_factory=Tally)  # right source, of the claims found
    lineages: float = 0.0
    reports: int = 0
    wrong: list[tuple[int, str, str]] = field(default_factory=list)  # event, "lost" or "extra", the relation in words

    def metrics(self) -> dict[str, float]:
        """Give the figures by name."""
        whole = Tally(
            *(sum(getattr(tally, part) for tally in self.kinds.values()) for part in ("right", "given", "asked"))
        )
        return {
            "relations_f1": round(whole.f1, 4),
            "least_kind_f1": round(min(tally.f1 for tally in self.kinds.values()), 4),
            **{f"{name.replace(' ', '_')}_f1": round(tally.f1, 4) for name, tally in self.kinds.items()},
            "lineages_b3": round(self.lineages, 4),
            "source_of_claim": round(self.sources.right / max(1, self.sources.asked), 4),
            "claims_f1": round(self.claims.f1, 4),
        }


def score(events: Iterable[GoldEvent], answers: Mapping[int, Answer]) -> Score:
    """Score the answers to some events; an event without an answer counts as silence."""
    found = Score()
    gold_roots: dict[Hashable, Hashable] = {}
    own_roots: dict[Hashable, Hashable] = {}
    for event in events:
        answer = answers.get(event.number, Answer(event.number, {}, (), ()))
        for report in event.reports:
            gold_roots[event.number, report.id] = event.number, report.root
            own_roots[event.number, report.id] = event.number, answer.lineages.get(report.id, report.id)
        gold_claims = [claim for report in event.reports for claim in report.claims]
        match = match_claims(gold_claims, answer.claims)
        found.claims.asked += len(gold_claims)
        found.claims.given += len({(c.report, c.prop, c.scope, c.value, c.start, c.end) for c in answer.claims})
        found.claims.right += len(set(match.values()))
        by_id = {claim.id: claim for claim in answer.claims}
        found.sources.asked += len(match)
        found.sources.right += sum(same_source(by_id[id].source, claim.sources) for id, claim in match.items())
        _score_relations(event, answer, match, found)
    found.lineages = b_cubed(own_roots, gold_roots)["f1"]
    found.reports = len(gold_roots)
    return found


def match_claims(gold: Sequence[GoldClaim], own: Sequence[AnswerClaim]) -> dict[str, GoldClaim]:
    """Lead each claim found to the marked one: same report, property, scope and value, and words that meet."""
    match: dict[str, GoldClaim] = {}
    for claim in sorted(own, key=lambda one: (one.report, one.start, one.end, one.id)):
        hits = [
            one
            for one in gold
            if (one.report, one.prop) == (claim.report, claim.prop)
            and (one.scope or "all") == (claim.scope or "all")
            and one.start < claim.end
            and claim.start < one.end
            and same_value(one.prop, one.value, claim.value)
        ]
        if hits:
            match[claim.id] = hits[0]
    return match


def same_value(prop: str, left: str, right: str) -> bool:
    """Tell whether two values of a property say the same; of names it is enough that their words stand in one place."""
    kind = load_schema().properties[prop].type
    return kind == "name" or left == right or values.compare(kind, left, right) == "equal"


_SMALL = frozenset(["the", "a", "an", "of", "s", "local", "said", "spokesman", "spokeswoman", "spokesperson"])


def same_source(own: str, gold: Sequence[str]) -> bool:
    """Tell whether a source is one of the marked spellings: the words of one stand in the other."""
    if not gold or not own:
        return not gold and not own
    mine = _words(own)
    if any(mine <= words or words <= mine for words in map(_words, gold) if words and mine):
        return True
    return own in {found.value for name in gold for found in find_names(name)}  # "OCHA", marked in full


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL


def _score_relations(event: GoldEvent, answer: Answer, match: Mapping[str, GoldClaim], found: Score) -> None:
    gold = {_key(one.name, one.left, one.right, one.direction) for one in event.relations}
    own: set[Key] = set()
    equal: dict[Statement, set[Statement]] = defaultdict(set)
    for relation in answer.relations:
        left, right = (match.get(id) for id in (relation.left, relation.right))
        if left is None or right is None:
            # one of the two says what no report says: wrong, but told of as often as it is told
            own.add((relation.name, (relation.left, relation.right), relation.direction))
            continue
        one, other = (event.statement_of[f"{claim.mark} {claim.prop}"] for claim in (left, right))
        if relation.name == "agrees" and same_value(one.prop, one.value, other.value) and one.scope == other.scope:
            equal[one].add(other)
            equal[other].add(one)
        elif one != other:
            own.add(_key(relation.name, one, other, relation.direction))
    own |= {_key("agrees", one, other, "") for one, other in _closed(equal)}
    for name in RELATIONS:
        tally = found.kinds[name]
        mine, theirs = ({key for key in keys if key[0] == name} for keys in (own, gold))
        tally.right += len(mine & theirs)
        tally.given += len(mine)
        tally.asked += len(theirs)
    found.wrong += [(event.number, "extra", _told(key, answer)) for key in own - gold]
    found.wrong += [(event.number, "lost", _told(key, answer)) for key in gold - own]


def _key(name: str, left: Statement, right: Statement, direction: str) -> Key:
    return name, frozenset((left, right)), direction if name == "revised" else ""


def _closed(equal: Mapping[Statement, set[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    """Yield every two statements that agreement on one value leads from one to the other."""
    seen: set[Statement] = set()
    for first in equal:
        if first in seen:
            continue
        reached, waiting = {first}, [first]
        while waiting:
            new = equal.get(waiting.pop(), set()) - reached
            reached |= new
            waiting.extend(new)
        seen |= reached
        yield from combinations(sorted(reached, key=str), 2)


def _told(key: Key, answer: Answer) -> str:
    name, pair, direction = key
    if isinstance(pair, tuple):
        claims = {claim.id: claim for claim in answer.claims}
        shown = [f"{c.report} {c.prop} {c.scope} {c.value} ({c.source})" for c in (claims[id] for id in pair)]
    else:
        shown = sorted(f"{s.prop} {s.scope} {'not ' if s.denied else ''}{s.value} ({s.voice})" for s in pair)
    return f"{name} {direction}: {' / '.join(shown)}"


def read_answers(lines: Iterable[str]) -> dict[int, Answer]:
    """Read answers, one JSON object a line; raise ValueError naming the line that is none."""
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            found[row["event"]] = Answer(
                row["event"],
                row["lineages"],
                tuple(AnswerClaim(**claim) for claim in row["claims"]),
                tuple(AnswerRelation(**relation) for relation in row["relations"]),
            )
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"line {number} is no answer: {error!r}") from error
    return found


def main() -> None:
    """Score a file of answers and print the figures of both parts of the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench.disagreement_score", description=__doc__)
    parser.add_argument("answers", type=Path, metavar="ANSWERS.jsonl")
    try:
        answers = read_answers(parser.parse_args().answers.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        parser.error(str(error))
    for part, held_out in (("development", False), ("held out", True)):
        events = list(read_events(held_out=held_out))
        print(f"{part}: {len(events)} events, numbers {'from' if held_out else 'below'} {HELD_OUT}")
        for name, figure in score(events, answers).metrics().items():
            print(f"  {name:24}{figure:.4f}")


if __name__ == "__main__":
    main()
