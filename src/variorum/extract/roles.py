"""To whom it was done and with whom: names in the places of a clause that tell their part. Who did it is in actors.py.

Invariant: offsets count in the sentence's text; a name inside the words that attribute a statement takes no part.
"""

from __future__ import annotations

import re

from variorum.extract.actors import BETWEEN, SAID, find_actors, find_agents, head_of
from variorum.extract.realis import Frame
from variorum.model import Found, Stance
from variorum.values.caseless import make_regex

__all__ = [
    "CLAIMED",
    "find_actors",
    "find_parties",
    "find_requesters",
    "find_responsibility",
    "find_subjects",
    "find_targets",
]

AT = make_regex(
    r"\b(?:at|against|on|targeting|targeted|hit|hitting|struck|attacked|attack|pounded|shelled|bombed|destroyed|with"
    r"|killed|killing|wounded"
    r"|arrested|detained|abducted|kidnapped|fighting|clashed with|oust)(?: (?:the|a|an|suspected|several|some|many|two"
    r"|three|dozens of|hundreds of|positions of|fighters of|members of"
    r"|[\d,]+|(?!as\b|in\b|by\b|when\b|while\b|during\b|after\b|before\b|and\b|that\b|of\b|at\b)[\w-]+)){0,2} ?$"
    r"|\b(?:attacks?|killing|bombing|abduction|kidnapping|execution|arrest|murder|members|fighters|positions|targets"
    r"|depots?|headquarters|convoys?|camps?"
    r"|bases?|posts?|stronghold|villages?|units?|vehicles?|bunkers?|checkpoints?|offices?) of (?:the |an? )?$",
    re.I,
)
# What was hit, where no body is named: things a codebook calls the target.
THINGS = make_regex(
    r"\b(?:command (?:posts?|centres?|centers?)|control posts?|communications? (?:centres?|centers?|posts?)"
    r"|(?:ammunition|ammo|weapons?|munitions|arms|fuel|oil)(?:,? and (?:ammunition|munitions|weapons))? (?:depots?"
    r"|dumps?|stockpiles?|storages?|stores?|warehouses?)"
    r"|hospitals?|clinics?|schools?|markets?|marketplaces?|mosques?|churches|bakery|bakeries|ambulances?"
    r"|refugee camps?|camps?|airbases?|air bases?|airports?|airfields?|checkpoints?|police stations?|police posts?"
    r"|barracks"
    r"|headquarters|convoys?|positions|training camps?|power (?:plants?|stations?)|water stations?|pipelines?"
    r"|refiner(?:y|ies)|oil ?fields?|bridges?|residential (?:buildings?|areas?|neighbou?rhoods?|blocks?)"
    r"|apartment (?:buildings?|blocks?)"
    r"|homes|houses|buses|bus stations?|wedding|funeral|embassy|military bases?|bases|outposts?|tunnels?|factory"
    r"|factories|warehouses?|granar(?:y|ies)|train stations?|stations|hotels?|restaurants?|universit(?:y|ies)|prisons?"
    r"|villages|columns?|(?:tactical |fighting )?units?|fighting positions?|vehicles?|trucks?|pick-?ups?|tanks?"
    r"|armou?red (?:vehicles?|personnel carriers?)|bunkers?"
    r"|boats?|compounds?|staging areas?|(?:mortar|artillery|rocket|missile) (?:systems?|tubes?|launchers?|positions?"
    r"|batter(?:y|ies))|excavators?|well ?heads?|(?:weapons )?caches?"
    r"|supply (?:routes?|lines?)|depots?|stadiums?|buildings?|playgrounds?|kindergartens?|orphanages?|shelters?"
    r"|tents)\b",
    re.I,
)
# Where the wounded are taken is no target.
TAKEN = re.compile(
    r"\b(?:taken|rushed|transported|sent|brought|admitted|treated|airlifted|died|to|local|nearby"
    r"|others)\b[^,;.]{0,40}$",
    re.I,
)
# The thing that speaks is no target: "the clinic said".
SPEAKS = make_regex(r"[,’'s ]{0,3}(?:said|says|told|added|reported|director|officials?|spokes\w+)\b", re.I)
SPOKEN = re.compile(r"\b(?:said|told|according to) (?:the |a )?$", re.I)
PART_OF_NAME = re.compile(
    r" (?:basketball|football|officials?|officers?|spokes\w+|students?|staff|sources?|workers?|director|board)\b", re.I
)
TARGET_VERB = make_regex(
    r"\b(?:hit|hits|hitting|struck|strik\w+|target(?:ed|s|ing|s were)?|targets were|destroy(?:ed|ing|s)?|attack(?:ed|s"
    r"|ing)?|bomb(?:ed|ing)"
    r"|shell(?:ed|ing)|pound(?:ed|ing)|stormed|raided|slammed into|ripped through|tore through)\b[^.;]{0,70}$"
    r"|\b(?:attacks?|assaults?|raids?|strikes?|airstrikes?|fire|fired|bomb|blast|explosion|shelling|bombing|missiles?"
    r"|rockets?|shells?|rounds"
    r"|opened fire) (?:on|at|against|inside|outside|near|in) (?:(?:a|an|the|its|their|two|three|several"
    r"|[\w’'-]+) ){0,3}$",
    re.I,
)
STREET = re.compile(r"\b(?:Court|Street|Avenue|Road|Drive|Lane|Boulevard|Park|Resolution|Council|Nations)$")
SPOKEN_FOR = re.compile(
    r"\b(?:sources?|officials?|spokes\w+|officers?|commander|head|resolutions?) (?:at|in|of|from|for) (?:the )?$", re.I
)
REQUEST = re.compile(r"\bat the request of\b ", re.I)
SUBJECT = re.compile(
    r"\b(?:agreement|deal|accord|talks|negotiations|discuss(?:ed|ing)?)\b(?: (?:on|over|about|to|for"
    r"|of))(?: (?:the details of|details of|creating|setting up|establishing|ending"
    r"|how to))? (?P<what>[^,.;“\"]{4,70})",
    re.I,
)
CLAIMED = re.compile(
    r"(?P<yes>claim(?:ed|s|ing) (?:the )?responsibility|(?:took|taken) responsibility|claimed the (?:attack|bombing"
    r"|raid|killings?)|said it (?:was behind|carried out)|admitted (?:to )?(?:carrying out|responsibility))"
    r"|(?P<no>den(?:ied|ies|ying) (?:any |all )?(?:responsibility|involvement|being behind|carrying out|targeting"
    r"|bombing|striking|hitting)|had nothing to do with|(?:was|were) not (?:behind|responsible|involved))",
    re.I,
)


