"""Says who the words of a source mean: a body, a state, a person, a source without a name, or one named before.

Invariant: a person who speaks for a body is that body as a source, with the person beside it as speaker.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.extract.canspeak import PERSON
from variorum.extract.cuewords import cue_words, head_pattern, load_cues
from variorum.extract.joint import apart
from variorum.extract.memory import Memory, Voice, family_name
from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.name import find_names, find_states
from variorum.values.nametable import heads, known_kinds, load_names
from variorum.values.person import NAME, ROLE, find_people

SINGULAR_PERSON = make_regex(
    r"\b(?:spokes(?:man|woman|person)|official|source|resident|activist|witness|eyewitness|doctor|medic|nurse|man|woman"
    r"|negotiator|minister|commander|leader|head|director|officer|general|analyst|expert|lawyer|journalist|general"
    r"|captain"
    r"|governor|mayor|ambassador|envoy|president|mother|father|brother|sister|farmer|teacher|driver|fighter|soldier"
    r"|prosecutor|surgeon|coroner|sheriff|judge|commissioner|secretary|matron|chairman|chairwoman|coordinator|registrar"
    r"|priest|imam|bishop|monk|nun|midwife|shepherd|carpenter|schoolmaster|conductor|pilot|ranger|engineer|lawyer"
    r"|paramedic|volunteer|widow|wife|husband|uncle|aunt|cousin|chief|elder|clerk|trader|fisherman|baker|student)\b",
    re.I,
)
# "a Marenian army source": somebody of a body, not the body.
ANONYMOUS = re.compile(
    r"(?:’s|'s)?(?: [\w-]+){0,2}? (?:(?P<low>officials?|sources?|officers?|fighters?|soldiers?|commanders?|members?"
    r"|doctors?)"
    r"|(?P<voice>spokes(?:man|woman|person)))",
    re.I,
)
# "Marenian president Omar Tell", "Relief Coordinator Jane Marlow": the person behind the role.
_ROLES = rf"(?:{ROLE}|[Mm]inister|[Ss]enator|[Ss]ecretary|[Oo]fficer|[Rr]esident|[Aa]ctivist)"
BEHIND_ROLE = make_regex(rf"(?:[\w.’'-]+ ){{0,4}}{_ROLES} (?P<name>{NAME})")
RANK = re.compile(
    r"^(?:(?:the|a|an|The|A|An|former|Former|then|US|U\.S\.|Army|Navy|President|Prime|Foreign|Defen[cs]e|Interior"
    r"|Minister|General"
    r"|Gen|Colonel|Col"
    r"|Ambassador|Imam|Mayor|Rear|Vice|Field|Marshal|Commander|Lieutenant|Lt|Major|Maj|Brigadier|Brig|Captain"
    r"|Capt|Sergeant|Sgt|Admiral|Adm|Doctor|Dr|Mr|Mrs|Ms|Senator|Sen"
    r"|Rep|Gov"
    r"|Governor|Professor|Prof|Secretary|Sheikh|Judge|Chief|Republican|Democratic|Democrat|Father|Sister|Brother|Pastor"
    r"|Rabbi|Mullah|Nurse)\.? )+(?=[A-Z])"
)


# "its spokesman, A. B.", "the command's chief negotiator, Ambassador A. B.": a role in a body named before.
SPEAKING = (
    r"(?:spokes(?:man|men|woman|person|people)|heads?|chiefs?|directors?(?:[- ]general)?|commanders?|leaders?"
    r"|secretary[- ]general"
    r"|chair(?:man|woman|person)|ministers?|envoys?|negotiators?|coordinator|founder|presidents?|representatives?"
    r"|ambassadors?|editor|lawyers?|deputy|statements?|press office|media office)"
)
SERVING = r"(?:officials?|sources?|officers?|fighters?|members?|soldiers?|doctors?|workers?|staff)"
_SMALL = r"(?:(?:[a-z][\w-]*|[A-Z][\w-]*-based) ){0,3}?"
OWN_ROLE = re.compile(
    rf"(?P<whose>[Ii]ts|[Tt]heir|(?:[Tt]he |[Tt]his |[Tt]hat )?{_SMALL}(?P<head>[A-Za-z]+)(?:’s|'s|s’|s'))"
    rf" {_SMALL}(?:(?P<role>{SPEAKING})|(?P<low>{SERVING}))(?P<name>,? .*)?"
)
ROLE_OF = make_regex(
    rf"(?:(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother) )?{_SMALL}(?:(?P<role>(?i:{SPEAKING}))|(?P<low>(?i:{SERVING})))"
    rf"(?P<name> [A-Z][^,]*)? (?:of|for|at|from|with|in) (?P<whose>(?:the|its|this"
    rf"|that) {_SMALL}(?P<head>[A-Za-z]+))(?P<after>,.*)?"
)
SPOKESMAN = re.compile(
    r"(?:(?:[Tt]he|[Aa]|[Oo]ne|[Aa]nother) )?(?:(?:chief|senior|official|deputy|media|press) )?spokes(?:man|woman"
    r"|person|people|men)"
    rf"(?:,? (?:[A-Z][\w.-]+\.? ){{0,2}}?(?P<name>{NAME}))?"
)
OFFICE = re.compile(
    r"(?:[Tt]he )(?P<head>[A-Za-z]+) (?P<role>(?i:spokes(?:man|woman|person)|chief|head|director"
    r"|leader))(?P<name>,? .*)?"
)


# "Captain A. B. of the rescue service": an officer speaks for the service.
IN_SERVICE = re.compile(
    rf"(?P<who>(?:[A-Z][\w.]* ){{0,2}}{NAME}) of the"
    rf" (?P<body>(?:[a-z][\w-]* ){{0,2}}(?:service|directorate|{head_pattern()}))"
)
# Bodies of the state, which a report calls by these words though their name holds another.
OF_STATE = frozenset({"army", "military", "police"})
PERSON_FRONT = re.compile(NAME)
# "The mission's report", "the duty log of the office": a paper speaks for whose it is.
_PAPER = (
    r"(?:[\w-]+ ){0,2}?(?:report|log|table|annex|communiqu[eé]|bulletin|letter|web ?site|page|register|registry|roster"
    r"|press release|newsletter|channel|account|archive|database|dispatch|note|memo)"
)
DOCUMENT = re.compile(rf"(?P<whose>(?:[Tt]he |[Aa]n? )?(?:[\w-]+ ){{0,4}}?[\w-]+)(?:’s|'s|(?<=s)[’']) {_PAPER}")
SAME = re.compile(r"(?:this|that|the) same (?:\w+ )?(?P<noun>source|official|witness|doctor|statement|report)")
YEARS_OLD = re.compile(r"(?:the )?(?:\d+|[a-z]+)-year-old(?: (?:man|woman|boy|girl|[a-z]+er))?")
RELATIVE = re.compile(r" (?:who|whose|which|that)\b.*$")


def resolve_voice(phrase: str, memory: Memory, sentence: str) -> Voice:
    """Give the voice that a phrase names; an empty source where a pronoun has nobody to go back to."""
    bare = re.sub(r"\s+", " ", phrase).strip(' ,.;:"“”')
    bare = re.sub(
        rf"^({NAME}) (?=(?:the|an?|head|director|spokes\w+|chief|leader|commander|member) [a-z])", r"\1, ", bare
    )  # a text that lost its commas
    low = bare.lower()
    if low in {"he", "she"}:
        return _person_before(memory, sentence)
    if YEARS_OLD.fullmatch(low):
        known = _person_before(memory, sentence)
        return known if known.source else Voice(low.removeprefix("the "))
    if low in {"it", "they", "who", "we", "i"}:
        return (memory.about if low in {"it", "they"} else None) or memory.last("*") or Voice("")
    same = SAME.fullmatch(low)
    if same is not None:
        heard = (row for row in reversed(memory.voices) if same["noun"] in {"source", *row.source.lower().split()})
        return next(heard, None) or Voice(same["noun"])
    people = [person for person in find_people(sentence) if person.value in bare or person.value.split(" ")[-1] == bare]
    if people:
        return Voice(people[0].extra["body"], people[0].value, "person")
    inner = _role_in_body(bare, memory) if not people else None
    if inner is not None:
        return inner
    parts = [resolve_voice(part, memory, sentence) for part in apart(bare)]
    if parts and all(part.kind == "unknown" for part in parts):
        return Voice(", ".join(part.source for part in parts[:-1]) + f" and {parts[-1].source}")
    if parts:
        return parts[-1]
    head, comma, inserted = bare.partition(",")
    if comma and PERSON.fullmatch(RANK.sub("", head)) and not find_names(head):
        body = _role_in_body(inserted.strip(" ,"), memory)
        if body is not None and " " in RANK.sub("", head):
            return Voice(body.source, RANK.sub("", head), "person")
        return _state_person_or_role(head, memory)
    if comma and not find_names(head) and not find_names(inserted):
        name = PERSON_FRONT.match(RANK.sub("", inserted.strip()))
        if (
            name is not None
            and SINGULAR_PERSON.search(head)
            and re.match(r"\s*(?:,|$)", RANK.sub("", inserted.strip())[name.end() :])
        ):
            return Voice(name.group(), "", "person")  # "the governor, A. B."
        bare = head
    document = DOCUMENT.fullmatch(bare)
    if document is not None:
        return resolve_voice(document["whose"], memory, sentence)
    names = find_names(bare)
    carried = _carried(bare, memory) if not names else None
    if carried is not None:
        return carried
    if names:
        row = _main_name(bare, names)
        within = re.fullmatch(
            r"(?:[Tt]he |[Aa]n? )?(?:[\w-]+ ){0,2}?(?P<head>source|official|officer)s? (?:at|in|from|of|with"
            r"|close to) (?:the )?",
            bare[: row.start],
        )
        if within is not None:
            return Voice(f"{row.value} {within['head'].lower()}", "", "unknown")
        speaker = _speaker(bare, row)
        role = ANONYMOUS.fullmatch(bare[row.end :])
        if role is not None and (role["low"] or row.value.endswith((" military", " army"))):
            return Voice(f"{row.value} {(role['low'] or role['voice']).lower()}", "", "unknown")
        return Voice(row.value, speaker, "person" if speaker else row.extra["kind"])
    return _state_person_or_role(bare, memory)


def _main_name(bare: str, names: list[Found]) -> Found:
    """Give the body that a phrase is about: of "an officer of the army in Koro Council", the first one."""
    return names[0]


def _speaker(bare: str, row: Found) -> str:
    rest = bare[row.end :]
    match = re.search(
        r"(?:spokes\w+|[Hh]ead|[Cc]hief|[Dd]irector|[Cc]ommander|[Ll]eader|[Mm]inister),? (?P<name>[A-Z].*)$", rest
    )
    return match["name"] if match is not None else ""


def _person_before(memory: Memory, sentence: str) -> Voice:
    """Give the last voice that is a person, else the person whom the sentence opens with; a body where no one did."""
    if memory.role is not None and memory.voices[-1:] == [memory.role]:
        return memory.role
    for voice in reversed(memory.voices[-4:]):
        if voice.kind == "person" or voice.speaker or SINGULAR_PERSON.search(voice.source):
            return voice
    opens = PERSON_FRONT.match(sentence.lstrip())
    if opens is not None and opens.group().split(" ")[0] not in cue_words("sources", "not_persons"):
        return Voice(opens.group(), "", "person")
    if memory.person:
        return Voice(memory.person, "", "person")
    return memory.last("*") or Voice("")


def _carried(bare: str, memory: Memory) -> Voice | None:
    """Read "the ministry", "the Britain-based monitor", "the rights group", "the Observatory", "the Front"."""
    match = re.fullmatch(r"(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)\s+((?:[\w’'-]+\s+){0,3}?)([A-Za-z]+)", bare)
    if match is None:
        return None
    head, before = match.group(2).lower(), match.group(1)
    if head in {"sources", "activists", "officials", "doctors", "medics"} and not before:
        return next((voice for voice in reversed(memory.voices) if head in voice.source.lower().split(" ")), None)
    kinds = load_cues()["carry"].get(head)
    if kinds is None and head not in _heads():
        return None
    if any(not before[row.end :].lower().startswith(("-based", " based")) for row in find_states(before)):
        return None
    named = memory.headed(head, kinds)
    if named is not None and head not in {"official", "source", "report", "statement"}:
        return named
    if head in {"official", "source", "spokesman", "spokeswoman", "spokesperson"}:
        return next(
            (voice for voice in reversed(memory.voices) if voice.speaker or head in voice.source.lower().split(" ")),
            None,
        )
    found = memory.last(*kinds) if kinds is not None else None
    if found is not None and head in OF_STATE and not _of_state(found.source, head):
        return None
    if found is None and head in {"statement", "report"}:
        return memory.topic
    if found is None and head in {"agency", "group", "monitor", "organisation", "organization"}:
        recent = memory.voices[-1] if memory.voices else None
        return recent if recent is not None and recent.kind not in {"person", "unknown"} else None
    return found


def _of_state(source: str, head: str) -> bool:
    """Tell whether "the military" or "the police" can be this body: a local guard or brigade is another's."""
    if head == "police":
        return re.search(r"\b(?:police|constabulary|gendarmerie)\b", source, re.I) is not None
    listed = bool(find_states(source)) or source in known_kinds()
    return listed or re.search(r"\b(?:army|military|command|forces|force|ministry|navy)\b", source, re.I) is not None


