"""Decisions that people made, carried over to what a newer reading found. No decision is made or dropped here.

Invariant: every ruling and judgement given comes back either as carried or as lost, and what is lost says why.
A claim found again by the same words keeps its id and its rulings; this is for claims whose span or mention moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from variorum.model import Claim, Judgement, Mention, Ruling
from variorum.resolve.rulings import OF_CLAIMS
from variorum.schema import load_schema

# A mention whose best place another mention has the better claim to takes its next best where that holds at least this
# share of what its best holds; below, it goes where its words went, and both stand for one.
NEXT_BEST = 0.5
SAME_KIND = 2.0  # an equal kind counts double: of two events in one sentence each keeps to its own

Rank = TypeVar("Rank", tuple[bool, bool, bool, bool, int], tuple[float, bool, int])


@dataclass(frozen=True, slots=True)
class LostRuling:
    """A ruling for which nothing in the new reading stands."""

    ruling: Ruling
    why: str


@dataclass(frozen=True, slots=True)
class LostJudgement:
    """A judgement of which a mention is not found again."""

    judgement: Judgement
    why: str


def carry_rulings(
    rulings: Iterable[Ruling],
    old_claims: Iterable[Claim],
    new_claims: Iterable[Claim],
    article_of: Mapping[str, str],
    heirs: Mapping[str, str] | None = None,
) -> tuple[tuple[Ruling, ...], tuple[LostRuling, ...]]:
    """Give each ruling the id of the claim that now stands for the one it was made on.

    `article_of` leads from mention id to article id, for old and new mentions; `heirs` from an old mention to the one
    that stands there now, where that is known. A claim of the same article, property and scope takes over when its
    span overlaps or its words are the same, the nearest first; a claim that stood before has its own rulings, and takes
    others over only where it overlaps. "accept" and "reject" were said of one value, so they only go to a claim of that
    value; "correct" was said of the words. A person's earlier words on a claim go with the last one or not at all.
    """
    pairs, lost = follow_rulings(rulings, old_claims, new_claims, article_of, heirs or {})
    return tuple(after for _, after in pairs), tuple(lost)


def follow_rulings(
    rulings: Iterable[Ruling],
    old_claims: Iterable[Claim],
    new_claims: Iterable[Claim],
    article_of: Mapping[str, str],
    heirs: Mapping[str, str],
) -> tuple[list[tuple[Ruling, Ruling]], list[LostRuling]]:
    """Give each ruling that can be carried beside what it becomes, as `carry_rulings` does, and those that cannot.

    A ruling on a mention goes to the mention's heir, one on a relation to the heirs of both claims where they have the
    same values; those on reports, copies and held-back claims stay, since what they name does not move.
    """
    old, new = _by_id(old_claims), _by_id(new_claims)
    follow = _Claims(old, new, article_of, heirs)
    words: dict[tuple[str, ...], list[Ruling]] = {}
    for row in rulings:
        words.setdefault((row.subject, row.other, _about(row), row.by), []).append(row)
    carried: list[tuple[Ruling, Ruling]] = []
    lost: list[LostRuling] = []
    moved: dict[tuple[str, ...], list[tuple[Ruling, list[Ruling]]]] = {}
    for (_, _, about, by), rows in words.items():
        last = max(rows, key=_when)
        went, why = _follow(last, about, follow, heirs)
        if went is None:
            lost += [LostRuling(row, why) for row in rows]
        else:
            moved.setdefault((*went, about, by), []).append((last, rows))
    for (subject, other, *_), several in moved.items():
        said, _ = max(several, key=lambda pair: _when(pair[0]))
        for last, rows in several:
            if last.verdict == said.verdict and last.value == said.value:
                carried += [(row, replace(row, subject=subject, other=other)) for row in rows]
            else:
                lost += [LostRuling(row, "a later word of the same person stands at those words") for row in rows]
    return carried, lost


def _about(row: Ruling) -> str:
    """Name what a ruling is about: all that is said of one claim goes together."""
    if row.field in OF_CLAIMS:
        return "claim"
    # Each name of a relation, and each claim that a person found, is a statement of its own.
    return f"{row.field} {row.value}" if row.field in ("relation", "claim") else row.field


def _follow(row: Ruling, about: str, follow: _Claims, heirs: Mapping[str, str]) -> tuple[tuple[str, str] | None, str]:
    """Give the ids that a ruling names now, or None and why there are none."""
    if row.field in ("kind", "claim"):
        heir = heirs.get(row.subject)
        return ((heir, ""), "") if heir else (None, f"nothing stands now where mention {row.subject} stood")
    if about == "claim":
        found, why = follow.heir(row)
        return (None if found is None else (found, "")), why
    if row.field != "relation":
        return (row.subject, row.other), ""
    # The other claim of a relation can stand in another article, which is not read now.
    ids = [follow.heir_of(id, same_value=True) if id in follow.old else (id, "") for id in (row.subject, row.other)]
    (left, no_left), (right, no_right) = ids
    if left is None or right is None:
        return None, no_left or no_right
    return (left, right), ""


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    return {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.id)}


def _when(row: Ruling) -> tuple[str, str, str]:
    return row.at, row.verdict, row.value or ""


class _Claims:
    """Which new claim stands for an old one: each new claim for one old one as far as that goes."""

    def __init__(
        self,
        old: Mapping[str, Claim],
        new: Mapping[str, Claim],
        article_of: Mapping[str, str],
        heirs: Mapping[str, str],
    ) -> None:
        self.old, self.new, self.article_of, self.heirs = old, new, article_of, heirs
        self.places: dict[tuple[str, str, str | None], list[Claim]] = {}
        for claim in new.values():
            self.places.setdefault(self._place(claim), []).append(claim)
        self.found: dict[bool, dict[str, str]] = {}

    def _place(self, claim: Claim) -> tuple[str, str, str | None]:
        return self.article_of.get(claim.mention_id, ""), claim.prop, claim.scope

    def heir(self, ruling: Ruling) -> tuple[str | None, str]:
        """Give the claim a ruling goes to, or None and why there is none."""
        return self.heir_of(ruling.subject, same_value=ruling.verdict != "correct")

    def heir_of(self, claim_id: str, *, same_value: bool) -> tuple[str | None, str]:
        """Give the claim that stands for one now, or None and why there is none; one that is found again is its own."""
        if claim_id in self.new:
            return claim_id, ""
        before = self.old.get(claim_id)
        if before is None:
            return None, "the claim it was made on is not known"
        said_of_value = same_value
        if said_of_value not in self.found:
            self.found[said_of_value] = self._pair(said_of_value)
        heir = self.found[said_of_value].get(before.id)
        if heir is not None:
            return heir, ""
        if said_of_value and any(self._rank(before, claim) for claim in self.places.get(self._place(before), ())):
            return None, "the words are now read as another value"
        return None, "no claim of this property and scope stands at those words now"

    def _pair(self, same_value: bool) -> dict[str, str]:
        ranked = []
        for before in self.old.values():
            article_id = self.article_of.get(before.mention_id, "")
            if before.id in self.new or not article_id:
                continue
            for claim in self.places.get(self._place(before), ()):
                rank = self._rank(before, claim)
                if rank is not None and (claim.value == before.value or not same_value):
                    ranked.append((rank, before.id, claim.id))
        heirs = _pair_off(ranked, taken=self.old.keys())
        for rank, before_id, claim_id in sorted(ranked):
            if not rank[0]:  # it overlaps
                heirs.setdefault(before_id, claim_id)
        return heirs

    def _rank(self, old: Claim, new: Claim) -> tuple[bool, bool, bool, bool, int] | None:
        """Order heirs: overlapping, then of the mention's heir, same source, same stance, nearest; None for no heir."""
        away = not (new.start < old.end and old.start < new.end)
        moved = self.heirs.get(old.mention_id, new.mention_id) != new.mention_id
        if away and (moved or " ".join(new.quote.split()) != " ".join(old.quote.split())):
            return None
        distance = abs(new.start - old.start) + abs(new.end - old.end)
        return away, moved, new.source != old.source, new.stance != old.stance, distance


