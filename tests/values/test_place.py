"""Text in, places out. All sentences are invented."""

from __future__ import annotations

import time

import pytest

from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import find_places, gather_context, parse_place
from variorum.values.placetext import load_quarters

BOOK = open_gazetteer()


def found(text: str) -> list[tuple[str, str]]:
    return [(place.raw, place.value) for place in find_places(text, BOOK)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Troops entered the city of Deir al-Zor on Tuesday.", [("Deir al-Zor", "gn:170794")]),
        ("Fighting spread across Deir al-Zor province.", [("Deir al-Zor", "ne:SY.dayr-az-zawr")]),
        ("Shells fell in the province of Idlib.", [("Idlib", "ne:SY.idlib")]),
        ("A convoy was hit near Idlib.", [("Idlib", "gn:169389;near")]),
        ("A convoy was hit 20 km (12 miles) east of Mayadeen.", [("Mayadeen", "gn:173480;dir=E;d=20000;near")]),
        ("They met south-east of Aleppo.", [("Aleppo", "gn:170063;dir=SE;near")]),
        ("Shells hit areas of south-east Deir al-Zor.", [("Deir al-Zor", "gn:170794;dir=SE")]),
        ("The eastern suburbs of Damascus were quiet.", [("Damascus", "gn:170654;dir=E")]),
        ("Two died on the outskirts of Mosul.", [("Mosul", "gn:99072;near")]),
        ("Ships left the eastern Mediterranean.", [("Mediterranean", "va:sea.mediterranean-sea;dir=E")]),
        ("They crossed the Euphrates river at night.", [("Euphrates", "va:river.euphrates")]),
        ("Shelling was heard in Eastern Ghouta.", [("Eastern Ghouta", "va:region.eastern-ghouta")]),
        ("Shelling was heard in eastern Ghouta.", [("Ghouta", "va:region.eastern-ghouta")]),
        ("The law changed in Nigeria.", [("Nigeria", "ne:NG")]),
        ("A man was held in Mobile, Ala.", [("Mobile", "gn:4076598"), ("Ala", "ne:US.alabama")]),
        ("A fire broke out in Paris, Texas.", [("Paris", "gn:4717560"), ("Texas", "ne:US.texas")]),
        ("KHARKOV, March 3 (Agency) - It rained.", [("KHARKOV", "gn:706483")]),
        (
            "Gunmen came to the village of Tullow Ghera in Borno state.",
            [("Tullow Ghera", "name:Tullow Ghera;in=ne:NG.borno"), ("Borno", "ne:NG.borno")],
        ),
        ("Shells hit Syrias Idlib on Monday.", [("Syria", "ne:SY"), ("Idlib", "gn:169389")]),
    ],
)
def test_a_place_is_found_with_its_direction_and_kind(text: str, places: list[tuple[str, str]]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "Alexander Petrenko told the Washington Post that nothing had changed.",
        "Colonel Dillon added nothing. Dillon left early.",
        "Islamic State claimed the attack, and the Kurdistan Workers' Party denied it.",
        "Russian jets and Turkish troops took no part.",
        "Reading the report took hours.",
        "Nice people came on Sunday in March.",
        "The Islamic State of Iraq and the Levant said nothing.",
        "US warplanes took off.",
        "Washington Street was closed.",
        "Mr Jordan met Paris Whitfield and Sydney Marlowe.",
        "The White House declined to comment.",
    ],
)
def test_persons_bodies_and_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "raw", "metonym"),
    [
        ("Moscow said on Tuesday that the deal stood.", "Moscow", True),
        ("The Damascus government denied it.", "Damascus", True),
        ("Talks brokered by Ankara failed.", "Ankara", True),
        ("Moscow's S-300 systems arrived.", "Moscow", True),
        ("Shells fell in Damascus.", "Damascus", False),
        ("Damascus's eastern suburbs were hit.", "Damascus", False),
    ],
)
def test_a_capital_that_stands_for_its_government_is_flagged(text: str, raw: str, metonym: bool) -> None:
    places = [place for place in find_places(text, BOOK) if place.raw == raw]
    assert [place.extra.get("metonym") == "1" for place in places] == [metonym]


def test_one_town_in_many_spellings_is_one_value() -> None:
    text = "Deir Ezzor was calm. In Deir al-Zor, shops opened. Reports from Deir ez-Zor said so, and Deir el-Zour too."
    assert {value for _, value in found(text)} == {"gn:170794"}


def test_the_article_decides_which_town_of_a_name_is_meant() -> None:
    lebanon = "Clashes broke out in Tripoli, officials in Beirut said. The Lebanese army moved in."
    libya = "Clashes broke out in Tripoli, officials in Benghazi said. The Libyan army moved in."
    assert ("Tripoli", "gn:266826") in found(lebanon)
    assert ("Tripoli", "gn:2210247") in found(libya)


