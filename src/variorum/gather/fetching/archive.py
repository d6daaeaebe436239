"""WARC files of what was fetched (ISO 28500), one a round; and mending one that was torn. Nothing is fetched here.

Invariant: a file that bears its final name is whole. It is written under a hidden name, which a run passes by; what a
kill leaves of it is cut behind its last whole record and given its name.

Each record is one gzip member. Bodies stand as they came over the wire, but for the chunks of the transfer, whose
header is kept as `X-Crawler-Transfer-Encoding`, as in Common Crawl.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from variorum import __version__
from variorum.gather.fetching.outcome import Exchange, Fetched

ENDING = ".warc.gz"
STEM = "%Y%m%dT%H%M%S"  # of the names of files: when they were begun
OPEN = ".open"
ITEM = "Variorum-Item"  # header of a record: the address under which a feed or person named it
NAMED = re.compile(r"\d{8}T\d{6}-\d{3,}" + re.escape(ENDING))
CHUNK = 1 << 16
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
HOP = {"transfer-encoding": "X-Crawler-Transfer-Encoding"}


class Archive:
    """The file that is being written; it comes to be with its first record."""

    def __init__(self, folder: Path, agent: str) -> None:
        self.folder, self.agent = folder, agent
        self.path: Path | None = None  # where it will be
        self._stream: Any = None
        self._writer: Any = None

    def open(self, at: datetime) -> str:
        """Begin a file where none is begun, and give its name; no file that is there is ever written to."""
        if self.path is not None:
            return self.path.name
        from warcio.warcwriter import WARCWriter

        self.folder.mkdir(parents=True, exist_ok=True)
        stem = at.strftime(STEM)
        number = 1
        while True:
            self.path = self.folder / f"{stem}-{number:03d}{ENDING}"
            if not self.path.exists():
                try:
                    self._stream = _unfinished(self.path).open("xb")
                    break
                except FileExistsError:
                    pass
            number += 1
        self._writer = WARCWriter(self._stream, gzip=True)
        info = {
            "software": f"variorum {__version__}",
            "format": "WARC File Format 1.1",
            "http-header-user-agent": self.agent,
            "robots": "obey",
        }
        self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, info))
        return self.path.name

    def write(self, fetched: Fetched, fields: Mapping[str, str]) -> None:
        """Write every exchange of an answer; `fields` are further headers of the record that holds the page."""
        for made in fetched.exchanges:
            last = made is fetched.exchanges[-1]
            self._write_exchange(made, fields if last else {})
        self._stream.flush()

    def write_page(self, address: str, page: bytes, at: datetime, fields: Mapping[str, str]) -> None:
        """Write a page that came out of a feed and over no connection of its own."""
        record = self._writer.create_warc_record(
            address,
            "resource",
            payload=BytesIO(page),
            length=len(page),
            warc_content_type="text/html; charset=utf-8",
            warc_headers_dict={"WARC-Date": _stamp(at), **_clean(fields)},
        )
        self._writer.write_record(record)
        self._stream.flush()

    def close(self) -> Path | None:
        """Finish the file and give it its name; None where none was begun."""
        if self.path is None:
            return None
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        done, self.path, self._stream, self._writer = self.path, None, None, None
        _unfinished(done).replace(done)
        return done

    def _write_exchange(self, made: Exchange, fields: Mapping[str, str]) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        headers = {"WARC-Date": _stamp(made.at), "WARC-IP-Address": made.ip, **_clean(fields)}
        if made.cut:
            headers["WARC-Truncated"] = "length"
        answered = [(HOP.get(name.lower(), name), _line(value)) for name, value in made.headers]
        if made.header("transfer-encoding") and not made.header("content-length"):
            answered.append(("Content-Length", str(len(made.body))))
        response = self._writer.create_warc_record(
            made.address,
            "response",
            payload=BytesIO(made.body),
            length=len(made.body),
            http_headers=StatusAndHeaders(f"{made.status} {made.reason}".strip(), answered, protocol="HTTP/1.1"),
            warc_headers_dict=headers,
        )
        target, sent = made.request
        request = self._writer.create_warc_record(
            made.address,
            "request",
            payload=BytesIO(),
            length=0,
            http_headers=StatusAndHeaders(f"GET {target} HTTP/1.1", list(sent), is_http_request=True),
            warc_headers_dict={"WARC-Date": _stamp(made.at)},
        )
        self._writer.write_request_response_pair(request, response)


def mend(folder: Path) -> list[Path]:
    """Cut what a kill left behind its last whole record, and give it its name; gives those files."""
    mended = []
    for torn in sorted(folder.glob(f".*{ENDING}{OPEN}")):
        whole = _whole_bytes(torn)
        with torn.open("r+b") as stream:
            stream.truncate(whole)
            stream.flush()
            os.fsync(stream.fileno())
        done = torn.with_name(torn.name.removeprefix(".").removesuffix(OPEN))
        torn.replace(done)
        mended.append(done)
    return mended


def remove_before(folder: Path, moment: datetime) -> None:
    """Remove the files that were begun before a moment, by their names."""
    first = moment.strftime(STEM)
    for path in folder.glob(f"*{ENDING}"):
        if NAMED.fullmatch(path.name) and path.name < first:
            path.unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}{OPEN}")


def items_of(path: Path) -> set[str]:
    """Give the addresses under which the pages of a file were named."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as stream:
        found = (record.rec_headers.get_header(ITEM) for record in ArchiveIterator(stream))
        return {item for item in found if item}


def _whole_bytes(path: Path) -> int:
    """Give how many bytes of a file are whole gzip members."""
    whole = position = 0
    tool = zlib.decompressobj(31)
    for part in _parts(path):
        while part:
            try:
                tool.decompress(part)
            except zlib.error:
                return whole
            if not tool.eof:
                position += len(part)
                break
            position += len(part) - len(tool.unused_data)
            whole = position
            part, tool = tool.unused_data, zlib.decompressobj(31)
    return whole


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while part := stream.read(CHUNK):
            yield part


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(text: str) -> str:
    return CONTROL.sub(" ", text).strip()


def _clean(fields: Mapping[str, str]) -> dict[str, str]:
    """Give headers without line breaks: a title from a feed must not begin a header of its own."""
    return {name: _line(value) for name, value in fields.items() if _line(value)}
