"""Asks a language model behind an OpenAI-compatible address. Not what is asked, nor what is made of the answer.

Invariant: it speaks to the address it was given and to no other: no redirect is followed, and an address on this
machine is never reached through a proxy. The key goes into one header and nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urlsplit

from variorum.errors import ServerError, UnreadableError

NO_REPLY = "llm-no-reply"
REPLY_LIMIT = 1_000_000  # bytes: the events of a long report are 50,000; more is a server that went astray
WORDS_LIMIT = 300  # characters of what a server says of a fault
CHUNK = 65_536
PAUSE_S = 1.0  # before a question is asked a second time
SEED = 1
BUSY = frozenset({408, 409, 425, 429})  # and every 5xx: the same question may be answered later
# What a server may not know. One that names such a field in its refusal is asked without it.
OPTIONAL = ("response_format", "seed", "temperature")
AGAIN = "the next run asks again; a slow server needs a larger llm_timeout_s, a long report a larger context"


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is asked, and as whom."""

    url: str  # up to and with /v1
    model: str
    timeout_s: float
    key: str = field(default="", repr=False)


class _Busy(Exception):
    """The server did not answer, and may if asked again."""


class _Refused(Exception):
    """The server will not answer this question."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none: the text and the key would go to an address nobody chose."""


def is_local(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_exposed(url: str) -> bool:
    """Tell whether texts sent to an address can be read on the way: they leave this machine without encryption."""
    return urlsplit(url).scheme == "http" and not is_local(url)


def ask(server: Server, messages: list[Mapping[str, str]]) -> str:
    """Give the words of the model's reply.

    Raises ServerError for what concerns every question (no server there, key refused, no such model), UnreadableError
    for what concerns this one: no answer in time, twice; a refusal; an answer that is too large or no reply at all.
    """
    body: dict[str, Any] = {
        "model": server.model,
        "messages": messages,
        "temperature": 0,
        "seed": SEED,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    again = True
    while True:
        try:
            return _content(_post(server, body))
        except _Busy as busy:
            if not again:
                raise UnreadableError(f"the language model did not answer: {busy}", AGAIN, code=NO_REPLY) from None
            again = False
            time.sleep(PAUSE_S)
        except _Refused as refusal:
            unknown = next((name for name in OPTIONAL if name in body and name in str(refusal)), None)
            if unknown is None:
                cause = f"the language model refused the report: {refusal}"
                raise UnreadableError(cause, AGAIN, code=NO_REPLY) from None
            del body[unknown]


def _post(server: Server, body: Mapping[str, Any]) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "variorum"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    # ASCII, so that a lone surrogate is an escape and not a failure.
    request = urllib.request.Request(f"{server.url}/chat/completions", json.dumps(body).encode(), headers)
    proxies = urllib.request.ProxyHandler({} if is_local(server.url) else None)
    opener = urllib.request.build_opener(_NoRedirects, proxies)
    until = time.monotonic() + server.timeout_s
    try:
        with opener.open(request, timeout=server.timeout_s) as response:
            return _read(response, until)
    except urllib.error.HTTPError as error:
        with error:
            raise _fault(server, error.code, _words(server, error)) from None
    except urllib.error.URLError as error:
        raise _unreached(server, error.reason) from None
    except (OSError, http.client.HTTPException) as error:
        raise _unreached(server, error) from None


def _read(response: IO[bytes], until: float) -> bytes:
    """Read a reply whole; a server that sends it drop by drop is late, too."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(CHUNK):  # type: ignore[attr-defined]
        size += len(part)
        if size > REPLY_LIMIT:
            cause = f"the language model's reply is larger than {REPLY_LIMIT:,} bytes"
            raise UnreadableError(cause, "take another model, or limit its answers on the server", code=NO_REPLY)
        if time.monotonic() > until:
            raise TimeoutError
        parts.append(part)
    return b"".join(parts)


def _unreached(server: Server, reason: object) -> Exception:
    if isinstance(reason, TimeoutError):
        return _Busy(f"nothing within {server.timeout_s:g} seconds")
    if isinstance(reason, ConnectionResetError | BrokenPipeError | http.client.HTTPException):
        return _Busy("the connection was closed")
    words = getattr(reason, "strerror", None) or getattr(reason, "verify_message", None) or type(reason).__name__
    return ServerError(
        f"the language model cannot be reached at {server.url}: {words}",
        "start its server, correct llm_url, or remove llm_url to read with the built-in reader",
    )


def _fault(server: Server, status: int, words: str) -> Exception:
    said = f" (status {status}{': ' + words if words else ''})"
    if 300 <= status < 400:
        return ServerError(
            f"{server.url} sends on to another address{said}", "set llm_url to the address that answers itself"
        )
    if status in {401, 403}:
        return ServerError(f"{server.url} turns the key away{said}", "set VARIORUM_LLM_KEY to a key that it knows")
    if status in {404, 405}:
        return ServerError(
            f"{server.url} has no such address or model{said}",
            f"llm_url mostly ends in /v1; llm_model is {server.model}: name one that the server has",
        )
    if status >= 500 or status in BUSY:
        return _Busy(f"status {status}{': ' + words if words else ''}")
    return _Refused(f"status {status}{': ' + words if words else ''}")


def _words(server: Server, error: urllib.error.HTTPError) -> str:
    """Give what the server says of a fault, in one line, the key struck out."""
    try:
        text = error.read(CHUNK).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    try:
        told = json.loads(text)["error"]
        text = told["message"] if isinstance(told, dict) else told
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    line = " ".join(str(text).split())
    if server.key:
        line = line.replace(server.key, "[key]")
    return "".join(sign for sign in line if sign.isprintable())[:WORDS_LIMIT]


def _content(data: bytes) -> str:
    try:
        choice = json.loads(data)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        content, choice = None, {}
    if not isinstance(content, str) or not content.strip():
        raise UnreadableError("the language model's server gave no reply in its answer", AGAIN, code="llm-malformed")
    if choice.get("finish_reason") == "length":
        raise UnreadableError("the model's reply was cut off by its server's limit", AGAIN, code="llm-malformed")
    return content
