"""Who looks at a page and what they may do; and the check that a page puts before what not everybody may.

Invariant: a right comes from the role alone, and what needs none is open to whoever may see pages at all.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Literal, cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

Right = Literal["read", "decide", "administer"]
Endpoint = Callable[[Request], Response | Awaitable[Response]]
AsyncEndpoint = Callable[[Request], Awaitable[Response]]

SAID: dict[Right, str] = {
    "read": "You are not signed in.",
    "decide": "Your account may read, not decide. Whoever administers the accounts can change that.",
    "administer": "Only an admin may see and change accounts.",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person at the browser; `csrf` goes into every form as the field of that name."""

    name: str | None  # None: nobody is signed in, or the settings name no reviewer
    role: Literal["reader", "reviewer", "admin"] | None  # None: nobody is signed in
    csrf: str
    local: bool  # on their own machine, without an account

    @property
    def may_read(self) -> bool:
        """Tell whether they may see pages."""
        return self.role is not None

    @property
    def may_decide(self) -> bool:
        """Tell whether they may decide; whether they have a name to decide under is another question."""
        return self.role in ("reviewer", "admin")

    @property
    def may_administer(self) -> bool:
        """Tell whether they may change accounts: on one's own machine there are none."""
        return self.role == "admin" and not self.local


def require(viewer: Viewer, right: Right) -> None:
    """Refuse a viewer who lacks a right. Raises HTTPException 403."""
    allowed = {"read": viewer.may_read, "decide": viewer.may_decide, "administer": viewer.may_administer}
    if not allowed[right]:
        raise HTTPException(403, SAID[right])


def needs(right: Right) -> Callable[[Endpoint], AsyncEndpoint]:
    """Mark the endpoint of a route as needing a right, and check it before anything else is done."""

    def mark(endpoint: Endpoint) -> AsyncEndpoint:
        @functools.wraps(endpoint)
        async def checked(request: Request) -> Response:
            require(request.state.viewer, right)
            if inspect.iscoroutinefunction(endpoint):
                answer: Response = await endpoint(request)
                return answer
            return cast("Response", await run_in_threadpool(endpoint, request))

        checked.needs = right  # type: ignore[attr-defined]
        return checked

    return mark


def find_unmarked(routes: Iterable[BaseRoute]) -> list[str]:
    """Give the paths of routes that take a POST and do not say which right they need: for a test of all routes."""
    found: list[str] = []
    for route in routes:
        if isinstance(route, Mount):
            found += [route.path + path for path in find_unmarked(route.routes)]
        elif isinstance(route, Route) and "POST" in (route.methods or ()) and not hasattr(route.endpoint, "needs"):
            found.append(route.path)
    return found
