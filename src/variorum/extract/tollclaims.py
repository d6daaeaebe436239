"""Claims of how many people: killed and injured over a whole event, the others clause by clause.

Invariant: a figure that its own sentence takes back, and the change of a toll, are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.extract.harmed import find_harm
from variorum.extract.means import Draftclaim
from variorum.extract.mentions import OF_THE_HURT, Draft
from variorum.extract.realis import Frame
from variorum.extract.tolls import Toll

HARMLESS = frozenset({"talks", "agreement", "ceasefire", "deployment.sent", "deployment.withdrawn"})
HARM = frozenset({"killed", "injured"})
MOVED = {
    "transfer.arrived": {"people"},
    "transfer.departed": {"people"},
    "displacement": {"displaced", "people"},
    "protest": {"people", "detained"},
    "arrest": {"detained"},
    "abduction": {"detained", "released"},
    "release": {"released"},
    "deployment.sent": {"people"},
    "deployment.withdrawn": {"people"},
}
RAISED = re.compile(
    r"\b(?:raised|lowered|revised|corrected|updated|changed) (?:it|that|the (?:toll|figure|number))\b[^.;]{0,20}$", re.I
)
REVISED = re.compile(
    r"\b(?:lowered|raised|revised|updated|put|cut|increased|reduced)\b"
    r"(?:(?: [\w’'-]+){0,4}? (?:number|toll|figure|count|tally|total)\b"
    r"|(?: (?:down|up))? (?:to|at) $)",
    re.I,
)


def find_harm_claims(
    drafts: Sequence[Draft], followed: Sequence[Sequence[Frame]], lines: Sequence[int]
) -> Iterator[tuple[int, Draftclaim]]:
    """Yield the killed and injured of the events of a story, each with the place of its event in `drafts`.

    `followed` are for each the sentences behind it without an event of their own, `lines` numbers those that nothing
    sets apart alike. Offsets in the article.
    """
    told: list[tuple[Frame, int, bool]] = []  # the frame, its event, whether it is one of the event's own
    for place, draft in enumerate(drafts):
        if draft.kind not in HARMLESS:
            told += [(replace(frame, tolls=_figures(frame)), place, True) for frame in draft.frames]
            told += [(replace(frame, tolls=_figures(frame)), place, False) for frame in followed[place]]
    told.sort(key=lambda row: (row[0].sentence.index, row[0].start))
    own = [(lines[place], frame) for frame, place, mine in told if mine]
    behind = [(lines[place], frame) for frame, place, mine in told if not mine]
    for one in find_harm(own, behind):
        held = [row for row in told if row[0].sentence.start <= one.start < row[0].sentence.end]
        inside = [row for row in held if row[0].start <= one.start - row[0].sentence.start < row[0].end]
        frame, place, _ = (inside or held)[0]
        stance = None if one.stance == "asserts" else one.stance
        source = _reviser(frame, one.start - frame.sentence.start)
        yield place, Draftclaim(one.prop, one.value, one.start, one.end, one.scope, stance, source)


def find_toll_claims(frame: Frame, kind: str) -> Iterator[Draftclaim]:
    """Yield the counts of people of one clause; offsets in the sentence. Of an event, not its killed and injured."""
    background = kind.startswith("background.")
    wanted = MOVED.get(kind, set()) | (set() if kind in HARMLESS else {"missing"})
    dead = {toll.value for toll in frame.tolls if toll.prop == "killed" and not toll.weak}
    for toll in _figures(frame):
        if toll.known or (toll.weak and toll.value in dead):
            continue  # "four were shot dead": told once, as killed
        if not background and (toll.prop in HARM or toll.prop not in wanted):
            continue
        stance = None if toll.stance == "asserts" else toll.stance
        yield Draftclaim(toll.prop, toll.value, toll.start, toll.end, toll.scope, stance, _reviser(frame, toll.start))


def _figures(frame: Frame) -> tuple[Toll, ...]:
    """Give the tolls of a clause that stand: "put the dead at six and raised it to eight" takes the first back."""
    text = frame.sentence.text
    return tuple(
        toll
        for toll in frame.tolls
        if not any(RAISED.search(text[toll.end : other.start]) for other in frame.tolls if other.prop == toll.prop)
        and not (toll.prop == "killed" and OF_THE_HURT.search(text[toll.start : toll.end + 24]))
        and not (toll.known and toll.value != "1")
    )


def _reviser(frame: Frame, place: int) -> str | None:
    """Give who is told to have set the figure: "the ministry on Monday lowered the number of people killed"."""
    match = REVISED.search(frame.sentence.text[: max(0, place)])
    if match is None:
        return None
    named = [found.value for found in frame.names if found.end <= match.start()]
    return named[-1] if named else None
