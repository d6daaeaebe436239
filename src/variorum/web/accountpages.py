"""Pages to sign in and out, to change one's password, and, for an admin, to change accounts.

Invariant: a password is never put into a page, an address or the log; which of name and password is wrong is not told.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

import anyio
import anyio.to_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum.errors import UsageError
from variorum.ledger.accounts import ROLES, Accounts, Checked, Role
from variorum.ledger.passwords import LONGEST, SHORTEST, parse_name
from variorum.ledger.sessions import Visitor
from variorum.web.signin import SIGN_IN, Clock, local_path, make_session_cookie, utc_now
from variorum.web.viewer import needs

LONGEST_FIELD = 2_000  # characters, of `next`
HASHES_AT_ONCE = 2  # each takes 64 MiB; more at once would be no faster on few cores
MOST_WAITING = 20
WRONG = "The name or the password is wrong."
BUSY = "Too many people are signing in right now. Try again in a few seconds."
DONE = {
    "add": "The account is added.",
    "role": "The role is changed, and the person is signed out.",
    "password": "The password is changed, and the person is signed out.",
    "disable": "The account is disabled, and the person is signed out.",
    "enable": "The account is enabled.",
    "sign-out": "The person is signed out everywhere.",
}
Found = TypeVar("Found")
log = logging.getLogger("variorum.web.accounts")


class Templates(Protocol):
    """What renders a page; Starlette's Jinja2Templates does."""

    def TemplateResponse(
        self, request: Request, name: str, context: dict[str, Any], status_code: int = 200
    ) -> Response:
        """Render a page."""


