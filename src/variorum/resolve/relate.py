"""How claims of one property in one event stand to each other. No choice of value here.

Invariant: two claims have one relation at most, so none both agrees and contradicts. A contradiction needs two
lineages, or two sources in one report, or one source with two figures at one time; what only a copy changed is drift;
what the same source says later is a revision; what is said of other people is another scope.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from variorum.model import Relation, RelationName
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.scopes import exclude_each_other, is_part, make_up
from variorum.resolve.terms import bounds, order, shown_claim, side_by_side
from variorum.resolve.twice import second_figures, wrong_pairs
from variorum.resolve.voices import (
    Said,
    add_up,
    beside,
    find_drift,
    find_replaced,
    later,
    name_of,
    same_word,
)
from variorum.schema import Property, load_schema

_Pairs = dict[tuple[str, str], Relation]


def relate(said: Iterable[Said], texts: Mapping[str, str]) -> tuple[Relation, ...]:
    """Relate the claims of one event; `texts` leads from article id to its text."""
    everything = add_up(list(said), texts)
    by_prop: dict[str, list[Said]] = {}
    for one in everything:
        by_prop.setdefault(one.claim.prop, []).append(one)
    found: _Pairs = {}
    for code in sorted(by_prop):
        _relate_property(load_schema().properties[code], by_prop[code], texts, found)
    for one, wrong in wrong_pairs(everything, texts):
        found[one.claim.id, wrong] = Relation("impossible", one.claim.prop, one.claim.id, None, wrong)
    return tuple(found[pair] for pair in sorted(found))


def _add(found: _Pairs, name: RelationName, left: Said, right: Said, note: str) -> None:
    """Keep the first relation that is found for a pair; the earlier claim, or the original's, is the left."""
    first, second = sorted((left, right), key=lambda one: one.turn)
    hedged = [name_of(one) for one in (first, second) if one.claim.stance == "hedges"]
    if hedged:
        note = f"{note}; hedged by {' and '.join(dict.fromkeys(hedged))}"
    pair = min(left.claim.id, right.claim.id), max(left.claim.id, right.claim.id)
    found.setdefault(pair, Relation(name, left.claim.prop, first.claim.id, second.claim.id, note))


def _pair_note(left: Said, right: Said) -> str:
    first, second = sorted((left, right), key=lambda one: one.turn)
    return f"{_show(first)} ({name_of(first)}) and {_show(second)} ({name_of(second)})"


def _show(one: Said) -> str:
    text = shown_claim(one.claim.prop, one.claim.value)
    return text if one.scope == "all" else f"{text} {one.scope}"


def _relate_property(prop: Property, said: Sequence[Said], texts: Mapping[str, str], found: _Pairs) -> None:
    skip: set[str] = set()
    printed: set[tuple[str, str, str]] = set()
    for first, second, wrong in sorted(
        second_figures(said, texts).values(), key=lambda row: (row[0].copy, row[0].place)
    ):
        skip.add(second.claim.id)
        key = first.root, first.claim.value, second.claim.value
        if first.copy and key in printed:
            continue  # what a copy reprints, its original got wrong
        printed.add(key)
        if wrong is not None:
            _add(found, "impossible", first, second, wrong)
        else:
            _add(found, "agrees", first, second, "the same figure in another unit")
    # A second figure has no other relation: what a copy made of it, its own pair tells.
    drift = {claim_id: original for claim_id, original in find_drift(said).items() if claim_id not in skip}
    by_id = {one.claim.id: one for one in said}
    for claim_id, original in drift.items():
        note = f"the original says {_show(original)}, the copy {_show(by_id[claim_id])}"
        _add(found, "drift in copies", original, by_id[claim_id], note)
    rest = [one for one in said if one.claim.id not in skip and one.claim.id not in drift]
    scopes: dict[str, list[Said]] = {}
    for one in rest:
        scopes.setdefault(one.scope, []).append(one)
    standing: list[Said] = []
    for scope in sorted(scopes):
        replaced = find_replaced(scopes[scope])
        _revisions(scopes[scope], replaced, prop, found)
        now = [one for one in scopes[scope] if one.claim.id not in replaced]
        _same_scope(now, prop, found)
        standing.extend(now)
    if prop.scoped:
        _other_scopes(standing, texts, found)


