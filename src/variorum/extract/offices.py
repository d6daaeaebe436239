"""Whether the words beside a personal name give it a public office, or tell of a private person.

Invariant: only the sentence of the name is read; an office that somebody held once, or that is a relative's, is none.
"""

from __future__ import annotations

import re

from variorum.values.caseless import make_regex
from variorum.values.name import find_names
from variorum.values.nametable import heads

_RANKS = (
    r"(?:(?:Brig|Maj|Lt|Gen|Col|Capt|Sgt|Adm|Dr|Mr|Mrs|Ms|Prof|Sheikh|Rear|Vice|Major|Captain|Lieutenant|Sergeant"
    r"|Ambassador|Senator|Judge|Doctor|Professor|Brigadier|(?:[A-Z][\w-]*-)?(?:General|Colonel|Admiral|Marshal))\.? )*"
)
_OFFICE = (
    r"(?:(?:[Vv]ice[- ])?[Pp]resident|[Pp]rime [Mm]inister|[Mm]inister|[Pp]remier|[Cc]hancellor|(?:[Cc]rown )[Pp]rince"
    r"|[Ss]ultan|[Pp]ope|King|Queen|Emperor|[Gg]overnor|[Mm]ayor|[Aa]mbassador|[Ee]nvoy|[Ss]enator|[Cc]ongress(?:man|woman)|[Ll]awmaker"
    r"|MPs?|[Pp]arliamentarian|[Cc]ommissioner|[Ss]ecretary(?:[- ][Gg]eneral)?|[Ss]ecretary of [Ss]tate|[Ss]pokes(?:man"
    r"|woman|person)|[Dd]irector(?:[- ][Gg]eneral)?|[Cc]ommander(?:[- ]in[- ][Cc]hief)?|[Ll]eader|[Cc]hair(?:man|woman"
    r"|person)?|[Cc]oordinator|[Nn]egotiator|[Pp]rosecutor|[Aa]ttorney [Gg]eneral|[Oo]mbudsman|[Jj]udge|[Cc]oroner"
    r"|[Ss]heriff|[Pp]refect|[Cc]hief(?: of (?:staff|police)| executive)?|[Hh]ead(?: of state)?|[Rr]epresentative"
    r"|(?:[A-Z][\w-]*[- ])?(?:General|Admiral|Marshal)|Rep\.|Gen\.?|Adm\.?|Gov\.?|Sen\.?)"
)
# Who leads these holds no public office.
_NO_OFFICE = (
    r"(?:former|retired|ex|late|gang|cell|ring|suspected|alleged|team|class|scout|family|household|prayer|church|choir"
    r"|youth|mosque|funeral|tour|film|movie|unit|music|art|stage)"
)
_TITLED = re.compile(rf"(?<![\w-])(?P<lead>[\w’'-]+ |){_OFFICE},? {_RANKS}$")
# "The governor of the region, Colonel A. B."
_HEADED = re.compile(
    rf"(?<![\w-])(?P<lead>[\w’'-]+ |){_OFFICE} (?:of|for|at|in|with)"
    rf" (?:(?!(?:who|and|said|told|whose)\b)[\w’'-]+ ){{0,7}}?"
    rf"(?!(?:who|and|said|says|told|added)\b)[\w’'-]+,? {_RANKS}$"
)
_RELATIVE = re.compile(
    r"\b(?:sons?|daughters?|wife|husband|widow|brothers?|sisters?|father|mother|cousin|nephew|niece|uncle|aunt|driver"
    r"|friends?|bodyguards?|aides?|relatives?) of (?:the )?(?:[\w-]+ )?$",
    re.I,
)
_FIELD_RANK = re.compile(r"\b(?:Colonel|Col\.?|Brigadier|Brig\.?|Commander|Cmdr\.?) (?:Gen\.? )?$")
_SPEAKS = re.compile(r"^,? (?:said|says|told|added|adds|confirmed|denied|announced|reported|warned|insisted|wrote)\b")
_APPOSED = re.compile(
    rf"^(?:, \d{{1,3}}| \(\d{{1,3}}\))?,? (?:who (?:leads|heads|commands|chairs|speaks for|spoke for)"
    rf" (?:the|its|their)\b"
    rf"|(?P<small>(?:(?!(?:of|for|to|at|in|by|with|and|from|whose|who)\b)[\w’'.-]+ ){{0,5}}?)"
    rf"(?P<office>{_OFFICE})(?![\w’'-])(?= (?:of|for|at|in|with|and|who)\b|[,.;)”\"]|$))"
    rf"(?P<rest>[^,.;]*)(?P<stop>[,.;]?)"
)
_HOUSE = re.compile(r" of (?:the |a |an |his |her |their )?(?:\w+ )?(?:family|household|gang|cell|ring|house)\b")
_OF_BODY = re.compile(
    r"^,? (?:of|for|from|with) (?:the |its )?(?:[\w’'-]+ ){0,4}?(?P<head>[\w-]+)(?=,? (?:said|says|told|added)\b)"
)
_SAID = re.compile(r"\b(?:said|says|told|added|confirmed|reported|announced|wrote|according)\b")
_BODYS_OWN = re.compile(r"(?:’s|'s|s’|s') $")
PERSONAL = (
    r"(?:residents?|witness(?:es)?|eyewitness|survivors?|victims?|suspects?|villagers?|shopkeepers?|farmers?|teachers?"
    r"|nurses?|drivers?|students?|neighbou?rs?|fathers?|mothers?|brothers?|sisters?|sons?|daughters?|wife|husband|widow"
    r"|uncles?|aunts?|cousins?|nephew|niece|grand(?:mother|father|son|daughter)|friends?|colleagues?|activists?"
    r"|journalists?|reporters?|photographer|lawyer|doctor|surgeon|medics?|paramedic|midwife|baker|trader|merchant"
    r"|fisherman|shepherd|carpenter|labourer|worker|guard|detainee|prisoner|hostage|defendant|man|woman|boy|girl"
    r"|named|called|identified as|Mr|Mrs|Ms|Miss)"
)
_PERSONAL_BEFORE = make_regex(rf"\b{PERSONAL}\.?,? $", re.I)
_PERSONAL_AFTER = re.compile(
    rf"^(?:, (?:aged )?\d{{1,3}}\b| \(\d{{1,3}}\)|,? (?:an?|one of|his|her|their|the) (?:[\w’'-]+ ){{0,3}}?{PERSONAL}\b"
    r"|, who (?:lost|lives?|lived|saw|was|had|fled|works?|worked)\b)"
)
_NEAR = 110  # characters on either side: a title with its body and adjectives


