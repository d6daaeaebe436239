"""Asks an address until it answers: robots, redirects, retries and pauses. What it means is for others.

Invariant: each hop of a redirect is judged as an address of its own; validators go only to the address that gave them.
"""

from __future__ import annotations

from math import inf
from urllib.parse import urldefrag

from variorum import __version__
from variorum.gather.fetching.addresses import REFUSED, Address, Permission, is_number, parse_address
from variorum.gather.fetching.exchange import LOOK_AGAIN, Limits, Network, exchange
from variorum.gather.fetching.manners import LATER, Clock, Manners, backoff, parse_retry_after
from variorum.gather.fetching.outcome import NOTHING_KNOWN, Exchange, Fetched, Headers, Known, Unfetched
from variorum.gather.fetching.robots import MAX_BYTES, Book
from variorum.gather.fetching.unpack import unpack

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
AGAIN = frozenset({408, 421, 425, 500, 502, 504, 520, 521, 522, 523, 524})
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
OF_THE_HOST = frozenset({"fetch-unreachable", "fetch-timeout"})
VALUE = 1_000  # characters of a validator that is sent back


class Fetcher:
    """What one run knows of the hosts it asks."""

    def __init__(self, network: Network, *, limits: Limits, clock: Clock, contact: str = "") -> None:
        self.network, self.limits, self.clock = network, limits, clock
        self.agent = f"variorum/{__version__}" + (f" (+{contact})" if contact else "")
        self.manners = Manners(limits, clock)
        self.book = Book(self._ask_robots, clock.elapsed)
        self.asked = False  # whether the network was used at all
        self.received: dict[str, int] = {}  # host -> bytes that came from it

    async def fetch(self, asked: str, *, permission: Permission, known: Known = NOTHING_KNOWN) -> Fetched:
        """Give what an address answers, with status 200, or 304 where `known` still holds.

        Raises Unfetched when it gives nothing, after as many tries as the limits say.
        """
        tries = 0
        while True:
            tries += 1
            try:
                return await self._follow(parse_address(asked), permission, known, robots=True)
            except Unfetched as fault:
                wait = fault.after_s or backoff(tries, self.limits.backoff_s, self.clock.draw)
                soon = fault.again and fault.asked and fault.code != "fetch-tls"  # no certificate is mended in seconds
                if not soon or tries >= self.limits.tries or wait > self.limits.most_wait_s:
                    raise
            await self.clock.wait(wait)

    async def _follow(self, address: Address, permission: Permission, known: Known, *, robots: bool) -> Fetched:
        asked, met = str(address), {str(address)}
        made: list[Exchange] = []
        until = inf  # from the first redirect on
        while True:
            permission.check(address)
            try:
                if robots:
                    await self._mind(address, permission)
                answer = await self._ask(address, permission, known if not made else NOTHING_KNOWN)
            except Unfetched as fault:
                raise _of_the_page(fault) if made and not fault.asked else fault from None
            made.append(answer)
            if answer.status not in REDIRECTS:
                return self._judge(asked, address, made, known, robots)
            until = min(until, self.clock.elapsed() + self.limits.request_s)
            if self.clock.elapsed() > until:
                cause = f"redirects that take longer than {self.limits.request_s:g} seconds"
                raise Unfetched("fetch-timeout", cause, LOOK_AGAIN, again=True)
            address = _next(answer)
            if str(address) in met or len(made) > self.limits.redirects:
                cause = "redirects lead in a circle" if str(address) in met else f"more than {len(made) - 1} redirects"
                raise Unfetched("fetch-redirects", cause, "look at it by hand")
            met.add(str(address))

    async def _mind(self, address: Address, permission: Permission) -> None:
        """Ask robots.txt first, and keep the pause that it asks for."""
        host = self.manners.host(address.site)
        host.delay_s = max(host.delay_s, await self.book.check(address, permission))

    async def _ask_robots(self, place: Address, permission: Permission) -> Fetched:
        return await self._follow(place, permission, NOTHING_KNOWN, robots=False)

    def begin_round(self) -> None:
        """Count bytes anew, and let go of what is not needed any more: memory must not grow from round to round."""
        self.received = {}
        self.manners.forget()
        self.book.forget()

    async def _ask(self, address: Address, permission: Permission, known: Known) -> Exchange:
        async with self.manners.turn(address.site):
            try:
                answer = await exchange(
                    address,
                    self._headers(address, known),
                    permission=permission,
                    network=self.network,
                    limits=self.limits,
                )
            except Unfetched as fault:
                self._count(address, fault.received)
                self.asked |= fault.code != REFUSED or not is_number(address.host)
                if fault.code in OF_THE_HOST:
                    self.manners.failed(address.site)
                raise
        self.asked = True
        self.manners.answered(address.site)
        self._count(address, answer.received)
        return answer

    def _count(self, address: Address, received: int) -> None:
        if received:
            self.received[address.host] = self.received.get(address.host, 0) + received

    def _headers(self, address: Address, known: Known) -> Headers:
        headers = [
            ("Host", address.site),
            ("User-Agent", self.agent),
            ("Accept", ACCEPT),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)):
            if value.isascii() and value.isprintable() and 0 < len(value) <= VALUE:
                headers.append((name, value.strip()))
        return tuple(headers)

    def _judge(self, asked: str, address: Address, made: list[Exchange], known: Known, robots: bool) -> Fetched:
        answer = made[-1]
        if answer.status == 304 and known != NOTHING_KNOWN:
            return Fetched(asked, str(address), tuple(made), b"", unchanged=True)
        if answer.status != 200:
            raise self._refusal(address, answer)
        limit = self.limits.body_bytes if robots else MAX_BYTES * 4
        return Fetched(asked, str(address), tuple(made), unpack(answer.body, answer.header("content-encoding"), limit))

    def _refusal(self, address: Address, answer: Exchange) -> Unfetched:
        said = f"status {answer.status}"
        if answer.status in BUSY:
            after = parse_retry_after(answer.header("retry-after"), self.clock.now())
            if after:
                self.manners.hold(address.site, after)
            return Unfetched("fetch-busy", f"{address.site} is busy ({said})", LOOK_AGAIN, again=True, after_s=after)
        if answer.status in AGAIN or answer.status > 504:
            return Unfetched("fetch-failed", f"{address.site} failed ({said})", LOOK_AGAIN, again=True)
        gone = "is not there" if answer.status in {404, 410} else "is not given to this program"
        return Unfetched("fetch-status", f"the page {gone} ({said})", "look at the address in a browser")


def _of_the_page(fault: Unfetched) -> Unfetched:
    """Give the fault of a page whose redirect leads to a host that is not to be asked now; its own host was asked."""
    code = "fetch-busy" if fault.code == LATER else fault.code
    cause = f"redirected to a host that is not asked now: {fault.cause}"
    return Unfetched(code, cause, fault.remedy, again=True, after_s=fault.after_s)


def _next(answer: Exchange) -> Address:
    """Give the address that a redirect leads to."""
    target = answer.header("location")
    if not target:
        raise Unfetched("fetch-redirects", "a redirect that leads nowhere", "look at it by hand")
    try:
        return parse_address(
            urldefrag(target.encode("latin-1", "replace").decode("utf-8", "replace"))[0], answer.address
        )
    except Unfetched as fault:
        raise Unfetched(fault.code, f"redirected to what is not followed: {fault.cause}", fault.remedy) from None
