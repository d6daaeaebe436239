"""Who says it, in which lineage and when: claims in their context, drift in copies, and last words. No relations here.

Invariant: a claim in a copy speaks with the voice and at the time of the original, so that relaying adds nothing;
a source's earlier word never stands beside a later, different one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from variorum.model import Article, Claim
from variorum.resolve.onevoice import OWN_VOICE, name_voices, voice_words
from variorum.resolve.terms import order, side_by_side
from variorum.schema import load_schema
from variorum.values.number import find_figures


@dataclass(frozen=True, slots=True)
class Said:
    """One claim with its voice."""

    claim: Claim
    article_id: str
    root: str  # article id of the lineage's original
    speaker: str  # the named source, or the own voice of the original's outlet
    when: str | None  # ISO 8601; a copy speaks when its original was printed
    copy: bool
    place: tuple[str, str, int, int, str]  # sort key: earlier first
    apart: frozenset[str] = frozenset()  # ids of later claims of which a person said that they do not revise this one

    @property
    def scope(self) -> str:
        """Of whom it speaks; a figure without scope speaks of all."""
        return self.claim.scope or "all"

    @property
    def turn(self) -> tuple[str, bool, tuple[str, str, int, int, str]]:
        """Sort key: earlier first, and of one time an original before its copies."""
        return self.place[0], self.copy, self.place


def make_said(
    claims: Iterable[Claim],
    article_of: Mapping[str, str],
    articles: Mapping[str, Article],
    roots: Mapping[str, str],
) -> list[Said]:
    """Give each claim its voice, earliest first; `article_of` leads from mention to article."""
    found: list[Said] = []
    given = list(claims)
    # A headline or lead that says without a source what the body of the same report gives a source for is that
    # source's word, not a second one.
    relayed: dict[tuple[str, str, str | None, str], str] = {}
    for claim in sorted(given, key=lambda claim: (claim.start, claim.end, claim.id)):
        if claim.source and claim.stance != "denies":
            key = (article_of.get(claim.mention_id, ""), claim.prop, claim.scope, claim.value)
            relayed.setdefault(key, claim.source)
    for claim in given:
        article_id = article_of.get(claim.mention_id, "")
        root = roots.get(article_id, article_id)
        original = articles.get(root) or articles.get(article_id)
        outlet = original.outlet if original is not None else ""
        printed = articles.get(article_id)
        # An outlet's own text printed again with other figures is its later word, no copy that drifted.
        again = printed is not None and bool(outlet) and article_id != root and printed.outlet == outlet
        when = printed.published if again and printed is not None else original.published if original else claim.as_of
        speaker = claim.source or relayed.get(
            (article_id, claim.prop, claim.scope, claim.value), f"{OWN_VOICE}{outlet or root}"
        )
        place = (when or "9999", article_id, claim.start, claim.end, claim.id)
        found.append(Said(claim, article_id, root, speaker, when, article_id != root and not again, place))
    texts = [articles[id].text for id in dict.fromkeys(said.article_id for said in found) if id in articles]
    one_name = name_voices({said.speaker for said in found}, texts)
    return sorted((replace(said, speaker=one_name[said.speaker]) for said in found), key=lambda said: said.place)


def name_of(said: Said) -> str:
    """Name a voice for people."""
    if not said.speaker.startswith(OWN_VOICE):
        return said.speaker
    outlet = said.speaker.removeprefix(OWN_VOICE)
    return "the outlet's own words" if outlet == said.root else f"{outlet}'s own words"


def find_drift(said: Iterable[Said]) -> dict[str, Said]:
    """Lead each claim that a copy changed to what its original says instead, by claim id.

    A copy that says the same as its original anywhere, or says something where the original is silent, did not drift.
    """
    schema = load_schema()
    all_said = list(said)
    originals: dict[tuple[str, str, str], list[Said]] = {}
    copied: dict[tuple[str, str], set[str]] = {}
    for one in all_said:
        if one.copy:
            copied.setdefault((one.article_id, one.claim.prop), set()).add(one.claim.value)
        else:
            originals.setdefault((one.root, one.claim.prop, one.scope), []).append(one)
    drift: dict[str, Said] = {}
    for one in all_said:
        prop = schema.properties[one.claim.prop]
        before = originals.get((one.root, one.claim.prop, one.scope), ())
        if not one.copy or not before or prop.type == "text":
            continue
        if prop.many:
            changed = prop.type == "name" and _renamed(copied[one.article_id, one.claim.prop], before)
        else:
            words = {order(prop.type, one.claim.value, other.claim.value) for other in before}
            changed = not words & {"equal", "unknown"}
        if changed:
            same_speaker = [other for other in before if other.speaker == one.speaker]
            drift[one.claim.id] = (same_speaker or list(before))[0]
    return drift


def _renamed(names: Collection[str], before: Iterable[Said]) -> bool:
    """Tell whether a copy gives one name where its original gives one other; two names can both be right."""
    old = {one.claim.value for one in before}
    if len(names) != 1 or len(old) != 1:
        return False
    (new,), (known,) = names, old
    mine, theirs = voice_words(new), voice_words(known)
    # A name that one of the two cuts short is the same name.
    return order("name", new, known) in ("unknown", "disjoint") and not mine <= theirs and not theirs <= mine


def later(left: Said, right: Said) -> bool:
    """Tell whether `right` was said after `left`, as far as both times tell; a day is compared with a day."""
    if left.when is None or right.when is None or right.claim.id in left.apart:
        return False
    if len(left.when) > 10 and len(right.when) > 10:
        return left.when < right.when
    return left.when[:10] < right.when[:10]


# "17 fighters and five soldiers": two groups; "39, including seven", "from 23 to 21", "eleven: nine men and two boys"
# are not.
_AND = re.compile(r"[^.!?;:]{0,70}?\band\b[^.!?;:]{0,70}")
_NOT_BESIDE = re.compile(
    r"\b(?:including|among|of them|of whom|of these|of those|rose|from|to|later|then|bringing"
    r"|total|at least|more than)\b",
    re.I,
)


def beside(left: Said, right: Said, texts: Mapping[str, str]) -> bool:
    """Tell whether one voice counts two groups side by side in one sentence, so that the figures add up."""
    if left.article_id != right.article_id or left.speaker != right.speaker:
        return False
    first, second = sorted((left.claim, right.claim), key=lambda claim: claim.start)
    between = texts.get(left.article_id, "")[first.end : second.start]
    # "22 soldiers were killed; four of its own fighters died": the other side's dead
    if " own " in f" {second.quote} " and not re.search(r"[.!?]", between):
        return True
    if find_figures(between):
        return False  # "52 arrests, 45 men and seven women": parts of a whole
    return _AND.fullmatch(between) is not None and _NOT_BESIDE.search(between) is None


def add_up(said: Sequence[Said], texts: Mapping[str, str]) -> list[Said]:
    """Give the figures that one voice counts side by side for one scope as their sum: 17 and five are 22 combatants.

    Earliest first, whatever order they are given in.
    """
    said = sorted(said, key=lambda one: one.turn)
    groups: dict[tuple[str, str, str, str], list[Said]] = {}
    schema = load_schema()
    for one in said:
        if schema.properties[one.claim.prop].scoped and one.claim.value.isdigit():
            groups.setdefault((one.article_id, one.speaker, one.claim.prop, one.scope), []).append(one)
    sums: dict[str, int] = {}
    for rows in groups.values():
        rows.sort(key=lambda one: (one.claim.start, one.claim.end, one.claim.id))
        for left, right in pairwise(rows):
            if left.claim.id not in sums and right.claim.id not in sums and beside(left, right, texts):
                total = int(left.claim.value) + int(right.claim.value)
                sums[left.claim.id] = sums[right.claim.id] = total
    for whole in said:
        # "the command freed 34 men and the front released 21": 21 is no whole that holds the 34
        if whole.scope == "all" and whole.claim.id not in sums and whole.claim.value.isdigit():
            rows = [
                one
                for (article_id, speaker, prop, scope), group in groups.items()
                if (article_id, speaker, prop) == (whole.article_id, whole.speaker, whole.claim.prop) and scope != "all"
                for one in group
                if one.claim.value != "1"  # one person beside "three others": counted with all persons told one by one
            ]
            other = next((one for one in rows if beside(one, whole, texts)), None)
            if other is not None:
                sums[whole.claim.id] = int(whole.claim.value) + int(other.claim.value)
    return [
        replace(one, claim=replace(one.claim, value=str(sums[one.claim.id]))) if one.claim.id in sums else one
        for one in said
    ]


def find_replaced(said: Sequence[Said]) -> dict[str, Said]:
    """Lead each claim that its own source later changed to the word that replaced it, by claim id.

    All are of one property and scope. Where several values can be true at once, only a later word on the same value
    (a denial) replaces.
    """
    if not said:
        return {}
    prop = load_schema().properties[said[0].claim.prop]
    voices: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        voices.setdefault((one.speaker, one.claim.value if prop.many else ""), []).append(one)
    replaced: dict[str, Said] = {}
    for words in voices.values():
        if len(words) < 2:
            continue
        last = [one for one in words if not any(later(one, other) for other in words)]
        for one in words:
            successors = [other for other in last if later(one, other)]
            if successors and not any(same_word(one, other) for other in successors):
                replaced[one.claim.id] = successors[0]
    return replaced


def same_word(left: Said, right: Said) -> bool:
    """Tell whether a later word leaves the earlier one standing: it says the same, or what can be true beside it."""
    kind = load_schema().properties[left.claim.prop].type
    word = order(kind, left.claim.value, right.claim.value)
    if (left.claim.stance == "denies") != (right.claim.stance == "denies"):
        return word == "disjoint" or (word == "unknown" and left.claim.value != right.claim.value)
    if kind == "count":
        return word == "equal"  # a toll is revised by any other figure
    # What is told again more or less closely elsewhere is no change of mind.
    return word != "disjoint" or side_by_side(kind, left.claim.value, right.claim.value)
