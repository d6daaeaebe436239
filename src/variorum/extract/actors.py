"""Who did it: the subject of the deed, the name after "by", the words before the noun of an attack, who is accused.

Invariant: offsets count in the sentence's text; a name inside the words that attribute a statement takes no part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from variorum.extract.ascribed import find_ascribed
from variorum.extract.realis import Frame
from variorum.extract.triggers import Trigger
from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.letters import make_small
from variorum.values.name import find_demonyms, kind_of

# Bodies that report and do not fight; they are actors only of talks and statements.
SPEAKERS = frozenset({"monitor", "agency", "medic", "outlet", "person"})
AGENTLESS = frozenset({"ceasefire", "displacement"})
SAID = re.compile(
    r"\b(?:said|says?|told|tells|added|reported|according to|announced|stated|confirmed|claim(?:ed|s)?|accused"
    r"|spokes\w+)\b",
    re.I,
)
BY = re.compile(
    r"\b(?:by|carried out by|conducted by|perpetrated by|blamed on|at the hands of)\b (?:the |a |an |suspected "
    r"|alleged )*",
    re.I,
)
# "shelled a school run by": the words after "by" belong to another verb than the trigger.
OTHER_VERB = re.compile(
    r"\b(?!carried|conducted|perpetrated|launched|committed|blamed|killed|wounded|believed|suspected|reported|alleged"
    r"|executed|dropped|fired)(?:\w+ed|run|held|made|built|led"
    r"|known)\b(?! out)",
    re.I,
)
PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is)\b(?: (?:\w+ly|also|all|both|later|then))? ?$", re.I)
# "Soldiers killed in the town", not "soldiers killed nine": the verb has no object.
NO_OBJECT = re.compile(r"kill\w* (?:in|by|during|when|on|at|near|since|and|there|this|last|from|after|over|so)\b", re.I)
# "The army repelled an attack by the Front, killing nine": who repels kills, not who attacked.
REPELS = re.compile(
    r"\b(?<!was )(?<!were )(?<!been )(?:repel(?:led|s|ling)?|repuls(?:ed|es|ing)|thwart(?:ed|s|ing)?|foil(?:ed|s|ing)?"
    r"|fend(?:ed|s|ing)? off|beat(?:s|ing)? back)\b",
    re.I,
)
# "has carried out several bombings": what a body is known for, not this deed.
HABIT = re.compile(
    r"\b(?:has|have|had|often|regularly|frequently)\b[^.;]{0,30}\b(?:several|numerous|many|similar|previous|multiple"
    r"|frequent|regular|dozens of|a number of)\b|\b(?:often|regularly|frequently) ",
    re.I,
)
BETWEEN = re.compile(r"\bbetween\b (?P<one>[^.;]{2,80}?) and (?P<two>[^.;,]{2,60})", re.I)
# "X shot down 15 of the drones launched by Y": X did not launch them.
SHOT_DOWN = re.compile(r"\b(?:shot|shoots|shooting|brought) down\b|\b(?:intercept|down)ed\b", re.I)
ASIDE_SOURCE = re.compile(r", according to [^,]+,")
# "near the Yemeni port": the adjective says where, not who.
OF_A_PLACE = re.compile(
    r"^ (?:[\w-]+ )?(?:port|city|town|village|capital|province|coast|border|desert|island|territory|side|soil|waters"
    r"|people|civilians|nationals?"
    r"|region|district|countryside|airport|suburb)s?\b"
)
# "Rebel rocket fire": the adjective of an attack is who attacks. Bodies that stand as nouns are names already.
SIDE = re.compile(
    r"\b(?P<side>[Rr]ebel|[Ii]nsurgent|[Oo]pposition|[Gg]overnment|[Ll]oyalist|[Mm]ilitant"
    r"|[Jj]ihadist)(?= (?:[\w-]+ ){0,2}?(?:(?:air ?)?(?:strikes?|raids?)|rockets?|attacks?|shell(?:ing|fire|s)|mortars?"
    r"|missiles?|bombing|bombardments?|barrel bombs?|artillery|ambush(?:es)?|assaults?|snip(?:er|ers|ing)|gunfire"
    r"|fire)\b)"
)
SIDES = {"rebel": "rebels", "insurgent": "insurgents", "opposition": "rebels", "loyalist": "government forces"}
SIDES |= {"government": "government", "militant": "militants", "jihadist": "jihadists"}
# The words between who kills and "killed": no other deed, and nobody else's part in it.
KILLER_GAP = re.compile(
    r"(?:['’]s|s)?(?: (?!(?:by|in|on|at|after|when|where|while|as|and|that|which|who|of|from|to|for|against|with|near"
    r"|were|was|been|being|are|is|be)\b)[\w’'-]+){0,5} "
)
KILLS = re.compile(r"kill(?:s|ed|ing)?\b", re.I)
# "Fighters of the Front", "a suicide bomber from the Front", "units of the army": the body is the subject.
MEMBERS = make_regex(
    r"\b(?:fighters?|members?|units?|militants?|troops|soldiers|elements|bombers?|gunm[ae]n|forces|warplanes|planes|jets"
    r"|aircraft|helicopters?|snipers?|terrorists?|detachments?|artillery|gunners|batter(?:y|ies)|guns|tanks|drones?"
    r"|corvettes?|frigates?|destroyers?|submarines?|(?:war)?ships?|vessels|gunboats?|boats?|crews?|mortars|rockets"
    r"|commandos|paratroopers|pilots?|patrols?|columns?|men|youths|raiders)"
    r" (?:of|from|belonging to|loyal to|linked to) "
    r"(?:the )?(?:[\w’'-]+ ){0,4}$",
    re.I,
)
# "X carried out an attack": the noun of the deed behind a verb that says no more than that it was done.
DOES = make_regex(
    r"\b(?<!was )(?<!were )(?<!been )(?<!being )(?:launch(?:ed|es|ing)?|carr(?:ied|ies|y|ying) out|conduct(?:ed|s|ing)?"
    r"|perform(?:ed|s|ing)|intensif(?:ied|ies|y|ying)|step(?:ped|s|ping)? up|mount(?:ed|s|ing)|wag(?:ed|es|ing)"
    r"|stag(?:ed|es|ing)|commit(?:ted|s|ting)|perpetrat(?:ed|es|ing)|continu(?:ed|es|e|ing)(?: to)?|resum(?:ed|es|ing)"
    r"|respond(?:ed|s)? with|used?|using|set(?:s|ting)? off|detonat(?:ed|es|ing)|plant(?:ed|s|ing)|dropp(?:ed|ing)"
    r"|drops?)(?: (?!by\b)[\w’'-]+){0,5} $",
    re.I,
)
# "X said that it had killed": what X says of itself.
ITSELF = re.compile(
    r"\b(?:said|says|claimed|announced|stated)(?: (?!that\b|it\b|its\b)[\w’'-]+){0,5}(?: that)? "
    r"(?P<self>it|its (?:fighters|forces|warplanes|jets|aircraft|troops|planes|soldiers|units|militants|men))"
    r"(?: (?:had|has|have|also))* $"
)
# "opposition-held", "al-Qaeda's Syrian affiliate": whose it is or was, not who did it.
WHOSE = re.compile(
    r"[-‑](?:held|controlled|run|besieged|dominated|populated|occupied|majority|administered|inspired)\b"
    r"|(?:['’]?s)? (?:[A-Z]\w+ ){0,2}(?:affiliates?|branch|offshoot|wing|arm)\b"
)
# "Syrian rebel groups", "Syrian activists": not the state.
NO_STATE = re.compile(
    r" (?:rebels?|opposition|insurgents?|[Ii]slamists?|jihadi(?:st)?s?|militants?|terrorists?|activists?|monitors?"
    r"|observatory|watchdog|sources?|medics|doctors|rescuers|volunteers|dissidents?|affiliate|branch|offshoot|fighters)\b"
)
GROUP = re.compile(
    r"\b(?P<side>[Rr]ebel|[Ii]nsurgent|[Oo]pposition)(?: [\w-]+)?? (?:groups?|factions?|alliances?|fighters|forces)\b"
)
PITTED = re.compile(r"\bpitt(?:ed|ing)\b [^.;]{2,80}? against [^.;,]{2,60}", re.I)

# A clause without a subject of its own: its subject is that of the clause before.
SUBJECTLESS = re.compile(r"[\s,]*(?:(?:after|before|while|by|and|then) )?(?:\w+ly )?\w+ing\b", re.I)


def find_agents(frame: Frame) -> list[Found]:
    """Give the names and demonyms of a frame that can take part, in order."""
    text = frame.sentence.text
    rows = [found for found in frame.names if kind_of(found.value) not in SPEAKERS and not WHOSE.match(text, found.end)]
    if SUBJECTLESS.match(text[frame.start :]):
        rows += [found for found in frame.before if kind_of(found.value) not in SPEAKERS]
    sides = [
        found for found in _sides_at(text, frame) if not any(a.start < found.end and found.start < a.end for a in rows)
    ]
    rows += sides
    taken = [(found.start, found.end) for found in (*frame.names, *sides)]
    for found in find_demonyms(text):
        inside = any(a <= found.start < b or (text[found.end : a].strip() == "" and found.end <= a) for a, b in taken)
        state = not OF_A_PLACE.match(text[found.end :]) and not NO_STATE.match(text, found.end)
        if frame.start <= found.start < frame.end and not inside and state:
            rows.append(found)  # "Syrian Kurdish fighters" is one body, not Syria and it
    return sorted(rows, key=lambda found: found.start)


def _sides_at(text: str, frame: Frame) -> list[Found]:
    """Give the sides that stand as adjectives of a deed: "rebel shelling", "Syrian rebel rocket fire"."""
    return [found for found in _sides_in(text) if frame.start <= found.start and found.end <= frame.end]


@lru_cache(maxsize=4096)
def _sides_in(text: str) -> tuple[Found, ...]:
    rows = []
    for match in (*SIDE.finditer(text), *GROUP.finditer(text)):
        start, end = match.span("side") if match.re is SIDE else match.span()
        rows.append(Found(start, end, text[start:end], SIDES[make_small(match["side"])]))
    return tuple(rows)


def _chain(rows: Sequence[Found], text: str, last: int) -> list[Found]:
    """Give the names joined to rows[last] by "and" or commas, that one included."""
    chain = [rows[last]]
    for found in reversed(rows[:last]):
        between = text[found.end : chain[0].start]
        if re.fullmatch(r"(?:,? (?:and|or) |, |/| and the |-|–)(?:the |its |allied |their |suspected )*", between):
            chain.insert(0, found)
        else:
            break
    return chain


def head_of(frame: Frame) -> Trigger:
    """Give the word that says most of what was done: a verb before a noun, a noun before words of harm."""
    verbs = [trigger for trigger in frame.triggers if trigger.role == "verb"]
    return (verbs or [trigger for trigger in frame.triggers if trigger.role == "noun"] or list(frame.triggers))[0]


def find_actors(frame: Frame, family: str) -> list[Found]:
    """Give who did it: the subject of an active verb, the name after "by", the words before the noun of an attack."""
    if family in AGENTLESS or family in {"talks", "agreement"}:
        return []
    text = frame.sentence.text
    rows = find_agents(frame)
    repellers = _repellers(frame, rows)
    if repellers:
        return repellers
    actors: list[Found] = []
    for trigger in frame.triggers:
        after = BY.search(text, trigger.start, min(frame.end, trigger.end + 60))
        if after is not None and not OTHER_VERB.search(text[trigger.end : max(trigger.end, after.start())]):
            actors += _following(rows, text, after.end())
        if trigger.role == "noun":
            near = [
                index
                for index, found in enumerate(rows)
                if found.start < trigger.end and trigger.start - found.end <= 14
            ]
            near = [
                index
                for index in near
                if not re.search(
                    r"[.,;:]|\b(?:on|in|at|against|said|as|when|while|after|during|amid|and|than)\b",
                    text[rows[index].end : trigger.start],
                )
                and not any(toll.start <= rows[index].start < toll.end for toll in frame.tolls)
            ]
            if near and rows[near[-1]].end > trigger.start - 15:
                actors += _chain(rows, text, near[-1])
    head = head_of(frame)
    first = min(trigger.start for trigger in frame.triggers)
    if family == "clash":
        actors += _sides(frame, rows)
    actors += [
        *_killers(frame, rows),
        *_doers(frame, rows),
        *find_ascribed(frame.sentence.text, rows),
        *_themselves(frame, rows),
    ]
    if head.role != "noun" and not (
        PASSIVE.search(text[max(0, head.start - 14) : head.start])
        or re.match(r"(?:was|were|been)\b", text[head.start :])
    ):
        subject = [
            index
            for index, found in enumerate(rows)
            if found.start < head.start
            # a name after the first event word is what was hit, unless it says whose bomber it was
            and (
                found.end <= first
                or found.start >= frame.end
                or MEMBERS.search(text[max(0, found.start - 60) : found.start])
            )
            and not any(toll.start <= found.start < toll.end for toll in frame.tolls)
            and not SAID.search(ASIDE_SOURCE.sub("", text[found.end : head.start]))
            and not SHOT_DOWN.search(text[found.end : head.start])
            and (
                MEMBERS.search(text[max(0, found.start - 60) : found.start])
                or not re.search(
                    r"\b(?:against|at|on|of|from|to|with|by|in|than) (?:the |an? )?$",
                    text[max(0, found.start - 12) : found.start],
                    re.I,
                )
            )
        ]
        harmed = frame.generic and head.role == "harm"
        if subject and not (harmed and (not KILLS.match(text, head.start) or NO_OBJECT.match(text, head.start))):
            # the first name of the clause is its subject: "The navy of X on Thursday fired"
            actors += _chain(rows, text, subject[0]) if len(subject) == 1 else _spread(rows, text, subject)
    seen: dict[str, Found] = {}
    for found in actors:
        seen.setdefault(found.value, found)
    return sorted(seen.values(), key=lambda found: found.start)


def _killers(frame: Frame, rows: Sequence[Found]) -> list[Found]:
    """Give the subject of "killed" where another word names the deed: "the army killed nine in an ambush"."""
    text = frame.sentence.text
    found: list[Found] = []
    for trigger in frame.triggers:
        if trigger.role != "harm" or not KILLS.match(text, trigger.start):
            continue
        if not any(trigger.end <= toll.start <= trigger.end + 12 for toll in frame.tolls):
            continue  # "29 rebels killed in clashes" names those who were killed
        near = [
            index
            for index, row in enumerate(rows)
            if row.end < trigger.start
            and KILLER_GAP.fullmatch(text, row.end, trigger.start)
            and not SAID.search(text[row.end : trigger.start])
            and not any(toll.start <= row.start < toll.end for toll in frame.tolls)
            and _is_subject(text, row)
        ]
        if near:
            found += _chain(rows, text, near[0])
    return found


def _is_subject(text: str, row: Found) -> bool:
    """Tell whether nothing in front of a name makes it an object or a place: "on the army", "targeting the army"."""
    before = text[max(0, row.start - 60) : row.start]
    if MEMBERS.search(before):
        return True
    return not re.search(
        r"\b(?:against|at|on|of|from|to|with|by|in|than|near|targeting|hitting|hit|struck|attacked|over|between|into"
        r"|killed|killing|bombed|shelled|pounded) (?:the |an? )?$",
        before,
        re.I,
    )


def _doers(frame: Frame, rows: Sequence[Found]) -> list[Found]:
    """Give the subject of a verb that only says that a deed was done: "carried out a raid", "launched an attack"."""
    text = frame.sentence.text
    for trigger in frame.triggers:
        does = (
            DOES.search(text, max(frame.start, trigger.start - 90), trigger.start) if trigger.role == "noun" else None
        )
        if does is None:
            continue
        near = [
            index
            for index, row in enumerate(rows)
            if row.end <= does.start()
            and re.fullmatch(KILLER_GAP.pattern + r"?", text[row.end : does.start()])
            and not SAID.search(text[row.end : does.start()])
            and _is_subject(text, row)
        ]
        if near and not HABIT.search(text[rows[near[0]].end : trigger.start]):
            return _chain(rows, text, near[0])
    return []


def _repellers(frame: Frame, rows: Sequence[Found]) -> list[Found]:
    """Give who beat an attack back and killed in doing so."""
    text = frame.sentence.text
    if not rows or not any(toll.prop in {"killed", "injured"} for toll in frame.tolls):
        return []
    verb = REPELS.search(text, frame.start, frame.end)
    if verb is None:
        return []
    before = [
        index
        for index, row in enumerate(rows)
        if row.end <= verb.start() and not SAID.search(text[row.end : verb.start()]) and _is_subject(text, row)
    ]
    return _chain(rows, text, before[0]) if before else []


def _themselves(frame: Frame, rows: Sequence[Found]) -> list[Found]:
    """Give who says it of itself, at the pronoun: "the Front said it had killed nine"."""
    text = frame.sentence.text
    for trigger in frame.triggers:
        told = (
            ITSELF.search(text, max(frame.start, trigger.start - 90), trigger.start) if trigger.role != "noun" else None
        )
        if told is None:
            continue
        speakers = [row for row in rows if row.end <= told.start() and told.start() - row.end <= 2]
        if speakers:
            start, end = told.span("self")
            return [Found(start, end, text[start:end], speakers[-1].value)]
    return []


def _sides(frame: Frame, rows: Sequence[Found]) -> list[Found]:
    """Give both sides of a clash: "between A and B", "pitted A against B"."""
    text = frame.sentence.text
    match = BETWEEN.search(text, frame.start, frame.end) or PITTED.search(text, frame.start, frame.end)
    return [found for found in rows if match is not None and match.start() <= found.start < match.end()]


def _spread(rows: Sequence[Found], text: str, subject: Sequence[int]) -> list[Found]:
    chain = [rows[subject[0]]]
    for index in subject[1:]:
        if re.fullmatch(
            r"(?:,? (?:and|or) |, |/| and the )(?:the |its |allied |their |suspected )*",
            text[chain[-1].end : rows[index].start],
        ):
            chain.append(rows[index])
        else:
            break
    return chain


def _following(rows: Sequence[Found], text: str, position: int) -> list[Found]:
    for index, found in enumerate(rows):
        if position <= found.start <= position + 25:
            chain = [found]
            for other in rows[index + 1 :]:
                if re.fullmatch(r"(?:,? (?:and|or) |, )(?:the |its |allied )*", text[chain[-1].end : other.start]):
                    chain.append(other)
                else:
                    break
            return chain
    return []
