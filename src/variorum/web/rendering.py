"""Templates and what they may call. No reading of a ledger but of labels.

Invariant: every template escapes what it prints (autoescape), and a name that is not there is an error, never a blank.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from variorum import __version__
from variorum.schema import load_schema
from variorum.show.states import STATE_WORDS, STATES
from variorum.show.words import OWN_VOICE, SIGN_WORDS, SIGNS, independence, plural, short
from variorum.values import show

# What would turn the order of the letters around it, or show nothing: a report must not disguise its words.
HIDDEN = {
    **{code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)},
    0: "�",
}


def visible(text: object) -> Markup:
    """Give a report's words escaped, with marks that turn or hide letters written out; their count stays as it is."""
    return escape(str(text).translate(HIDDEN))


# What a browser would not keep as it is: a carriage return becomes a line break, and two signs one.
_KEPT = {13: Markup("&#13;")}
_STANDS_FOR = {
    code: Markup('<span class="code" data-sign="{}">{}</span>').format(f"{code:X}", words)
    for code, words in HIDDEN.items()
} | _KEPT


def exact(text: str) -> Markup:
    """Give a report's words as `visible` does, so that a script finds every code point of the text again.

    A mark that is written out stands in an element that says which one sign it is.
    """
    return Markup(str(escape(text)).translate(_STANDS_FOR))


def value_words(prop: str, value: str) -> str:
    """Give a claim's value for people."""
    return show(load_schema().properties[prop].type, value)


@cache
def templates() -> Environment:
    """Give the templates of the package, compiled once."""
    found = Environment(
        loader=PackageLoader("variorum.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters |= {
        "plural": lambda count, word, words="": plural(count, word, words),
        "short": short,
        "visible": visible,
        "exact": exact,
        "value": lambda value, prop: value_words(prop, value),
        "day": lambda when: when[:10] if when else "undated",
        "minute": lambda when: when[:16].replace("T", " ") if when else "undated",
        "field": lambda name: name.replace("_", " "),
    }
    found.globals |= {
        "SIGNS": SIGNS,
        "SIGN_WORDS": SIGN_WORDS,
        "STATES": STATES,
        "STATE_WORDS": STATE_WORDS,
        "OWN_VOICE": OWN_VOICE,
        "independence": independence,
        "program": __version__,
        "kinds": load_schema().kinds,
        "properties": load_schema().properties,
    }
    return found


def render(template: str, names: Mapping[str, Any]) -> str:
    """Draw a template."""
    return templates().get_template(template).render(names)


def to_json(data: object, *, compact: bool = False) -> str:
    """Write data as JSON, in order of its own; `compact` without line breaks, ten times as fast."""
    if compact:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
