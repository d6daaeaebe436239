"""Several processes that work through a list of pieces; one that dies costs only the piece it was on. No ledger.

Invariant: every piece is answered once and in order, with its result or with `Died`; when the caller stops, or is
killed, the processes end too.
"""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from variorum.errors import VariorumError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

# Pieces sent to a process before it asks, so that it need not wait while a batch is written: about 0.1 s of reading.
AHEAD = 3
# Bytes sent so: less than any pipe holds (8 KB on Windows), so that sending never blocks while the process sends too.
AHEAD_BYTES = 8_000
LEAVING_S = 5.0  # for a process that was told to end; it has nothing to save


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: the process that worked on the piece ended."""

    exit_code: int | None  # negative: the signal that ended it

    @property
    def words(self) -> str:
        """How it ended, in words."""
        if self.exit_code is None or self.exit_code >= 0:
            return f"exit status {self.exit_code}"
        try:
            return signal.Signals(-self.exit_code).name
        except ValueError:
            return f"signal {-self.exit_code}"


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection[Any, Any]
    ready: bool = False
    sent: deque[tuple[int, int]] = field(default_factory=deque)  # number of the piece, bytes


def work_through(
    pieces: Sequence[Piece], work: Callable[[Piece], Result], count: int, *, prepare: Callable[[], object]
) -> Generator[Result | Died, None, None]:
    """Yield what `work` gives for each piece, in order, from `count` processes.

    `work` and `prepare` are functions of a module, because the processes import them; `prepare` is called once in each.
    Raises what either raises in a process, and VariorumError when a process ends before it is ready.
    """
    todo = deque(range(len(pieces)))
    answers: dict[int, Result | Died] = {}
    workers: list[_Worker] = []
    given = 0
    try:
        while True:
            while given in answers:
                yield answers.pop(given)
                given += 1
            if given == len(pieces):
                return
            open_pieces = len(todo) + sum(len(worker.sent) for worker in workers)
            while len(workers) < min(count, open_pieces):
                workers.append(_start(work, prepare))
            for worker in workers:
                # Near the end nobody is given a stock, so that no process is left with the rest of the work.
                _feed(worker, todo, pieces, most=1 + min(AHEAD, len(todo) // (4 * len(workers))))
            for connection in wait([worker.connection for worker in workers]) if workers else ():
                worker = next(one for one in workers if one.connection is connection)
                if not _take(worker, answers):
                    workers.remove(worker)
                    _bury(worker, todo, answers)
    finally:
        _end(workers)


def _start(work: Callable[[Piece], Result], prepare: Callable[[], object]) -> _Worker:
    # spawn: a fork of a process with threads or an open database is unsafe, and spawn is the same on every system.
    context = get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_serve, args=(far, work, prepare), daemon=True)
    with _no_interrupt():
        process.start()
    far.close()  # so that the end of the process is the end of the pipe
    return _Worker(process, near)


class _no_interrupt:
    """Block Ctrl-C while a process starts: it inherits that, so the terminal's signal does not print its traceback."""

    def __enter__(self) -> None:
        self._before: set[Any] | None = None
        if hasattr(signal, "pthread_sigmask"):
            from multiprocessing import resource_tracker

            resource_tracker.ensure_running()  # starting it later would clear the mask again
            self._before = set(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}))

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)


def _serve(connection: Connection[Any, Any], work: Callable[[Piece], Result], prepare: Callable[[], object]) -> None:
    """Answer pieces until the other side is gone. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the first process decides
    with suppress(EOFError, OSError):  # the other side ended: nobody to answer
        try:
            prepare()
            connection.send(None)
            while True:
                piece = pickle.loads(connection.recv_bytes())
                connection.send((work(piece), None))
        except VariorumError as error:
            connection.send((None, error))


def _feed(worker: _Worker, todo: deque[int], pieces: Sequence[Any], *, most: int) -> None:
    while todo and worker.ready and len(worker.sent) < most:
        data = pickle.dumps(pieces[todo[0]])
        if worker.sent and sum(size for _, size in worker.sent) + len(data) > AHEAD_BYTES:
            return
        try:
            worker.connection.send_bytes(data)
        except OSError:
            return  # it died; `_take` meets the end of its pipe next
        worker.sent.append((todo.popleft(), len(data)))


def _take(worker: _Worker, answers: dict[int, Any]) -> bool:
    """Take one message of a process; False when it ended."""
    try:
        message = worker.connection.recv()
    except (EOFError, OSError):
        return False
    if message is None:
        worker.ready = True
        return True
    result, error = message
    if error is not None:
        raise error
    answers[worker.sent.popleft()[0]] = result
    return True


def _bury(worker: _Worker, todo: deque[int], answers: dict[int, Any]) -> None:
    """Answer the piece a dead process was on, and put back those it had not begun."""
    worker.process.join(LEAVING_S)
    died = Died(worker.process.exitcode)
    _end([worker])
    if not worker.ready:
        raise VariorumError(
            f"a process to read articles could not start ({died.words})", "read in one process: --workers 1"
        )
    if worker.sent:
        answers[worker.sent.popleft()[0]] = died
    todo.extendleft(number for number, _ in reversed(worker.sent))


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.connection.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join(LEAVING_S)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
