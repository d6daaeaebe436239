"""Outlet → the town that it reports from, for outlets of one town: a report of theirs leaves out what its readers know.

Invariant: an outlet that is not listed has no home; nothing is guessed from its name.
The method is that of local lexicons (Lieberman, Samet and Sankaranarayanan 2010), with a table of towns in place of
lexicons learned from each outlet's archive.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from variorum.values.gazetteer import Entry, Gazetteer
from variorum.values.placeworth import is_beside

_PREFIXES = ("www.", "m.", "mobile.", "amp.")


def host_of(outlet: str) -> str:
    """Give the web host of an outlet or url in lower case, without port and "www": "https://www.kxyz.example:80/a"."""
    name = outlet.strip().lower()
    if "web.archive.org/" in name:  # the page that was archived stands behind
        name = f"//{name.rpartition('//')[2]}"
    host = urlsplit(name if "//" in name else f"//{name}").netloc.partition(":")[0]
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return host


@cache
def load_outlets() -> Mapping[str, tuple[str, str]]:
    """Give the table: web host → id of the province and name of the town."""
    table = tomllib.loads(files("variorum.values").joinpath("outlets.toml").read_text(encoding="utf-8"))
    return {
        host: (f"ne:{country}.{province}", town)
        for country, provinces in table.items()
        for province, towns in provinces.items()
        for town, hosts in towns.items()
        for host in hosts.split()
    }


@lru_cache(maxsize=256)
def find_home(outlet: str, gazetteer: Gazetteer) -> Entry | None:
    """Give the town that an outlet, given by its web host or url, reports from; None where it is not listed."""
    try:
        listed = load_outlets().get(host_of(outlet))
    except ValueError:  # no url at all
        return None
    province = gazetteer.entry(listed[0]) if listed is not None else None
    if listed is None or province is None:
        return None
    towns = [
        match.entry
        for match in gazetteer.matches(listed[1])
        if match.exact and match.entry.feature == "city" and match.entry.country == province.country
    ]

    at_home = [town for town in towns if town.admin1 == province.id]
    beside = [town for town in towns if is_beside(town, province)]
    return max(at_home or beside, key=lambda town: (town.population, town.id), default=None)