def find_targets(frame: Frame, family: str) -> list[Found]:
    """Give whom or what it was directed at: names after "at", "against", "on", and the things that were hit."""
    if family not in {
        "strike",
        "bombing",
        "attack",
        "chemical",
        "clash",
        "abduction",
        "execution",
        "arrest",
        "destruction",
    }:
        return []
    text = frame.sentence.text
    first = min(trigger.start for trigger in frame.triggers)
    actors = {found.value for found in find_actors(frame, family)}
    targets = [
        found
        for found in find_agents(frame)
        if found.start > first
        and found.value not in actors
        and AT.search(text[max(0, found.start - 45) : found.start])
        and not SAID.search(text[found.end : found.end + 12])
        and not STREET.search(found.raw)
        and not SPOKEN_FOR.search(text[: found.start][-40:])
    ]
    for match in THINGS.finditer(text, frame.start, frame.end):
        start, end = match.span()
        before = text[frame.start : start]
        if start <= first or not TARGET_VERB.search(before[-100:]) or re.search(r"\bfrom\b[^,;]{0,20}$", before):
            continue
        if re.match(r"hospital|clinic", match.group(), re.I) and TAKEN.search(before[-50:]):
            continue
        if PART_OF_NAME.match(text[end:]) or SPEAKS.match(text[end:]) or SPOKEN.search(before[-24:]):
            continue
        targets.append(Found(start, end, match.group(), match.group().lower()))
    seen: dict[str, Found] = {}
    for found in targets:
        seen.setdefault(found.value, found)
    return sorted(seen.values(), key=lambda found: found.start)


