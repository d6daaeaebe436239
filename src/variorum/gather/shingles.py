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
from variorum.values.teasers import without_teasers

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
# What a page says of itself where the report is behind a wall or its text was not found: forms to sign in, terms,
# cookies, scripts. The same on every page of a house, and in every house of a group.
_FORM = re.compile(
    r"\bsign[ -](?:in|up)\b|\bsigned in (?:as|using|with)\b|\blog(?:ged)?[ -]?in\b|\blog[ -]?out\b|\bpasswords?\b"
    r"|already have an account"
    r"|\byour \w* ?(?:account|profile|inbox|browser)\b|terms (?:of|and) (?:service|use|conditions)"
    r"|privacy (?:policy|notice)|(?:confirmation|verification) e-?mail|e-?mail address"
    r"|registration (?:information|form)"
    r"|\bwelcome back\b|\bcookies?\b|\bjavascript\b|\bad ?blocker|\b(?:un)?subscri(?:be|bers?|ption)\b"
    r"|\bnewsletters?\b|\{\*|why are we asking|all rights reserved|captcha|you are (?:a human|not a robot)"
    r"|page (?:not found|you requested)",
    re.I,
)
FORM_LENGTH = 300  # characters; a longer sentence is the report's own, about passwords or cookies
NUMBER_WORDS = frozenset(_NUMBERS.split())
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december am pm gmt"
)
MONTHS = frozenset(_MONTHS.split())
STEM = 5  # letters by which "shooting" and "shot" are two words, "police" and "policemen" one
TITLE_LENGTH = 150  # characters of a first line that can be a title
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
    title: frozenset[str]  # words of the title, or of the first line where none is given
    on_topic: bool  # whether the text speaks of what the title does; else it is what surrounds the report

    @property
    def key(self) -> tuple[float, str]:
        """Give the order of lineages: earliest published first, undated last, then smallest id."""
        return (float("inf") if self.moment is None else self.moment, self.id)


def make_wording(article: Article) -> Wording:
    """Build the wording of an article."""
    text = without_forms(without_teasers(APOSTROPHE.sub("", article.text)))
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
        frozenset(WORD.findall((article.title or text.lstrip().split("\n", 1)[0][:TITLE_LENGTH]).lower())),
        _is_on_topic(article.title, words),
    )


def _is_on_topic(title: str, words: list[str]) -> bool:
    """Tell whether the text after its title takes up a third of the title's long words, by their stems."""
    stems = {word[:STEM] for word in WORD.findall(title.lower()) if len(word) >= STEM - 1}
    own = len(WORD.findall(title))
    # The title leads the text.
    body = {word[:STEM] for word in words[own:]}
    return len(stems) < 3 or 3 * len(stems & body) >= len(stems)


def without_forms(text: str) -> str:
    """Give a text, spans kept, with blanks for what a page says of signing in, its terms and its cookies."""
    parts = list(text)
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        if start < end <= start + FORM_LENGTH and _FORM.search(text, start, end):
            parts[start:end] = [sign if sign.isspace() else " " for sign in text[start:end]]
    return "".join(parts)


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
