"""`variorum explain`: what a word of the program means."""

from __future__ import annotations

from collections.abc import Iterator

import click

from variorum.errors import UsageError

RELATIONS = {
    "agrees": "Two claims of one property and scope give values that fit: the same, or parts that make up the whole.",
    "refines": "One value is more exact than the other and lies within it: a Kalibr is a cruise missile.",
    "overlaps": "Two ranges share a part and each reaches where the other does not: 500–670 km and 500–650 km.",
    "contradicts": "Two values cannot both be true. Needs two lineages, or two sources in one report, or one source's two figures at one time.",
    "other scope": "The claims speak of different people (children among civilians), so they cannot contradict.",
    "revised": "The same source gives another value later; its last word counts, the chain is kept.",
    "drift in copies": "A copy says something else than the text it was copied from; it is not counted against the original.",
    "impossible": "A claim cannot be true in itself: a conversion or a sum that does not work out.",
}
STANCES = {
    "asserts": "The source states it.",
    "hedges": "The source or the outlet leaves it open: suspected, reportedly, or a date that is the statement's own.",
    "denies": "The source says that it is not so.",
}
PROBLEMS = {
    "empty": "The file holds no text. Nothing is lost; remove it or give it some text.",
    "binary": "The file is not text (it holds NUL bytes or control characters), whatever its name says.",
    "encoding": "The bytes fit no encoding that yields readable text. Save the file as UTF-8.",
    "too-large": "One article larger than the limit is a dump, not a report. Split it, or give it as .jsonl, one article a line.",
    "no-text": "The page has no article body: a log-in wall, a script-only page, or a list of links.",
    "bad-json": "The line is no JSON object with a text. The lines before and after it were read.",
    "bad-date": "The publication date cannot be read; the article is kept undated, never dated by the day of the run.",
    "unsupported": "Files of this kind are not read. Supported: .txt, .html, .htm, .jsonl.",
    "unreadable": "The file cannot be opened: a missing permission, a broken link, a device.",
    "reader-failed": "The reader stopped on this article; the others were read. Its text shows a fault in the program.",
    "ruling-lost": "A person's ruling could not be carried to the new reading, because its words are not found again.",
    "judgement-lost": "A person's judgement could not be carried to the new reading.",
}


@click.command("explain")
@click.argument("word", required=False)
def command(word: str | None) -> int:
    """Explain WORD: a kind, property, scope, relation, stance, matcher rule or problem code. Without WORD, list them."""
    pages = dict(_pages())
    if word is None:
        for name, (group, _) in pages.items():
            click.echo(f"{group:<10} {name}")
        return 0
    if word not in pages:
        from rapidfuzz import process

        near = process.extractOne(word, list(pages), score_cutoff=50)
        raise UsageError(
            f"nothing to explain under {word}" + (f"\ndid you mean {near[0]}?" if near else ""),
            "list: variorum explain",
        )
    group, text = pages[word]
    click.echo(f"{word}  ({group})\n{text}")
    return 0


def _pages() -> Iterator[tuple[str, tuple[str, str]]]:
    from variorum.pipeline.reasons import RULES
    from variorum.schema import load_schema

    schema = load_schema()
    for kind in schema.kinds.values():
        acled = f"\nACLED: {' / '.join(kind.acled)}" if kind.acled else ""
        plover = f"\nPLOVER: {' / '.join(part for part in kind.plover if part)}" if kind.plover else ""
        ucdp = "" if kind.background else f"\nUCDP GED: {'yes' if kind.ucdp else 'no'}"
        settles = "\nKept as claims; never settles into an event." if kind.background else ""
        yield kind.code, ("kind", kind.help + settles + acled + plover + ucdp)
    for prop in schema.properties.values():
        many = "; several values can be true at once" if prop.many else ""
        scoped = "; says of whom" if prop.scoped else ""
        yield prop.code, ("property", f"{prop.help}\nType {prop.type}, settled by {prop.settle}{many}{scoped}.")
    for scope in schema.scopes.values():
        part = f" Part of {', '.join(scope.part_of)}." if scope.part_of else ""
        yield scope.code, ("scope", f"{scope.help}.{part}")
    for group, rows in (("relation", RELATIONS), ("stance", STANCES), ("problem", PROBLEMS), ("rule", RULES)):
        for name, text in rows.items():
            yield name, (group, text)
