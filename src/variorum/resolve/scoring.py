"""Pairs of mentions → links with a score, here or in other processes. What a pair weighs is decided in `compare.py`.

Invariant: a link follows from its two mentions alone, so who scores it, when and beside which others changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from variorum.resolve.candidates import Pair
from variorum.resolve.cluster import Link
from variorum.resolve.compare import weigh
from variorum.resolve.laid import PackedViews, Share
from variorum.resolve.steady import cut_steadily
from variorum.resolve.view import MentionView

MENTIONS = 600  # whose pairs, some 5,000, one process scores in one go: about half a second


def score_pairs(views: Mapping[str, MentionView], pairs: Collection[Pair]) -> list[Link]:
    """Score pairs of mentions, sorted."""
    return _score(views, sorted(pairs))


def share_scoring(
    near: Callable[[str], object], share: Share
) -> Callable[[Mapping[str, MentionView], Collection[Pair]], list[Link]]:
    """Give what scores pairs piece by piece; mentions for which `near` gives nearly the same come in one piece.

    A process forked from this one would inherit the views and need none sent. Sent packed they cost next to nothing,
    and a spawned process is safe beside threads, and may be on another machine.
    """

    def score(views: Mapping[str, MentionView], pairs: Collection[Pair]) -> list[Link]:
        if not isinstance(views, PackedViews):
            return score_pairs(views, pairs)
        found = chain.from_iterable(share(_score_piece, _pieces(views, pairs, near)))
        return sorted(found, key=lambda link: (link.left, link.right))

    return score


Piece = tuple[PackedViews, Sequence[Pair]]


def _pieces(views: PackedViews, pairs: Iterable[Pair], near: Callable[[str], object]) -> Iterator[Piece]:
    """Cut pairs so that the mentions of one piece are few."""
    order = sorted(pairs, key=lambda pair: (near(pair[0]), pair))
    for some in cut_steadily(order, itemgetter(0), MENTIONS):
        yield views.some({mention for pair in some for mention in pair}), some


def _score_piece(piece: Piece) -> list[Link]:
    return _score(*piece)


def _score(views: Mapping[str, MentionView], pairs: Iterable[Pair]) -> list[Link]:
    links = []
    for left, right in pairs:
        weighed = weigh(views[left], views[right])
        links.append(Link(left, right, weighed.score, weighed.logit, weighed.veto))
    return links
