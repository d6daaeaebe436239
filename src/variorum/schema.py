"""Reads schema.toml once and checks it: event kinds, properties, scopes and the crosswalk.

Invariant: every code used in a claim or mention is a key of this schema.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from variorum.errors import ConfigError

ValueType = Literal["count", "quantity", "date", "place", "name", "weapon", "platform", "text"]
SettleRule = Literal["count", "narrow", "set"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event with its codes in other schemes."""

    code: str
    family: str
    help: str
    also: tuple[str, ...] = ()  # other families that can be the same event
    background: bool = False  # read, but not an event of that day
    acled: tuple[str, ...] = ()
    plover: tuple[str, ...] = ()
    ucdp: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """One property an event can have: its value type and how many claims become one value."""

    code: str
    type: ValueType
    settle: SettleRule
    help: str
    column: str
    scoped: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom a figure speaks, and which wider scopes contain it."""

    code: str
    help: str
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything schema.toml says."""

    version: str
    kinds: Mapping[str, Kind]
    properties: Mapping[str, Property]
    scopes: Mapping[str, Scope]

    def family(self, kind: str) -> str:
        """Give the family of a kind."""
        return self.kinds[kind].family

    def compatible(self, left: str, right: str) -> bool:
        """Tell whether two kinds can name one event: same family, or one lists the other's family."""
        a, b = self.kinds[left], self.kinds[right]
        if a.background or b.background:
            return False
        return a.family == b.family or b.family in a.also or a.family in b.also

    def wholes(self, scope: str) -> frozenset[str]:
        """Give every scope that contains this one, transitively."""
        found: set[str] = set()
        waiting = [scope]
        while waiting:
            for whole in self.scopes[waiting.pop()].part_of:
                if whole not in found:
                    found.add(whole)
                    waiting.append(whole)
        return frozenset(found)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


@cache
def load_schema() -> Schema:
    """Give the schema shipped with the package.

    Raises ConfigError when a property names an unknown type or a scope an unknown whole.
    """
    data = tomllib.loads(files("variorum").joinpath("schema.toml").read_text(encoding="utf-8"))
    kinds = {code: Kind(code=code, **_tuples(row)) for code, row in data["kinds"].items()}
    properties = {code: Property(code=code, **_tuples(row)) for code, row in data["properties"].items()}
    scopes = {code: Scope(code=code, **_tuples(row)) for code, row in data["scopes"].items()}
    for row in properties.values():
        if row.type not in get_args(ValueType):
            raise ConfigError(f"schema.toml: property {row.code} has unknown type {row.type}")
        if row.settle not in get_args(SettleRule):
            raise ConfigError(f"schema.toml: property {row.code} has unknown settle rule {row.settle}")
    for scope in scopes.values():
        for whole in scope.part_of:
            if whole not in scopes:
                raise ConfigError(f"schema.toml: scope {scope.code} is part of unknown scope {whole}")
    return Schema(
        version=data["version"],
        kinds=MappingProxyType(kinds),
        properties=MappingProxyType(properties),
        scopes=MappingProxyType(scopes),
    )
