"""Tells apart stories that were pasted into one text, one after the other.

Conservative on purpose: a story split in two loses its carried-over sources, so only a new dateline or a lead that
opens afresh after a closing paragraph counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.values.caseless import make_regex

# A paragraph that closes a wire story: the running total or the history of the whole conflict.
TAIL = re.compile(
    r"(?i)\bsince (?:the |its |an? )?(?:\w+[- ]){0,4}(?:war|conflict|uprising|insurgency|revolt|fighting|unrest|"
    r"rebellion|invasion|protests|civil war)(?: \w+)? (?:began|started|erupted|broke out|in (?:\w+ )?\d{4})"
    r"|\bsince (?:\w+ )?(?:19|20)\d\d\b.{0,60}\b(?:war|conflict|uprising|insurgency)"
    r"|\b(?:war|conflict|insurgency|uprising)\b.{0,60}\b(?:has|have) (?:killed|claimed|left|cost|displaced)\b"
)
DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
# A wire lead closes with its source: "…, a monitor said on Wednesday."
LEAD = re.compile(
    rf"(?:\bsaid|\breported|\baccording to\b.{{2,60}}|\bannounced)(?:(?: late| early)?(?: on)? {DAY})?[.…]?[\"”]?$"
)
LEAD_DAY = re.compile(rf"\b{DAY}\b")
# Words that lean on what was said before; a lead does not open with them.
LEANING = make_regex(
    r"(?i)(?:[\"“‘'(]|(?:he|she|it|they|his|her|its|their|this|that|these|those|the|but|and|so|however|also|meanwhile|"
    r"earlier|later|elsewhere|separately|another|other|both|on|in|at|according|since|after|before|as|while|when|more)\b)"
)
# "Meanwhile, Separate strikes": the capital after the joining word shows where another report was pasted in.
PASTED = re.compile(
    r"(?:Meanwhile|Elsewhere|Separately|Also|And|But|However|In other news)[,:]? "
    r"(?:Separate|Suspected|A|An|The|At|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens|Scores|Hundreds|Several|"
    r"More|Heavy|Fresh|New|Air|Armed|Gunmen|Militants|Rebels|Fighters|Police|Troops|Forces|Government) [a-z]"
)


def number_stories(rows: Sequence[tuple[str, str, bool]]) -> list[int]:
    """Give the story number of each (sentence text, role, opens with a dateline)."""
    numbers: list[int] = []
    story, body, previous = 0, 0, ""
    for position, (text, role, dated) in enumerate(rows):
        if role == "body" and body > 0 and _restarts(text, previous, dated, body):
            story, body = story + 1, 0
            if position > 0 and rows[position - 1][1] == "heading":
                numbers[-1] = story
        numbers.append(story)
        if role == "body":
            body, previous = body + 1, text
    return numbers


def _restarts(text: str, previous: str, dated: bool, body: int) -> bool:
    if dated:
        # A standfirst of one or two sentences may stand before the dateline of its own story.
        return body > 2
    if PASTED.match(text):
        return True
    return (
        TAIL.search(previous) is not None
        and LEANING.match(text) is None
        and LEAD.search(text) is not None
        and LEAD_DAY.search(text) is not None
    )
