"""Personal names in a text, with the office that the text gives them; and the words of other names, which are none.

Invariant: `text[one.start:one.end]` is the name without title or genitive. Names are found by the tagger and by rules,
and both miss some: nobody may take what is not found here for no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.extract.offices import PERSONAL, find_office, is_private
from variorum.extract.peoplewords import load_nouns, words
from variorum.extract.persons import YOUNG
from variorum.extract.sentences import split_sentences
from variorum.extract.tagger import Tagged, tag
from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.name import find_names, find_states
from variorum.values.nametable import heads, states
from variorum.values.weapon import find_platforms, find_weapons

# Small words of names, before a hyphen or a space, in either case; some are words of the language without a hyphen.
_SMALL = (
    r"al|el|ag|ash|ar|az|abd|abdul|abdel|bin|ben|ibn|bint|abu|abou|umm|um|oum|ould|wuld|ul|ur|de|del|der|den|van|von|da|di"
    r"|dos|du|la|le"
)
_PARTICLE = rf"(?<![^\W_])(?i:(?:{_SMALL})[ \-‐-―]|(?:as|an|at|ad|es|ed|et)[\-‐-―]|[dl][’'])"
_PART = rf"(?:{_PARTICLE}*(?:[^\W\d_a-z](?:[^\W\d_]|[’'ʼ](?!s\b)(?=\w)|-(?=\w))+|[A-Z](?:\.|(?= [A-Z]))))"
_FULL = rf"{_PART}(?: {_PART}){{1,3}}"
_FULL_OR_ONE = rf"{_PART}(?: {_PART}){{0,2}}"
_SPEAKS = (
    r"(?:said|says|told|added|recalled|remembered|described|explained|wept|whispered|cried|asked|shouted|insisted)"
)
_ACTED = r"(?:was|is|had|has|were|lost|fled|ran|who)"
_SUFFERS = r"(?:killed|wounded|injured|shot|hurt|arrested|detained|beaten|stabbed|abducted|kidnapped|tortured|buried)"
# Where a personal name stands in the grammar of a report, whatever the tagger makes of it.
_PLACES_OF_NAMES = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sgt|Lt|Capt|Sheikh)\.? (?P<name>{_PART}(?: {_PART}){{0,3}})",
        rf"\b(?i:{PERSONAL}),? (?P<name>{_FULL})",
        rf"(?P<name>{_FULL})(?:, (?:aged )?\d{{1,3}}(?=[,.;)]| and\b| of\b)| \(\d{{1,3}}\))",
        rf"(?P<name>{_FULL}),? (?:who |had |has )?{_SPEAKS}\b",
        rf"[”\"],? {_SPEAKS} (?P<name>{_FULL})",
        rf"\b{_SPEAKS} (?P<name>{_FULL}),",
        rf"(?P<name>{_FULL}),? (?:who )?(?:was|were|is|had been|has been) (?:\w+ly )?{_SUFFERS}\b",
    )
)
_KIN = (
    r"(?:fathers?|mothers?|brothers?|sisters?|sons?|daughters?|wife|husband|widow|uncles?|aunts?|cousins?|nephews?|nieces?"
    r"|grand(?:mother|father|son|daughter)|neighbou?rs?|friends?|relatives?|family)"
)
# The same for one word, where hardly anything else stands.
_ALONE = tuple(
    re.compile(form)
    for form in (
        rf"(?<![\w-] )(?P<name>{_PART}), (?:aged )?\d{{1,2}}, (?:was|were|who|an?|said|died|is|had|from|of|his|her)\b",
        rf"\b(?:[Ii]dentified|[Nn]amed) only (?:as|by)(?: the)?(?: \w+ name)? [“\"‘']?(?P<name>{_FULL_OR_ONE})",
        rf"\b(?:nicknamed|alias|a\.k\.a\.|nom de guerre(?: of)?|also known as),? [“\"‘']?(?P<name>{_FULL_OR_ONE})",
        rf"\b(?:his|her|their|my|[Hh]is|[Hh]er|[Tt]heir|[Mm]y) (?:\w+ )?{_KIN},? (?P<name>{_FULL_OR_ONE})",
        rf"(?<![\w’'-])(?P<name>{_FULL_OR_ONE})[’']s? (?:\w+ )?{_KIN}\b",
        rf"(?<![Tt]he )(?P<name>{_FULL}),? (?:(?:also |better )?known (?:as|by)|nicknamed|alias|a\.k\.a\.)(?!\w)",
        rf"\b[Tt]he late (?P<name>{_FULL})(?!\w| Dynasty)(?<!Dynasty)",
        rf"\b(?:Photo(?:graph)?s?|Pictures?|Pics?|Images?|Credit|Video)(?: by|:| credit:) (?P<name>{_FULL})",
    )
)
_STATE = re.compile(r"(?:U\. ?[SKN]|E\. ?U|D\. ?C)\.")
_LISTED = re.compile(rf"\b(?:named|identified) as:? {_FULL}(?:(?:, (?:and )?| and |; ){_FULL})+")
# Names of another form: with a nickname, and of initials alone, where a person speaks, has an age, kin or trade.
_ODD = (
    re.compile(
        rf"(?P<name>(?!(?:Operation|Project|The|Code|Camp|Group|Battalion|Brigade)\b){_PART} [“„«\"‘']"
        rf"(?:[Tt]he )?{_PART}(?: {_PART})?[”“»\"’'] {_FULL_OR_ONE})"
    ),
    re.compile(
        rf"\b(?:(?i:{PERSONAL}),? )?(?P<name>[A-Z]\.(?:[ -]?[A-Z]\.){{1,3}})"
        rf"(?=,? (?:{_SPEAKS}|{_ACTED})\b|, (?:aged )?\d| \(\d|, (?:an?|who|one of|his|her|their|the) )"
    ),
    re.compile(rf"(?:\b(?i:{PERSONAL}),?|[”\"],? {_SPEAKS}) (?P<name>[A-Z]\.(?:[ -]?[A-Z]\.){{1,3}})(?!\w)"),
)
_TITLES = make_regex(
    r"(?:(?:the|The|Cpl|Pfc|Pvt|Spc|Rep|Rev|Det|Insp|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Doctor|Sir|Lady|Sheikh|Gen|General|Col|Colonel|Capt|Captain|Maj"
    r"|Major|Lt|Lieutenant|Sgt|Sergeant|Cpl|Corporal|Brig|Brigadier|Adm|Admiral|Rear|Vice|Field|Marshal|Cmdr|Commander"
    r"|President|Prime|Foreign|Defen[cs]e|Interior|Health|Minister|Premier|Ambassador|Senator|Sen|Gov|Governor|Mayor"
    r"|Judge|Father|Sister|Brother|Pastor|Imam|Mullah|Rabbi|Bishop|Nurse|Officer|Deputy|Constable|Inspector|Detective"
    r"|Chief|Private|Director|Spokes(?:man|woman|person)|Secretary|Chair(?:man|woman)|Coordinator|Envoy|Commissioner"
    r"|King|Queen|But|And|On|In|When|After|As|While|By|For|Yesterday|According)\.? )+(?=\S)"
)
_NAMED = make_regex(_FULL)
_ROLE = re.compile(rf"^(?:(?:the|an?|his|her|their|my|its) )?(?:[a-z]+ )?(?:{PERSONAL}),? (?=\S)")
_NAME = re.compile(rf"{_PART}(?: {_PART})*")
# Titles, kin and the like, which no name is made of alone.
_NO_NAME = words(
    "mr mrs ms miss dr prof professor doctor sir lady sheikh gen general col colonel capt captain maj major lt "
    "lieutenant sgt sergeant cpl corporal brig brigadier adm admiral cmdr commander president minister premier "
    "ambassador senator sen gov governor mayor judge father mother sister brother pastor imam mullah rabbi "
    "bishop nurse officer deputy constable inspector detective chief private director spokesman spokeswoman "
    "teacher rep spc pvt pfc cpt det insp hon rev jr sr god king queen"
)
_PAPERS = words(
    "Chronicle Courier Telegraph Mirror Bulletin Dispatch Ledger Observer Examiner Inquirer Sentinel Comet Wire "
    "Voice Lantern Record Register Mail Standard Guardian"
)
_PRESS = words(
    "news post times daily weekly today herald press agency agence tv radio media watch monitor network report reports "
    "review tribune gazette star sun globe world people women men workers the our"
)
# An outlet that is somebody's own: "Ana Orlic's blog", "Ana Orlic on Telegram".
_KINDS = (
    r"(?:(?:photo|video|web|micro|war|live|personal|news|Telegram|YouTube|WhatsApp|Facebook|X|Twitter) ?)*"
    r"(?:blog|vlog|weblog|channel|diar(?:y|ies)|newsletter|substack|podcast|notebook|notes|feed|account|profile|page|thread|website|site)s?\b"
    r"|(?:on|via|\(|@|-|–|—|\|) ?(?:Telegram|X\b|Twitter|Facebook|YouTube|Instagram|TikTok|Substack|Mastodon|Bluesky"
    r"|WhatsApp|VK|Medium)"
)
_OWNED = make_regex(
    rf"(?P<name>{_PART}(?: {_PART}){{0,3}}?)(?:(?P<own>[’']s?)(?: (?i:{_KINDS})|$)|[:,]? (?i:{_KINDS}))"
    rf"|(?i:{_KINDS})(?: of|:|,) (?P<name2>{_FULL})$"
)
_LOCATED = make_regex(
    r"\b(?:in|at|near|around|outside|inside|towards?|into|across|below|above|reach(?:ed|es)?|left|(?:north|south|east|west)"
    r"(?:ern)? of|(?:town|city|village|port|province|state|county|kingdom|gulf|island|mayor|people|residents) of)"
    r" (?:the )?$",
    re.I,
)
_HOME = re.compile(r"\b[A-Z][\w’'-]+(?:, \d{1,3},)? (?:of|from) $")  # "Jon Testley of Orvend"
_SITE = re.compile(
    r"^ (?:County|City|Town|Village|Province|District|Street|Road|Avenue|River|Valley|Island|Airport|Hospital|School"
    r"|University|Beach|Park|Bridge|Camp|Square|Market|Mosque|Church)\b"
)
_OWNS = re.compile(r"^[’']s?\b")
_KEPT = frozenset({"LOC", "ORG", "FAC", "MISC", "NORP"})
LEAN = 1.0  # off the log odds of no name: a missed name is worse here than a word too many
LEAST = 0.35  # mean probability asked of a name of several words
LEAST_ALONE = 0.6  # and of a single word, where towns are often taken for people
_MONTHS = words(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday"
)


@dataclass(frozen=True, slots=True)
class Individual:
    """One personal name where it stands."""

    start: int
    end: int
    words: str
    office: str  # that the words beside it give; "" for none
    private: bool  # told by age, kin or trade, and no office given
    sure: bool = True  # False: one word that only the tagger takes for a person
    told: bool = False  # stands where the grammar of a report has a person: speaks, has an age, an office, kin
    placed: bool = False  # stands where it has a place: "in …", the town of a dateline


@dataclass(frozen=True, slots=True)
class Individuals:
    """The personal names of one text in order, and the words of its other names."""

    persons: tuple[Individual, ...]
    others: tuple[str, ...]  # bodies, places, faiths, weapons: every sighting, as written
    lower: frozenset[str]  # words that stand without a capital


def find_individuals(text: str, title: str = "", *, outlet: str = "", tagger: bool = True) -> Individuals:
    """Give the personal names of a text. Raises VariorumError when the weights of the tagger cannot be loaded."""
    sentences = split_sentences(text, title)
    marked: list[Tagged] = []
    if tagger:
        marked = tag(text, [(one.start, one.end) for one in sentences]).spans("names", lean=LEAN)
    lines = [(one.start, one.body_start) for one in sentences if one.body_start > one.start]
    lower = frozenset(re.findall(r"(?<![^\W\d_])[^\W\d_A-Z][^\W\d_]*", text))
    bodies = [*find_names(text), *find_states(text), *find_weapons(text), *find_platforms(text)]
    bodies = [one for one in bodies if one.extra.get("form") != "leader"]
    others = [(one.start, one.end) for one in marked if one.label in _KEPT and one.score >= LEAST_ALONE]
    told = [
        span
        for pattern in (*_PLACES_OF_NAMES, *_ALONE)
        for match in pattern.finditer(text)
        if (span := _trim(text, *match.span("name"))) is not None and _is_cased(text[slice(*span)], lower)
    ]
    odd = [match.span("name") for form in _ODD for match in form.finditer(text)]
    odd = [
        span
        for span in odd
        if not _STATE.match(text, *span) and not find_states(text[slice(*span)]) and not find_names(text[slice(*span)])
    ]
    listed = [one.span() for match in _LISTED.finditer(text) for one in _NAMED.finditer(text, *match.span())]
    told += [*odd, *listed]
    people: list[tuple[int, int, bool]] = [(*span, True) for span in odd]
    for one in marked:
        found = _trim(text, one.start, one.end) if one.label == "PER" else None
        if found is None or _is_shout(text[slice(*found)], lower):
            continue
        alone = " " not in text[slice(*found)] and "-" not in text[slice(*found)]
        if one.score >= (LEAST_ALONE if alone else LEAST):
            people.append((*found, not alone))
    people += [(*span, True) for span in told if not _overlaps(span, [*others, *people])]
    acting = [span for span in told if not re.search(r"\b[Tt]he $", text[max(0, span[0] - 4) : span[0]])]
    rows = [
        one
        for one in people
        if not _is_other(text, one[0], one[1], bodies, "" if _overlaps(one[:2], acting) else outlet)
    ]
    persons = []
    for start, end, sure in _apart(rows):
        person = _individual(text, start, end, sure)
        in_line = _overlaps((person.start, person.end), lines)
        before = text[max(0, person.start - 30) : person.start]
        placed = in_line or _LOCATED.search(before) is not None or _HOME.search(before) is not None
        known = bool(person.office) or person.private or _overlaps((person.start, person.end), told)
        behind = text[person.end : person.end + 16]
        placed = (placed and not _OWNS.match(behind)) or bool(_SITE.match(behind))
        persons.append(replace(person, told=known, placed=placed))
    return Individuals(
        tuple(persons), (*(text[start:end] for start, end in others), *(_body(one.raw) for one in bodies)), lower
    )


def find_named(text: str, words: str) -> list[Individual]:
    """Give every place where a text holds a name as it is written, for names that a reading gave."""
    form = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return [_individual(text, *match.span(), True) for match in form.finditer(text)]


def as_person(words: str, outlet: str = "") -> str:
    """Give the personal name that a source, actor or target is, without title; "" for a body, a place or people."""
    bare = _TITLES.sub("", _ROLE.sub("", words.strip(), count=1), count=1)
    found = _trim(bare, 0, len(bare))
    if (
        found is None
        or found[1] - found[0] < len(bare.rstrip(" ."))
        or _is_other(bare, *found, find_names(bare), outlet)
    ):
        return ""
    if any(one.end - one.start > len(bare) / 2 for one in find_states(bare) if one.extra.get("form") != "leader"):
        return ""
    return bare[found[0] : found[1]]


def find_owner(outlet: str) -> str:
    """Give the person whose own outlet a name tells of, "Ana Orlic's blog"; "" for a paper, a body or a place."""
    match = _OWNED.search(re.sub(r"\b[a-z](?=\w)", lambda one: one[0].upper(), outlet) if outlet.islower() else outlet)
    name = as_person(match["name"] or match["name2"]) if match is not None else ""
    low = set(re.findall(r"[^\W\d_]+", name.casefold()))
    weak = match is not None and not match["own"] and (" " not in name or bool(find_states(name)))
    return "" if low & _PRESS or weak else name


def _individual(text: str, start: int, end: int, sure: bool) -> Individual:
    words = text[start:end]
    office = find_office(text, start, end) or ("leader" if _is_leader(words) else "")
    return Individual(start, end, words, office, not office and is_private(text, start, end), sure)


def _is_leader(words: str) -> bool:
    known = states().get(tuple(re.findall(r"\w+", words.lower())))
    return known is not None and known.form == "leader"


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a span that has the form of a name: no title, no small words at its edges."""
    title = _TITLES.match(text, start, end)
    start = title.end() if title is not None else start
    found = [match for match in _NAME.finditer(text, start, end) if match.end() - match.start() > 1]
    best = max(found, key=lambda match: match.end() - match.start(), default=None)
    if best is None:
        return None
    words = re.sub(rf"(?:[ .]|(?: |-)(?i:{'|'.join(_MONTHS)})| (?:Sheriff|Police|Mayor|Coroner))+$", "", best.group())
    low = re.findall(r"[^\W\d_]+", words.casefold())
    if all(word in _NO_NAME or len(word) < 2 for word in low) or (len(words) < 4 and words.isupper()):
        return None
    return best.start(), best.start() + len(words)


