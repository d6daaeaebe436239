"""Reads annotated reports (reports/README.md) into texts with spans and links.

Fillers are drawn with a seeded generator, so the same seed writes the same texts.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
ENTITIES = ("per", "body", "armed", "norp", "loc", "fac", "wpn", "plat", "cnt", "date", "money", "misc")
KINDS = ("strike", "bombing", "clash", "attack", "abduction", "execution", "chemical_attack", "siege", "territory")
KINDS += ("transfer", "displacement", "talks", "agreement", "ceasefire", "deployment", "arrest", "release", "protest")
KINDS += ("destruction", "other")
REALIS = ("happened", "denied", "planned", "hypothetical", "background")
ROLES = ("who", "victim", "target", "weapon", "platform", "place", "from", "time")
PROPS = ("killed", "injured", "missing", "detained", "displaced", "released", "people")
SCOPES = ("all", "civilians", "combatants", "police", "children", "women", "men", "attackers")
FLAGS = ("part", "total", "past")
_MARK = re.compile(
    r"\{(?P<tag>[a-z]+)(?::(?P<kind>[a-z_.]+))?(?::(?P<realis>[a-z]+))?(?:#(?P<id>\w+))?(?P<links>(?: [a-z]+=\w+)*)\|"
)
_VARIABLE = re.compile(r"\$([A-Z]+2?)")


@dataclass(frozen=True)
class Mark:
    """One marked stretch: its tag, half-open span, kind (of event or count), realis, id and links by role."""

    tag: str
    start: int
    end: int
    kind: str = ""
    realis: str = ""
    id: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Annotated:
    """A text and its marks, in order of their start."""

    text: str
    marks: list[Mark] = field(default_factory=list)


def parse(block: str) -> Annotated:
    """Read one block with its variables filled in; ValueError names what is wrong."""
    text: list[str] = []
    size = at = 0
    open_marks: list[tuple[re.Match[str], int]] = []
    marks: list[Mark] = []
    while at < len(block):
        match = _MARK.match(block, at)
        if match is not None:
            open_marks.append((match, size))
            at = match.end()
        elif block[at] == "{":
            raise ValueError(f"not a mark: {block[at : at + 40]!r}")
        elif block[at] == "}":
            if not open_marks:
                raise ValueError(f"closed but never opened: {block[max(0, at - 40) : at + 1]!r}")
            opened, start = open_marks.pop()
            marks.append(_mark(opened, start, size))
            at += 1
        else:
            text.append(block[at])
            size += 1
            at += 1
    if open_marks:
        raise ValueError(f"never closed: {open_marks[-1][0].group()!r} in {block[:60]!r}")
    ids = {mark.id for mark in marks if mark.tag in ENTITIES and mark.id}
    for mark in marks:
        for role, target in mark.links:
            if target not in ids:
                raise ValueError(f"{role}={target} points at nothing in {block[:60]!r}")
    return Annotated("".join(text), sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _mark(opened: re.Match[str], start: int, end: int) -> Mark:
    tag, kind, realis, links = opened["tag"], opened["kind"] or "", opened["realis"] or "", opened["links"].split()
    if start == end:
        raise ValueError(f"empty mark {opened.group()!r}")
    if tag == "ev":
        if kind not in KINDS:
            raise ValueError(f"unknown kind of event {kind!r}; one of {' '.join(KINDS)}")
        realis = realis or "happened"
        if realis not in REALIS:
            raise ValueError(f"unknown realis {realis!r}; one of {' '.join(REALIS)}")
    elif tag == "cnt":
        prop, _, rest = kind.partition(".")
        scope, _, flag = rest.partition(".")
        if prop not in PROPS or scope not in SCOPES or flag not in ("", *FLAGS):
            raise ValueError(f"unknown count {kind!r}")
    elif tag in ("src", "cue", "con"):
        if not (opened["id"] or "").isdigit():
            raise ValueError(f"{tag} needs a number: {{{tag}#1|…}}")
    elif tag not in ENTITIES:
        raise ValueError(f"unknown tag {tag!r}")
    pairs = tuple((role, target) for role, _, target in (link.partition("=") for link in links))
    if any(role not in ROLES for role, _ in pairs):
        raise ValueError(f"unknown role in {opened.group()!r}; one of {' '.join(ROLES)}")
    return Mark(tag, start, end, kind, realis, opened["id"] or "", pairs)


def blocks(path: Path) -> list[str]:
    """Give the blocks of a file, comments left out."""
    found = []
    for chunk in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line.strip() for line in chunk.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if lines:
            found.append(" ".join(lines))
    return found


def fill(block: str, fillers: dict[str, list[str]], draw: random.Random) -> str:
    """Write a block out with fillers; the same variable gets the same filler within a block."""
    chosen: dict[str, str] = {}

    def choose(match: re.Match[str]) -> str:
        name = match[1]
        if name in chosen:
            return chosen[name]
        if name.startswith("SURNAME"):
            person = "PERSON" + name.removeprefix("SURNAME")
            chosen.setdefault(person, draw.choice(fillers["PERSON"]))
            chosen[name] = chosen[person].split(" ")[-1]
        else:
            base = name.removesuffix("2")
            if base not in fillers:
                raise ValueError(f"unknown variable ${name}; one of {' '.join(fillers)}")
            options = [one for one in fillers[base] if one not in chosen.values()]
            chosen[name] = draw.choice(options)
        return chosen[name]

    return _VARIABLE.sub(choose, block)


def load_fillers() -> dict[str, list[str]]:
    """Read fillers.toml; a person is a given name and a surname of one region."""
    fillers = tomllib.loads((HERE / "fillers.toml").read_text(encoding="utf-8"))
    regions = fillers.pop("names")
    fillers["PERSON"] = [f"{a} {b}" for row in regions for a in row["given"] for b in row["surname"]]
    return dict(fillers)


def main() -> None:
    """Check files and say what is in them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    bad = 0
    for path in parser.parse_args().files:
        count: dict[str, int] = {}
        rows = blocks(path)
        for block in rows:
            try:
                for mark in parse(fill(block, load_fillers(), random.Random(1))).marks:
                    count[mark.tag] = count.get(mark.tag, 0) + 1
            except ValueError as error:
                bad += 1
                print(f"{path.name}: {error}")
        print(f"{path.name}: {len(rows)} blocks", dict(sorted(count.items())))
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
