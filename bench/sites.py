"""Web sites on this machine that behave well or badly, for the benches and tests of fetching. No measuring here.

A site is a table of paths; each is answered by bytes or by a coroutine that may do with the connection what it likes.
All sites of one `Sites` run in one thread of their own.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape

PATIENCE_S = 30.0
LINE = 65_536


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    path: str
    headers: Mapping[str, str]  # names in small letters


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Handler
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """One server: its paths, and what it was asked."""

    replies: dict[str, Reply] = field(default_factory=dict)
    otherwise: Callable[[Asked], Reply] | None = None  # for paths that are not in the table
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close."""
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            rows = (line.partition(":") for line in head[1:] if line)
            asked = Asked(head[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in rows})
            self.asked.append(asked)
            reply = self.replies.get(asked.path) or (self.otherwise(asked) if self.otherwise else answer(b"", 404))
            if isinstance(reply, bytes):
                writer.write(reply)
                await writer.drain()
            else:
                await reply(asked, writer)


class Sites:
    """Servers in a thread of their own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.servers: list[asyncio.Server] = []
        self.writers: set[asyncio.StreamWriter] = set()

    def open(self, site: Site, tls: ssl.SSLContext | None = None, port: int = 0) -> int:
        """Start a server on this machine, and give its port."""

        site.port = self._start(site.serve, tls, port)
        return site.port

    def open_raw(self, serve: Serve) -> int:
        """Start a server that speaks whatever it likes, and give its port."""

        return self._start(serve, None, 0)

    def _start(self, serve: Serve, tls: ssl.SSLContext | None, port: int) -> int:
        async def tracked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.writers.add(writer)
            try:
                with suppress(OSError, asyncio.CancelledError):
                    await serve(reader, writer)
            finally:
                self.writers.discard(writer)
                if writer.transport.get_write_buffer_size():
                    with suppress(OSError, asyncio.CancelledError, TimeoutError):
                        await asyncio.wait_for(writer.drain(), 1.0)
                writer.transport.abort()

        async def start() -> int:
            server = await asyncio.start_server(tracked, "127.0.0.1", port, ssl=tls, limit=LINE)
            self.servers.append(server)
            return int(server.sockets[0].getsockname()[1])

        return asyncio.run_coroutine_threadsafe(start(), self.loop).result(PATIENCE_S)

    def close(self) -> None:
        """Stop them all."""

        async def stop() -> None:
            for server in self.servers:
                server.close()
            for writer in [*self.writers]:
                writer.transport.abort()
            for _ in range(3):
                for task in asyncio.all_tasks() - {asyncio.current_task()}:
                    task.cancel()
                await asyncio.sleep(0.02)

        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(PATIENCE_S)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE_S)
        self.loop.close()


@contextmanager
def sites() -> Iterator[Sites]:
    """Have servers, and stop them at the end."""
    made = Sites()
    try:
        yield made
    finally:
        made.close()


# ------------------------------------------------------------ answers that are well
def answer(body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """Give a whole answer; an underscore in the name of a header stands for a hyphen."""
    rows = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    rows |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in rows.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body


def page(title: str, text: str, *, outlet: str = "", published: str = "") -> bytes:
    """Give a page with an article."""
    metas = [f'<meta property="og:title" content="{escape(title)}">', '<meta property="og:type" content="article">']
    if outlet:
        metas.append(f'<meta property="og:site_name" content="{escape(outlet)}">')
    if published:
        metas.append(f'<meta property="article:published_time" content="{escape(published)}">')
    body = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip())
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>{''.join(metas)}</head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode()


def feed(title: str, items: Iterator[tuple[str, str]] | list[tuple[str, str]], texts: Mapping[str, str] = {}) -> bytes:
    """Give an RSS feed of addresses and titles, with the whole text of those that have one."""
    rows = "".join(
        f"<item><title>{escape(name)}</title><link>{escape(address)}</link>"
        + (f"<content:encoded><![CDATA[{texts[address]}]]></content:encoded>" if address in texts else "")
        + "</item>"
        for address, name in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content='
        f'"http://purl.org/rss/1.0/modules/content/"><channel><title>{escape(title)}</title>{rows}</channel></rss>'
    ).encode()


def sitemap(addresses: list[tuple[str, str]], *, index: bool = False) -> bytes:
    """Give a sitemap of addresses and days of their last change, or an index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(
        f"<{inner}><loc>{escape(address)}</loc><lastmod>{day}</lastmod></{inner}>" for address, day in addresses
    )
    return (
        f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>'.encode()
    )


# ------------------------------------------------------------ answers that are not
def redirect(target: str, status: int = 302) -> bytes:
    """Give a redirect."""
    return answer(b"moved", status, Location=target)


def lying(body: bytes, length: int) -> bytes:
    """Give an answer whose header names another length than its body has."""
    return answer(body, Content_Length=str(length))


def bomb(size: int) -> bytes:
    """Give a page that unpacks to `size` bytes of nothing."""
    tool = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    packed = b"".join(tool.compress(block) for _ in range(size // len(block))) + tool.flush()
    return answer(packed, Content_Encoding="gzip")


def packed(body: bytes) -> bytes:
    """Give a page that is packed for the way, as most are."""
    return answer(gzip.compress(body), Content_Encoding="gzip")


def entity_bomb() -> bytes:
    """Give a feed whose one title is a billion characters, once its entities are expanded."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 5}">' for n in range(9))
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{levels}]>"
    return f"{head}<rss version='2.0'><channel><title>&e8;</title></channel></rss>".encode()


def drip(head: bytes, each_s: float, more: bytes) -> Handler:
    """Send a beginning at once, and then byte for byte, for ever."""

    async def handle(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            for byte in more:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(each_s)

    return handle


def endless(head: bytes, block: bytes) -> Handler:
    """Send a beginning and then the same block for ever, as fast as it is taken."""

    async def handle(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(block)
            await writer.drain()

    return handle


async def silent(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Take the request and say nothing."""
    await asyncio.sleep(3_600)


async def reset(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Take the request and break the connection."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>")
    await writer.drain()
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no goodbye
    writer.transport.abort()


async def hang_up(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Take the request and close without a word."""
