"""The headers that every answer carries, so that a browser does as little with it as a page needs.

Invariant: no page can loosen them; how long an answer may be kept is left to the page, but for a team nothing is kept
besides the files of style and script.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Addresses hold ids, names and search words: other sites learn nothing. `no-referrer` would hide as much, but
    # browsers then write `Origin: null` into every form of our own, and the check of the origin would refuse it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # what frame-ancestors says, for browsers that do not know it
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Adds the headers to every answer; `cache` is for answers that do not say how long they may be kept."""

    def __init__(self, app: ASGIApp, cache: str) -> None:
        self.app = app
        self.cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in FIXED.items():
                    headers[name] = value
                if self.cache == "no-store" and not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = self.cache
                else:
                    headers.setdefault("Cache-Control", self.cache)
            await send(message)

        await self.app(scope, receive, send_with_headers)