def _revisions(said: Sequence[Said], replaced: Mapping[str, Said], prop: Property, found: _Pairs) -> None:
    """Chain each source's changing words, one step at a time."""
    chains: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        chains.setdefault((one.speaker, one.claim.value if prop.many else ""), []).append(one)
    for words in chains.values():
        for before in words:
            if before.claim.id not in replaced or (before.copy and any(_reprints(before, one) for one in words)):
                continue
            after = [one for one in words if later(before, one) and not same_word(before, one)]
            if after:
                # The next word: of one time that which its report, wherever it was printed, gives first.
                first = min(after, key=lambda one: (one.when or "", one.copy, one.claim.start, one.claim.value))
                _add(found, "revised", before, first, _revision_note(before, first))


def _reprints(copied: Said, one: Said) -> bool:
    """Tell whether a copy's claim is one that its original makes, in whose chain it has no step of its own."""
    return not one.copy and one.root == copied.root and _spoken(one) == _spoken(copied)


def _spoken(one: Said) -> tuple[str, str, bool]:
    return one.claim.value, one.speaker, one.claim.stance == "denies"


def _revision_note(before: Said, after: Said) -> str:
    if (before.claim.stance == "denies") != (after.claim.stance == "denies"):
        how = "first said, later denied" if after.claim.stance == "denies" else "first denied, later said"
    else:
        how = direction(before.claim.prop, before.claim.value, after.claim.value)
    return f"{name_of(after)}: {how}, {_show(before)} to {_show(after)}, {(after.when or '')[:10]}"


def direction(prop: str, before: str, after: str) -> str:
    """Say whether a property's value went "up", "down" or "changed": by the number that each is held by."""
    kind = load_schema().properties[prop].type
    old, new = _held_by(kind, before), _held_by(kind, after)
    if old is None or new is None or old == new:
        return "changed"
    return "up" if new > old else "down"


def _held_by(kind: str, value: str) -> float | None:
    """Give the number that a value is held by: its bound where one is open, the middle of a range."""
    closed = [bound for bound in bounds(kind, value) or () if not math.isinf(bound)]
    return sum(closed) / len(closed) if closed else None


def _same_scope(said: Sequence[Said], prop: Property, found: _Pairs) -> None:
    """Relate what stands of one scope: a star of agreement per value, then value against value, voice by voice."""
    values: dict[tuple[str, bool], list[Said]] = {}
    for one in said:
        values.setdefault((one.claim.value, one.claim.stance == "denies"), []).append(one)
    for voices in values.values():
        heard: set[tuple[str, str]] = set()
        for one in voices:
            if (one.speaker, one.root) not in heard and heard:
                _add(found, "agrees", voices[0], one, _agreement_note(voices[0], one))
            heard.add((one.speaker, one.root))
    for (one_key, mine), (other_key, theirs) in combinations(sorted(values.items(), key=lambda row: row[0]), 2):
        word = _word(prop, one_key[0], other_key[0])
        if word == "unknown":
            continue
        for left, right in _voice_pairs(mine, theirs):
            if one_key[1] != other_key[1]:
                _denial(left, right, word, found)
            else:
                _values(left, right, word, prop, found)


def _agreement_note(left: Said, right: Said) -> str:
    if left.claim.stance == "denies":
        return f"{name_of(left)} and {name_of(right)} deny {_show(left)}"
    if left.speaker == right.speaker:
        return f"{_show(left)}, one source in {'two lineages' if left.root != right.root else 'one lineage'}"
    return f"{_show(left)}, {name_of(left)} and {name_of(right)}"


def _voice_pairs(mine: Iterable[Said], theirs: Sequence[Said]) -> Iterable[tuple[Said, Said]]:
    """Give one pair of claims for each pair of speakers: the nearest."""
    best: dict[tuple[str, str], tuple[Said, Said]] = {}
    for left in mine:
        for right in theirs:
            key = left.speaker, right.speaker
            if key not in best or _nearness(left, right) > _nearness(*best[key]):
                best[key] = left, right
    return best.values()


def _nearness(left: Said, right: Said) -> int:
    """Rank a pair of claims among those of the same two statements.

    What one report tells side by side is related as that report means it; then goes what can contradict.
    """
    return 2 if left.article_id == right.article_id else int(_independent(left, right))


