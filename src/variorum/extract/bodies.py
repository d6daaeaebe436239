"""Bodies of people that stand without a name of their own: "the army", "rebels", "government forces", "gunmen".

Invariant: a body with the definite article takes the name last given to a body of the same head word in the article;
without one it stays what the report calls it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.extract.entities import Entities
from variorum.extract.sentences import Sentence
from variorum.model import Found

# Head word -> the plain name it gets where no named body fits.
HEADS = {
    "army": "army",
    "military": "army",
    "troops": "soldiers",
    "soldiers": "soldiers",
    "navy": "navy",
    "air force": "air force",
    "rebels": "rebels",
    "rebel fighters": "rebels",
    "rebel forces": "rebels",
    "opposition fighters": "rebels",
    "opposition forces": "rebels",
    "insurgents": "insurgents",
    "militants": "militants",
    "militant group": "militants",
    "militia": "militia",
    "militias": "militia",
    "militiamen": "militia",
    "jihadists": "jihadists",
    "gunmen": "gunmen",
    "gunman": "gunman",
    "attackers": "attackers",
    "assailants": "attackers",
    "police": "police",
    "security forces": "security forces",
    "government forces": "government forces",
    "government troops": "government forces",
    "regime forces": "government forces",
    "regime troops": "government forces",
    "regime fighters": "government forces",
    "government soldiers": "government forces",
    "government army": "government forces",
    "regime army": "government forces",
    "pro-government forces": "government forces",
    "regime": "government",
    "coalition": "coalition",
    "separatists": "separatists",
    "paramilitaries": "paramilitaries",
    "bandits": "bandits",
    "protesters": "protesters",
    "kidnappers": "abductors",
    "peacekeepers": "peacekeepers",
    "terrorists": "militants",
}
BODY = re.compile(
    r"\b(?P<the>the |The )?(?:(?:[Ss]uspected|armed|masked|unidentified|unknown|allied|Islamist|local"
    r"|anti-government) ){0,2}(?P<head>"
    + "|".join(f"[{head[0].upper()}{head[0]}]{re.escape(head[1:])}" for head in sorted(HEADS, key=len, reverse=True))
    + r")\b(?! (?:of|spokes\w+|officials?|sources?|chief|commander|officers?|station|post|base|positions?|headquarters"
    r"|-))",
)


def add_bodies(read: Sequence[tuple[Sentence, Entities]]) -> list[tuple[Sentence, Entities]]:
    """Give the sentences with bodies added to their names; names come from the article up to that place."""
    known: dict[str, str] = {}
    done: list[tuple[Sentence, Entities]] = []
    for sentence, entities in read:
        rows = list(entities.names)
        for match in BODY.finditer(sentence.text):
            start, end = match.span("head")
            if any(
                (found.start < end and start < found.end)
                # "Nusra fighters", "regime troops": one body, named already
                or (found.end <= start and sentence.text[found.end : start].strip() in {"", "-"})
                for found in rows
            ):
                continue
            head = match["head"].lower()
            named = known.get(HEADS[head]) if match["the"] else None
            for found in entities.names:  # a name earlier in this very sentence
                if match["the"] and found.end <= start and _head_of(found.value) == HEADS[head]:
                    named = found.value
            rows.append(Found(start, end, sentence.text[start:end], named or HEADS[head], {"kind": "body"}))
        for found in entities.names:
            plain = _head_of(found.value)
            if plain:
                known[plain] = found.value
        done.append((sentence, replace(entities, names=tuple(sorted(rows, key=lambda found: found.start)))))
    return done


def _head_of(name: str) -> str | None:
    words = name.lower().split()
    for size in (2, 1):
        head = " ".join(words[-size:])
        if len(words) > size and head in HEADS:
            return HEADS[head]
    return None
