"""When a host may be asked next."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from variorum.gather.fetching.exchange import Limits
from variorum.gather.fetching.manners import Clock, Manners, backoff, parse_retry_after
from variorum.gather.fetching.outcome import Unfetched

NOON = datetime(2031, 5, 3, 12, tzinfo=UTC)


class Time:
    """A clock that goes on only when somebody waits."""

    def __init__(self) -> None:
        self.at = 0.0

    async def wait(self, seconds: float) -> None:
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(now=lambda: NOON, elapsed=lambda: self.at, wait=self.wait, draw=lambda: 0.5)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Sat, 03 May 2031 12:01:30 GMT", 90.0),
        ("Sat, 03 May 2031 11:00:00 GMT", 0.0),
        ("99999999999999999999", 21_600.0),
        ("Fri, 03 May 2041 12:00:00 GMT", 21_600.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
    ],
)
def test_a_server_says_when_to_come_back_in_seconds_or_as_a_date_and_not_for_ever(said: str, seconds: float) -> None:
    assert parse_retry_after(said, NOON) == seconds


def test_waiting_doubles_and_half_of_it_is_chance() -> None:
    assert [backoff(count, 10, lambda: 1.0) for count in (1, 2, 3)] == [10, 20, 40]
    assert backoff(1, 10, lambda: 0.0) == 5
    assert backoff(10_000, 10, lambda: 1.0) == 6 * 3600


def test_two_requests_to_one_host_are_a_pause_apart_and_others_do_not_wait() -> None:
    time = Time()
    manners = Manners(Limits(delay_s=2.0), time.clock())
    begun: list[tuple[str, float]] = []

    async def ask(site: str) -> None:
        async with manners.turn(site):
            begun.append((site, time.at))

    async def all_of_them() -> None:
        await ask("a.example")
        await ask("b.example")
        await ask("a.example")
        manners.host("a.example").delay_s = 5.0
        await ask("a.example")
        await ask("a.example")

    asyncio.run(all_of_them())
    assert begun == [("a.example", 0), ("b.example", 0), ("a.example", 2), ("a.example", 4), ("a.example", 9)]


def test_a_host_is_asked_by_one_at_a_time() -> None:
    time = Time()
    manners = Manners(Limits(delay_s=0), time.clock())
    inside, most = 0, 0

    async def ask() -> None:
        nonlocal inside, most
        async with manners.turn("a.example"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def all_of_them() -> None:
        await asyncio.gather(*(ask() for _ in range(5)))

    asyncio.run(all_of_them())
    assert most == 1


def test_a_host_that_asks_for_hours_is_left_for_another_round() -> None:
    manners = Manners(Limits(most_wait_s=60), Time().clock())
    manners.hold("a.example", 7_200)

    async def ask() -> None:
        async with manners.turn("a.example"):
            raise AssertionError("it was asked")

    with pytest.raises(Unfetched) as met:
        asyncio.run(ask())
    assert (met.value.asked, met.value.again) == (False, True)


def test_a_host_that_never_answers_is_given_up_after_three_times() -> None:
    manners = Manners(Limits(), Time().clock())
    for _ in range(3):
        assert manners.host("a.example").free_at == 0
        manners.failed("a.example")
    assert manners.host("a.example").free_at > Limits().most_wait_s


def test_hosts_that_may_be_asked_are_forgotten() -> None:
    time = Time()
    manners = Manners(Limits(), time.clock())
    manners.hold("a.example", 10)
    manners.host("b.example")
    manners.forget()
    assert [*manners.hosts] == ["a.example"]