def _independent(left: Said, right: Said) -> bool:
    """Tell whether two claims can contradict: two lineages, two sources in one report, or one source at one time."""
    if left.speaker == right.speaker and (later(left, right) or later(right, left)):
        return False
    return left.root != right.root or left.article_id == right.article_id


def _word(prop: Property, left: str, right: str) -> str:
    word = order(prop.type, left, right)
    if word in ("inside", "contains") and prop.type in ("count", "quantity") and _is_range(left) and _is_range(right):
        # 500–670 km and 500–650 km: neither rounds the other, their bounds differ.
        return "overlaps"
    return word


def _is_range(value: str) -> bool:
    low, dots, high = value.partition("..")
    return bool(dots and low and high[:1].isdigit())


def _denial(left: Said, right: Said, word: str, found: _Pairs) -> None:
    if word == "disjoint" or not _independent(left, right):
        return
    denier, sayer = (left, right) if left.claim.stance == "denies" else (right, left)
    if denier.speaker == sayer.speaker and denier.article_id != sayer.article_id:
        return
    _add(found, "contradicts", left, right, f"{name_of(denier)} denies what {name_of(sayer)} says: {_show(sayer)}")


def _values(left: Said, right: Said, word: str, prop: Property, found: _Pairs) -> None:
    if left.claim.stance == "denies":
        return  # two denials of different values say nothing of each other
    if left.article_id == right.article_id and left.speaker == right.speaker and word != "disjoint":
        return  # one voice saying it twice, once with more detail
    note = _pair_note(left, right)
    if word == "equal":
        _add(found, "agrees", left, right, note)
    elif word in ("inside", "contains"):
        precise = left if order(prop.type, left.claim.value, right.claim.value) == "inside" else right
        _add(found, "refines", left, right, f"{note}: {_show(precise)} is more precise")
    elif word == "overlaps":
        _add(found, "overlaps", left, right, note)
    elif not prop.many and _independent(left, right) and not _both_true(left, right, prop):
        _add(found, "contradicts", left, right, f"{note}{_contradiction_note(left, right)}")


def _both_true(left: Said, right: Said, prop: Property) -> bool:
    """Tell whether one report can mean both: shells and rockets, or an attack over two days told by one voice."""
    if prop.type in ("weapon", "platform"):
        return side_by_side(prop.type, left.claim.value, right.claim.value)
    if left.article_id != right.article_id:
        return False
    if prop.scoped and left.speaker.startswith(OWN_VOICE) != right.speaker.startswith(OWN_VOICE):
        # In one report the outlet's own figure beside a source's is most often that of another part of the story:
        # of 40 such pairs read on reports of the Syrian war 3 were rivals for one figure.
        return True
    return left.speaker == right.speaker and prop.type == "date"


def _contradiction_note(left: Said, right: Said) -> str:
    if left.article_id == right.article_id:
        if left.speaker == right.speaker:
            return ": inside one report, one source with two values at one time"
        return ": inside one report, two voices"
    if left.speaker == right.speaker:
        return ": one source in two lineages; which is the later is not known"
    return ": two lineages"


def _other_scopes(said: Sequence[Said], texts: Mapping[str, str], found: _Pairs) -> None:
    """Hold parts against wholes, each sum and each part by itself; of two statements the first of _FIRST holds."""
    figures = [one for one in _one_each(said) if one.claim.stance != "denies"]
    first = _first_told(figures)
    in_voice: dict[tuple[str, str], list[Said]] = {}
    for one in figures:
        in_voice.setdefault((one.article_id, one.speaker), []).append(one)
    rows: list[_Fit] = []
    for wholes in first.values():
        for parts in in_voice.values():
            whole = next((one for one in wholes if one.article_id == parts[0].article_id), wholes[0])
            rows += _sums(whole, [one for one in parts if is_part(one.scope, whole.scope)])
        for told in first.values():
            if is_part(told[0].scope, wholes[0].scope):
                part, whole = max(product(told, wholes), key=lambda pair: _nearness(*pair))
                if not beside(part, whole, texts):
                    rows += _part(part, whole)
    related: set[tuple[_Statement, _Statement]] = set()
    for name, part, whole, note in sorted(rows, key=lambda row: _FIRST.index(row[0])):
        pair = _statement(part), _statement(whole)
        if pair not in related:
            related.add(pair)
            _add(found, name, part, whole, note)


