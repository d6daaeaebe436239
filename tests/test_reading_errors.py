"""The page on reading errors says of each passage what the reader gives for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from variorum.extract.parts import BOTH
from variorum.extract.rules import read_article
from variorum.model import Claim, make_article
from variorum.values.gazetteer import open_gazetteer

PAGE = Path(__file__).parents[1] / "docs" / "reading-errors.md"
PASSAGE = re.compile(r"^## (?P<number>\d+)\. .*\n\n(?P<words>(?:> .*\n)+)\n```text\n(?P<read>(?:.*\n)+?)```$", re.M)
PASSAGES = list(PASSAGE.finditer(PAGE.read_text(encoding="utf-8")))
NOT_SHOWN = {"place", "weapon", "target"}


def shown(claim: Claim) -> str:
    words = " ".join(part for part in (claim.prop, claim.scope, claim.value) if part)
    return f"{words}, {claim.source}" if claim.source else words


def test_the_page_has_ten() -> None:
    assert [match["number"] for match in PASSAGES] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda match: match["number"])
def test_a_passage_is_read_as_the_page_says(passage: re.Match[str]) -> None:
    words = " ".join(line.removeprefix("> ") for line in passage["words"].splitlines())
    text = f"Attack near Tell Hamra\n\nTELL HAMRA, Syria - Shells hit the market of Tell Hamra. {words}\n"
    of = {"title": "Attack near Tell Hamra", "published": "2021-11-17", "sha256": "0" * 64, "fetched_at": ""}
    article = make_article(url="file:a.txt", text=text, **of)
    found = read_article(article, open_gazetteer(), BOTH)
    rows = [shown(claim) for claim in sorted(found.claims, key=lambda row: row.start) if claim.prop not in NOT_SHOWN]
    assert (rows or ["nothing"]) == passage["read"].splitlines()
