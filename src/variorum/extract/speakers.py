"""Says who the words of a source mean: a body, a state, a person, a source without a name, or one named before.

Invariant: a person who speaks for a body is that body as a source, with the person beside it as speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from variorum.extract.cuewords import cue_words, head_pattern, load_cues
from variorum.extract.sourcephrase import PERSON
from variorum.model import Found
from variorum.values.name import find_names, find_states, kind_of
from variorum.values.nametable import heads, load_names
from variorum.values.person import NAME, ROLE, find_people

SINGULAR_PERSON = re.compile(
    r"\b(?:spokes(?:man|woman|person)|official|source|resident|activist|witness|eyewitness|doctor|medic|nurse|man|woman"
    r"|negotiator|minister|commander|leader|head|director|officer|general|analyst|expert|lawyer|journalist|general"
    r"|captain"
    r"|governor|mayor|ambassador|envoy|president|mother|father|brother|sister|farmer|teacher|driver|fighter|soldier)\b",
    re.I,
)
# "a Marenian army source": somebody of a body, not the body.
ANONYMOUS = re.compile(
    r"(?:’s|'s)?(?: [\w-]+){0,2}? (?:(?P<low>officials?|sources?|officers?|fighters?|soldiers?|commanders?|members?"
    r"|doctors?)"
    r"|(?P<voice>spokes(?:man|woman|person)))",
    re.I,
)
BODY_ROLE = re.compile(rf"\b(?P<body>[A-Za-z]+)(?:’s|'s)?,? {ROLE},? (?P<name>{NAME})")
# "Marenian president Omar Tell", "Relief Coordinator Jane Marlow": the person behind the role.
_ROLES = rf"(?:{ROLE}|[Mm]inister|[Ss]enator|[Ss]ecretary|[Oo]fficer|[Rr]esident|[Aa]ctivist)"
BEHIND_ROLE = re.compile(rf"(?:[\w.’'-]+ ){{0,4}}{_ROLES} (?P<name>{NAME})")
RANK = re.compile(
    r"^(?:(?:the|a|an|The|A|An|former|Former|then|US|U\.S\.|Army|Navy|President|Prime|Foreign|Defen[cs]e|Interior|Minister|General"
    r"|Gen|Colonel|Col"
    r"|Ambassador|Imam|Mayor|Rear|Vice|Field|Marshal|Commander|Lieutenant|Lt|Major|Maj|Brigadier|Brig|Captain|Capt|Sergeant|Sgt|Admiral|Adm|Doctor|Dr|Mr|Mrs|Ms|Senator|Sen"
    r"|Rep|Gov"
    r"|Governor|Professor|Prof|Secretary|Sheikh|Judge|Chief|Republican|Democratic|Democrat)\.? )+(?=[A-Z])"
)


# What may stand before the body that a sentence is about, and what shows that it is no part of a longer subject.
OPENS = re.compile(r"(?:[A-Z]\w+ly,? |(?:But|And|Meanwhile|However|Later|Then|Earlier),? )?(?:[Tt]he )?")
SUBJECT = re.compile(r"(?:,| (?!of\b|in\b|and\b|[a-z]+s\b(?! (?:the|its|no|a)\b))[a-z])")
# "its spokesman, A. B.", "the command's chief negotiator, Ambassador A. B.": a role in a body named before.
SPEAKING = (
    r"(?:spokes(?:man|men|woman|person|people)|heads?|chiefs?|directors?(?:[- ]general)?|commanders?|leaders?|secretary[- ]general"
    r"|chair(?:man|woman|person)|ministers?|envoys?|negotiators?|coordinator|founder|presidents?|representatives?"
    r"|ambassadors?|editor|lawyers?|deputy|statements?|press office|media office)"
)
SERVING = r"(?:officials?|sources?|officers?|fighters?|members?|soldiers?|doctors?|workers?|staff)"
_SMALL = r"(?:(?:[a-z][\w-]*|[A-Z][\w-]*-based) ){0,3}?"
OWN_ROLE = re.compile(
    rf"(?P<whose>[Ii]ts|[Tt]heir|(?:[Tt]he |[Tt]his |[Tt]hat )?{_SMALL}(?P<head>[A-Za-z]+)(?:’s|'s|s’|s'))"
    rf" {_SMALL}(?:(?P<role>{SPEAKING})|(?P<low>{SERVING}))(?P<name>,? .*)?"
)
ROLE_OF = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother) )?{_SMALL}(?:(?P<role>(?i:{SPEAKING}))|(?P<low>(?i:{SERVING})))"
    rf"(?P<name> [A-Z][^,]*)? (?:of|for|at|from|with|in) (?P<whose>(?:the|its|this|that) {_SMALL}(?P<head>[A-Za-z]+))(?P<after>,.*)?"
)
SPOKESMAN = re.compile(
    rf"(?:(?:[Tt]he|[Aa]|[Oo]ne|[Aa]nother) )?{_SMALL}spokes(?:man|woman|person|people|men)"
    rf"(?:,? (?:[A-Z][\w.-]+\.? ){{0,2}}?(?P<name>{NAME}))?"
)
OFFICE = re.compile(
    r"(?:[Tt]he )(?P<head>[A-Za-z]+) (?P<role>(?i:spokes(?:man|woman|person)|chief|head|director|leader))(?P<name>,? .*)?"
)


PERSON_FRONT = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a source is."""

    source: str  # canonical
    speaker: str = ""  # the person, where the source is the body the person speaks for
    kind: str = "unknown"


