"""The engine of many machines: a Dask cluster, through the executor that `distributed` gives for it.

Its workers need this package in the same version, one thread each, and the memory settings of
`docs/how-to/run-on-a-cluster.md`. Invariant: what a worker answers was made by the very reader that was asked for
(`pipeline/reading.py` has it checked in each process), so a cluster gives the ledger that one machine would give.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from variorum.errors import UsageError, VariorumError

CONNECTING_S = 10  # a scheduler that does not answer by then is not there
WORKERS_S = 30  # for its first worker to register


class Cluster:
    """The workers of a Dask cluster."""

    is_worn = False  # its workers are replaced by `dask worker --lifetime`
    start_remedy = "see what its workers print; each needs this package, and memory for one model (about 0.5 GB)"

    def __init__(self, client: Any, address: str) -> None:
        """Take over a client that is connected."""
        self.address = address
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker

        self._client = client
        self._executor: Any = client.get_executor(pure=False)
        self.lost: tuple[type[BaseException], ...] = (KilledWorker, FutureCancelledError, CancelledError)

    @property
    def count(self) -> int:
        """How many workers there are now: some may have come since, or gone."""
        return max(1, len(self._client.nthreads()))

    def submit(self, work: Callable[..., Any], *pieces: Any) -> Future[Any]:
        """Give a piece of work to the cluster."""
        future: Future[Any] = self._executor.submit(work, *pieces)
        return future

    def last_words(self, error: BaseException) -> str:
        """Say how it ended: the scheduler knows only that the connection did, each time."""
        return f"its worker ended each time ({type(error).__name__})"

    few = 0

    def look(self) -> None:
        """See whether it has a worker still, and wait a while for one where it has none."""
        if not self._client.nthreads():
            self.renew()

    def renew(self) -> None:
        """See whether the cluster is there still; it starts workers in place of dead ones itself."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_S)
        except (TimeoutError, OSError, RuntimeError, CancelledError) as error:
            raise VariorumError(
                f"the cluster has no worker any more: {type(error).__name__}",
                "start it, and run the same again: what was read is kept",
            ) from error

    def close(self) -> None:
        """Part from the cluster; it goes on without this program."""
        self._client.close()


def open_cluster(address: str) -> Cluster:
    """Give the cluster whose scheduler is at an address such as `tcp://host:8786`.

    Raises UsageError where the package for it is not installed, VariorumError where no scheduler or no worker answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("a cluster needs the package distributed", "pip install 'variorum[cluster]'") from error
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said here, in words
    try:
        connect: Any = Client
        client = connect(address, timeout=CONNECTING_S, set_as_default=False)
    except (TimeoutError, OSError) as error:
        raise VariorumError(
            f"no scheduler answers at {address}", "start one: dask scheduler; see docs/how-to/run-on-a-cluster.md"
        ) from error
    except Exception as error:  # what Dask's own settings lack for an address it says in errors of many kinds
        raise VariorumError(
            f"the scheduler at {address} cannot be reached: {error}",
            "tls:// needs certificates in Dask's own settings (distributed.comm.tls)",
        ) from error
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
    except (TimeoutError, OSError) as error:
        client.close()
        raise VariorumError(
            f"the scheduler at {address} has no workers", f"start some: dask worker {address} --nthreads 1"
        ) from error
    return Cluster(client, address)
