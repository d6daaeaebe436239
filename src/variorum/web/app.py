"""Puts the site together: one ledger, its routes, who signs in and how, what guards them.

Invariant: reading never writes; pages read one ledger opened for reading, and what is decided opens it for writing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as Address
from starlette.types import ASGIApp, ExceptionHandler

from variorum.config import Config
from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.accounts import Accounts
from variorum.ledger.picked import count_articles
from variorum.web.accountpages import AccountPages
from variorum.web.acting import make_act_endpoint
from variorum.web.answering import MEDIA, draw, finish, make_endpoint, tell_error
from variorum.web.asking import Page
from variorum.web.desk import Desks
from variorum.web.followup import EVENT_RATE, Followup
from variorum.web.forms import Forms
from variorum.web.guard import Doors, guard
from variorum.web.openapi import describe
from variorum.web.rendering import to_json
from variorum.web.routes import ACTS, ROUTES
from variorum.web.served import Served
from variorum.web.shelf import Shelf
from variorum.web.signin import LocalSignIn, TeamSignIn
from variorum.web.standing import Standing
from variorum.web.statics import Statics

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """How one site is run."""

    ledger: str  # file or postgresql:// URL
    reviewer: str = ""  # who decides where there are no accounts: on this machine
    doors: Doors = field(default_factory=Doors)
    accounts: Accounts | None = None  # of a team; None: no account is needed
    secret: bytes | None = None  # of the tokens of forms on this machine; None: another one at every start


def make_server(site: Site, config: Config) -> ASGIApp:
    """Give the site over one ledger with its guard: what a server runs. Raises what opening the ledger raises."""
    app = make_app(site, config)
    if site.accounts is None:
        app.state.standing.waiting(site.reviewer)  # counted beside, so that the first page can tell
    return guard(app, site.doors)


def make_app(site: Site, config: Config) -> Starlette:
    """Give the pages of a site with the sign-in before them, without the guard around."""
    Ledger.open(site.ledger).close()  # an older one is brought up to date
    served = Served(site.ledger, is_file="://" not in site.ledger)
    routes: list[BaseRoute] = [Address(one.path, make_endpoint(one), methods=["GET"], name=one.name) for one in ROUTES]
    routes += [Address(one.path, make_act_endpoint(one), methods=["POST"], name=f"do-{one.name}") for one in ACTS]
    routes.append(Address("/openapi.json", _describe, methods=["GET"], name="openapi"))
    routes.append(Mount("/static", Statics(STATIC), name="static"))
    if site.accounts is not None:
        routes += AccountPages(site.accounts, _Framed()).routes()
        sign_in = Middleware(TeamSignIn, site.accounts)
    else:
        sign_in = Middleware(LocalSignIn, site.reviewer, secret=site.secret)
    app = Starlette(
        routes=routes,
        middleware=[sign_in, Middleware(Forms)],
        exception_handlers={HTTPException: cast("ExceptionHandler", _refuse)},
    )
    app.state.served = served
    app.state.ledger = Ledger.open(site.ledger, readonly=True)
    app.state.config = config
    app.state.site = site
    app.state.shelf = Shelf()
    app.state.standing = Standing(app.state.ledger, site.ledger)
    guess = count_articles(app.state.ledger) / EVENT_RATE
    app.state.desks = Desks(app.state.ledger, Followup(site.ledger, first_guess_s=guess, check=served.check))
    return app


async def _describe(_: Request) -> Response:
    return Response(to_json(describe(ROUTES)), headers={"Content-Type": MEDIA["json"]})


async def _refuse(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return tell_error(request, UnknownIdError(f"there is no page {request.url.path}"), 404)
    return tell_error(request, UsageError(str(error.detail)), error.status_code)


class _Framed:
    """Draws the pages of accounts in the frame of all pages."""

    def TemplateResponse(
        self, request: Request, name: str, context: dict[str, Any], status_code: int = 200
    ) -> Response:
        """Draw a page that holds a token."""
        page = Page(name, "Accounts", context, status=status_code, secret=True)
        return finish(request, draw(request, None, page), page, "html")
