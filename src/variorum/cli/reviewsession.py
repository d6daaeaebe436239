"""Going through the queue: one key decides and moves on; each decision is written before the next card is shown.

Invariant: nothing is asked for where standard input is no terminal: keys are then read from it, and its end is the end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import click

from variorum.cli.deciding import now_written
from variorum.cli.reviewcard import PER_PAGE, Shown, card_lines, report_lines
from variorum.errors import DecidedMeanwhileError, LedgerBusyError, LedgerError, UsageError
from variorum.ledger import Decision, Ledger
from variorum.model import Judgement, Ruling
from variorum.pipeline import Answer, Card, Item, Says, find_candidates, is_possible, make_card, make_rows
from variorum.pipeline.cardwords import said_words
from variorum.pipeline.deciding import Who, decide, undo
from variorum.pipeline.labels import Labels
from variorum.show.words import plain

HELP = """\
  y  yes, real, same              n  no, different             u  unsure (of two reports; else skip)
  s  skip: it stays in the queue  b  a reason for the next     z  take back the last of this session
  r  read the reports in full     ?  these keys                q  quit; events are then worked out anew
  1-9  choose a place             p  more places               e  type a place, a value, or held-back words"""
SAYS: dict[str, Says] = {"y": "yes", "n": "no", "u": "unsure"}
TYPED = {
    "held back": "the words, as they stand in the report",
    "value": "what the report says",
    "kind": "the kind of event",
}


def read_keys() -> Iterator[str]:
    """Yield keys: single ones on a terminal, else the characters of standard input until its end."""
    if sys.stdin.isatty():
        while True:
            try:
                yield click.getchar()
            except EOFError:
                return
    for line in sys.stdin:
        rest = line.strip()
        while rest:
            if rest[0] in "be":  # the rest of the line is the text that belongs to it
                yield rest
                break
            yield rest[0]
            rest = rest[1:].lstrip()


def ask_line(key: str, words: str) -> str:
    """Give the text that belongs to a key: the rest of a scripted line, or what is typed on a terminal."""
    if sys.stdin.isatty():
        return str(click.prompt(words, default="", show_default=False)).strip()
    return key[1:].strip()


@dataclass
class Session:
    """One person going through one queue."""

    ledger: Ledger
    labels: Labels
    items: Sequence[Item]
    by: str
    second: bool = False
    because: str = ""
    dry_run: bool = False
    reason: str = ""  # for the next decision
    made: list[tuple[int, int, str]] = field(default_factory=list)  # number of the row, place in the queue, its name
    stopped: bool = False  # by Ctrl-C
    touched: bool = False  # anything was written

    def go(self) -> None:
        """Show card after card until the queue, or the input, or the person's patience ends."""
        keys = read_keys()
        place = 0
        while place < len(self.items):
            card = make_card(self.ledger, self.items[place], blind=self.second)
            if card is None:
                place += 1
                continue
            try:
                step = self._ask(card, place, keys)
            except (KeyboardInterrupt, click.Abort):
                self.stopped = True
                return
            if step is None:
                return
            place = max(0, place + step)

    def _ask(self, card: Card, place: int, keys: Iterator[str]) -> int | None:
        """Show a card until a key leads on; gives how far, None to end."""
        seen = self.ledger.last_decision()
        shown = Shown(place + 1, len(self.items), self.second)
        self._show(card, shown)
        for key in keys:
            pressed = key[:1]
            if pressed == "q" or key == "\x04":
                return None
            if key == "\x03":
                raise KeyboardInterrupt
            if pressed == "s" or (pressed == "u" and not is_possible(card.item, "unsure")):
                click.echo("skipped")
                return 1
            if pressed == "z":
                back = self._undo()
                if back is not None:
                    return back - place
            elif pressed == "b":
                self.reason = ask_line(key, "reason")
            elif pressed == "r":
                for line in report_lines(card, self.labels):
                    click.echo(line)
            elif pressed == "?":
                click.echo(HELP)
            elif pressed == "p" and card.taken:
                last = max(0, (len(card.candidates) - 1) // PER_PAGE)
                shown = replace(shown, page=shown.page + 1 if shown.page < last else 0)
                self._show(card, shown)
            elif pressed == "e" and card.item.asks == "place":
                name = ask_line(key, "name of the place")
                card = replace(card, candidates=tuple(find_candidates(name)), name=name)
                shown = replace(shown, page=0)
                self._show(card, shown)
            else:
                answer = self._answer(card, shown, key)
                if answer is not None and self._decide(card, place, answer, seen):
                    return 1
        return None

    def _show(self, card: Card, shown: Shown) -> None:
        click.echo("")
        for line in card_lines(card, self.labels, shown):
            click.echo(line)

    def _answer(self, card: Card, shown: Shown, key: str) -> Answer | None:
        """Turn a key into an answer; None, and a word on why, where it is none."""
        says, value = SAYS.get(key[:1]), ""
        if key[:1].isdigit() and card.taken:
            chosen = card.candidates[shown.page * PER_PAGE :][:PER_PAGE]
            if not 1 <= int(key[0]) <= len(chosen):
                click.echo(f"no place {key[0]}")
                return None
            value = chosen[int(key[0]) - 1].id
            says = "yes" if value == card.taken else "instead"
        elif key[:1] == "e" and card.item.asks in TYPED:
            says, value = "instead", ask_line(key, TYPED[card.item.asks])
        if says is None or not is_possible(card.item, says):
            click.echo(f"{plain(key[:1])!r} is no answer here; ? shows the keys")
            return None
        return Answer(says, self.by, now_written(), self.reason or self.because, value, self.second)

    def _decide(self, card: Card, place: int, answer: Answer, seen: int) -> bool:
        """Store an answer; False, and a word on why, where what was typed cannot be one."""
        score = None if card.evidence is None else card.evidence.score
        try:
            rows = make_rows(self.ledger, replace(card.item, score=score), answer)
        except UsageError as error:
            click.echo(plain(f"{error.cause}: {error.remedy}"))
            return False
        self.reason = ""
        reports = " ".join(dict.fromkeys(self.labels.articles[one.article.id] for one in card.passages))
        if self.dry_run:
            for row in rows:
                click.echo(f"would store: {stored_words(row)}")
            return True
        try:
            # A second reviewer's word stands beside any other, and is not to be told of one.
            found: list[Decision] = decide(self.ledger, rows, seen=None if self.second else seen)
        except DecidedMeanwhileError as error:
            click.echo(f"{error.cause}; look at it: variorum log")
            return True
        if not found:
            click.echo("you said that before; nothing new was stored")
            return True
        self.touched = True
        said = said_words(card.item, rows[0])
        self.made.append((found[0].act, place, f"{found[0].name} {said}"))
        click.echo(f"{found[0].name} {said} {reports}")
        return True

    def _undo(self) -> int | None:
        """Take back the last decision of this session; gives its place in the queue."""
        if not self.made:
            click.echo("nothing of this session is left to take back")
            return None
        number, place, name = self.made[-1]
        try:
            undo(self.ledger, number, Who(self.by, now_written(), "taken back while reviewing"))
        except LedgerBusyError as error:
            click.echo(f"{error.cause}: {error.remedy}")
            return None
        except LedgerError as error:  # somebody else was first
            self.made.pop()
            click.echo(error.cause)
            return None
        self.made.pop()
        click.echo(f"{name.partition(' ')[0]} taken back")
        return place


def stored_words(row: Judgement | Ruling) -> str:
    """Give a row that would be stored, all of it, on one line."""
    blind = ", blind" if row.blind else ""
    if isinstance(row, Judgement):
        score = "" if row.score is None else f", score {row.score:.2f}"
        return f"judgement {row.left} {row.right} {row.verdict} by {row.by}{score}{blind}: {row.why}"
    what = " ".join(part for part in (row.subject, row.other, row.field, row.verdict, row.value or "") if part)
    return f"ruling {what} by {row.by}{blind}: {row.note}"