def test_a_sentence_is_read_in_the_light_of_its_article() -> None:
    article = "Syrian rebels left Hama. Shells hit Aqerbat."
    context = gather_context(article, BOOK)
    assert [place.value for place in find_places("Shells hit Aqerbat.", BOOK, context)] == ["gn:162803"]


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("Shells fell in the Syrian suburb of Zamalka near Damascus.", "Zamalka", "name:Zamalka;in=ne:SY.rif-dimashq"),
        ("Shells fell in Adra east of Damascus in Syria.", "Adra", "name:Adra;in=ne:SY.rif-dimashq"),
        # quarters of one name: the town that the report speaks of has it
        ("Shells fell in Zahra district in Homs, Syria.", "Zahra", "name:Zahra;in=gn:169577"),
        ("Shells fell in Zahra district in Aleppo, Syria.", "Zahra", "name:Zahra;in=gn:170063"),
    ],
)
def test_a_suburb_that_the_gazetteer_lacks_lies_in_what_holds_it(text: str, raw: str, value: str) -> None:
    assert [place.value for place in find_places(text, BOOK) if place.raw == raw] == [value]


def test_a_suburb_of_the_table_is_no_town_that_only_sounds_like_it() -> None:
    assert not any(
        place.value.startswith("gn:170905") for place in find_places("Nine die in Syria in Adra ambush", BOOK)
    )


def test_a_suburb_of_the_table_is_none_in_a_report_of_another_country() -> None:
    assert not any("ne:SY" in place.value for place in find_places("Shells fell in Zamalka in northern Peru.", BOOK))


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("Shells fell south of the city of Tabqa Syria on Monday.", "Tabqa", "gn:172374;dir=S;near"),
        ("Shells fell in Aleppo Syrias largest city.", "Aleppo", "gn:170063"),
    ],
)
def test_a_country_behind_a_town_is_no_part_of_its_name_though_the_comma_got_lost(
    text: str, raw: str, value: str
) -> None:
    assert (raw, value) in found(text)


def test_every_name_of_the_quarters_table_is_missing_in_the_gazetteer_or_lies_elsewhere_there() -> None:
    for country, rows in load_quarters().items():
        for holder, names in rows.items():
            entry = BOOK.entry(holder)
            assert entry is not None, holder
            assert entry.country == country
            province = entry.id if entry.feature == "admin1" else entry.admin1
            known = [name for name in names for m in BOOK.matches(name) if m.exact and m.entry.admin1 == province]
            assert not known, f"{holder}: the gazetteer has {known}"


def test_an_arabic_sentence_gives_its_places() -> None:
    assert found("قصفت طائرات مدينة حلب") == [("حلب", "gn:170063")]


def test_spans_cut_the_name_from_the_text() -> None:
    text = "🔥 «خبر» Shells fell in Idlib and in Homs."
    for place in find_places(text, BOOK):
        assert text[place.start : place.end] == place.raw


def test_reading_twice_gives_the_same() -> None:
    text = "Fighting in Springfield, Illinois, and in Lebanon, Kansas, the Ohio office said."
    assert found(text) == found(text)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("near Idlib", "gn:169389;near"),
        ("Aleppo province", "ne:SY.aleppo"),
        ("gn:170063", "gn:170063"),
        ("Xqzvwj", None),
    ],
)
def test_a_name_standing_alone_is_read(raw: str, value: str | None) -> None:
    assert parse_place(raw, BOOK) == value


def test_an_article_of_two_thousand_characters_takes_milliseconds() -> None:
    line = "Shells hit Saraqib and Khan Sheikhoun in Idlib province, south of Aleppo, officials in Damascus said. "
    text = (line * 20)[:2000]
    find_places(text, BOOK)
    start = time.perf_counter()
    find_places(text, BOOK)
    assert time.perf_counter() - start < 0.15  # ten times what it takes, for busy machines


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("Gunmen ambushed a lorry on the road to Kongoussi.", [("Kongoussi", True)]),
        ("They lay beside the road from Djibo to Kongoussi.", [("Djibo", True), ("Kongoussi", True)]),
        ("They cut the highway between Kabul and Kandahar.", [("Kabul", True), ("Kandahar", True)]),
        ("A bomb went off along the Kabul to Kandahar highway.", [("Kabul", True), ("Kandahar", True)]),
        ("They stopped a bus on the Kassala road.", [("Kassala", True)]),
        ("A bomb went off in Mosul on the road to Baghdad.", [("Mosul", False), ("Baghdad", True)]),
        ("They lay beside a road near Mosul.", [("Mosul", False)]),
        ("They fled by road to Kongoussi.", [("Kongoussi", False)]),
        ("The buses are en route to Kongoussi.", [("Kongoussi", False)]),
        ("They fled from Djibo to Kongoussi.", [("Djibo", False), ("Kongoussi", False)]),
    ],
)
def test_a_place_that_only_says_which_road_is_marked(text: str, routes: list[tuple[str, bool]]) -> None:
    assert [(found.raw, "route" in found.extra) for found in find_places(text)] == routes


def test_a_neighbourhood_lies_in_the_town_that_it_is_of() -> None:
    places = found("A car bomb exploded in the Bab al-Hawa neighbourhood of Taiz, Yemen, on Monday.")
    assert ("Taiz", "gn:70225") in places
