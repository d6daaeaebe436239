"""The benchmark of disagreement as records: reports, marked claims, lineages and relations of each event.

Invariant: what `read_event` gives has passed `find_faults`: every mark has a claim, every claim a canonical value, and
two statements have one relation at most. The format is described in `gold/disagreement/README.md`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from variorum import values
from variorum.model import Stance
from variorum.schema import load_schema

HOME = Path(__file__).parent / "gold" / "disagreement" / "events"
HELD_OUT = 50  # events numbered from here are read by nobody who works on a reader
TOLLS = ("killed", "injured", "missing", "detained", "displaced")
PROPERTIES = frozenset((*TOLLS, "munitions", "vehicles", "distance", "date", "weapon", "platform", "actor"))
RELATIONS = (
    "agrees",
    "contradicts",
    "drift in copies",
    "impossible",
    "other scope",
    "overlaps",
    "refines",
    "revised",
)
STANCES = ("asserts", "hedges", "denies")
DIRECTIONS = ("up", "down", "changed")
_MARK = re.compile(r"\{([a-z]\d+)\|([^{}|]*)\}")
_LEFT_OVER = re.compile(r"[{}|]")


class BadGold(ValueError):
    """A file of the benchmark breaks its format; the text names the place and the remedy."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One marked claim: where it stands in the report's text, what it says, and who says it."""

    mark: str
    report: str
    prop: str
    scope: str  # "" for a property without scope
    value: str
    stance: Stance
    sources: tuple[str, ...]  # spellings, any of them right; empty in the outlet's own voice
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one voice says of one property, scope and value, however many reports relay it."""

    voice: str
    prop: str
    scope: str
    value: str
    denied: bool


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """One relation between two statements; the direction is that of a revision, else ""."""

    name: str
    left: Statement
    right: Statement
    direction: str = ""


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report as a system sees it: `text` is the title, an empty line, and the paragraphs."""

    id: str
    outlet: str
    published: str
    root: str  # the original of its lineage; itself when it is one
    title: str
    text: str
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One invented event with its reports and the relations of what they say."""

    number: int
    title: str
    reports: tuple[GoldReport, ...]
    relations: tuple[GoldRelation, ...]
    statement_of: dict[str, Statement]  # by mark and property, "a1 killed"


def read_events(home: Path = HOME, *, held_out: bool | None = None) -> Iterator[GoldEvent]:
    """Yield the events in order of their numbers: all, or one part only; raise BadGold for a file with a fault."""
    for path in sorted(home.glob("*.toml")):
        if held_out is None or (int(path.name[:2]) >= HELD_OUT) == held_out:
            yield read_event(path)


def read_event(path: Path) -> GoldEvent:
    """Read one event; raise BadGold with every fault of the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadGold(f"{path.name}: {error}") from error
    faults: list[str] = []
    reports = _reports(raw, faults)
    claims = {f"{claim.mark} {claim.prop}": claim for report in reports for claim in report.claims}
    statement_of = _statements(reports, claims)
    if any("relations" in row for row in raw.get("report", ())):
        faults.append("the relations stand below a report and would be its own: move them above the first")
    relations = _relations(raw.get("relations", ()), claims, statement_of, faults)
    if faults:
        raise BadGold("\n".join(f"{path.name}: {fault}" for fault in faults))
    return GoldEvent(int(path.name[:2]), raw["title"], tuple(reports), tuple(relations), statement_of)


def _reports(raw: dict[str, Any], faults: list[str]) -> list[GoldReport]:
    rows = raw.get("report", [])
    originals = {row["id"]: row.get("original", "") for row in rows}
    reports = []
    for row in rows:
        root = row["id"]
        seen = {root}
        while originals.get(root):
            root = originals[root]
            if root in seen or root not in originals:
                faults.append(f"report {row['id']}: its original {root} is not there, or leads back to it")
                break
            seen.add(root)
        if row["published"]:
            try:
                datetime.fromisoformat(row["published"])
            except ValueError:
                faults.append(f"report {row['id']}: published is no ISO 8601 time: {row['published']}")
        marked = row["title"].strip() + "\n\n" + _paragraphs(row["text"])
        text, spans = _take_marks(marked, row["id"], faults)
        claims = _claims(row, spans, faults)
        reports.append(
            GoldReport(row["id"], row["outlet"], row["published"], root, text.split("\n", 1)[0], text, tuple(claims))
        )
    return reports


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def _take_marks(marked: str, report: str, faults: list[str]) -> tuple[str, dict[str, tuple[int, int]]]:
    pieces: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length = last = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        pieces += [before, match[2]]
        start = length + len(before)
        length = start + len(match[2])
        last = match.end()
        if match[1] in spans:
            faults.append(f"report {report}: the mark {match[1]} stands twice")
        if match[1][0] != report:
            faults.append(f"report {report}: the mark {match[1]} does not begin with the report's id")
        spans[match[1]] = start, length
    text = "".join([*pieces, marked[last:]])
    if left := _LEFT_OVER.search(text):
        faults.append(f"report {report}: a broken mark near “{text[max(0, left.start() - 20) : left.end() + 20]}”")
    return text, spans


def _claims(row: dict[str, Any], spans: dict[str, tuple[int, int]], faults: list[str]) -> Iterator[GoldClaim]:
    used = set()
    for line in row.get("claims", ()):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 6:
            faults.append(
                f"report {row['id']}: {line!r} has {len(parts)} fields, not mark|property|scope|value|stance|source"
            )
            continue
        mark, prop, scope, value, stance, source = parts
        used.add(mark)
        if fault := _fault_of(mark, prop, scope, value, stance, spans):
            faults.append(f"report {row['id']}: {line!r}: {fault}")
            continue
        sources = tuple(one.strip() for one in source.split(" / ") if one.strip())
        yield GoldClaim(mark, row["id"], prop, scope, value, cast(Stance, stance), sources, *spans[mark])
    faults.extend(f"report {row['id']}: the mark {mark} has no claim" for mark in sorted(spans.keys() - used))


