"""Keeps the replies of a language model, one file a reply, named by the digest of all that was asked.

Invariant: a file is there whole or not at all; one that is damaged counts as not there. The key is in none of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from variorum.errors import ConfigError

FOLDER = ".variorum-llm"


def cache_key(model: str, prompt: str, text: str) -> str:
    """Give the name of the reply that this model gives to this prompt and article text."""
    form = json.dumps([model, prompt, text], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()


def find_reply(folder: Path, key: str) -> str | None:
    """Give the reply kept under a key; None when there is none, or only a damaged one."""
    try:
        row = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    content = row.get("content") if isinstance(row, dict) else None
    if not isinstance(content, str) or row.get("key") != key or row.get("sha256") != _digest(content):
        return None
    return content


def keep_reply(folder: Path, key: str, model: str, content: str) -> None:
    """Write a reply in one step.

    Raises ConfigError when the folder cannot be written: each run would then ask everything again.
    """
    row = {"key": key, "model": model, "sha256": _digest(content), "content": content}
    data = json.dumps(row, indent=1).encode()  # ASCII: a lone surrogate in a reply stays an escape
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(folder / f"{key}.json")
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(
            f"replies cannot be kept in {folder}: {error.strerror}", "name another folder: llm_cache in variorum.toml"
        ) from error


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
