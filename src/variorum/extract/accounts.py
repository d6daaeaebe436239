"""Reads statements that no verb hands over: "by her count", "the army's account: …", "has 1,960 on its lists".

Invariant: the source and the cue lie outside the content. Offsets count in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.extract.canspeak import is_source_word, tells
from variorum.extract.contents import Span, clause_start, opens_sentence
from variorum.extract.governed import teller_at
from variorum.extract.memory import Memory
from variorum.extract.speakers import resolve_voice
from variorum.extract.statements import Attribution, voice_at
from variorum.values.name import find_names
from variorum.values.pattern import Pattern

_TELLING = (
    r"(?:account|accounts|count|tally|estimates?|reckoning|telling|version|figures?|list|lists|records|books|reports?"
    r"|information|calculations?|findings?)"
)
_OWNER = r"(?:(?:the |an? )?(?:[\w-]+ ){0,4}?[\w-]+(?:’s|'s|s’|s'))"
# "By Adanne's account ‹there were 19 lorries›", "‹they beat him›, by his own account".
BY_ACCOUNT = Pattern(
    rf"\b[Bb]y (?P<who>[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|{_OWNER})(?P<cue> (?:own |latest |first )?{_TELLING})\b"
    r"(?P<comma>,)?"
)
# "According to him", "according to it".
BY_PRONOUN = Pattern(r"\b(?P<cue>[Aa]ccording to) (?P<who>him|her|it|them)\b(?P<comma>,)?")
# "The army's account, as he gave it: ‹15 dead›".
ACCOUNT_OF = Pattern(rf"^(?P<who>{_OWNER})(?P<cue> (?:own |latest )?{_TELLING}[^:;.]{{0,50}}):\s+", re.I)
# "The society has ‹1,960 displaced on its lists›".
ON_LISTS = Pattern(
    r"\b(?P<cue>has|have|had)(?=\s+(?:\w+ ){0,2}?[\d,]+\s[^.;:]{0,60}"
    r"\bon (?:its|their|his|her) (?:\w+ )?(?:lists?|books?|register|rolls?)\b)"
)
# "As the army tells it, ‹a van failed to stop›".
AS_TOLD = Pattern(
    r"\b[Aa]s (?P<who>(?:the |an? )?(?:[\w’'-]+ ){0,3}?[\w’'-]+)"
    r"(?P<cue> (?:tells?|told|has|have|had|sees?|puts?) it)\b,?"
)
# "The academy's own figure is ‹thirty-one›", "the count given by the mortuary is ‹44›".
FIGURE_IS = Pattern(
    rf"(?P<who>{_OWNER})(?P<cue> (?:own |latest |official |final )?(?:figure|count|tally|toll|number|estimate)"
    r"(?: for [^,.;]{3,40}?)?) (?:is|was|stands at|stood at|came to|comes to) "
)
GIVEN_BY = Pattern(
    r"\b(?:figures?|count|tally|toll|number|estimate|list)s? (?P<cue>(?:given|supplied|issued|kept|held|published) by)"
    r" (?P<who>(?:the |an? )?[^,.;:]{3,50}?) (?:is|was|are|were|stands at|stood at|has|shows?|gives?) "
)
# "Casualties were put ‹at 12› by the provincial council".
PUT_BY = Pattern(
    r"\b(?:was|were|is|are|been) (?P<cue>(?:put|estimated|placed|given|confirmed))"
    r"(?P<content> (?:at|as) [^,.;:]{1,40}?) by"
    r" (?P<who>(?:the |an? )?[^,.;:]{3,60}?)(?=[,.;:]|\s(?:and|on|in|at|but|after)\b|$)"
)
# "‹The figure of 2,000› was given by the border police".
GIVEN_OF = Pattern(
    r"(?P<content>\b[Tt]h(?:e|at) (?:figure|number|toll|count|estimate)(?: of (?:[^,.;:]|(?<=\d),(?=\d)){1,40}?)?)"
    r" (?P<cue>(?:was|were|is) (?:given|supplied|confirmed|issued|announced)) by"
    r" (?P<who>(?:the |an? )?[^,.;:]{3,60}?)(?=[,.;:]|\s(?:and|on|but|after)\b|$)"
)
# "Injured: ‹14› (district hospital)."
IN_BRACKETS = Pattern(r"\((?:according to )?(?P<who>(?:the )?[a-z][^()\d]{3,50})\)")
_COUNTED = re.compile(r"[^.:;()\n]{0,50}\d[\d,]*[^.:;()\n]{0,40}$")
_NOT_WHO = re.compile(
    r"(?:about|around|at|a|an|per|mostly|mainly|including|mother|women|men|children|civilians|all|of|in|from|as)\b",
    re.I,
)
_WHAT = frozenset({"he", "she", "it", "they", "luck", "legend", "tradition", "rumour", "rumor"})
_PRONOUNS = {"his": "he", "her": "she", "him": "he", "its": "it", "their": "they", "them": "they"}


def find_accounts(text: str, front: int, memory: Memory, *, taken: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the accounts of a sentence, those that other statements already hold left out; `memory` hears them."""
    head = ACCOUNT_OF.match(text[front:])
    if head is not None:
        span = front + head.start("who"), front + head.end("who")
        yield _make(text, memory, span, (span[1], front + head.end("cue")), (front + head.end(), len(text)))
    for pattern in (BY_ACCOUNT, BY_PRONOUN):
        for match in pattern.finditer(text, front):
            cue = match.span("cue")
            if any(row.cue_start < cue[1] and cue[0] < row.cue_end for row in taken):
                continue
            content = _beside(text, front, match.span())
            if content[1] - content[0] > 3:
                yield _make(text, memory, match.span("who"), cue, content)
                if content[0] < match.start() and match["comma"] and len(text) - match.end() > 12:
                    yield _make(text, memory, match.span("who"), cue, (match.end(), len(text)))
    for match in AS_TOLD.finditer(text, front):
        if match["who"].lower() in _WHAT or not tells(match["who"]):
            continue
        yield _make(text, memory, match.span("who"), match.span("cue"), _beside(text, front, match.span()))
    for pattern in (FIGURE_IS, GIVEN_BY):
        for match in pattern.finditer(text, front):
            if tells(re.sub(r"[’']s?$", "", match["who"])):
                yield _make(text, memory, match.span("who"), match.span("cue"), (match.end(), len(text)))
    for match in IN_BRACKETS.finditer(text, front):
        counted = _COUNTED.search(text[max(front, match.start() - 95) : match.start()])
        who = match["who"]
        if counted is None or _NOT_WHO.match(who) or not (is_source_word(who.split()[-1]) or find_names(who)):
            continue
        start = max(front, match.start() - 95) + counted.start()
        yield _make(text, memory, match.span("who"), (match.start(), match.start("who")), (start, match.start()))
    for pattern in (PUT_BY, GIVEN_OF):
        for match in pattern.finditer(text, front):
            if tells(match["who"]):
                yield _make(text, memory, match.span("who"), match.span("cue"), match.span("content"))
    for match in ON_LISTS.finditer(text, front):
        teller = teller_at(text, front, match.span("cue"))
        if teller is not None:
            yield _make(text, memory, teller, match.span("cue"), (match.end(), len(text)))


def _beside(text: str, front: int, account: Span) -> Span:
    """Give what an account holds: what follows it where it opens the sentence, else the clause before it."""
    if opens_sentence(text, front, account[0]):
        return account[1], len(text.rstrip(" ,"))
    return clause_start(text, front, account[0]), len(text[: account[0]].rstrip(" ,"))


def _make(text: str, memory: Memory, who: Span, cue: Span, content: Span) -> Attribution:
    word = text[who[0] : who[1]]
    owner = _PRONOUNS.get(word.lower())
    bare = re.sub(r"(?:’s|'s|(?<=s)[’'])$", "", word)
    if owner is not None:
        memory.look(text, who[0])
        voice = resolve_voice(owner, memory, text)
        memory.hear(voice)
    else:
        voice = voice_at(text, (who[0], who[0] + len(bare)), memory)
    return Attribution(voice.source, who[0], who[1], *cue, *content, "asserts", voice.speaker)
