"""Saved feeds: each entry with a text is an article, with the outlet that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.gather.files import read_inputs
from variorum.model import Article, Problem

NOW = "2031-04-01T00:00:00Z"
STORY = "Three people were hurt when the old bridge of Osk fell into the river, the mayor said."
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Varda News</title><link>https://varda.example</link><language>en-gb</language>{}</channel></rss>"""
ITEM = (
    "<item><title>Bridge falls</title><link>https://osk.example/1</link>"
    "<pubDate>Tue, 04 Mar 2031 08:10:00 GMT</pubDate>{}</item>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Osk Herald</title><entry><title>Bridge falls</title>
<link href="https://osk.example/1"/><id>tag:osk,1</id><updated>2031-03-05T09:00:00Z</updated>
<content type="html">&lt;p&gt;{0}&lt;/p&gt;&lt;p&gt;Divers found nobody.&lt;/p&gt;</content></entry></feed>"""


def read(path: Path, text: str) -> list[Article | Problem]:
    path.write_text(text)
    return list(read_inputs(path, now=NOW))


def test_an_item_is_an_article_with_link_title_date_and_outlet(tmp_path: Path) -> None:
    item = ITEM.format(f"<description>{STORY}</description>")
    (article,) = read(tmp_path / "a.rss", RSS.format(item))
    assert isinstance(article, Article)
    assert (article.url, article.title, article.outlet) == ("https://osk.example/1", "Bridge falls", "Varda News")
    assert (article.published, article.published_basis) == ("2031-03-04T08:10:00+00:00", "metadata")
    assert (article.text, article.lang) == (f"Bridge falls\n\n{STORY}", "en")


def test_the_source_that_an_item_names_is_its_outlet(tmp_path: Path) -> None:
    source = '<source url="https://osk.example/rss">Osk Herald</source>'
    item = ITEM.replace("Bridge falls", "Bridge falls - Osk Herald")
    (article,) = read(tmp_path / "a.xml", RSS.format(item.format(f"{source}<description>{STORY}</description>")))
    assert isinstance(article, Article)
    assert (article.outlet, article.title) == ("Osk Herald", "Bridge falls")


def test_the_whole_text_goes_before_the_summary_and_loses_its_markup(tmp_path: Path) -> None:
    whole = (
        f"<content:encoded><![CDATA[<p>{STORY}<script>go()</script></p><p>Divers &amp; a dog\nfound <b>nobody</b>."
        "<br>They stop.</p>]]></content:encoded>"
    )
    item = ITEM.format(f"<description>{STORY[:60]}</description>{whole}")
    (article,) = read(tmp_path / "a.rss", RSS.format(item))
    assert isinstance(article, Article)
    assert article.text == f"Bridge falls\n\n{STORY}\nDivers & a dog found nobody.\nThey stop."


def test_an_entry_that_was_only_updated_says_so(tmp_path: Path) -> None:
    (article,) = read(tmp_path / "a.atom", ATOM.format(STORY))
    assert isinstance(article, Article)
    assert (article.published_basis, article.outlet) == ("metadata: updated", "Osk Herald")
    assert article.text.endswith("\nDivers found nobody.")


def test_entries_that_are_only_links_are_one_row(tmp_path: Path) -> None:
    link = "<description>&lt;a href='https://osk.example/1'&gt;Bridge falls&lt;/a&gt; Varda News</description>"
    (row,) = read(tmp_path / "a.rss", RSS.format(ITEM.format(link) * 3))
    assert isinstance(row, Problem)
    assert (row.code, row.cause) == ("no-text", "3 entries are only links, such as https://osk.example/1")


LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
HOSTILE = {
    "bomb": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "file": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
}


@pytest.mark.parametrize("head", HOSTILE.values(), ids=HOSTILE)
def test_entities_neither_grow_nor_fetch(tmp_path: Path, head: str) -> None:
    feed = RSS.format(ITEM.format(f"<description>{STORY} &l9;</description>")).replace('"?>', f'"?>{head}', 1)
    found = read(tmp_path / "a.rss", feed)
    texts = [row.text for row in found if isinstance(row, Article)]
    assert all(len(text) < 1_000 and "root:" not in text for text in texts)


def test_a_torn_feed_gives_the_entries_that_are_whole(tmp_path: Path) -> None:
    feed = RSS.format(ITEM.format(f"<description>{STORY}</description>") * 2)
    found = read(tmp_path / "a.rss", feed[: feed.rindex("<description>")])
    assert any(isinstance(row, Article) and row.text.endswith(STORY) for row in found)


def test_a_file_that_a_feed_names_is_not_opened(tmp_path: Path) -> None:
    (other := tmp_path / "other.txt").write_text(RSS.format(ITEM.format(f"<description>{STORY}</description>")))
    assert [row.code for row in read(tmp_path / "a.rss", str(other)) if isinstance(row, Problem)] == ["unsupported"]


def test_a_feed_of_more_tags_than_any_needs_is_refused(tmp_path: Path) -> None:
    (row,) = read(tmp_path / "a.rss", RSS.format("<b/>" * 300_001))
    assert isinstance(row, Problem)
    assert row.code == "unreadable"
