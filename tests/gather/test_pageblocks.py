"""The work that a page makes grows with its size, whatever stands in it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from variorum.errors import UnreadableError
from variorum.gather.page import read_page
from variorum.gather.pageblocks import count_words, find_blocks

STORY = "".join(
    f"<p>Three people were hurt when bridge {number} of Osk fell, the mayor said.</p>" for number in range(4)
)
HOSTILE = {
    "tags in an attribute": '<div title="' + "<style " * 50_000 + '"></div>',
    "scripts without end": "<script " * 40_000,
    "blanks in its data": '<script type="application/ld+json">{"@type":' + " " * 300_000 + "x}</script>",
    "blanks before a price": '<script>{"isAccessibleForFree"' + " " * 300_000 + "</script>",
    "nested words": "<b>x " * 60_000,
    "links in links": "<a href='/section/of/the/site'>x " * 8_000,
    "a long line": "<p>Sign up for the newsletter newsletter newsletter" + "_" * 300_000 + "x</p>",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_a_page_of_300_kb_is_done_with_in_a_second(part: str) -> None:
    page = (
        f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>{STORY}</article>{part}</body></html>"
    )
    start = time.process_time()
    with suppress(UnreadableError):
        read_page(page.encode(), now="2031-04-01T00:00:00Z")
    assert time.process_time() - start < 1


def test_words_of_scripts_that_part_none_are_counted_by_their_letters() -> None:
    assert (count_words("Three were hurt"), count_words("三人受伤，市长说"), count_words("Osk 三人受伤")) == (3, 3, 3)


def test_a_sentence_with_links_and_inner_tags_is_one_block() -> None:
    from lxml.html import fromstring

    page = fromstring(
        "<body><p>Three <a href='/x'>people</a> were <b>hurt</b>.</p><table><tr><td>Ada<td>9</table></body>"
    )
    assert [(block.text, block.linked) for block in find_blocks(page)] == [("Three people were hurt.", 6), ("Ada 9", 0)]
