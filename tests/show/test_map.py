"""What a map promises of places and their uncertainty."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from variorum.show.labels import Box, text_width
from variorum.show.map import NOTE, MapDrawing, MapView, draw_map
from variorum.show.spots import Spot, make_spot
from variorum.values.gazetteer import open_gazetteer

SVG = "{http://www.w3.org/2000/svg}"
CITIES = (
    "Deir ez-Zor SY", "Aleppo SY", "Kabul AF", "Goma CD", "Maiduguri NG", "Sittwe MM", "Port-au-Prince HT",
    "Culiacán MX", "Donetsk UA", "Kherson UA", "Srinagar IN", "Jerusalem IL", "Gaza PS", "Laayoune EH", "Gao ML",
    "Juba SS", "Aden YE", "Benghazi LY", "Anadyr RU", "Suva FJ", "Nuuk GL", "Ushuaia AR", "Honolulu US",
    "Singapore SG", "Tokyo JP", "London GB", "Colombo LK", "Mogadishu SO", "Hargeisa SO", "Nicosia CY",
    "Beirut LB", "Baghdad IQ", "Tehran IR", "Moscow RU", "Grozny RU", "Tbilisi GE", "Paris FR", "Berlin DE",
    "Madrid ES", "Rome IT", "Athens GR", "Ankara TR", "Cairo EG", "Khartoum SD", "Nairobi KE", "Kinshasa CD",
    "Lagos NG", "Dakar SN", "Bogotá CO", "Lima PE", "Caracas VE", "Manila PH", "Jakarta ID", "Bangkok TH",
    "Dhaka BD", "Delhi IN", "Karachi PK", "Peshawar PK", "Seoul KR", "Reykjavík IS", "Tromsø NO",
    "Port Moresby PG", "Auckland NZ", "Punta Arenas CL", "Iqaluit CA", "San Salvador SV",
)  # fmt: skip


def city(words: str) -> Spot:
    name, country = words.rsplit(" ", 1)
    entry = open_gazetteer().find(name, (country,))[0]
    return Spot("1", name, "exact", lat=entry.lat, lon=entry.lon)


def parsed(drawing: MapDrawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.svg)


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def drawn_words(root: ElementTree.Element) -> list[str]:
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


ALEPPO = Spot("1", "Aleppo", "exact", lat=36.2, lon=37.16)
IDLIB = make_spot("ne:SY.idlib", number="2")


def test_a_province_is_shaded_and_never_pinned() -> None:
    root = parsed(draw_map([IDLIB]))
    assert len(of_class(root, "map-province")) == 1
    assert not of_class(root, "map-pin")
    assert len(of_class(root, "map-province")[0].get("d", "")) > 200


def test_an_exact_place_is_a_pin_with_its_number() -> None:
    root = parsed(draw_map([replace(ALEPPO, number="17")]))
    assert len(of_class(root, "map-pin")) == 1
    assert [node.text for node in of_class(root, "map-number")] == ["17"]


@pytest.mark.parametrize("radius_km", [15.0, 60.0, 400.0])
def test_the_radius_of_a_circle_is_true_to_scale_within_two_per_cent(radius_km: float) -> None:
    near = Spot("1", "near Aleppo", "near", lat=36.2, lon=37.16, radius_km=radius_km)
    far = Spot("2", "elsewhere", "near", lat=34.0, lon=44.0, radius_km=radius_km)
    root = parsed(draw_map([near, far]))
    bar = of_class(root, "map-scale")[0]
    pixels = float(re.findall(r"h([\d.]+)", bar.get("d", ""))[0])
    km = float((of_class(root, "map-scale-label")[0].text or "").split()[0])
    for circle in of_class(root, "map-near"):
        assert float(circle.get("r", "0")) == pytest.approx(radius_km * pixels / km, rel=0.02, abs=0.1)


def test_a_circle_lies_where_the_globe_has_it() -> None:
    spot = Spot("1", "near Aleppo", "near", lat=36.2, lon=37.16, radius_km=100.0)
    drawing = draw_map([spot, Spot("2", "far", "exact", lat=31.0, lon=47.0)])
    assert drawing.frame is not None
    circle = of_class(parsed(drawing), "map-near")[0]
    x, y = drawing.frame.point(36.2 + 100 / 111.195, 37.16)
    away = ((x - float(circle.get("cx", "0"))) ** 2 + (y - float(circle.get("cy", "0"))) ** 2) ** 0.5
    assert away == pytest.approx(float(circle.get("r", "0")), rel=0.02)


@pytest.mark.parametrize("lat", [0.0, 65.0])
def test_on_a_map_too_wide_for_circles_they_are_bent_as_the_globe_is(lat: float) -> None:
    spot = Spot("1", "near", "area", lat=lat, lon=10.0, radius_km=900.0)
    drawing = draw_map([spot, Spot("2", "far", "exact", lat=-30.0, lon=150.0)])
    (area,) = of_class(parsed(drawing), "map-area")
    assert area.tag == f"{SVG}path"
    frame = drawing.frame
    assert frame is not None
    assert frame.is_world
    north = frame.point(lat + 900 / 111.195, 10.0)[1]
    assert float((re.search(r"M\S+ ([-\d.]+)", area.get("d", "")) or [""])[1]) == pytest.approx(max(north, -4), abs=1)


@pytest.mark.parametrize(
    "id", ["ne:RU.sakha-yakutia", "ne:US.alaska", "ne:CL.magallanes-y-antartica-chilena", "ne:CA.nunavut"]
)
def test_a_large_province_is_on_its_map_whole(id: str) -> None:
    spot = make_spot(id)
    assert spot.kind == "province"
    drawing = draw_map([spot])
    assert len(of_class(parsed(drawing), "map-province")) == 1
    assert drawing.frame is not None
    x, y = drawing.frame.point(spot.lat, spot.lon)
    assert 0 < x < 528
    assert 0 < y < 224


def test_a_place_known_only_by_its_country_is_beside_the_map() -> None:
    country = make_spot("ne:YE", number="3")
    drawing = draw_map([ALEPPO, country])
    assert drawing.beside == (country,)
    assert not any("Yemen" in text for text in drawn_words(parsed(drawing)))


def test_where_only_countries_are_known_there_is_no_map() -> None:
    drawing = draw_map([make_spot("ne:YE")])
    assert drawing.svg == ""
    assert len(drawing.beside) == 1
    assert NOTE in drawing.caption


def words_boxes(root: ElementTree.Element) -> list[Box]:
    """Give the room of all words as they stand in the picture: the letters, without the air above and below them."""
    found = []
    for group in root.iter():
        for node in group:
            if node.tag == f"{SVG}text" and "map-number" not in node.get("class", ""):
                size = float(node.get("font-size") or group.get("font-size", "0"))
                wide = text_width("".join(node.itertext()), size)
                left = float(node.get("x", "0")) - {"middle": wide / 2, "end": wide}.get(
                    node.get("text-anchor", ""), 0.0
                )
                y = float(node.get("y", "0"))
                found.append(Box(left, y - 0.75 * size, left + wide, y + 0.2 * size))
    return found


def pin_boxes(root: ElementTree.Element) -> list[Box]:
    found = []
    for pin in of_class(root, "map-pin"):
        x, y, r = (float(pin.get(name, "0")) for name in ("cx", "cy", "r"))
        found.append(Box(x - r, y - r, x + r, y + r))
    return found


@pytest.mark.parametrize("words", CITIES)
def test_no_words_cover_other_words_a_pin_the_scale_bar_or_the_credit_line(words: str) -> None:
    for least_km in (150.0, 600.0):
        drawing = draw_map([city(words), replace(city(words), number="2")], MapView(least_km=least_km))
        root = parsed(drawing)
        bar = re.findall(r"M([\d.]+) ([\d.]+)v5h([\d.]+)", of_class(root, "map-scale")[0].get("d", ""))[0]
        left, top, long = map(float, bar)
        boxes = [*words_boxes(root), *pin_boxes(root), Box(left, top, left + long, top + 5)]
        assert len(boxes) > 5
        assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.meets(b)]
        assert all(box.within(Box(0, 0, 528, 224)) for box in boxes)


def test_towns_around_are_named() -> None:
    words = drawn_words(parsed(draw_map([ALEPPO])))
    assert "Al Bāb" in words
    assert "الباب" in words


def test_the_place_itself_is_not_named_twice() -> None:
    assert drawn_words(parsed(draw_map([ALEPPO]))).count("Aleppo") == 1


@pytest.mark.parametrize("words", CITIES)
def test_a_map_is_well_under_100_kilobytes(words: str) -> None:
    assert all(len(draw_map([city(words)], MapView(least_km=km)).svg.encode()) < 30_000 for km in (150.0, 1000.0))


def test_a_map_of_the_whole_world_is_under_100_kilobytes() -> None:
    spots = [city(words) for words in ("Bogotá CO", "Kabul AF", "Gao ML", "Manila PH", "Auckland NZ")]
    assert len(draw_map(spots).svg.encode()) < 100_000


@pytest.mark.parametrize("words", ["Srinagar IN", "Jerusalem IL", "Hargeisa SO", "Donetsk UA", "Nicosia CY"])
def test_disputed_lines_are_dashed(words: str) -> None:
    lines = of_class(parsed(draw_map([city(words)], MapView(least_km=900))), "map-disputed")
    assert len(lines) == 1
    assert lines[0].get("stroke-dasharray") == "6 3"


def test_settled_borders_are_not_dashed() -> None:
    borders = of_class(parsed(draw_map([city("Paris FR")], MapView(least_km=900))), "map-border")
    assert len(borders) == 1
    assert borders[0].get("stroke-dasharray") is None


def test_the_credit_and_the_note_on_boundaries_are_always_there() -> None:
    for size in ((528.0, 224.0), (320.0, 160.0), (200.0, 120.0)):
        drawing = draw_map([ALEPPO], MapView(width=size[0], height=size[1]))
        printed = " ".join(drawn_words(parsed(drawing)))
        assert "Natural Earth" in printed
        assert "GeoNames CC BY 4.0" in printed
        assert "de facto boundaries and no judgement" in drawing.caption
        assert "disputed" in drawing.caption


def test_words_from_reports_are_escaped() -> None:
    evil = replace(ALEPPO, label='</text><script>alert(1)</script>"&\x00\u202e', number="<b>")
    drawing = draw_map([evil], title='"><img src=x onerror=alert(1)>')
    assert "<script" not in drawing.svg
    assert "<img" not in drawing.svg
    root = parsed(drawing)
    assert not [node for node in root.iter() if node.tag in (f"{SVG}script", f"{SVG}img")]
    assert "\u202e" not in drawing.svg


def test_a_map_needs_nothing_but_itself() -> None:
    svg = draw_map([ALEPPO, IDLIB, make_spot("gn:170794;near", number="3")]).svg
    assert not re.search(r"<style|<script|style=|url\(|<image|@import", svg)
    assert set(re.findall(r"https?://[^\"' ]+", svg)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (90.0, 0.0),
        (-90.0, 0.0),
        (89.5, 179.9),
        (-16.5, 180.0),
        (-16.5, -180.0),
        (65.0, -179.9),
        (-77.8, 166.7),
    ],
)
def test_the_180th_meridian_and_the_poles_do_not_break_it(lat: float, lon: float) -> None:
    for width in (150.0, 3000.0):
        drawing = draw_map([Spot("1", "x", "near", lat=lat, lon=lon, radius_km=30.0)], MapView(least_km=width))
        assert "nan" not in drawing.svg
        assert len(of_class(parsed(drawing), "map-near")) == 1


def test_two_places_across_the_180th_meridian_lie_side_by_side() -> None:
    spots = [Spot("1", "a", "exact", lat=-17.0, lon=179.0), Spot("2", "b", "exact", lat=-17.0, lon=-179.0)]
    drawing = draw_map(spots)
    assert drawing.frame is not None
    assert drawing.frame.width_km < 400


def test_from_where_it_was_fired_a_dashed_line_leads_to_the_target() -> None:
    sea = Spot("1", "eastern Mediterranean", "area", "launch", 34.6, 33.8, 70.0)
    other = Spot("2", "Damascus", "exact", lat=33.5, lon=36.3)
    lines = of_class(parsed(draw_map([ALEPPO, sea, other])), "map-path")
    assert len(lines) == 1
    assert lines[0].get("stroke-dasharray")


def test_pins_of_one_place_are_moved_apart_and_none_is_lost() -> None:
    spots = [replace(ALEPPO, number=str(n)) for n in range(1, 9)]
    drawing = draw_map(spots)
    assert len(of_class(parsed(drawing), "map-pin")) + len(drawing.crowded) == 8
    assert len(of_class(parsed(drawing), "map-leader")) == 7 - len(drawing.crowded)


def test_pins_moved_apart_from_one_place_name_it_once() -> None:
    words = drawn_words(parsed(draw_map([replace(ALEPPO, number=str(n)) for n in range(1, 13)])))
    assert words.count("Aleppo") == 1


def test_pins_without_room_are_given_back() -> None:
    spots = [replace(ALEPPO, number=str(n)) for n in range(1, 39)]
    drawing = draw_map(spots, MapView(width=120, height=80))
    assert drawing.crowded
    assert len(of_class(parsed(drawing), "map-pin")) + len(drawing.crowded) == 38


def test_very_many_pins_of_one_place_are_one_with_their_count() -> None:
    drawing = draw_map([replace(ALEPPO, number=str(n)) for n in range(1, 300)])
    (pin,) = of_class(parsed(drawing), "map-pin")
    assert "map-cluster" in pin.get("class", "")
    assert [node.text for node in of_class(parsed(drawing), "map-number")] == ["×299"]
    assert not drawing.crowded


def test_five_thousand_events_are_drawn_in_under_two_seconds_and_none_is_lost() -> None:
    spots = [
        Spot(str(n), "x", "exact", lat=32 + n * 7919 % 500 / 100, lon=36 + n * 104729 % 600 / 100) for n in range(5000)
    ]
    start = time.process_time()
    drawing = draw_map(spots, MapView(730, 380))
    assert time.process_time() - start < 2
    numbers = [node.text or "" for node in of_class(parsed(drawing), "map-number")]
    counted = sum(int(number.removeprefix("×")) if number.startswith("×") else 1 for number in numbers)
    assert counted + len(drawing.crowded) == 5000


def test_a_province_that_two_events_name_is_shaded_once_with_both_numbers() -> None:
    root = parsed(draw_map([IDLIB, replace(IDLIB, number="5")]))
    assert len(of_class(root, "map-province")) == 1
    assert any(text.startswith("2, 5 · ") for text in drawn_words(root))


def test_a_picture_with_links_is_no_image() -> None:
    plain, linked = draw_map([ALEPPO]), draw_map([replace(ALEPPO, href="/events/E1")])
    assert parsed(plain).get("role") == "img"
    assert parsed(linked).get("role") == "group"
    assert [node.get("href") for node in of_class(parsed(linked), "map-link")] == ["/events/E1"]


def test_every_element_that_is_drawn_has_a_class() -> None:
    root = parsed(draw_map([ALEPPO, IDLIB]))
    shapes = ("path", "rect", "circle", "line")
    assert not [n.tag for n in root.iter() if n.tag.removeprefix(SVG) in shapes and not n.get("class")]


def test_it_is_never_closer_than_100_km() -> None:
    frame = draw_map([ALEPPO], MapView(least_km=1.0)).frame
    assert frame is not None
    assert frame.width_km >= 100


def test_a_single_source_is_a_pale_pin_with_a_class_of_its_own() -> None:
    root = parsed(draw_map([replace(ALEPPO, single=True)]))
    assert of_class(root, "map-single")[0].get("fill") == "#fff"


def test_the_same_places_give_the_same_picture() -> None:
    assert draw_map([ALEPPO, IDLIB]).svg == draw_map([ALEPPO, IDLIB]).svg


def test_the_number_of_an_area_is_whole_where_its_name_finds_no_room() -> None:
    spots = [Spot(str(n), f"near a town called {'m' * 30}", "near", lat=35 + n, lon=37, radius_km=5) for n in range(9)]
    drawing = draw_map([*spots, Spot("99", "elsewhere", "exact", lat=-30, lon=-60)], MapView(300, 200))
    said = [words.split(" ·")[0] for words in drawn_words(parsed(drawing)) if words[:1].isdigit()]
    lost = {spot.number for spot in drawing.crowded}
    assert {spot.number for spot in spots} - lost <= set(said)
    assert len(lost) < 3


def test_an_area_without_a_name_has_its_number_alone() -> None:
    assert "7" in drawn_words(parsed(draw_map([replace(IDLIB, number="7", label="")])))


def test_no_line_to_a_true_place_crosses_the_number_of_another_pin() -> None:
    svg = draw_map([replace(ALEPPO, number=str(n)) for n in range(1, 9)]).svg
    assert svg.rindex("map-true-place") < svg.index("map-number")
