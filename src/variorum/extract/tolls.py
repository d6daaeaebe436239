"""Casualty figures and other counts of people in one sentence. Which event a figure belongs to is decided elsewhere.

Invariant: `sentence[toll.start:toll.end]` is the count with its noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from variorum.extract.among import find_fate
from variorum.extract.breakdowns import HARMED, find_parts
from variorum.extract.harm import Cue, Passive, find_cues, harm_words, plotted
from variorum.extract.named import join_names
from variorum.extract.neighbours import LINKS, Clause, begins_clause, join_left
from variorum.extract.people import Group, find_groups
from variorum.extract.peoplewords import load_nouns, read_noun_phrase, read_tokens, words
from variorum.extract.tollsense import WAR, is_total, stance_of
from variorum.extract.victims import REFLEXIVE, find_victims, is_joint, may_share
from variorum.model import Stance

# Characters read of one sentence: what is longer is a list or a page without full stops, and the work grows with the
# square of the length (5,000 characters of counts and harm words took 0.1 s, 104,000 took 23 s).
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of people to whom one thing happened, as one sentence gives it."""

    prop: str  # killed injured missing detained released displaced people
    scope: str  # a key of schema.toml [scopes]
    value: str  # canonical count
    start: int  # of the count with its noun phrase, in the sentence
    end: int
    cue_start: int  # of the harm word
    cue_end: int
    side: str = ""  # the group the people belong to, in the words of the text: "ISIS militants"
    total: bool = False  # a running total over weeks or a war, not the figure of one event
    cumulative_event: bool = False  # the toll of an event so far: "the death toll rose to 45"
    part: bool = False  # a part of a figure given beside it: "including 3 children"
    more: bool = False  # on top of people named before: "another 7"
    each: bool = False  # holds for each of several
    known: bool = False  # someone the report has spoken of: "the victim", or a person named, not counted
    named: bool = False  # one named person, counted from the name
    weak: bool = False  # "shot", "stabbed": hurt unless other words say dead
    stance: Stance = "asserts"


def find_tolls(sentence_text: str, told: str = "") -> list[Toll]:
    """Give the casualty figures of a sentence, in the order of their cues, then of their places.

    `told` is what the sentence before says happened to people ("killed"), which "six children are among them" takes up.
    """
    return _find(sentence_text, "word", told)


def prop_told(tolls: Sequence[Toll]) -> str:
    """Give the one thing that happened to the people of a sentence, "" where it counts none or tells several."""
    props = {toll.prop for toll in tolls if not toll.part and toll.stance != "denies" and toll.value not in {"0", "1"}}
    return next(iter(props)) if len(props) == 1 else ""


def find_people(sentence_text: str) -> list[Toll]:
    """Give the counts of people carried, moved or gathered, in the order of their places."""
    return _find(sentence_text, "people")


def _find(text: str, table: str, told: str = "") -> list[Toll]:
    text = _bare_quotes(text[:LONGEST])
    tokens = read_tokens(text)
    cues = find_cues(tokens, table)
    among = told if _AMONG_THEM.search(text) else ""
    if not cues and not told and not (table == "word" and HARMED.search(text)):
        return _zeros(text, [], table)
    sentence = Clause(text, tokens, find_groups(text, tokens), cues, {})
    tolls: list[Toll] = []
    claimed: set[tuple[int, str]] = set()
    for cue in cues:
        if plotted(text, cue.start) and cue.form == "base":
            continue
        victims, named, passive = find_victims(sentence, cue)
        if is_joint(sentence, cue, victims):
            continue
        for index, part in victims:
            group = sentence.groups[index]
            if cue.prop == "displaced" and group.single:
                continue
            if table == "people" and (group.single or not (group.head or group.of or _only_people(sentence, cue))):
                continue  # one traveller, or a bare number: nothing says that people are counted
            if _is_loss(sentence, cue) and not _falls(sentence, group):
                continue
            if table == "people" and _HOMES.match(text, cue.end):
                continue  # driven out, which find_tolls counts
            if cue.prop == "released" and _is_given_up(sentence, cue, group):
                continue
            if (group.first, cue.prop) in claimed:
                continue
            if cue.prop == "killed" and cue.start > group.end and _OF_ANOTHER_VERB.search(text[: group.start]):
                continue
            one_of = _ONE_OF.search(text[: group.start])
            if one_of is not None and not group.single and text[cue.start : cue.end].lower().startswith("die"):
                group = replace(group, value="1", start=one_of.start())
            rival = sentence.taken.get(index)
            if rival is not None and not may_share(rival[0], cue):
                continue
            if (
                cue.weak
                and group.first >= cue.after
                and any(token.low in {"death", "dead"} for token in tokens[group.after : group.after + 2])
            ):
                cue = replace(cue, prop="killed", weak=False)  # "shot four people to death"
            claimed.add((group.first, cue.prop))
            sentence.taken[index] = (cue, part)
            tolls.append(_toll(sentence, group, cue, passive, part or group.part))
        if named is not None and victims and tokens[named[0]].low not in REFLEXIVE:
            named = None
        if named is not None and table == "word" and _may_name(sentence, cue, named):
            tolls += [_named_toll(sentence, cue, one, passive) for one in join_names(tokens, named)]
    if table == "word":
        tolls += _parts(sentence, claimed, among)
        tolls += _breakdown(sentence, tolls, told)
    return sorted(_settle_weak(_zeros(text, tolls, table)), key=lambda toll: (toll.start, toll.cue_start))