@cache
def _heads() -> frozenset[str]:
    """Give the last words of names of bodies, as a report calls them again: "front", "brigades"."""
    return frozenset(word.lower() for word in heads())


def _role_in_body(bare: str, memory: Memory) -> Voice | None:
    """Read "its director, A. B.", "a spokesman for the command", "the mission's chief negotiator": the body speaks."""
    spoken = SPOKESMAN.fullmatch(bare)
    if spoken is not None and memory.topic is not None:
        told_by = RANK.sub("", spoken["name"] or "")
        return Voice(memory.topic.source, told_by, "person" if told_by else memory.topic.kind)
    match = OWN_ROLE.fullmatch(bare) or ROLE_OF.fullmatch(bare) or OFFICE.fullmatch(bare)
    if match is None:
        return None
    row = match.groupdict()
    head = row.get("head")
    if head is None:
        body = memory.topic
    else:
        body = _carried(f"the {head}", memory) if head.lower() in _heads() | set(load_cues()["carry"]) else None
    if body is None or not body.source or (body.kind in {"person", "unknown"} and not body.speaker):
        return None
    if row.get("low"):
        return Voice(f"{body.source} {row['low'].lower()}", "", "unknown")
    told = RANK.sub("", ((row.get("name") or "").strip(" ,") or (row.get("after") or "").strip(" ,")))
    name = PERSON_FRONT.match(told)
    return Voice(body.source, name.group() if name is not None else "", "person" if name is not None else body.kind)


