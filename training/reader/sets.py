"""Reads the sets marked `train` and our own annotated reports into one shape, Example. No set marked `measure` is read.

A head that an example does not name is not taught by it; a word that a partly marked set leaves unmarked is not taught
as *no name* where it may be one of a sort that the set does not mark.
"""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.columns import Span, bio, join, read_columns
from bench.ecbfile import ecb_files, read_ecb
from bench.heldout import held_out
from bench.placefile import read_pairs

from training.reader import markup

Link = tuple[int, int | None]  # offset of the word that points, offset of the word pointed at (None: at nothing)

NAMES = ("PER", "ORG", "LOC", "NORP", "FAC", "MISC", "DATE", "MONEY")


@dataclass
class Example:
    """One text with what is taught about it: spans by sequence head, classes by word head, links by role.

    `only` holds the stretches of the text that teach (empty: all of it); `partly` says that not every name is marked.
    """

    text: str
    origin: str
    spans: dict[str, list[Span]] = field(default_factory=dict)
    words: dict[str, list[Span]] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    only: list[tuple[int, int]] = field(default_factory=list)
    partly: bool = False


def names_sets(data: Path) -> Iterator[Example]:
    """EWT (UNER) and WNUT-17: people, organisations and places; what else they call a name is left open."""
    sets = [
        (data / "ner_uner_ewt" / "en_ewt-ud-dev.iob2", 1, 2, {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}),
        (
            data / "ner_wnut17" / "wnut17train.conll",
            0,
            1,
            {
                "person": "PER",
                "corporation": "ORG",
                "group": "ORG",
                "location": "LOC",
                "creative-work": "MISC",
                "product": "MISC",
            },
        ),
    ]
    for path, token, label, names in sets:
        waiting: list[Example] = []
        for tokens, labels in read_columns(path, token, label):
            text, spans = join(tokens)
            waiting.append(Example(text, path.parent.name, {"names": bio(labels, spans, names)}, partly=True))
            if sum(len(one.text) for one in waiting) > 400:
                yield merge(waiting)
                waiting = []
        if waiting:
            yield merge(waiting)


def merge(examples: Sequence[Example]) -> Example:
    """Put short examples of one origin into one text, so that a window is well filled."""
    text = ""
    spans: dict[str, list[Span]] = {}
    for one in examples:
        text += "\n" if text else ""
        for head, rows in one.spans.items():
            spans.setdefault(head, []).extend((a + len(text), b + len(text), label) for a, b, label in rows)
        text += one.text
    return Example(text, examples[0].origin, spans, partly=examples[0].partly)


