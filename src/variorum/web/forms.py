"""The ending of an address says in which form a page is wanted: `/events/EV-7K3Q.json` is that page as JSON.

Invariant: a page knows nothing of endings; the list of all events, `/events.json`, is the page `/` in another form.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

ENDINGS = (".json", ".geojson", ".csv")
PLAIN = ("/static/", "/openapi.json")  # addresses that are what they say


class Forms:
    """Takes the ending off the path and keeps it beside it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its path without ending."""
        if scope["type"] == "http" and not scope["path"].startswith(PLAIN):
            path = scope["path"]
            ending = next((one for one in ENDINGS if path.endswith(one)), "")
            if ending:
                path = path[: -len(ending)]
                path = "/" if path == "/events" else path
                scope = {**scope, "path": path, "variorum.form": ending[1:]}
            elif path == "/events":
                scope = {**scope, "path": "/"}
        await self.app(scope, receive, send)
