"""The engine of one machine: a pool of processes by `concurrent.futures`, each with its own model and one thread.

Invariant: when this program ends, however it ends, its processes end too.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any

# Pieces of work, a batch each, after which the processes are replaced: what libraries in C lose of memory goes with
# them. 1,500 batches of 8 articles are about five minutes of two processes; new ones take about two seconds.
WORN_AFTER = 1_500
LEAVING_S = 5.0  # for a process that was told to end; it has nothing to save


class Processes:
    """Processes of this machine."""

    address = ""
    start_remedy = "read in one process: --workers 1"
    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, count: int, few: int) -> None:
        """Begin without a process."""
        self.count, self.few = count, few
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[BaseProcess] = []
        self._given = 0

    @property
    def is_worn(self) -> bool:
        """Whether the processes did so much that they are to be replaced."""
        return self._given >= WORN_AFTER

    def submit(self, work: Callable[..., Any], *pieces: Any) -> Future[Any]:
        """Give a piece of work to the pool, which starts a process for it while there are fewer than wanted."""
        if self._pool is None:
            # spawn: a fork of a process with threads or an open database is unsafe, and spawn is the same everywhere.
            self._pool = ProcessPoolExecutor(self.count, mp_context=self._context(), initializer=begin_process)
        self._given += 1
        try:
            with _no_interrupt():
                future = self._pool.submit(work, *pieces)
        except BrokenProcessPool as error:  # a process died since the last piece was given away
            future = Future()
            future.set_exception(error)
        return future

    def _context(self) -> BaseContext:
        """Give a context that notes each process that it makes: the pool does not say how one ended."""
        context = SpawnContext()
        make = context.Process

        def note(*args: Any, **options: Any) -> BaseProcess:
            process = make(*args, **options)
            self._begun.append(process)
            return process

        context.Process = note  # type: ignore[misc, assignment]
        return context

    def look(self) -> None:
        """Nothing to see: the pool tells of a process that ends."""

    def last_words(self, error: BaseException) -> str:
        """Say how the process ended that died: the pool ends the others with SIGTERM."""
        for process in self._begun:
            process.join(LEAVING_S)
        codes = [process.exitcode for process in self._begun if process.exitcode is not None]
        other = [code for code in codes if code != -signal.SIGTERM]
        if not other and error.__cause__ is not None:  # all were ended: what came of the work could not be taken in
            return " ".join(str(error.__cause__).strip().strip("'\"\n").split())[-200:]
        return _ending(next(iter(other or codes), None))

    def renew(self) -> None:
        """Let the processes go; the next piece of work starts new ones."""
        self.close()

    def close(self) -> None:
        """Let the processes go, at once: they have nothing to save."""
        if self._pool is None:
            return
        for process in self._begun:
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for process in self._begun:
            process.join(LEAVING_S)
            if process.is_alive():
                process.kill()
                process.join()
        self._pool, self._begun, self._given = None, [], 0


def begin_process() -> None:
    """Make a new process of the pool one that ends with its parent, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the first process decides
    parent = parent_process()
    if parent is not None:
        # The queue of the pool is held open by its processes themselves, so its end would never tell them.
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


class _no_interrupt:
    """Block Ctrl-C while a process starts: it inherits that, so the terminal's signal does not print its traceback."""

    def __enter__(self) -> None:
        self._before: set[Any] | None = None
        # Only the first thread may be interrupted, so another has nothing to block.
        if hasattr(signal, "pthread_sigmask") and threading.current_thread() is threading.main_thread():
            from multiprocessing import resource_tracker

            resource_tracker.ensure_running()  # starting it later would clear the mask again
            self._before = set(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}))

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)


def _ending(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit status {exit_code}"
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
