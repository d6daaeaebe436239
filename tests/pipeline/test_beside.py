"""What two mentions state, side by side."""

from __future__ import annotations

import pytest

from variorum.model import make_article, make_claim, make_mention, make_reading
from variorum.pipeline.beside import set_beside


@pytest.mark.parametrize(("source", "relation"), [("police", "contradicts"), ("Marenian police", "revised")])
def test_a_role_without_a_name_is_another_one_in_each_report(source: str, relation: str) -> None:
    articles, article_of, claims = {}, {}, []
    for day, toll in (("04", "four"), ("06", "nine")):
        article = make_article(
            url=f"x:{day}",
            text=f"{toll} people were killed, {source} said.",
            sha256="",
            fetched_at="",
            outlet=f"Post {day}",
            published=f"2031-03-{day}T08:00:00Z",
        )
        mention = make_mention(article, make_reading(article.id, "test", "1").id, "strike", 0, 20)
        value = {"four": "4", "nine": "9"}[toll]
        claims.append(
            make_claim(mention, article, prop="killed", value=value, start=0, end=4, scope="all", source=source)
        )
        articles[article.id] = article
        article_of[mention.id] = article.id
    (row,) = set_beside(claims[:1], claims[1:], article_of, articles, [])
    assert row.relation == relation