_QUOTED = re.compile(r"""(?<!\w)(["'“”‘’])([^\W\d_]+)(["'“”‘’])(?!\w)""")
# "One of five victims dies" counts one.
_ONE_OF = re.compile(r"\bone of (?:the |its |his |her |their |those )?$", re.I)
# "A victim of the shooting that sent five people to hospital has died": five are not who died.
_OF_ANOTHER_VERB = re.compile(
    r"\b(?:that|which) (?:also )?(?:sent|injured|wounded|hurt|hospitali[sz]ed) (?:at least |about )?$", re.I
)
_HOMES = re.compile(r"\s+(?:their|his|her) (?:own )?(?:homes?|houses?|villages?)\b", re.I)
_FIGHTING = re.compile(
    r"\b(?:battles?|fight(?:s|ing)?|clash(?:es|ed)?|ambush(?:es|ed)?|assaults?|attacks?|raids?|offensives?|fronts?|combat"
    r"|sieges?|gun ?battles?|firefights?|strikes?|shelling|killed|killing)\b",
    re.I,
)
_WASTED = re.compile(r"\s*(?:to|through|by) (?!.{0,20}\b(?:fire|mines?|bombs?|snipers?|drones?|shell))", re.I)


@cache
def _may_be_quoted() -> frozenset[str]:
    return harm_words() | load_nouns().scope_of.keys()


@lru_cache(maxsize=16)  # a sentence is read for harm and then for crowds
def _bare_quotes(text: str) -> str:
    """Blank the quotation marks about one harm word or noun for people, "were 'neutralised'"; offsets stay."""
    known = _may_be_quoted()
    return _QUOTED.sub(lambda m: f" {m[2]} " if m[2].lower() in known else m[0], text)


def _is_loss(sentence: Clause, cue: Cue) -> bool:
    return cue.prop == "killed" and cue.after == cue.first + 1 and sentence.tokens[cue.first].low in _LOSING


def _falls(sentence: Clause, group: Group) -> bool:
    """Tell whether those "lost" fell in a fight: armed men, or men, beside words of fighting."""
    ours = group.scope == "combatants" or group.head in {"men", "police", "policemen"}
    fought = _FIGHTING.search(sentence.text) is not None
    return ours and fought and _WASTED.match(sentence.text, group.end) is None


def _is_armed(sentence: Clause, cue: Cue) -> bool:
    """Tell whether a side in the fight is named before the word, so that its "men" are fighters: not "a village"."""
    scopes = load_nouns().scope_of
    return any(
        scopes.get(token.low) in {"combatants", "police"} or token.low in _SIDES
        for token in sentence.tokens[: cue.first]
    )


