"""Works the events out beside the pages, some seconds after the last decision: nobody at the desk waits for it.

Invariant: a decision is stored before this hears of it, so a server that dies loses none: the next run, command or
server works the events out from what is stored.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess

from variorum.errors import LedgerBusyError, VariorumError
from variorum.ledger import Ledger
from variorum.ledger.picked import count_articles
from variorum.pipeline import Report, follow, is_finished
from variorum.show.words import plural
from variorum.web.answering import now_written

QUIET_S = 5.0  # after the last decision
LONGEST_S = 300.0  # of a ledger whose events take minutes, they are worked out when nothing was decided for as long
EVENT_RATE = 500.0  # reports a second, about, for which events are worked out: before it was measured
FEW = 1_000  # reports: of more, a process of its own works, so that pages keep their speed
AT_THE_DESK = "review"  # the command of its runs
AGAIN_S = 5.0  # after another program was writing


def work_out(place: str, command: str) -> None:
    """Work out the events of a ledger from all that is stored in it."""
    with Ledger.open(place) as ledger:
        follow(ledger, Report(), command=command, now=now_written())


def end_with_parent() -> None:
    """End this process when the one that started it is gone: a server that is killed leaves nothing running."""
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def work_out_apart(place: str, command: str) -> None:
    """Work the events out in a process of its own."""
    end_with_parent()
    work_out(place, command)


class Followup:
    """What is stored and not worked out yet, and the one that works it out."""

    def __init__(
        self,
        place: str,
        *,
        quiet_s: float = QUIET_S,
        first_guess_s: float = 0.0,
        work: Callable[[str, str], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        """`first_guess_s` is how long it is thought to take to work the events out, before it was measured.

        `check` raises where the ledger of that name is another one now: then nothing is worked out.
        """
        self.place = place
        self._quiet_s = quiet_s
        self._work = work or self._choose
        self._check = check or (lambda: None)
        self._changed = threading.Condition()
        self._stored = 0  # decisions since the events were worked out, or began to be
        self._in_work = 0  # decisions that are being worked in
        self._due = 0.0
        self._took_s = first_guess_s
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self._failed = ""

    @property
    def busy(self) -> bool:
        """Whether the events are being worked out."""
        with self._changed:
            return self._in_work > 0

    def words(self) -> str:
        """Say what is stored and what is being done with it; nothing where the events follow from all of it."""
        with self._changed:
            if self._failed:
                return f"Decisions are stored, but the events could not be worked out: {self._failed}"
            waits, works = self._stored, self._in_work
        if works and waits:
            return f"{plural(works, 'decision')} stored, the events are being worked out; {waits:,} more wait."
        if works:
            return f"{plural(works, 'decision')} stored; the events are being worked out."
        if waits:
            return f"{plural(waits, 'decision')} stored; the events are worked out when you pause."
        return ""

    def stored(self, *, at_once: bool = False) -> None:
        """Hear that a decision was stored; `at_once`: nobody will decide another one now."""
        with self._changed:
            self._stored += 1
            self._set_due(at_once)

    def ask(self) -> None:
        """Have the events worked out now."""
        with self._changed:
            self._stored = max(1, self._stored)
            self._set_due(at_once=True)

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; tells whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._stored and not self._in_work, timeout_s)

    def stop(self) -> None:
        """End the process that works, where there is one: what is stored stays, and can be worked out again."""
        process = self._process
        if process is not None:
            process.terminate()

    def _set_due(self, at_once: bool) -> None:
        quiet = 0.0 if at_once else min(LONGEST_S, max(self._quiet_s, self._took_s))
        self._due = time.monotonic() + quiet
        self._failed = ""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="followup", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._stored and (left := self._due - time.monotonic()) > 0:
                    self._changed.wait(left)
                if not self._stored:
                    self._thread = None
                    return
                self._in_work, self._stored = self._stored, 0
            began = time.monotonic()
            failed, busy = "", False
            try:
                self._check()
                self._work(self.place, AT_THE_DESK)
            except LedgerBusyError:
                busy = True
            except VariorumError as error:
                failed = error.cause
            except Exception as error:  # said on the desk; what is stored stays stored
                failed = f"{type(error).__name__}: {error}"
            with self._changed:
                if busy:
                    self._stored += self._in_work
                    self._due = time.monotonic() + AGAIN_S
                self._took_s = time.monotonic() - began
                self._in_work = 0
                self._failed = failed
                self._changed.notify_all()

    def _choose(self, place: str, command: str) -> None:
        with Ledger.open(place, readonly=True) as ledger:
            few = count_articles(ledger) <= FEW
        if few:
            work_out(place, command)
            return
        # Not a daemon: it starts processes itself. It ends with this one all the same.
        process = self._process = get_context("spawn").Process(target=work_out_apart, args=(place, command))
        atexit.register(self.stop)
        try:
            process.start()
            process.join()
            exit_code = process.exitcode
        finally:
            self._process = None
            atexit.unregister(self.stop)
        with Ledger.open(place, readonly=True) as ledger:
            if exit_code and not is_finished(ledger):
                raise VariorumError(f"the process that works them out ended with {exit_code}")
