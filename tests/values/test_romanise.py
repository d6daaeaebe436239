"""Letters that romanisations of one script write for each other."""

from __future__ import annotations

import pytest

from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import find_places
from variorum.values.placename import exact_key, loose_key
from variorum.values.romanise import swapped_keys

BOOK = open_gazetteer()


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("SY", "Qamishli, Kamishly, Al-Kamishli, Gamishli, Qamishlo"),
        ("SY", "Suwayda, Sweida, Suweida, as-Suwaida, Soueida"),
        ("SY", "Khan Shaykhun, Khan Sheikhun, Khan Cheikhoun"),
        ("SY", "Jisr al-Shughur, Jisr ash-Shughour, Jisr al-Choughour"),
        ("IQ", "Fallujah, Falluja, Al-Fallouja, Faluja, Felluja"),
        ("IQ", "Sulaymaniyah, Sulaimaniya, Suleimaniyeh, As-Sulaymaniyah"),
        ("IQ", "Tal Afar, Tel Afar, Tall Afar, Talafar, Tell Afer"),
        ("YE", "Hodeidah, Hudaydah, Al-Hudaydah, Hodeida, Hudaida"),
        ("YE", "Dhamar, Thamar"),
        ("LY", "Ajdabiya, Ajdabia, Agedabia, Ajdabiyah"),
        ("UA", "Kharkiv, Kharkov, Harkiv, Charkiv"),
        ("UA", "Kyiv, Kiev, Kiyev, Kyjiv"),
        ("UA", "Mykolaiv, Nikolaev, Mykolayiv, Mikolaiv"),
        ("UA", "Zaporizhzhia, Zaporozhye, Zaporizhzhya"),
        ("UA", "Luhansk, Lugansk"),
        ("UA", "Horlivka, Gorlovka"),
        ("UA", "Izium, Izyum, Izjum"),
        ("RU", "Belgorod, Bielgorod, Byelgorod"),
        ("RU", "Grozny, Groznyy, Grozniy, Grosny"),
        ("RU", "Makhachkala, Mahachkala, Makhatchkala"),
        ("TR", "Şırnak, Sirnak, Shirnak"),
        ("TR", "Akçakale, Akcakale, Akchakale"),
        ("TR", "Iğdır, Igdir, Ighdir"),
        ("IR", "Qazvin, Ghazvin, Kazvin"),
        ("IR", "Isfahan, Esfahan, Ispahan"),
        ("IR", "Orumiyeh, Urmia, Oroumieh"),
        ("IR", "Natanz, Natans"),
        ("AF", "Kandahar, Qandahar, Candahar"),
        ("AF", "Mazar-e Sharif, Mazar-i-Sharif, Mazari Sharif"),
        ("SD", "El Fasher, Al-Fashir, El Fashir, Al Fasher"),
    ],
)
def test_every_romanisation_of_a_town_leads_to_it(country: str, spellings: str) -> None:
    found = {spelling: BOOK.find(spelling, (country,), feature="city")[:1] for spelling in spellings.split(", ")}
    assert len({entries[0].id if entries else spelling for spelling, entries in found.items()}) == 1


@pytest.mark.parametrize("name", ["Homs", "Hama", "Gaza", "Goma", "Kabul", "Taiz"])
def test_a_known_spelling_is_never_read_as_a_slip_of_another(name: str) -> None:
    assert all(match.exact for match in BOOK.matches(name) if match.own)
    assert exact_key(BOOK.find(name)[0].name)[:2] == exact_key(name)[:2]


@pytest.mark.parametrize("name", ["Market", "Hassan", "Smith", "Gama"])
def test_a_word_or_a_name_of_people_or_a_short_one_is_no_slip(name: str) -> None:
    assert BOOK.swapped(name) == ()


def test_a_swapped_letter_holds_only_in_the_countries_of_its_script() -> None:
    assert all(match.entry.country != "FR" for match in BOOK.swapped("Gamishli"))
    assert "UA" not in swapped_keys(loose_key("Gamishli"))[loose_key("Kamishli")]


def test_one_rule_holds_at_one_place() -> None:
    assert loose_key("Makhachkala") in swapped_keys(loose_key("Mahachkala"))
    assert loose_key("Gagra") not in swapped_keys(loose_key("Kakra"))


def test_a_slip_is_read_where_the_words_call_it_a_place() -> None:
    placed = find_places("Two shells fell near Gamishli in Syria on Monday.")
    assert [place.extra["name"] for place in placed][-1] == "Syria"
    assert placed[0].value.startswith(BOOK.find("Qamishli", ("SY",), feature="city")[0].id)
    assert [place.raw for place in find_places("Syria said that Gamishli spoke.")] == ["Syria"]
