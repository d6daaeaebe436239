"""The signs around a name that say whether and what kind of place it is. Which entry is meant is decided elsewhere.

Invariant: every answer depends on the tokens, the word lists and the article's context alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from variorum.values.gazetteer import Entry, Gazetteer
from variorum.values.placecensus import Census
from variorum.values.placetext import Cues, Token, is_arabic, load_cues, split_tokens

STOPS = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "in",
        "on",
        "at",
        "by",
        "for",
        "to",
        "from",
        "with",
        "as",
        "is",
        "was",
        "were",
        "are",
        "has",
        "have",
        "had",
        "will",
        "would",
        "that",
        "which",
        "who",
        "but",
        "after",
        "before",
        "said",
    ]
)
KINDS_OF_FACILITY = frozenset(
    ["international", "military", "central", "national", "air", "civil", "general", "refugee"]
)

_BEARING = r"(?:(?:[NSEW]|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\.? )?"
_STREET_BEFORE = re.compile(
    rf"\bblocks? of {_BEARING}$"
    rf"|\b(?:intersection|corner) of {_BEARING}(?:[A-Z0-9][\w.’'-]+ (?:[A-Z][\w.’'-]+ )?(?:and|&) )?{_BEARING}$"
)
_CROSSING_BEFORE = re.compile(rf"\bon {_BEARING}(?:[A-Z0-9][\w.’'-]+ ){{1,2}}(?:at|near|and) {_BEARING}$")


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What the whole article says about where it plays."""

    countries: Mapping[str, float] = field(default_factory=dict)  # ISO country -> weight 0..1
    resolved: Mapping[str, str] = field(default_factory=dict)  # exact key of a spelling -> entry id
    points: tuple[tuple[float, float], ...] = ()  # of the places named so far
    provinces: frozenset[str] = frozenset()  # ids of admin-1 entries named
    persons: frozenset[str] = frozenset()  # words that are part of a person's name in this article
    words: frozenset[str] = frozenset()  # words the article also writes in lower case
    headline: bool = False  # the text is written in title case, where capitals say nothing
    home: Entry | None = None  # the town that its outlet reports from
    parts: frozenset[str] = frozenset()  # exact keys of names that it calls parts of that town
    census: Census = field(default_factory=Census)  # where the bearers of its names lie together


@lru_cache(maxsize=16)
def _with_apostrophes(text: str, book: Gazetteer) -> tuple[Token, ...]:
    """Give the tokens; "Syrias" is read as "Syria's" in a text that has lost its apostrophes, large places only."""
    tokens = list(split_tokens(text))
    never = load_cues().words["never"]
    for index, token in enumerate(tokens):
        if not (token.capital and token.text[-1] == "s" and len(token.text) > 4 and token.text.isalpha()):
            continue
        if book.is_word(token.text) or book.is_surname(token.text) or token.low in never:
            continue
        bare = token.text[:-1]
        large = any(m.exact and m.entry.population > 100_000 for m in book.matches(bare))
        if large and not any(m.exact for m in book.matches(token.text)):
            tokens[index] = token._replace(end=token.end - 1, text=bare, low=bare.lower(), possessive=True)
            if index + 1 < len(tokens):
                tokens[index + 1] = tokens[index + 1]._replace(joined=False)
    return tuple(tokens)


@lru_cache(maxsize=16)  # an article is read several times over
def _is_title_case(text: str, book: Gazetteer) -> bool:
    long = [t for t in _with_apostrophes(text, book) if len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) > 3 and sum(t.capital for t in long) > 0.7 * len(long)


