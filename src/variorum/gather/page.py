"""The article in a web page: body, title, date and outlet by trafilatura. No network, no files.

Invariant: the same bytes and the same `now` give the same article; nothing outside the page is looked up.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from variorum.errors import UnreadableError
from variorum.gather.decode import decode_text, known_encoding
from variorum.gather.pageblocks import count_words
from variorum.gather.pagekind import Looks, check_kind, look
from variorum.gather.pagewall import check_body

DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.I
)
HTML_LANG = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.I)
GIVEN_DATE = re.compile(r"""(?:published_time|datePublished)["'][^<>]{0,80}?(\d{4}-\d\d-\d\d)""")
ANY_PAGE = frozenset({"utf-8", "cp1252"})  # what servers say of pages that they do not know
MIN_WORDS = 6  # fewer are a menu entry or "Loading"; the shortest body of 93 news pages has 18
MIN_BODY = 300  # characters below which trafilatura asks its other body finders, and a bit
MIN_BODY_SHARE = 0.4  # of the prose of the whole page
MOST_LINE = 1_000  # characters; a longer line is looked at for too long, and is no offer of a page
HEAD = 4_096  # browsers look for the declared encoding in the first 1,024 bytes; pages put it later

# Lines that belong to the page and not to the article and that the body finder lets through. Whole lines only:
# a sentence of the article that has "read more" in it stays. With these, body F1 on 93 news pages is .973
# (.969 without; bench/pages.py).
FURNITURE = re.compile(
    r"""^[\W_]*(?:
      (?:read|see|watch|also|more|find|learn|click|tap)\s+(?:more|also|here|next|now|on|read|news|stories|out\s+more)\b\s*(?:[:|»›>→-].*|)$
    | (?:read\s+more|read\s+also|also\s+read|see\s+also|related(?:\s+(?:stories|articles|news|content|topics|links))?
       |recommended|more\s+(?:news|stories|from)|most\s+(?:read|popular)|trending|don['’]?t\s+miss|editor['’]?s?\s+picks?)\s*(?:[:|»›>→-].*|)$
    | also\s+on\s+\w+\.\w+.*
    | (?:please\s+)?(?:share|tweet|e-?mail|print|like|follow|pin)
       (?:\s+(?:this|it|us|on|via|with|article|story|page)\b.{0,60})?$
    | (?:like\s+this\s+(?:story|article)\?).*
    | (?:follow|like|join|find)\s+(?:us|me|him|her|them|@\w+)\b.{0,40}
       \bon\s+(?:twitter|facebook|instagram|telegram|whatsapp|x)\b.{0,120}
    | (?:sign\s+up|subscribe)\b.{0,80}\b(?:newsletters?|inbox|e-?mails?|updates|alerts|channel)\b.{0,120}
    | (?:get|receive)\b.{0,80}\b(?:delivered|straight)\s+(?:to|through)\s+your\b.{0,160}
    | (?:this|our)\s+(?:web)?site\s+uses\s+cookies\b.*|we\s+use\s+cookies\b.*|(?:accept|manage)\s+(?:all\s+)?cookies.*
    | advertisements?|sponsored(?:\s+content)?|skip\s+to\s+(?:main\s+)?content|back\s+to\s+top|tags?\s*:.*
    | (?:\d+\s+)?comments?|leave\s+a\s+(?:comment|reply)|tell\s+us\s+what\s+you\s+think.{0,20}
    | \d+\s+min(?:ute)?s?\s+read
    )[\W_]*$""",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says it is."""

    url: str  # the address the page gives itself, "" when it gives none
    outlet: str
    title: str
    body: str
    published: str | None  # ISO 8601 date
    lang: str  # as declared by the page


def read_page(data: bytes, *, now: str, address: str = "", charset: str = "") -> Page:
    """Give the article in the raw bytes of an HTML page.

    `address` is where it was asked for, `charset` the encoding that its server named; both "" where not known.
    Raises UnreadableError with code binary or encoding; not-article for a list, an error page or a notice of consent;
    login-wall for what stands before one; or no-text when the page has no article in it.
    """
    source = _source(data, charset)
    tree = _parse(source)
    looks = look(tree, source)
    check_kind(looks, address)
    page = _read_body(source, tree, looks, now)
    check_body(page.body, source, looks)
    if count_words(page.body) < MIN_WORDS:
        raise _no_text()
    return page


def find_body(data: bytes, *, now: str) -> str:
    """Give what stands in a page as its body, whether that is an article or what stands before a wall."""
    source = _source(data)
    tree = _parse(source)
    return _read_body(source, tree, look(tree, source), now).body


def _source(data: bytes, charset: str = "") -> str:
    # An XML declaration that names another encoding than str makes lxml refuse the page.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_text(data, declared=_declared(data, charset)))


def _read_body(source: str, tree: Any, looks: Looks, now: str) -> Page:
    found = _find_body(tree, looks, now)
    outlet = (found["sitename"] or found["hostname"] or "").strip()
    title = own_title(" ".join((found["title"] or "").split()), outlet)
    lines = [line for line in (found["text"] or "").split("\n") if not is_furniture(line)]
    if lines and " ".join(lines[0].split()) == title:  # the headline stands once, in front of the body
        del lines[0]
    lang = HTML_LANG.search(source[:HEAD])
    url = found["url"] or ""
    return Page(
        url if re.match(r"https?://", url) else "",
        outlet,
        title,
        "\n".join(lines).strip(),
        _believed(found["date"], source),
        lang.group(1).lower() if lang else "",
    )


def is_furniture(line: str) -> bool:
    """Tell whether a line is one of the page, and not of its article."""
    return len(line) <= MOST_LINE and FURNITURE.match(line.strip()) is not None


def page_text(page: Page) -> str:
    """Give the fixed text of a page: title, blank line, body."""
    return f"{page.title}\n\n{page.body}" if page.title else page.body


def own_title(title: str, outlet: str) -> str:
    """Take the name of the site off the end of a title: "Bridge falls | The Harbour Post"."""
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        if outlet and title.lower().endswith((mark + outlet).lower()):
            return title[: -len(mark + outlet)].strip()
    return title


def _declared(data: bytes, charset: str) -> list[str]:
    """Give the encodings that a server and a page name, the likeliest first.

    The server's goes first, as in a browser, but for the one that servers say of any page.
    """
    match = DECLARED.search(data[:HEAD])
    own = known_encoding(match.group(1).decode("ascii")) if match else ""
    told = known_encoding(charset) if charset else ""
    return [own, told] if told in ANY_PAGE else [told, own]


def _no_text() -> UnreadableError:
    return UnreadableError("no article text in this page", "give the text as .txt", code="no-text")


def _parse(source: str) -> Any:
    # Imported here: it costs 130 ms, and `--help` has 300 ms in all.
    from trafilatura.utils import load_html

    _quieten()
    with _told():
        tree = load_html(source)
    if tree is None:
        raise _no_text()
    return tree


@cache
def _quieten() -> None:
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # a parser fed hostile pages can raise anything, and one page must not end a run
        raise UnreadableError(
            f"the page cannot be parsed ({type(error).__name__})", "give the text as .txt", code="unreadable"
        ) from error


def _believed(day: str | None, source: str) -> str | None:
    """Give the date that was found, unless it is the first of a month made of a date that lies too late."""
    if day is None or not day.endswith("-01"):
        return day
    given = {match[1] for match in GIVEN_DATE.finditer(source)}
    return None if any(one[:7] == day[:7] for one in given) and day not in given else day


def _find_body(tree: Any, looks: Looks, now: str) -> dict[str, str | None]:
    found = first = _extract(tree, now, fast=True)
    if first is None or not _is_enough(first, looks):
        found = _extract(tree, now, fast=False)
    if found is None:
        raise _no_text()
    return {key: getattr(found, key) for key in ("text", "title", "date", "sitename", "hostname", "url")}


def _extract(tree: Any, now: str, *, fast: bool) -> Any:
    from trafilatura import bare_extraction

    with _told():
        return bare_extraction(tree, fast=fast, **options(now))


def options(now: str) -> dict[str, Any]:
    """Give the settings of trafilatura with which pages are read; no page is dated later than the day after `now`."""
    # One day more than that on which the page was taken: it is tomorrow already where the outlet is.
    taken = date.fromisoformat(now[:10])
    latest = taken + timedelta(days=1) if taken < date.max else taken
    return {
        "include_comments": False,
        # Reader comments and related-link blocks cost more than the few list items this drops: body F1 on the
        # 93 pages of bench/pages.py is .973 with it, .960 without; with fast=True alone .932; favor_recall .958.
        "favor_precision": True,
        "with_metadata": True,
        # original_date: the day it was published, not last changed. No extensive search: it takes any date it
        # can find in the body, and no date is better than a wrong one. max_date keeps the wall clock out.
        "date_extraction_params": {"original_date": True, "extensive_search": False, "max_date": str(latest)},
    }


def _is_enough(found: Any, looks: Looks) -> bool:
    """Tell whether the first look's body needs no second opinion: trafilatura's own reasons for taking another one.

    They are a short body, one without paragraphs or full of tables, and twice as much text elsewhere. Of 93 news pages
    81 need none, and the body is the same with one.
    """
    size = len(found.text or "")
    paragraphs, tables = len(found.body.findall(".//p")), len(found.body.findall(".//table"))
    return size >= MIN_BODY and size >= MIN_BODY_SHARE * looks.told and paragraphs > 0 and tables <= paragraphs