# What holds of a part and its whole, where several sums and the part alone say different things.
_FIRST: tuple[RelationName, ...] = ("impossible", "agrees", "revised", "contradicts", "other scope")
_Fit = tuple[RelationName, Said, Said, str]
_Statement = tuple[str, str, str]


def _statement(one: Said) -> _Statement:
    return one.claim.value, one.scope, one.speaker


def _one_each(said: Iterable[Said]) -> list[Said]:
    """Give the first of each (value, scope, speaker, article of its lineage): copies add no figures."""
    seen: dict[tuple[str, str, str, str], Said] = {}
    for one in said:
        seen.setdefault((*_statement(one), one.root), one)
    return list(seen.values())


def _first_told(figures: Iterable[Said]) -> dict[_Statement, list[Said]]:
    """Give each statement as it was first told: what a voice repeats later was told then."""
    seen: dict[_Statement, list[Said]] = {}
    for one in figures:
        told = seen.setdefault(_statement(one), [one])
        if told[0] is not one and told[0].when == one.when:
            told.append(one)
    return seen


def _sums(whole: Said, parts: Sequence[Said]) -> Iterator[_Fit]:
    """Hold the sums of a voice's parts against a whole, for parts of which no one is in two."""
    limit = bounds("count", whole.claim.value)
    if limit is None:
        return
    for chosen in chain.from_iterable(combinations(parts, size) for size in (3, 2)):
        names = [one.scope for one in chosen]
        if len(set(names)) < len(chosen) or not exclude_each_other(names):
            continue
        spans = [bounds("count", one.claim.value) for one in chosen]
        low = sum(max(0.0, span[0]) for span in spans if span is not None)
        high = sum(span[1] if span is not None else math.inf for span in spans)
        adding = " + ".join(_show(one) for one in chosen)
        for one in chosen:
            if low > limit[1]:
                yield from _misfit(one, whole, f"{adding} exceed {_show(whole)}")
            elif make_up(names, whole.scope) and high >= limit[0]:
                yield "agrees", one, whole, f"{adding} fit {_show(whole)}"
    yield from _exact_sum(whole, parts)


def _exact_sum(whole: Said, parts: Sequence[Said]) -> Iterator[_Fit]:
    """Let parts of one voice that add up to its whole agree with it, whatever their scopes.

    Four guards, three passers-by and four attackers are the eleven dead, though a guard could be an attacker.
    """
    own = [one for one in parts if (one.article_id, one.speaker) == (whole.article_id, whole.speaker)]
    scopes = [one.scope for one in own]
    if len(set(scopes)) < len(own) or len(own) < 2 or any(is_part(a, b) for a in scopes for b in scopes):
        return
    figures = [one.claim.value for one in (*own, whole)]
    if all(map(str.isdigit, figures)) and sum(map(int, figures[:-1])) == int(figures[-1]):
        adding = " + ".join(_show(one) for one in own)
        for one in own:
            yield "agrees", one, whole, f"{adding} are {_show(whole)}"


def _part(part: Said, whole: Said) -> Iterator[_Fit]:
    inner, outer = bounds("count", part.claim.value), bounds("count", whole.claim.value)
    if inner is None or outer is None:
        return
    if inner[0] > outer[1]:
        yield from _misfit(part, whole, f"the part, {_show(part)}, exceeds the whole, {_show(whole)}")
    else:
        yield "other scope", part, whole, f"{_show(part)} among {_show(whole)}"


def _misfit(part: Said, whole: Said, note: str) -> Iterator[_Fit]:
    """A part beyond its whole: impossible in one voice, a contradiction between two, nothing where it is later."""
    if later(whole, part):
        return  # tolls rise: a later part, or sum of parts, can exceed an earlier whole
    if part.speaker == whole.speaker and later(part, whole):
        yield "revised", part, whole, _revision_note(part, whole)
    elif part.article_id == whole.article_id and part.speaker == whole.speaker:
        yield "impossible", part, whole, note
    elif _independent(part, whole):
        yield "contradicts", part, whole, note
