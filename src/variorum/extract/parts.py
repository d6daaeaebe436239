"""Which parts of the reader are switched on."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the reader: cue files and rules, and the trained tagger. Values are parsed by rules in any case."""

    rules: bool = True
    tagger: bool = True

    def __post_init__(self) -> None:
        """Refuse a reader with nothing switched on."""
        if not (self.rules or self.tagger):
            raise ConfigError("neither rules nor tagger are switched on", "switch one of them on")

    @property
    def name(self) -> str:
        """Give the name under which a reading with these parts is stored."""
        return "+".join(name for name in ("rules", "tagger") if getattr(self, name))


BOTH = Parts()
RULES = Parts(tagger=False)
TAGGER = Parts(rules=False)
