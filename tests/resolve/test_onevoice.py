"""One voice under two names is counted once."""

from __future__ import annotations

import pytest

from variorum.resolve.onevoice import name_voices

TEXT = (
    "The Koro harbour union met on Monday. Its secretary, Dana Mir, spoke of nine. Chief Omar Tell said six. "
    "Lena Haas, a major critic of the Koro harbour union, said ten. Omar Tell, a resident of the town, agreed."
)


@pytest.mark.parametrize(
    ("speaker", "others", "name"),
    [
        ("defence ministry", ["Marenian defence ministry"], "Marenian defence ministry"),
        ("defence ministry", ["Marenian defence ministry", "Vardan defence ministry"], "defence ministry"),
        ("Mir", ["Dana Mir"], "Dana Mir"),
        ("Dana Mir", ["Koro harbour union"], "Koro harbour union"),
        ("chief", ["Omar Tell"], "Omar Tell"),
        ("Omar Tell", ["Koro harbour union"], "Omar Tell"),
        ("Syrian army", ["Free Syrian Army"], "Syrian army"),
        ("army", ["Arakan Army"], "army"),
        ("police", ["police union"], "police"),
        ("ministry of health", ["ministry of health of Israel"], "ministry of health"),
        ("health office", ["provincial health office"], "provincial health office"),
        ("resident", ["Omar Tell"], "resident"),
        ("Lena Haas", ["Koro harbour union"], "Lena Haas"),
        ("Koro Post", ["own voice: Koro Post"], "own voice: Koro Post"),
        ("residents", ["residents of Koro"], "residents"),
        ("own voice: Koro Post", ["Koro Post office"], "own voice: Koro Post"),
    ],
)
def test_a_voice_takes_its_fullest_name(speaker: str, others: list[str], name: str) -> None:
    assert name_voices({speaker, *others}, [TEXT])[speaker] == name