def _state_person_or_role(bare: str, memory: Memory) -> Voice:
    served = IN_SERVICE.fullmatch(bare)
    if served is not None and RANK.sub("", served["who"]) != served["who"]:
        return Voice(_unnamed(served["body"]), RANK.sub("", served["who"]), "person")
    states = find_states(bare)
    plain = re.sub(r"^(?:the|The)\s+", "", bare)
    if states and re.sub(r"^[Tt]he ", "", states[0].raw) == re.sub(r"[’']s?$", "", plain):
        return Voice(states[0].value, "", "state")
    behind = BEHIND_ROLE.fullmatch(bare)
    stripped = RANK.sub("", behind["name"] if behind is not None else bare)
    bare = stripped if behind is not None else bare
    plain = stripped if behind is not None else plain
    if stripped != plain and " " in stripped and PERSON.fullmatch(stripped):
        bare = plain = stripped  # "Colonel A. B.": the rank is no role
    role = re.search(rf"\b{head_pattern()}\b", plain, re.I)
    if (
        (role is None or bare[:1].isupper())
        and PERSON.fullmatch(stripped)
        and not (role is not None and role.start() == 0)
    ):
        known = memory.people.get(family_name(stripped))
        if known is not None and (
            " " not in stripped or known.source.endswith(stripped) or known.speaker.endswith(stripped)
        ):
            return known
        if " " in stripped or role is None:
            return Voice(stripped, "", "person")
    return Voice(_unnamed(plain), "", "unknown")