def _fault_of(
    mark: str, prop: str, scope: str, value: str, stance: str, spans: dict[str, tuple[int, int]]
) -> str | None:
    if mark not in spans:
        return f"there is no mark {mark} in the report"
    if prop not in PROPERTIES:
        return f"no property {prop}; one of {' '.join(sorted(PROPERTIES))}"
    schema = load_schema()
    if schema.properties[prop].scoped != bool(scope) or (scope and scope not in schema.scopes):
        return f"the scope {scope!r} does not fit {prop}"
    if stance not in STANCES:
        return f"no stance {stance}"
    kind = schema.properties[prop].type
    try:
        known = kind == "name" or (bool(value) and values.show(kind, value) is not None)
        if kind in ("count", "quantity", "date"):
            known = values.interval(kind, value) is not None
    except (ValueError, KeyError) as error:
        return f"the value {value!r} is no {kind}: {error}"
    return None if known else f"the value {value!r} is no {kind}"


def _statements(reports: Sequence[GoldReport], claims: dict[str, GoldClaim]) -> dict[str, Statement]:
    """Lead each claim to its statement; spellings of one source, in whatever report, are one voice."""
    outlets = {report.id: report.outlet for report in reports}
    roots = {report.id: report.root for report in reports}
    names: dict[str, str] = {}
    for claim in claims.values():
        first = next(
            (names[name] for name in claim.sources if name in names), claim.sources[0] if claim.sources else ""
        )
        for name in claim.sources:
            names.setdefault(name, first)
    found = {}
    for key, claim in claims.items():
        own = f"own voice: {outlets.get(roots[claim.report], '')}"
        # A body that prints its own bulletin and is quoted by others is one voice.
        printed = next((outlet for outlet in outlets.values() if outlet in claim.sources), "")
        voice = f"own voice: {printed}" if printed else names[claim.sources[0]] if claim.sources else own
        found[key] = Statement(voice, claim.prop, claim.scope, claim.value, claim.stance == "denies")
    # What a copy changed is a statement of its own: it speaks with the original's voice and says another thing.
    return found


def _relations(
    lines: Sequence[str], claims: dict[str, GoldClaim], statement_of: dict[str, Statement], faults: list[str]
) -> list[GoldRelation]:
    found: dict[frozenset[Statement], GoldRelation] = {}
    for line in lines:
        name, _, rest = line.partition(":")
        words = rest.split()
        direction = words.pop() if words and words[-1] in DIRECTIONS else ""
        groups = [part.split() for part in " ".join(words).split("/")]
        if name not in RELATIONS or len(groups) < 2 or (name == "revised") != bool(direction):
            faults.append(f"relation {line!r}: want `name: marks / marks`, and up, down or changed after a revision")
            continue
        statements = [_statement_of(group, groups, claims, statement_of, line, faults) for group in groups]
        for left, right in combinations([one for one in statements if one is not None], 2):
            pair = frozenset((left, right))
            relation = GoldRelation(name, left, right, direction)
            if left == right:
                faults.append(f"relation {line!r}: two groups are one statement, {left}")
            elif left.prop != right.prop:
                faults.append(f"relation {line!r}: {left.prop} and {right.prop} are two properties")
            elif pair in found and found[pair].name != name:
                faults.append(f"relation {line!r}: {left} and {right} already stand as {found[pair].name}")
            else:
                found[pair] = relation
    # A figure in brackets is the first one told again: it stands to that one alone.
    told_again = {one.right for one in found.values() if _is_conversion(one)}
    return [one for one in found.values() if _is_conversion(one) or not {one.left, one.right} & told_again]


def _is_conversion(relation: GoldRelation) -> bool:
    units = relation.left.value.rpartition(" ")[2], relation.right.value.rpartition(" ")[2]
    one_voice = relation.left.voice == relation.right.voice
    return relation.left.prop == "distance" and one_voice and units[0] != units[1]


def _statement_of(
    group: Sequence[str],
    groups: Sequence[Sequence[str]],
    claims: dict[str, GoldClaim],
    statement_of: dict[str, Statement],
    line: str,
    faults: list[str],
) -> Statement | None:
    """Find the one statement that a group of marks stands for, by the property that all groups share."""
    props = set.intersection(
        *({key.split()[1] for key in claims for mark in names if key.split()[0] == mark} or {""} for names in groups)
    )
    named = {statement_of[f"{mark} {prop}"] for mark in group for prop in props if f"{mark} {prop}" in claims}
    lost = [mark for mark in group if not any(f"{mark} {prop}" in claims for prop in props)]
    if lost or len(named) != 1:
        faults.append(
            f"relation {line!r}: the group {' '.join(group)} is not one statement"
            + (f"; without a claim of that property: {' '.join(lost)}" if lost else f": {sorted(map(str, named))}")
        )
        return None
    return named.pop()


def main() -> None:
    """Check the files named on the command line, or all, and print their faults."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(HOME.glob("*.toml"))
    wrong = 0
    for path in paths:
        try:
            event = read_event(path)
        except BadGold as faults:
            print(faults)
            wrong += 1
        else:
            claims = sum(len(report.claims) for report in event.reports)
            print(f"{path.name}: {len(event.reports)} reports, {claims} claims, {len(event.relations)} relations")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
