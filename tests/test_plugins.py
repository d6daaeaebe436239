"""Plugins: found by entry point, loaded by name, mistakes named."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from variorum import plugins
from variorum.errors import ConfigError, UsageError


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> object:
    def install(*values: tuple[str, str]) -> None:
        def entry_points(*, group: str) -> list[EntryPoint]:
            return [EntryPoint(name, value, group) for name, value in values] if group == "variorum.writers" else []

        monkeypatch.setattr(plugins, "entry_points", entry_points)

    return install


def test_plugins_are_found_by_name_and_not_loaded(install) -> None:
    install(("b", "no_such_module:write"), ("a", "json:dumps"))
    assert list(plugins.find_plugins("writers")) == ["a", "b"]
    assert plugins.find_plugins("feeds") == {}


def test_a_plugin_is_what_its_entry_point_names(install) -> None:
    install(("a", "math:floor"))
    assert plugins.load_plugin("writers", "a")(2.5) == 2


@pytest.mark.parametrize(
    ("value", "name", "error", "cause"),
    [
        ("math:floor", "b", UsageError, "no plugin b"),
        ("no_such_module:write", "a", ConfigError, "cannot be loaded"),
        ("math:pi", "a", ConfigError, "is no function"),
    ],
)
def test_a_plugin_that_cannot_be_had_is_named(
    install, value: str, name: str, error: type[Exception], cause: str
) -> None:
    install(("a", value))
    with pytest.raises(error, match=cause):
        plugins.load_plugin("writers", name)


def test_two_plugins_of_one_name_are_refused(install) -> None:
    install(("a", "math:floor"), ("a", "math:ceil"))
    with pytest.raises(ConfigError, match="two packages bring a"):
        plugins.find_plugins("writers")


def test_a_plugin_named_twice_by_one_package_is_one(install) -> None:
    install(("a", "math:floor"), ("a", "math:floor"))
    assert list(plugins.find_plugins("writers")) == ["a"]
