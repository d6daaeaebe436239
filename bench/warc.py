"""Pages a second out of a web archive: the whole gathering into a ledger against bare warcio and trafilatura.

The archive is made here: templates as news sites have them (menus, related stories, scripts, comments, footers) around
this project's own varied reports, some sentences of other languages, and one page in five that is no article. Bare is
`ArchiveIterator` and `bare_extraction` with the same options over every page of the same file, and nothing else: no
ledger, no dates printed in the text, no languages. Each is run in a process of its own, in turn, and the least time
counts: of one process that of the processor, of two that of the clock. `VARIORUM_WARC=500` makes a smaller archive.

Memory is the most that the process of the gathering held, over archives of a tenth and of all pages.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.varied import War, make_world

PAGES = 5_000
REPEATS = 2
NOW = "2026-01-01T00:00:00Z"
TAKEN = "2025-12-{:02}T06:00:00Z"
NO_ARTICLE = 0.2
FOREIGN = {
    "es": "Tres personas murieron según las autoridades, pero los equipos de rescate no han llegado a la zona.",
    "fr": "Trois personnes sont mortes selon les autorités, mais les secours ne sont pas encore arrivés dans la zone.",
    "de": "Drei Menschen sind nach Angaben der Behörden gestorben, und die Helfer sind noch nicht in dem Gebiet.",
    "pl": "Trzy osoby zginęły, jak podały władze, a ratownicy nie dotarli jeszcze do tego rejonu z powodu deszczu.",
    "id": "Tiga orang tewas menurut pihak berwenang, tetapi tim penyelamat belum tiba di daerah itu karena hujan.",
    "ru": "Три человека погибли, как сообщили власти, но спасатели ещё не добрались до этого района из-за дождя.",
}
_WORDS = """
market school river council season budget road league hospital film bridge harvest minister coach bank festival
storm court union museum harbour station election border price weather garden theatre company village
"""
WORDS = _WORDS.split()


def headline(draw: random.Random) -> str:
    """Make up the words of a link."""
    return " ".join(draw.choices(WORDS, k=draw.randint(4, 9))).capitalize()


def links(draw: random.Random, count: int, shape: str) -> str:
    """Give a list of links as a template has them."""
    rows = []
    for _ in range(count):
        words = headline(draw)
        rows.append(shape.format(href=f"/news/{words.replace(' ', '-').lower()}-{draw.randrange(10**6)}", words=words))
    return "\n".join(rows)


def teaser(draw: random.Random) -> str:
    """Give a card of a front page."""
    words = headline(draw)
    said = ". ".join(headline(draw) for _ in range(2))
    return (
        f'<article class="card"><a href="/n/{draw.randrange(10**6)}"><img src="/i/{draw.randrange(10**6)}.jpg" alt="">'
        f'<h3>{words}</h3></a><p class="teaser">{said}.</p><time>{draw.randint(1, 12)} hours ago</time></article>'
    )


def frame(draw: random.Random, title: str, inside: str, head: str = "") -> str:
    """Put a page's content into its site's template."""
    script = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments);}" * draw.randint(20, 120)
    menu = links(draw, draw.randint(30, 70), '<li class="menu-item"><a href="{href}">{words}</a></li>')
    foot = links(draw, draw.randint(20, 40), '<div class="col"><a class="foot" href="{href}">{words}</a></div>')
    style = ".card{display:flex;margin:0 auto;padding:4px 8px}.menu-item>a:hover{color:#333}" * draw.randint(10, 60)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | The Varda Post</title>'
        f'<meta name="viewport" content="width=device-width"><meta property="og:site_name" content="The Varda Post">'
        f"<style>{style}</style>{head}<script>{script}</script></head>\n<body class='site'><header><nav><ul>{menu}</ul>"
        f"</nav></header><main>{inside}</main><footer><div class='cols'>{foot}</div><p>Copyright The Varda Post</p>"
        f"</footer><script>{script}</script></body></html>"
    )


def article_page(draw: random.Random, text: str, day: str) -> str:
    """Lay a report out as a site does."""
    title = headline(draw)
    sentences = text.replace("\n", " ").split(". ")
    parts = [". ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    body = "\n".join(f"<p>{part.rstrip('.')}.</p>" for part in parts if part.strip())
    related = "".join(teaser(draw) for _ in range(draw.randint(4, 12)))
    comments = "".join(
        f'<li class="comment"><b>reader{draw.randrange(999)}</b><p>{headline(draw)}.</p></li>'
        for _ in range(draw.choice((0, 0, 5, 20)))
    )
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"><script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": f"{day}T08:00:00Z"})
        + "</script>"
    )
    inside = (
        f"<div class='wrap'><article><h1>{title}</h1><div class='byline'>By Ada Varda <time>{day}</time></div>"
        f"<div class='share'><a href='#'>Share</a><a href='#'>Tweet</a></div><div class='body'>{body}</div></article>"
        f"<aside class='related'><h2>Related stories</h2>{related}</aside>"
        f"<section id='comments'><ol>{comments}</ol></section></div>"
    )
    return frame(draw, title, inside, head)


def no_article(draw: random.Random) -> tuple[str, str, str]:
    """Give address, status and content of a page that is no article."""
    kind = draw.choice(("front", "tag", "error", "wall", "moved"))
    if kind == "moved":
        return f"/old/{draw.randrange(10**6)}", "301 Moved Permanently", ""
    if kind == "error":
        inside = "<h1>Page not found</h1><p>What you are looking for is not here.</p>"
        status = draw.choice(("404 Not Found", "200 OK"))
        return f"/gone/{draw.randrange(10**6)}", status, frame(draw, "404: Page not found", inside)
    if kind == "wall":
        first = f"<h1>{headline(draw)}</h1><p>{headline(draw)}.</p>"
        inside = f"<article>{first}<p>Subscribe to continue reading.</p></article>"
        return f"/premium/{draw.randrange(10**6)}", "200 OK", frame(draw, headline(draw), inside)
    cards = "".join(teaser(draw) for _ in range(draw.randint(30, 60)))
    path = "/" if kind == "front" else f"/tag/{draw.choice(WORDS)}"
    return path, "200 OK", frame(draw, "News", f"<div class='grid'>{cards}</div>")


def make_archive(path: Path, size: int) -> None:
    """Write an archive of so many pages; a larger one begins with the smaller."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    draw = random.Random(7)
    texts = _texts(draw, size)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer._create_temp_file = BytesIO  # it closes none of those that it makes
        for number in range(size):
            day = number % 28 + 1
            if draw.random() < NO_ARTICLE:
                place, status, page = no_article(draw)
            else:
                place, status = f"/2025/12/{number}/report", "200 OK"
                page = article_page(draw, next(texts), f"2025-12-{day:02}")
            headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            data = page.encode()
            record = writer.create_warc_record(
                f"https://www.varda{number % 40}.example{place}",
                "response",
                payload=BytesIO(data),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": TAKEN.format(day)},
            )
            writer.write_record(record)


