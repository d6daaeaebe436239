"""Puts who looks on each request, keeps out who is not signed in, and checks the token of every form.

Invariant: without a session nothing is answered but the sign-in page and files of style and script; what is asked makes
no difference to the answer. A POST reaches no page without the token that was put into the form.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.errors import LedgerError
from variorum.ledger.accounts import Accounts, Role
from variorum.web.guard import CHANGES_NOTHING, replay
from variorum.web.refused import refuse, wants_data
from variorum.web.viewer import Viewer

SIGN_IN = "/sign-in"
STATIC = re.compile(r"/static/(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:css|js|svg)")
FORM_COOKIE, SESSION_COOKIE = "variorum-form", "variorum-session"
FORM_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")
LONGEST_NEXT = 2_000  # characters
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
MOST_FIELDS = 2_500  # of one form: more than any page takes

log = logging.getLogger("variorum.web.accounts")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the time now."""
    return datetime.now(UTC)


# ---------------------------------------------------------------- cookies


def cookie_name(scope: Scope, name: str) -> str:
    """Give the name of a cookie; over https one that browsers take from this host alone, and only over https."""
    return f"__Host-{name}" if scope["scheme"] == "https" else name


def make_cookie(scope: Scope, name: str, value: str, same_site: str) -> str:
    """Build the header that sets a cookie until the browser closes; an empty value takes it away."""
    parts = [f"{cookie_name(scope, name)}={value}", "Path=/", "HttpOnly", f"SameSite={same_site}"]
    if scope["scheme"] == "https":
        parts.append("Secure")
    if not value:
        parts.append("Max-Age=0")
    return "; ".join(parts)


def make_session_cookie(scope: Scope, token: str) -> str:
    """Build the header that keeps a session.

    Lax and not Strict: a link to an event in a message would show the sign-in page to someone who is signed in. What
    Strict adds, that no other site can have something changed, the token of the form and the check of the origin give.
    """
    return make_cookie(scope, SESSION_COOKIE, token, "Lax")


def _read_cookie(scope: Scope, name: str) -> str:
    """Give the value of a cookie; nothing where there is none, or several of one name that may not all be ours."""
    wanted = cookie_name(scope, name)
    found = []
    for header in Headers(scope=scope).getlist("cookie"):
        for piece in header.split(";"):
            key, _, value = piece.strip().partition("=")
            if key == wanted:
                found.append(value)
    return found[0] if len(found) == 1 else ""


# ---------------------------------------------------------------- where to go after signing in


def local_path(given: str) -> str:
    """Give a path on this server to go on to; the start page for anything that could lead elsewhere."""
    path = given.partition("?")[0]
    harmless = (
        len(given) <= LONGEST_NEXT
        and given.startswith("/")
        and "//" not in path
        and "\\" not in given
        and given.isprintable()
        and not any(sign.isspace() for sign in given)
        and path.rstrip("/") not in (SIGN_IN, "/sign-out")
    )
    return given if harmless else "/"


# ---------------------------------------------------------------- tokens of forms


