"""From degrees to pixels: distances true from the middle of a map, or the whole world on a grid of degrees."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.show.outlines import Bounds, Degrees

EARTH_KM = 6371.0
# Wider than this, a map around one point would bend the far lands too much: it shows degrees instead.
WIDEST_ROUND_KM = 9000.0
ALONE = np.zeros(1, dtype=np.int64)
Pixels = NDArray[np.float64]  # n rows of x, y; y grows downwards


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: its middle in degrees, its width in km there, its size in pixels."""

    lat: float
    lon: float
    width_km: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels of a kilometre in the middle."""
        return self.width / self.width_km

    @property
    def is_world(self) -> bool:
        """Whether the map is a grid of degrees."""
        return self.width_km > WIDEST_ROUND_KM

    def project(self, points: Degrees, firsts: NDArray[np.int64] = ALONE) -> Pixels:
        """Give the pixels of points in degrees; `firsts` are the places where a new line starts.

        Azimuthal equidistant (Snyder 1987, p. 195): distances from the middle are true, and those across are 0.4 %
        too long a thousand kilometres from it. The world map is equirectangular, true along the parallel of its middle.
        """
        if self.is_world:
            return self._grid(points, firsts)
        lon, lat = np.radians(points[:, 0] - self.lon), np.radians(points[:, 1])
        sin_0, cos_0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        cos_lat, sin_lat, cos_lon = np.cos(lat), np.sin(lat), np.cos(lon)
        east, north = cos_lat * np.sin(lon), cos_0 * sin_lat - sin_0 * cos_lat * cos_lon
        away = np.hypot(east, north)
        # The far side of the globe is all round the edge: it is sent east, not into the middle.
        far = (away < 1e-9) & (sin_0 * sin_lat + cos_0 * cos_lat * cos_lon < 0)
        east, away = np.where(far, 1e-8, east), np.where(far, 1e-8, away)
        angle = np.arctan2(away, sin_0 * sin_lat + cos_0 * cos_lat * cos_lon)
        with np.errstate(invalid="ignore", divide="ignore"):
            stretch = np.where(away > 1e-9, angle / away, 1.0) * (EARTH_KM * self.scale)
        return np.stack([self.width / 2 + east * stretch, self.height / 2 - north * stretch], axis=1)

    def _grid(self, points: Degrees, firsts: NDArray[np.int64]) -> Pixels:
        degree = math.radians(1) * EARTH_KM * self.scale
        shrink = max(0.2, math.cos(math.radians(self.lat)))
        lon = points[:, 0] - self.lon
        # A line that passes the 180th meridian goes on, and is cut where the map ends.
        turns = np.concatenate([[0.0], np.cumsum(np.round(np.diff(lon) / 360.0))])
        lengths = np.diff(np.concatenate([firsts, [len(lon)]]))
        lon = lon - 360.0 * (turns - np.repeat(turns[firsts] - np.round(lon[firsts] / 360.0), lengths))
        return np.stack(
            [self.width / 2 + lon * shrink * degree, self.height / 2 - (points[:, 1] - self.lat) * degree], axis=1
        )

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Give the pixel of one point."""
        x, y = self.project(np.array([[lon, lat]]))[0].tolist()
        return x, y

    def bounds(self) -> Bounds:
        """Give a box of degrees that holds everything the map shows."""
        if self.is_world:
            degree = math.radians(1) * EARTH_KM * self.scale
            tall = self.height / 2 / degree
            wide = min(180.0, self.width / 2 / degree / max(0.2, math.cos(math.radians(self.lat))))
            return Bounds(self.lon - wide, self.lat - tall, self.lon + wide, self.lat + tall)
        reach = math.hypot(self.width, self.height) / 2 / self.scale / EARTH_KM
        south, north = self.lat - math.degrees(reach), self.lat + math.degrees(reach)
        if south <= -89.0 or north >= 89.0:
            return Bounds(self.lon - 180.0, max(-90.0, south), self.lon + 180.0, min(90.0, north))
        wide = math.degrees(math.asin(min(1.0, math.sin(reach) / math.cos(math.radians(self.lat)))))
        return Bounds(self.lon - wide, south, self.lon + wide, north)

    @property
    def level(self) -> int:
        """The detail of outlines that its pixels can show."""
        km = 1 / self.scale
        return 0 if km < 1.2 else 1 if km < 5.0 else 2


def bar_km(frame: Frame, share: float = 0.2) -> float:
    """Give a round length (1, 2 or 5 times a power of ten km) that takes at most a share of the map's width."""
    most = frame.width_km * share
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)