class AccountPages:
    """The pages, over one file of accounts."""

    def __init__(self, accounts: Accounts, templates: Templates, clock: Clock = utc_now) -> None:
        self.accounts = accounts
        self.templates = templates
        self.clock = clock
        self._limiter = anyio.CapacityLimiter(HASHES_AT_ONCE)

    def routes(self) -> list[Route]:
        """Give the routes, to be put among those of the application."""
        return [
            Route(SIGN_IN, self.show_sign_in, methods=["GET"]),
            Route(SIGN_IN, self.sign_in, methods=["POST"]),
            Route("/sign-out", needs("read")(self.sign_out), methods=["POST"]),
            Route("/account", needs("read")(self.show_own), methods=["GET"]),
            Route("/account/password", needs("read")(self.change_own_password), methods=["POST"]),
            Route("/accounts", needs("administer")(self.show_accounts), methods=["GET"]),
            Route("/accounts/{action}", needs("administer")(self.change_account), methods=["POST"]),
        ]

    # ------------------------------------------------------------ in and out

    async def show_sign_in(self, request: Request) -> Response:
        """Show the form; who is signed in goes on."""
        place = local_path(request.query_params.get("next", "/"))
        if request.state.session_token:
            return RedirectResponse(place, 303)
        return self._sign_in_page(request, place)

    async def sign_in(self, request: Request) -> Response:
        """Open a session with a new token, and end the one that the browser had."""
        form = await request.form()
        place = local_path(_field(form, "next", LONGEST_FIELD) or "/")
        name, password = _field(form, "name", LONGEST), _field(form, "password", LONGEST)
        checked = await self._check(request, name, password)
        if checked is None:
            return self._sign_in_page(request, place, BUSY, 503, {"Retry-After": "5"})
        if checked.wait is not None:
            log.warning("sign-in from %s turned away: too many failures", _address(request))
            return self._sign_in_page(request, place, _wait_words(checked.wait), 429, _retry(checked.wait))
        opened = None
        if checked.account is not None:
            account = checked.account
            opened = await self._call(lambda: self.accounts.open_session(account, _visitor(request), now=self.clock()))
        if opened is None:
            log.warning("sign-in from %s failed", _address(request))
            return self._sign_in_page(request, place, WRONG, 403)
        if request.state.session_token:
            await self._call(lambda: self.accounts.close_session(request.state.session_token))
        log.info("sign-in from %s of %s", _address(request), checked.account.name if checked.account else "")
        return _go(request, place, opened.token)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        await self._call(lambda: self.accounts.close_session(request.state.session_token or ""))
        return _go(request, SIGN_IN, "")

    def _sign_in_page(
        self,
        request: Request,
        place: str,
        error: str = "",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        context = {"viewer": request.state.viewer, "next": place, "error": error}
        answer = self.templates.TemplateResponse(request, "sign-in.html", context, status_code=status)
        answer.headers.update(headers or {})
        return answer

    # ------------------------------------------------------------ one's own account

    async def show_own(self, request: Request) -> Response:
        """Show the form for one's own password."""
        done = "Your password is changed, and you are signed out everywhere else."
        return self._own_page(request, done=done if "changed" in request.query_params else "")

    async def change_own_password(self, request: Request) -> Response:
        """Change one's own password, given the old one: all sessions end, and this browser gets a new one."""
        form = await request.form()
        old, new, again = (_field(form, key, 4 * LONGEST) for key in ("old", "new", "again"))
        name = request.state.viewer.name
        if new != again:
            return self._own_page(request, "The new password was not typed the same way twice.", 422)
        checked = await self._check(request, name, old)
        if checked is None:
            return self._own_page(request, BUSY, 503)
        if checked.wait is not None:
            return self._own_page(request, _wait_words(checked.wait), 429)
        if checked.account is None:
            return self._own_page(request, "The old password is wrong.", 403)
        try:
            await self._call(lambda: self.accounts.set_password(name, new, now=self.clock()), hashes=True)
        except UsageError as error:
            return self._own_page(request, _words(error), 422)
        account = await self._call(lambda: self.accounts.find_account(name))
        opened = None
        if account is not None:
            opened = await self._call(lambda: self.accounts.open_session(account, _visitor(request), now=self.clock()))
        log.info("%s changed their password", name)
        return _go(request, "/account?changed=1", opened.token if opened else "")

    def _own_page(self, request: Request, error: str = "", status: int = 200, *, done: str = "") -> Response:
        context = {"viewer": request.state.viewer, "error": error, "done": done, "shortest": SHORTEST}
        return self.templates.TemplateResponse(request, "account.html", context, status_code=status)

    # ------------------------------------------------------------ all accounts

    async def show_accounts(self, request: Request) -> Response:
        """List the accounts with what can be done to each."""
        return await self._accounts_page(request, done=DONE.get(request.query_params.get("done", ""), ""))

    async def change_account(self, request: Request) -> Response:
        """Do one thing to one account."""
        action = request.path_params["action"]
        form = await request.form()
        name, role, password = (
            _field(form, "name", LONGEST),
            _field(form, "role", 20),
            _field(form, "password", LONGEST),
        )
        now = self.clock()
        actions: Mapping[str, Callable[[], object]] = {
            "add": lambda: self.accounts.add_account(name, cast("Role", role), password, now=now),
            "role": lambda: self.accounts.set_role(name, cast("Role", role)),
            "password": lambda: self.accounts.set_password(name, password, now=now),
            "disable": lambda: self.accounts.disable(name),
            "enable": lambda: self.accounts.enable(name),
            "sign-out": lambda: self.accounts.close_all(name),
        }
        if action not in actions:
            raise HTTPException(404)
        try:
            await self._call(actions[action], hashes=action in ("add", "password"))
        except UsageError as error:
            return await self._accounts_page(request, _words(error), 422)
        log.info("%s: %s of %s", request.state.viewer.name, action, parse_name(name))
        return RedirectResponse(f"/accounts?done={action}", 303)

    async def _accounts_page(self, request: Request, error: str = "", status: int = 200, *, done: str = "") -> Response:
        accounts = await self._call(self.accounts.list_accounts)
        context = {"viewer": request.state.viewer, "accounts": accounts, "roles": ROLES, "shortest": SHORTEST}
        told = {"error": error, "done": done}
        return self.templates.TemplateResponse(request, "accounts.html", {**context, **told}, status_code=status)

    # ------------------------------------------------------------ threads

    async def _check(self, request: Request, name: str, password: str) -> Checked | None:
        """Check a name and password; None where too many wait for that already."""
        if self._limiter.statistics().tasks_waiting >= MOST_WAITING:
            return None
        address, now = _address(request), self.clock()
        return await self._call(lambda: self.accounts.check_password(name, password, address, now=now), hashes=True)

    async def _call(self, function: Callable[[], Found], *, hashes: bool = False) -> Found:
        """Call what takes a while in a thread; what hashes a password in one of few, so that pages have the others."""
        return await anyio.to_thread.run_sync(function, limiter=self._limiter if hashes else None)


def _field(form: FormData, key: str, most: int) -> str:
    """Give a field of a form, nothing where it is missing. Raises HTTPException 422 for one that is too long."""
    values = form.getlist(key)
    if len(values) > 1 or any(not isinstance(value, str) or len(value) > most for value in values):
        raise HTTPException(422, f"The field “{key}” cannot be used: give it once, with at most {most} characters.")
    return cast("str", values[0]) if values else ""


def _go(request: Request, place: str, token: str) -> Response:
    answer = RedirectResponse(place, 303)
    answer.headers.append("Set-Cookie", make_session_cookie(request.scope, token))
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _visitor(request: Request) -> Visitor:
    return Visitor(_address(request), request.headers.get("user-agent", ""))


def _words(error: UsageError) -> str:
    return f"{error.cause[:1].upper()}{error.cause[1:]}."


def _wait_words(wait: timedelta) -> str:
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return f"Too many tries. Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again."


def _retry(wait: timedelta) -> dict[str, str]:
    return {"Retry-After": str(max(1, math.ceil(wait.total_seconds())))}
