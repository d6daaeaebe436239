"""Work for the processes of an engine, and ways in which it goes wrong.

Imports next to nothing, for processes that die are started anew.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence

from variorum.errors import ConfigError


def square(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def length(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def who(numbers: Sequence[int]) -> list[int]:
    return [os.getpid() for _ in numbers]


def die_on_a_seven(number: int) -> int:
    if number == 7:
        os._exit(5)
    return number


def die_on_seven(numbers: Sequence[int]) -> list[int]:
    return [die_on_a_seven(number) for number in numbers]


def be_killed_on_seven(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [*numbers]


def refuse(numbers: Sequence[int]) -> list[int]:
    raise ConfigError(f"no {numbers}", "give another")


def die(numbers: Sequence[int]) -> list[int]:
    os._exit(4)


def wait_a_moment(numbers: Sequence[int]) -> list[int]:
    time.sleep(0.05)
    return [*numbers]


def exit_on_seven(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers:
        sys.exit(0)
    return [*numbers]


class Riddle:
    """What can be packed and not be opened."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("no number",)


def give_a_riddle_for_seven(numbers: Sequence[int]) -> list[object]:
    return [Riddle() if number == 7 else number for number in numbers]
