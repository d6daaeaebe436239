"""Options and arguments that several verbs share: which ledger, form of output and day; and notes to stderr."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from variorum.config import settings
from variorum.errors import UsageError, VariorumError
from variorum.show.states import STATES

if TYPE_CHECKING:  # `--help` of a verb starts without SQLAlchemy
    from datetime import datetime

    from variorum.ledger import Ledger

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
QUIET = "variorum.quiet"
UNFINISHED = (
    "note: the events do not follow from all reports of this ledger yet "
    "(a run was stopped, or an older program made it): `variorum run` once more"
)

ledger_option: Decorator = click.option(
    "--ledger",
    "ledger_named",
    metavar="FILE",
    default=None,
    help="Ledger file or postgresql:// URL (VARIORUM_LEDGER, variorum.toml; default ./ledger.db).",
)
ledger_argument: Decorator = click.argument("ledger_given", metavar="[LEDGER]", required=False)
json_option: Decorator = click.option("--json", "form", flag_value="json", default=None, help="One JSON document.")
jsonl_option: Decorator = click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
csv_option: Decorator = click.option("--csv", "form", flag_value="csv", help="A CSV table.")


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --workers and --engine to a verb that reads many articles."""
    workers = click.option(
        "--workers", type=click.IntRange(1, 256), default=None, help="Processes on this machine (default: one a core)."
    )
    engine = click.option(
        "--engine", metavar="ADDRESS", default=None, help="Dask cluster that does the work: tcp://scheduler:8786."
    )
    return workers(engine(function))


def listing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json, --jsonl and --csv to a verb that lists."""
    return json_option(jsonl_option(csv_option(function)))


def _check_day(_: click.Context, parameter: click.Parameter, day: str | None) -> str | None:
    """Give a day as it was written; raises UsageError for what is none."""
    from datetime import date

    if day is None:
        return None
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise UsageError(f"{parameter.opts[0]} {day} is not a day", "write it as 2017-09-14") from None


def day_option(name: str, help: str) -> Decorator:
    """Make an option that takes a day."""
    return click.option(name, default=None, metavar="DATE", callback=_check_day, help=help)


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what chooses events by what they are: place, kind, days, state, lineages."""
    options = (
        click.option("--place", default=None, help="Events in or near this place, by any spelling."),
        click.option("--kind", default=None, help="Kind or family: strike, territory, territory.taken …"),
        day_option("--since", "Not before this day (ISO 8601)."),
        day_option("--until", "Not after this day."),
        click.option(
            "--state",
            default=None,
            type=click.Choice(list(STATES)),
            help="Events with such a relation; single: one lineage.",
        ),
        click.option("--min-indep", default=1, type=click.IntRange(1), help="At least so many independent lineages."),
    )
    for option in reversed(options):  # as decorators written one under the other
        function = option(function)
    return function


as_of_option: Decorator = day_option("--as-of", "As known at the end of this day: later reports left out.")


def _check_moment(_: click.Context, parameter: click.Parameter, given: str | None) -> datetime | None:
    """Give a moment in UTC, of a day its end; raises UsageError for what is neither day nor time."""
    from datetime import UTC, date, datetime, time

    if given is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(given), time.max, UTC)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(given)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{parameter.opts[0]} {given} is neither a day nor a time", "write it as 2017-09-14 or 2017-09-14T18:30"
        ) from None


def moment_option(name: str, parameter: str, help: str) -> Decorator:
    """Make an option that takes a day, of which the end is meant, or a time."""
    return click.option(name, parameter, default=None, metavar="TIME", callback=_check_moment, help=help)


recorded_option: Decorator = moment_option(
    "--recorded", "recorded", "As this ledger had it recorded at the end of this day (UTC), or at this time."
)


def one_way_back(as_of: str | None, recorded: datetime | None) -> None:
    """Refuse two ways back to an earlier day: what had been printed, and what this ledger held, are two questions."""
    if as_of is not None and recorded is not None:
        raise UsageError(
            "--as-of and --recorded ask for two different things",
            "give one: --as-of for what had been published by a day, --recorded for what this ledger held by then",
        )


def ledger_place(place: str | None, given: str | None = None) -> str:
    """Give the place of the ledger that was named, or else the one of the settings.

    Raises UsageError when two are named.
    """
    if given and place and given != place:
        raise UsageError(f"two ledgers are named: {given} and {place}", "name one of them")
    return given or place or settings().ledger


def open_ledger(place: str | None, given: str | None = None) -> Ledger:
    """Open the ledger that was named, for reading.

    Raises UsageError when there is none, LedgerError when it cannot be read.
    """
    from variorum.ledger import Ledger

    return Ledger.open(ledger_place(place, given), readonly=True)


def say_lacking(lacking: Mapping[str, VariorumError]) -> None:
    """Say that texts could not be read, where there are such, by the first of them."""
    for error in list(lacking.values())[:1]:
        more = f" and of {len(lacking) - 1:,} more" if len(lacking) > 1 else ""
        note(f"{error.cause}\nOf this report{more} only what is quoted is shown; {error.remedy}")


def note(words: str) -> None:
    """Say something that is no result: on stderr, and not with --quiet."""
    if not click.get_current_context().meta.get(QUIET):
        click.echo(words, err=True)


def is_quiet() -> bool:
    """Tell whether --quiet was given."""
    return bool(click.get_current_context().meta.get(QUIET))
