"""What feeds and sitemaps list."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from bench.sites import entity_bomb, feed, sitemap

from variorum.gather.fetching.addresses import parse_address
from variorum.gather.fetching.entrypage import address_of_entry, has_own_text, make_page
from variorum.gather.fetching.links import Link, find_kind, read_feed
from variorum.gather.fetching.outcome import Unfetched
from variorum.gather.fetching.sitemaps import read_sitemap
from variorum.gather.fetching.unpack import unpack, unzip

HERE = "https://news.example/feed.xml"
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><title>Harbour Post</title>
<entry><title>Market &amp; mosque shelled</title><link href="/a1"/><updated>2031-05-01T09:00:00Z</updated>
<summary>Four people were killed.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://news.example/a1"><title>Shelled</title>
<link>https://news.example/a1</link></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (feed("A", []), "feed"),
        (b"\xef\xbb\xbf" + feed("A", []), "feed"),
        (ATOM.encode(), "feed"),
        (ATOM.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"), "feed"),
        (RDF.encode(), "feed"),
        (b"<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0'/>", "feed"),
        (sitemap([]), "sitemap"),
        (sitemap([], index=True), "index"),
        (b"<!DOCTYPE html><html><body>rss</body></html>", ""),
        (b"<html><head><title>feed</title>", ""),
        (b"{}", ""),
        (b"", ""),
    ],
)
def test_a_document_says_by_its_root_what_it_is(body: bytes, kind: str) -> None:
    assert find_kind(body) == kind


@pytest.mark.parametrize("body", [ATOM.encode(), ATOM.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")])
def test_an_entry_gives_its_address_title_and_date(body: bytes) -> None:
    found = read_feed(body, HERE, 10)
    assert found.title == "Harbour Post"
    link = found.links[0]
    assert link.address == "https://news.example/a1"
    assert link.title == "Market & mosque shelled"
    assert link.published == "2031-05-01T09:00:00+00:00"


def test_a_feed_in_rdf_is_read() -> None:
    assert [link.address for link in read_feed(RDF.encode(), HERE, 10).links] == ["https://news.example/a1"]


def test_an_entry_without_a_page_of_the_web_is_counted_and_the_others_are_given() -> None:
    body = feed("A", [("file:///etc/passwd", "x"), ("https://news.example/1", "y"), ("http://u:p@news.example/", "z")])
    found = read_feed(body, HERE, 10)
    assert ([link.address for link in found.links], found.refused) == (["https://news.example/1"], 2)


def test_of_a_long_feed_the_first_entries_are_read_and_the_rest_is_counted() -> None:
    body = feed("A", [(f"https://news.example/{number}", "Title") for number in range(50_000)])
    found = read_feed(body, HERE, 5)
    assert [link.address[-2:] for link in found.links] == ["/0", "/1", "/2", "/3", "/4"]
    assert found.left_out == 49_995


@pytest.mark.parametrize("read", [read_feed, lambda body, _, most: read_sitemap(body, parse_address(HERE), most)])
def test_a_document_that_declares_entities_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    assert find_kind(entity_bomb()) == "feed"
    with pytest.raises(Unfetched, match="entities"):
        read(entity_bomb(), HERE, 10)


def test_what_looks_like_a_file_or_an_address_is_not_opened() -> None:
    for body in (b"/etc/passwd", b"http://127.0.0.1:9/feed"):
        with pytest.raises(Unfetched, match="cannot be read"):
            read_feed(body, HERE, 10)


def test_a_sitemap_gives_the_newest_pages_of_its_own_host() -> None:
    rows = [(f"https://news.example/{day}", f"2031-05-{day:02d}") for day in range(1, 29)]
    body = sitemap([("https://other.example/x", "2031-06-01"), ("https://news.example:22/", "2031-06-01"), *rows])
    found = read_sitemap(body, parse_address(HERE), 2)
    assert [link.address for link in found.links] == ["https://news.example/28", "https://news.example/27"]
    assert (found.refused, found.left_out) == (2, 26)
    assert found.links[0].published == ""  # a last change is no date of publication


def test_a_sitemap_of_any_size_is_read_in_little_memory() -> None:
    junk = b"<x>" + b"<a/>" * 200_000 + b"</x>" + b"<url>" + b"<b>words</b>" * 100_000 + b"<loc>/deep</loc></url>"
    body = sitemap([]).replace(b"</urlset>", junk + b"<url><loc>/1</loc></url></urlset>")
    tracemalloc.start()
    try:
        found = read_sitemap(body, parse_address(HERE), 10)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert [link.address for link in found.links] == ["https://news.example/deep", "https://news.example/1"]


@pytest.mark.parametrize("body", [b"<rss>" + b"<a/>" * 400_000, b"<rss>" + b"words" * 300_000])
def test_a_feed_that_would_keep_the_parser_busy_for_minutes_is_refused(body: bytes) -> None:
    with pytest.raises(Unfetched, match=r"tags|too large to mend"):
        read_feed(body, HERE, 10)


def test_an_index_gives_its_sitemaps_newest_first() -> None:
    body = sitemap(
        [("https://news.example/old.xml", "2030-01-01"), ("https://news.example/new.xml", "2031-01-01")], index=True
    )
    found = read_sitemap(body, parse_address(HERE), 10)
    assert [one[-7:] for one in found.maps] == ["new.xml", "old.xml"]


def test_a_sitemap_that_breaks_off_is_refused() -> None:
    with pytest.raises(Unfetched, match="cannot be read"):
        read_sitemap(sitemap([("https://news.example/1", "")])[:-20], parse_address(HERE), 10)


def test_a_text_of_an_entry_is_an_article_and_a_teaser_is_none() -> None:
    words = "Four people were killed when shells hit a market. " * 10
    assert has_own_text(Link("https://a.example/", html=f"<p>{words}</p>"))
    assert not has_own_text(
        Link("https://a.example/", html="<p>Four people were killed …</p>" + "<br class='wide'>" * 100)
    )


def test_a_page_of_an_entry_escapes_what_the_feed_says_of_it() -> None:
    link = Link("https://a.example/?a=1&b=2", title='<script>"x"', published='2031"><', html="One\n\nTwo & three")
    page = make_page(link, "Post & Sons", link.address).decode()
    assert "<script>" not in page
    assert "<p>One</p><p>Two &amp; three</p>" in page
    assert 'content="2031&quot;&gt;&lt;"' in page


def test_an_entry_cannot_say_of_what_outlet_its_page_is() -> None:
    said = (
        '<script type="application/ld+json">{"publisher": "Post"}</script><meta property="og:site_name" content="Post">'
    )
    page = make_page(Link("https://a.example/1", html=f"{said}<p>Two & three</p>"), "", "https://a.example/1").decode()
    assert "Post" not in page
    assert "<p>Two &amp; three</p>" in page


@pytest.mark.parametrize(
    ("feed", "page", "one_site"),
    [
        ("https://a.example/feed", "http://www.a.example/1", True),
        ("https://rss.a.example/feed", "https://www.a.example/1", True),
        ("https://www.a.example/feed", "https://news.a.example/1", True),
        ("https://one.blogs.example/feed", "https://two.blogs.example/1", False),
        ("https://one.blogs.example/feed", "https://blogs.example/1", False),
        ("https://a.example/feed", "https://notaa.example/1", False),
        ("https://feeds.example/feed", "https://other.example/1", False),
        ("http://a.example:8000/feed", "http://a.example:9000/1", False),
    ],
)
def test_an_entry_stands_under_its_link_only_on_the_site_of_its_feed(feed: str, page: str, one_site: bool) -> None:
    assert address_of_entry(feed, Link(page)) == (page if one_site else f"{feed}#{page}")


def test_unpacking_stops_at_its_bound_before_the_memory_is_full() -> None:
    packed = gzip.compress(bytes(40_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(Unfetched, match="larger than 1,000,000 bytes"):
            unzip(packed, 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_gzip_files_one_behind_the_other_are_one_and_a_torn_one_is_refused() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpack(packed, "GZIP", 100) == b"one two"
    assert unpack(packed + b"\0\0junk", "gzip", 100) == b"one two"
    with pytest.raises(Unfetched, match="too soon"):
        unpack(packed[:-3], "gzip", 100)