def _pair_off(ranked: Iterable[tuple[Rank, str, str]], taken: Iterable[str]) -> dict[str, str]:
    """Pair old with new, the best pair first, so that no two would both rather have each other."""
    heirs: dict[str, str] = {}
    used = set(taken)
    for _, before, after in sorted(ranked):
        if before not in heirs and after not in used:
            heirs[before] = after
            used.add(after)
    return heirs


def carry_mentions(
    old_mentions: Iterable[Mention],
    new_mentions: Iterable[Mention],
    old_claims: Iterable[Claim] = (),
    new_claims: Iterable[Claim] = (),
) -> dict[str, str]:
    """Lead each old mention id to the mention that now stands there: same article, compatible kind, most of its words.

    Where claims are given, a mention also goes where most of its claims went, and to one of a kind that cannot be the
    same event only where most of them stand. Each new mention stands for one old one as far as that goes, the most
    alike first; an old one that is left goes where most of it went. A mention that stands unchanged leads to itself;
    one for which nothing stands is left out.
    """
    old = sorted({mention.id: mention for mention in old_mentions}.values(), key=lambda mention: mention.id)
    in_article: dict[str, list[Mention]] = {}
    ids: set[str] = set()
    for mention in sorted(new_mentions, key=lambda mention: mention.id):
        if mention.id not in ids:
            ids.add(mention.id)
            in_article.setdefault(mention.article_id, []).append(mention)
    said, says = _by_mention(old_claims), _by_mention(new_claims)
    heirs = {mention.id: mention.id for mention in old if mention.id in ids}
    ranked: list[tuple[tuple[float, bool, int], str, str]] = []
    for before in old:
        if before.id in heirs:
            continue
        found = []
        for mention in in_article.get(before.article_id, ()):
            rank = _likeness(before, mention, said.get(before.id, ()), says.get(mention.id, ()))
            if rank is not None:
                found.append((rank, before.id, mention.id))
        best = min(found)[0][0] if found else 0.0
        ranked += [row for row in found if row[0][0] <= NEXT_BEST * best]
    heirs |= _pair_off(ranked, taken=heirs.values())
    for _, before_id, mention_id in sorted(ranked):
        heirs.setdefault(before_id, mention_id)
    return heirs


