"""A ledger as a folder of pages: every link leads to a file in it, and nothing is in it that should not go out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from starlette.testclient import TestClient

from hostile import find_intruders, own_elements, write_reports
from publish.test_redact import PRIVATE, PUBLIC, REPORTS, WITHHELD_WORDS, holds
from variorum.config import Config
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.pipeline import edition, run
from variorum.pipeline.labels import make_labels
from variorum.web.folder.found import shard_of
from variorum.web.folder.scripts import to_script
from variorum.web.folder.site import Made, read_title, write_site
from variorum.web.pages.passages import MOST_SHOWN, cut_short

OpenSite = Callable[[Path], TestClient]
NOW = "2031-05-03T10:00:00+00:00"
OF_THE_WORLD = ("towns.js", "outlines.js")  # the same places whatever the ledger
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")  # a file's name on every system
OWN = own_elements()


def write(ledger: Ledger, out: Path, config: Config | None = None, **options: bool) -> Made:
    return write_site(ledger, config or Config(), str(out), tell=lambda _: None, **options)  # type: ignore[arg-type]


class Links(HTMLParser):
    """The addresses and the anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.twice: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "xlink:href") and value is not None:
                self.links.add(value)
            if name == "id" and value:
                self.twice |= self.anchors & {value}
                self.anchors.add(value)


