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


SIDE = "<aside>" + "".join(
    f'<p><a href="/n/{number}">Council debates the new ferry harbour of year {number}</a></p>' for number in range(20)
) + "</aside>"  # fmt: skip
BRIEF = (
    "<p>Gunmen killed five people in the village of Osk on Tuesday, police said.</p>"
    "<p>Two of the dead were children, said the mayor of the district, Ada Lind.</p>"
    "<p>No group has claimed the attack, which began at dawn near the market.</p>"
)
TRIAL = (
    "<p>A court in Osk jailed a man for nine years after finding that the woman did not consent.</p>"
    "<p>The judge said consent could not be assumed, and that she had been threatened with a knife.</p>"
)
LEAK = (
    "<p>A court fined the town of Osk for losing the personal data of 500 victims of the attack.</p>"
    "<p>The names of the wounded were published in breach of the GDPR, lawyers said on Tuesday.</p>"
)
MARCH = "<p>Thousands were told to join to continue the march on Osk, where five people were killed on Monday.</p>"
SPANS = STORY.replace("<p>", "<p><span>").replace("</p>", "</span></p>")
FORM = "<div><form><input type='password'><button>Log in</button></form></div>"
SAYS_SO = '<meta property="og:type" content="article">'
FRONT = '<link rel="canonical" href="https://osk.example/">'
POSTS = "<div><time>10:00</time><p>Police say that five are dead.</p></div>" * 15
ANSWERS = "<div><b>Who did it?</b><br>Nobody has said so.<br>Police blame the Guard of Osk.<br></div>" * 5
POINTS = (
    "<ul>" + "<li>Five people were killed in Osk on Tuesday</li><li>Eight were hurt in Lio on Friday</li>" * 4 + "</ul>"
)
ROWS = "".join(f"<tr><td>Ada Lind {age}</td><td>{age}</td><td>shot on Tuesday</td></tr>" for age in range(20, 40))
CITED = "<p>Gunmen killed <a href=/a>five people</a> in <a href=/b>Osk</a> on Tuesday.</p>" * 3


def report(inside: str = BRIEF, *, title: str = "Five killed in Osk", head: str = "", beside: str = "") -> bytes:
    """Give a page as it comes: a long menu, a report of a few sentences, a sidebar of headlines, a footer."""
    inner = (
        f"<main><article><h1>{title}</h1>{inside}</article></main>{beside}{SIDE}<footer><p>Osk Herald 2031</p></footer>"
    )
    return site(inner, title=title, head=head)


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

TITLES = [
    "500 killed in attack on Osk",
    "400 people flee Osk after raid",
    "Access denied to aid convoys after attack",
    "Access denied: five aid convoys turned back",
    "Not found guilty: five freed over Osk killings",
    "Just a moment of terror: five killed in Osk",
    "Account suspended, journalist then shot dead in Osk",
]
PAGES += [(title, report(title=title), f"{AT_OSK}/2031/osk", "article") for title in TITLES]
ASKED = ["/?p=123", "/index.php?id=5", "/en?id=77", "/news/osk?s=20", "/index.php?option=com_content&view=article&id=5"]
PAGES += [(path, report(), f"{AT_OSK}{path}", "article") for path in ASKED]
WALLED = "<p>" + FIRST + "</p><div><h3>{}</h3><p>{}</p></div>"
PAGES += [
    ("brief", report(), f"{AT_OSK}/osk", "article"),
    ("brief beside a form", report(head=SAYS_SO, beside=FORM), f"{AT_OSK}/osk", "article"),
    ("spans beside a form", report(SPANS, beside=FORM), f"{AT_OSK}/osk", "article"),
    ("brief of a trial", report(TRIAL), f"{AT_OSK}/osk", "article"),
    ("brief of a leak", report(LEAK), f"{AT_OSK}/osk", "article"),
    ("brief of a bakery", report("<p>A blast at a works of cookies in Osk killed five.</p>"), "", "article"),
    ("Chinese flash", report("<p>周二上午，多尔马中心市场发生爆炸，至少五人死亡。</p>"), f"{AT_OSK}/osk", "article"),
    ("brief of a club", report(BRIEF.replace("the village", "a members-only club")), f"{AT_OSK}/osk", "article"),
    ("brief of a march", report(MARCH), f"{AT_OSK}/osk", "article"),
    ("an offer", report(beside="<p>Members only: listen to our podcast</p>"), f"{AT_OSK}/osk", "article"),
    ("another", report(beside="<p>Subscribe now to continue supporting us.</p>"), f"{AT_OSK}/osk", "article"),
    ("a third", report(beside="<p>Sign in to continue to the comments</p>"), f"{AT_OSK}/osk", "article"),
    ("saved page that names the front page", report(STORY, head=SAYS_SO + FRONT), "", "article"),
    ("flash", report("<p>Five people were killed in an attack on Osk, police say.</p>"), f"{AT_OSK}/osk", "article"),
    ("live blog", report(POSTS), f"{AT_OSK}/osk", "article"),
    ("questions and answers", report(ANSWERS), f"{AT_OSK}/osk", "article"),
    ("press release of points", report(POINTS), f"{AT_OSK}/osk", "article"),
    ("table of victims", report(f"<table>{ROWS}</table>"), f"{AT_OSK}/osk", "article"),
    ("links inside short sentences", report(CITED), f"{AT_OSK}/osk", "article"),
    # What is none.
    ("wall that asks", report(WALLED.format("Want to read on?", "Log in.")), f"{AT_OSK}/osk", "login-wall"),
    ("wall that offers", report(WALLED.format("", "To read more, become a subscriber.")), "", "login-wall"),
    ("soft error", report("<p>Sorry, we could not find the page that you were looking for.</p>"), "", "not-article"),
    ("check", report("<p>Verify you are human by completing the action below.</p>"), "", "not-article"),
    ("not here", report("<p>Our website is unavailable in most European countries.</p>"), "", "not-article"),
    ("numbered error", report("<p>It may have moved.</p>", title="Error 404 (Not Found)!"), "", "not-article"),
    ("list under no list's address", site(CARDS), f"{AT_OSK}/world/africa", "not-article"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "address", "code"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_page_is_what_it_is(data: bytes, address: str, code: str) -> None:
    assert code_of(data, address) == code
