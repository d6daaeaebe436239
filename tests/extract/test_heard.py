"""Tests of statements as the tagger hears them: whose they are, and what the rules have read already."""

from __future__ import annotations

from variorum.extract.attribution import find_attributions
from variorum.extract.heard import find_heard, name_heard, source_of_stretch
from variorum.extract.sentences import split_sentences
from variorum.extract.sourceof import candidates
from variorum.extract.tagger import tag

TEXT = (
    "The clinic closed in May. Nine nurses had left, and the generator was sold, its director Amina Sorel said."
    ' "We had no fuel," she added.'
)
SENTENCES = split_sentences(TEXT)
TAGS = tag(TEXT, [(one.start, one.end) for one in SENTENCES])


def test_a_stretch_has_its_source() -> None:
    start = TEXT.index("Nine")
    end = TEXT.index(", its director")
    found = source_of_stretch(TAGS, candidates(TEXT, SENTENCES, [], start, end), start, end)
    assert found is not None
    assert TEXT[found.start : found.end] == "its director Amina Sorel"


def test_a_stretch_without_candidates_still_has_a_source_of_the_tagger() -> None:
    start = TEXT.index("Nine")
    found = source_of_stretch(TAGS, [], start, start + 21)
    assert found is not None
    assert found.features["tagger"] > 0


def test_what_the_rules_have_read_is_not_heard_again() -> None:
    rules = find_attributions(TEXT, SENTENCES)
    heard = find_heard(TEXT, SENTENCES, rules, TAGS)
    read = [(row.content_start, row.content_end) for row in rules]
    assert read
    assert not any(one.content[0] < end and start < one.content[1] for one in heard for start, end in read)


def test_a_heard_statement_is_named_as_the_rules_would() -> None:
    found = name_heard(TEXT, SENTENCES, find_heard(TEXT, SENTENCES, [], TAGS), [])
    assert "Amina Sorel" in {row.source for row in found} | {row.speaker for row in found}
