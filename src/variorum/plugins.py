"""The three seams at which another package can add to this one: feeds, extractors, writers. By entry point.

Invariant: nothing is imported until it is asked for by name, so a broken plugin costs only whoever asks for it.

A package names what it brings in its pyproject.toml:

    [project.entry-points."variorum.writers"]
    kml = "osk_maps:write_kml"
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from variorum.errors import ConfigError, UsageError

Seam = Literal["feeds", "extractors", "writers"]
# feeds:      (place: str, *, now: str) -> Iterator[Article | Problem]
# extractors: (article: Article) -> Extraction
# writers:    (events: Iterable[dict[str, object]], stream: TextIO) -> None
SEAMS: tuple[Seam, ...] = ("feeds", "extractors", "writers")


def find_plugins(seam: Seam) -> dict[str, EntryPoint]:
    """Give the plugins of a seam by name, sorted; none of them is loaded.

    Raises ConfigError when two packages bring one name: which of them wins would depend on the machine.
    """
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=f"variorum.{seam}"), key=lambda one: (one.name, one.value)):
        if entry.name in found and found[entry.name].value != entry.value:
            raise ConfigError(
                f"two packages bring {entry.name} for {seam}: {found[entry.name].value} and {entry.value}",
                "remove one of them",
            )
        found[entry.name] = entry
    return found


def load_plugin(seam: Seam, name: str) -> Any:
    """Give what a plugin brings.

    Raises UsageError for a name nobody brings, ConfigError for a plugin that cannot be loaded.
    """
    found = find_plugins(seam)
    if name not in found:
        known = ", ".join(found) if found else "none is installed"
        raise UsageError(f"no plugin {name} for {seam}", f"{seam}: {known}")
    try:
        brought = found[name].load()
    except Exception as error:  # the plugin's code is another's: whatever it raises, the cause is the plugin
        raise ConfigError(f"the plugin {name} cannot be loaded: {error}", f"reinstall {found[name].value}") from error
    if not callable(brought):
        raise ConfigError(f"the plugin {name} is no function: {found[name].value}", "correct its entry point")
    return brought
