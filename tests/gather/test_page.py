"""Web pages: title, body, date and outlet of the article, without the furniture of the page."""

from __future__ import annotations

import pytest

from variorum.errors import UnreadableError
from variorum.gather.page import FURNITURE, page_text, read_page

NOW = "2031-04-01T00:00:00Z"
PARAGRAPHS = (
    "Three people were hurt when the old bridge of Osk fell into the river before dawn on Tuesday, the mayor said.",
    "Divers searched the water below the piers until noon and found two cars and a cart, but nobody inside them.",
    "The bridge was built a century ago and had been closed to lorries since a flood loosened its middle pier.",
    "Engineers from the capital are expected on Friday, and a ferry will carry school children until summer.",
)
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="{charset}">
<title>Bridge falls in Osk | Osk Herald</title><meta property="og:site_name" content="Osk Herald">
<meta property="og:title" content="Bridge falls in Osk"><link rel="canonical" href="https://osk.example/news/bridge">
<meta property="article:published_time" content="2031-03-04T08:10:00+00:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/war">War</a></li></ul></nav>
<div class="cookie-banner"><p>This website uses cookies to improve your experience.</p></div>
<article><h1>Bridge falls in Osk</h1><div class="share"><a href="#">Share on Facebook</a><a href="#">Tweet</a></div>
<p>{0}</p><p>READ MORE: Ferry sinks off Port Ardan</p><p>{1}</p><p>{2}</p><p>{3}</p>
<p>Follow us on Twitter for more.</p></article>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/2">Nine die in harbour strike</a></li></ul></aside>
<section id="comments"><p>Great article, Osk deserves better bridges than this one!</p></section>
<footer><p>Copyright 2031 Osk Herald</p></footer></body></html>"""


def page(charset: str = "utf-8") -> str:
    return PAGE.format(*PARAGRAPHS, charset=charset)


def test_a_page_gives_title_body_date_outlet_and_address() -> None:
    found = read_page(page().encode(), now=NOW)
    assert (found.title, found.outlet, found.url) == (
        "Bridge falls in Osk",
        "Osk Herald",
        "https://osk.example/news/bridge",
    )
    assert (found.published, found.lang) == ("2031-03-04", "en")
    assert found.body == "\n".join(PARAGRAPHS)


def test_the_text_is_title_blank_line_body() -> None:
    assert page_text(read_page(page().encode(), now=NOW)) == "Bridge falls in Osk\n\n" + "\n".join(PARAGRAPHS)


def test_a_declared_encoding_is_followed() -> None:
    source = page("windows-1251").replace("Osk", "Оск")
    assert read_page(source.encode("cp1251"), now=NOW).title == "Bridge falls in Оск"


def test_an_xml_declaration_does_no_harm() -> None:
    source = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + page("iso-8859-1").replace("mayor", "maire à Osk")
    assert "maire à Osk" in read_page(source.encode("latin-1"), now=NOW).body


def test_a_date_after_the_reading_is_not_believed() -> None:
    assert read_page(page().encode(), now="2031-01-01T00:00:00Z").published is None


EMPTY = ["", "<html></html>", "<html><body><script>let a = 1</script></body></html>", "not a page", "<", "<" * 5000]


@pytest.mark.parametrize("source", EMPTY)
def test_a_page_without_an_article_is_refused(source: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_page(source.encode(), now=NOW)
    assert refused.value.code in ("no-text", "unreadable")


def test_a_page_nested_without_end_is_refused_or_read() -> None:
    source = "<html><body>" + "<div>" * 50_000 + "A bridge fell." + "</div>" * 50_000
    with pytest.raises(UnreadableError):
        read_page(source.encode(), now=NOW)


LINES = [
    ("READ MORE: Ferry sinks off Port Ardan", True),
    ("Related: Ferry sinks off Port Ardan", True),
    ("Also on osk.example Ferry sinks off Port Ardan", True),
    ("Share this article", True),
    ("Like this story? Share it with a friend!", True),
    ("Sign up for our daily newsletter", True),
    ("This website uses cookies to improve your experience.", True),
    ("Advertisement", True),
    ("2 min read", True),
    ("12 comments", True),
    ("Share prices fell after the strike, and the port stayed closed for a week.", False),
    ("Read more than one report before you believe it, the mayor said.", False),
    ("Follow the road to the pass and the first crater is on the left.", False),
    ("Related families were housed in the school, he said.", False),
    ("Print workers went on strike on Monday.", False),
    ("Watch towers were hit on Sunday.", False),
    ("Recommended doses were not available in the hospital.", False),
]


@pytest.mark.parametrize(("line", "furniture"), LINES)
def test_a_line_of_the_page_is_told_from_a_line_of_the_article(line: str, furniture: bool) -> None:
    assert bool(FURNITURE.match(line)) is furniture


UNSPACED = [
    "市长说，周二黎明前，这座城市的旧桥倒塌坠入河中，造成三人死亡。潜水员在桥墩下搜寻到中午。",
    "市長によると、火曜日の夜明け前に市内の古い橋が崩落して川に落ち、三人が死亡した。",
]


@pytest.mark.parametrize("sentence", UNSPACED)
def test_a_report_in_a_script_without_spaces_is_read(sentence: str) -> None:
    source = (
        f"<html><head><title>{sentence[:10]}</title></head><body><article><p>{sentence}</p></article></body></html>"
    )
    assert sentence in read_page(source.encode(), now=NOW).body
