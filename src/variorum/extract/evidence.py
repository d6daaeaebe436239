"""Where rules and tagger meet: which finds of either are kept, for figures, event words and attributions.

Each function takes what the rules found and gives what is kept; without tags that is what the rules found. Thresholds
were set by hand, with an eye on tolls-syria, tolls-gunviolence and attribution-polnear; no weight was trained on these.
`python -m bench TASK --ablation` prints what each part finds alone: measure again before a threshold is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.extract.heard import LEAST, find_heard, name_heard
from variorum.extract.parts import BOTH, Parts
from variorum.extract.sentences import Sentence
from variorum.extract.statements import Attribution
from variorum.extract.tagevents import TaggedToll, tagged_tolls, tagged_triggers
from variorum.extract.tagger import Tags, tag
from variorum.extract.tolls import Toll
from variorum.extract.triggers import Trigger

NEW_TOLL = 0.97  # certainty from which a figure of several people that no rule reads is taken from the tagger
SCOPE, SCOPE_SURE = 0.8, 0.9  # likewise of whom a figure is
NEW_STATEMENT = 0.65  # likewise a statement and its source
NEW_TRIGGER = 0.97  # likewise an event word


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reader has to go by in one article besides its words."""

    parts: Parts
    tags: Tags | None

    def tolls(self, sentence: Sentence, rules: Sequence[Toll]) -> tuple[Toll, ...]:
        """Give the casualty figures of a sentence; offsets in the sentence."""
        if self.tags is None:
            return tuple(rules)
        found = tagged_tolls(self.tags, sentence)
        if not self.parts.rules:
            return tuple(one.toll for one in found)
        kept = [_with_scope(toll, found) for toll in rules]
        for one in found:
            new = not any(_overlap(one.toll, toll) for toll in rules)
            if new and one.sure >= NEW_TOLL and one.toll.value != "1":
                kept.append(one.toll)
        return tuple(kept)

    def attributions(self, text: str, sentences: Sequence[Sentence], rules: Sequence[Attribution]) -> list[Attribution]:
        """Give the statements of an article in order of their cue; offsets in its text."""
        if self.tags is None:
            return list(rules)
        told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
        heard = find_heard(text, told, rules, self.tags, NEW_STATEMENT if self.parts.rules else LEAST)
        new = name_heard(text, told, heard, rules)
        return sorted((*rules, *new), key=lambda row: (row.cue_start, row.content_start))

    def triggers(self, sentence: Sentence, rules: Sequence[Trigger]) -> list[Trigger]:
        """Give the event words of a sentence; offsets in the sentence."""
        if self.tags is None:
            return list(rules)
        found = [(replace(one, realis=realis), sure) for one, realis, sure in tagged_triggers(self.tags, sentence)]
        if not self.parts.rules:
            return [one for one, _ in found]
        new = [one for one, sure in found if sure >= NEW_TRIGGER and not rules and one.realis == "happened"]
        return sorted((*rules, *new), key=lambda one: one.start)


def _overlap(one: Toll, other: Toll) -> bool:
    return one.start < other.end and other.start < one.end


def _with_scope(toll: Toll, found: Sequence[TaggedToll]) -> Toll:
    """Say of whom a figure is where the rules leave it open ("ten of them") and the tagger is sure."""
    if toll.scope != "all":
        return toll
    near = max((one for one in found if _overlap(one.toll, toll)), key=lambda one: one.sure, default=None)
    if near is None or near.sure < SCOPE or near.scope_sure < SCOPE_SURE:
        return toll
    return replace(toll, scope=near.toll.scope)


def gather_evidence(text: str, sentences: Sequence[Sentence], parts: Parts = BOTH) -> Evidence:
    """Tag the sentences of an article that are to be read, where the tagger is switched on."""
    if not parts.tagger:
        return Evidence(parts, None)
    return Evidence(parts, tag(text, [(sentence.start, sentence.end) for sentence in sentences]))
