"""How alike two mentions are in what they name, count and say, as signs. No time, no place and no weights here.

Invariant: every function gives the same for its two sides swapped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from variorum.resolve.scopes import exclude_each_other, make_up
from variorum.resolve.signs import Sign, missing, silent
from variorum.resolve.terms import bounds, order
from variorum.resolve.view import MentionView
from variorum.schema import ValueType, load_schema
from variorum.values.rarity import cosine

SIZES = (0, 1, 3, 9)  # equal figures up to these are of one level: that two reports say 12 is less of a chance than 1
RATIO = 2.5  # a toll up to so many times the other can be the same one, revised
FEW_RUNS = 8  # runs of three words in the shorter passage; "were killed on Thursday" alone proves nothing
# Below these, to have nothing in common says nothing: a headline has no room for it.
FEW_WORDS, FEW_STORY_WORDS, FEW_NAMES = 8, 30, 3
# Shares and cosines at which a level begins, as hundredths.
RUN_LEVELS = (50, 25, 10, 3)
WORD_LEVELS = (45, 30, 20, 12, 7)
STORY_LEVELS = (60, 45, 35, 27, 20, 14, 8)
NAME_LEVELS = (8, 5, 3, 2, 1)  # rare names in both reports
MEANING_LEVELS = (85, 75, 65, 55, 45)
USUAL_EVENTS = 3  # of one report, up to which its words count in full for each
SHOWN_WORDS = 4  # shared rare words that are named
# Best first: what two mentions agree on counts, whatever else either of them says.
_RANK = {"equal": 0, "inside": 1, "contains": 1, "overlaps": 2, "disjoint": 3, "unknown": 4}
_TOLLS_FIRST = ("killed", "injured")


def compare_names(name: str, factor: str, left: frozenset[str], right: frozenset[str]) -> Sign:
    """Hold the bodies that two mentions name against each other."""
    if not left or not right:
        return silent(name, missing(left, right))
    shared = left & right
    if shared:
        return Sign(name, factor, "shared", f"both: {', '.join(sorted(shared))}")
    return Sign(name, factor, *_name_level(left, right))


@lru_cache(maxsize=65536)
def _name_level(left: frozenset[str], right: frozenset[str]) -> tuple[str, str]:
    words = {order("name", one, other) for one in left for other in right}
    if words & {"equal", "inside", "contains", "overlaps"}:
        return "within", "one within the other"
    return "other", "none in common"


def compare_values(name: str, factor: str, kind: ValueType, left: tuple[str, ...], right: tuple[str, ...]) -> Sign:
    """Hold the values of one property against each other by the pair that fits best."""
    if not left or not right:
        return silent(name, missing(left, right))
    level, note = _value_level(kind, left, right)
    return Sign(name, factor, level, note) if level else silent(name, note)


@lru_cache(maxsize=65536)
def _value_level(kind: ValueType, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, str]:
    words = [(order(kind, one, other), one, other) for one in left for other in right]
    word, one, _ = min(words, key=lambda row: (_RANK[row[0]], row[1], row[2]))
    if word == "equal":
        size = bounds(kind, one) if kind == "count" else None
        small = size is not None and min(abs(size[0]), abs(size[1])) < 3
        return ("equal_small" if small else "equal"), "the same"
    if word in ("inside", "contains"):
        return "refines", "one is more precise"
    if word == "overlaps":
        return "overlaps", "they overlap"
    if word == "disjoint":
        return "disjoint", "they differ"
    return "", "cannot be compared"


def compare_tolls(left: MentionView, right: MentionView) -> list[Sign]:
    """Hold the figures of people against each other, each property by its best pair of scopes.

    The second property that agrees counts half: who copies one figure copies the other.
    """
    if not left.tolls and not right.tolls:
        return [silent(prop, "neither states any") for prop in _TOLLS_FIRST]
    found: list[Sign] = []
    agreed = False
    props = (*_TOLLS_FIRST, *sorted((left.tolls.keys() | right.tolls.keys()) - set(_TOLLS_FIRST)))
    for prop in props:
        mine, theirs = left.tolls.get(prop, ()), right.tolls.get(prop, ())
        if not mine or not theirs:
            found.append(silent(prop, missing(mine, theirs)))
            continue
        level, note = _toll_level(mine, theirs, _who_is_later(left, right))
        if not level:
            found.append(silent(prop, note))
            continue
        again = agreed and level.startswith("equal")
        found.append(Sign(prop, "toll", level, note, 0.5 if again else 1.0))
        agreed = agreed or level.startswith("equal")
    return found


def _who_is_later(left: MentionView, right: MentionView) -> int:
    """Tell which was printed later: -1 the left, 1 the right, 0 neither or not known."""
    if left.published is None or right.published is None or left.published == right.published:
        return 0
    return -1 if left.published > right.published else 1


Figures = tuple[tuple[str, str], ...]


@lru_cache(maxsize=262144)
def _toll_level(mine: Figures, theirs: Figures, later: int) -> tuple[str, str]:
    pairs = [(one, other) for one in mine for other in theirs]
    # A figure for children says nothing where both give one for all.
    pairs = [(one, other) for one, other in pairs if one[0] == other[0] or one[1] == other[1]] or pairs
    level, note = min(
        (_toll_pair(one, other, later) for one, other in pairs), key=lambda row: (_TOLL_RANK[row[0]], row)
    )
    if level.startswith("equal") and len(mine) * len(theirs) > 2:
        level, note = f"{level}_of_many", f"{note}, among others"
    if _TOLL_RANK[level] > _TOLL_RANK["overlaps"] and (_parts_fit(mine, theirs) or _parts_fit(theirs, mine)):
        return "parts_fit", "the parts of one fit the whole of the other"
    return level, note


_LEVELS = (
    *("equal_large", "equal_9", "equal_3", "equal_large_of_many", "equal_9_of_many", "equal_3_of_many"),
    *("parts_fit", "overlaps", "equal_1", "equal_1_of_many", "equal_0", "equal_0_of_many"),
    *("same_figure", "part", "", "risen", "near", "part_exceeds", "differs"),
)
_TOLL_RANK = {level: rank for rank, level in enumerate(_LEVELS)}


def _toll_pair(one: tuple[str, str], other: tuple[str, str], later: int) -> tuple[str, str]:
    mine, theirs = bounds("count", one[1]), bounds("count", other[1])
    if mine is None or theirs is None:
        return "", "cannot be compared"
    word = order("count", one[1], other[1])
    if one[0] != other[0]:
        schema = load_schema()
        inner, outer = (mine, theirs) if other[0] in schema.wholes(one[0]) else (theirs, mine)
        if other[0] not in schema.wholes(one[0]) and one[0] not in schema.wholes(other[0]):
            return "", "figures for different people"
        if inner[0] > outer[1]:
            return "part_exceeds", "the part exceeds the whole"
        return ("same_figure", "the same figure, other scope") if word == "equal" else ("part", "part of it")
    if word == "equal":
        size = mine[0] if math.isfinite(mine[0]) else mine[1]
        return next((f"equal_{limit}" for limit in SIZES if size <= limit), "equal_large"), "the same"
    if word != "disjoint":
        return "overlaps", "they fit"
    low, high = (mine, theirs) if mine[1] < theirs[0] else (theirs, mine)
    if high[0] > RATIO * max(1.0, low[1]):
        return "differs", "far apart"
    if later and (later < 0) == (high is mine):
        return "risen", "the later figure is higher, as tolls do"
    return "near", "they differ"


def _parts_fit(parts: Sequence[tuple[str, str]], wholes: Iterable[tuple[str, str]]) -> bool:
    """Tell whether two figures for different people, such as civilians and fighters, add up to a figure for both."""
    for (one, low), (other, high) in combinations(parts, 2):
        spans = bounds("count", low), bounds("count", high)
        if one == other or spans[0] is None or spans[1] is None or not exclude_each_other((one, other)):
            continue
        least = max(0.0, spans[0][0]) + max(0.0, spans[1][0])
        for whole, value in wholes:
            limit = bounds("count", value)
            most = spans[0][1] + spans[1][1]
            if limit is not None and make_up((one, other), whole) and least <= limit[1] and limit[0] <= most:
                return True
    return False


def compare_sources(left: MentionView, right: MentionView) -> Sign:
    """Tell whether two mentions quote one source."""
    if not left.sources or not right.sources:
        return silent("source", missing(left.sources, right.sources))
    shared = left.sources & right.sources
    if shared:
        return Sign("source", "source", "shared", f"both: {', '.join(sorted(shared))}")
    return Sign("source", "source", "other", "others")


def compare_wording(left: MentionView, right: MentionView, *, told: bool) -> list[Sign]:
    """Hold the words of two mentions, and of their reports, against each other; `told` asks for notes."""
    found: list[Sign] = []
    share = 0.0
    fewest = min(len(left.grams), len(right.grams))
    if fewest >= FEW_RUNS:
        share = len(left.grams & right.grams) / fewest
        note = f"{share:.0%} of three-word runs" if told else ""
        found.append(Sign("shared wording", "wording", level_of(share, RUN_LEVELS), note))
    else:
        found.append(silent("shared wording", "too short to tell"))
    found.append(_rare_words(left, right, told=told))
    found.append(_meaning(left, right, told=told))
    if left.article_id != right.article_id:
        found.extend(_stories(left, right, told=told))
    # In one lineage a short passage word for word the same is the same passage, though too short to prove copying.
    if left.root == right.root and left.article_id != right.article_id:
        if left.quote.split() == right.quote.split() or share >= RUN_LEVELS[1] / 100:
            found.append(Sign("lineage", "lineage", "same_words", "one text reprints the other here"))
        else:
            found.append(silent("lineage", "one lineage, other passage"))
    else:
        found.append(silent("lineage", "independent texts"))
    return found


def _rare_words(left: MentionView, right: MentionView, *, told: bool) -> Sign:
    if not left.words or not right.words:
        return silent("rare words", "none to compare")
    alike = cosine(left.words, right.words)
    note = f"likeness {alike:.2f} of the passages{_shared_words(left.words, right.words)}" if told else ""
    level = level_of(alike, WORD_LEVELS)
    if level == "none" and min(len(left.words), len(right.words)) < FEW_WORDS:
        return silent("rare words", "too short to tell")
    return Sign("rare words", "words", level, note)


def _shared_words(left: dict[str, float] | object, right: dict[str, float] | object) -> str:
    assert isinstance(left, dict)
    assert isinstance(right, dict)
    shared = sorted(left.keys() & right.keys(), key=lambda word: (-left[word] * right[word], word))[:SHOWN_WORDS]
    return f": {', '.join(shared)}" if shared else ""


def _meaning(left: MentionView, right: MentionView, *, told: bool) -> Sign:
    if left.vector is None or right.vector is None:
        return silent("meaning", "no words to compare")
    alike = float(left.vector @ right.vector)
    return Sign(
        "meaning", "meaning", level_of(alike, MEANING_LEVELS), f"likeness {alike:.2f} of word vectors" if told else ""
    )


def _stories(left: MentionView, right: MentionView, *, told: bool) -> list[Sign]:
    """Hold the two reports whole against each other; what they share is shared out among the events they tell of."""
    # A report is often told as two or three events: the attack, the search, the arrest. More make a round-up.
    part = min(1.0, round((USUAL_EVENTS / max(left.siblings, right.siblings)) ** 0.5, 3))
    mine, theirs = left.story, right.story
    alike = cosine(mine.words, theirs.words)
    note = f"likeness {alike:.2f} of the reports{_shared_words(mine.words, theirs.words)}" if told else ""
    level = level_of(alike, STORY_LEVELS)
    if level == "none" and min(len(mine.words), len(theirs.words)) < FEW_STORY_WORDS:
        found = [silent("whole reports", "too short to tell")]
    else:
        found = [Sign("whole reports", "story", level, note, part)]
    shared = mine.names & theirs.names
    if shared or min(len(mine.names), len(theirs.names)) >= FEW_NAMES:
        level = next((str(limit) for limit in NAME_LEVELS if len(shared) >= limit), "none")
        note = f"{len(shared)} in both: {', '.join(sorted(shared)[:SHOWN_WORDS])}" if shared else "none in common"
        found.append(Sign("names in the reports", "names", level, note if told else "", part))
    else:
        found.append(silent("names in the reports", "too few to tell"))
    if mine.ages and theirs.ages:
        shared = mine.ages & theirs.ages
        level = ("none", "one", "many")[min(2, len(shared))]
        note = f"both: {', '.join(sorted(shared))}" if shared else "none in common"
        found.append(Sign("ages of people", "ages", level, note if told else "", part))
    else:
        found.append(silent("ages of people", missing(mine.ages, theirs.ages)))
    return found


def level_of(value: float, levels: Sequence[int]) -> str:
    """Give the level that a likeness of 0 to 1 reaches, as its lower bound in hundredths; "none" below the least."""
    hundredths = value * 100
    for limit in levels:
        if hundredths >= limit:
            return str(limit)
    return "none"