def _by_mention(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.mention_id, []).append(claim)
    return found


def _likeness(
    old: Mention, new: Mention, said: Sequence[Claim], says: Sequence[Claim]
) -> tuple[float, bool, int] | None:
    """Order heirs, the best least: by the shares of words and claims that went there, then kind, then other words."""
    shared = max(0, min(new.end, old.end) - max(new.start, old.start))
    again = sum(any(_says_again(claim, other) for other in says) for claim in said)
    same = new.kind == old.kind
    if (shared == 0 and again == 0) or not (same or _may_be_read_as(old.kind, new.kind, 2 * again > len(said))):
        return None
    share = shared / (old.end - old.start) + (again / len(said) if said else 0.0)
    return -round(share * (SAME_KIND if same else 1.0), 9), not same, new.end - new.start


def _may_be_read_as(old: str, new: str, mostly_said_again: bool) -> bool:
    """Tell whether a passage of one kind can be read as another: one that meets it, or whatever says what it said."""
    kinds = load_schema().kinds
    told = not kinds[old].background and not kinds[new].background
    return told and (mostly_said_again or load_schema().compatible(old, new))


def _says_again(old: Claim, new: Claim) -> bool:
    same = (old.prop, old.scope, old.value) == (new.prop, new.scope, new.value)
    return same and old.start < new.end and new.start < old.end


def carry_judgements(
    judgements: Iterable[Judgement],
    old_mentions: Iterable[Mention],
    new_mentions: Iterable[Mention],
    old_claims: Iterable[Claim] = (),
    new_claims: Iterable[Claim] = (),
) -> tuple[tuple[Judgement, ...], tuple[LostJudgement, ...]]:
    """Give each judgement the ids of the mentions that now stand where its two stood.

    Where two judgements of one person come to be on the same two mentions, the later one stands.
    """
    now = list(new_mentions)
    heirs = carry_mentions(old_mentions, now, old_claims, new_claims)
    heirs |= {mention.id: mention.id for mention in now}
    pairs, lost = follow_judgements(judgements, heirs)
    return tuple(after for _, after in pairs), tuple(lost)


def follow_judgements(
    judgements: Iterable[Judgement], heirs: Mapping[str, str]
) -> tuple[list[tuple[Judgement, Judgement]], list[LostJudgement]]:
    """Give each judgement that can be carried beside what it becomes, and those that cannot.

    `heirs` leads from a mention to the one that stands there now, also where that is the same.
    """
    carried: list[tuple[Judgement, Judgement]] = []
    lost: list[LostJudgement] = []
    words: dict[tuple[str, str, str, bool], list[Judgement]] = {}
    for row in judgements:
        words.setdefault((row.left, row.right, row.by, row.blind), []).append(row)
    moved: dict[tuple[str, str, str, bool], list[tuple[Judgement, list[Judgement]]]] = {}
    for (one, other, by, blind), rows in words.items():
        left, right = heirs.get(one), heirs.get(other)
        if left is None or right is None:
            missing = one if left is None else other
            lost += [LostJudgement(row, f"nothing stands now where mention {missing} stood") for row in rows]
        elif left == right:
            lost += [LostJudgement(row, "both mentions are read as one now") for row in rows]
        else:
            pair = min(left, right), max(left, right)
            last = max(rows, key=lambda row: (row.at, row.verdict, row.why))
            moved.setdefault((*pair, by, blind), []).append((last, rows))
    for (left, right, *_), several in moved.items():
        # A person's earlier words on a pair go with the last one, or not at all.
        stands, _ = max(several, key=lambda pair: _rank_of(pair[0], left, right))
        for last, rows in several:
            if last is stands:
                carried += [(row, replace(row, left=left, right=right)) for row in rows]
            else:
                why = "a later word of the same person stands on the two mentions there now"
                lost += [LostJudgement(row, why) for row in rows]
    return carried, lost


def _rank_of(last: Judgement, left: str, right: str) -> tuple[str, bool, str, str]:
    """Order words that come to two mentions: the later one goes before, then one that was said of these two."""
    return last.at, (last.left, last.right) == (left, right), last.verdict, last.why
