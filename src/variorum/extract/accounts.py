"""Reads statements that no verb hands over: "by her count", "the army's account: …", "has 1,960 on its lists".

Invariant: the source and the cue lie outside the content. Offsets count in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.extract.contents import Span
from variorum.extract.governed import teller_at
from variorum.extract.memory import Memory
from variorum.extract.speakers import resolve_voice
from variorum.extract.statements import Attribution, voice_at

_TELLING = (
    r"(?:account|accounts|count|tally|estimates?|reckoning|telling|version|figures?|list|lists|records|books|reports?"
    r"|information|calculations?|findings?)"
)
_OWNER = r"(?:(?:the |an? )?(?:[\w-]+ ){0,4}?[\w-]+(?:’s|'s|s’|s'))"
# "By Adanne's account ‹there were 19 lorries›", "‹they beat him›, by his own account".
BY_ACCOUNT = re.compile(
    rf"\b[Bb]y (?P<who>[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|{_OWNER})(?P<cue> (?:own |latest |first )?{_TELLING})\b"
    r"(?P<comma>,)?"
)
# "According to him", "according to it".
BY_PRONOUN = re.compile(r"\b(?P<cue>[Aa]ccording to) (?P<who>him|her|it|them)\b(?P<comma>,)?")
# "The army's account, as he gave it: ‹15 dead›".
ACCOUNT_OF = re.compile(rf"^(?P<who>{_OWNER})(?P<cue> (?:own |latest )?{_TELLING}[^:;.]{{0,50}}):\s+", re.I)
# "The society has ‹1,960 displaced on its lists›".
ON_LISTS = re.compile(
    r"\b(?P<cue>has|have|had)(?=\s+(?:\w+ ){0,2}?[\d,]+\s[^.;:]{0,60}"
    r"\bon (?:its|their|his|her) (?:\w+ )?(?:lists?|books?|register|rolls?)\b)"
)
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
            opens = not re.sub(
                r"(?i)^(?:but|and|meanwhile|however|also|still|yet)?[\s,]*", "", text[front : match.start()]
            )
            content = (match.end(), len(text)) if opens else (_clause_start(text, front, match.start()), match.start())
            if content[1] - content[0] > 3:
                yield _make(text, memory, match.span("who"), cue, (content[0], len(text[: content[1]].rstrip(" ,"))))
                if not opens and match["comma"] and len(text) - match.end() > 12:
                    yield _make(text, memory, match.span("who"), cue, (match.end(), len(text)))
    for match in ON_LISTS.finditer(text, front):
        teller = teller_at(text, front, match.span("cue"))
        if teller is not None:
            yield _make(text, memory, teller, match.span("cue"), (match.end(), len(text)))


def _clause_start(text: str, front: int, stop: int) -> int:
    """Give where the clause before an account begins: behind the last semicolon."""
    return max((match.end() for match in re.finditer(r";\s", text[:stop])), default=front)


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