# Bodies that give figures of others; "it" after a sentence on a fighting body is still the source before.
REPORTING = frozenset({"monitor", "body", "medic", "agency", "ministry", "government"})


@dataclass(slots=True)
class Memory:
    """The sources and names of one story so far, for "it", "he", "the ministry" and bare family names."""

    voices: list[Voice] = field(default_factory=list)
    names: list[Voice] = field(default_factory=list)  # bodies named, whether they spoke or not
    here: list[Voice] = field(default_factory=list)  # bodies named in this sentence, before the words read now
    people: dict[str, Voice] = field(default_factory=dict)  # family name → who
    topic: Voice | None = None  # the body that the last sentence is about: it spoke, or opens the sentence
    about: Voice | None = (
        None  # that body, where it opens the last sentence, said nothing there and is one that reports
    )
    spoke: bool = False  # a body spoke in this sentence

    def look(self, text: str, end: int) -> None:
        """Keep the bodies that a sentence names before `end`."""
        self.here = [Voice(row.value, "", row.extra["kind"]) for row in find_names(text) if row.end <= end]

    def note(self, text: str) -> None:
        """Keep the bodies that a sentence names, once its own statements are read."""
        rows = find_names(text)
        for row in rows:
            self.names.append(Voice(row.value, "", row.extra["kind"]))
        self.here = []
        if not self.spoke and rows and OPENS.fullmatch(text[: rows[0].start]) and SUBJECT.match(text[rows[0].end :]):
            self.topic = self.names[-len(rows)]
            self.about = self.topic if self.topic.kind in REPORTING else None
        self.spoke = False

    def meet(self, text: str) -> None:
        """Keep the persons that a sentence brings in with a role ("Observatory director Omar Tell")."""
        for person in find_people(text):
            self._person(person)
        for match in BODY_ROLE.finditer(text):
            body = self.last(*load_cues()["carry"].get(match["body"].lower(), ()))
            if body is not None and body.source:
                self.people[_family(match["name"])] = Voice(body.source, match["name"], "person")

    def _person(self, person: Found) -> None:
        self.people[_family(person.value)] = Voice(person.extra["body"], person.value, "person")

    def hear(self, voice: Voice) -> None:
        """Keep who spoke last."""
        if voice.source:
            self.about = None
            self.voices.append(voice)
            if voice.kind == "person" and " " in voice.source:
                self.people.setdefault(_family(voice.source), voice)
            if voice.speaker and " " in voice.speaker:
                self.people.setdefault(_family(voice.speaker), voice)
            if voice.kind not in {"person", "unknown"} or voice.speaker:
                self.topic, self.spoke = voice, True

    def last(self, *kinds: str) -> Voice | None:
        """Give the voice that spoke last, of one of these kinds ("*" is any), or else the body named last."""
        if "*" in kinds:
            return self.voices[-1] if self.voices else None
        rows = (*self.names, *self.here, *self.voices)
        return next((row for row in reversed(rows) if row.kind in kinds), None)

    def headed(self, head: str) -> Voice | None:
        """Give the body whose name ends in this word, or holds it: who spoke lately goes before who was only named."""
        one = re.sub(r"s$", "", head)
        rows = [*self.names, *self.voices[:-4], *self.here, *self.voices[-4:]]
        for ends in (True, False):
            for voice in reversed(rows):
                words = [re.sub(r"s$", "", word) for word in voice.source.lower().split(" ")]
                if voice.kind not in {"person", "unknown"} or voice.speaker:
                    if len(words) > 1 and (words[-1] == one if ends else one in words):
                        return voice
        return None