def _unnamed(plain: str) -> str:
    """Give the normal form of a source without a name: lower case but for a state's adjective, no article or number."""
    plain = RELATIVE.sub("", plain)
    states = {row.start: row for row in find_states(plain)}
    words: list[str] = []
    dropping = True
    for match in re.finditer(r"\S+", plain):
        word = match.group().strip(",")
        row = states.get(match.start())
        if row is not None and row.extra["form"] == "adjective":
            words.append(load_names()["states"][row.value]["adjective"][0])
            dropping = False
            continue
        behind = plain[match.end() :].lstrip()
        if dropping and word.lower() in cue_words("sources", "drop") and not behind.startswith("of "):
            continue
        dropping = False
        words.append(
            word.lower()
            if word.lower() in cue_words("sources", "heads")
            or (not words and not _named(word) and PLAIN.fullmatch(word))
            else word
        )
    return " ".join(words)


# A first word that has its capital from the sentence: lower case in the normal form. Others may be names.
PLAIN = re.compile(
    r"(?:[A-Z]?[a-z]+(?:al|ous|ic|ed|ary|ing|ers|ors|ists|ments?|tion|ive|able|ful)|State|Rights|Aid|Rescue"
    r"|Security|Army|Police"
    r"|Intelligence|Rebel|Government|Human|Defen[cs]e|Relief|Health|Court|School|Border|Civil|Regime|Media"
    r"|Hospital|Opposition"
    r"|Emergency|Fire|City|Village|Camp|War|Pro-\w+|Anti-\w+|State-\w+|Well-\w+|[a-z].*|Eye\w+|Early|Initial"
    r"|Unconfirmed|Earlier"
    r"|Government-\w+|Opposition-\w+|Rebel-\w+|Foreign|Tribal|Family|Church|Union|Interior|Finance|Oil|Foreign|Justice)"
)