def pages_of(site: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def as_served(text: str) -> str:
    """Give a page with its ways to files as those on a server."""
    own = r"(?:\.\./)?(?:(?:static|data)/|(?=(?:events|reports)/[\w-]+\.html|[a-z]+(?:-\d+)?\.html))"
    return re.sub(rf' (href|src|action)="{own}', r' \1="/static/', text)


def words_of(site: Path) -> Iterator[tuple[str, str]]:
    """Give the text of every file that follows from the ledger, with the words of pages as people read them."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("static/") and path.name not in OF_THE_WORLD:
            yield name, name + "\n" + html.unescape(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def site_in_a_folder(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample reports, written once; only to read."""
    out = tmp_path_factory.mktemp("files") / "site"
    with Ledger.open(demo, readonly=True) as ledger:
        write(ledger, out)
    return out


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of reports with private names."""
    folder = tmp_path_factory.mktemp("named")
    rows = "\n".join(json.dumps({"lang": "en", **row}) for row in REPORTS)
    (folder / "reports.jsonl").write_text(rows, encoding="utf-8")
    with Ledger.open(folder / "x.db", create=True) as ledger:
        run([folder / "reports.jsonl"], ledger, now=NOW, workers=1)
        yield ledger


# ---------------------------------------------------------------- whole
def test_every_link_leads_into_the_folder_and_to_what_is_there(site_in_a_folder: Path) -> None:
    read = {path: Links(text) for path, text in pages_of(site_in_a_folder).items()}
    dead = []
    for path, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc, link[:1] == "/") == ("", "", False), (path.name, link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = parts.fragment if "=" not in parts.fragment else ""  # a filter for the script
            if not target.is_file() or (anchor and anchor not in read[target].anchors):
                dead.append(f"{path.name}: {link}")
    assert len(read) > 60
    assert dead == []


def test_long_lists_are_cut_into_pages_that_lead_to_each_other(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pages.looking.SIZE", "folder.site.SIZE", "folder.site.LISTED", "folder.reports.LISTED"):
        monkeypatch.setattr(f"variorum.web.{name}", 10)
    with Ledger.open(demo, readonly=True) as ledger:
        made = write(ledger, tmp_path / "site")
    pages = {path.name: Links(text).links for path, text in pages_of(tmp_path / "site").items()}
    assert {"events-2.html", "events-3.html", "reports-2.html", "reports-3.html"} <= pages.keys()
    told = (tmp_path / "site" / "map.html").read_text(encoding="utf-8")
    assert f"Drawn here: the first 10 of {made.events} events." in told
    assert {"index.html", "events-3.html", "index.html#state=single"} <= pages["events-2.html"]
    assert {"reports.html", "reports-3.html"} <= pages["reports-2.html"]
    rows = [link for name in ("index.html", "events-2.html", "events-3.html") for link in pages[name]]
    assert len({link for link in rows if link.startswith("events/")}) == made.events


def test_every_event_and_every_quote_of_the_ledger_is_there(site_in_a_folder: Path, demo: Path) -> None:
    with Ledger.open(demo, readonly=True) as ledger:
        published = edition(ledger)
    told = "\n".join(html.unescape(re.sub(r"<[^>]+>", "", text)) for text in pages_of(site_in_a_folder).values())
    claims = [claim for event in published.events for claim in published.claims_of(event)]
    assert len(claims) > 100
    assert [event.title for event in published.events if event.title not in told] == []
    assert [claim.quote for claim in claims if " ".join(claim.quote.split()) not in " ".join(told.split())] == []


class Runs:
    """Every run of some words on a page, without its headings and the numbers of claims between the words."""

    LONG = 6  # words: one that stands by itself is chance

    def __init__(self, page: str) -> None:
        plain = re.sub(r"<(h1|title|sup)\b.*?</\1>|<[^>]+>", "", page, flags=re.DOTALL)
        self._runs = set(self._cut(html.unescape(plain).split()))

    def _cut(self, words: list[str]) -> list[tuple[str, ...]]:
        return [tuple(words[at : at + self.LONG]) for at in range(len(words) - self.LONG + 1)]

    def share(self, text: str) -> float:
        """Give the share of a text's letters that stand there, between 0 and 1."""
        words = text.split()
        there = {at + i for at, run in enumerate(self._cut(words)) if run in self._runs for i in range(self.LONG)}
        return sum(len(words[at]) for at in there) / sum(map(len, words))


def test_the_text_of_a_report_stays_in_the_ledger(site_in_a_folder: Path, demo: Path, open_site: OpenSite) -> None:
    pages = {path.stem: Runs(text) for path, text in pages_of(site_in_a_folder).items()}
    with Ledger.open(demo, readonly=True) as ledger:
        labels = make_labels(ledger)
        texts = {labels.articles[article.id]: article.text for article in ledger.articles()}
    assert len(texts) > 20
    # Of some reports another page holds a little more: that of one that copies them, or of an event that both tell of.
    told = {name: round(max(page.share(text) for page in pages.values()), 2) for name, text in texts.items()}
    assert {name: share for name, share in told.items() if share > MOST_SHOWN + 0.1} == {}
    own = {name: round(pages[name].share(text), 2) for name, text in texts.items()}
    assert {name: share for name, share in own.items() if share > MOST_SHOWN + 0.01} == {}
    assert 0.3 < own["R1"] < 1 < Runs(open_site(demo).get("/reports/R1").text).share(texts["R1"]) + 0.05


def test_of_a_text_that_is_mostly_quoted_only_the_quotes_stand_there() -> None:
    quotes = [f"({number} people were killed there)" for number in range(10, 20)]
    text = " and so on, ".join(quotes)
    claims = [
        {"id": quote, "start": text.index(quote) + 1, "end": text.index(quote) + len(quote) - 1, "source": ""}
        for quote in quotes
    ]
    shown = ["".join(piece.text for piece in window["pieces"]) for window in cut_short(text, claims)]
    assert shown == [quote[1:-1] for quote in quotes]


def test_no_id_stands_twice_on_a_page(site_in_a_folder: Path) -> None:
    twice = {path.name: ids for path, text in pages_of(site_in_a_folder).items() if (ids := Links(text).twice)}
    assert twice == {}


def test_the_same_ledger_gives_the_same_bytes(site_in_a_folder: Path, demo: Path, tmp_path: Path) -> None:
    with Ledger.open(demo, readonly=True) as ledger:
        write(ledger, tmp_path / "again")
    files = [{path.relative_to(one): path for path in one.rglob("*")} for one in (site_in_a_folder, tmp_path / "again")]
    assert files[0].keys() == files[1].keys()
    assert [
        str(name)
        for name, path in files[0].items()
        if path.is_file() and path.read_bytes() != files[1][name].read_bytes()
    ] == []


def test_names_of_files_are_safe_everywhere_and_differ_in_more_than_case(site_in_a_folder: Path) -> None:
    names = [path.relative_to(site_in_a_folder).as_posix() for path in site_in_a_folder.rglob("*")]
    assert [name for name in names if not all(SAFE.fullmatch(part) for part in name.split("/"))] == []
    assert len({name.lower() for name in names}) == len(names)


def test_a_page_allows_nothing_but_files_of_the_site(site_in_a_folder: Path) -> None:
    for path, text in pages_of(site_in_a_folder).items():
        assert "default-src &#39;none&#39;; script-src &#39;self&#39; file:" in text, path.name
        assert find_intruders(as_served(text), OWN) == [], path.name


def test_nothing_of_the_desk_is_on_any_page(site_in_a_folder: Path) -> None:
    for path, text in pages_of(site_in_a_folder).items():
        assert [word for word in ("csrf", 'method="post"', "htmx.min.js", "/decide", "m.k.") if word in text] == [], (
            path.name
        )


def test_a_ledger_without_reports_has_a_site(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        made = write(ledger, tmp_path / "site")
    assert made.events == 0
    assert "0 events" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


# ---------------------------------------------------------------- redacted
def test_what_is_redacted_is_in_no_file(named: Ledger, tmp_path: Path) -> None:
    write(named, tmp_path / "plain")
    write(named, tmp_path / "shared", redacted=True)
    plain = "\n".join(text for _, text in words_of(tmp_path / "plain"))
    shared = dict(words_of(tmp_path / "shared"))
    assert [word for word in ("Testley", "Farhana", "Mir") if not holds(word, plain)] == []
    for name, text in shared.items():
        assert [word for word in PRIVATE if holds(word, text) or holds(word.lower(), text)] == [], name
    assert [word for word in PUBLIC if not any(word in text for text in shared.values())] == []
    assert any("[person 1]" in text for text in shared.values())


def test_every_page_of_a_redacted_site_says_so(named: Ledger, tmp_path: Path) -> None:
    write(named, tmp_path / "site", redacted=True)
    assert [
        path.name for path, text in pages_of(tmp_path / "site").items() if "Redacted for sharing (care/1)" not in text
    ] == []


def test_a_withheld_report_gives_no_word(named: Ledger, tmp_path: Path) -> None:
    made = write(named, tmp_path / "site", Config(withheld=("R3",)), redacted=True)
    assert made.shown.redacted is not None
    assert len(made.shown.redacted.withheld) == 1
    for name, text in words_of(tmp_path / "site"):
        assert [word for word in WITHHELD_WORDS if word in text] == [], name
    # A link to the search stands where it finds another report by the source, and nowhere else.
    pages = {path.stem: text for path, text in pages_of(tmp_path / "site").items()}
    found = {
        name: re.findall(r"<bdi>([^<]*)</bdi>: [^<]*· <a [^>]*>find it", pages[name]) for name in ("R1", "R2", "R3")
    }
    assert "<bdi>Tihama Observatory</bdi>: " in pages["R1"]
    assert {name: sorted(one) for name, one in found.items()} == {
        "R1": ["Salim Karro", "[person 2]"],
        "R2": ["Salim Karro", "[person 2]"],
        "R3": [],
    }


@pytest.mark.parametrize(
    ("given", "title"),
    [("  Coast  ", "Coast"), ("", "Variorum"), ("   ", "Variorum"), ("\x01\u200f ", "Variorum"), ("a\x01b", "a b")],
)
def test_a_title_without_words_is_the_usual_one(given: str, title: str) -> None:
    assert read_title(given) == title


# ---------------------------------------------------------------- hostile
def test_hostile_reports_stay_words_in_pages_and_in_scripts(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with Ledger.open(tmp_path / "hostile.db", create=True) as ledger:
        run(write_reports(tmp_path / "reports"), ledger, now=NOW, workers=1)
        write(ledger, tmp_path / "site")
    assert len(pages_of(tmp_path / "site")) > 10
    for path, text in pages_of(tmp_path / "site").items():
        assert find_intruders(as_served(text), OWN) == [], path.name
    for path in (tmp_path / "site" / "data").glob("*.js"):
        assert path.name in OF_THE_WORLD or "<" not in path.read_text(encoding="utf-8"), path.name


def test_a_script_holds_data_that_ends_neither_it_nor_its_line() -> None:
    given = ["</script><b>&", "a\u2028b\u2029c", "\\\"'"]
    text = to_script(given, "x=")
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text[2:-2]) == given


@pytest.mark.parametrize(("form", "shard"), [("hudaydah", "0068"), ("القاهرة", "0627"), ("京", "x4e")])
def test_words_stand_in_a_script_of_their_first_letter(form: str, shard: str) -> None:
    assert shard_of(form) == shard


# ---------------------------------------------------------------- where it is written
@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        yield ledger


def test_a_site_takes_the_place_of_an_older_one(empty: Ledger, tmp_path: Path) -> None:
    write(empty, tmp_path / "site")
    (tmp_path / "site" / "events").mkdir(exist_ok=True)
    (tmp_path / "site" / "events" / "EV-0LD0.html").write_text("of an older state", encoding="utf-8")
    write(empty, tmp_path / "site")
    assert not (tmp_path / "site" / "events" / "EV-0LD0.html").exists()
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("empty.db")} == {"site"}


@pytest.mark.parametrize("name", ["notes.txt", "index.html", "events/EV-7K3Q.html"])
def test_a_folder_that_is_no_site_is_left_alone(empty: Ledger, tmp_path: Path, name: str) -> None:
    mine = tmp_path / "mine" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="and no site"):
        write(empty, tmp_path / "mine")
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_site_with_a_file_of_ones_own_in_it_is_left_alone(empty: Ledger, tmp_path: Path) -> None:
    write(empty, tmp_path / "site")
    (tmp_path / "site" / "thesis.odt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"thesis\.odt beside it"):
        write(empty, tmp_path / "site")
    assert (tmp_path / "site" / "thesis.odt").exists()


@pytest.mark.parametrize("name", ["nowhere/site", "empty.db"])
def test_what_cannot_be_a_folder_is_said(empty: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        write(empty, tmp_path / name)


def test_a_site_that_could_not_be_finished_leaves_the_one_before(
    empty: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(empty, tmp_path / "site")
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}

    write_bytes = Path.write_bytes

    def full(path: Path, body: bytes) -> int:
        if path.name == "about.html":
            raise OSError(28, "No space left on device")
        return write_bytes(path, body)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        write(empty, tmp_path / "site")
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == before
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("empty.db")} == {"site"}
