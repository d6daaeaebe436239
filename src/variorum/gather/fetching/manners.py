"""When a host may be asked next: one request at a time, a pause between two, and what it asked for itself."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from variorum.gather.fetching.exchange import Limits
from variorum.gather.fetching.outcome import Unfetched

GIVEN_UP = 3  # failures of a host in a row, after which the others of its addresses wait for another round
LATER = "later"  # no problem: the pause that a site asks for between two requests is longer than this round
MOST_BACKOFF_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, which a test puts others in place of."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    elapsed: Callable[[], float] = monotonic  # seconds
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    draw: Callable[[], float] = random.random  # 0 to 1: so that many programs do not come back at the same moment


@dataclass(slots=True)
class Host:
    """What is known of one host and port."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # on the clock that counts seconds
    held: bool = False  # until then, because it asked for it or does not answer; else it is the pause between two
    delay_s: float = 0.0  # that its robots.txt asks for
    dead: bool = False  # held because it does not answer
    failures: int = 0  # in a row


class Manners:
    """The hosts of one run."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits, self.clock = limits, clock
        self.hosts: dict[str, Host] = {}

    def host(self, site: str) -> Host:
        """Give what is known of a host."""
        return self.hosts.setdefault(site, Host())

    @asynccontextmanager
    async def turn(self, site: str) -> AsyncIterator[None]:
        """Wait for the turn of a host and hold it; raises Unfetched where it would be too long to wait for."""
        host = self.host(site)
        async with host.lock:
            wait = host.free_at - self.clock.elapsed()
            if wait > self.limits.most_wait_s:
                raise _not_yet(site, host, wait)
            if wait > 0:
                await self.clock.wait(wait)
            host.held = False
            try:
                yield
            finally:
                pause = max(self.limits.delay_s, host.delay_s)
                host.free_at = max(host.free_at, self.clock.elapsed() + pause)

    def forget(self) -> None:
        """Let go of hosts that may be asked at once."""
        now = self.clock.elapsed()
        self.hosts = {site: host for site, host in self.hosts.items() if host.lock.locked() or host.free_at > now}

    def hold(self, site: str, seconds: float) -> None:
        """Leave a host alone for a while, as it asked."""
        host = self.host(site)
        host.free_at = max(host.free_at, self.clock.elapsed() + seconds)
        host.held = True

    def answered(self, site: str) -> None:
        """Note that a host is there."""
        host = self.host(site)
        host.failures, host.dead = 0, False

    def failed(self, site: str) -> None:
        """Note that a host did not answer; after some times in a row its other addresses wait."""
        host = self.host(site)
        host.failures += 1
        if host.failures >= GIVEN_UP:
            host.failures = 0
            self.hold(site, self.limits.most_wait_s + 1)
            host.dead = True


def _not_yet(site: str, host: Host, wait: float) -> Unfetched:
    if host.held and host.dead:
        code, cause = "fetch-unreachable", f"{site} does not answer"
    elif host.held:
        code, cause = "fetch-busy", f"{site} asked to be left alone"
    else:
        code, cause = LATER, f"{site} asks for a pause of {wait:.0f} seconds more"
    return Unfetched(code, cause, "it is tried again later", again=True, after_s=wait, asked=False)


def backoff(failures: int, first_s: float, draw: Callable[[], float]) -> float:
    """Give the seconds to wait after so many failures in a row (1 for the first): doubled each time, half by chance."""
    whole = min(first_s * 2.0 ** min(failures - 1, 30), MOST_BACKOFF_S)
    return whole / 2 + draw() * whole / 2


def parse_retry_after(said: str, now: datetime) -> float:
    """Give the seconds that a Retry-After header asks for, in numbers or as a date (RFC 9110, 10.2.3); 0 for none."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(min(int(said[:9]), MOST_BACKOFF_S))
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), MOST_BACKOFF_S)
