"""What speaks for a gazetteer entry by itself: its size, what holds it, how far it lies from the outlet's town.

Invariant: nothing here looks at the words around a name.
"""

from __future__ import annotations

from variorum.values.gazetteer import Entry, Match, distance_km
from variorum.values.placename import exact_key
from variorum.values.placesigns import PlaceContext

FAMOUS = 1_500_000  # people: a town so large is meant wherever it is named
LARGE = 400_000  # people: a province of more is known beyond its country
LISTED = 15_000  # people: a smaller place that a user has listed counts as one of so many
MOST_OTHERS = 3.0  # how many other names with a bearer near count for one: 1 to 3 were tried on half of LGL
HOME_KM = 80.0  # from the town of an outlet: its own readers live there
FAR_KM = 120.0  # from the town of an outlet: further than it reports from without saying so
BORDER_PEOPLE = 30_000  # a smaller town can be another of its name that the gazetteer lacks
BORDER_REACH = 1.6  # times its radius: how far from its middle a province of long shape still has towns


def is_at_home(match: Match, context: PlaceContext) -> bool:
    """Tell whether a town lies near that of the outlet, which means what its readers know."""
    home, entry = context.home, match.entry
    if home is None or entry.feature not in ("city", "admin2") or not match.exact:
        return False
    return distance_km((entry.lat, entry.lon), (home.lat, home.lon)) < HOME_KM


def is_strange(entry: Entry, context: PlaceContext) -> bool:
    """Tell whether an entry lies far from the town of the outlet, which would say so if it meant it."""
    home = context.home
    if home is None or entry.feature == "country" or entry.population > FAMOUS:
        return False
    if entry.country == home.country and (entry.feature != "city" or entry.admin1 in context.provinces):
        return False
    return distance_km((entry.lat, entry.lon), (home.lat, home.lon)) > FAR_KM + entry.radius_km


def size_worth(entry: Entry) -> float:
    """Give the weight of an entry by itself: what many people live in is what reports name."""
    if entry.feature in ("country", "sea", "river", "region"):
        return 3.0
    if entry.feature == "admin2":
        return 3.0 if " " in entry.name else 0.5
    if entry.feature == "admin1":
        return 2.5 if entry.population > LARGE else 1.5
    people = entry.population
    if entry.id.startswith("own:") and people < LISTED:
        return 1.2
    return 3.0 if people >= 800_000 else 2.3 if people >= 100_000 else 1.2 if people >= 15_000 else 0.2


def is_large_area(match: Match) -> bool:
    """Tell whether a name is that of a country, region, sea or large province: no village of its name displaces it."""
    large = match.entry.feature == "admin1" and match.entry.population > LARGE
    return match.own and match.exact and (large or match.entry.feature in ("country", "region", "sea"))


def lies_with_others(name: str, match: Match, context: PlaceContext) -> float:
    """Give what it adds to a town or county, 0 to 1, that other names of the article have bearers near it."""
    if not match.exact or match.entry.feature not in ("city", "admin2"):
        return 0.0
    return min(1.0, context.census.support(exact_key(name), match.entry))


def is_beside(entry: Entry, holder: Entry) -> bool:
    """Tell whether a town can lie in a province although the gazetteer has it on the other side of the border."""
    return (
        holder.feature == "admin1"
        and entry.feature == "city"
        and entry.country == holder.country
        and entry.population >= BORDER_PEOPLE
        and distance_km((entry.lat, entry.lon), (holder.lat, holder.lon)) < BORDER_REACH * holder.radius_km
    )


def is_held(entry: Entry, holder: Entry | None) -> bool:
    """Tell whether a province, region or country holds an entry."""
    if holder is None or entry.id == holder.id:
        return False
    if entry.admin1 == holder.id or (holder.feature == "country" and entry.country == holder.country):
        return True
    if holder.country and entry.country and holder.country != entry.country:
        return False
    if holder.feature == "admin1" and holder.id.startswith("ne:") and entry.admin1.startswith("ne:"):
        return False
    return (
        holder.feature != "country" and distance_km((entry.lat, entry.lon), (holder.lat, holder.lon)) < holder.radius_km
    )