def find_office(text: str, start: int, end: int) -> str:
    """Give the office in which a text brings in the person named at a span; "" where it gives none."""
    before, after = _sides(text, start, end)
    titled = _TITLED.search(before)
    if titled is not None and not _is_past(titled, before) and not _is_relative(titled, before):
        return _plain(before[titled.start() :])
    headed = _HEADED.search(before)
    if (
        headed is not None
        and not _is_past(headed, before)
        and not _is_relative(headed, before)
        and not _HOUSE.search(before[headed.end("lead") :])
    ):
        return _plain(before[headed.start() :])
    if _FIELD_RANK.search(before) and _SPEAKS.match(after):
        return "officer who speaks"
    apposed = _APPOSED.match(after)
    if apposed is not None and _holds(apposed):
        return _plain(apposed["office"] or "head")
    own = _BODYS_OWN.search(before)
    if own is not None and any(found.end >= own.start() for found in find_names(before)):
        return "speaks for a body"
    body = _OF_BODY.match(after)
    return "speaks for a body" if body is not None and body["head"].capitalize() in heads() else ""


def _is_past(office: re.Match[str], before: str) -> bool:
    return re.search(rf"\b{_NO_OFFICE}[- ]$", office["lead"] or before[: office.start()], re.I) is not None


def _is_relative(office: re.Match[str], before: str) -> bool:
    """Tell whether somebody of the office holder's is named: "the wife of the mayor, A. B."."""
    return "," in office.group() and _RELATIVE.search(before[: office.end("lead")]) is not None


def _holds(apposed: re.Match[str]) -> bool:
    """Tell whether an apposition gives its own office: not "Jon Testley, the mayor said", nor "a former mayor"."""
    if apposed["office"] is None:
        return True
    if re.search(rf"\b{_NO_OFFICE}\b", apposed["small"], re.I) or _HOUSE.match(apposed["rest"]):
        return False
    return (
        _SAID.search(apposed["rest"]) is None
        or re.match(r" (?:of|for|at) [^,.;]* who said", apposed["rest"]) is not None
    )


def is_private(text: str, start: int, end: int) -> bool:
    """Tell whether a text brings in the person named at a span by age, kin, trade or as one who saw or suffered it."""
    before, after = _sides(text, start, end)
    return _PERSONAL_BEFORE.search(before) is not None or _PERSONAL_AFTER.match(after) is not None


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    before = re.split(r"[.!?][”\"’']?\s+(?=[A-Z“\"])|\n", text[max(0, start - _NEAR) : start])[-1]
    after = re.split(r"\n\s*\n", text[end : end + _NEAR])[0]
    return re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" ,").lower()
