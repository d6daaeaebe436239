"""The patterns by which the name of a body is read at one word of a text: listed, "X defence ministry", "X-led".

Invariant: where several patterns fit, the longest name stands, a listed one before a pattern of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from variorum.values.nametable import (
    State,
    Token,
    aliases,
    heads,
    joined,
    leading_nouns,
    load_names,
    openers,
    peoples,
    phrases,
    states,
    tokenize,
    word_set,
)

Hit = tuple[int, str, str, str]  # tokens used, canonical name, kind, state
ADJECTIVE_END = re.compile(r"[A-Z][a-z]{2,}(?:ian|ean|ese|ish|ani|eni|istani|dani)$")
# "US-led and Russian strikes": the coalition is meant though its noun is left out.
BARE_LED = re.compile(
    r"-led (?:and [A-Z][\w-]+ )?(?:air ?)?(?:strikes?|raids?|airstrikes?|bombing|bombardment|bombs|warplanes|jets"
    r"|campaign|operations?|airplanes|aircraft|planes|sorties)\b"
)


def name_at(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    """Give the longest name that begins at tokens[index]."""
    if tokens[index].raw[0].islower() and tokens[index].key not in _lower_openers():
        return None  # nine words of ten
    hits = [
        hit
        for hit in (
            _alias(tokens, index, text),
            _of_state(tokens, index, text),
            _ministry_of(tokens, index, text),
            _titled(tokens, index, text),
            _opened(tokens, index, text),
            _body_of(tokens, index, text),
        )
        if hit is not None
    ]
    # max keeps the first of equals: a listed name before a pattern
    return max(hits, key=lambda hit: hit[0], default=None)


@cache
def _lower_openers() -> frozenset[str]:
    """Give the words that may open a name without a capital."""
    return frozenset({*aliases(), *openers("ministries"), *openers("bodies"), "ministry", "pro"})


@cache
def _most_words() -> Mapping[str, int]:
    """Give the number of words of the longest state by its first word."""
    found: dict[str, int] = {}
    for words in states():
        found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


def _alias(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    for alias in aliases().get(tokens[index].key, ()):
        if alias.matches(tokens, index, text):
            if alias.name == "Wagner Group" and len(alias.tokens) == 1 and _follows_name(tokens, index, text):
                return None
            return len(alias.tokens), alias.name, alias.kind, ""
    raw = tokens[index].raw
    if len(raw) > 3 and raw[-1] == "s" and raw[:-1].isupper():  # "ISILs": a genitive that lost its apostrophe
        for alias in aliases().get(tokens[index].key[:-1], ()):
            if len(alias.tokens) == 1 and alias.tokens[0].raw == raw[:-1]:
                return 1, alias.name, alias.kind, ""
    return None


def _follows_name(tokens: Sequence[Token], index: int, text: str) -> bool:
    before = tokens[index - 1] if index else None
    return (
        before is not None
        and before.raw[0].isupper()
        and before.raw not in word_set("not_first")
        and joined(text, before, tokens[index])
    )


def state_at(tokens: Sequence[Token], index: int, text: str) -> tuple[int, State, bool] | None:
    """Give (tokens used, state, takes a noun) for the state named at tokens[index]."""
    if not tokens[index].raw[0].isupper() and tokens[index].key != "pro":
        return None
    table = states()
    for length in range(min(4, max(1, _most_words().get(tokens[index].key, 1))), 0, -1):
        words = tokens[index : index + length]
        if len(words) < length or any(not joined(text, a, b) for a, b in pairwise(words)):
            continue
        state = table.get(tuple(word.key for word in words))
        genitive = words[-1].genitive
        if state is None and length == 1 and len(words[0].raw) > 4 and words[0].key.endswith("s"):
            state, genitive = table.get((words[0].key[:-1],)), True  # "Russias": a genitive that lost its apostrophe
            if state is not None and state.form == "adjective":
                return None
        if state is None or (words[0].key == "us" and words[0].raw != "US"):
            continue
        takes = state.form in {"adjective", "leader"} or genitive or words[-1].raw.isupper()
        return length, state, takes
    raw = tokens[index].raw
    if ADJECTIVE_END.match(raw) and raw not in word_set("not_states"):
        return 1, State("", raw, "adjective"), True
    if tokens[index].genitive and len(raw) > 3 and raw not in word_set("not_first"):
        return 1, State("", _adjective_of(raw), "name"), True
    for words_of, parts in peoples().get(raw, ()):
        if [token.raw for token in tokens[index : index + len(parts)]] == parts:
            return len(parts), State("", words_of, "adjective"), True
        if "-" in words_of and text.startswith(words_of, tokens[index].start):
            return words_of.count("-") + 1, State("", words_of, "adjective"), True
    return None


def _adjective_of(name: str) -> str:
    return name + "n" if name.endswith("a") else name


def _body_adjective(name: str) -> str:
    """Give what the bodies of a place in no table are called after: "Marenian navy", but "Kest police"."""
    return name + "n" if name.endswith("ia") else name


def _of_state(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    found = state_at(tokens, index, text)
    if found is None:
        return None
    used, state, takes = found
    known = state.name != ""
    after = index + used
    if after >= len(tokens) or not joined(text, tokens[after - 1], tokens[after]):
        return None
    if tokens[after].key in word_set("sides"):
        noun = _side(tokens, after + 1, text)
        if noun is None and BARE_LED.match(text, tokens[after].start - 1):
            noun = 0, "coalition"
        if noun is None:
            return None
        length, word = noun
        kind = "coalition" if word == "coalition" else {"rebels": "rebel", "militias": "militia"}.get(word, "group")
        return used + 1 + length, f"{state.adjective}-{tokens[after].key} {word}", kind, state.name
    capital = tokens[after].raw[0].isupper()
    ministry = _ministry(tokens, after, text)
    if ministry is not None and (takes or capital):
        length, subject = ministry
        return used + length, f"{state.adjective} {subject} ministry", "ministry", state.name
    if not takes:
        return None
    body = _longest(tokens, after, text, "bodies")
    if body is None:
        return None
    length, noun_form, kind = body
    if not known and state.form == "name" and (kind not in {"state forces", "government"} or noun_form == "forces"):
        return None  # "Karim's fighters" are a man's, "Marenia's navy" is a state's
    name = f"{state.adjective} {noun_form}"
    if not known and state.form == "name":
        name = f"{_body_adjective(tokens[index].raw)} {noun_form}"
    listed = _listed(name)
    return used + length, *(listed or (name, kind)), state.name


def _body_of(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    """Read "the government of Iraq" as "Iraqi government"."""
    body = _longest(tokens, index, text, "bodies")
    if body is None or body[2] not in {"government", "state forces"}:
        return None
    after = index + body[0]
    if after + 1 >= len(tokens) or tokens[after].key != "of":
        return None
    skip = 2 if tokens[after + 1].key == "the" and after + 2 < len(tokens) else 1
    state = state_at(tokens, after + skip, text)
    if state is None or state[1].form != "name" or not state[1].name:
        return None
    return body[0] + skip + state[0], f"{state[1].adjective} {body[1]}", body[2], state[1].name


def _listed(name: str) -> tuple[str, str] | None:
    """Give the listed name and kind that a pattern's name is an alias of ("Syrian civil defence")."""
    tokens = tokenize(name)
    for alias in aliases().get(tokens[0].key, ()):
        if tuple(token.key for token in alias.tokens) == tuple(token.key for token in tokens):
            return alias.name, alias.kind
    return None


