"""The blocks of a web page in their order: paragraphs, headings, entries of lists, rows of tables. No rules here.

Invariant: every visible character belongs to one block, and the work grows with the page and not with its nesting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from variorum.gather.markup import BLOCKS, SILENT

CELLS = frozenset({"td", "th"})  # a row of a table is read as one line
FRAMES = frozenset({"nav", "footer", "aside", "dialog"})  # what stands in them is not the article's
UNSEEN = SILENT | {"select", "button", "textarea"}
LINE = 25  # characters outside links below which a block is a label
WORDS = 5  # and words, or letters of a script that parts none
LETTERS = 10
SENTENCE = 80  # characters that make it a sentence of prose whatever it ends with
HEADING = 15  # characters of a link that can be a headline
# Scripts that part no words by spaces: Thai to Burmese, Khmer, kana, Chinese.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
ENDED = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]\W{0,3}$")
LETTERS_A_SIGN = 3  # of the same news in English, about
LETTERS_A_WORD = 2  # of Chinese; other such scripts have more


@dataclass(slots=True)
class Block:
    """One block with the text that is its own, not that of blocks inside it."""

    tag: str
    framed: bool  # inside a menu, a footer, a sidebar
    parts: list[str] = field(default_factory=list)
    linked: int = 0  # characters inside links
    text: str = ""  # on one line
    own: int = 0  # characters outside links

    def close(self) -> None:
        """Put its text together."""
        self.text = " ".join("".join(self.parts).split())
        self.parts.clear()
        self.own = max(0, len(self.text) - self.linked)

    @property
    def told(self) -> bool:
        """Tell whether it says something: a sentence, however short, or a line that is no label."""
        if self.own < LINE and not is_unspaced(self.text):
            return False
        return self.own > self.linked and count_words(self.text) >= WORDS

    @property
    def weight(self) -> int:
        """Give its length in characters of a script that parts words: a letter of one that parts none says more."""
        return len(self.text) * (LETTERS_A_SIGN if is_unspaced(self.text) else 1)

    @property
    def heading(self) -> bool:
        """Tell whether it is a link as long as a headline, and nothing else, and in no menu."""
        return self.linked >= HEADING and self.own < 0.2 * self.linked and not self.framed

    @property
    def ended(self) -> bool:
        """Tell whether it ends as a sentence does."""
        return ENDED.search(self.text[-5:]) is not None or self.own >= SENTENCE


def is_unspaced(text: str) -> bool:
    """Tell whether a text has a few words of a script that parts none."""
    return len(UNSPACED.findall(text[:200])) >= LETTERS


def count_words(text: str) -> int:
    """Count the words of a text; in scripts that part none, two letters count as one."""
    if text.isascii():
        return len(text.split())
    letters = len(UNSPACED.findall(text))
    if not letters:
        return len(text.split())
    words = UNSPACED.sub(" ", text).split()
    return sum(any(map(str.isalnum, word)) for word in words) + letters // LETTERS_A_WORD


def find_blocks(tree: Any) -> Sequence[Block]:
    """Give the blocks of a parsed page that hold text, in the order of the page."""
    from lxml.etree import iterwalk  # imported here, as trafilatura is: `--help` has 300 ms in all

    body = tree.find(".//body")
    walk = _Walk()
    for event, element in iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element, whole=event == "end")
    for block in walk.found:
        block.close()
    return [block for block in walk.found if block.text]


class _Walk:
    """Goes through the elements of a page; nothing is looked up above or below them."""

    def __init__(self) -> None:
        self.found = [Block("body", framed=False)]
        self.open = [self.found[0]]
        self.unseen = self.frames = self.links = 0

    def enter(self, element: Any) -> None:
        """Begin an element."""
        tag = element.tag
        self.unseen += tag in UNSEEN
        self.frames += tag in FRAMES
        self.links += tag == "a"
        if tag in BLOCKS and tag not in CELLS and tag != "br":
            self.open.append(Block(tag, self.frames > 0))
            self.found.append(self.open[-1])
        elif tag in CELLS or tag == "br":
            self.open[-1].parts.append(" ")
        self._add(element.text)

    def leave(self, element: Any, *, whole: bool) -> None:
        """End an element, or pass over a comment; the text behind it is that of what stands around it."""
        tag = element.tag
        if whole:
            self.unseen -= tag in UNSEEN
            self.frames -= tag in FRAMES
            self.links -= tag == "a"
            if tag in BLOCKS and tag not in CELLS and tag != "br":
                self.open.pop()
                self.open[-1].parts.append(" ")
            elif tag in CELLS:
                self.open[-1].parts.append(" ")
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text or self.unseen:
            return
        self.open[-1].parts.append(text)
        if self.links:
            self.open[-1].linked += len(text) if not text[:1].isspace() else len(text.strip())
