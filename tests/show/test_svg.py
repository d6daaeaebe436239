from __future__ import annotations

from variorum.show.svg import element, short, words


def test_words_are_escaped_and_lose_what_xml_forbids() -> None:
    assert words('<a href="x">&\x00\u202e') == "&lt;a href=&quot;x&quot;&gt;&amp;"


def test_numbers_have_one_decimal() -> None:
    assert [short(v) for v in (1.0, 1.26, -0.01, 100)] == ["1", "1.3", "0", "100"]


def test_attributes_are_escaped_and_none_is_left_out() -> None:
    assert element("text", "x", cls="a", stroke_width=1.5, href='"', rx=None) == (
        '<text class="a" stroke-width="1.5" href="&quot;">x</text>'
    )