def resolve_voice(phrase: str, memory: Memory, sentence: str) -> Voice:
    """Give the voice that a phrase names; an empty source where a pronoun has nobody to go back to."""
    bare = re.sub(r"\s+", " ", phrase).strip(' ,.;:"“”')
    bare = re.sub(rf"^({NAME}) (?=(?:the|an?) [a-z])", r"\1, ", bare)  # a text that lost its commas
    low = bare.lower()
    if low in {"he", "she"}:
        return _person_before(memory)
    if low in {"it", "they", "who", "we", "i"}:
        return (memory.about if low in {"it", "they"} else None) or memory.last("*") or Voice("")
    people = [person for person in find_people(sentence) if person.value in bare or person.value.split(" ")[-1] == bare]
    if people:
        return Voice(people[0].extra["body"], people[0].value, "person")
    inner = _role_in_body(bare, memory) if not people else None
    if inner is not None:
        return inner
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


def _family(name: str) -> str:
    """Give the family name by which a person is called again, an Arabic article left out."""
    return re.sub(r"^(?:al|el|ash|as|an|ar|at|ad|az)-|[’']s$", "", name.split(" ")[-1], flags=re.I)


def _main_name(bare: str, names: list[Found]) -> Found:
    """Give the body that a phrase is about: of "an officer of the army in Koro Council", the first one."""
    return names[0]


def _speaker(bare: str, row: Found) -> str:
    rest = bare[row.end :]
    match = re.search(
        r"(?:spokes\w+|[Hh]ead|[Cc]hief|[Dd]irector|[Cc]ommander|[Ll]eader|[Mm]inister),? (?P<name>[A-Z].*)$", rest
    )
    return match["name"] if match is not None else ""


def _person_before(memory: Memory) -> Voice:
    """Give the last voice that is a person; a body that spoke last stands in where no person did."""
    for voice in reversed(memory.voices[-4:]):
        if voice.kind == "person" or voice.speaker or SINGULAR_PERSON.search(voice.source):
            return voice
    return memory.last("*") or Voice("")


