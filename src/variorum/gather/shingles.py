"""An article as word triples: which are told, which are quoted or attributed, which figures it gives.

Invariant: depends on the article alone and on no seed, so a sketch made today can be compared in a year.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

from variorum.gather.credits import find_credits
from variorum.model import Article

TRIPLE = 3  # words; a rewritten copy keeps 30 to 40 % of its triples and too few of anything longer
ANCHOR = 5  # words; two texts on one event by two writers share few runs of five outside quotations
PERMUTATIONS = 128
SEED = 2_011  # any number; a change makes every stored sketch useless

WORD = re.compile(r"\w+")
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")  # "Syria's" and "Syrias", "don’t" and "don't" are one word
QUOTATION = re.compile(
    r"“[^”\n]{1,1500}”|\"[^\"\n]{1,1500}\"|«[^»\n]{1,1500}»|„[^“”\n]{1,1500}[“”]|(?<!\w)['‘][^'‘’\n]{15,1500}['’](?!\w)"
)
SENTENCE = re.compile(r"[^.!?؟。\n]*(?:[.!?؟。](?=\s|$|[”\"»)])[”\"»)]*|\n|[.!?؟。]|$)")
# A sentence that says who said it. Two writers who use one press release share these sentences, and are no copies.
ATTRIBUTED = re.compile(
    r"\b(?:said|says|told|stated|statement|announced|added|according\s+to|reported|claimed|wrote|tweeted|confirmed"
    r"|spokes(?:man|woman|person)|quoted|citing"
    r"|a\s+(?:déclaré|affirmé|indiqué|annoncé)|selon|dijo|según|informó|afirmó|sagte|erklärte|teilte"
    r"|disse|segundo|ha\s+detto|secondo|söyledi|açıkladı|göre|сообщил\w*|заявил\w*|по\s+словам|повідоми\w*|заяви\w*"
    r"|قال|وقال|قالت|وقالت|أعلن\w*|بحسب|وفقا|گفت|اعلام)\b",
    re.I,
)
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds dozen dozens scores "
    "thousand thousands several"
)
NUMBER_WORDS = frozenset(_NUMBERS.split())
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december am pm gmt"
)
MONTHS = frozenset(_MONTHS.split())
LEAD_WORDS = 90  # where an update puts its new figure: the title and two or three sentences


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one article, as comparisons need them."""

    id: str
    outlet: str
    moment: float | None  # seconds since 1970 of publication, None when undated
    triples: tuple[int, ...]  # in order of the text
    told: frozenset[int]  # triples outside quotations and attributed sentences
    unquoted: frozenset[int]  # triples outside quotations
    distinct: frozenset[int]
    anchors: tuple[int, ...]  # a fixed third of the runs of five words
    figures: frozenset[str]
    lead_figures: frozenset[str]
    credits: frozenset[str]

    @property
    def key(self) -> tuple[float, str]:
        """Give the order of lineages: earliest published first, undated last, then smallest id."""
        return (float("inf") if self.moment is None else self.moment, self.id)


def make_wording(article: Article) -> Wording:
    """Build the wording of an article."""
    text = APOSTROPHE.sub("", article.text)
    quoted = bytearray(len(text) + 1)
    for match in QUOTATION.finditer(text):
        quoted[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    attributed = bytearray(quoted)
    for match in SENTENCE.finditer(text):
        if match.end() > match.start() and ATTRIBUTED.search(match.group()):
            attributed[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    words: list[str] = []
    places: list[int] = []
    for match in WORD.finditer(text):
        words.append(match.group().lower())
        places.append(match.start())
    triples = _runs(words, TRIPLE)
    figures = [_figure(words, place) for place in range(len(words))]
    return Wording(
        article.id,
        article.outlet.strip().lower(),
        _moment(article.published),
        tuple(triples),
        _outside(triples, places, attributed),
        _outside(triples, places, quoted),
        frozenset(triples),
        tuple(sorted({run for run in _runs(words, ANCHOR) if run % 3 == 0})),
        frozenset(filter(None, figures)),
        frozenset(filter(None, figures[:LEAD_WORDS])),
        find_credits(article.text, article.outlet),
    )


def _outside(triples: list[int], places: list[int], marked: bytearray) -> frozenset[int]:
    return frozenset(
        run
        for run, first, second, third in zip(triples, places, places[1:], places[2:])
        if not (marked[first] or marked[second] or marked[third])
    )


def _runs(words: list[str], length: int) -> list[int]:
    return [crc32(" ".join(words[place : place + length]).encode()) for place in range(len(words) - length + 1)]


def _figure(words: list[str], place: int) -> str:
    """Give the figure at a word, "" for none; years, days of a month and times of day are no figures."""
    word = words[place]
    if word in NUMBER_WORDS:
        return word
    if not word.isdecimal() or len(word) > 9 or (len(word) == 4 and word[:2] in ("19", "20")):
        return ""
    around = words[max(0, place - 1) : place + 2]
    return "" if any(near in MONTHS for near in around) else word.lstrip("0")


def _moment(published: str | None) -> float | None:
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()


def sketch(article: Article) -> bytes:
    """Give the MinHash signature of an article's word triples, 512 bytes; equal texts have equal sketches.

    128 permutations by rensa: the share of equal four-byte groups of two sketches estimates the Jaccard likeness.
    """
    from rensa import RMinHash

    minhash = RMinHash(PERMUTATIONS, SEED)
    minhash.update([str(run) for run in sorted(set(make_wording(article).triples))])
    return array("I", minhash.digest()).tobytes()