class Signs:
    """The tokens of one text with the questions asked about a span of them: [first, last)."""

    def __init__(self, text: str, gazetteer: Gazetteer, context: PlaceContext) -> None:
        """Split the text into tokens."""
        self.book = gazetteer
        self.context = context
        self.cues: Cues = load_cues()
        self.words = self.cues.words
        self.text = text
        self.tokens = _with_apostrophes(text, gazetteer)
        self.title_case = context.headline or _is_title_case(text, gazetteer)

    def kind(self, first: int, last: int) -> str:
        """Give what the words beside a name ask for: "admin1", "city", "river" or ""."""
        before = self.low(first - 2) if self.low(first - 1) == "of" else self.low(first - 1)
        after = self.low(last) if last < len(self.tokens) and self.tokens[last].joined else ""
        inner = self.low(last - 1) if last - first > 1 else ""
        if after in self.words["province"] or before in self.words["province"]:
            return "admin1"
        if inner in ("province", "governorate", "oblast"):
            return "admin1"
        if self.low(last + 1) in self.words["province"] and self.tokens[last : last + 1] and after in ("and", "or"):
            return ""
        if after in self.words["water_after"]:
            return "river"
        if after in self.words["settlement"] or before in self.words["settlement_before"]:
            return "city"
        if is_arabic(self.tokens[first].text):
            arabic = self.cues.arabic
            before = before[1:] if before[:1] in ("و", "ب", "ل") and len(before) > 3 else before
            return "admin1" if before in arabic["province"] else "city" if before in arabic["settlement"] else ""
        return ""

    def is_near(self, first: int, last: int) -> bool:
        """Tell whether the words say "near", "suburbs of", "outskirts"."""
        words = [self.low(i) for i in range(max(0, first - 4), first)]
        while (words and words[-1] in ("the", "of", "to")) or (
            words and words[-1] in self.words["settlement_before"] and len(words) > 1
        ):
            words.pop()
        if words and words[-1] in self.words["near_before"]:
            return True
        if len(words) > 1 and words[-2:] in (["close"], ["not", "far"]):
            return True
        after = self.low(last + 1) if self.low(last) == "city" else self.low(last)
        return after in self.words["near_after"]

    def metonym(self, first: int, last: int, entry: Entry) -> bool:
        """Tell whether a name stands for people: "Ankara said", "Ankara's proposal", "the Springfield Police"."""
        after_name = self.tokens[last] if last < len(self.tokens) and self.tokens[last].joined else None
        if after_name is not None and after_name.capital and after_name.low in self.words["civic"]:
            return True
        if entry.feature != "country" and entry.id not in self.book.capitals:
            return False
        after = self.low(last)
        if self.tokens[last - 1].possessive:
            following = self.tokens[last] if last < len(self.tokens) else None
            if following is None or after in self.words["owned_place"] or "-" in after:
                return False
            return not (following.capital and self.book.matches(following.text))
        if after in self.words["says"] or after in self.words["polity"]:
            return True
        before = self.low(first - 3) if self.low(first - 1) == "and" else self.low(first - 1)
        if entry.feature == "country" and before == "with":
            return False  # the border with Syria
        return before in self.words["before_metonym"]

    def doubt(self, token: Token, entry: Entry) -> float:
        """Give what speaks against a single word: it is also a word, a given name or a surname."""
        doubt = 0.0
        if token.low in self.context.persons and entry.feature not in ("country", "admin1"):
            doubt += 4.0
        if entry.feature == "country":
            return doubt
        if self.book.is_word(token.text):
            doubt += 3.0 if token.initial or self.title_case else 2.0
        if token.low in self.context.words:
            doubt += 1.0
        big = entry.population > 400_000
        if self.book.is_given_name(token.text):
            doubt += 0.5 if big else 2.0
        elif self.book.is_surname(token.text):
            doubt += 0.0 if big else 1.5
        if token.initial:
            doubt += 0.5
        if len(token.text) < 4:
            doubt += 1.0
        return doubt

    def cue(self, first: int, last: int, previous: int | None) -> float:
        """Give the weight of the words beside a name: in X, of X, X and Y; `previous` ends the place before."""
        back = first - 1
        word = self.low(back)
        if word == "the":
            back -= 1
            word = self.low(back)
        if word in self.words["near_before"]:
            return 2.5
        if word in self.words["before"] or word in self.cues.arabic["before"]:
            return 1.5
        token = self.tokens[back] if back >= 0 else None
        if token is not None and bearing_word(token.low):
            return 1.5
        if word == "of" and (self.low(back - 1) in self.words["near_before"] or bearing_word(self.low(back - 1))):
            return 3.0
        if previous is not None and word in (",", "and", "or") and previous >= back - 1:
            return 1.5
        if word == "of" and self.low(back - 1) == ",":  # Smith, 28, of Springfield
            return 2.5 if self.low(back - 2).isdigit() else 1.5
        if self.low(last) in self.words["people"]:
            return 1.0
        return 0.5 if word in self.words["before_weak"] else 0.0

    def is_code(self, first: int, entry: Entry) -> bool:
        """Tell whether a word in capitals is a body or an adjective here: "US warplanes", "UK ministers", "UNSC"."""
        token, last = self.tokens[first], first + 1
        if not (token.text.isupper() and 1 < len(token.text.replace(".", "")) < 6) or self.dateline(first, last):
            return False
        before = self.low(first - 1)
        if entry.feature != "country":
            return True
        if self.modifies(last):
            return before != "the" or self.low(first - 2) not in self.words["before"]
        return before not in ("the", ",", "and") and before not in self.words["before"]

    def call_place(self, first: int, last: int) -> bool:
        """Tell whether the words beside a name say that it is a place: in X, the town of X, X province."""
        if self.tokens[first].initial:
            return False
        return self.cue(first, last, None) >= 1.5 or bool(self.kind(first, last))

    def dateline(self, first: int, last: int) -> bool:
        """Tell whether a name in capitals opens the text or a line, as in "ALEPPO, March 3 (Agency) -"."""
        token = self.tokens[first]
        if not token.initial or not token.text.isupper() or len(token.text) < 4 or self.title_case:
            return False
        return self.low(last) in (",", "(", "-", "–", "—", "/")

    def neighbours(self, first: int, last: int, entry: Entry) -> bool:
        """Tell whether capitalised words beside a name make it part of a person, a body or a street."""
        tokens, words = self.tokens, self.words
        after = tokens[last] if last < len(tokens) and tokens[last].joined else None
        if after is not None and after.capital and not self.title_case:
            low = after.low
            known = (
                low in words["facility"]
                or low in words["province"]
                or low in words["water_after"]
                or low in words["settlement"]
            )
            known = known or self._is_area(after.text)
            calendar = low in words["never"] and low not in words["body"]
            beyond = tokens[last + 1].low if last + 1 < len(tokens) and tokens[last + 1].joined else ""
            if low in KINDS_OF_FACILITY and (beyond in words["facility"] or self.low(last + 2) in words["facility"]):
                return False
            if low in words["civic"]:
                return False
            if low in words["body"] and not (low in words["facility"] and entry.feature == "city"):
                return True
            if not known and not calendar and low not in self.cues.demonyms and not after.initial:
                return True
        elif after is not None and after.text in ("bin", "ibn", "al"):
            return True
        if (
            self.low(last) == "-"
            and last + 1 < len(tokens)
            and tokens[last + 1].start == tokens[last].end
            and tokens[last].start == tokens[last - 1].end
        ):
            return tokens[last + 1].text[0].isdigit()
        if first == 0 or not tokens[first].joined:
            return False
        before = tokens[first - 1]
        if before.low in words["titles"] and (before.capital or before.low in ("bin", "ibn", "abu", "umm")):
            return not self.title_case or before.low not in ("general", "major", "private", "chief", "director")
        if not before.capital or self.title_case:
            return False
        low = before.low
        if before.initial and (self.book.is_word(before.text) or low in words["never"] or low in words["before"]):
            return (
                self.book.is_given_name(before.text)
                and low not in words["never"]
                and not self.book.is_word(before.text)
            )
        if low in self.cues.demonyms or bearing_word(low) or low in words["province"] or low in words["settlement"]:
            return False
        if low in words["never"] and low not in ("police", "state", "army", "party", "front", "court"):
            return False
        return low not in words["part_of_name"]

    def modifies(self, last: int) -> bool:
        """Tell whether a noun follows that the name belongs to: the Jenin refugee camp."""
        if last >= len(self.tokens):
            return False
        after = self.tokens[last]
        return after.joined and after.text[0].isalpha() and after.low not in STOPS

    def runs_on(self, last: int) -> bool:
        """Tell whether a name goes on after the span: the village of Xyz Abc."""
        if last >= len(self.tokens) or not (self.tokens[last].capital and self.tokens[last].joined):
            return False
        low = self.low(last)
        known = ("province", "settlement", "facility", "water_after", "never")
        if low in self.cues.demonyms or any(low in self.words[key] for key in known):
            return False
        return not self._is_area(self.tokens[last].text)  # "the city of Tabqa Syria": a comma got lost

    def _is_area(self, name: str) -> bool:
        """Tell whether a word names a country, or a province of one of the article's countries."""
        return any(
            m.exact
            and (
                (m.entry.feature == "country" and m.own)
                or (m.entry.feature == "admin1" and self.context.countries.get(m.entry.country, 0.0) >= 0.5)
            )
            for m in self.book.matches(name)
        )

    def in_town(self, first: int, last: int) -> bool:
        """Tell whether the words beside a name make it part of a town."""
        after = self.low(last) if last < len(self.tokens) and self.tokens[last].joined else ""
        if after in self.words["quarter"]:
            return True
        if self.low(first - 1) != "of" or self.low(first - 2) not in self.words["quarter"]:
            return False
        # "The neighbourhood of Salaheddin", but: the Salaheddin neighbourhood of Aleppo
        return first < 3 or not (self.tokens[first - 3].capital and self.tokens[first - 3].joined)

    def on_street(self, first: int, *, strange: bool) -> bool:
        """Tell whether the words before a name make it a street: the 1300 block of North Erie.

        "On Laguna near Page" is one where no such place is expected (`strange`).
        """
        before = self.text[max(0, self.tokens[first].start - 60) : self.tokens[first].start]
        return bool(_STREET_BEFORE.search(before) or (strange and _CROSSING_BEFORE.search(before)))

    def low(self, index: int) -> str:
        """Give a token in lower case, "" beyond the ends."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def in_body(self, first: int) -> bool:
        """Tell whether a name closes that of a body: Islamic State of Iraq and the Levant."""
        at = first - 1
        while at > 0 and first - at < 8 and (self.low(at) in ("and", "the", ",") or self.tokens[at].capital):
            at -= 1
        before = self.tokens[at - 1] if at > 0 else None
        if self.low(at) not in ("of", "in") or before is None or not before.capital or before.initial:
            return False
        if self.low(at) == "in" and before.low != "state":
            return False
        if before.low == "state":  # Islamic State of Iraq; but: the State of Texas
            return before.joined and self.tokens[at - 2].capital
        return before.low in self.words["body"] - self.words["body_of_state"] - self.words["facility"]


def bearing_word(word: str) -> bool:
    """Tell whether a word is a compass direction: north-western, south."""
    bare = word.replace("-", "").removesuffix("ern")
    return bare in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central")
