"""Drafts of one article that tell on of one another, and the sentences that stand between them.

A report tells of one shooting in many places, and not every place has the day or town by which two drafts are joined.
Whose fate is told must all the same be settled once. Invariant: every event has one number.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.mentions import Draft, can_meet
from variorum.extract.realis import Frame
from variorum.values.gazetteer import Gazetteer


def find_lines(drafts: Sequence[Draft], gazetteer: Gazetteer) -> list[int]:
    """Number the events of a story so that those which no day, town or word sets apart have one number."""
    lines: list[list[Draft]] = []
    found: list[int] = []
    for draft in drafts:
        home = None
        if not draft.frames[0].fresh:
            home = next((number for number, line in enumerate(lines) if _goes_on(line, draft, gazetteer)), None)
        if home is None:
            home = len(lines)
            lines.append([])
        lines[home].append(draft)
        found.append(home)
    return found


def _goes_on(line: Sequence[Draft], draft: Draft, gazetteer: Gazetteer) -> bool:
    return all(can_meet(old, frame, gazetteer) for old in line for frame in draft.frames)


def find_followed(drafts: Sequence[Draft], asides: Sequence[Frame]) -> list[list[Frame]]:
    """Give for each draft the sentences without a frame that stand behind its words and before another event's."""
    found: list[list[Frame]] = [[] for _ in drafts]
    last = {
        frame.sentence.index: place
        for place, draft in enumerate(drafts)
        if not draft.background
        for frame in draft.frames
    }
    stands = sorted(last)
    at = 0
    for aside in sorted(asides, key=lambda aside: aside.sentence.index):
        while at < len(stands) and stands[at] < aside.sentence.index:
            at += 1
        owner = last[stands[at - 1]] if at else None
        if owner is not None and drafts[owner].story == aside.sentence.story:
            found[owner].append(aside)
    return found