def _carried(bare: str, memory: Memory) -> Voice | None:
    """Read "the ministry", "the Britain-based monitor", "the rights group", "the Observatory", "the Front"."""
    match = re.fullmatch(r"(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)\s+((?:[\w’'-]+\s+){0,3}?)([A-Za-z]+)", bare)
    if match is None:
        return None
    head, before = match.group(2).lower(), match.group(1)
    kinds = load_cues()["carry"].get(head)
    if kinds is None and head not in _heads():
        return None
    if any(not before[row.end :].lower().startswith("-based") for row in find_states(before)):
        return None
    named = memory.headed(head)
    if named is not None and head not in {"official", "source", "report", "statement"}:
        return named
    if head in {"official", "source", "spokesman", "spokeswoman", "spokesperson"}:
        return next(
            (voice for voice in reversed(memory.voices) if voice.speaker or head in voice.source.lower().split(" ")),
            None,
        )
    found = memory.last(*kinds) if kinds is not None else None
    if found is None and head in {"agency", "group", "monitor", "organisation", "organization"}:
        recent = memory.voices[-1] if memory.voices else None
        return recent if recent is not None and recent.kind not in {"person", "unknown"} else None
    return found


@cache
def _heads() -> frozenset[str]:
    """Give the last words of names of bodies, as a report calls them again: "front", "brigades"."""
    return frozenset(word.lower() for word in heads())


def _role_in_body(bare: str, memory: Memory) -> Voice | None:
    """Read "its director, A. B.", "a spokesman for the command", "the mission's chief negotiator": the body speaks."""
    spoken = SPOKESMAN.fullmatch(bare)
    if spoken is not None and memory.topic is not None:
        name = RANK.sub("", spoken["name"] or "")
        return Voice(memory.topic.source, name, "person" if name else memory.topic.kind)
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
        known = memory.people.get(_family(stripped))
        if known is not None and (
            " " not in stripped or known.source.endswith(stripped) or known.speaker.endswith(stripped)
        ):
            return known
        if " " in stripped or role is None:
            return Voice(stripped, "", "person")
    return Voice(_unnamed(plain), "", "unknown")


def _unnamed(plain: str) -> str:
    """Give the normal form of a source without a name: lower case but for a state's adjective, no article or number."""
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
    r"(?:[A-Z]?[a-z]+(?:al|ous|ic|ed|ary|ing|ers|ors|ists|ments?|tion|ive|able|ful)|State|Rights|Aid|Rescue|Security|Army|Police"
    r"|Intelligence|Rebel|Government|Human|Defen[cs]e|Relief|Health|Court|School|Border|Civil|Regime|Media|Hospital|Opposition"
    r"|Emergency|Fire|City|Village|Camp|War|Pro-\w+|Anti-\w+|State-\w+|Well-\w+|[a-z].*|Eye\w+|Early|Initial|Unconfirmed|Earlier"
    r"|Government-\w+|Opposition-\w+|Rebel-\w+|Foreign|Tribal|Family|Church|Union|Interior|Finance|Oil|Foreign|Justice)"
)


def _named(word: str) -> bool:
    """Tell whether a word keeps its capital: an acronym, or a name inside the phrase."""
    return sum(letter.isupper() for letter in word) > 1


def voice_kind(voice: Voice) -> str:
    """Give the kind of a voice, looked up again where only the name is known."""
    return voice.kind if voice.kind != "unknown" else kind_of(voice.source)


# What no source ends with, and single words that are none.
LEFT_OPEN = re.compile(
    r"(?:^|\s)(?:its|the|an?|their|his|her|of|in|on|at|by|to|with|for|and|or|that|which|from|as|however|at least|two|three|four)$",
    re.I,
)
NO_SOURCE = re.compile(
    r"(?:[a-z]+(?:ed|ing)|latest|war|attacks?|strikes?|explosions?|blasts?|conflict|ceasefire|violence|scene|west|east|north|south"
    r"|number|reported incidents|by \w+|[\w ]* (?:collapsed|killed|wounded|injured|died)|.*\b(?:which|having|would|could)\b.*)"
)


def is_source(name: str) -> bool:
    """Tell whether a source is a whole noun phrase: it ends in no small word, holds no clause, is no deed."""
    return bool(name) and LEFT_OPEN.search(name) is None and NO_SOURCE.fullmatch(name) is None
