"""Tells which phrases can be a source: a body, a state, a person, a pronoun, a word for somebody.

Invariant: nothing here depends on the words around the phrase.
"""

from __future__ import annotations

import re

from variorum.extract.cuewords import cue_words
from variorum.values.caseless import make_regex
from variorum.values.name import find_names, find_states

PRONOUN = re.compile(r"\b(?:he|she|it|they|we|I|who)$", re.I)
RANKS = (
    r"(?:(?:President|Prime Minister|Foreign Minister|Defen[cs]e Minister|Minister|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Adm"
    r"|Dr|Mr|Mrs"
    r"|Ms|Sen|Rep|Gov|Prof|Sheikh|Secretary|Senator|General|Colonel|Major|Captain)\.? )*"
)
WORD = r"(?:\b(?:al|el|bin|ben|ibn|abu|de|der|van|von|da|di)[ -])?(?:[A-Z][\w’'.-]*|[A-Z]\.)"
PERSON = make_regex(rf"{RANKS}(?:{WORD} ){{0,3}}{WORD}$")
# The last word of somebody who can speak though no list holds it: "a fishmonger", "one florist".
AGENT = make_regex(
    r"(?:er|or|ist|ian|man|men|woman|women|person|people|ee|eer|ess|[dtnrg][ae]nts?|ers|ors|ists|ians|kin|ect)$", re.I
)


def can_speak(phrase: str) -> bool:
    """Tell whether a phrase names a body, a state, a person, a listed head or a pronoun: "the blast" does none."""
    if PRONOUN.search(phrase) or find_names(phrase) or find_states(phrase):
        return True
    words = phrase.split(",")[0].split()
    return bool(words) and (
        any(is_source_word(word.strip("’'s,.")) or is_source_word(word) for word in words)
        or (
            PERSON.fullmatch(phrase.split(",")[0].strip()) is not None
            and words[0] not in cue_words("sources", "not_persons")
        )
    )


def tells(phrase: str) -> bool:
    """Tell whether a phrase can count and say: it can speak, or its first part ends in a word for somebody."""
    head = re.split(r",| who\b| whose\b| that\b| (?:of|at|in|from|for|on|with) ", phrase, maxsplit=1)[0].strip()
    return can_speak(phrase) or (bool(head) and AGENT.search(head.split()[-1]) is not None)


def is_source_word(word: str) -> bool:
    """Tell whether a word heads a source without a name ("residents")."""
    return word.lower() in cue_words("sources", "heads")
