"""Chooses what part of the world a map shows, so that every spot and its uncertainty lies within."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from variorum.show.outlines import Outlines
from variorum.show.projection import EARTH_KM, WIDEST_ROUND_KM, Frame, Pixels
from variorum.show.spots import Spot

# Simplified rivers leave their towns when drawn larger than this (INTERFACE §4.5).
LEAST_KM = 100.0
FOOT = 26.0  # pixels at the lower edge for scale bar and credit line
AROUND = 1.35  # of the spots' own extent, so that something of the country around is seen
SIDES = 24  # of the ring of points that stands for a circle


def fit_frame(spots: Sequence[Spot], size: tuple[float, float], least_km: float, outlines: Outlines) -> Frame:
    """Give the frame for a map of some width and height in pixels; `least_km` is the least width shown."""
    points = np.concatenate([_reach(spot, outlines) for spot in spots])
    (width, height), foot = size, FOOT if size[1] > 4 * FOOT else 0.0
    least = max(LEAST_KM, least_km)
    # Three rounds: the middle of what is seen from the mean, then from there.
    lat, lon = _middle(points)
    wide = tall = 0.0
    for _ in range(3):
        pixels = Frame(lat, lon, width / 1.0, width, height).project(points)  # one pixel is one km
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        wide, tall = (high - low).tolist()
        if max(wide, tall) > WIDEST_ROUND_KM:
            return _world(points, size)
        x, y = ((low + high) / 2 - np.array([width, height]) / 2).tolist()
        lat, lon = _moved(lat, lon, x, -y)
    width_km = max(least, AROUND * wide, AROUND * tall * width / (height - foot))
    if width_km > WIDEST_ROUND_KM:
        return _world(points, size)
    lat, lon = _moved(lat, lon, 0.0, -foot / 2 * width_km / width)
    return Frame(lat, lon, width_km, width, height)


def _reach(spot: Spot, outlines: Outlines) -> Pixels:
    """Give points (lon, lat) around all that a spot covers."""
    rings = outlines.area(spot.area, 2) if spot.kind == "province" else []
    if rings:
        whole: Pixels = max(rings, key=len)
        return whole
    centre = np.array([[spot.lon, spot.lat]])
    return circle_points(spot.lat, spot.lon, spot.radius_km) if spot.kind != "exact" else centre


def circle_points(lat: float, lon: float, radius_km: float) -> Pixels:
    """Give points (lon, lat) all round a place at a distance on the globe."""
    angles = np.linspace(0, 2 * math.pi, SIDES, endpoint=False)
    return np.array([_moved(lat, lon, radius_km * math.sin(a), radius_km * math.cos(a))[::-1] for a in angles.tolist()])


def _middle(points: Pixels) -> tuple[float, float]:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    x, y, z = (float(v.mean()) for v in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _moved(lat: float, lon: float, east_km: float, north_km: float) -> tuple[float, float]:
    """Give the point that lies so far from another, along the great circle that leaves it in that direction."""
    angle, bearing = math.hypot(east_km, north_km) / EARTH_KM, math.atan2(east_km, north_km)
    here = math.radians(lat)
    there = math.asin(
        max(-1.0, min(1.0, math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(bearing)))
    )
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(here), math.cos(angle) - math.sin(here) * math.sin(there)
    )
    return math.degrees(there), (lon + math.degrees(turn) + 180.0) % 360.0 - 180.0


def _world(points: Pixels, size: tuple[float, float]) -> Frame:
    """Give the frame of a map in degrees: the arc of longitudes that leaves out the widest gap."""
    lons = np.sort(np.mod(points[:, 0], 360.0))
    gaps = np.diff(np.concatenate([lons, [lons[0] + 360.0]]))
    at = int(np.argmax(gaps))
    first, span = float(lons[(at + 1) % len(lons)]), 360.0 - float(gaps[at])
    lat = float(points[:, 1].min() + points[:, 1].max()) / 2
    degree = math.radians(1) * EARTH_KM
    tall = float(points[:, 1].max() - points[:, 1].min()) * AROUND * degree * size[0] / size[1]
    shrink = max(0.2, math.cos(math.radians(lat)))
    width_km = min(360.0 * shrink * degree, max(AROUND * span * shrink * degree, tall, WIDEST_ROUND_KM * 1.01))
    width_km = max(width_km, WIDEST_ROUND_KM * 1.01)
    # The picture stays between the poles, as far as it is not taller than they are apart.
    most = max(0.0, 90.0 - width_km * size[1] / size[0] / 2 / degree)
    lat = max(-most, min(most, lat))
    return Frame(lat, (first + span / 2 + 180.0) % 360.0 - 180.0, width_km, *size)
