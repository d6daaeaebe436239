"""A whole report in blocks beside which its claims stand."""

from __future__ import annotations

import random

from variorum.show.blocks import cut_into_blocks
from variorum.show.marks import Mark

TEXT = "Title 😀\n\nقُتل سبعة هنا.\nNothing here.\nNor here.\n\nTwelve were hurt.\n"


def at(words: str, id: str) -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), id)


def test_a_paragraph_where_a_quote_begins_is_a_block_and_quiet_ones_are_together() -> None:
    blocks = cut_into_blocks(TEXT, [at("سبعة", "c1"), at("Twelve", "c2")])
    assert [TEXT[block.start : block.end] for block in blocks] == [
        "Title 😀",
        "قُتل سبعة هنا.",
        "Nothing here.\nNor here.",
        "Twelve were hurt.",
    ]
    assert [block.opens for block in blocks] == [(), ("c1",), (), ("c2",)]


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_stands_beside_the_first() -> None:
    start, end = TEXT.index("هنا"), TEXT.index("Nor")
    blocks = cut_into_blocks(TEXT, [Mark(start, end, "c1"), at("Nor", "c2")])
    marked = ["".join(piece.text for piece in block.pieces if "c1" in piece.values) for block in blocks]
    assert [words for words in marked if words] == ["هنا.", "Nothing here."]
    assert [block.opens for block in blocks if block.opens] == [("c1",), ("c2",)]


def test_the_blocks_and_the_breaks_between_them_are_the_text() -> None:
    rng = random.Random(7)
    for _ in range(300):
        text = "".join(rng.choices("ab \n😀ق", k=rng.randrange(60)))
        marks = []
        for number in range(rng.randrange(6)):
            start = rng.randrange(len(text) + 1)
            marks.append(Mark(start, min(len(text), start + rng.randrange(9)), f"c{number}"))
        blocks = cut_into_blocks(text, marks)
        place = 0
        for block in blocks:
            assert set(text[place : block.start]) <= {"\n"}
            assert "".join(piece.text for piece in block.pieces) == text[block.start : block.end]
            place = block.end
        assert set(text[place:]) <= {"\n"}
        for mark in marks:
            marked = "".join(p.text for b in blocks for p in b.pieces if mark.id in p.values)
            assert marked.replace("\n", "") == text[mark.start : mark.end].replace("\n", "")


def test_a_text_without_words_has_no_block() -> None:
    assert cut_into_blocks("", []) == []
    assert cut_into_blocks("\n\n", []) == []
