"""The words that a search found, among those around them."""

from __future__ import annotations

import time

from variorum.show.found import cut_snippet


def test_every_found_word_stands_between_marks() -> None:
    text = "Seven people were killed in the market."
    snippet = cut_snippet(text, [(18, 24), (32, 38)])
    assert snippet.words == "Seven people were «killed» in the «market»."
    assert text[snippet.start : snippet.end] == "killed in the market"


def test_the_stretch_with_most_different_words_is_shown() -> None:
    text = "Killed. " + "Filler. " * 40 + "The market where they were killed."
    spans = [(0, 6), (text.index("market"), text.index("market") + 6), (len(text) - 7, len(text) - 1)]
    snippet = cut_snippet(text, spans)
    assert snippet.words.endswith("The «market» where they were «killed».")
    assert text[snippet.start : snippet.end].startswith("market")


def test_a_line_break_and_signs_beyond_the_basic_plane_keep_offsets() -> None:
    text = "😀😀\nقُتل سبعة"
    start = text.index("سبعة")
    snippet = cut_snippet(text, [(start, start + 4)])
    assert snippet.words == "😀😀 قُتل «سبعة»"
    assert (snippet.start, snippet.end) == (start, start + 4)


def test_a_text_of_one_word_over_and_over_takes_no_longer_than_another() -> None:
    text = "word " * 200_000
    spans = [(place, place + 4) for place in range(0, len(text), 5)]
    began = time.process_time()
    snippet = cut_snippet(text, spans)
    assert time.process_time() - began < 2
    assert snippet.words.startswith("«word» «word»")
