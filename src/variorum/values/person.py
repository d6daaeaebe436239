"""Persons named with a role ("Colonel A. B., a spokesman for the coalition") and the body they speak for."""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.model import Found
from variorum.values.name import find_names
from variorum.values.nametable import states, tokenize

_PARTICLE = r"(?:al|el|bin|ben|ibn|abu|Abu|de|del|der|van|von|da|di|la)[ -]"
_WORD = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]\.)"
NAME = rf"(?:{_PARTICLE})?{_WORD}(?: (?:{_PARTICLE})?{_WORD}){{1,3}}"
ROLE = (
    r"(?:[Ss]pokes(?:man|woman|person)|[Hh]ead|[Cc]hief|[Dd]irector(?:[- ][Gg]eneral)?|[Cc]ommander|[Ll]eader"
    r"|[Ss]ecretary[- ][Gg]eneral|[Cc]hair(?:man|woman|person)?|[Mm]inister|[Ee]nvoy|[Rr]epresentative|[Cc]oordinator"
    r"|[Ff]ounder|[Pp]resident|[Gg]overnor|[Mm]ayor|[Aa]mbassador|[Nn]egotiator|[Cc]ommissioner|[Pp]ress secretary)"
)
_RANK = r"(?:(?:Brig|Maj|Lt|Gen|Col|Capt|Dr|Mr|Ms|Mrs|Sgt)[a-z]*\.? |[A-Z][\w-]*(?:General|Colonel) )*"
_SUBJECT = r"(?P<subject>[Dd]efen[cs]e|[Ff]oreign|[Ii]nterior|[Hh]ealth|[Ii]nformation|[Jj]ustice|[Oo]il)"
_SMALL = r"(?:(?:the|a|an|its|senior|top|chief|deputy|former|main|lead|regional|local|official|military|media|press) )*"
# NAME, a spokesman for BODY
AFTER = re.compile(
    rf"(?P<name>{NAME}),? (?:who (?:leads|heads|runs|directs) |{_SMALL}(?P<role>{ROLE})s? (?:for|of|at|with|in) )"
)

# head of BODY(,) NAME
BEFORE = re.compile(rf"{_SMALL}(?P<role>{ROLE}) (?:for|of|at|with|in) $")
# BODY spokesman(,) NAME;  BODY's spokesman NAME
BODY_ROLE_NAME = re.compile(rf"(?:’s|'s)?,? (?:{_SMALL})(?P<role>{ROLE}),? {_RANK}(?P<name>{NAME})")
MINISTER = re.compile(rf"{_SUBJECT} [Mm]inister (?P<name>{NAME})")
HONOURS = re.compile(
    r"^(?:(?:U\.?S\.?|British|French|Russian|Army|Air Force|Navy|Marine|Lieutenant|Brigadier|Major|General|Colonel"
    r"|Captain|Sergeant|Admiral|Commander|Sheikh|Doctor|President|Prime Minister|Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Brig"
    r"|Capt|Sgt|Adm|"
    r"Professor|Prof|Sen|Senator|Secretary|The|But|And|On|In|According)[.-]? ?)+(?=[A-Z])"
)


def find_people(text: str) -> list[Found]:
    """Give the persons named with a role; extra: role, and body where they speak for one."""
    return list(_people(text))


@lru_cache(maxsize=4096)
def _people(text: str) -> tuple[Found, ...]:
    bodies = find_names(text)
    found: dict[int, Found] = {}

    def add(start: int, end: int, role: str, body: str) -> None:
        plain = HONOURS.sub("", text[start:end])
        start = end - len(plain)
        if not any(row.start < end and start < row.end for row in found.values()):
            found[start] = Found(start, end, plain, plain, {"role": role.lower(), "body": body})

    for match in MINISTER.finditer(text):
        state = _state_before(text[: match.start()])
        subject = re.sub("defense", "defence", match["subject"].lower())
        if state:
            add(*match.span("name"), "minister", f"{state} {subject} ministry")
    for match in AFTER.finditer(text):
        body = next(
            (row for row in bodies if 0 <= row.start - match.end() <= 40 and _near(text[match.end() : row.start])), None
        )
        if body is not None:
            add(*match.span("name"), match["role"] or "head", body.value)
    for body in bodies:
        behind = BEFORE.search(re.sub(r"(?:the |an? |[A-Z][\w]+-based )+$", "", text[: body.start]))
        name = re.compile(rf"(?: \([A-Z]+\))?,? (?P<name>{NAME})").match(text, body.end)
        if behind is not None and name is not None:
            add(*name.span("name"), behind["role"], body.value)
        role = BODY_ROLE_NAME.match(text, body.end)
        if role is not None:
            add(*role.span("name"), role["role"], body.value)
    return tuple(found[key] for key in sorted(found))


def _near(between: str) -> bool:
    return (
        re.fullmatch(r"(?:the |an? |[\w.]+[ -]{1,2}based |armed |group |rights |monitoring ){0,4}", between) is not None
    )


def _state_before(text: str) -> str:
    words = tokenize(text)[-2:]
    for length in (2, 1):
        state = states().get(tuple(word.key for word in words[-length:]))
        if state is not None and words and text[words[-1].after :].strip() in {"", "-"}:
            return state.adjective
    return ""
