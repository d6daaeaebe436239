"""One voice under two names is counted once."""

from __future__ import annotations

import pytest

from variorum.model import make_article, make_claim, make_mention, make_reading
from variorum.resolve.onevoice import has_own_name, name_voices
from variorum.resolve.voices import make_said

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


@pytest.mark.parametrize(
    ("speaker", "named"),
    [
        ("police", False),
        ("Police", False),
        ("local officials", False),
        ("Local officials", False),
        ("a doctor", False),
        ("Marenian police", True),
        ("Mir", True),
        ("district chief Omar Tell", True),
        ("own voice: koro post", True),
        ("", False),
    ],
)
def test_a_role_without_a_name_is_nobody_in_particular(speaker: str, named: bool) -> None:
    assert has_own_name(speaker) is named


def test_an_outlet_that_prints_its_text_again_speaks_later_and_copies_nobody() -> None:
    first = make_article(
        url="x:1", text="Four died.", sha256="", fetched_at="", outlet="Koro Post", published="2031-03-04T08:00:00Z"
    )
    again = make_article(
        url="x:2", text="Six died.", sha256="", fetched_at="", outlet="Koro Post", published="2031-03-04T20:00:00Z"
    )
    reading = make_reading(again.id, "test", "1")
    mention = make_mention(again, reading.id, "strike", 0, 9)
    claim = make_claim(mention, again, prop="killed", value="6", start=0, end=3, scope="all")
    (said,) = make_said([claim], {mention.id: again.id}, {first.id: first, again.id: again}, {again.id: first.id})
    assert (said.copy, said.when, said.root) == (False, "2031-03-04T20:00:00Z", first.id)
