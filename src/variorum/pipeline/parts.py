"""What is installed and in which version: program, packages, gazetteer, reader. One row a part, each tried once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from variorum import __version__
from variorum.config import Config
from variorum.errors import VariorumError
from variorum.plugins import SEAMS, find_plugins, load_plugin, package_of

# Package -> the module that is imported to try it.
PACKAGES = {
    "click": "click",
    "sqlalchemy": "sqlalchemy",
    "trafilatura": "trafilatura",
    "lxml-html-clean": "lxml_html_clean",
    "charset-normalizer": "charset_normalizer",
    "pint": "pint",
    "rapidfuzz": "rapidfuzz",
    "rensa": "rensa",
    "onnxruntime": "onnxruntime",
    "argon2-cffi": "argon2",
    "starlette": "starlette",
    "jinja2": "jinja2",
    "uvicorn": "uvicorn",
    "python-multipart": "python_multipart",
}
INSTALL = "python -m pip install --force-reinstall"


class Part(NamedTuple):
    """One part of the program: `state` is ok, absent or broken."""

    part: str
    state: str
    detail: str


def program_parts() -> Iterator[Part]:
    """Yield the program, the language it is written in, and the database of files."""
    yield Part("variorum", "ok", __version__)
    yield Part("python", "ok", sys.version.split()[0])
    import sqlite3

    yield Part("sqlite", "ok", sqlite3.sqlite_version)


def package_parts() -> Iterator[Part]:
    """Yield the packages that the program cannot do without."""
    for name, module in PACKAGES.items():
        try:
            import_module(module)
            yield Part(name, "ok", version(name))
        except (ImportError, PackageNotFoundError) as error:
            yield Part(name, "broken", f"{error}: {INSTALL} {name}")


def gazetteer_part() -> Part:
    """Give the gazetteer that places are looked up in."""
    from variorum.pipeline.places import gazetteer

    try:
        meta = gazetteer().meta
    except VariorumError as error:
        return Part("gazetteer", "broken", f"{error.cause}: {error.remedy}")
    words = ", ".join(f"{key} {value}" for key, value in sorted(meta.items()) if len(value) < 60)
    return Part("gazetteer", "ok", words)


def own_places_part(config: Config) -> Part:
    """Give the user's own places, where there are any."""
    from variorum.pipeline.places import own_places
    from variorum.values.ownbook import read_sources

    try:
        place, _ = own_places(config)
        sources = read_sources(place)
    except VariorumError as error:
        return Part("own places", "broken", f"{error.cause}: {error.remedy}")
    if not sources:
        return Part("own places", "absent", f"none at {place}: variorum gazetteer add FILE")
    return Part("own places", "ok", f"{place}: " + ", ".join(f"{one.name} {one.places:,}" for one in sources))


def plugin_parts() -> Iterator[Part]:
    """Yield the feeds, extractors and writers that other packages bring, each loaded once."""
    for seam in SEAMS:
        try:
            found = find_plugins(seam)
        except VariorumError as error:
            yield Part(seam, "broken", f"{error.cause}: {error.remedy}")
            continue
        for name, entry in found.items():
            part = f"{seam.removesuffix('s')} {name}"
            try:
                load_plugin(seam, name)
                yield Part(part, "ok", f"{package_of(entry)}: {entry.value}")
            except VariorumError as error:
                yield Part(part, "broken", f"{error.cause}: {error.remedy}")


def reader_part(config: Config, *, try_it: bool = True) -> Part:
    """Give the reader that the settings choose, and whether its weights are those that were made for it.

    Without `try_it` a language model is not asked whether it is there.
    """
    from variorum.extract.tagger import weights_match
    from variorum.pipeline.readers import choose_reader
    from variorum.schema import load_schema

    schema = load_schema()
    parts = f"{len(schema.kinds)} kinds, {len(schema.properties)} properties"
    try:
        reader = choose_reader(config)
        if try_it:
            reader.prepare()
        if not weights_match():
            return Part("reader", "broken", "the weights of the tagger were changed: install the package again")
    except VariorumError as error:
        return Part("reader", "broken", f"{error.cause}: {error.remedy}")
    sent = f"; `run` sends the texts to {reader.server}" if reader.server else ""
    return Part("reader", "ok", f"{reader.extractor} {reader.version}, schema {schema.version}: {parts}{sent}")
