"""What resolving needs of an article's text, in a few bytes: so a text is read once, anywhere, and let go.

Invariant: a gist follows from the article and from where its mentions stand. No events in here.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Article
from variorum.resolve.linkwords import find_tallies, find_ties, load_link_words, sentence_around
from variorum.resolve.passages import Story, read_story

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gist:
    """What one article says as a whole."""

    story: bytes  # its rare words, names and ages; see `open_story`
    linked: bool  # whether its words can tie events to each other or count several: only then is it read for that


def make_gist(article: Article, spans: Sequence[Span]) -> Gist:
    """Give the gist of an article; `spans` are those of its mentions."""
    story = read_story(article.text)
    packed = pickle.dumps((tuple(story.words.items()), story.names, story.ages), pickle.HIGHEST_PROTOCOL)
    return Gist(packed, bool(spans) and _is_linked(article, spans))


def open_story(gist: Gist) -> Story:
    """Give the story that a gist was made of."""
    words, names, ages = pickle.loads(gist.story)
    return Story(dict(words), names, ages)


def _is_linked(article: Article, spans: Sequence[Span]) -> bool:
    text = article.text
    if any(True for _ in find_ties(text)) or any(True for _ in find_tallies(text, article.published)):
        return True
    steps = load_link_words().steps
    stretches = [(start, sentence_around(text, start, end)[1]) for start, end in spans]
    return any(step.words.search(text, start, end) for step in steps for start, end in stretches)
