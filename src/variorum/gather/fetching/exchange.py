"""One request and its answer over HTTP/1.1, held to limits of time and size. No redirects, no robots, no retries.

Invariant: whatever a server does, `exchange` ends within the limits, and its memory is bounded by them; a body that was
not received whole is never given.

h11 speaks the protocol (it comes with the web server of the package), asyncio the network: what is sent to where can be
read here in full. HTTP/1.1 without a kept connection is what a crawler that waits a second between pages needs.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import h11

from variorum.gather.fetching.addresses import Address, Permission
from variorum.gather.fetching.outcome import Exchange, Headers, Unfetched

CHUNK = 65_536
ERROR_BODY = 65_536  # bytes of a body that belongs to no success
LINGER_S = 0.5  # for what a server sends behind its body; within the pause that its host gets anyway
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
LOOK_AGAIN = "it is tried again later"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; seconds and bytes. Each stands for one request unless it says otherwise."""

    connect_s: float = 10.0
    silent_s: float = 20.0  # between two pieces of an answer
    request_s: float = 60.0  # all in all: a server that sends drop by drop is late, too
    head_bytes: int = 65_536
    wire_bytes: int = 10_000_000
    body_bytes: int = 20_000_000  # unpacked; as of a file that is given
    feed_bytes: int = 20_000_000  # of a feed or sitemap, unpacked
    links: int = 1_000  # taken from one feed or sitemap at a time
    redirects: int = 5
    delay_s: float = 1.0  # between two requests to one host
    most_wait_s: float = 120.0  # that a server may ask for within one run
    backoff_s: float = 5.0  # before the first retry, doubled for each further one
    tries: int = 3  # of one address within a run
    hosts: int = 8  # that are asked at the same time
    items: int = 500  # fetched in one round
    source_hosts: int = 500  # of one source that are asked in one round
    round_s: float = 300.0  # after which no further item of a round is begun