def _named(word: str) -> bool:
    """Tell whether a word keeps its capital: an acronym, or a name inside the phrase."""
    return sum(letter.isupper() for letter in word) > 1


# What no source ends with, and single words that are none.
LEFT_OPEN = make_regex(
    r"(?:^|\s)(?:its|the|an?|their|his|her|of|in|on|at|by|to|with|for|and|or|that|which|from|as|however"
    r"|at least|two|three|four)$",
    re.I,
)
NO_SOURCE = re.compile(
    r"(?:[a-z]+(?:ed|ing)|latest|war|attacks?|strikes?|explosions?|blasts?|conflict|ceasefire|violence|scene|west"
    r"|east|north|south"
    r"|number|reported incidents|by \w+|[\w ]* (?:collapsed|killed|wounded|injured|died)|.*\b(?:which|having"
    r"|would|could)\b.*"
    r"|(?:[Nn]o|[Nn]one|[Nn]obody|[Nn]either)(?: \D.*)?"
    r"|Un(?:verified|confirmed)|Quoting|(?:On|In|At|By|During|After) .*|.*\b(?:showed|shows|stands)\b.*)"
)


def is_source(name: str) -> bool:
    """Tell whether a source is a whole noun phrase: it ends in no small word, holds no clause, is no deed."""
    return (
        bool(name)
        and LEFT_OPEN.search(name) is None
        and NO_SOURCE.fullmatch(name) is None
        and not any(word in _reporting() for word in name.split()[1:])
    )


@cache
def _reporting() -> frozenset[str]:
    """Give the verbs of saying that are nothing else: a phrase that holds one is a clause ("ministry dismissed")."""
    return (cue_words("verbs", "strong") | cue_words("verbs", "deny") | {"called", "calls"}) - BESIDES_VERBS


# Verbs of saying that are also nouns or stand before one.
BESIDES_VERBS = frozenset(
    {"states", "claims", "notes", "reports", "estimates", "alleged", "reported", "claimed", "estimated", "accused"}
    | {"condemned", "declared", "confirmed"}
)
