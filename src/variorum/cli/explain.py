"""`variorum explain`: what a word of the program means."""

from __future__ import annotations

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
    from variorum.pipeline.explained import explain_words

    pages = list(explain_words())
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
