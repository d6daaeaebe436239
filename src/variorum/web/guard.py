"""What stands between the network and the pages: hosts, origins, sizes, methods, proxies. It knows no accounts.

Invariant: a request that reaches a page names a host of ours; one that can change something comes from a page of ours.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.errors import UsageError
from variorum.web.headers import SecurityHeaders
from variorum.web.refused import refuse

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?")
USUAL_PORT = {"http": "80", "https": "443"}
METHODS = ("GET", "HEAD", "POST")  # forms know no others, so neither do the pages
CHANGES_NOTHING = ("GET", "HEAD")

Origin = tuple[str, str, str]  # scheme, host, port


@dataclass(frozen=True, slots=True)
class Doors:
    """How a server can be reached, and how much it takes."""

    hosts: tuple[str, ...] = LOCAL_HOSTS  # with a port only that port; without one any
    proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For and -Proto are believed
    cache: str = "private, no-cache"  # of pages that do not say it themselves; "no-store" holds for all
    body_bytes: int = 2_000_000
    body_s: float = 30.0  # within which a body has to be there
    url_bytes: int = 8_000


def team_doors(host_names: Sequence[str], proxies: Sequence[str] = ()) -> Doors:
    """Give the doors of a server for several people. Raises UsageError for what is no host name or address.

    Pages are `no-store`: on a shared computer the Back button would show them after signing out.
    """
    if not host_names:
        raise UsageError("no host name is given", "give the one that people type: --host-name variorum.example.org")
    for name in host_names:
        if HOST.fullmatch(name.lower()) is None:
            raise UsageError(f"{name} is not a host name", "write it as variorum.example.org, without https://")
    for address in proxies:
        try:
            ipaddress.ip_network(address)
        except ValueError:
            raise UsageError(
                f"{address} is not the address of a proxy", "write it as 127.0.0.1, ::1 or 10.0.0.0/28"
            ) from None
    return Doors(tuple(name.lower() for name in host_names), tuple(proxies), "no-store")


def guard(app: ASGIApp, doors: Doors | None = None) -> ASGIApp:
    """Put the guard around the whole application; uvicorn must be run with `proxy_headers=False`."""
    doors = doors or Doors()
    guarded: ASGIApp = SecurityHeaders(Guard(app, doors), doors.cache)
    if doors.proxies:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        guarded = cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", guarded), list(doors.proxies)))
    return guarded


class Guard:
    """Turns away what is too large, names another host, or comes from another site; the rest goes on to the pages."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app = app
        self.doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the pages answer it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        body: Receive | None = receive
        if refusal is None and scope["method"] not in CHANGES_NOTHING:
            try:
                with anyio.fail_after(self.doors.body_s):
                    read = await _read_body(receive, self.doors.body_bytes)
                body = None if read is None else replay(read, receive)
                if read is not None and _holds_nul(read, Headers(scope=scope)):
                    refusal = (400, "The form holds a NUL", "Take it out.")
            except TimeoutError:
                refusal = (408, "The request took too long", "Send it again.")
            except _TooLargeError:
                refusal = _too_large(self.doors)
        if refusal is not None:
            headers = {"Allow": ", ".join(METHODS)} if refusal[0] == 405 else None
            await refuse(scope, *refusal, headers=headers)(scope, receive, send)
        elif body is not None:  # none: whoever asked is gone
            await self.app(scope, body, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers = Headers(scope=scope)
        path = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
        if scope["method"] not in METHODS:
            return 405, "This method is not allowed", "Pages are asked with GET, forms sent with POST."
        if len(path) + len(scope["query_string"]) > self.doors.url_bytes:
            return 414, "The address is too long", "Shorten the search or take filters out."
        if not scope["path"].startswith("/"):
            return 400, "The address is no path", "Ask for a path of this server, and for no other server."
        if "\0" in scope["path"] or b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
            return 400, "The address holds a NUL", "Take it out."
        if (length := headers.get("content-length")) is not None:
            if not re.fullmatch(r"[0-9]{1,18}", length):
                return 400, "The length of the request is no number", "Send it again."
            if int(length) > self.doors.body_bytes:
                return _too_large(self.doors)
        return self._wrong_host(headers) or _wrong_origin(scope, headers)

    def _wrong_host(self, headers: Headers) -> tuple[int, str, str] | None:
        given = headers.getlist("host")
        match = HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
        if match is None:
            return 400, "The request names no host", "Ask with the address that the server printed."
        if match["name"] in self.doors.hosts or match[0] in self.doors.hosts:
            return None
        return (
            421,
            "This server has another name",
            "Ask with the address that the server printed, or that you were given.",
        )


def _wrong_origin(scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
    """Refuse what another site has the browser ask: to embed what is here, or to change it.

    A link on another site that leads here is followed, since it changes nothing and that site learns nothing.
    """
    site = headers.get("sec-fetch-site", "")
    if scope["method"] in CHANGES_NOTHING:
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if site in ("cross-site", "same-site") and not followed:
            return 403, "Another site asked for this", "Open it in a tab of its own."
        return None
    refusal = (
        403,
        "The form was sent from another site",
        "Open the page here and send it again. Behind a proxy, the server has to be started with --behind-proxy and "
        "the proxy has to pass on Host and X-Forwarded-Proto.",
    )
    if site not in ("", "same-origin", "none"):
        return refusal
    told = headers.get("origin") or headers.get("referer")
    if told is None:  # no browser of today; a program that has no cookie acts for nobody
        return refusal if "cookie" in headers or site else None
    return None if _parse_origin(told) == _parse_origin(f"{scope['scheme']}://{headers['host']}") else refusal


def _parse_origin(address: str) -> Origin | None:
    """Give the origin of an address; None for `null` and what is no address of the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    match = HOST.fullmatch(parts.netloc.lower())
    if match is None or parts.scheme not in USUAL_PORT:
        return None
    return parts.scheme, match["name"], match["port"] or USUAL_PORT[parts.scheme]


def _too_large(doors: Doors) -> tuple[int, str, str]:
    return 413, "The request is too large", f"At most {doors.body_bytes:,} bytes are taken at once."


class _TooLargeError(Exception):
    pass


def _holds_nul(body: bytes, headers: Headers) -> bool:
    """Tell whether a text in a body holds a NUL, which no text has and some databases choke on."""
    written = {"application/x-www-form-urlencoded": b"%00", "application/json": b"\\u0000"}
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return b"\0" in body or (kind in written and written[kind] in body)


async def _read_body(receive: Receive, most: int) -> bytes | None:
    """Read a whole body; None where the connection closed before its end."""
    pieces: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        size += len(piece)
        if size > most:
            raise _TooLargeError
        pieces.append(piece)
        more = message.get("more_body", False)
    return b"".join(pieces)


def replay(body: bytes, after: Receive) -> Receive:
    """Give what hands out a body that was read already, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await after()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
