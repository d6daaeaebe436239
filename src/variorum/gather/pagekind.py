"""What a web page is when it is no article: a front page or list, an error, a consent notice, a log-in wall.

Invariant: a page is refused only for what stands in it; where the signs are mixed it counts as an article, because a
list that is read costs a second look and a report that is not read is lost.

Problem codes: not-article · login-wall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from variorum.errors import UnreadableError

LONG = 80  # characters of a piece of text outside links that makes it a sentence of prose; a menu entry has under 40
SHORT_BODY = 400  # characters of prose in one place; the shortest of 93 news articles has 450
BLOG_BODY = 1_500  # and on a page whose address is that of a list: teasers reach 1,000
MANY_LINKS = 25  # the 93 articles have 20 to 900, front pages 100 and more; fewer make no list
MANY_PLACES = 10
LINK_SHARE, LIST_SHARE = 0.5, 0.25  # of the characters; the second where the address is that of a list
STUB_WORDS = 150  # what stands before a wall is cut after one to three paragraphs; more is an article to read
ERROR_BODY = 400  # characters of prose up to which a page with the title of an error is one
LIST_PATH = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|search|labels?)(?:/[^/]*)?/?$"
    r"|/page/\d+/?$|^/(?:index\.\w+|home|news|en|[a-z]{2})?/?$",
    re.I,
)
SEARCH_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search)=", re.I)
ERROR_TITLE = re.compile(
    r"^\W*(?:error\W*)?(?:40[0134]|410|429|50[0-4])\b"
    r"|\b(?:page|file|article|site|content) (?:was |can(?:no|')t be )?not found\b"
    r"|\bpage (?:can't|cannot) be found|^\W*(?:not found|forbidden|access denied|bad gateway|service unavailable"
    r"|gateway time-?out|internal server error|just a moment|attention required|are you a robot|robot check"
    r"|security check|pardon our interruption|one more step|checking your browser|ddos-guard|request blocked"
    r"|site maintenance|under maintenance|domain (?:for sale|parked)|account suspended|redirecting)\b",
    re.I,
)
CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\bGDPR\b|\bprivacy (?:policy|settings|notice)\b|\bour partners\b"
    r"|\bpersonal(?:ised|ized)? data\b"
    r"|\bDatenschutz|\bconsentement\b|\bcookie-|\bjavascript\b.{0,40}\b(?:enable|disabled|turn)",
    re.I,
)
WALL = re.compile(
    r"\b(?:subscribe|sign in|log ?in|sign up|register|join)(?: now| today| here)? (?:or \w+ (?:in|up|now) )?to"
    r" (?:continue|keep|finish|read (?:the|this) (?:full|rest|whole|article|story|more)|unlock"
    r"|access (?:this|the) (?:article|story|content))"
    r"|\bto (?:continue|keep) reading(?: this| the)?\b.{0,60}\b(?:subscri|log ?in|sign|register|account)"
    r"|\bthis (?:article|content|story|page) is (?:only |exclusively )?(?:available )?(?:for|to|reserved for)"
    r" (?:our |paid |registered )?(?:subscribers|members|premium|registered)"
    r"|\b(?:subscriber|member)s?[- ](?:only|exclusive)\b(?! (?:newsletter|event))"
    r"|\byou(?:'ve| have) (?:reached|used|read) (?:your|the|all)\b.{0,40}\b(?:free|monthly|limit)"
    r"|\b(?:remaining|last) free articles?\b|\bunlock (?:this|the full) (?:article|story)\b"
    r"|\bto read the (?:full|rest of the) (?:article|story)\b.{0,40}\b(?:subscri|log ?in|sign|regist)"
    r"|\b(?:weiterlesen|vollständigen? artikel) mit\b|\bréservée? aux abonnés\b"
    r"|\b(?:contenido )?exclusivo para suscriptores\b"
    r"|\briservato agli abbonati\b|\bматериал доступен (?:только )?(?:по подписке|подписчикам)\b",
    re.I,
)
NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.I)
ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting)"')
LIST_REMEDY = "nothing is lost: give the pages of its articles"
WALL_REMEDY = "save the page while logged in, or give the text as .txt"


@dataclass(frozen=True, slots=True)
class Looks:
    """What can be seen of a page without looking for its article."""

    title: str
    own: str  # the address that it gives itself
    links: int
    linked: int  # characters inside links
    size: int  # characters of all text
    told: int  # characters of sentences outside links
    prose: int  # the most of them that stand in one place
    places: int  # where sentences stand: an article has few, a list of teasers one each
    says_article: bool  # it says of itself that it is one
    password: bool  # it asks for one


def check_kind(looks: Looks, address: str) -> None:
    """Refuse a page that is no article by what it looks like.

    `address` is the one that was asked for, "" where it is not known. Raises UnreadableError with code not-article or
    login-wall.
    """
    error = ERROR_TITLE.search(looks.title)
    if error is not None and looks.prose < ERROR_BODY and not looks.says_article:
        raise _no_article("an error page")
    if looks.password and looks.prose < SHORT_BODY:
        raise UnreadableError("a page to log in", WALL_REMEDY, code="login-wall")
    if looks.links < MANY_LINKS:
        return
    own = address or looks.own
    parts = urlsplit(own) if own else None
    is_list = parts is not None and (bool(LIST_PATH.search(parts.path)) or bool(SEARCH_QUERY.search(parts.query)))
    front = parts is not None and parts.path.strip("/") == "" and not parts.query
    many = looks.linked > LIST_SHARE * looks.size
    if front or (is_list and many and not looks.says_article and looks.prose < BLOG_BODY):
        raise _no_article("a front page" if front else "a list of articles")
    scattered = looks.prose == 0 or (looks.prose < SHORT_BODY and looks.places >= MANY_PLACES)
    if not looks.says_article and scattered and looks.linked > LINK_SHARE * looks.size:
        raise _no_article("a list of links")


def check_body(body: str, source: str) -> None:
    """Refuse a page whose body is no article, or only what stands before a wall. Raises UnreadableError."""
    lines = [line for line in body.split("\n") if len(line) >= LONG // 2]
    notices = sum(CONSENT.search(line) is not None for line in lines)
    if lines and notices >= 0.6 * len(lines):
        raise _no_article("a notice of cookies or consent")
    if len(body.split()) < STUB_WORDS and (NOT_FREE.search(source) or WALL.search(_visible(source))):
        raise UnreadableError("only the first lines, before a log-in or subscription", WALL_REMEDY, code="login-wall")


def _no_article(what: str) -> UnreadableError:
    return UnreadableError(f"{what}, no article", LIST_REMEDY, code="not-article")


def look(tree: Any, source: str) -> Looks:
    """See what a parsed page and its markup look like."""
    size = linked = 0
    places: dict[Any, int] = {}
    for text in _texts()(tree):
        length = len(text) if text.isascii() and not text.startswith((" ", "\n", "\t")) else len(text.strip())
        if not length:
            continue
        size += length
        if length < LONG:
            continue
        parent = text.getparent()
        if parent.tag == "a":
            continue
        place = parent.getparent() if parent.tag in ("p", "span", "b", "strong", "em", "i", "font") else parent
        places[place] = places.get(place, 0) + length
    for text in _link_texts()(tree):
        linked += len(text.strip())
    links = int(_link_count()(tree))
    title = " ".join((tree.findtext(".//title") or "").split())
    prose = max(places.values(), default=0)
    told = sum(places.values())
    marked = _says_article(tree, source)
    return Looks(title, _own(tree), links, linked, size, told, prose, len(places), marked, _asks(tree))


def _says_article(tree: Any, source: str) -> bool:
    return bool(_article_marks()(tree)) or ARTICLE_TYPE.search(source) is not None


def _asks(tree: Any) -> bool:
    return next((True for one in tree.iter("input") if (one.get("type") or "").lower() == "password"), False)


def _own(tree: Any) -> str:
    found = _own_address()(tree)
    return str(found[0]) if found else ""


def _visible(source: str) -> str:
    return re.sub(r"<[^<>]{0,2000}>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", source, flags=re.S | re.I))


@cache
def _texts() -> Any:
    return _xpath("//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]")


@cache
def _link_texts() -> Any:
    return _xpath("//body//a//text()")


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


def _xpath(path: str) -> Any:
    from lxml.etree import XPath  # imported here, as trafilatura is: `--help` has 300 ms in all

    return XPath(path)