async def resolve_name(host: str, port: int) -> Sequence[str]:
    """Give the numbers of a name, by the resolver of this machine."""
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def make_tls() -> ssl.SSLContext:
    """Give the context in which certificates are verified: by the roots of this machine, else by those of Mozilla."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not context.get_ca_certs() and not (paths.cafile or paths.capath):
        import certifi  # comes with trafilatura

        context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """The ways to the network that a test puts others in place of."""

    resolve: Resolve
    tls: ssl.SSLContext


async def exchange(
    address: Address, headers: Headers, *, permission: Permission, network: Network, limits: Limits
) -> Exchange:
    """Ask an address once. Raises Unfetched with one cause for whatever keeps an answer from coming whole."""
    meter = Meter()
    try:
        return await _ask(address, headers, permission, network, (limits, meter))
    except Unfetched as fault:
        fault.received = meter.received
        raise


@dataclass(slots=True)
class Meter:
    """Counts what comes over one connection."""

    received: int = 0  # bytes


async def _ask(
    address: Address, headers: Headers, permission: Permission, network: Network, bounds: tuple[Limits, Meter]
) -> Exchange:
    limits, at = bounds[0], datetime.now(UTC)
    try:
        async with asyncio.timeout(limits.request_s):
            reader, writer, ip = await _connect(address, permission, network, limits)
            try:
                return await _talk(reader, writer, (address, headers, ip, at), bounds)
            finally:
                writer.transport.abort()  # a polite close would wait for the other side
    except TimeoutError:
        cause = f"no whole answer within {limits.request_s:g} seconds"
        raise Unfetched("fetch-timeout", cause, LOOK_AGAIN, again=True) from None
    except (h11.RemoteProtocolError, h11.LocalProtocolError) as error:
        raise _broken(error) from None
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise Unfetched("fetch-unreachable", f"the connection broke: {words}", LOOK_AGAIN, again=True) from None


async def _connect(
    address: Address, permission: Permission, network: Network, limits: Limits
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, str]:
    """Connect to a number of the name that may be asked, and to no other."""
    try:
        async with asyncio.timeout(limits.connect_s):
            ips = await network.resolve(address.host, address.port)
    except TimeoutError:
        raise _unreachable(address, "its name is not resolved in time") from None
    except (OSError, UnicodeError):
        raise _unreachable(address, "no such name") from None
    words = "no answer"
    for ip in permission.open_ips(address, ips)[:4]:
        secure = address.scheme == "https"
        opening = asyncio.open_connection(
            ip,
            address.port,
            limit=CHUNK,
            ssl=network.tls if secure else None,
            server_hostname=address.host if secure else None,
        )
        try:
            async with asyncio.timeout(limits.connect_s):
                reader, writer = await opening
            return reader, writer, ip
        except ssl.SSLCertVerificationError as error:
            cause = f"the certificate of {address.host} is not valid: {error.verify_message}"
            remedy = "nothing is read over a connection that others may change; it is tried again later"
            raise Unfetched("fetch-tls", cause, remedy, again=True) from None
        except ssl.SSLError as error:
            said = (error.reason or "handshake failed").replace("_", " ").lower()
            cause = f"no safe connection to {address.host}: {said}"
            raise Unfetched("fetch-tls", cause, LOOK_AGAIN, again=True) from None
        except TimeoutError:
            words = f"no connection within {limits.connect_s:g} seconds"
        except OSError as error:
            words = _say_refusal(error)
            if secure and isinstance(error, ConnectionResetError):
                words = "the handshake broke off"
    raise _unreachable(address, words)


def _say_refusal(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    # What asyncio says holds address and port once more.
    return os.strerror(error.errno).lower() if error.errno else type(error).__name__


def _unreachable(address: Address, words: str) -> Unfetched:
    return Unfetched("fetch-unreachable", f"{address.host} cannot be reached: {words}", LOOK_AGAIN, again=True)


async def _talk(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    asked: tuple[Address, Headers, str, datetime],
    bounds: tuple[Limits, Meter],
) -> Exchange:
    address, headers = asked[:2]
    limits, meter = bounds
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.head_bytes)
    request = h11.Request(method="GET", target=address.target, headers=list(headers))
    writer.write((talk.send(request) or b"") + (talk.send(h11.EndOfMessage()) or b""))
    parts: list[bytes] = []
    size = 0
    response: h11.Response | None = None
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            data = await _next_bytes(reader, limits.silent_s)
            meter.received += len(data)
            if meter.received > limits.wire_bytes + 2 * limits.head_bytes:
                raise _too_large(limits.wire_bytes)
            if not meter.received:
                raise Unfetched("fetch-broken", "the server closed without an answer", LOOK_AGAIN, again=True)
            talk.receive_data(data)
        elif isinstance(event, h11.Response):
            response = event
            _check_length(response, limits)
        elif isinstance(event, h11.Data):
            assert response is not None
            size += len(event.data)
            if size > limits.wire_bytes:
                raise _too_large(limits.wire_bytes)
            parts.append(bytes(event.data))
            if response.status_code >= 300 and size > ERROR_BODY:
                return _made(asked, response, b"".join(parts)[:ERROR_BODY], meter.received, True)
        elif isinstance(event, h11.EndOfMessage):
            assert response is not None
            if response.status_code == 200:
                await _check_end(reader, talk)
            return _made(asked, response, b"".join(parts), meter.received, False)


async def _next_bytes(reader: asyncio.StreamReader, silent_s: float) -> bytes:
    try:
        async with asyncio.timeout(silent_s):
            return await reader.read(CHUNK)
    except TimeoutError:
        cause = f"nothing came for {silent_s:g} seconds"
        raise Unfetched("fetch-timeout", cause, LOOK_AGAIN, again=True) from None


def _made(
    asked: tuple[Address, Headers, str, datetime], response: h11.Response, body: bytes, received: int, cut: bool
) -> Exchange:
    address, headers, ip, at = asked
    answered = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw_items())
    reason = response.reason.decode("latin-1")
    return Exchange(
        str(address), ip, at, (address.target, headers), response.status_code, reason, answered, body, received, cut
    )


def _check_length(response: h11.Response, limits: Limits) -> None:
    """Refuse a body that its header already says is too large, before it is read."""
    said = next((value for name, value in response.headers if name == b"content-length"), b"")
    if response.status_code == 200 and said.isdigit() and int(said) > limits.wire_bytes:
        raise _too_large(limits.wire_bytes)


async def _check_end(reader: asyncio.StreamReader, talk: h11.Connection) -> None:
    """Refuse a body that goes on behind the length that its header names: what was read of it is torn."""
    more = talk.trailing_data[0]
    if not more and talk.their_state in {h11.DONE, h11.MUST_CLOSE}:
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(LINGER_S):
                more = await reader.read(CHUNK)
    if more:
        raise Unfetched(
            "fetch-broken", "the answer is longer than its header says, and is not used", LOOK_AGAIN, again=True
        )


def _too_large(limit: int) -> Unfetched:
    return Unfetched("fetch-too-large", f"larger than {limit:,} bytes, which no article is", "look at it by hand")


def _broken(error: Exception) -> Unfetched:
    words = str(error)
    if "without sending complete" in words or "incomplete chunked" in words:
        cause = "the answer is shorter than its header says, and is not used"
    elif "too long" in words.lower() or "too large" in words.lower():
        return Unfetched("fetch-too-large", "the headers of the answer have no end", "look at it by hand")
    else:
        cause = "the server does not speak HTTP/1.1"
    return Unfetched("fetch-broken", cause, LOOK_AGAIN, again=True)