_SIDES = words(
    "army navy force forces brigade battalion division regiment unit side front faction group command column company "
    "platoon garrison enemy regime corps militants own"
)
_LOSING = words("lost lose loses losing")
_AMONG_THEM = re.compile(r"\b(?:were|was|are|is) (?:also )?among them\b|\bamong them (?:were|was|are|is)\b", re.I)
_MARCHING = words("rallied marched demonstrated protested took attended")
_REMAINS = words("body bodies corpse corpses remains")
_TO_CUSTODY = re.compile(
    r"\s*to (?:the )?(?:\w+ ){0,2}(?:police|authorities|courts?|judiciary|prosecut\w+|custody|prisons?|jail)\b", re.I
)


def _only_people(sentence: Clause, cue: Cue) -> bool:
    """Tell whether a bare number beside the word can only count people: a crowd, or those who marched."""
    return cue.form == "toll" or sentence.tokens[cue.first].low in _MARCHING


def _is_given_up(sentence: Clause, cue: Cue, group: Group) -> bool:
    """Tell whether nobody goes free by it: bodies returned, suspects handed over to the police."""
    after = max(cue.end, group.end if group.first >= cue.after else 0)
    return group.head in _REMAINS or _TO_CUSTODY.match(sentence.text, after) is not None


# Places are captured, freed and hurt as well, and orders are executed: one capitalised word is not enough there.
_OF_PERSONS = frozenset({"killed", "injured"})
_DOUBTFUL = words("executed eliminated neutralised neutralized liquidated hurt burned burnt beaten sent hit struck")
_ARRESTS = words("arrested detained kidnapped abducted jailed rescued remanded apprehended")


def _may_name(sentence: Clause, cue: Cue, named: tuple[int, int]) -> bool:
    """Tell whether a harm word may take a bare name, or "he", for one person."""
    word = sentence.tokens[cue.first].low
    if word in _DOUBTFUL and named[1] - named[0] < 2 and sentence.tokens[named[0]].low not in {"he", "she"} | REFLEXIVE:
        return False
    return cue.prop in _OF_PERSONS or word in _ARRESTS


def _named_toll(sentence: Clause, cue: Cue, named: tuple[int, int], passive: Passive | None) -> Toll:
    start, end = sentence.tokens[named[0]].start, sentence.tokens[named[1] - 1].end
    known = sentence.tokens[named[0]].low in {"he", "she", "him", "her"} or named == (0, 1)
    himself = sentence.tokens[named[0]].low in REFLEXIVE
    value = "0" if passive is not None and passive.negated else "1"
    return Toll(
        cue.prop,
        "attackers" if himself and cue.prop == "killed" else "all",
        value,
        start,
        end,
        cue.start,
        cue.end,
        known=known,
        named=not known,
        weak=cue.weak,
        total=is_total(sentence, cue, start),
        stance=stance_of(sentence, cue, passive),
    )


def _toll(sentence: Clause, group: Group, cue: Cue, passive: Passive | None, part: bool) -> Toll:
    tokens = sentence.tokens
    following = tokens[group.after].low if group.after < len(tokens) else ""
    value = group.value
    scope, side = group.scope, group.side
    if cue.form == "toll" and scope == "all" and cue.after - cue.first > 3:
        scope, side = _scope_of_toll(sentence, cue)
    elif _is_loss(sentence, cue) and scope == "men" and _is_armed(sentence, cue):
        scope = "combatants"
    stance = stance_of(sentence, cue, passive)
    if passive is not None and passive.negated and value != "0":
        stance = "denies"
    return Toll(
        cue.prop,
        scope,
        value,
        group.start,
        group.end,
        cue.start,
        cue.end,
        side,
        total=is_total(sentence, cue, group.start) or (cue.prop == "killed" and _least(value) >= WAR),
        cumulative_event=cue.form == "toll",
        part=part or (group.of not in {"", "known"} and group.head != ""),
        more=group.more,
        each=following == "each",
        known=group.known,
        weak=cue.weak,
        stance=stance,
    )


def _scope_of_toll(sentence: Clause, cue: Cue) -> tuple[str, str]:
    """Give the scope and the side that "the number of militants killed" names."""
    tokens = sentence.tokens
    if [token.low for token in tokens[cue.first : cue.first + 2]] != ["number", "of"]:
        return "all", ""
    found = read_noun_phrase(tokens[: cue.after], cue.first + 2)
    if found is None or found[2] == "all":
        return "all", ""
    armed = found[2] in {"combatants", "police", "attackers"}
    return found[2], sentence.text[tokens[cue.first + 2].start : tokens[found[0] - 1].end] if armed else ""


