"""Makes small web archives: pages of invented outlets, with warcio's writer."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SENTENCES = (
    "Three people were hurt when the old bridge of {town} fell into the river before dawn on Tuesday, the mayor said.",
    "Divers searched the water below the piers until noon and found two cars and a cart, but nobody inside them.",
    "The bridge was built a century ago and had been closed to lorries since a flood loosened its middle pier.",
    "Engineers from the capital are expected on Friday, and a ferry will carry school children until summer.",
)
MENU = "".join(f'<li><a href="/section/{number}">Section number {number}</a></li>' for number in range(30))


def page(town: str, *, head: str = "") -> str:
    """Give a page with one report."""
    body = "".join(f"<p>{sentence.format(town=town)}</p>" for sentence in SENTENCES)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge falls in {town}</title>"
        f'<meta property="og:site_name" content="{town} Herald">{head}</head>'
        f"<body><nav><ul>{MENU}</ul></nav><article><h1>Bridge falls in {town}</h1>{body}</article></body></html>"
    )


def url(town: str) -> str:
    """Give the address of its page."""
    return f"https://www.{town.lower()}.example/news/bridge"


class Archive:
    """A web archive that is written record by record."""

    def __init__(self, *, packed: bool = True) -> None:
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)
        self.writer._create_temp_file = io.BytesIO  # it closes none of those that it makes

    def add(self, address: str, body: str | bytes, **said: str) -> Archive:
        """Add a response; `status`, `type`, `date`, and further HTTP headers with _ for -."""
        status = said.pop("status", "200 OK")
        kind = said.pop("kind", "response")
        headers = [("Content-Type", said.pop("type", "text/html; charset=utf-8"))]
        dated = {"WARC-Date": said.pop("date", "2031-03-05T06:07:08Z")}
        headers += [(name.replace("_", "-"), value) for name, value in said.items()]
        record = self.writer.create_warc_record(
            address,
            kind,
            payload=io.BytesIO(body.encode() if isinstance(body, str) else body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1") if kind != "resource" else None,
            warc_content_type=headers[0][1] if kind == "resource" else "",
            warc_headers_dict=dated,
        )
        self.writer.write_record(record)
        return self

    def towns(self, *towns: str) -> Archive:
        """Add the pages of several towns."""
        for town in towns:
            self.add(url(town), page(town))
        return self

    @property
    def data(self) -> bytes:
        """The archive as it stands."""
        return self.stream.getvalue()

    def write(self, path: Path) -> Path:
        """Write it to a file."""
        path.write_bytes(self.data)
        return path
