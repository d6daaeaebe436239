"""Person or place: what several reports make of one name, for names that no table holds.

Invariant: what stands once where only a person can stand is dropped only where it stands as something else more often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from variorum.extract.individuals import Individual, Individuals
from variorum.values.gazetteer import Gazetteer

TOLD = 3  # sightings that one in the grammar of a person counts for: a speaker is hardly ever a town


def settle_individuals(
    found: Mapping[str, Individuals], places: Iterable[str], gazetteer: Gazetteer
) -> dict[str, Individuals]:
    """Give the individuals of many texts without what the texts together take for a place, a body or a thing.

    `places` are words that claims give as places, one for each claim.
    """
    persons: Counter[str] = Counter()
    others: Counter[str] = Counter(_plain(words) for words in places)
    for individuals in found.values():
        others.update(_plain(words) for words in individuals.others)
        for one in individuals.persons:
            if one.placed:
                others[_plain(one.words)] += 1
            else:
                persons[_plain(one.words)] += TOLD if one.told else 1

    def is_person(one: Individual, individuals: Individuals) -> bool:
        key = _plain(one.words)
        if not one.sure and not one.told and key in individuals.lower:
            return False  # "Employees", "Land" at the beginning of a sentence
        if others[key] == persons[key]:
            return not any(match.exact for match in gazetteer.matches(one.words))
        return persons[key] > others[key]

    settled = {}
    for id, individuals in found.items():
        kept = [one for one in individuals.persons if one.sure and is_person(one, individuals)]
        borne = {word for one in kept for word in _plain(one.words).split(" ")}
        kept += [
            one
            for one in individuals.persons
            if not one.sure and (_plain(one.words) in borne or is_person(one, individuals))
        ]
        settled[id] = replace(individuals, persons=tuple(sorted(kept, key=lambda one: one.start)))
    return settled


def _plain(words: str) -> str:
    return re.sub(r"[^\w]+", " ", words).strip().casefold()
