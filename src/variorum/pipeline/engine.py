"""Where pieces of work are done: processes of this machine, or a cluster elsewhere. What the work is, it does not know.

Whatever it is, the rest of the pipeline sees a `concurrent.futures` future for each piece of work (PEP 3148), so that
a further engine is one class. Invariant: an engine that is closed, or whose program was killed, leaves no process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Protocol

from variorum.errors import UsageError


class Engine(Protocol):
    """Workers that pieces of work are given to. Started when first needed."""

    @property
    def count(self) -> int:
        """How many pieces are worked on at once."""

    @property
    def address(self) -> str:
        """Where its workers are reached; "" where they are of this machine, and a little is done sooner without."""

    @property
    def is_worn(self) -> bool:
        """Whether the workers did so much that they are to be let go once they are idle, with `renew`."""

    def submit(self, work: Callable[..., Any], *pieces: Any) -> Future[Any]:
        """Give a piece of work away. Its future fails with one of `lost` where the worker died over it."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The errors with which a future fails whose worker died."""

    @property
    def start_remedy(self) -> str:
        """What to do where no worker can start."""

    @property
    def few(self) -> int:
        """Under how many pieces the workers are not worth starting, and this process does the work itself; 0: never."""

    def look(self) -> None:
        """See whether anybody is there still who could answer. Raises VariorumError where nobody is."""

    def last_words(self, error: BaseException) -> str:
        """Say how the worker ended that died over the only piece under way: "SIGKILL"."""

    def renew(self) -> None:
        """Let all workers go; the next piece of work starts new ones. Called when nothing is under way that counts."""

    def close(self) -> None:
        """Let all workers go, at once."""


# Under this many pieces starting processes costs more (about 0.7 s) than they save.
FEW = 40


@contextmanager
def open_engine(address: str = "", workers: int | None = None, *, few: int = FEW) -> Generator[Engine, None, None]:
    """Give the engine at an address: "" is this machine, `tcp://host:8786` the scheduler of a Dask cluster.

    `workers` are the processes on this machine, one a core where None; for less than `few` pieces none is started.
    Raises UsageError for another address, and
    VariorumError where the cluster does not answer or the package for it is not installed.
    """
    engine = _engine(address, workers, few)
    try:
        yield engine
    finally:
        engine.close()


def _engine(address: str, workers: int | None, few: int) -> Engine:
    if not address:
        from variorum.pipeline.processes import Processes

        return Processes(workers or os.cpu_count() or 1, few)
    if re.fullmatch(r"(?:tcp|tls|ws|wss)://[^\s/:@]+:\d{1,5}|(?:tcp|tls)://\[[\da-fA-F:]+\]:\d{1,5}", address):
        from variorum.pipeline.cluster import open_cluster

        return open_cluster(address)
    raise UsageError(
        f"no engine is known at {address}", "give the address of a Dask scheduler with its port: tcp://host:8786"
    )
