from __future__ import annotations

import numpy as np
import pytest

from variorum.show.projection import Frame, bar_km
from variorum.values.gazetteer import distance_km

SYRIA = Frame(35.0, 38.0, 800.0, 528.0, 224.0)


def test_distances_from_the_middle_are_true() -> None:
    x, y = SYRIA.point(36.2, 37.16)
    away = float(np.hypot(x - 264.0, y - 112.0)) / SYRIA.scale
    assert away == pytest.approx(distance_km((35.0, 38.0), (36.2, 37.16)), rel=0.001)


def test_north_is_up_and_east_is_right() -> None:
    assert SYRIA.point(36.0, 38.0)[1] < 112
    assert SYRIA.point(35.0, 39.0)[0] > 264


FIJI, POLE = Frame(-16.0, 179.5, 900.0, 528.0, 224.0), Frame(88.0, 10.0, 900.0, 528.0, 224.0)


@pytest.mark.parametrize("frame", [SYRIA, FIJI, POLE])
def test_the_bounds_hold_all_that_is_shown(frame: Frame) -> None:
    bounds = frame.bounds()
    lats, lons = np.meshgrid(np.linspace(-90, 90, 361), np.linspace(-180, 180, 721))
    points = np.stack([lons.ravel(), lats.ravel()], axis=1)
    pixels = frame.project(points)
    shown = points[np.all((pixels >= 0) & (pixels <= [frame.width, frame.height]), axis=1)]
    assert len(shown)
    for lon, lat in shown.tolist():
        assert bounds.south <= lat <= bounds.north
        assert any(bounds.west <= lon + turn <= bounds.east for turn in (-360, 0, 360))


def test_on_the_world_map_a_line_over_the_180th_meridian_goes_on() -> None:
    world = Frame(0.0, 0.0, 40000.0, 800.0, 400.0)
    pixels = world.project(np.array([[170.0, 0.0], [179.0, 1.0], [-179.0, 1.0], [-170.0, 0.0]]))
    assert np.all(np.diff(pixels[:, 0]) > 0)


@pytest.mark.parametrize(("width_km", "bar"), [(150.0, 20.0), (800.0, 100.0), (1000.0, 200.0), (27000.0, 5000.0)])
def test_the_scale_bar_is_a_round_length(width_km: float, bar: float) -> None:
    assert bar_km(Frame(0.0, 0.0, width_km, 528.0, 224.0)) == bar
