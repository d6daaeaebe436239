"""What stands in a page in place of its article: a notice of consent, a wall, an error without a title.

Invariant: a sentence of the article never makes it one of these; a wall is looked for beside the body alone.

Problem codes: not-article · login-wall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.errors import UnreadableError
from variorum.gather.pageblocks import SENTENCE, Block, count_words
from variorum.gather.pagekind import LIST_REMEDY, WALL_REMEDY, Looks

STUB_WORDS = 150  # what stands before a wall is cut after one to three paragraphs; more is an article to read
NOTICE_WORDS = 80  # of an error, a check or a refusal
NOTICE_SHARE = 0.6  # of the lines
WALL_SIZE = 300  # characters of the longest offer
BEHIND = 8  # blocks behind the body in which its wall stands
MOST_BODY = 10_000  # characters of a body of so few words that are looked through
START = 60  # characters by which a block is found in the body
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent to (?:the |our )?(?:use|processing|storing|storage|cookies)"
    r"|\b(?:withdraw|manage) (?:your )?consent\b|\bGDPR\b|\bprivacy (?:policy|settings|notice)\b|\bour partners\b"
    r"|\bpersonal(?:ised|ized)? (?:data|ads|content)\b|\bDatenschutz|\bconsentement\b"
    r"|\bjavascript\b.{0,40}\b(?:enable|disabled|turn)|\benable javascript\b",
    re.I,
)
# A notice speaks to its reader; a report on a leak of data does not. English, German, French, Spanish, Italian.
READER = re.compile(
    r"\b(?:we|our|us|you|your|wir|unsere\w?|ihre?\w?|nous|nos|vous|vos|votre|nuestr\w{1,3}|su|noi|nostr[oaie]|vostr[oaie])\b",
    re.I,
)
SURELY = re.compile(r"\bcookies?\b|\bGDPR\b|\bjavascript\b|\bprivacy (?:policy|settings|notice)\b|\bDatenschutz", re.I)
# Where a sentence begins, and up to two words: an order to the reader, not what somebody was ordered.
_BEGIN = r"(?:^|[.!?:;|\u2026\u2013\u2014]\s{0,3})\W{0,3}(?:\w{1,12}\W{1,2}){0,2}?"
_ASK = r"(?:subscribe|sign in|log ?in|sign up|register|join|create an account)"
_ALL = r"(?:read|see|access|view) (?:the|this) (?:full|rest|whole|complete|entire|article|story|report|content)"
WALL = re.compile(
    rf"{_BEGIN}{_ASK}(?: now| today| here| for free)?(?: or \w+(?: \w+)?)? to (?:continue|keep|finish)"
    r"(?: reading\b| with this\b|\W*$|\W+(?:already|or)\b)"
    rf"|{_BEGIN}{_ASK}(?: now| today| here| for free)?(?: or \w+(?: \w+)?)? to (?:{_ALL}|read (?:on|more)\b|unlock"
    r" (?:this|the) (?:full )?(?:article|story))"
    rf"|{_BEGIN}to (?:(?:continue|keep) reading|read (?:on|more)|{_ALL})\b[^.!?]{{0,60}}"
    r"\b(?:subscri|log ?in|sign (?:in|up)|regist|account)"
    rf"|{_BEGIN}want to (?:read (?:on|more)|(?:keep|continue) reading)\?"
    rf"|{_BEGIN}this (?:article|content|story|page) is (?:only |exclusively )?(?:available )?(?:for|to|reserved for)"
    r" (?:our |paid |registered )?(?:subscribers|members|premium|registered)"
    r"|^\W{0,3}(?:for )?(?:subscriber|member)s?[- ](?:only|exclusive)(?: (?:article|content|story))?\W{0,3}$"
    rf"|{_BEGIN}you(?:'ve|\u2019ve| have) (?:reached|used|read) (?:your|the|all)\b.{{0,40}}\b(?:(?:free|monthly)"
    r" (?:articles?|stories|reads?|limit)|limit)\b"
    r"|\b(?:remaining|last) free articles?\b"
    rf"|{_BEGIN}unlock (?:this|the full) (?:article|story)(?:\W*$|[.!]| (?:with|by|now|for free|and|when)\b)"
    r"|\b(?:weiterlesen|vollst\u00e4ndigen? artikel) mit\b"
    r"|\b(?:article|contenu|lecture|suite)\b.{0,30}\br\u00e9serv\u00e9e?s? aux abonn\u00e9s\b"
    r"|\b(?:contenido|art\u00edculo|noticia)\b.{0,20}\bexclusiv[oa] para suscriptores\b"
    r"|\b(?:articolo|contenuto)\b.{0,20}\briservato agli abbonati\b"
    r"|\b\u043c\u0430\u0442\u0435\u0440\u0438\u0430\u043b \u0434\u043e\u0441\u0442\u0443\u043f\u0435\u043d"
    r" (?:\u0442\u043e\u043b\u044c\u043a\u043e )?(?:\u043f\u043e \u043f\u043e\u0434\u043f\u0438\u0441\u043a\u0435"
    r"|\u043f\u043e\u0434\u043f\u0438\u0441\u0447\u0438\u043a\u0430\u043c)\b",
    re.I,
)
NOT_FREE = re.compile(r'"isAccessibleForFree"\s{0,20}:\s{0,20}"?false', re.I)
INSTEAD = re.compile(
    r"\bpage (?:that )?you(?:'re|\u2019re| are| were|'ve|\u2019ve| have)? (?:looking for|requested|asked for|tried)"
    r"|\b(?:could not|couldn['\u2019]t|cannot|can['\u2019]t) find (?:the|that) page\b"
    r"|\bpage (?:does not|doesn['\u2019]t) exist\b"
    r"|\bverify(?:ing)? (?:that )?you are (?:a )?human\b|\bsecurity of your connection\b|\bchecking your browser\b"
    r"|\bunusual (?:traffic|activity) from your\b|\bcomplete the (?:captcha|security check)\b"
    r"|\b(?:web)?site is (?:currently )?(?:not available|unavailable) in (?:most|your|the) (?:\w+ ){0,2}"
    r"(?:countries|country|region|union)\b",
    re.I,
)


def check_body(body: str, source: str, looks: Looks) -> None:
    """Refuse a page whose body is no article, or only what stands before a wall. Raises UnreadableError."""
    lines = [line for line in body.split("\n") if len(line) >= SENTENCE // 2]
    notices = sum(CONSENT.search(line) is not None and READER.search(line) is not None for line in lines)
    if lines and notices >= NOTICE_SHARE * len(lines) and any(map(SURELY.search, lines)):
        raise UnreadableError("a notice of cookies or consent, no article", LIST_REMEDY, code="not-article")
    words = count_words(body)
    if words < NOTICE_WORDS and not looks.says_article:
        said = sum(len(line) for line in body.split("\n") if INSTEAD.search(line))
        if said >= NOTICE_SHARE * len(body):
            raise UnreadableError("an error or a check of the reader, no article", LIST_REMEDY, code="not-article")
    if words < STUB_WORDS and (NOT_FREE.search(source) or _has_wall(looks.blocks, body)):
        raise UnreadableError("only the first lines, before a log-in or subscription", WALL_REMEDY, code="login-wall")


def _has_wall(blocks: Sequence[Block], body: str) -> bool:
    """Tell whether a wall stands inside a body or close behind it, outside of menus and sidebars."""
    text = " ".join(body[:MOST_BODY].split())
    places = [place for place, block in enumerate(blocks) if block.told and block.text[:START] in text]
    if not places:
        return False
    near = blocks[places[0] : places[-1] + 1 + BEHIND]
    return any(WALL.search(block.text) for block in near if len(block.text) <= WALL_SIZE and not block.framed)