def _side(tokens: Sequence[Token], index: int, text: str) -> tuple[int, str] | None:
    """Give (tokens used, noun) after "US-backed": adjectives of peoples and states may stand between."""
    for skip in range(4):
        found = _longest(tokens, index + skip, text, "backed")
        if found is not None:
            return skip + found[0], found[1]
        if index + skip >= len(tokens) or not joined(text, tokens[index + skip - 1], tokens[index + skip]):
            return None
        word = tokens[index + skip]
        if (
            (word.key,) not in states()
            and word.raw not in load_names()["peoples"]["adjectives"]
            and word.key
            not in {
                "and",
                "local",
                "international",
                "military",
                "global",
                "armed",
                "opposition",
                "moderate",
            }
        ):
            return None
    return None


def _longest(tokens: Sequence[Token], index: int, text: str, table: str) -> tuple[int, str, str] | None:
    rows = phrases(table)
    if index >= len(tokens) or tokens[index].key not in openers(table):
        return None
    for length in (4, 3, 2, 1):
        words = tokens[index : index + length]
        if len(words) < length or any(not joined(text, a, b) for a, b in pairwise(words)):
            continue
        if any(word.genitive for word in words[:-1]):
            continue
        row = rows.get(tuple(word.key for word in words))
        if row is not None:
            return length, *row
    return None


def _ministry(tokens: Sequence[Token], index: int, text: str) -> tuple[int, str] | None:
    """Give (tokens used, subject) of "defence ministry" or "Ministry of Defence" at tokens[index]."""
    if index < len(tokens) and tokens[index].key == "ministry":
        if index + 2 < len(tokens) and tokens[index + 1].key in {"of", "for"}:
            subject = _longest(tokens, index + 2, text, "ministries")
            if subject is not None:
                return 2 + subject[0], subject[1]
        return None
    subject = _longest(tokens, index, text, "ministries")
    if subject is None:
        return None
    after = index + subject[0]
    if after < len(tokens) and tokens[after].key == "ministry" and joined(text, tokens[after - 1], tokens[after]):
        return subject[0] + 1, subject[1]
    return None


