"""Pictures of every page over the sample reports, for docs/browser.md: `make screenshots`.

A ledger of the sample reports with a few decisions (bench/demo.py), a server over it, the same as a site in a folder,
and a Chromium that looks:
docs/pictures/NAME.png. Each page once, wide and light; those of ALSO also dark or in a narrow window. A picture is cut
at TALLEST and holds few colours, so that it is at most LARGEST bytes. What is in docs/pictures and is no picture of a
page any more is taken away.

Needs a Chromium (`apt-get install chromium`, or its path in VARIORUM_CHROMIUM) with fonts for Arabic (fonts-noto-core).
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]  # `bench`

from bench.addresses import PAGES, Known, find_addresses, read_known  # noqa: E402
from bench.browsing import (  # noqa: E402
    ELSEWHERE,
    LAUNCH,
    NO_CHROMIUM,
    NO_FILE,
    Noticed,
    context_options,
    find_chromium,
    serve,
    watch,
)
from bench.demo import make_demo  # noqa: E402

from variorum.config import Config  # noqa: E402
from variorum.ledger import Ledger  # noqa: E402
from variorum.web.app import Site, make_server  # noqa: E402
from variorum.web.folder.site import write_site  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
NOW = "2026-01-01T09:00:00+00:00"
TALLEST = 1_300  # pixels
LARGEST = 120_000  # bytes of one picture
ALL_LARGEST = 3_300_000  # bytes of all
SETTLES_MS = 600  # until a map is drawn
COLOURS = (128, 64, 32)  # the first that makes it small enough


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    address: str
    options: dict[str, bool] = field(default_factory=dict)  # of bench.browsing.context_options


LEAD_ON = ("go",)  # routes that show the page of another
# Name of a route -> how it is also shown.
ALSO: dict[str, tuple[dict[str, bool], ...]] = {
    "event": ({"dark": True}, {"narrow": True}),
    "events": ({"dark": True}, {"narrow": True}),
    "review": ({"dark": True}, {"narrow": True}),
    "report": ({"narrow": True},),
    "map": ({"dark": True},),
}


def find_shots(known: Known) -> Iterator[Shot]:
    """Give every picture to take: the first example of each page, and an event as of a day and as a version."""
    for route in PAGES:
        if route.name in LEAD_ON:
            continue
        addresses = find_addresses(route, known)
        for options in ({}, *ALSO.get(route.name, ())):
            yield Shot("-".join([route.name, *options]), addresses[0], options)
    yield Shot("event-version", f"/events/{known.event}@1")
    yield Shot("event-as-of", f"/events/{known.event}?as_of={known.first_day}")


def find_site_shots(known: Known) -> Iterator[Shot]:
    """Give the pictures of the same ledger as a site in a folder."""
    yield Shot("site", "index.html")
    yield Shot("site-event", f"events/{known.event}.html")


def take(browser: Browser, address: str, shot: Shot, elsewhere: re.Pattern[str] = ELSEWHERE) -> bytes:
    """Take one picture; give it as a small PNG. Raises RuntimeError where the page has a fault."""
    noticed = Noticed()
    context = browser.new_context(base_url=address, **context_options(**shot.options))
    watch(context, noticed, elsewhere)
    page = context.new_page()
    page.goto(shot.address)
    page.wait_for_timeout(SETTLES_MS)
    size = page.viewport_size
    assert size is not None
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.wait_for_timeout(SETTLES_MS // 3)
    picture = page.screenshot()
    context.close()
    if noticed.complaints():
        raise RuntimeError(f"{shot.address}: {'; '.join(noticed.complaints())}")
    return shrink(picture)


def shrink(picture: bytes) -> bytes:
    """Give a picture with as few colours as it takes to be small. Raises RuntimeError where none are few enough."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise RuntimeError(f"a picture of {out.tell():,} bytes: cut it, or allow more")


def main() -> int:
    """Take every picture, and say how large they are."""
    chromium = find_chromium()
    if chromium is None:
        print(f"error: {NO_CHROMIUM}", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    written: dict[Path, int] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "ledger.db"
        make_demo(place, now=NOW)
        with Ledger.open(place) as ledger:
            known = read_known(ledger)
            write_site(ledger, Config(), f"{folder}/site", title="Sample reports", tell=lambda _: None)
        with serve(make_server(Site(str(place), "m.k."), Config())) as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
            site = f"{(Path(folder) / 'site').as_uri()}/"
            pages = [(shot, address, ELSEWHERE) for shot in find_shots(known)]
            for shot, base, elsewhere in (*pages, *((shot, site, NO_FILE) for shot in find_site_shots(known))):
                path = PICTURES / f"{shot.name}.png"
                written[path] = path.write_bytes(take(browser, base, shot, elsewhere))
                print(f"{written[path]:>8,}  docs/pictures/{path.name}  {shot.address}")
            browser.close()
    for path in PICTURES.glob("*.png"):
        if path not in written:
            path.unlink()
    total = sum(written.values())
    print(f"{total:>8,}  in all")
    return 0 if total <= ALL_LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
