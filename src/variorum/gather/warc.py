"""The web pages in an archive (WARC 1.0 and 1.1, ISO 28500), one piece each. Nothing is extracted here.

Invariant: an archive is read as a stream, and a page that unpacks to more than `MOST_PAGE` is never held whole; all
pages before a damaged stretch and behind it are given.

Problem codes: cut-off · damaged · not-article · too-large · unsupported · unreadable · encoding.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, datetime
from typing import Any, BinaryIO

from variorum.errors import UnreadableError
from variorum.gather.piece import Cut, Kind, Passed, Piece
from variorum.gather.records import Damage, Record, find_records
from variorum.model import Problem

MOST_PAGE = 8_000_000  # bytes of a page, unpacked; Common Crawl cuts at 1 MiB until 2025 and at 5 MiB since
TYPE = re.compile(rb"\nWARC-Type[ \t]*:[ \t]*(response|resource)[ \t]*\r?\n", re.I)
FIRST_YEAR = 1990  # of the web; earlier ones, and the last there is, are how programs write "no date"
HEADERS = 4_096  # bytes in which a record says its type
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
CHARSET = re.compile(r"""charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,30})""", re.I | re.A)
LIKE_A_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body)\b", re.I)
# What has text that is lost: of pictures, scripts and styles nothing is said.
DOCUMENT = re.compile(r"application/(?:pdf|msword|rtf|epub|vnd\.(?:openxml|ms-|oasis)).*")
FOR_MACHINES = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt$", re.I)
SILENT = 500  # records without a page after which it is told how far the reading is


def find_pages(stream: BinaryIO, name: str, *, now: str, start: int = 0) -> Iterator[Cut]:
    """Yield the pages of an archive from a byte on, and what there is to say of those that are none.

    `now` is the ISO 8601 date-time to record for a record without a date of its own.
    """
    silent, end = 0, start
    for found in find_records(stream, start):
        cut = _tell(found, name, now) if isinstance(found, Damage) else _read(found, name, now)
        silent, end = (silent + 1 if cut is None else 0), found.end
        if cut is not None:
            yield cut
        elif silent >= SILENT:
            yield Passed(end)
            silent = 0
    if silent:
        yield Passed(end)


def _tell(found: Damage, name: str, now: str) -> Passed:
    where = f"{name}, byte {found.start}"
    if found.torn:
        cause = "the archive ends inside a record: it is still being written, or was cut off"
        return Passed(found.start, Problem(where, "cut-off", cause, "what stands before was read; run it again", now))
    cause = f"{found.end - found.start:,} bytes hold no whole record"
    return Passed(found.end, Problem(where, "damaged", cause, "what stands before and behind was read", now))


def _read(found: Record, name: str, now: str) -> Cut | None:
    """Give the page of a record; None for a record that holds none and of which there is nothing to say."""
    if TYPE.search(found.data, 0, HEADERS) is None:
        return None
    from warcio.recordloader import ArcWarcRecordLoader

    logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)  # it tells of each odd address on standard error
    url, at = "", now
    try:
        record = ArcWarcRecordLoader(verify_http=False, arc2warc=False).parse_record_stream(io.BytesIO(found.data))
        url = _address(record)
        at = _moment(record.rec_headers.get_header("WARC-Date")) or now
        kind, data = _page(record, url, found)
    except UnreadableError as error:
        return Passed(found.end, Problem(f"{name}, page {url}", error.code, error.cause, error.remedy, now))
    except Exception as error:  # another's parser fed hostile bytes can raise anything
        cause = f"the record cannot be parsed ({type(error).__name__})"
        return Passed(
            found.end, Problem(f"{name}, byte {found.start}", "unreadable", cause, "give the page as .html", now)
        )
    if kind is None:
        return None
    origin = f"{name} at byte {found.start}"
    outlet, published = (_told(record, header) for header in ("Variorum-Outlet", "Variorum-Published"))
    return Piece(
        kind, name, f"{name}, page {url}", data, at, url, origin, found.end, outlet, published, _charset(record)
    )


def _page(record: Any, url: str, found: Record) -> tuple[Kind | None, bytes]:
    """Give the kind and the bytes of a page. Raises UnreadableError for what is none and should be told of."""
    headers = record.http_headers
    of = record.content_type if headers is None else headers.get_header("content-type")
    media = (of or "").partition(";")[0].strip().lower()
    status = "200" if headers is None else headers.get_statuscode()
    if not url or status.startswith("3") or status in ("204", "206"):
        return None, b""
    if media not in PAGE_TYPES and media not in ("", "text/plain"):
        if status == "200" and DOCUMENT.fullmatch(media):
            raise UnreadableError(f"it is a document ({media})", "give it as text", code="unsupported")
        return None, b""
    if not status.startswith("2"):
        raise UnreadableError(f"status {status}", "nothing is lost: an error page is no report", code="not-article")
    if found.large:
        raise UnreadableError(f"larger than {MOST_PAGE:,} bytes, which no article is", "", code="too-large")
    data = _body(record)
    if media in PAGE_TYPES or LIKE_A_PAGE.search(data, 0, HEADERS):
        return "page", data
    if media != "text/plain" or FOR_MACHINES.search(url):
        return None, b""
    return "text", data


def _charset(record: Any) -> str:
    """Give the encoding that the server named, "" where it named none."""
    headers = record.http_headers
    of = record.content_type if headers is None else headers.get_header("content-type")
    found = CHARSET.search(of or "")
    return found[1] if found else ""


def _body(record: Any) -> bytes:
    """Give the bytes of a page with what it was packed in taken off. Raises UnreadableError where that cannot be."""
    packed = record.http_headers and record.http_headers.get_header("content-encoding")
    stream = record.content_stream()
    parts, size = [], 0
    while size <= MOST_PAGE and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    if size > MOST_PAGE:
        raise UnreadableError(f"larger than {MOST_PAGE:,} bytes, which no article is", "", code="too-large")
    data = b"".join(parts)
    if packed and packed.lower() in ("br", "zstd") and b"<" not in data[:HEADERS]:
        raise UnreadableError(f"the page is packed as {packed}", "pip install brotli, or unpack it", code="encoding")
    return data


def _address(record: Any) -> str:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return "".join(char for char in url if char.isprintable())[:2_000]


def _told(record: Any, header: str) -> str:
    """Give what `variorum fetch` wrote beside a page: of what outlet it is, and when the feed says it was published."""
    given = record.rec_headers.get_header(header) or ""
    return "".join(char for char in given if char.isprintable())[:200].strip()


def _moment(given: str | None) -> str | None:
    """Give a date-time of a record in UTC, to the second."""
    try:
        moment = datetime.fromisoformat((given or "").strip())
        zoned = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if not FIRST_YEAR <= zoned.year < MAXYEAR:
        return None
    return zoned.isoformat(timespec="seconds").replace("+00:00", "Z")
