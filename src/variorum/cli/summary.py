"""What `run` says when it is done: each stage with its time, what needs a person, and the next commands."""

from __future__ import annotations

import os
from collections.abc import Iterator

from variorum.pipeline import Report


def run_lines(report: Report, place: str, seconds: float) -> Iterator[str]:
    """Give the lines of the summary."""

    def row(stage: str, words: str) -> str:
        spent = report.seconds.get(stage, 0.0)
        return f"{stage:<11} {words:<74} {_time(spent):>8}"

    read = report.files - report.files_skipped
    failed = len({problem.where for problem in report.problems})
    skipped = f", {report.files_skipped:,} read before" if report.files_skipped else ""
    yield row(
        "Reading",
        f"{report.files:,} files   {read - failed if read >= failed else 0:,} read{skipped}, {failed:,} with problems",
    )
    yield row(
        "Copies",
        f"{_plural(report.articles, 'report')} in {report.lineages:,} independent lineages ({report.copies:,} copies or rewrites)",
    )
    yield row(
        "Claims",
        f"{report.claims:,} claims in {report.mentions:,} mentions, every quote at its place; {report.held_back:,} held back",
    )
    yield row(
        "Events",
        f"{report.events:,} events from {report.articles - report.silent:,} reports; {_plural(report.silent, 'report')} with no event of the schema",
    )
    relations = report.relations
    yield row(
        "Compare",
        f"{relations.get('agrees', 0):,} agree · {relations.get('overlaps', 0) + relations.get('refines', 0):,} overlap or refine"
        f" · {relations.get('contradicts', 0):,} contradict · {relations.get('revised', 0):,} revised · {relations.get('impossible', 0):,} impossible",
    )
    yield ""
    if report.changed:
        size = f" ({os.path.getsize(place) / 1e6:.1f} MB)" if os.path.exists(place) else ""
        yield f"Wrote {place}{size} in {_time(seconds)}. The network was not used."
    else:
        yield f"Nothing new: {place} is as it was ({_time(seconds)}). The network was not used."
    if report.review:
        yield f"Needs a person: {', '.join(f'{count:,} {name}' for name, count in report.review.items())}"
    if report.problems:
        yield f"Not read, or read in part: {failed:,}   variorum log {place} --problems"
    yield f"Next:  variorum list {place}     variorum show EVENT --ledger {place}     variorum export csv {place}"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} m {int(seconds % 60):02d} s"
