"""A claim as a W3C Web Annotation."""

from __future__ import annotations

from factories import article, extraction
from variorum.show.annotation import make_annotation


def test_its_selectors_find_the_quote_by_words_and_by_code_points() -> None:
    of = article()
    claim = extraction(of, [("killed", "Seven")]).claims[0]
    found = make_annotation(claim, of, number="R7", words="killed = 7", reader=("Software", "rules 1"))
    quote, position = found["target"]["selector"]
    assert quote["exact"] == "Seven" == of.text[position["start"] : position["end"]]
    assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in of.text
    assert "😀" in of.text[: position["start"]]
    assert found["target"]["source"]["language"] == "en"
    assert found["body"]["value"] == "killed = 7"


def test_at_the_edge_of_a_text_nothing_stands_before_or_after() -> None:
    of = article("edge", "Seven")
    claim = extraction(of, [("killed", "Seven")]).claims[0]
    quote, _ = make_annotation(claim, of, number="R1", words="", reader=("Person", "m.k."))["target"]["selector"]
    assert (quote["prefix"], quote["suffix"]) == ("", "")