def _ministry_of(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    """Read "Ministry of Defence", "Defence Ministry", with "of Russia" or "of the Russian Federation" behind it."""
    found = _ministry(tokens, index, text)
    if found is None:
        return None
    used, subject = found
    after = index + used
    if after < len(tokens) and tokens[after].key == "of":
        skip = 2 if after + 1 < len(tokens) and tokens[after + 1].key == "the" else 1
        if after + skip < len(tokens):
            state = state_at(tokens, after + skip, text)
            if state is not None and state[1].name:
                return used + skip + state[0], f"{state[1].adjective} {subject} ministry", "ministry", state[1].name
            raw = tokens[after + skip].raw
            if raw[0].isupper() and skip == 1:
                return used + 2, f"{_adjective_of(raw)} {subject} ministry", "ministry", ""
    return used, f"{subject} ministry", "ministry", ""


def _titled(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    """Read an unlisted name in capitals by its head word: "Khabur Valley Monitor", "Front for the Defence of X"."""
    if not _capital(tokens[index]) or tokens[index].raw in word_set("not_first"):
        return None
    if (
        index
        and tokens[index - 1].raw[0].isupper()
        and tokens[index - 1].raw not in word_set("not_first")
        and not (tokens[index - 1].raw in word_set("lead_ins") and _opens(tokens, index - 1, text))
        and joined(text, tokens[index - 1], tokens[index])
    ):
        return None
    if _opens(tokens, index, text) and (
        tokens[index].raw in word_set("lead_ins")
        or (tokens[index].raw in word_set("holders") and _next_is(tokens, index, "of", "from"))
    ):
        return None  # "Positions of the Khabur Brigades": a capital of the sentence, not of the name
    last, head_at = index, None
    position = index
    while position < len(tokens) and position < index + 10:
        token = tokens[position]
        if position > index and not joined(text, tokens[position - 1], token):
            break
        if position > index and any(row.matches(tokens, position, text) for row in aliases().get(token.key, ())):
            break  # a listed name begins here and is a name of its own
        if _capital(token):
            if token.raw in heads() and (position > index or _next_is(tokens, position, "of", "for")):
                head_at = position
            last = position
            if token.genitive:
                break
        elif (
            (token.key == "the" and tokens[position - 1].key not in {"of", "for", "against"})
            or token.key not in word_set("links")
            or (token.key in {"and", "in"} and head_at is not None)
        ):
            break
        position += 1
    if head_at is None:
        return None
    end = head_at
    if head_at < last and _next_is(tokens, head_at, "of", "for", "against"):
        end = last
    if end == index:
        return None
    if tuple(token.key for token in tokens[index : end + 1]) in states():
        return None  # "Russian Federation" is the state
    raw = re.sub(r"\s+", " ", text[tokens[index].start : tokens[end].end])
    return end - index + 1, raw, heads()[tokens[head_at].raw], ""


def _opened(tokens: Sequence[Token], index: int, text: str) -> Hit | None:
    """Read a name that a foreign noun for a body opens: "Katiba al-Rimal", "Liwa Suqur al-Wadi"."""
    kind = leading_nouns().get(tokens[index].key)
    if kind is None or not tokens[index].raw[0].isupper() or tokens[index].genitive:
        return None
    end = position = index
    while position + 1 < len(tokens) and position < index + 5 and joined(text, tokens[position], tokens[position + 1]):
        position += 1
        token = tokens[position]
        if any(row.matches(tokens, position, text) and row.kind == "agency" for row in aliases().get(token.key, ())):
            break
        if token.raw[0].isupper() and token.raw not in word_set("not_first"):
            end = position
            if token.genitive:
                break
        elif token.key not in word_set("particles"):
            break
    if end == index:
        return None
    return end - index + 1, re.sub(r"\s+", " ", text[tokens[index].start : tokens[end].end]), kind, ""


def _capital(token: Token) -> bool:
    return token.raw[0].isupper() and any(letter.isalpha() for letter in token.raw)


def _opens(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Tell whether a token opens a sentence, and has its capital from there."""
    return (
        index == 0 or re.search(r"[.!?:;\"“”‘\n]\s*$", text[tokens[index - 1].after : tokens[index].start]) is not None
    )


def _next_is(tokens: Sequence[Token], index: int, *words: str) -> bool:
    return index + 2 < len(tokens) and tokens[index + 1].key in words
