"""Which articles reprint, abridge or rewrite another. From the texts alone; events and claims play no part.

Invariant: the result depends on the set of articles, not on their order. Every copy names the root of its lineage,
a root is never a copy, and the root is the earliest published of its lineage, then the one with the smallest id.

Likeness is containment: the share of the shorter text's word triples that stand in the longer one. It is taken
three times: over everything; over what is told in the writer's own words, so that two reports of one press
conference stay independent; and over the lead, because the closing paragraphs of a house are the same every week.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

from variorum.gather.imprints import MIN_TRIPLES, Imprint, make_imprints, read_wording
from variorum.gather.shingles import Wording
from variorum.model import Article, Copy

DAY = 86_400.0
# Pairs held against each other in one piece of work, some tenths of a second. Sorted by their earlier article: a
# piece needs the wordings of a stretch of time and of what stands near it.
PIECE = 4_000
READ = 500  # wordings that lie open at a time: some 30 MB

# Set on 560 war reports by 15 outlets, 3,918 crime reports and 240 labelled articles, by reading pairs on both
# sides of each line. Rewritten agency copy lies at .30 to .55; reports of two writers on one event at .05 to .20;
# above .30 what was no copy was a house's closing paragraph (stock, lead) or one witness's words (told).
COPY_SHARE = 0.30
TOLD_SHARE = 0.25
STRONG_TOLD_SHARE = 0.10
ALL_ATTRIBUTED = 0.75  # so that .34 is asked for where every sentence names a source
MIN_TOLD = 25  # triples: two sentences in the writer's own words
EMBEDDED_SHARE = 0.25
ROUND_UP = 3  # times as long as the short report on one of its stories
LEAD_SHARE = 0.15
SPREAD = 0.6  # of the fifths of the shorter text, those in which a tenth is shared
WIRE_SHARE = 0.18  # both credit the same agency within a day
WIRE_TOLD_SHARE = 0.12
BLOCK_SHARE = 0.6  # of what is shared, in one run: a message that both print whole, without quotation marks
# From here on every sentence may name a source; and a link in which this much of the longer text is shared joins
# without asking which is the better parent. Over one half, or a round-up of two stories would join them.
STRONG_SHARE = 0.55
CLEAR_SHARE = 0.80  # from here on the date and the lead no longer matter: nobody writes this twice
# Without both dates neither stock nor distance in time can tell a house's formulas from a rewrite: on the war reports
# four pairs between .32 and .35 were formulas ("a source at the police command told our reporter that …").
UNDATED_SHARE = 0.38
WEEK_SHARE = 0.60  # more than three days apart: a rewrite is no longer news
OWN_WEEK_SHARE = 0.40  # the same outlet takes half of its report into the one on the charge
OWN_DAYS = 10.0
STOCK_DAYS = 7.0  # wording shared by articles further apart than this, and otherwise unlike, is the house's stock
STOCK_SHARE = 0.5  # of a text's wording; where less is its own, what it shares says nothing
NEAR_DAYS = 3.0
ROOT_SHARE = 0.15
WIRE_DAYS = 1.5


@dataclass(frozen=True, slots=True)
class _Link:
    """Two articles of one lineage, by their places in key order; `left` comes first."""

    left: int
    right: int
    share: float
    strong: bool
    credit: bool


Pair = tuple[int, int]
Share = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]  # like the built-in map: in order, each once


def find_copies(articles: Iterable[Article]) -> list[Copy]:
    """Give the copies among articles, sorted by id, each with the root of its lineage.

    `how` is "shingles"; "wire credit" when the shared wording alone would not do and a common agency credit and day
    do; "update" when the same outlet prints its own text again with other figures. An update stays in the lineage,
    for it is no second witness, but its figures are the outlet's later word.
    """
    return find_copies_by_imprint(make_imprints({one.id: one for one in articles}.values()))


def find_copies_by_imprint(imprints: Iterable[Imprint], share: Share = map) -> list[Copy]:
    """Give the same from the imprints of articles; `share` may hold pairs against each other in other processes."""
    from variorum.gather.alike import find_alike  # numpy: 80 ms to import

    rows = sorted({one.id: one for one in imprints}.values(), key=lambda one: one.key)
    likely: list[Pair] = []
    runs: set[int] = set()
    for pairs, more in share(_look, _pieces(rows, find_alike(rows))):
        likely += pairs
        runs.update(array("I", more))
    stock = array("I", sorted(runs)).tobytes()
    links = list(chain.from_iterable(share(_link, ((*piece, stock) for piece in _pieces(rows, likely)))))
    wording = _reader(rows)
    roots = _roots(len(rows), wording, links)
    nearest: dict[int, _Link] = {}
    for link in links:
        if link.right not in nearest or link.share > nearest[link.right].share:
            nearest[link.right] = link
    copies = [
        _make_copy(wording(place), wording(root), nearest.get(place))
        for place, root in enumerate(roots)
        if root != place
    ]
    return sorted(copies, key=lambda copy: copy.article_id)


Piece = tuple[Sequence[Pair], dict[int, Imprint]]


def _pieces(rows: Sequence[Imprint], pairs: Sequence[Pair]) -> Iterator[Piece]:
    """Cut pairs into pieces of work, each with the imprints that it needs."""
    for start in range(0, len(pairs), PIECE):
        some = pairs[start : start + PIECE]
        yield some, {place: rows[place] for place in sorted({place for pair in some for place in pair})}


def _reader(imprints: Mapping[int, Imprint] | Sequence[Imprint]) -> Callable[[int], Wording]:
    """Give what reads the wording of a place, keeping the last ones: each takes fifty times its imprint."""
    return lru_cache(READ)(lambda place: read_wording(imprints[place]))


def _look(piece: Piece) -> tuple[list[Pair], bytes]:
    """Give the pairs of a piece that are alike enough to be links, and the stock among what its pairs share.

    Stock are the triples that articles far apart in time share while most of their wording differs, or is no report's.
    """
    pairs, imprints = piece
    wording = _reader(imprints)
    likely: list[Pair] = []
    stock: set[int] = set()
    for left, right in pairs:
        one, other = wording(left), wording(right)
        shared = one.distinct & other.distinct
        least = min(len(one.distinct), len(other.distinct))
        apart = _days_apart(one, other)
        if (
            apart is not None
            and apart > STOCK_DAYS
            and (len(shared) < STRONG_SHARE * least or not _may_copy(one, other))
        ):
            stock |= shared
        if len(shared) >= WIRE_SHARE * least or one.triples == other.triples:
            likely.append((left, right))
    return likely, array("I", sorted(stock)).tobytes()


def _link(piece: tuple[Sequence[Pair], dict[int, Imprint], bytes]) -> list[_Link]:
    """Give the links among the pairs of a piece, given the stock of all."""
    pairs, imprints, told = piece
    wording = _reader(imprints)
    stock = frozenset(array("I", told))
    compared = (_compare(wording(left), wording(right), (left, right), stock) for left, right in pairs)
    return [link for link in compared if link is not None]


def _make_copy(copy: Wording, root: Wording, nearest: _Link | None) -> Copy:
    share = len(copy.distinct & root.distinct) / len(copy.distinct) if copy.distinct else 1.0
    how = "wire credit" if nearest is not None and nearest.credit else "shingles"
    if copy.outlet and copy.outlet == root.outlet and _other_figures(copy, root):
        how = "update"
    return Copy(copy.id, root.id, round(share, 4), how)


def _other_figures(later: Wording, earlier: Wording) -> bool:
    """Tell whether each text leads with a figure that the other does not have."""
    return bool(later.lead_figures - earlier.figures and earlier.lead_figures - later.figures)


def _days_apart(left: Wording, right: Wording) -> float | None:
    if left.moment is None or right.moment is None:
        return None
    return abs(left.moment - right.moment) / DAY


def _may_copy(one: Wording, other: Wording) -> bool:
    """Tell whether both texts are reports, not what surrounds one on its page; or go by one title all the same."""
    return (one.on_topic and other.on_topic) or 2 * len(one.title & other.title) > min(len(one.title), len(other.title))


def _compare(one: Wording, other: Wording, pair: Pair, stock: frozenset[int]) -> _Link | None:
    left, right = pair
    if one.triples == other.triples:
        return _Link(left, right, 1.0, True, False)
    small, large = (one, other) if (len(one.distinct), one.key) <= (len(other.distinct), other.key) else (other, one)
    if len(small.distinct) < MIN_TRIPLES or not _may_copy(one, other):
        return None
    shared = len(small.distinct & large.distinct)
    plain = shared / len(small.distinct)
    if plain < WIRE_SHARE:
        return None
    strong = shared >= STRONG_SHARE * len(large.distinct)
    triples = [triple for triple in small.triples if triple not in stock]
    if len(triples) < MIN_TRIPLES:
        return None
    if plain >= CLEAR_SHARE and len(triples) > STOCK_SHARE * len(small.triples):
        return _Link(left, right, plain, strong, False)
    kept = [triple in large.distinct for triple in triples]
    share = sum(kept) / len(kept)
    told_share = _own_share(small, large, stock)
    apart = _days_apart(one, other)
    if not _is_spread(kept) or _is_embedded(one, other, share):
        return None
    own = bool(one.outlet) and one.outlet == other.outlet
    if share < STRONG_SHARE and not own and _longest_run(kept) > BLOCK_SHARE * sum(kept):
        return None
    enough = TOLD_SHARE if share < STRONG_SHARE else STRONG_TOLD_SHARE
    if share >= _least(apart, own=own) and told_share >= enough:
        return _Link(left, right, share, strong, False)
    same_wire = bool(one.credits & other.credits) and apart is not None and apart <= WIRE_DAYS
    if same_wire and share >= WIRE_SHARE and told_share >= WIRE_TOLD_SHARE:
        return _Link(left, right, share, False, True)
    return None


def _least(apart: float | None, *, own: bool) -> float:
    if apart is None:
        return UNDATED_SHARE
    if apart <= NEAR_DAYS:
        return COPY_SHARE
    return OWN_WEEK_SHARE if own and apart <= OWN_DAYS else WEEK_SHARE


def _longest_run(kept: Sequence[bool]) -> int:
    return max((sum(1 for _ in run) for shared, run in groupby(kept) if shared), default=0)


def _own_share(small: Wording, large: Wording, stock: frozenset[int]) -> float:
    """Give the share of the shorter text's own words that are the longer text's own words too.

    What either of the two quotes or attributes is not counted: one writer sets a message in quotation marks, the
    next prints it as a block. Where next to nothing is told in own words, all but quotations counts, at a discount.
    """
    told = (small.told - stock) - (large.distinct - large.told)
    if len(told) >= MIN_TOLD:
        return len(told & large.told) / len(told)
    unquoted = (small.unquoted - stock) - (large.distinct - large.unquoted)
    return ALL_ATTRIBUTED * len(unquoted & large.unquoted) / len(unquoted) if len(unquoted) >= MIN_TRIPLES else 0.0


def _is_embedded(earlier: Wording, later: Wording, share: float) -> bool:
    """Tell whether a much longer report only carries the other along: as background, or as one of many in a round-up.

    A later, short report that stands there whole is an abridged copy of the long one.
    """
    if earlier.moment is None or later.moment is None or earlier.moment == later.moment:
        return False
    if len(later.distinct) < len(earlier.distinct):
        return share < STRONG_SHARE and ROUND_UP * len(later.distinct) < len(earlier.distinct)
    return len(earlier.distinct & later.distinct) < EMBEDDED_SHARE * len(later.distinct)


def _is_spread(kept: Sequence[bool]) -> bool:
    """Tell whether shared wording runs through the text and its lead, and is not one block of it."""
    lead = kept[: max(MIN_TRIPLES, len(kept) * 3 // 10)]
    if sum(lead) < LEAD_SHARE * len(lead):
        return False
    fifths = [kept[len(kept) * part // 5 : len(kept) * (part + 1) // 5] for part in range(5)]
    return sum(sum(fifth) >= 0.1 * len(fifth) for fifth in fifths) >= SPREAD * 5


def _roots(size: int, wording: Callable[[int], Wording], links: Sequence[_Link]) -> list[int]:
    """Give the root of each place: strong links join; then each group goes under its best earlier one.

    A group takes one parent only: a round-up that holds two stories must not make the two one lineage. And it
    shares wording with the root itself: three rewrites on from a story, what is left is the next day's story.
    """
    root = list(range(size))

    def top(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for link in links:
        if link.strong:
            left, right = top(link.left), top(link.right)
            root[max(left, right)] = min(left, right)
    best: dict[int, tuple[float, int, int]] = {}
    for link in links:
        low, high = sorted((top(link.left), top(link.right)))
        if low != high:
            best[high] = max(best.get(high, (0.0, 0, 0)), (link.share, -low, low))
    for high, (_, _, low) in sorted(best.items()):
        first = wording(top(low)).distinct
        own = wording(high).distinct
        if len(first & own) >= ROOT_SHARE * min(len(first), len(own)):
            root[high] = low
    return [top(place) for place in range(size)]