class FormTokens:
    """Ties the token in a form to a random cookie by a secret of the server, for who has no session.

    A cookie alone would not do: on 127.0.0.1 it is sent to the servers of all ports, and any of them can set it.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def find(self, scope: Scope) -> tuple[str, bool]:
        """Give the value of the cookie, and whether it is a new one that has to be set."""
        given = _read_cookie(scope, FORM_COOKIE)
        return (given, False) if FORM_VALUE.fullmatch(given) else (secrets.token_urlsafe(32), True)

    def token(self, cookie: str) -> str:
        """Give the token that belongs to a cookie."""
        return hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()


async def _check_token(scope: Scope, receive: Receive, csrf: str) -> tuple[int, Receive]:
    """Give 200 where the token of a form is right, else the status of the refusal; and what hands out the body."""
    body = await Request(scope, receive).body()
    given = Headers(scope=scope).get(CSRF_HEADER)
    if given is None:
        reader = Request({**scope, "state": {}}, replay(body, receive))
        try:
            async with reader.form(max_files=0, max_fields=MOST_FIELDS) as form:
                fields = form.getlist(CSRF_FIELD)
        except (MultiPartException, HTTPException, ValueError, KeyError):
            return 400, receive
        given = fields[0] if len(fields) == 1 and isinstance(fields[0], str) else ""
    right = hmac.compare_digest(given.encode("utf-8", "replace"), csrf.encode())
    return (200 if right else 403), replay(body, receive)


class _Gate:
    """What both ways of signing in do once they know who looks."""

    def __init__(self, app: ASGIApp, tokens: FormTokens) -> None:
        self.app = app
        self.tokens = tokens

    async def enter(self, scope: Scope, receive: Receive, send: Send, viewer: Viewer) -> None:
        """Hand a request on with its viewer, a form only with its token."""
        if scope["method"] not in CHANGES_NOTHING:
            status, receive = await _check_token(scope, receive, viewer.csrf)
            if status == 400:
                await refuse(scope, 400, "The form cannot be read", "Send it again.")(scope, receive, send)
                return
            if status == 403:
                title, remedy = "This page is out of date", "Open it again, and do there what you wanted to do."
                await refuse(scope, 403, title, remedy)(scope, receive, send)
                return
        scope.setdefault("state", {})["viewer"] = viewer
        await self.app(scope, receive, send)

    def keeping(self, scope: Scope, send: Send, cookie: str) -> Send:
        """Give a way to answer that also sets the cookie of forms: Strict, since it is needed only from our pages."""

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", make_cookie(scope, FORM_COOKIE, cookie, "Strict"))
            await send(message)

        return send_with_cookie


class LocalSignIn:
    """The viewer on their own machine: no account, the reviewer of the settings.

    `secret` may be given to keep forms of a page good over a restart of the server.
    """

    def __init__(
        self, app: ASGIApp, name: str | Callable[[], str | None] | None, *, secret: bytes | None = None
    ) -> None:
        self.name = name
        self._gate = _Gate(app, FormTokens(secret or secrets.token_bytes(32)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the viewer on a request and check the token of a form."""
        if scope["type"] != "http":
            await self._gate.app(scope, receive, send)
            return
        cookie, new = self._gate.tokens.find(scope)
        if new and STATIC.fullmatch(scope["path"]) is None:
            send = self._gate.keeping(scope, send, cookie)
        name = self.name() if callable(self.name) else self.name
        await self._gate.enter(
            scope, receive, send, Viewer(name or None, "reviewer", self._gate.tokens.token(cookie), True)
        )


class TeamSignIn:
    """The viewer of a session; whoever has none sees the sign-in page, whatever they ask for."""

    def __init__(self, app: ASGIApp, accounts: Accounts, *, clock: Clock = utc_now) -> None:
        self.accounts = accounts
        self.clock = clock
        self._gate = _Gate(app, FormTokens(accounts.secret("forms")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the viewer on a request, or lead to the sign-in page."""
        if scope["type"] != "http":
            await self._gate.app(scope, receive, send)
            return
        reads = scope["method"] in CHANGES_NOTHING
        if reads and STATIC.fullmatch(scope["path"]):
            await self._gate.enter(scope, receive, send, Viewer(None, None, "", False))
            return
        token = _read_cookie(scope, SESSION_COOKIE)
        try:
            found = await run_in_threadpool(self.accounts.find_session, token, now=self.clock()) if token else None
        except LedgerError as error:
            log.error("%s %s", error.cause, error.remedy)
            answer = refuse(scope, 503, "The accounts cannot be read", "Try again in a minute.")
            await answer(scope, receive, send)
            return
        scope.setdefault("state", {})["session_token"] = token if found else None
        if scope["path"] == SIGN_IN:
            # Also for someone signed in: a form that was opened before signing in elsewhere holds this token.
            cookie, new = self._gate.tokens.find(scope)
            viewer = Viewer(found.name if found else None, None, self._gate.tokens.token(cookie), False)
            await self._gate.enter(scope, receive, self._gate.keeping(scope, send, cookie) if new else send, viewer)
        elif found is not None:
            viewer = Viewer(found.name, cast("Role", found.role), found.csrf, False)
            await self._gate.enter(scope, receive, send, viewer)
        elif wants_data(scope):
            headers = {"WWW-Authenticate": 'Cookie realm="Variorum"', "HX-Redirect": SIGN_IN}
            answer = refuse(scope, 401, "You are not signed in", f"Sign in at {SIGN_IN}.", headers=headers)
            await answer(scope, receive, send)
        else:
            place = SIGN_IN + (_next(scope) if reads else "")
            await RedirectResponse(place, 303, {"Cache-Control": "no-store"})(scope, receive, send)


def _next(scope: Scope) -> str:
    """Give the part of the address of the sign-in page that says where to go on to."""
    path = (scope.get("raw_path") or quote(scope["path"]).encode()).decode("latin-1")  # as sent: %2F is no slash
    query = scope["query_string"].decode("latin-1")
    wanted = local_path(path + (f"?{query}" if query else ""))
    return "" if wanted == "/" else f"?next={quote(wanted, safe='/', errors='replace')}"