def _texts(draw: random.Random, size: int) -> Iterator[str]:
    """Yield the texts of reports, of the length that news reports have; one in ten in another language."""
    articles = make_world(3 * size, war=War(changed=0.9)).articles
    place = 0
    while True:
        if draw.random() < 0.1:
            yield " ".join([draw.choice([*FOREIGN.values()])] * draw.randint(5, 12))
            continue
        parts = []
        while sum(map(len, parts)) < 1_800:
            parts.append(articles[place % len(articles)].text.strip())
            place += 1
        yield " ".join(parts)


# ------------------------------------------------------------------ measured, each in a process of its own


def bare(path: Path) -> int:
    """Read an archive with warcio and trafilatura alone; gives the pages with a body."""
    from trafilatura import bare_extraction
    from warcio.archiveiterator import ArchiveIterator

    from variorum.gather.page import options

    found = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                found += bare_extraction(record.content_stream().read(), **options(NOW)) is not None
    return found


def whole(path: Path, workers: int) -> int:
    """Gather an archive into a ledger; gives the articles that are in it."""
    from variorum.gather.files import find_inputs
    from variorum.ledger import Ledger
    from variorum.pipeline.engine import open_engine
    from variorum.pipeline.gathering import gather, tell_nobody
    from variorum.pipeline.report import Report

    report = Report()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_engine(workers=workers) as engine,
        Ledger.open(f"{folder}/made.db", create=True) as ledger,
    ):
        gather(list(find_inputs([path])), ledger, report, now=NOW, tell=tell_nobody, engine=engine)
    return report.articles_new


def measure(how: str, path: Path) -> dict[str, float]:
    """Give seconds, pages and the most memory in MB of one way to read an archive, in a new process.

    `worked` are the seconds of the processor, which other programs on the machine do not lengthen.
    """
    command = [sys.executable, "-m", "bench.warc", how, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(how: str, path: Path) -> None:
    """Measure in this process."""
    import logging

    import trafilatura  # noqa: F401 - loading is measured of neither

    logging.disable(logging.CRITICAL)
    start, before = time.perf_counter(), time.process_time()
    found = bare(path) if how == "bare" else whole(path, int(how))
    seconds, worked = time.perf_counter() - start, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "worked": worked, "found": found, "memory": memory}))


def run(_: Path) -> dict[str, Any]:
    """Measure on archives made here; no data is read."""
    size = int(os.environ.get("VARIORUM_WARC", PAGES))
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "made.warc.gz"), Path(folder, "small.warc.gz")
        make_archive(path, size)
        make_archive(small, size // 10)
        megabytes = path.stat().st_size / 2**20
        rows: dict[str, list[dict[str, float]]] = {how: [] for how in ("bare", "1", "2")}
        for _round in range(REPEATS):
            for how, found in rows.items():
                found.append(measure(how, path))
        before = measure("1", small)
    least = {how: min(row["seconds"] for row in found) for how, found in rows.items()}
    worked = {how: min(row["worked"] for row in rows[how]) for how in ("bare", "1")}
    memory = rows["1"][0]["memory"]
    lines = [
        f"{size:,} pages, {megabytes:.1f} MB: bare {size / least['bare']:.1f} pages a second,"
        f" one process {size / least['1']:.1f}, two {size / least['2']:.1f};"
        f" {rows['1'][0]['found']:,.0f} articles; memory {before['memory']:.0f} MB of {size // 10:,},"
        f" {memory:.0f} MB of all"
    ]
    return {
        "n": size,
        "metrics": {
            "times_bare": round(worked["bare"] / worked["1"], 3),
            "times_bare_by_the_clock": round(least["bare"] / least["1"], 3),
            "times_bare_of_two": round(least["bare"] / least["2"], 3),
            "pages_a_second": round(size / least["1"], 1),
            "pages_a_second_of_two": round(size / least["2"], 1),
            "memory_mb": round(memory),
            "memory_flat": round(before["memory"] / memory, 3),
        },
        "baseline": {"times_bare": 1.0, "pages_a_second": round(size / least["bare"], 1)},
        "report": lines,
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
