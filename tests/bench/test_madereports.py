"""Articles made for measuring speed."""

from __future__ import annotations

from statistics import median

from bench.madereports import make_report


def test_a_number_gives_one_article_and_no_other_gives_it_too() -> None:
    texts = [make_report(number).text for number in range(60)]
    assert make_report(7).text == texts[7]
    assert len(set(texts)) == len(texts)


def test_made_articles_have_the_lengths_of_real_ones() -> None:
    lengths = [len(make_report(number).text) for number in range(60)]
    assert 1_200 < median(lengths) < 2_200
    assert min(lengths) < 900
    assert max(lengths) > 3_000