def _least(value: str) -> int:
    """Give the first number of a canonical count."""
    found = re.search(r"\d+", value)
    return int(found.group()) if found else 0


def _parts(sentence: Clause, claimed: set[tuple[int, str]], told: str) -> list[Toll]:
    """Give the parts that stand apart from the word they belong to: "were killed on Friday, among them two girls"."""
    tolls: list[Toll] = []
    last: Cue | None = None
    events = sorted(
        [(cue.first, 0, cue) for cue in sentence.cues] + [(group.first, 1, group) for group in sentence.groups],
        key=lambda row: (row[0], row[1]),
    )
    for _, _, item in events:
        if isinstance(item, Cue):
            if any(cue is item for cue, _ in sentence.taken.values()) or item.form == "noun":
                last = item
            continue
        index = sentence.groups.index(item)
        if index in sentence.taken:
            continue
        among = find_fate(sentence, item)
        told_of = {"killed", "injured", "them", "whom", "victims"}
        cue = among or (last if item.part or (item.of in told_of and item.head) else None)
        if item.of in {"killed", "injured"} and item.head and (last is None or last.prop != item.of):
            cue = Cue(item.of, "adj", item.first, item.after, item.start, item.end)
        if item.of == "victims" and item.head and last is None:
            cue = Cue("killed", "adj", item.first, item.after, item.start, item.end)
        if cue is None and item.part and told:
            cue = Cue(told, "adj", item.first, item.after, item.start, item.end)
        if cue is None and index > 0 and index - 1 in sentence.taken and sentence.taken[index - 1][1]:
            gap = [token.low for token in sentence.tokens[sentence.groups[index - 1].after : item.first]]
            linked = gap in LINKS or (gap == [] and item.head != "" and not item.single)
            cue = sentence.taken[index - 1][0] if linked and not begins_clause(sentence, item) else None
        if cue is None or (item.first, cue.prop) in claimed:
            continue
        claimed.add((item.first, cue.prop))
        sentence.taken[index] = (cue, True)
        tolls.append(_toll(sentence, item, cue, None, True))
        if among is None:
            continue
        for other, _ in join_left(sentence, index):
            if other not in sentence.taken:
                sentence.taken[other] = (cue, True)
                claimed.add((sentence.groups[other].first, cue.prop))
                tolls.append(_toll(sentence, sentence.groups[other], cue, None, True))
    return tolls


def _breakdown(sentence: Clause, tolls: Sequence[Toll], told: str) -> list[Toll]:
    """Give the figures that no harm word governs."""
    governed = sorted((toll.start, toll.prop) for toll in tolls if toll.stance != "denies")
    return [
        Toll(
            part.prop,
            part.scope,
            part.group.value,
            part.group.start,
            part.end,
            part.group.start,
            part.end,
            part=part.part,
            cumulative_event=not part.part,
        )
        for part in find_parts(sentence, told, governed)
    ]


_NOTHING = r"(casualties|fatalities|deaths|injuries)\b"
_NONE = re.compile(rf"\bno (?:\w+ ){{0,2}}{_NOTHING}|\bthere were no\b[^.;]{{0,20}}\b{_NOTHING}", re.I)


def _zeros(text: str, tolls: list[Toll], table: str) -> list[Toll]:
    """Add "no casualties": nobody killed and nobody injured."""
    if table != "word":
        return tolls
    for found in _NONE.finditer(text):
        word = (found[1] or found[2]).lower()
        props = {"casualties": ("killed", "injured"), "injuries": ("injured",)}.get(word, ("killed",))
        start = found.end() - len(word)
        scope = "civilians" if "civilian" in found.group().lower() else "all"
        tolls = [toll for toll in tolls if toll.start != found.start()]
        tolls += [Toll(prop, scope, "0", found.start(), found.end(), start, found.end()) for prop in props]
    return tolls


def _settle_weak(tolls: list[Toll]) -> list[Toll]:
    """Drop "shot" and "wounded" for people the same sentence calls dead."""
    dead = {(toll.start, toll.end) for toll in tolls if toll.prop == "killed"}
    return [toll for toll in tolls if toll.prop != "injured" or (toll.start, toll.end) not in dead]
