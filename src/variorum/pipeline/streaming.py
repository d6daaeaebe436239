"""A stream of pieces through an engine, in order, in bounded memory; one that kills its worker costs only itself.

Invariant: every piece is answered once and in order, with its result or with `Lost`; no more pieces are drawn than are
under way; when the caller stops, so does the work.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar

from variorum.errors import VariorumError
from variorum.pipeline.engine import Engine
from variorum.pipeline.sameprogram import Same, fingerprint

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Work = Callable[[Sequence[Piece]], Sequence[Result]]

AHEAD = 3  # batches under way for each worker: one is worked on, and none waits while results are written
LOOK_S = 5.0  # after so long without an answer it is seen whether anybody is there who could give one


@dataclass(frozen=True, slots=True)
class Lost:
    """In place of a result: the worker died over this piece, twice."""

    cause: str  # how it ended: "SIGKILL"


@dataclass(slots=True)
class _Batch:
    pieces: tuple[Any, ...]
    future: Future[Any]


def work_through(
    engine: Engine, work: Work[Piece, Result], pieces: Iterable[Piece], *, batch: int, few: int | None = None
) -> Generator[tuple[Piece, Result | Lost], None, None]:
    """Yield each piece with what `work` gives for it, in order.

    `work` is given a batch of pieces at a time, and none once to see whether a worker can start at all; it has to be
    something that other processes can import. Less than `few` pieces (the engine's own number where None) are worked
    on in this process. Raises what `work` raises, and VariorumError where no worker can start or none is left.
    """
    source = iter(pieces)
    few = engine.few if few is None else few
    first = list(islice(source, few))
    if not engine.address and few and (len(first) < few or engine.count < 2):
        for piece in chain(first, source):
            yield piece, work((piece,))[0]
        return
    work = Same(work, fingerprint()) if engine.address else work
    batches = _batches(chain(first, source), batch)
    underway: deque[_Batch] = deque()
    try:
        while True:
            while len(underway) < AHEAD * engine.count and not engine.is_worn and (drawn := next(batches, ())):
                underway.append(_Batch(drawn, engine.submit(_do, work, drawn)))
            if not underway:
                if not engine.is_worn:
                    return
                engine.renew()
                continue
            if isinstance(_error(engine, underway[0].future), engine.lost):
                for found in _again(engine, work, underway):
                    yield from found
            else:
                done = underway.popleft()
                yield from zip(done.pieces, done.future.result(), strict=True)
    finally:
        for one in underway:
            one.future.cancel()


def map_over(engine: Engine, work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Generator[Result, None, None]:
    """Yield what `work` gives for each piece, in order: the built-in `map`, shared out.

    Raises what `work` raises, and VariorumError where a worker dies over a piece twice.
    """
    for _, result in work_through(engine, _Each(work), pieces, batch=1, few=2):
        if isinstance(result, Lost):
            raise VariorumError(
                f"a process that worked out events ended: {result.cause}",
                "there may be too little memory; with fewer processes less is needed: --workers 1",
            )
        yield result


@dataclass(frozen=True, slots=True)
class _Each:
    """Work on single pieces as work on batches."""

    work: Callable[[Any], Any]

    def __call__(self, pieces: Sequence[Any]) -> list[Any]:
        return [self.work(piece) for piece in pieces]


def _do(work: Work[Any, Any], pieces: Sequence[Any]) -> Sequence[Any]:
    """Work on a batch, in a worker. What ends the program (`sys.exit`) ends the worker, not whoever asked."""
    try:
        return work(pieces)
    except SystemExit as error:
        os._exit(error.code if isinstance(error.code, int) else 1)


def _batches(pieces: Iterator[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    while drawn := tuple(islice(pieces, size)):
        yield drawn


def _again(engine: Engine, work: Work[Any, Any], underway: deque[_Batch]) -> Iterator[list[tuple[Any, Any]]]:
    """Answer all that is under way after a worker died: what was lost with it is tried again, each batch alone.

    A pool of processes breaks as a whole, and a cluster suspects all that a dead worker held: one of many is to blame.
    """
    failed = [isinstance(_error(engine, one.future), engine.lost) for one in underway]
    engine.renew()
    for is_lost in failed:
        one = underway.popleft()
        yield list(zip(one.pieces, _alone(engine, work, one.pieces) if is_lost else one.future.result(), strict=True))


def _alone(engine: Engine, work: Work[Any, Any], pieces: Sequence[Any]) -> list[Any]:
    """Work on one batch while nothing else is under way; where it is lost again, on each piece of it."""
    future = engine.submit(_do, work, pieces)
    error = _error(engine, future)
    if not isinstance(error, engine.lost):
        return list(future.result())
    cause = engine.last_words(error)
    engine.renew()
    if len(pieces) > 1:
        return [result for piece in pieces for result in _alone(engine, work, (piece,))]
    _check_start(engine, work)
    return [Lost(cause)]


def _check_start(engine: Engine, work: Work[Any, Any]) -> None:
    """Tell a piece that kills its worker from workers that cannot start: those die without any piece too."""
    error = _error(engine, engine.submit(_do, work, ()))
    if isinstance(error, engine.lost):
        cause = engine.last_words(error)
        engine.renew()
        raise VariorumError(f"a process that reads could not start ({cause})", engine.start_remedy)
    if error is not None:
        raise error


def _error(engine: Engine, future: Future[Any]) -> BaseException | None:
    """Wait for a future, and give what it failed with; a cluster cancels what it lost track of."""
    while True:
        try:
            return future.exception(LOOK_S)
        except CancelledError as error:
            return error
        except TimeoutError:
            engine.look()
