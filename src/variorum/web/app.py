"""Puts the site together: one ledger, its routes, what guards them.

Invariant: reading never writes; pages read one ledger opened for reading, and what is decided opens it for writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as Address
from starlette.staticfiles import StaticFiles

from variorum.config import Config
from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.picked import count_articles
from variorum.web.acting import make_act_endpoint
from variorum.web.answering import make_endpoint, tell_error
from variorum.web.desk import Desks
from variorum.web.followup import EVENT_RATE, Followup
from variorum.web.forms import Forms
from variorum.web.routes import ACTS, ROUTES
from variorum.web.standing import Standing

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """How one site is run."""

    ledger: str  # file or postgresql:// URL
    reviewer: str = ""  # who decides where no accounts are: on this machine


def make_app(site: Site, config: Config) -> Starlette:
    """Give the site over one ledger. Raises what opening the ledger raises."""
    Ledger.open(site.ledger).close()  # an older one is brought up to date
    routes: list[BaseRoute] = [Address(one.path, make_endpoint(one), methods=["GET"], name=one.name) for one in ROUTES]
    routes += [Address(one.path, make_act_endpoint(one), methods=["POST"], name=f"do-{one.name}") for one in ACTS]
    routes.append(Mount("/static", StaticFiles(directory=STATIC), name="static"))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Forms), Middleware(_Local, name=site.reviewer)],
        exception_handlers={HTTPException: _refuse},  # type: ignore[dict-item]
    )
    app.state.ledger = Ledger.open(site.ledger, readonly=True)
    app.state.config = config
    app.state.site = site
    app.state.standing = Standing(app.state.ledger)
    guess = count_articles(app.state.ledger) / EVENT_RATE
    app.state.desks = Desks(app.state.ledger, Followup(site.ledger, first_guess_s=guess))
    return app


async def _refuse(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return tell_error(request, UnknownIdError(f"there is no page {request.url.path}"), 404)
    return tell_error(request, UsageError(str(error.detail)), error.status_code)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page."""

    name: str | None
    role: str
    csrf: str
    local: bool

    @property
    def may_decide(self) -> bool:
        """Whether this person may decide."""
        return self.role != "reader"


class _Local:
    def __init__(self, app, name):  # type: ignore[no-untyped-def]
        self.app, self.name = app, name

    async def __call__(self, scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["type"] == "http":
            scope.setdefault("state", {})["viewer"] = Viewer(self.name, "reviewer", "", True)
        await self.app(scope, receive, send)
