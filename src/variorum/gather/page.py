"""The article in a web page: body, title, date and outlet by trafilatura. No network, no files.

Invariant: the same bytes and the same `now` give the same article; nothing outside the page is looked up.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

from variorum.errors import UnreadableError
from variorum.gather.decode import decode_text

DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.I
)
HTML_LANG = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.I)
MIN_WORDS = 6  # fewer are a menu entry or "Loading"; the shortest body of 93 news pages has 18
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


def read_page(data: bytes, *, now: str) -> Page:
    """Give the article in the raw bytes of an HTML page.

    Raises UnreadableError with code binary or encoding, or no-text when the page has no article in it.
    """
    source = decode_text(data, declared=_declared(data))
    # An XML declaration that names another encoding than str makes lxml refuse the page.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    found = _find_body(source, now)
    if found is None:
        raise UnreadableError("no article text in this page", "give the text as .txt", code="no-text")
    outlet = (found["sitename"] or found["hostname"] or "").strip()
    title = _own_title(" ".join((found["title"] or "").split()), outlet)
    lines = [line for line in (found["text"] or "").split("\n") if not FURNITURE.match(line.strip())]
    if lines and " ".join(lines[0].split()) == title:  # the headline stands once, in front of the body
        del lines[0]
    body = "\n".join(lines).strip()
    if len(body.split()) < MIN_WORDS:
        raise UnreadableError("no article text in this page", "give the text as .txt", code="no-text")
    lang = HTML_LANG.search(source[:HEAD])
    url = found["url"] or ""
    return Page(
        url if re.match(r"https?://", url) else "",
        outlet,
        title,
        body,
        found["date"] or None,
        lang.group(1).lower() if lang else "",
    )


def page_text(page: Page) -> str:
    """Give the fixed text of a page: title, blank line, body."""
    return f"{page.title}\n\n{page.body}" if page.title else page.body


def _own_title(title: str, outlet: str) -> str:
    """Take the name of the site off the end of a title: "Bridge falls | The Harbour Post"."""
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        if outlet and title.lower().endswith((mark + outlet).lower()):
            return title[: -len(mark + outlet)].strip()
    return title


def _declared(data: bytes) -> str:
    match = DECLARED.search(data[:HEAD])
    if match is None:
        return ""
    name = match.group(1).decode("ascii")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _find_body(source: str, now: str) -> dict[str, str | None] | None:
    # Imported here: it costs 130 ms, and `--help` has 300 ms in all.
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        document = bare_extraction(
            source,
            include_comments=False,
            # Reader comments and related-link blocks cost more than the few list items this drops: body F1 on the
            # 93 pages of bench/pages.py is .969 with it, .960 without; fast=True .932; favor_recall .958.
            favor_precision=True,
            with_metadata=True,
            # original_date: the day it was published, not last changed. No extensive search: it takes any date it
            # can find in the body, and no date is better than a wrong one. max_date keeps the wall clock out.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": now[:10]},
        )
    except Exception as error:  # a parser fed hostile pages can raise anything, and one page must not end a run
        raise UnreadableError(
            f"the page cannot be parsed ({type(error).__name__})", "give the text as .txt", code="unreadable"
        ) from error
    if document is None:
        return None
    return {key: getattr(document, key) for key in ("text", "title", "date", "sitename", "hostname", "url")}
