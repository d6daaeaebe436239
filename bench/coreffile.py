"""Reads texts with event words in chains: ECB+ (its checked sentences) and the Gun Violence Corpus, as one record."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.columns import join
from bench.ecbfile import ecb_files

# The address that many texts of ECB+ begin with, cut into tokens: it often holds the day of publication.
_ADDRESS = re.compile(r"\s*(?:http|www)")
_DAY = re.compile(r"\b((?:19|20)\d\d) ?[/-] ?(\d\d?) ?[/-] ?(\d\d?)\b")


@dataclass(frozen=True, slots=True)
class Word:
    """One event word as people marked it: half-open span, its sentence, and the chain of all words for that event."""

    id: str
    start: int
    end: int
    sentence: int
    chain: str


@dataclass(frozen=True, slots=True)
class CorefText:
    """One text: `sentences` are half-open spans, `body` the first one that is the text's own."""

    id: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    body: int
    published: str | None
    words: tuple[Word, ...]
    checked: frozenset[int] = frozenset()  # the sentences whose words people marked; empty for all


def _laid_out(rows: Sequence[Sequence[str]]) -> tuple[str, list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """Write sentences out a line each; gives the text, the spans of sentences and of each one's tokens."""
    text, sentences, tokens = "", [], []
    for row in rows:
        line, spans = join(row)
        base = len(text)
        sentences.append((base, base + len(line)))
        tokens.append([(start + base, end + base) for start, end in spans])
        text += line + "\n"
    return text, sentences, tokens


def _day(text: str) -> str | None:
    found = _DAY.search(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def parse_gvc(line: str) -> CorefText:
    """Read one line of the Gun Violence Corpus; its first sentence is the day of publication."""
    told = json.loads(line)
    text, sentences, tokens = _laid_out(told["sentences"])
    published = _day(text[: sentences[0][1]]) if sentences else None
    words = [
        Word(
            f"{told['doc_id']}:{number}",
            tokens[row["sent"]][row["start"]][0],
            tokens[row["sent"]][row["end"]][1],
            row["sent"],
            row["cluster"],
        )
        for number, row in enumerate(told["mentions"])
    ]
    return CorefText(told["doc_id"], text, tuple(sentences), int(published is not None), published, tuple(words))


def read_gvc(path: Path) -> list[CorefText]:
    """Read a file of the Gun Violence Corpus."""
    return [parse_gvc(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_ecb_chains(path: Path, checked: set[str]) -> CorefText:
    """Read one ECB+ text with the actions of its checked sentences.

    A chain across texts is told by its `note`, one within a text by its own number; a word in none is alone.
    """
    root = ET.parse(path).getroot()
    rows: dict[int, list[ET.Element]] = {}
    for row in root.iter("token"):
        rows.setdefault(int(row.get("sentence") or 0), []).append(row)
    order = sorted(rows)
    text, sentences, tokens = _laid_out([[row.text or "" for row in rows[number]] for number in order])
    place = {
        row.get("t_id"): (number, span)
        for number, spans in zip(order, tokens, strict=True)
        for row, span in zip(rows[number], spans, strict=True)
    }
    chains: dict[str | None, str] = {}
    for link in root.find("Relations") or ():
        across = link.tag == "CROSS_DOC_COREF"
        name = link.get("note") if across else f"{path.stem}:{link.get('r_id')}"
        chains |= {source.get("m_id"): name or "" for source in link.findall("source")}
    words = []
    for mark in root.find("Markables") or ():
        anchors = [place[a.get("t_id")] for a in mark.findall("token_anchor")]
        if not anchors or not mark.tag.removeprefix("NEG_").startswith("ACTION_") or str(anchors[0][0]) not in checked:
            continue
        own = f"{path.stem}:m{mark.get('m_id')}"
        sentence = order.index(anchors[0][0])
        words.append(Word(own, anchors[0][1][0], anchors[-1][1][1], sentence, chains.get(mark.get("m_id"), own)))
    address = _ADDRESS.match(text) is not None
    published = _day(text[: sentences[0][1]]) if address else None
    kept = frozenset(order.index(int(number)) for number in checked if int(number) in rows)
    return CorefText(path.stem, text, tuple(sentences), int(address), published, tuple(words), kept)


def read_ecb_texts(data: Path, *, dev: bool) -> Iterator[CorefText]:
    """Read the texts of the dev topics of ECB+, or of the others."""
    for path, checked in ecb_files(data, dev=dev):
        yield read_ecb_chains(path, checked)
