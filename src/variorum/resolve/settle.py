"""Many claims → one value with its support and what stands against it. No relation or grouping here.

Invariant: a source counts once however many outlets relay it, a copy counts with its original, a source's last word
replaces its earlier ones, a bound stays a bound ("at least 39" is never printed as 39), and no value comes from
anywhere but a claim or, on a tie, from the range between claims.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.model import Settled, Status
from variorum.resolve.heads import PROPS, add_heads, without_the_dead
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.terms import bounds, order, shown_claim
from variorum.resolve.twice import second_figures
from variorum.resolve.voices import Said, add_up, find_drift, find_replaced, later, name_of
from variorum.schema import Property, load_schema
from variorum.values.date import tighten_date

_FITS = frozenset({"equal", "inside", "contains", "overlaps"})


@dataclass(frozen=True, slots=True)
class _Choice:
    """One distinct value with the claims that say it."""

    value: str
    said: tuple[Said, ...]  # that say exactly this
    fitting: tuple[Said, ...]  # that say this or something that fits

    @property
    def weight(self) -> int:
        """Distinct voices that say exactly this."""
        return _weight(self.said)

    @property
    def fitting_weight(self) -> int:
        """The same for all that fits."""
        return _weight(self.fitting)

    @property
    def asserted(self) -> bool:
        """Whether one voice says it without a hedge."""
        return any(one.claim.stance == "asserts" for one in self.said)


def settle(said: Iterable[Said], texts: Mapping[str, str] | None = None) -> list[Settled]:
    """Settle every property and scope of one event's claims; the most supported value of a property comes first.

    `texts` leads from article id to its text, by which a conversion in brackets is told from a second figure.
    """
    schema = load_schema()
    given = list(said)
    plain = {one.claim.id: one.claim.value for one in given}
    everything, outranked = add_heads(add_up(given, texts or {}), texts or {})
    left_out = set(find_drift(everything)) | set(second_figures(everything, texts or {}))
    rows: dict[tuple[str, str], list[Said]] = {}
    for one in everything:
        if one.claim.id not in left_out:
            rows.setdefault((one.claim.prop, one.scope), []).append(one)
    codes = list(schema.properties)
    found: list[Settled] = []
    for code, scope in sorted(rows, key=lambda key: (codes.index(key[0]), key[1] != "all", key[1])):
        prop = schema.properties[code]
        claims = rows[code, scope]
        replaced = find_replaced(claims)
        standing = [one for one in claims if one.claim.id not in replaced]
        if (code, scope) == ("injured", "all"):
            standing, died = without_the_dead(standing, found, rows.get(("killed", "all"), []))
            if died and not standing:
                dead = [one for one in rows["killed", "all"] if one.claim.id in found[0].support]
                found.append(_settled(prop, scope, "0", dead, died, "told as hurt at first, as dead later"))
                continue
        found.extend(_RULES[prop.settle](prop, scope, standing))
    found = [_with_outranked(row, [one for one in outranked if one.claim.prop == row.prop]) for row in found]
    return [_with_heads(row, everything, plain) for row in found]


def _with_heads(row: Settled, everything: Iterable[Said], plain: Mapping[str, str]) -> Settled:
    """Say of a figure that no claim states how it came about: three persons told one by one, or a sum."""
    if row.prop not in PROPS or row.scope != "all" or row.value in {plain.get(id) for id in row.support}:
        return row
    behind = [one for one in everything if one.claim.id in row.support and one.scope == "all"]
    behind = [one for one in behind if one.claim.prop == row.prop and one.claim.value == row.value]
    reports = len({one.article_id for one in behind})
    if not reports:
        return row
    singles = all(plain.get(one.claim.id) == "1" for one in behind)
    how = f"{row.value} persons told one by one" if singles else f"{row.value} added up from the words"
    where = "in one report" if reports == 1 else f"in {reports} reports"
    return replace(row, basis=f"{how} {where}; {row.basis}")


def _with_outranked(row: Settled, outranked: Sequence[Said]) -> Settled:
    """Note what a voice of the same report counted later and otherwise."""
    if row.scope != "all" or not outranked:
        return row
    against = [one.claim.id for one in outranked if order("count", row.value, one.claim.value) == "disjoint"]
    return _contested(replace(row, against=(*row.against, *against))) if against else row


def _weight(said: Iterable[Said]) -> int:
    # Lineages do not count here: each outlet that relays a source adds one, and a source counts once.
    return len({one.speaker for one in said})


def _choices(prop: Property, said: Iterable[Said]) -> tuple[list[_Choice], list[Said]]:
    """Group what is said by equal value; the second part is what is denied."""
    affirmed: list[Said] = []
    denied: list[Said] = []
    for one in said:
        (denied if one.claim.stance == "denies" else affirmed).append(one)
    first: dict[str, tuple[str, bool]] = {}
    for one in affirmed:
        told = one.place[0], one.copy
        first[one.claim.value] = min(told, first.get(one.claim.value, told))
    # Spellings of one value ("gn:1" near and exact, case in text) are one choice, named by the one said most.
    leaders: list[str] = []
    members: dict[str, list[Said]] = {}
    counted = {value: _weight(one for one in affirmed if one.claim.value == value) for value in first}
    for value in sorted(first, key=lambda value: (-counted[value], first[value], value.swapcase())):
        home = next((leader for leader in leaders if order(prop.type, value, leader) == "equal"), None)
        if home is None:
            leaders.append(value)
            home = value
        members.setdefault(home, []).extend(one for one in affirmed if one.claim.value == value)
    choices = []
    for value in leaders:
        fitting = [one for other in leaders if order(prop.type, value, other) in _FITS for one in members[other]]
        choices.append(_Choice(value, tuple(members[value]), tuple(fitting)))
    return choices, denied


def _settled(
    prop: Property, scope: str, value: str, said: Sequence[Said], against: Iterable[Said], basis: str
) -> Settled:
    """Build the row; the status follows from support and opposition."""
    support = sorted(said, key=lambda one: one.place)
    opposing = sorted(against, key=lambda one: one.place)
    lineages = {one.root for one in support}
    voices = {one.speaker for one in support}
    status: Status
    if opposing:
        status = "contested"
    elif len(lineages) > 1 or len(voices) > 1:
        status = "agreed"
    else:
        status = "single"
    return Settled(
        prop=prop.code,
        scope=scope if prop.scoped else None,
        value=value,
        status=status,
        support=tuple(one.claim.id for one in support),
        against=tuple(one.claim.id for one in opposing),
        lineages=len(lineages),
        sources=tuple(sorted({"" if voice.startswith(OWN_VOICE) else voice for voice in voices})),
        copies=len({one.article_id for one in support if one.copy}),
        basis=basis,
    )


def _denials(prop: Property, value: str, denied: Iterable[Said]) -> list[Said]:
    return [one for one in denied if order(prop.type, one.claim.value, value) in _FITS]


def _voices_in_words(said: Sequence[Said]) -> str:
    lineages = len({one.root for one in said})
    voices = len({one.speaker for one in said})
    if lineages == 1 and voices == 1:
        return f"said by {name_of(said[0])} alone"
    return f"{lineages} {_noun(lineages, 'lineage')}, {voices} {_noun(voices, 'voice')}"


def _noun(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def _nothing_but_denials(prop: Property, scope: str, denied: Sequence[Said]) -> list[Settled]:
    rows: list[Settled] = []
    for value in sorted({one.claim.value for one in denied}):
        deniers = [one for one in denied if one.claim.value == value]
        rows.append(_settled(prop, scope, value, (), deniers, "denied, and asserted by no one"))
    return rows


def _settle_count(prop: Property, scope: str, said: Sequence[Said]) -> list[Settled]:
    """The figure of most voices; a tie of figures that exclude each other gives their range."""
    choices, denied = _choices(prop, said)
    if not choices:
        return _nothing_but_denials(prop, scope, denied)
    most = max(_count_rank(choice) for choice in choices)
    leading = [choice for choice in choices if _count_rank(choice) == most]
    apart = [
        choice
        for choice in leading
        if any(order(prop.type, choice.value, other.value) == "disjoint" for other in leading)
    ]
    if apart and prop.code in PROPS:
        latest = [choice for choice in leading if not any(_later(choice, other) for other in leading)]
        if len(latest) == 1:  # the wounded die and the missing are found: the later report of two knows more
            return [_with_fitting(prop, scope, latest[0], choices, denied, "of equal support the latest")]
    if apart:
        value = _range_over(prop, [choice.value for choice in leading])
        support = [one for choice in choices if _lies_in(prop, choice.value, value) for one in choice.said]
        ids = {one.claim.id for one in support}
        against = [one for one in (*(o for c in choices for o in c.said), *denied) if one.claim.id not in ids]
        shown = " and ".join(shown_claim(prop.code, choice.value) for choice in sorted(apart, key=_low_first(prop)))
        row = _settled(prop, scope, value, support, against, f"{shown} have equal support: the range between them")
        return [_contested(row)]
    best = min(leading, key=lambda choice: (_width(prop, choice.value), choice.value))
    return [_with_fitting(prop, scope, best, choices, denied, "most independent voices")]


def _later(left: _Choice, right: _Choice) -> bool:
    """Tell whether the right value was last said after the left."""
    return later(max(left.said, key=lambda one: one.when or ""), max(right.said, key=lambda one: one.when or ""))


def _count_rank(choice: _Choice) -> tuple[int, int, bool]:
    return choice.weight, choice.fitting_weight, choice.asserted


def _contested(row: Settled) -> Settled:
    return replace(row, status="contested")


def _with_fitting(
    prop: Property, scope: str, best: _Choice, choices: Iterable[_Choice], denied: Iterable[Said], rule: str
) -> Settled:
    fitting = {one.claim.id for one in best.fitting}
    against = [one for choice in choices for one in choice.said if one.claim.id not in fitting]
    against = [*_disjoint(prop, best.value, against), *_denials(prop, best.value, denied)]
    basis = _voices_in_words(best.said)
    others = len(best.fitting) - len(best.said)
    if others:
        basis += f"; {others} more {_noun(others, 'claim')} {'fits' if others == 1 else 'fit'}"
    if against:
        basis += f"; {rule}"
    value = tighten_date(best.value, (one.claim.value for one in best.fitting)) if prop.type == "date" else best.value
    return _settled(prop, scope, value, best.fitting, against, basis)


def _disjoint(prop: Property, value: str, said: Iterable[Said]) -> list[Said]:
    """Give what cannot be true together with the value; what cannot be compared with it is no opposition."""
    return [one for one in said if order(prop.type, value, one.claim.value) == "disjoint"]


def _low_first(prop: Property) -> Callable[[_Choice], tuple[float, str]]:
    def key(choice: _Choice) -> tuple[float, str]:
        span = bounds(prop.type, choice.value)
        return (span[0] if span is not None else 0.0, choice.value)

    return key


def _width(prop: Property, value: str) -> float:
    span = bounds(prop.type, value)
    return span[1] - span[0] if span is not None else math.inf


def _lies_in(prop: Property, value: str, whole: str) -> bool:
    return order(prop.type, value, whole) in ("equal", "inside")


def _range_over(prop: Property, values: Sequence[str]) -> str:
    """Write the range from the lowest to the highest bound of several counts."""
    spans = [span for span in (bounds(prop.type, value) for value in values) if span is not None]
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    left = "" if low <= 0 and any(value.startswith("..") for value in values) else _number(low)
    right = _number(high)
    return left if left == right else f"{left}..{right}"


def _number(value: float) -> str:
    return "" if math.isinf(value) else f"{value:.3f}".rstrip("0").rstrip(".")


def _settle_narrow(prop: Property, scope: str, said: Sequence[Said]) -> list[Settled]:
    """The most precise value among those that agree; where several can be true at once, one row for each."""
    choices, denied = _choices(prop, said)
    if not choices:
        return _nothing_but_denials(prop, scope, denied)
    rows: list[Settled] = []
    rest = choices
    while rest:
        most = max((choice.fitting_weight, choice.asserted) for choice in rest)
        leading = [choice for choice in rest if (choice.fitting_weight, choice.asserted) == most]
        # lineages that tell every leading value: an account with two days, however many relay it
        accounts = set[str]()
        if prop.type == "date":
            accounts = set.intersection(*({one.root for one in choice.said} for choice in leading))
        best = min(
            leading,
            key=lambda choice: (
                _vagueness(prop, choice, choices),
                -choice.weight,
                _depth(choice, accounts) if accounts else 0,
                choice.value,
            ),
        )
        if prop.type == "date":
            best = _narrowed(prop, best, choices)
        rule = "the most precise value that most voices agree with"
        if not prop.many:
            return [_with_fitting(prop, scope, best, choices, denied, rule)]
        against = _denials(prop, best.value, denied)
        basis = _voices_in_words(best.fitting)
        rows.append(_settled(prop, scope, best.value, best.fitting, against, basis))
        rest = [choice for choice in rest if order(prop.type, choice.value, best.value) not in _FITS]
    return rows


def _narrowed(prop: Property, best: _Choice, choices: Sequence[_Choice]) -> _Choice:
    """Give the value inside another that more than half of those who are more precise than it can agree with.

    "This week" fits every day of it that anybody names, so that it would win over the day that nearly all name.
    """
    inner = [choice for choice in choices if order(prop.type, choice.value, best.value) == "inside" and choice.asserted]
    agreed = {
        choice.value: sum(
            other.weight
            for other in inner
            if order(prop.type, other.value, choice.value) in ("equal", "inside", "contains")
        )
        for choice in inner
    }
    found = max(
        inner, key=lambda choice: (agreed[choice.value], -_width(prop, choice.value), choice.value), default=None
    )
    if found is None or 2 * agreed[found.value] <= sum(choice.weight for choice in inner):
        return best
    return _narrowed(prop, found, choices)


def _depth(choice: _Choice, accounts: Collection[str]) -> int:
    """Give how far into its report a value is first told: a report opens with its event and ends with others."""
    told = [one for one in choice.said if one.root in accounts]
    return min(one.claim.start for one in [one for one in told if not one.copy] or told)


def _vagueness(prop: Property, choice: _Choice, choices: Iterable[_Choice]) -> tuple[int, float]:
    """Rank precision: how many other values lie inside it, then how wide it is."""
    inside = sum(order(prop.type, other.value, choice.value) == "inside" for other in choices)
    within = sum(order(prop.type, choice.value, other.value) == "inside" for other in choices)
    return inside - within, _width(prop, choice.value)


def _settle_set(prop: Property, scope: str, said: Sequence[Said]) -> list[Settled]:
    """Every value with its own support, the most supported first."""
    choices, denied = _choices(prop, said)
    rows = [
        _settled(prop, scope, c.value, c.said, _denials_of(prop, c.value, denied), _voices_in_words(c.said))
        for c in sorted(choices, key=lambda c: (-c.weight, not c.asserted, c.value))
    ]
    unsaid = [one for one in denied if not any(order(prop.type, one.claim.value, c.value) == "equal" for c in choices)]
    return rows + _nothing_but_denials(prop, scope, unsaid)


def _denials_of(prop: Property, value: str, denied: Iterable[Said]) -> list[Said]:
    return [one for one in denied if order(prop.type, one.claim.value, value) == "equal"]


_RULES = {"count": _settle_count, "narrow": _settle_narrow, "set": _settle_set}
