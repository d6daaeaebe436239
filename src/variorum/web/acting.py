"""What a person does on a page: the fields of a form, checked, and what comes of it. Every POST goes through here.

Invariant: who may not decide is refused before anything is looked up; a decision is one act, as a command makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from variorum.config import Config
from variorum.errors import MayNotDecideError, UsageError, VariorumError
from variorum.ledger import Ledger
from variorum.pipeline.deciding import Who
from variorum.web.answering import draw, finish, now_written, tell_error
from variorum.web.asking import Moved, Page

MOST_FIELDS = 2_000  # of one form: splitting an event of a thousand reports ticks as many
LONGEST = 20_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was sent."""

    site: Any  # app.Site
    config: Config
    viewer: Any  # signin.Viewer
    names: Mapping[str, str]  # what the path names
    fields: Mapping[str, tuple[str, ...]]
    state: Any  # of the app
    now: str  # ISO 8601 date-time

    def one(self, name: str, default: str = "") -> str:
        """Give a field that stands once."""
        found = self.fields.get(name, ())
        return found[0].strip() if found else default

    def who(self, *, blind: bool = False) -> Who:
        """Give who decides, with the reason given in the field `because`."""
        return Who(self.viewer.name or "", self.now, self.one("because"), blind)

    def open(self) -> Ledger:
        """Open the ledger for writing; to be closed by who opens it. Raises LedgerReplacedError for another file."""
        self.state.served.check()
        return Ledger.open(self.site.ledger)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: where its form is sent, and what comes of it."""

    path: str
    name: str
    help: str
    do: Callable[[Posted], Page | Moved]
    needs: str = "decide"  # or "sign in"


def make_refusal() -> MayNotDecideError:
    """Give the error for a reader who asks for what only a reviewer can do."""
    return MayNotDecideError("a reader cannot decide", "ask an admin for the role of a reviewer")


def make_act_endpoint(act: Act) -> Callable[[Request], Any]:
    """Make what answers a form."""

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LONGEST)
        fields: dict[str, tuple[str, ...]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields[name] = (*fields.get(name, ()), value)
        return await run_in_threadpool(_answer, request, act, fields)

    return endpoint


def _answer(request: Request, act: Act, fields: Mapping[str, tuple[str, ...]]) -> Response:
    state = request.app.state
    viewer = request.state.viewer
    if act.needs == "decide" and not viewer.may_decide:
        return tell_error(request, make_refusal())
    names = {name: str(value) for name, value in request.path_params.items()}
    try:
        for name, values in fields.items():
            if any("\0" in value or len(value) > LONGEST for value in values):
                raise UsageError(f"{name[:40]} cannot be used", f"give at most {LONGEST:,} characters of text")
        found = act.do(Posted(state.site, state.config, viewer, names, fields, state, now_written()))
    except VariorumError as error:
        return tell_error(request, error)
    if isinstance(found, Moved):
        return RedirectResponse(found.to, status_code=303)
    return finish(request, draw(request, None, found), found, "html")