def _is_cased(words: str, lower: frozenset[str]) -> bool:
    """Tell whether capitals tell a name here: none of its words stands without them, small words of names apart."""
    told = [
        word for word in re.findall(r"[^\W\d_]+", words) if word[0].isupper() and word.lower() not in _SMALL.split("|")
    ]
    return not any(word.lower() in lower for word in told)


def _is_shout(words: str, lower: frozenset[str]) -> bool:
    """Tell whether words all in capitals are words of the language: "SHOT THE BOY"."""
    found = re.findall(r"[^\W\d_]+", words)
    return words.isupper() and len(found) > 1 and 2 * sum(word.lower() in lower for word in found) >= len(found)


def _is_other(text: str, start: int, end: int, bodies: Sequence[Found], outlet: str) -> bool:
    """Tell whether what stands like a personal name is the name of something else."""
    words = re.findall(r"[^\W\d_]+", text[start:end])
    low = [word.casefold() for word in words]
    nouns = load_nouns()
    return (
        any(one.start <= start and end <= one.end and not _led_by(text, start, end, one) for one in bodies)
        or any(word in heads() or word in _PAPERS or word.lower() in YOUNG for word in words[-1:])
        or all(word in _MONTHS or word in nouns.peoples for word in low)
        or (bool(outlet) and set(low) <= set(re.findall(r"[^\W\d_]+", outlet.casefold())) and not find_owner(outlet))
    )


def _body(raw: str) -> str:
    """Give the body of "Jon Testley of the Western Command"."""
    return re.sub(rf"^{_FULL} of the ", "", raw)


def _led_by(text: str, start: int, end: int, body: Found) -> bool:
    """Tell whether a body's name begins with somebody's: "Jon Testley of the Western Command"."""
    return body.start == start and re.match(r" of the ", text[end : body.end]) is not None


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, ...]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end, *_ in others)


def _apart(rows: Iterable[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Give spans in order, the longer of two that overlap."""
    kept: list[tuple[int, int, bool]] = []
    for row in sorted(rows, key=lambda row: (row[0] - row[1], row[0])):
        if not _overlaps((row[0], row[1]), kept):
            kept.append(row)
    yield from sorted(kept)
