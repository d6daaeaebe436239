"""Who is who among the persons that reports name: private or public, one person or two, and the label of each.

Invariant: a full name is one person in a whole edition; one word is who bears it in the report, or in reports of the
same event. What could be a private person's name is private.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.publish.naming import TITLES, Form, FormIndex, Word, cut_words, forms_of, name_words, widen, word_set
from variorum.publish.profile import NamedPerson, Redaction

ANYONE = "[person]"
CONTACT = "[contact]"
MOST = 3  # persons that one label names
DISTINCT = 4  # letters of a family name that is replaced also in reports that never give it in full
OFFICES = word_set(
    "minister president governor mayor general colonel ambassador premier senator gen gov sen admiral commander "
    "spokesman spokeswoman director"
)
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)

Key = frozenset[str]
_LOCATED = re.compile(r"\b(?:in|at|near|around|outside|into) (?:the )?$", re.I)
# What follows a name that opens a sentence, and no other word: "Short, of", "Rose's", "Rose said".
_ACTS = re.compile(r"[,’'(]| (?:said|says|was|is|had|has|told|died|who|and his|and her|[a-z]+ed)\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a text to be replaced, and by what."""

    start: int
    end: int
    persons: tuple[Key, ...]  # whose name it may be
    mixed: bool = False  # or that of a public person
    contact: bool = False  # no name, but a way to reach somebody


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is named in some reports of one event, as far as a word of a name alone can mean them."""

    private: Mapping[str, tuple[Key, ...]]  # word of a name -> private persons who bear it
    public: frozenset[str]  # words of public persons' names
    spared: frozenset[tuple[str, ...]]  # public persons' names in full
    forms: FormIndex  # of public persons
    others: frozenset[str]  # words that are places here, if also of a name
    towns: frozenset[str]  # words that are places here, at least once
    ids: frozenset[str]  # the reports


class Roster:
    """The persons of an edition. Numbers are given in the order in which labels are asked for."""

    def __init__(
        self,
        redaction: Redaction,
        near: Mapping[str, frozenset[str]],
        *,
        lower: frozenset[str],
        is_place: Callable[[str], bool],
    ) -> None:
        """Tell persons apart, in the order of `near`: article ids with those of the same events.

        `lower` are words of the language, which open a sentence with a capital too.
        """
        self._redaction = redaction
        self._order = list(near)
        self._near = near
        self._lower = lower
        self._numbers: dict[Key, int] = {}
        self._scenes: dict[frozenset[str], Scene] = {}
        self._one: dict[Key, Key] = {}  # a name -> the fullest name of the same person
        self._in: dict[str, dict[Key, None]] = {}  # article id -> names of several words
        self._written: dict[Key, set[tuple[str, ...]]] = {}
        self._office: dict[Key, set[str]] = {}  # a name -> articles that give it an office
        self._told: dict[Key, set[str]] = {}  # a name -> articles that tell of a private person
        self._always = {frozenset(name_words(name)) for name in redaction.private}
        self._never = {frozenset(name_words(name)) for name in redaction.public} - self._always
        # A place is spared where it bears a private name; of a body, or of what may be a place, the name goes.
        cut = {
            id: [name_words(name) for name in names.others if is_place(name)] for id, names in redaction.names.items()
        }
        self._towns = {id: frozenset(words[0] for words in names if len(words) == 1) for id, names in cut.items()}
        self._others = {id: self._mostly_place(id, names) for id, names in cut.items()}
        self._phrases = {words for names in cut.values() for words in names if len(words) > 1}
        self._sighted = frozenset(
            word.key for names in redaction.names.values() for name in names.others for word in cut_words(name)
        )
        self._meet()
        self._join()
        self._meet_single()
        self._index()

    def _mostly_place(self, id: str, places: Sequence[tuple[str, ...]]) -> frozenset[str]:
        """Give the words that an article has as a place at least as often as in a person's name."""
        places_of = Counter(words[0] for words in places if len(words) == 1)
        persons_of = Counter(word for one in self._names(id) for word in name_words(one.words))
        return frozenset(word for word, count in places_of.items() if count >= persons_of[word])

    # ---------------------------------------------------------------- who is who
    def _meet(self) -> None:
        for id in self._order:
            for one in self._names(id):
                words = name_words(one.words)
                if len(words) > 1:
                    self._note(frozenset(words), words, id, one)
        for name in (*self._redaction.private, *self._redaction.public):
            words = name_words(name)
            if words:
                self._written.setdefault(frozenset(words), set()).add(words)

    def _note(self, key: Key, words: tuple[str, ...], id: str, one: NamedPerson) -> None:
        self._in.setdefault(id, {})[key] = None
        self._written.setdefault(key, set()).add(words)
        if one.public:
            self._office.setdefault(key, set()).add(id)
        elif one.private:
            self._told.setdefault(key, set()).add(id)

    def _join(self) -> None:
        """Make a shorter name the person of the one fuller name that reports of the same event have for it."""
        for id in self._order:
            around = {key for other in self._near.get(id, {id}) for key in self._in.get(other, ())}
            for key in self._in.get(id, ()):
                fuller = [other for other in around if key < other]
                top = [other for other in fuller if not any(other < more for more in fuller)]
                if len(top) == 1:
                    self._one[key] = top[0]

    def _meet_single(self) -> None:
        """Give an office told with one word, "Minister Tell", to the person; a word that nobody bears is a person."""
        for id in self._order:
            for one in self._names(id):
                words = name_words(one.words)
                if len(words) != 1:
                    continue
                bearers = self._bearers(words[0], id)
                if len(bearers) == 1 and one.public:
                    self._office.setdefault(bearers[0], set()).add(id)
                elif not bearers and (one.sure or words[0] not in self._sighted):
                    self._note(frozenset(words), words, id, one)

    def _bearers(self, word: str, id: str) -> list[Key]:
        """Give the persons of several names whom one word means: of the report, else of those of the same event."""
        for ids in ((id,), sorted(self._near.get(id, ()))):
            found = {
                self.person(key): None for one in ids for key in self._in.get(one, ()) if word in key and len(key) > 1
            }
            if found:
                return list(found)
        return []

    def person(self, key: Key) -> Key:
        """Give the fullest name of the same person."""
        seen = {key}
        while (fuller := self._one.get(key)) is not None and fuller not in seen:
            key = fuller
            seen.add(key)
        return key

    def is_public(self, key: Key, ids: Iterable[str]) -> bool:
        """Tell whether a name is a public person's in some reports: in doubt it is not."""
        person = self.person(key)
        names = {key, person}
        if names & self._always:
            return False
        if names & self._never:
            return True
        office = self._offices.get(person)
        if not office:
            return False
        near = self._around(ids)
        return bool(office & near) or not self._tellings.get(person, set()) & near

    def _around(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(other for id in ids for other in self._near.get(id, (id,)))

    def hides(self, key: Key, scene: Scene) -> bool:
        """Tell whether a name is to be replaced in the words of some reports."""
        return not self.is_public(key, scene.ids)

    def _index(self) -> None:
        self._offices = self._by_person(self._office)
        self._tellings = self._by_person(self._told)
        forms: list[Form] = []
        self._people: list[Key] = list(dict.fromkeys(self._written))
        for number, key in enumerate(self._people):
            for words in self._written[key]:
                # "Santa Cruz" stays a town beside Ana Santa Cruz
                short = {form for form in forms_of(words) if len(form) == len(words) or form not in self._phrases}
                forms += [Form(form, number) for form in short | {words} if len(words) > 1]
        self._forms = FormIndex(forms)
        self._families: dict[str, dict[Key, None]] = {}
        known = {word for key in self._office for word in key} | {word for key in self._never for word in key}
        for key in self._people:
            for words in self._written[key]:
                last = words[-1]
                plain = last in self._lower or last in self._sighted or last in known
                if key in self._always or (len(last) >= DISTINCT and not plain):
                    self._families.setdefault(last, {})[self.person(key)] = None

    def _by_person(self, articles: Mapping[Key, set[str]]) -> dict[Key, set[str]]:
        found: dict[Key, set[str]] = {}
        for key, ids in articles.items():
            found.setdefault(self.person(key), set()).update(ids)
        return found

    def scene(self, ids: Iterable[str]) -> Scene:
        """Give who is named in some reports and in those of the same events."""
        asked = frozenset(ids)
        if asked not in self._scenes:
            self._scenes[asked] = self._make_scene(asked)
        return self._scenes[asked]

    def _make_scene(self, asked: frozenset[str]) -> Scene:
        near = self._around(asked)
        named = dict.fromkeys(key for id in sorted(near) for key in self._in.get(id, ()))
        public = [key for key in named if self.is_public(key, asked)] + sorted(self._never, key=sorted)
        private: dict[str, dict[Key, None]] = {}
        for key in named:
            if key not in public:
                for word in key:
                    private.setdefault(word, {})[self.person(key)] = None
        spared = {words for key in public for words in self._written.get(key, ())}
        forms = [Form(form, 0) for words in spared for form in forms_of(words) | {words} if len(form) > 1]
        forms += [Form(form, 0) for form in self._phrases]
        return Scene(
            {word: tuple(keys) for word, keys in private.items()},
            frozenset(word for key in public for word in key),
            frozenset(spared),
            FormIndex(forms),
            frozenset(word for id in near for word in self._others.get(id, ())),
            frozenset(word for id in near for word in self._towns.get(id, ())),
            asked,
        )

    # ---------------------------------------------------------------- where they stand
    def spots(self, id: str) -> list[Spot]:
        """Give where an article names private persons, as it was read."""
        found = []
        scene = self.scene([id])
        for one in self._names(id):
            words = name_words(one.words)
            if one.start < 0 or not words:
                continue
            if len(words) > 1:
                if self.hides(frozenset(words), scene):
                    found.append(Spot(one.start, one.end, (self.person(frozenset(words)),)))
                continue
            bearers = self._bearers(words[0], id) or [key for key in (frozenset(words),) if key in self._in.get(id, ())]
            hidden = [key for key in bearers if not self.is_public(key, [id])]
            if hidden and not one.public:
                found.append(Spot(one.start, one.end, tuple(hidden), len(hidden) < len(bearers)))
        return found

    def find(self, text: str, scene: Scene, *, whole: bool = False) -> list[Spot]:
        """Give where a text names private persons; `whole`: the text is a name and nothing else."""
        words = cut_words(text)
        found: list[Spot] = []
        index = 0
        while index < len(words):
            spot, index = self._spot(words, index, text, scene, whole)
            if spot is not None:
                found.append(spot)
        return found

    def _spot(self, words: Sequence[Word], index: int, text: str, scene: Scene, whole: bool) -> tuple[Spot | None, int]:
        hits = [
            (form, after)
            for form, after in self._forms.at(words, index, text)
            if self.hides(self._people[form.person], scene)
        ]
        spared = scene.forms.at(words, index, text)
        reach = max((after for _, after in hits), default=index)
        kept = max((after for _, after in spared), default=index)
        if kept > index and (kept > reach or any(form.keys in scene.spared for form, after in spared if after == kept)):
            return None, kept
        if hits:
            persons = dict.fromkeys(self.person(self._people[form.person]) for form, after in hits if after == reach)
            return Spot(widen(words, index, text), words[reach - 1].end, tuple(persons), kept == reach), reach
        return self._single(words, index, text, scene, whole), index + 1

    def _single(self, words: Sequence[Word], index: int, text: str, scene: Scene, whole: bool) -> Spot | None:
        word = words[index]
        if not (word.capital or whole) or len(word.key) < 2:
            return None
        whole = whole and len(words) == 1
        many = word.key[:-1] if word.key.endswith("s") and len(word.key) > DISTINCT else ""
        bearers = scene.private.get(word.key) or scene.private.get(many, ())
        if not bearers:
            free = word.key not in scene.public and word.key not in scene.others
            bearers = tuple(self._families.get(word.key) or self._families.get(many) or ()) if free else ()
            bearers = tuple(key for key in bearers if self.hides(key, scene))
        always = any(frozenset({key}) in self._always for key in (word.key, many))
        if not bearers and not always:
            return None
        if not whole and not always and word.key in scene.others:
            return None
        if not whole and word.key in scene.towns and _LOCATED.search(text, max(0, word.start - 12), word.start):
            return None
        if not whole and not always and word.first and word.key in self._lower and not _ACTS.match(text, word.end):
            return None
        before = words[index - 1] if index and text[words[index - 1].end : word.start] in {" ", ". ", "-"} else None
        if before is not None and before.key in OFFICES and word.key in scene.public:
            return None
        start = widen(words, index, text)
        if (
            before is not None
            and before.capital
            and not before.first
            and start == word.start
            and _is_new(before.key, scene)
        ):
            return Spot(before.start, word.end, ())  # somebody else of the name, whom no report brings in otherwise
        return Spot(start, word.end, bearers, word.key in scene.public)

    def holds_name(self, address: str, scene: Scene) -> bool:
        """Tell whether an address or file name spells a private person's name."""
        words = cut_words(address)
        if any(spot for spot in self.find(address, scene)):
            return True
        own = {word for word in scene.private if len(word) >= DISTINCT and word not in scene.others}
        for word in words:  # "jontestley2021"
            inside = [name for name in own if name in word.key]
            if any(
                set(scene.private[name]) & set(scene.private[other])
                for name in inside
                for other in inside
                if name != other
            ):
                return True
        return any(
            word.key in own or (word.key in self._families and word.key not in scene.public | scene.others)
            for word in words
        )

    def label(self, spot: Spot) -> str:
        """Give the neutral label of whom a spot names."""
        if spot.contact:
            return CONTACT
        if spot.mixed or not spot.persons or len(spot.persons) > MOST:
            return ANYONE
        numbers = sorted(self._numbers.setdefault(key, len(self._numbers) + 1) for key in spot.persons)
        *others, last = [str(number) for number in numbers]
        return f"[person {', '.join(others)} or {last}]" if others else f"[person {last}]"

    @property
    def labelled(self) -> int:
        """How many persons have a number."""
        return len(self._numbers)

    def _names(self, id: str) -> tuple[NamedPerson, ...]:
        names = self._redaction.names.get(id)
        return names.persons if names is not None else ()


def _is_new(key: str, scene: Scene) -> bool:
    """Tell whether a capitalised word before a family name is a name that no report brings in."""
    return not (key in TITLES or key in OFFICES or key in _DAYS or key in scene.others or key in scene.private)
