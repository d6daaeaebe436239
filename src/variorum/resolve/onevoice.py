"""When two names of an event's voices are one voice: a fuller name, a role and its holder, a person for a body.

Invariant: two names are one only where a report's own words say so; what has no name and is no office stays itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from variorum.values.name import find_states

OWN_VOICE = "own voice: "
# Heads of bodies that one report names in full and the next in short: "the district hospital", "the border guard".
BODY = re.compile(
    r"\b(?:administration|agency|alliance|army|association|authority|battalions?|board|brigades?|bureau|cent(?:er|re)"
    r"|clinic|coalition|coast ?guard|column|command|commission|committee|company|corps|council|court|delegation"
    r"|department|directorate|division|embassy|federation|fleet|forces|foundation|front|gendarmerie|governorate|group"
    r"|guard|headquarters|hospital|institute|league|militia|ministry|mission|movement|municipality|navy|network"
    r"|observatory|office|party|police|prefecture|presidency|prison|regiment|secretariat|service|society|staff|union)\b",
    re.I,
)
# What one report adds to a body's name and the next leaves out, besides the adjective of a state and a place behind.
_LEFT_OUT = frozenset({"provincial", "regional", "district", "local", "municipal", "county", "city", "town", "village"})
_SMALL = frozenset({"the", "a", "an", "of", "in", "at", "for", "and", "on", "s"})
_PERSON = re.compile(r"[A-Z][\w’'-]+(?: [\w’'.-]+){0,2} [A-Z][\w’'-]+")
# Offices that one person holds at a time. "A doctor" and "a resident" are many.
_OFFICE = re.compile(
    r"(?:(?:[\w’'-]+ ){0,2}(?:mayor|governor|prefect|chief|commissioner|prosecutor|coroner|sheriff|ombudsman|minister"
    r"|premier|president|director|chairman|chairwoman|secretary[- ]general|attorney general|commander))"
    r"(?: of [\w’' -]+)?",
    re.I,
)
_ROLE = (
    r"(?:spokes(?:man|woman|person)|head|chief|director|commander|leader|secretary(?:[- ]general)?|chair(?:man|woman)?"
    r"|minister|coordinator|representative|envoy|matron|registrar|press officer)"
)
_RANK = r"(?:(?:Dr|Col|Gen|Lt|Maj|Capt|Sgt|Brig|Cmdr|[A-Z][a-z]+)\.? ){0,2}?"


def name_voices(speakers: Collection[str], texts: Sequence[str] = ()) -> dict[str, str]:
    """Lead each voice of an event to the fullest name that the reports give it.

    "Defence ministry" is the "Marenian defence ministry" where no other name of the event holds its words too; "Mir" is
    "Farhana Mir"; "district chief" is Omar Tell, and a person is the body, where one of the reports, `texts`, calls
    them so in one phrase. A source that is an outlet of the event is that outlet's own voice.
    """
    named = {speaker: voice_words(speaker) for speaker in speakers if not speaker.startswith(OWN_VOICE)}
    outlets = {voice_words(one.removeprefix(OWN_VOICE)): one for one in sorted(speakers) if one.startswith(OWN_VOICE)}
    found = {speaker: speaker for speaker in speakers}
    for speaker, words in named.items():
        if words and words in outlets:
            found[speaker] = outlets[words]
            continue
        fuller = [other for other, more in named.items() if words < more and _one_name(speaker, other)]
        top = [other for other in fuller if not any(named[other] < named[more] for more in fuller)]
        if len(top) == 1:
            found[speaker] = top[0]
    bodies = sorted(speaker for speaker in named if BODY.search(speaker))
    persons = sorted(speaker for speaker in named if _PERSON.fullmatch(speaker) and not BODY.search(speaker))
    for person in persons:
        homes = {found[body] for body in bodies if any(_speaks_for(person, body, text) for text in texts)}
        if len(homes) == 1:
            found[person] = homes.pop()
    for role in sorted(speaker for speaker in named if _OFFICE.fullmatch(speaker) and not BODY.search(speaker)):
        held = {found[person] for person in persons if _holds(role, person, texts)}
        if len(held) == 1:
            found[role] = held.pop()
    return {speaker: found.get(found[speaker], found[speaker]) for speaker in speakers}


def has_own_name(speaker: str) -> bool:
    """Tell whether a voice can be known again in the report of another event: "Marenian police", and not "police".

    A role without a name ("local officials", "a doctor") is somebody else wherever it stands.
    """
    if speaker.startswith(OWN_VOICE):
        return True
    first, *others = re.findall(r"[^\W\d_][\w’'-]*", speaker) or [""]
    if any(word[:1].isupper() for word in others):
        return True
    generic = first.casefold() in _LEFT_OUT | _SMALL or (not others and BODY.fullmatch(first) is not None)
    return first[:1].isupper() and not generic


def voice_words(name: str) -> frozenset[str]:
    """Give the words of a voice's name that tell it from others, case folded."""
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL


def _one_name(short: str, full: str) -> bool:
    """Tell whether a shorter name can be the fuller one's: a body without its place or state, or a family name."""
    if BODY.search(short):
        if len(voice_words(short)) < 2:
            return False  # "the army" beside the Free Koro Army, "police" beside the police union
        place = re.search(rf"{re.escape(short)} (?:in|at|of) (?:the )?(?P<place>[A-Z].*)$", full, re.I)
        if place is not None:
            return not find_states(place["place"])  # the ministry of another state is another ministry
        lead = re.match(rf"(?P<lead>.+) {re.escape(short)}$", full, re.I)
        if lead is None:
            return False
        adjectives = {row.raw.casefold() for row in find_states(lead["lead"]) if row.extra.get("form") == "adjective"}
        extra = voice_words(lead["lead"])
        stately = any(re.fullmatch(r"[A-Z]\w+(?:ian|ean|ese|ish|i|an)", word) for word in lead["lead"].split())
        return extra <= _LEFT_OUT or lead["lead"].casefold() in adjectives or (len(extra) == 1 and stately)
    return " " not in short and short[:1].isupper() and full.split(" ")[-1] == short and full[:1].isupper()


def _holds(role: str, person: str, texts: Iterable[str]) -> bool:
    """Tell whether a report calls a person by an office: "district chief Omar Tell", "Jan Hos, mayor of Orlica"."""
    last = rf"(?:[\w’'-]+ )*{re.escape(person)}"
    named = re.compile(
        rf"(?<!former )(?<!ex-)\b{re.escape(role)},? {_RANK}{last}\b"
        rf"|\b{last}, (?:\d+, )?(?:the |an? )?(?!former|retired|ex-)(?:[\w’'-]+ ){{0,2}}?{re.escape(role)}\b",
        re.I,
    )
    return any(named.search(text) for text in texts if person in text)


def _speaks_for(person: str, body: str, text: str) -> bool:
    """Tell whether a report brings a person in with a role in a body, in one phrase: "A. B., head of the union"."""
    place = text.find(person)
    if place < 0:
        return False
    words = voice_words(body)
    before = re.split(r"[.;:!?]\s", text[max(0, place - 90) : place])[-1]
    behind = text[place + len(person) : place + len(person) + 110]
    own = re.search(rf"\b(?:[Ii]ts|[Tt]heir) (?:[\w-]+ ){{0,2}}?{_ROLE},? {_RANK}$", before)
    if own is not None:
        return words <= voice_words(text[max(0, place - 300) : place])  # "The union met. Its secretary, A. B., said …"
    titled = re.search(rf"(?P<body>(?:[\w’'-]+ ){{1,5}}){_ROLE},? {_RANK}$", before)
    if titled is not None and "former" not in titled["body"] and words <= voice_words(titled["body"]):
        return True
    apposed = re.match(
        rf",? (?:(?:the|its|an?) )?(?!former|retired|ex-)(?:[\w-]+ ){{0,2}}?{_ROLE} (?:of|for|at|in|with)"
        r" (?P<body>[^.;:,]{3,80})"
        r"| of the (?P<of>[^.;:,]{3,60})",
        behind,
    )
    return apposed is not None and words <= voice_words(apposed["body"] or apposed["of"])
