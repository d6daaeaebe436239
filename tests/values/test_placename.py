"""Which spellings are one name."""

from __future__ import annotations

import pytest

from variorum.values.placename import exact_key, loose_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir al-Zor", "Deir ez-Zor", "DEIR AL ZOR", "Deir es Zor".replace("es", "ez")),
        ("Al-Bukamal", "Bukamal", "al Būkamāl"),
        ("St. Louis", "Saint Louis"),
        ("Ma'arrat", "Maarrat", "Ma‘arrat"),
        ("حلب", "حَلَب".replace("َ", "")),
        ("الحسكة", "الحسكه"),
    ],
)
def test_case_accents_hyphens_and_the_article_do_not_make_another_name(spellings: tuple[str, ...]) -> None:
    assert len({exact_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir al-Zor", "Deir Ezzor", "Deir el-Zour", "Dayr az-Zawr"),
        ("Abu Kamal", "Albukamal", "Al-Bukamal", "Boukamal", "Abukamal"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Suwayda", "Sweida", "as-Suwayda"),
        ("Raqqa", "Rakka", "al-Raqqah"),
        ("Uqayribat", "Aqerbat"),
        ("Qamishli", "Kamishli"),
    ],
)
def test_transliterations_of_one_original_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({loose_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Homs", "Hama"),
        ("Mosul", "Masyaf"),
        ("Midan", "Mayadin"),
        ("Safita", "Sifat"),
        ("Rafah", "Raqqa"),
        ("Suwayda", "Assad"),
    ],
)
def test_different_names_do_not_sound_alike(left: str, right: str) -> None:
    assert loose_key(left) != loose_key(right)


def test_a_name_of_one_consonant_has_no_loose_key() -> None:
    assert loose_key("Ao") == ""
