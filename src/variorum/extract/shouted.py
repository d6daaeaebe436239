"""Personal names where capitals tell nothing: lines all in capitals, and the words of an address.

Invariant: only names of several words; what is found has no place in a text, since its case was guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from variorum.extract.individuals import Individual, find_individuals
from variorum.extract.offices import PERSONAL
from variorum.extract.peoplewords import words
from variorum.values.caseless import make_regex

LEAST_WORDS = 3  # of a line: two may be a dateline
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PERSONAL = make_regex(PERSONAL, re.I)
# Of headlines, beside the words that stand without a capital in some report.
_HEADLINE = words(
    "a an the and or but of for in on at by with from to after as over amid near who was were is are be been has have "
    "had his her their its killed kills kill dead dies died death deaths wounded injured hurt shot shoots hit says "
    "hits said tells told found finds named names held arrested arrests "
    "attack attacks attacked bomb bombing bombed blast "
    "strike strikes raid raids fire clashes clash protest protests rally market school hospital mosque church village "
    "town city street others other two three four five six seven eight nine ten dozens hundreds least more than family "
    "mourns mourned buried funeral murder murdered missing freed trial court police army soldiers rebels gunmen "
    "militia photo photos image video file exclusive breaking live update updated news story report html htm php "
    "index com org net www http https amp en article articles world local"
)


def find_shouted(lines: Iterable[str], lower: Iterable[str], *, tagger: bool = True) -> list[Individual]:
    """Give the names of several words in lines without case; `lower` are words that stand in small letters elsewhere.

    Raises VariorumError when the weights of the tagger cannot be loaded.
    """
    plain = _HEADLINE | {word.casefold() for word in lower}
    found = []
    for line in lines:
        if len(_WORD.findall(line)) < LEAST_WORDS:
            continue
        cased = _WORD.sub(lambda match: _case(match.group(), plain), line)
        individuals = find_individuals(cased, tagger=tagger)
        found += [one for one in individuals.persons if " " in one.words and one.sure and not one.placed]
    return found


def find_lines(title: str, text: str) -> list[str]:
    """Give the title of a report and its lines that are all in capitals."""
    return list(dict.fromkeys([title, *(line for line in text.splitlines() if line.isupper())]))


def _case(word: str, plain: frozenset[str] | set[str]) -> str:
    low = word.lower()
    return low if low in plain or _PERSONAL.fullmatch(low) else low[:1].upper() + low[1:]
