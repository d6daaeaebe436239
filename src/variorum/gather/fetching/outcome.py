"""What came of asking an address: what was sent and answered, or one cause why there is nothing. No network here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from variorum.errors import UnreadableError

Headers = tuple[tuple[str, str], ...]


class Unfetched(UnreadableError):
    """An address gave nothing that can be used.

    `again` says that it may later; `after_s` are the seconds that the server asked to wait, 0 where it named none;
    `asked` is False where its turn did not come, so that it does not count as a try.
    """

    def __init__(
        self, code: str, cause: str, remedy: str = "", *, again: bool = False, after_s: float = 0.0, asked: bool = True
    ) -> None:
        super().__init__(cause, remedy, code=code)
        self.again = again
        self.after_s = after_s
        self.asked = asked
        self.received = 0  # bytes that came all the same


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire."""

    address: str
    ip: str  # that answered
    at: datetime  # when it was asked, UTC
    request: tuple[str, Headers]  # request line without the method, and headers, as sent
    status: int
    reason: str
    headers: Headers
    body: bytes  # as sent, packed or not; only the chunks of the transfer are put together
    received: int  # bytes, with headers
    cut: bool = False  # the body goes on; it belongs to a status whose body is not needed

    def header(self, name: str) -> str:
        """Give the first value of a header, "" without one."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address from the last time: sent with the request, so that nothing new costs nothing."""

    etag: str = ""
    modified: str = ""


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that can be used."""

    asked: str
    final: str  # after redirects
    exchanges: Sequence[Exchange]
    body: bytes  # unpacked
    unchanged: bool = False  # status 304: nothing new since the last time

    @property
    def last(self) -> Exchange:
        """Give the exchange that answered."""
        return self.exchanges[-1]

    @property
    def kind(self) -> str:
        """Give the media type that the server names, in small letters, without parameters."""
        return self.last.header("content-type").partition(";")[0].strip().lower()

    @property
    def known(self) -> Known:
        """Give what to send the next time."""
        return Known(self.last.header("etag"), self.last.header("last-modified"))