def find_parties(frame: Frame, family: str) -> list[Found]:
    """Give who takes part in talks or a deal, or between whom a deal behind a transfer was made."""
    text = frame.sentence.text
    rows = sorted(
        [
            *find_agents(frame),
            *(_as_party(place) for place in frame.places if place.extra.get("precision") == "country"),
        ],
        key=lambda found: found.start,
    )
    rows = [row for index, row in enumerate(rows) if index == 0 or row.start >= rows[index - 1].end]
    between = BETWEEN.search(text, frame.start, frame.end)
    if family in {"talks", "agreement", "ceasefire"} or (
        between
        and re.search(
            r"\b(?:deal|agreement|negotiat\w+|accord)\b", text[max(0, between.start() - 40) : between.start()]
        )
    ):
        if between:
            return [found for found in rows if between.start() <= found.start < between.end()]
        if family in {"talks", "agreement", "ceasefire"}:
            head = head_of(frame)
            return [
                found
                for found in rows
                if found.start < head.start
                and not SAID.search(text[found.end : head.start])
                and not _possessive(text, found)
            ]
    return []


def _possessive(text: str, found: Found) -> bool:
    return text[found.end : found.end + 2] in {"'s", "’s"}


def _as_party(place: Found) -> Found:
    return Found(place.start, place.end, place.raw, place.extra.get("name", place.raw))


def find_requesters(frame: Frame) -> list[Found]:
    """Give at whose request it was done."""
    text = frame.sentence.text
    match = REQUEST.search(text, frame.start, frame.end)
    if match is None:
        return []
    named = [found for found in find_agents(frame) if match.end() <= found.start <= match.end() + 20]
    if named:
        tail = re.match(r" (?:officials|authorities|forces|commanders|side)\b", text[named[0].end :])
        end = named[0].end + (tail.end() if tail else 0)
        return [Found(named[0].start, end, text[named[0].start : end], named[0].value)]
    words = re.match(
        r"(?:the )?([\w’'-]+(?: [\w’'-]+){0,4}?)(?=[,.;\"”]| (?:during|after|before|on|in|to|as|while|who|which|and)\b"
        r"|$)",
        text[match.end() :],
    )
    if words is None:
        return []
    start, end = match.end() + words.start(1), match.end() + words.end(1)
    return [Found(start, end, text[start:end], text[start:end])]


def find_subjects(frame: Frame, family: str) -> list[Found]:
    """Give what talks or a deal are about, in the words of the report."""
    if family not in {"talks", "agreement"}:
        return []
    match = SUBJECT.search(frame.sentence.text, frame.start, frame.end)
    if match is None:
        return []
    words = re.sub(
        r"\s+(?:on|in|at|with|between|after|before|during|said|a senior)\b.*$", "", match.group("what")
    ).strip()
    return [Found(match.start("what"), match.start("what") + len(words), words, words.lower())] if words else []


def find_responsibility(frame: Frame) -> list[tuple[Found, Stance]]:
    """Give who claimed ("asserts") or denied ("denies") responsibility."""
    text = frame.sentence.text
    found: list[tuple[Found, Stance]] = []
    for match in CLAIMED.finditer(text, frame.start, frame.end):
        before = [row for row in find_agents(frame) if row.end <= match.start()]
        if before and not re.search(r"\bno (?:group|one|organi[sz]ation)\b", text[: match.start()], re.I):
            found.append((before[-1], "denies" if match.group("no") else "asserts"))
    return found
