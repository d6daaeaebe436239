"""What robots.txt of a site allows (RFC 9309), fetched once a run for each site. Parsed by protego."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from variorum.gather.fetching.addresses import Address, Permission
from variorum.gather.fetching.outcome import Fetched, Unfetched

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is read
MOST = 2_000  # sites that are remembered
KEPT_S = 24 * 3600.0  # RFC 9309, 2.4: not longer than a day
UNREACHED_S = 600.0  # how long a failure stands before it is tried again
NOBODY = frozenset({"fetch-unreachable", "fetch-timeout"})
NAME = "variorum"  # by which a robots.txt calls this program


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows."""

    parsed: object | None  # protego's; None: everything
    delay_s: float = 0.0
    closed: Unfetched | None = None  # why nothing is allowed for now
    until: float = 0.0  # on the clock that counts seconds

    def allow(self, address: Address) -> bool:
        """Tell whether an address may be asked."""
        return self.parsed is None or bool(self.parsed.can_fetch(str(address), NAME))  # type: ignore[attr-defined]


class Book:
    """The rules of every site that was met."""

    def __init__(self, ask: Callable[[Address, Permission], Awaitable[Fetched]], elapsed: Callable[[], float]) -> None:
        self.ask, self.elapsed = ask, elapsed
        self.rules: dict[str, Rules] = {}
        self.locks: dict[str, asyncio.Lock] = {}

    async def check(self, address: Address, permission: Permission) -> float:
        """Give the pause that a site asks for, in seconds; raises Unfetched for an address that it closes to robots."""
        site = f"{address.scheme}://{address.site}"
        async with self.locks.setdefault(site, asyncio.Lock()):
            rules = self.rules.get(site)
            if rules is None or rules.until < self.elapsed():
                rules = await self._read(address, permission)
                self.rules[site] = rules
        if rules.closed is not None:
            raise _closed(rules.closed, address.site, rules.until - self.elapsed())
        if not rules.allow(address):
            cause = f"robots.txt of {address.site} closes this address to robots"
            raise Unfetched("fetch-robots", cause, "save the page by hand, or ask the site")
        return rules.delay_s

    def forget(self) -> None:
        """Let go of rules that are out of date, and of all where there are too many."""
        now = self.elapsed()
        kept = {site: rules for site, rules in self.rules.items() if rules.until >= now}
        self.rules = kept if len(kept) <= MOST else {}
        self.locks = {site: lock for site, lock in self.locks.items() if lock.locked()}

    async def _read(self, address: Address, permission: Permission) -> Rules:
        """Read robots.txt: none there allows all, one that cannot be given closes all for now (RFC 9309, 2.3.1)."""
        now = self.elapsed()
        try:
            found = await self.ask(Address(address.scheme, address.host, address.port, "/robots.txt"), permission)
        except Unfetched as fault:
            if fault.code in {"fetch-refused", "fetch-tls"} or not fault.asked:
                raise  # holds for the page as well, and says more
            if fault.code in {"fetch-status", "fetch-redirects"}:
                return Rules(None, until=now + KEPT_S)
            return Rules(None, closed=fault, until=now + UNREACHED_S)
        try:
            return parse_robots(found.body, until=now + KEPT_S)
        except Exception as error:  # another's parser, fed bytes from outside
            closed = Unfetched("fetch-robots", f"it cannot be read: {type(error).__name__}", again=True)
            return Rules(None, closed=closed, until=now + UNREACHED_S)


def _closed(fault: Unfetched, site: str, wait: float) -> Unfetched:
    """Say why a site is closed for now: it does not answer at all, or has no robots.txt to give."""
    if fault.code in NOBODY:
        return Unfetched(fault.code, fault.cause, fault.remedy, again=True, after_s=wait, asked=False)
    cause = f"robots.txt of {site} cannot be read ({fault.cause}): nothing is asked there for now"
    return Unfetched("fetch-robots", cause, "it is tried again later", again=True, after_s=wait, asked=False)


def parse_robots(body: bytes, *, until: float) -> Rules:
    """Give the rules of a robots.txt for this program; what is behind the bound of size is not looked at."""
    from protego import Protego

    parsed = Protego.parse(body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff"))
    delay = parsed.crawl_delay(NAME) or 0.0
    return Rules(parsed, delay_s=max(0.0, float(delay)), until=until)
