"""`--rule` of `variorum show`: an event as ACLED, UCDP GED, Airwars or Iraq Body Count would code it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import Decorator
from variorum.config import settings
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.model import Event
    from variorum.pipeline import Edition, RuleView

ALL = "all"


def _split(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Give the rules that were named, each once; raises UsageError for one nobody knows."""
    if not given:
        return ()
    from variorum.pipeline import RULES

    names = [name.strip().lower() for text in given for name in text.split(",") if name.strip()]
    if not names:
        raise UsageError("--rule names no rule", f"rules: {', '.join(RULES)}, or {ALL}")
    for name in names:
        if name not in {*RULES, ALL}:
            raise UsageError(f"no rule {name}", f"rules: {', '.join(RULES)}, or {ALL}")
    return tuple(RULES) if ALL in names else tuple(dict.fromkeys(names))


rule_option: Decorator = click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    callback=_split,
    help="Also as a named rule codes it: acled, ucdp, airwars, ibc or all; several with commas.",
)


def make_views(ledger: Ledger, published: Edition, event: Event, rules: tuple[str, ...]) -> dict[str, RuleView]:
    """Give the views that were asked for; whom to believe is `credible_sources` of the settings."""
    from variorum.pipeline import rule_views

    return rule_views(ledger, published, event, rules, credible=settings().credible_sources) if rules else {}


def view_objects(views: dict[str, RuleView]) -> dict[str, Any]:
    """Give views as JSON objects by the name of their rule."""
    return {name: asdict(view) for name, view in views.items()}


def view_lines(views: dict[str, RuleView]) -> Iterator[str]:
    """Give the lines of views: a column with its value, then why; columns that are left for a person in one line."""
    from variorum.pipeline import RULES
    from variorum.show.words import plain

    for rule, view in views.items():
        yield click.style(f"By the rule of {RULES[rule]}", bold=True) + f"    variorum explain {rule}-rule"
        rows = [(field.name, getattr(view, field.name)) for field in fields(view) if field.name != "remarks"]
        size = max(len(name) for name, _ in rows)
        for name, value in rows:
            shown = list(_shown(value))
            yield from (f"  {name if not n else '':{size}}  {plain(text)}".rstrip() for n, text in enumerate(shown))
        empty = [name for name, value in rows if not list(_shown(value))]
        if empty:
            yield f"  left for a person: {', '.join(empty)}"
        yield from (f"  · {plain(words)}" for words in view.remarks)
        yield ""


def _shown(value: object) -> Iterator[str]:
    """Give a value as lines of text; none where it is left open."""
    if isinstance(value, tuple):
        yield from (_row(part) if is_dataclass(part) else str(part) for part in value)
    elif value is not None and value != "":
        yield str(value)


def _row(part: Any) -> str:
    """Give a row within a view in one line: "children: killed_min 2, killed_max 2"."""
    first, *rest = asdict(part).items()
    told = [
        name if value is True else f"{name} {value}" for name, value in rest if value is not None and value is not False
    ]
    return f"{first[1]}: " + ", ".join(told)
