"""`variorum explain`: what a word of the program means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

import click

from variorum.cli.options import listing_options
from variorum.errors import UsageError

COLUMNS = {"group": "GROUP", "word": "WORD", "text": "MEANS"}


@click.command("explain")
@click.argument("word", required=False)
@listing_options
def command(word: str | None, form: str | None) -> int:
    """Explain WORD: a kind, property, scope, relation, tie, stance, rule (acled-rule), problem code or exit status.

    Without WORD, list them all.
    """
    from variorum.cli.table import emit

    pages = list(_pages())
    if word is not None:
        chosen = [row for row in pages if row[1] == word]
        if not chosen:
            raise UsageError(f"nothing to explain under {word}{_near(word, [name for _, name, _ in pages])}", LIST)
        pages = chosen
    if form is None and word is not None:
        for group, name, text in pages:
            click.echo(click.style(name, bold=True) + f"  ({group})\n{text}")
        return 0
    rows = [{"group": group, "word": name, "text": text} for group, name, text in pages]
    if form is None:
        rows = [{**row, "text": row["text"].splitlines()[0]} for row in rows]
    emit(rows, COLUMNS, form)
    return 0


LIST = "list: variorum explain"


def _near(word: str, words: list[str]) -> str:
    from rapidfuzz import process

    near = process.extractOne(word.lower(), words, score_cutoff=60)
    return f"\ndid you mean {near[0]}?" if near else ""


def _pages() -> Iterator[tuple[str, str, str]]:
    """Yield group, word and text of everything that can be explained; a word can have two meanings."""
    from variorum.pipeline.reasons import RULES
    from variorum.schema import load_schema

    schema = load_schema()
    for kind in schema.kinds.values():
        acled = f"\nACLED: {' / '.join(kind.acled)}" if kind.acled else ""
        plover = f"\nPLOVER: {' / '.join(part for part in kind.plover if part)}" if kind.plover else ""
        ucdp = "" if kind.background else f"\nUCDP GED: {'yes' if kind.ucdp else 'no'}"
        settles = "\nKept as claims; never settles into an event." if kind.background else ""
        yield "kind", kind.code, kind.help + settles + acled + plover + ucdp
    for prop in schema.properties.values():
        many = "; several values can be true at once" if prop.many else ""
        scoped = "; says of whom" if prop.scoped else ""
        yield "property", prop.code, f"{prop.help}\nType {prop.type}, settled by {prop.settle}{many}{scoped}."
    for scope in schema.scopes.values():
        part = f" Part of {', '.join(scope.part_of)}." if scope.part_of else ""
        yield "scope", scope.code, f"{scope.help}.{part}"
    for name, text in RULES.items():
        yield "rule", name, text
    words = tomllib.loads(files("variorum.cli").joinpath("explain.toml").read_text(encoding="utf-8"))
    for group, entries in words.items():
        for name, text in entries.items():
            yield group, name, text
