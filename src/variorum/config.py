"""Settings: `variorum.toml` and the environment become one frozen Config, passed on and never global.

Invariant: a later place wins (default, file, environment), and a setting nobody knows is an error, never ignored.
"""

from __future__ import annotations

import os
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from variorum.errors import ConfigError

FILE_NAME = "variorum.toml"
PREFIX = "VARIORUM_"
MAX_WORKERS = 256
ADDRESS = "give it up to and with /v1: http://localhost:8080/v1"
LIKELY = 80  # 0..100, rapidfuzz: "legder" and "ledger" have 83, "reader" and "ledger" 67


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of the program."""

    ledger: str = "ledger.db"  # file or postgresql:// URL
    workers: int | None = None  # processes that read articles; None is one a core
    engine: str = ""  # address of a Dask scheduler, tcp://host:8786; "" is processes of this machine
    rules: bool = True  # the reader's cue files and rules
    tagger: bool = True  # the reader's trained tagger
    keep_raw: bool = True  # the raw bytes of every article are stored with it, compressed
    reviewer: str = ""  # name under which decisions are stored; "" is the name of the account
    credible_sources: tuple[str, ...] = ()  # sources and outlets that the user believes, for a proposed grading
    public_people: tuple[str, ...] = ()  # names that sharing with --redact never takes out
    private_names: tuple[str, ...] = ()  # names that it always takes out
    withheld: tuple[str, ...] = ()  # report numbers, article ids, outlets or addresses that it gives no words of
    texts: str = ""  # where the texts of a ledger that is made go: "" or inside, beside, or an address
    reader: str = ""  # plugin that reads the articles; "" is the built-in reader, or the language model
    gazetteer: str = ""  # file of the user's own places; "" is the one in the user's data folder
    contact: str = ""  # how whoever fetches is reached: told to every server that `fetch` and `watch` ask
    llm_url: str = ""  # OpenAI-compatible address of a language model that reads the articles; "" is none
    llm_model: str = ""  # its name there
    llm_timeout_s: int = 300  # for one article: a small model without a graphics card writes about five words a second
    llm_cache: str = ""  # folder of its replies; "" is .variorum-llm beside the ledger
    llm_key: str = field(default="", repr=False)  # from the environment only


KNOWN = tuple(one.name for one in fields(Config))
SWITCHES = ("rules", "tagger", "keep_raw")
NUMBERS = {"workers": MAX_WORKERS, "llm_timeout_s": 3_600}  # settings that are whole numbers, and their largest
LISTS = (
    "credible_sources",
    "public_people",
    "private_names",
    "withheld",
)  # settings that are lists of texts; in the environment with semicolons between them
SECRETS = ("llm_key",)  # never in a file, which is copied and shared
FILES = ("ledger", "gazetteer", "llm_cache")  # settings that name a file: relative to where variorum.toml lies


def read_config(folder: Path, environment: Mapping[str, str]) -> Config:
    """Give the settings of a folder: defaults, then its `variorum.toml`, then `VARIORUM_LEDGER` and the like.

    Raises ConfigError for a file that is not TOML, an unknown setting (naming near ones) or a value of the wrong kind.
    """
    config = Config()
    path = folder / FILE_NAME
    if path.is_file():
        config = replace(config, **_from_file(path))
    return replace(config, **_from_environment(environment))


def settings() -> Config:
    """Give the settings of the folder one is in and of the environment."""
    return read_config(Path.cwd(), os.environ)


def said(place: str) -> str:
    """Give the ledger as a word of a command to print: nothing for the one that is meant without a word."""
    return "" if place == settings().ledger else " " + shlex.quote(place)


def own_gazetteer(config: Config, environment: Mapping[str, str]) -> Path:
    """Give where the user's own gazetteer is or will be: the file that is set, else one in the user's data folder."""
    if config.gazetteer:
        return Path(config.gazetteer).absolute()
    home = environment.get("XDG_DATA_HOME") or environment.get("LOCALAPPDATA")
    folder = Path(home) if home else Path.home() / ".local" / "share"
    return folder / "variorum" / "gazetteer.sqlite"


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", "correct the line, or remove the file") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error
    for key in data:
        if key not in KNOWN:
            raise ConfigError(f"{path} has a setting {key}, which is unknown", _hint(key))
        if key in SECRETS:
            raise ConfigError(
                f"{path} holds {key}", f"take it out of the file, and set {PREFIX}{key.upper()} in the environment"
            )
    settings = {key: _checked(key, value, str(path)) for key, value in data.items()}
    for key in FILES:
        if settings.get(key) and "://" not in settings[key]:
            settings[key] = str(path.parent / settings[key])
    return settings


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or value == "":
            continue
        key = name.removeprefix(PREFIX).lower()
        if key in KNOWN:
            settings[key] = _checked(key, _typed(key, value), name)
        elif _near(key):
            # Other programs may use the prefix; only what looks like a slip of the pen is refused.
            raise ConfigError(f"the environment has {name}, which is unknown", _hint(key, PREFIX))
    return settings


def _typed(key: str, value: str) -> object:
    """Read a setting out of the environment, where everything is text; what cannot be read is left as it is."""
    if key in NUMBERS and value.isascii() and value.isdigit():
        return int(value)
    if key in SWITCHES:
        return {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}.get(value.lower(), value)
    if key in LISTS:
        return [name.strip() for name in value.split(";") if name.strip()]
    return value


def _checked(key: str, value: object, where: str) -> Any:
    if key in NUMBERS:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= NUMBERS[key]:
            return value
        raise ConfigError(f"{where}: {key} is {value!r}", f"give a whole number from 1 to {NUMBERS[key]}")
    if key in SWITCHES:
        if isinstance(value, bool):
            return value
        raise ConfigError(f"{where}: {key} is {value!r}", "give true or false")
    if key in LISTS:
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return tuple(value)
        raise ConfigError(f"{where}: {key} is {value!r}", 'give a list of texts: ["…", "…"]')
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {key} is {value!r}", 'give a text in quotation marks: "…"')
    if key == "llm_url":
        return _address(value, where)
    if key in SECRETS and not _is_plain(value):
        raise ConfigError(f"{where} holds signs that no key has", "set it anew, without spaces or line breaks")
    return value


def _address(value: str, where: str) -> str:
    """Give the address of a server, without the slash behind it. What is wrong with it is said without its words."""
    try:
        parts = urlsplit(value)
        host, _ = (parts.hostname or "").encode("idna"), parts.port
    except ValueError:
        raise ConfigError(f"{where}: llm_url is no address", ADDRESS) from None
    if parts.username is not None or parts.password is not None:
        raise ConfigError(f"{where}: llm_url holds a name or password", f"set {PREFIX}LLM_KEY instead")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment or not _is_plain(value):
        raise ConfigError(f"{where}: llm_url is no http or https address of a server", ADDRESS)
    return value.rstrip("/")


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value


def _near(key: str) -> list[str]:
    from rapidfuzz import fuzz, process  # imported here: only a mistake needs it, and `--help` has to start fast

    return [name for name, score, _ in process.extract(key.lower(), KNOWN, scorer=fuzz.ratio) if score >= LIKELY]


def _hint(key: str, prefix: str = "") -> str:
    known = [prefix + (name.upper() if prefix else name) for name in _near(key) or KNOWN]
    return f"did you mean {' or '.join(known)}?" if _near(key) else f"settings: {', '.join(known)}"
