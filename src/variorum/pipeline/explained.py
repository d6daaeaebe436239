"""What a word of the program means: kinds, properties, scopes, rules, relations, problems and exit statuses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from variorum.resolve.explain import RULES
from variorum.schema import load_schema


def explain_words() -> Iterator[tuple[str, str, str]]:
    """Yield group, word and text of everything that can be explained; a word can have two meanings."""
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
    words = tomllib.loads(files("variorum.pipeline").joinpath("explain.toml").read_text(encoding="utf-8"))
    for group, entries in words.items():
        for name, text in entries.items():
            yield group, name, text
