"""The sample reports with a few decisions of two people: a ledger in which every page has something to show."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.pipeline import follow, run
from variorum.pipeline.deciding import Who, decide, reject, set_field, undo
from variorum.pipeline.report import Report

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
ANSWERED = 3  # pairs of mentions that both people answered, the first of them differently


def make_demo(place: Path, *, now: str) -> None:
    """Read the sample reports into a new ledger; one person corrects, rejects and takes back, two answer pairs.

    The events are worked out anew after it, so that some have a second version.
    """
    with Ledger.open(place, create=True) as ledger:
        run([EXAMPLES], ledger, now=now, workers=1)
        decide_a_little(ledger, now=now)
        follow(ledger, Report(), command="review", now=_later(now, 20))


def decide_a_little(ledger: Ledger, *, now: str) -> None:
    """Store the decisions: a figure set right on the event most reported, pairs answered by two, one word
    taken back."""
    events = sorted(ledger.events(), key=lambda event: (-len(event.mentions), event.id))
    first = Who("m.k.", _later(now, 1), "the list of the hospital, seen on 9 March")
    for event in events:
        try:
            decide(ledger, set_field(ledger, event, "killed", "5", first))
        except UsageError:  # nobody says how many were killed
            continue
        break
    pairs = [event.mentions[:2] for event in events[1:] if len(event.mentions) > 1][:ANSWERED]
    for minute, (left, right) in enumerate(pairs, start=2):
        decide(ledger, [Who("m.k.", _later(now, minute)).judge(left, right, "same")])
        verdict = "same" if minute > 2 else "different"
        decide(ledger, [Who("a.b.", _later(now, minute + 5), "another day", blind=True).judge(left, right, verdict)])
    wrong = decide(ledger, reject(ledger, events[-1], Who("m.k.", _later(now, 12))))
    undo(ledger, wrong[0].act, Who("m.k.", _later(now, 13), "pressed the wrong key"))


def _later(now: str, minutes: int) -> str:
    return (datetime.fromisoformat(now) + timedelta(minutes=minutes)).isoformat()
