"""Who answers for a deed: the source that claims it and the source that denies it, at the words that say so.

Invariant: the claim's source is who answers, never who reports the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.extract.attribution import Attribution
from variorum.extract.means import Draftclaim
from variorum.extract.realis import Frame
from variorum.extract.roles import CLAIMED, find_responsibility
from variorum.values.name import kind_of


def find_claims_of_responsibility(frame: Frame, attributions: Sequence[Attribution]) -> Iterator[Draftclaim]:
    """Give who claims the deed, where the names of the frame do not tell: the source of "claimed responsibility"."""
    match = CLAIMED.search(frame.sentence.text, frame.start, frame.end)
    if match is None or match.group("no") or find_responsibility(frame):
        return
    base = frame.sentence.start
    for row in attributions:
        if (
            row.source
            and row.source_end <= base + match.start() + 1
            and row.cue_start <= base + match.end() <= row.content_end + 20
        ):
            start, end = base + match.start(), base + match.end()
            yield Draftclaim("responsibility", row.source, start, end, stance="asserts", source=row.source)
            return


def find_denials(frame: Frame, attributions: Sequence[Attribution]) -> Iterator[Draftclaim]:
    """Give who denies the deed, at the words of the denial."""
    start, end = frame.sentence.start + frame.start, frame.sentence.start + frame.end
    for row in attributions:
        if row.stance == "denies" and row.source and start <= row.content_start < end and row.cue_start < row.cue_end:
            yield Draftclaim(
                "responsibility", row.source, row.cue_start, row.cue_end, stance="denies", source=row.source
            )


# Bodies that deny for others: a ministry that calls a report untrue did nothing by that.
REPORTING = frozenset({"monitor", "medic", "agency", "body", "unknown", "person"})
# What somebody denies of themselves: "denied that it had fired", "rejected any involvement".
OWN_PART = re.compile(
    r"\b(?:involvement|responsibility|blame|behind|(?:it|they) (?:had|has|have|was|were)|having|carr(?:ied|ying) out"
    r"|any (?:part|role|hand)|the (?:attack|killings?|charges?|accusations?|claims?|allegations?))\b",
    re.I,
)


def find_own_denials(frame: Frame, attributions: Sequence[Attribution]) -> Iterator[Draftclaim]:
    """Give who denies the deed of the sentences before in one that tells none: as answer, and as no actor of it."""
    start, end = frame.sentence.start, frame.sentence.end
    for row in attributions:
        here = row.stance == "denies" and row.source and start <= row.cue_start < end
        text = frame.sentence.text[max(0, row.cue_start - start) :]
        if here and kind_of(row.source) not in REPORTING and OWN_PART.search(text):
            yield Draftclaim(
                "responsibility", row.source, row.cue_start, row.cue_end, stance="denies", source=row.source
            )
            yield Draftclaim("actor", row.source, row.source_start, row.source_end, stance="denies", source=row.source)
