"""A piece of an input to its articles: a pure function of its bytes, so any process can do it. No files, no ledger.

Invariant: whatever the bytes are, what comes out is articles and problems, and nothing is raised.

Problem codes: binary · encoding · empty · too-large · no-text · not-article · login-wall · bad-json · bad-date ·
unsupported · unreadable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from variorum.errors import UnreadableError
from variorum.gather.address import split_address
from variorum.gather.captured import taken
from variorum.gather.decode import decode_text
from variorum.gather.feedfile import read_feed
from variorum.gather.headline import find_headline
from variorum.gather.language import guess_language
from variorum.gather.lines import read_line
from variorum.gather.page import page_text, read_page
from variorum.gather.piece import Cut, Outcome, Passed, Piece, Taken
from variorum.gather.published import parse_published, printed_date
from variorum.model import Problem, make_article

# One article of 20 MB is three million words: a dump, not a report. JSON Lines and archives of any size are streamed.
MAX_BYTES = 20_000_000


def read_pieces(pieces: Sequence[object]) -> list[Outcome]:
    """Give what is in each of several pieces; nothing for what is no piece."""
    return [read_piece(piece) if isinstance(piece, Piece | Passed) else () for piece in pieces]


def read_piece(piece: Cut) -> Outcome:
    """Give the articles of one piece and its problems."""
    if isinstance(piece, Passed):
        return () if piece.problem is None else (piece.problem,)
    if piece.kind == "line":
        return read_line(piece)
    try:
        check_size(piece.data)
        if piece.kind == "feed":
            return read_feed(piece)
        return (_read_page(piece) if piece.kind == "page" else _read_text(piece),)
    except UnreadableError as error:
        return (Problem(piece.where, error.code, error.cause, error.remedy, piece.at),)


def check_size(data: bytes) -> None:
    """Refuse what is empty or too large. Raises UnreadableError."""
    if not data.strip():
        raise UnreadableError("the file is empty", "remove it, or give it some text", code="empty")
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"larger than {MAX_BYTES // 1_000_000} MB, which no article is",
            "split it into articles: one .txt each, or one line each in a .jsonl",
            code="too-large",
        )


def _read_text(piece: Piece) -> Taken:
    text = decode_text(piece.data, declared=[piece.charset] if piece.charset else ())
    if not text.strip():
        raise UnreadableError("the file holds only white space", "remove it, or give it some text", code="empty")
    published, basis = printed_date(text)
    article = make_article(
        url=piece.asked or f"file:{piece.name}",
        text=text,
        outlet=(split_address(piece.asked).hostname or "") if piece.asked else "",
        title=find_headline(text),
        published=published,
        published_basis=basis,
        lang=guess_language(text),
        sha256=hashlib.sha256(piece.data).hexdigest(),
        fetched_at=piece.at,
    )
    return taken(article, piece, asked=piece.asked or f"file:{piece.name}", final="")


def _read_page(piece: Piece) -> Taken:
    # No page is dated after the day on which it was taken: that of its record in an archive, else that of the run.
    page = read_page(piece.data, now=piece.at, address=piece.asked, charset=piece.charset)
    text = page_text(page)
    published, basis = (page.published, "page") if page.published is not None else _told_date(piece, text)
    article = make_article(
        url=own_address(page.url, piece.asked) or piece.asked or f"file:{piece.name}",
        text=text,
        outlet=piece.outlet or page.outlet or (split_address(piece.asked).hostname or ""),
        title=page.title,
        published=published,
        published_basis=basis,
        lang=guess_language(text) or page.lang,
        sha256=hashlib.sha256(piece.data).hexdigest(),
        fetched_at=piece.at,
    )
    return taken(article, piece, asked=piece.asked or f"file:{piece.name}", final=page.url)


def _told_date(piece: Piece, text: str) -> tuple[str | None, str]:
    """Give the date that the feed gives which listed a page, else the one printed in its first lines."""
    told = parse_published(piece.published) if piece.published else None
    return (told, "feed") if told is not None else printed_date(text)


def own_address(given: str, asked: str) -> str:
    """Give the address by which a page goes: what it gives as its own, unless another site was asked; "" for none.

    A page that was taken from one outlet and names another as its home is a reprint; and one that names its outlet's
    front page names nothing.
    """
    if not asked or not given:
        return given
    if split_address(given).path.strip("/") == "" and split_address(asked).path.strip("/") != "":
        return asked
    return given if _site(given) == _site(asked) else asked


def _site(address: str) -> str:
    """Give the name under which a host is registered: two labels where the list of suffixes does not know it."""
    from courlan import extract_domain

    host = split_address(address).hostname or ""
    return (extract_domain(address) if host else None) or ".".join(host.split(".")[-2:])
