"""Pages that are no article are told apart without losing one that is."""

from __future__ import annotations

import pytest

from archives import MENU, SENTENCES, page
from variorum.errors import UnreadableError
from variorum.gather.page import read_page

NOW = "2031-04-01T00:00:00Z"
CARD = '<div class="card"><a href="/{0}"><h3>Ferry number {0} is late again in the harbour</h3></a><p>{1}</p></div>'
TEASER = "The ferry was to leave at dawn, and {0} people waited in the rain until noon before it came."
CARDS = "".join(CARD.format(number, TEASER.format(number)) for number in range(40))
STORY = "".join(f"<p>{sentence.format(town='Osk')}</p>" for sentence in SENTENCES)


def site(inside: str, *, title: str = "Osk Herald", head: str = "") -> bytes:
    menu = f"<nav><ul>{MENU}</ul></nav>"
    return f"<html><head><title>{title}</title>{head}</head><body>{menu}{inside}</body></html>".encode()


def code_of(data: bytes, address: str = "") -> str:
    try:
        read_page(data, now=NOW, address=address)
    except UnreadableError as refused:
        return refused.code
    return "article"


FIRST = SENTENCES[0].format(town="Osk")
COOKIES = "<p>This site and our partners use cookies and personal data to measure the audience of our pages.</p>"
AT_OSK = "https://osk.example"
NOT_FREE = '<script>{"isAccessibleForFree": false}</script>'
LOST = page("Osk").replace("Bridge falls", "Page not found: libraries lose a").encode()


def stub(last: str, head: str = "") -> bytes:
    return site(f"<article><h1>Bridge falls</h1><p>{FIRST}</p><p>{last}</p></article>", head=head)


def story(behind: str = "", times: int = 1) -> bytes:
    return site(f"<article>{STORY * times}{behind}</article>")


PAGES = [
    ("front page", site(CARDS), f"{AT_OSK}/", "not-article"),
    ("one that names itself", site(CARDS, head=f'<link rel="canonical" href="{AT_OSK}">'), "", "not-article"),
    ("tag page", site(CARDS), f"{AT_OSK}/tag/ferry/", "not-article"),
    ("search", site(CARDS), f"{AT_OSK}/find?q=ferry", "not-article"),
    ("list of links", site(f"<ul>{MENU}</ul><p>All sections</p>"), f"{AT_OSK}/site-map", "not-article"),
    ("error", site("<h1>Oops</h1><p>It may have been moved.</p>", title="Page not found - Osk"), "", "not-article"),
    ("guard", site("<p>Checking that you are human.</p>", title="Just a moment..."), "", "not-article"),
    ("consent", site(COOKIES * 4), f"{AT_OSK}/bridge", "not-article"),
    ("log-in", site("<form><input type='password'></form>"), f"{AT_OSK}/login", "login-wall"),
    ("stub", stub("Subscribe to continue reading."), f"{AT_OSK}/bridge", "login-wall"),
    ("stub in French", stub("Il vous reste 80 % à lire : contenu réservé aux abonnés"), "", "login-wall"),
    ("stub that says so in its data", stub("…", NOT_FREE), "", "login-wall"),
    # What looks like one of them and is an article.
    ("article under a tag's address", story(times=4), f"{AT_OSK}/tag/ferry", "article"),
    ("article on errors", LOST, "", "article"),
    ("article beside a log-in form", story("<input type='password'>"), "", "article"),
    ("article on cookies", story(COOKIES), "", "article"),
    ("whole text before a wall", story("<p>Subscribe to continue reading.</p>", times=3), "", "article"),
    ("short article with an offer", stub("Subscribe to our newsletter for more."), "", "article"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "address", "code"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_page_is_what_it_is(data: bytes, address: str, code: str) -> None:
    assert code_of(data, address) == code
