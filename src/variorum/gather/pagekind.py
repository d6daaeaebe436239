"""What a web page is when it is no article: a front page or list, an error, a page to log in.

Invariant: a page is refused only for what stands in it; where the signs are mixed it counts as an article, because a
list that is read costs a second look and a report that is not read is lost.

Problem codes: not-article · login-wall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from variorum.errors import UnreadableError
from variorum.gather.address import split_address
from variorum.gather.pageblocks import SENTENCE, Block, find_blocks

MANY_LINKS = 25  # 93 news articles have 20 to 900, front pages 100 and more; fewer make no list
LINK_SHARE, LIST_SHARE = 0.5, 0.25  # of the characters; the second of teasers, and under the address of a list
NEAR = 3  # blocks between a headline that is a link and its teaser: an author, a date
# Characters of what is said beside teasers and menus.
NOTHING, BRIEF, SHORT, LONG = 40, 120, 400, 1_500
FEW_CARDS, MANY_CARDS = 3, 10  # headlines with a teaser; an article has one or two by chance
LIST_PATH = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|search|labels?)(?:/[^/]*)?/?$"
    r"|/page/\d+/?$|^/(?:index\.\w+|home|news|en|[a-z]{2})?/?$",
    re.I,
)
SEARCH_PATH = re.compile(r"^/?$|/(?:search|find|results|suche|recherche|buscar|ricerca|index\.\w+)/?$", re.I)
SEARCH_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search)=", re.I)
# Whole parts of a title, between the marks that set off the name of the site.
TITLE_MARKS = re.compile(r"[|\u00b7\u00bb\u2013\u2014:]|\.{3}|\u2026| - ")
_STATUS = r"(?:error\W*|http\W*|status\W*){0,3}(?:40[0134]|410|429|50[0-4])(?:\W+error)?"
_GONE = (
    r"(?:sorry\W+)?(?:the |this |that )?(?:requested )?(?:page|file|article|site|content)(?: you requested)?"
    r" (?:was |is |can(?:no|')t be |can not be |could not be )?(?:not )?found|page (?:no longer exists|missing)"
    r"|seite nicht gefunden|page (?:non trouv\u00e9e|introuvable)|p\u00e1gina no encontrada|pagina non trovata"
    r"|\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0430 \u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d\u0430"
)
_REFUSED = (
    r"not found|forbidden|access denied|bad gateway|service (?:temporarily )?unavailable|gateway time-?out"
    r"|(?:internal )?server error|just a moment|attention required|are you a (?:robot|human)|robot check"
    r"|security check|pardon our interruption|one more step|checking your browser(?: before accessing.*)?"
    r"|ddos-guard|request blocked|(?:site |under )maintenance|(?:this )?domain (?:is )?(?:for sale|parked)"
    r"|(?:this )?account (?:has been )?suspended|redirecting|error"
)
ERROR = re.compile(rf"\W*(?:(?:{_STATUS})(?:\W+(?:{_GONE}|{_REFUSED}))?|{_GONE}|{_REFUSED})\W*\d?\W*", re.I)
LOG_IN = re.compile(
    r"\W*(?:(?:please )?(?:log|sign)[ -]?(?:in|on)|login|anmelden|connexion|iniciar sesi\u00f3n)\W*", re.I
)
LOG_IN_PATH = re.compile(r"/(?:log-?in|sign-?in|signon|auth|account)(?:\.\w{1,5})?/?$", re.I)
SITE_WORDS = 4  # of the longest name of a site beside an error
MOST_TITLE = 300  # characters; a title of more is looked at so far
_READER, _OFFERED = r"\b(?:we|our|us|you|your)\b", r"\b(?:newsletter|subscri|inbox|cookies)"
# Of the page to its reader; what a report says of cookies or subscribers addresses nobody.
OFFER = re.compile(
    rf"^\W{{0,3}}(?:sign up|subscribe|copyright|\u00a9|accept|manage|newsletter)|\brights reserved\b"
    rf"|{_READER}.*{_OFFERED}|{_OFFERED}.*{_READER}",
    re.I,
)
# Blanks are bounded in all of these: a page may hold a hundred thousand of them.
ARTICLE_TYPE = re.compile(
    r'"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(?:\w{0,40}NewsArticle|Article|BlogPosting|LiveBlogPosting)"'
)
LIST_REMEDY = "nothing is lost: give the pages of its articles"
WALL_REMEDY = "save the page while logged in, or give the text as .txt"


@dataclass(frozen=True, slots=True)
class Looks:
    """What can be seen of a page without looking for its article."""

    title: str
    site: str  # the name that it gives its site, "" for none
    own: str  # the address that it gives itself
    blocks: Sequence[Block]
    links: int
    linked: int  # characters inside links
    size: int  # characters of all text
    told: int  # characters of long sentences outside links
    loose: int  # characters of what is said beside teasers, menus, footers and offers
    carded: int  # characters of teasers: what stands behind a headline that is a link
    cards: int  # how many these are
    ended: bool  # something of it ends as a sentence does
    says_article: bool  # it says of itself that it is one
    password: bool  # it asks for one


def check_kind(looks: Looks, address: str) -> None:
    """Refuse a page that is no article by what it looks like.

    `address` is the one that was asked for, "" where it is not known. Raises UnreadableError with code not-article or
    login-wall.
    """
    said = looks.loose + looks.carded
    parts = split_address(address or looks.own)
    if not looks.says_article and _is_error(looks, said):
        raise _no_article("an error page")
    if looks.password and not looks.says_article and said < SHORT:
        named = LOG_IN.fullmatch(_split(looks.title)[0]) or (said < BRIEF and LOG_IN_PATH.search(parts.path))
        if named or said < NOTHING:
            raise UnreadableError("a page to log in", WALL_REMEDY, code="login-wall")
    if looks.links < MANY_LINKS:
        return
    if (address or looks.own) and parts.path.strip("/") == "" and not parts.query:
        if not _is_report(looks, asked=bool(address)):
            raise _no_article("a front page")
        return
    if _is_list_address(parts.path, parts.query) and looks.linked > LIST_SHARE * looks.size and _is_cards(looks, said):
        raise _no_article("a list of articles")
    only_links = said < NOTHING or (said < BRIEF and not looks.ended)
    teasers = looks.cards >= MANY_CARDS and looks.loose < BRIEF
    share = looks.linked / max(1, looks.size)
    if not looks.says_article and ((only_links and share > LINK_SHARE) or (teasers and share > LIST_SHARE)):
        raise _no_article("a list of links")


def _is_error(looks: Looks, said: int) -> bool:
    """Tell whether a title is that of an error, with nothing beside it but the name of the site."""
    parts = _split(looks.title)
    rest = [part for part in parts if not ERROR.fullmatch(part)]
    if len(rest) == len(parts):
        return False
    host = re.sub(r"\W", "", (split_address(looks.own).hostname or "") + looks.site).lower()
    if all(re.sub(r"\W", "", part).lower() in host for part in rest):
        return said < SHORT
    return said < BRIEF and all(len(part.split()) <= SITE_WORDS for part in rest)


def _split(title: str) -> list[str]:
    return [part for part in map(str.strip, TITLE_MARKS.split(title[:MOST_TITLE])) if part] or [""]


def _is_list_address(path: str, query: str) -> bool:
    """Tell whether an address is that of a list: by its path where nothing is asked of it, or a search."""
    if query:
        return SEARCH_QUERY.search(query) is not None and SEARCH_PATH.search(path) is not None
    return LIST_PATH.search(path) is not None


def _is_cards(looks: Looks, said: int) -> bool:
    """Tell whether a page under the address of a list is one."""
    if looks.says_article:
        return looks.cards >= MANY_CARDS and looks.loose < BRIEF
    return said < BRIEF or (looks.cards >= FEW_CARDS and looks.loose < max(SHORT, looks.carded))


def _is_report(looks: Looks, *, asked: bool) -> bool:
    """Tell whether a page at, or only named as, a front page is a report all the same."""
    if looks.says_article and looks.loose + (looks.carded if looks.cards < FEW_CARDS else 0) >= SHORT:
        return True
    return looks.loose >= max(LONG if asked else SHORT, looks.carded)


def _no_article(what: str) -> UnreadableError:
    return UnreadableError(f"{what}, no article", LIST_REMEDY, code="not-article")


def look(tree: Any, source: str) -> Looks:
    """See what a parsed page and its markup look like."""
    blocks = find_blocks(tree)
    loose, teasers = _split_told(blocks)
    return Looks(
        title=" ".join((tree.findtext(".//title") or "").split()),
        site=_first(_site_name()(tree)),
        own=_first(_own_address()(tree)),
        blocks=blocks,
        links=int(_link_count()(tree)),
        linked=sum(block.linked for block in blocks),
        size=sum(len(block.text) for block in blocks),
        told=sum(block.own for block in blocks if block.own >= SENTENCE),
        loose=sum(block.weight for block in loose),
        carded=sum(block.weight for block in teasers),
        cards=len(teasers),
        ended=any(block.ended for block in (*loose, *teasers)),
        says_article=bool(_article_marks()(tree)) or ARTICLE_TYPE.search(source) is not None,
        password=any((one.get("type") or "").lower() == "password" for one in tree.iter("input")),
    )


def _split_told(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Give the blocks that say something: those that stand by themselves, and those behind a headline with a link."""
    loose: list[Block] = []
    teasers: list[Block] = []
    behind = NEAR + 1  # blocks since the last headline
    for block in blocks:
        if block.heading:
            behind = 0
        elif block.told and not block.framed and not (len(block.text) < BRIEF and OFFER.search(block.text)):
            (teasers if behind < NEAR else loose).append(block)
            behind = NEAR + 1
        else:  # behind the headline of the page itself no teaser stands
            behind = NEAR + 1 if block.tag == "h1" else behind + 1
    return loose, teasers


def _first(found: Sequence[object]) -> str:
    return str(found[0]) if found else ""


@cache
def _link_count() -> Any:
    return _xpath("count(//body//a[@href])")


@cache
def _article_marks() -> Any:
    return _xpath(
        "//meta[@property='og:type' and @content='article'] | //meta[@property='article:published_time']"
        " | //*[@itemprop='articleBody']"
    )


@cache
def _own_address() -> Any:
    return _xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")


@cache
def _site_name() -> Any:
    return _xpath("//meta[@property='og:site_name']/@content")


def _xpath(path: str) -> Any:
    from lxml.etree import XPath  # imported here, as trafilatura is: `--help` has 300 ms in all

    return XPath(path)
