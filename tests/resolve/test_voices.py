"""One voice under two names is counted once."""

from __future__ import annotations

import pytest

from variorum.resolve.voices import name_voices

TEXT = "The Koro harbour union met on Monday. Its secretary, Dana Mir, spoke of nine. Chief Omar Tell said six."


@pytest.mark.parametrize(
    ("speaker", "others", "name"),
    [
        ("defence ministry", ["Marenian defence ministry"], "Marenian defence ministry"),
        ("defence ministry", ["Marenian defence ministry", "Vardan defence ministry"], "defence ministry"),
        ("Mir", ["Dana Mir"], "Dana Mir"),
        ("Dana Mir", ["Koro harbour union"], "Koro harbour union"),
        ("chief", ["Omar Tell"], "Omar Tell"),
        ("Omar Tell", ["Koro harbour union"], "Omar Tell"),
        ("residents", ["residents of Koro"], "residents"),
        ("own voice: Koro Post", ["Koro Post office"], "own voice: Koro Post"),
    ],
)
def test_a_voice_takes_its_fullest_name(speaker: str, others: list[str], name: str) -> None:
    assert name_voices({speaker, *others}, [TEXT])[speaker] == name
