"""A small application of its own behind the guard and the sign-in: what stands around the pages, without the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jinja2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient
from starlette.types import ASGIApp

import variorum.web
from variorum.ledger.accounts import Accounts, Rules
from variorum.ledger.passwords import Passwords
from variorum.web.accountpages import AccountPages
from variorum.web.guard import Doors, guard, team_doors
from variorum.web.signin import LocalSignIn, TeamSignIn
from variorum.web.viewer import needs

NOW = datetime(2031, 5, 3, 10, tzinfo=UTC)
CHEAP = Rules(passwords=Passwords(time_cost=1, memory_kib=8, lanes=1))
GOOD = "seven geese over the weir"
OTHER = "a lantern in the quarry"
SITE = "https://variorum.example.org"
LAYOUT = """<!doctype html><html lang="en"><head><title>{% block title %}{% endblock %}</title></head>
<body data-viewer="{{ viewer.name }}"><main>{% block main %}{% endblock %}</main></body></html>"""
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that a test moves on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **times: float) -> None:
        self.now += timedelta(**times)


async def show_event(request: Request) -> Response:
    if request.path_params["id"] != "EV-1":
        return PlainTextResponse("no such event", 404)
    viewer = request.state.viewer
    seen = {"scheme": request.url.scheme, "address": request.client.host if request.client else ""}
    return JSONResponse({"name": viewer.name, "role": viewer.role, "csrf": viewer.csrf, "local": viewer.local, **seen})


@needs("decide")
async def decide(request: Request) -> Response:
    form = await request.form()
    return PlainTextResponse(f"{request.state.viewer.name} decides {form.get('word')}")


async def fail(request: Request) -> Response:
    raise RuntimeError("a fault of the program")


PAGES = [
    Route("/", lambda request: PlainTextResponse("start")),
    Route("/events/{id}", show_event),
    Route("/events.json", lambda request: JSONResponse([])),
    Route("/decide", decide, methods=["POST"]),
    Route("/fail", fail),
    Route("/static/site.css", lambda request: PlainTextResponse("main {}", media_type="text/css")),
]


def templates() -> Jinja2Templates:
    """The templates of the accounts, with a layout of the tests' own."""
    folder = Path(variorum.web.__file__).parent / "templates"
    loader = jinja2.ChoiceLoader([jinja2.DictLoader({"layout.html": LAYOUT}), jinja2.FileSystemLoader(folder)])
    return Jinja2Templates(env=jinja2.Environment(loader=loader, autoescape=True))


def local_app(name: Any = "Maria", doors: Doors | None = None) -> ASGIApp:
    return guard(Starlette(routes=PAGES, middleware=[Middleware(LocalSignIn, name, secret=b"s" * 32)]), doors)


def team_app(accounts: Accounts, clock: Clock, doors: Doors | None = None) -> ASGIApp:
    pages = AccountPages(accounts, templates(), clock)
    middleware = [Middleware(TeamSignIn, accounts, clock=clock)]
    application = Starlette(routes=[*PAGES, *pages.routes()], middleware=middleware)
    return guard(application, doors or team_doors(["variorum.example.org"]))


@dataclass
class Browser:
    """A browser of the tests: sends what a browser sends, and takes the token out of the page before it posts."""

    client: TestClient
    site: str

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, fields: dict[str, str] | None = None, *, page: str = "", **headers: str) -> Any:
        token = {"csrf": self.csrf(page)} if page else {}
        return self.client.post(path, data={**token, **(fields or {})}, headers={"Origin": self.site, **headers})

    def csrf(self, page: str) -> str:
        told = self.client.get(page)
        if told.headers["content-type"] == "application/json":
            return str(told.json()["csrf"])
        found = CSRF.search(told.text)
        assert found is not None, told.text
        return found[1]

    def sign_in(self, name: str = "Maria", password: str = GOOD, **more: str) -> Any:
        return self.post("/sign-in", {"name": name, "password": password, **more}, page="/sign-in")


def browse(app: ASGIApp, site: str = SITE, address: str = "192.0.2.10") -> Browser:
    client = TestClient(app, site, raise_server_exceptions=False, follow_redirects=False, client=(address, 50_000))
    return Browser(client, site)