def meantime(data: Path) -> Iterator[Example]:
    """Wikinews texts: named entities; events with their factuality; who said."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC"}
    for path in sorted((data / "meantime").rglob("*.xml")):
        root = ET.parse(path).getroot()
        rows = [row for row in root if row.tag == "token"]
        text, spans = join([row.text or "" for row in rows])
        place = {row.get("t_id"): span for row, span in zip(rows, spans, strict=True)}
        entity_of = {}
        for link in root.iter("REFERS_TO"):
            target = link.find("target")
            for source in link.findall("source"):
                entity_of[source.get("m_id")] = target.get("m_id") if target is not None else None
        kind_of = {row.get("m_id"): row.get("ent_type") for row in root.iter("ENTITY")}
        found: list[Span] = []
        realis: list[Span] = []
        for row in root.iter("ENTITY_MENTION"):
            parts = [place[a.get("t_id")] for a in row.findall("token_anchor")]
            kind = kinds.get(kind_of.get(entity_of.get(row.get("m_id"))) or "")
            if parts and kind and row.get("syntactic_type") == "NAM":
                found.append((parts[0][0], parts[-1][1], kind))
        for row in root.iter("EVENT_MENTION"):
            parts = [place[a.get("t_id")] for a in row.findall("token_anchor")]
            if parts:
                how = (
                    "denied"
                    if row.get("polarity") == "NEG"
                    else "planned"
                    if row.get("time") == "FUTURE"
                    else "hypothetical"
                    if row.get("certainty") in {"POSSIBLE", "PROBABLE"} or row.get("special_cases") == "COND_MAIN"
                    else "happened"
                )
                realis.append((parts[0][0], parts[-1][1], how))
        # only the first sentences of a text are annotated: teach as far as the last mark
        end = max([b for _, b, _ in found + realis], default=0)
        yield Example(text, "meantime", {"names": flat(found)}, {"realis": realis}, only=[(0, end)], partly=True)


def ecbplus(data: Path) -> Iterator[Example]:
    """ECB+ outside the dev topics: event mentions in the sentences its authors checked."""
    for path, sentences in ecb_files(data / "ecbplus", dev=False):
        text, checked, found = read_ecb(path, sentences)
        yield Example(text, "ecbplus", {"ecb": flat((a, b, "EV") for a, b in found)}, only=checked)


def muc4(data: Path) -> Iterator[Example]:
    """MUC-4: the fillers of the roles of attacks, every mention of each."""
    for line in (data / "muc4" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["doctext"]
        found = []
        for role, entities in row["extracts"].items():
            for entity in entities:
                for words, _ in entity:
                    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                        found.append((match.start(), match.end(), role))
        yield Example(text, "muc4", {"muc": flat(found)})


def re3d_folders(data: Path) -> list[Path]:
    """Give the folders of re3d whose licence allows training (BBC's does not)."""
    return sorted(path for path in (data / "re3d").iterdir() if path.is_dir() and not path.name.startswith("BBC"))


RE3D = ("Organisation", "Location", "Person", "Nationality", "Temporal", "Quantity", "Vehicle", "Weapon")
RE3D += ("MilitaryPlatform", "DocumentReference", "Money")


def re3d_texts(folder: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """Give id, text and entities of each document of one folder."""
    entities: dict[str, list[Span]] = {}
    for line in (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            entities.setdefault(row["documentId"], []).append((row["begin"], row["end"], row["type"]))
    for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield row["_id"], row["text"], entities.get(row["_id"], [])


def re3d(data: Path) -> Iterator[Example]:
    """re3d outside its held-out third."""
    for folder in re3d_folders(data):
        for key, text, found in re3d_texts(folder):
            if not held_out(key):
                inner = [row for row in found if row[2] == "Nationality"]
                outer = flat([row for row in found if row[2] in RE3D and row[2] != "Nationality"])
                yield Example(text, "re3d", {"re3d": outer, "re3d_nat": flat(inner)})


def event_location(data: Path) -> Iterator[Example]:
    """Event verbs with the place they belong to, outside the held-out third."""
    for text, verb, places in read_pairs(data / "event_location" / "dev.jsonl"):
        if not held_out(text):
            links: list[Link] = [(verb[0], start) for start, _ in places] or [(verb[0], None)]
            yield Example(text, "event_location", links={"place": links})


def flat(spans: Iterable[Span]) -> list[Span]:
    """Keep the outermost of spans that overlap."""
    kept: list[Span] = []
    for row in sorted(set(spans), key=lambda row: (row[0], -row[1])):
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept


NAME_OF = {"per": "PER", "body": "ORG", "loc": "LOC", "norp": "NORP", "date": "DATE", "money": "MONEY", "misc": "MISC"}
THINGS = ("armed", "fac", "wpn", "plat", "cnt", "body")


# Files in which not everything is marked: what each does not teach. "nothing" are links that point at nothing.
SILENT: dict[str, tuple[str, ...]] = {
    "attribution": ("event", "things", "kind", "realis", "prop", "scope", "flag", *markup.ROLES),
    "attribution_long": ("event", "things", "kind", "realis", "prop", "scope", "flag", *markup.ROLES),
    "entities": ("event", "kind", "realis", *markup.ROLES),
    "tolls": ("nothing",),
}


def reports(folder: Path, copies: int, seed: int, fillers: dict[str, list[str]]) -> Iterator[Example]:
    """Our own annotated reports, each block written out `copies` times (once where it has no variables)."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(markup.blocks(path)):
            for copy in range(copies if "$" in block else 1):
                draw = random.Random(f"{seed} {path.name} {number} {copy}")
                example = teach(markup.parse(markup.fill(block, fillers, draw)), f"reports/{path.stem}")
                yield _hush(example, SILENT.get(path.stem, ()))


def _hush(example: Example, silent: Sequence[str]) -> Example:
    for rows in (example.spans, example.words, example.links):
        for head in silent:
            rows.pop(head, None)
    if "nothing" in silent:
        example.links = {role: [pair for pair in rows if pair[1] is not None] for role, rows in example.links.items()}
    return example


def teach(row: markup.Annotated, origin: str) -> Example:
    """Turn one annotated text into what its marks teach."""
    text, marks = row.text, row.marks
    names: list[Span] = []
    for mark in marks:
        words = text[mark.start : mark.end]
        if mark.tag in NAME_OF:
            named = mark.tag != "body" or re.search(r"\b[A-Z]", words) or words == words.lower()
            if mark.tag == "body" and words == words.lower() and text != text.lower():
                continue  # "the company": no name
            if named:
                names.append(_trim(text, mark.start, mark.end, NAME_OF[mark.tag]))
        elif mark.tag in {"armed", "fac"} and re.search(r"[A-Z]", words):
            inside = [one for one in marks if mark.start <= one.start and one.end <= mark.end and one.tag in NAME_OF]
            rest = words
            for one in inside:
                rest = rest.replace(text[one.start : one.end], "")
            if re.search(r"\b[A-Z]", re.sub(r"^(?:The|A|An) ", "", rest)):
                label = "ORG" if mark.tag == "armed" else "FAC"
                names.append(_trim(text, mark.start, mark.end, label))
    example = Example(text, origin, {"names": flat(names)})
    things = [(m.start, m.end, m.tag) for m in marks if m.tag in THINGS]
    example.spans["things"] = flat(things)
    events = [m for m in marks if m.tag == "ev"]
    example.spans["event"] = flat((m.start, m.end, "EV") for m in events)
    for tag, head in (("src", "source"), ("cue", "cue"), ("con", "content")):
        example.spans[head] = flat((m.start, m.end, head) for m in marks if m.tag == tag)
    example.words["kind"] = [(m.start, m.end, m.kind) for m in events]
    example.words["realis"] = [(m.start, m.end, m.realis) for m in events]
    counts = [(m.start, m.end, *(m.kind + "..").split(".")[:3]) for m in marks if m.tag == "cnt"]
    example.words["prop"] = [(a, b, prop) for a, b, prop, _, _ in counts]
    example.words["scope"] = [(a, b, scope) for a, b, _, scope, _ in counts]
    example.words["flag"] = [(a, b, flag or "whole") for a, b, _, _, flag in counts]
    at = {m.id: m.start for m in marks if m.tag in markup.ENTITIES and m.id}
    for role in markup.ROLES:
        example.links[role] = [(m.start, at[target]) for m in events for name, target in m.links if name == role] + [
            (m.start, None) for m in events if all(name != role for name, _ in m.links)
        ]
    sources = {m.id: m.start for m in marks if m.tag == "src"}
    contents = [m for m in marks if m.tag == "con"]
    example.links["source"] = []
    for word in re.finditer(r"\w+", text):
        around = [m for m in contents if m.start <= word.start() < m.end]
        if around:
            inner = min(around, key=lambda m: m.end - m.start)
            if inner.id in sources:
                example.links["source"].append((word.start(), sources[inner.id]))
    return example


_ARTICLE = re.compile(r"(?:the|a|an) ", re.I)
_PREPOSITION = re.compile(r"(?:on|in|at|by|since|for|from|during|until|of|before|after) ", re.I)


def _trim(text: str, start: int, end: int, label: str) -> Span:
    """Leave out what is no part of a name: the article of "the Meridian Post", the preposition of "on Monday"."""
    front = {"DATE": _PREPOSITION, "PER": None, "NORP": None, "MONEY": None}.get(label, _ARTICLE)
    match = front.match(text, start, end) if front is not None else None
    return (match.end() if match is not None else start, end, label)


def public(data: Path) -> list[Example]:
    """Give all examples of the public sets."""
    readers = (names_sets, meantime, ecbplus, muc4, re3d, event_location)
    return [example for reader in readers for example in reader(data)]
