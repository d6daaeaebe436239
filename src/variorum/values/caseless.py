"""Compiles patterns so that they find nothing sooner. What they match, and which groups they give, stays the same.

`re` folds each letter of the text anew for each letter of a pattern that ignores case, and tries one alternative after
the other. Written here are, for such a letter, the few characters that it stands for, which are compared as they are;
and alternatives that begin with the same letter stand together behind it. Compiling takes half a millisecond longer, so
it is for patterns that every sentence is searched for.

Invariant: a compiled pattern gives the matches of `re.compile`; where the parse is not understood it is that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

# The parser and compiler of `re` itself: a pattern is rewritten between the two.
_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_sre: Any = import_module("_sre")

_IGNORED = int(re.IGNORECASE)
# What `re.I` takes for i, k and s beside the letter and its capital.
_ALSO = {"i": "İı", "k": "\u212a", "s": "ſ"}
_FIRST_RANGE = 128  # ranges are spelled out within ASCII only

Item = tuple[Any, Any]


def make_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern of `re`, to the same matches."""
    try:
        tree = _parser.parse(pattern, flags)
        if tree.state.flags & (re.ASCII | re.LOCALE):
            return re.compile(pattern, flags)
        quick = _rewrite(tree, tree.state.flags)
        state = quick.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = _compiler._code(quick, flags)
        compiled: re.Pattern[str] = _sre.compile(
            pattern, flags | state.flags, code, state.groups - 1, state.groupdict, tuple(names)
        )
    except (AttributeError, TypeError, ValueError, LookupError):  # another version of Python has another parser
        return re.compile(pattern, flags)
    return compiled


def _rewrite(tree: Any, flags: int) -> Any:
    return _parser.SubPattern(tree.state, [_rewrite_item(tree.state, op, value, flags) for op, value in tree])


def _rewrite_item(state: Any, op: Any, value: Any, flags: int) -> Item:
    name = str(op)
    if name == "SUBPATTERN":
        group, added, dropped, inner = value
        return op, (group, added, dropped, _rewrite(inner, (flags | added) & ~dropped))
    if name == "BRANCH":
        return op, (value[0], _group(state, op, [_rewrite(each, flags) for each in value[1]], flags))
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return op, (value[0], value[1], _rewrite(value[2], flags))
    if name in {"ASSERT", "ASSERT_NOT"}:
        return op, (value[0], _rewrite(value[1], flags))
    if name == "ATOMIC_GROUP":
        return op, _rewrite(value, flags)
    return op, value


def _spell_first(state: Any, branch: Any) -> Any:
    """Spell out the letter that an alternative begins with; the others are seldom reached, and dear to compile."""
    if not len(branch):
        return branch
    op, value = branch[0]
    items = _spell(op, [(op, value)] if str(op) == "LITERAL" else value) if str(op) in {"LITERAL", "IN"} else None
    if items is None:
        return branch
    spelled = _parser.SUBPATTERN, (None, 0, _IGNORED, _parser.SubPattern(state, [(_parser.IN, items)]))
    return _parser.SubPattern(state, [spelled, *list(branch)[1:]])


def _spell(op: Any, items: Sequence[Item]) -> list[Item] | None:
    """Give a class of characters with every letter in each case, or None where it is better left to `re`."""
    if str(op) == "LITERAL" and len(_alike(chr(items[0][1]))) == 1:
        return None  # a sign, which has no case
    spelled: list[Item] = []
    for each, value in items:
        name = str(each)
        if name == "NEGATE":
            spelled.append((each, value))
            continue
        low, high = (value, value) if name == "LITERAL" else value if name == "RANGE" else (_FIRST_RANGE, _FIRST_RANGE)
        if high >= _FIRST_RANGE:
            return None
        for code in range(low, high + 1):
            spelled += [(_parser.LITERAL, ord(letter)) for letter in _alike(chr(code))]
    return spelled


def _alike(letter: str) -> list[str]:
    """Give the characters that `re.I` takes for an ASCII letter."""
    low = letter.lower()
    return sorted({letter, low, letter.upper(), *_ALSO.get(low, "")})


def _group(state: Any, op: Any, branches: Sequence[Any], flags: int) -> list[Any]:
    """Put alternatives with the same first letter together behind it, where no other could match between them."""
    if flags & _IGNORED:
        branches = [_spell_first(state, branch) for branch in branches]
    groups: list[tuple[frozenset[int] | None, list[Any]]] = []
    for branch in branches:
        first = _first(branch)
        for other, rows in reversed(groups):
            if first is not None and other == first:
                rows.append(branch)
                break
            if first is None or other is None or other & first:
                groups.append((first, [branch]))
                break
        else:
            groups.append((first, [branch]))
    kept: list[Any] = []
    for first, rows in groups:
        if first is None or len(rows) == 1:
            kept += rows
            continue
        rest = [_parser.SubPattern(state, list(row)[1:]) for row in rows]
        kept.append(_parser.SubPattern(state, [rows[0][0], (op, (None, _group(state, op, rest, flags)))]))
    return kept


def _first(branch: Any) -> frozenset[int] | None:
    """Give the characters that the first item of an alternative matches, where they are few and told one by one."""
    if not len(branch):
        return None
    op, value = branch[0]
    if str(op) == "LITERAL":
        return frozenset({value}) if value < _FIRST_RANGE else None
    if str(op) != "SUBPATTERN" or value[0] is not None or value[2] != _IGNORED or len(value[3]) != 1:
        return None
    inner, items = value[3][0]
    if str(inner) != "IN" or any(str(each) != "LITERAL" for each, _ in items):
        return None
    return frozenset(code for _, code in items)
