"""Distances on the globe, in kilometres."""

from __future__ import annotations

import math
from collections.abc import Iterable

__all__ = ["haversine_km", "midpoint", "nearest_km"]

EARTH_RADIUS_KM = 6371.0

Point = tuple[float, float]


def haversine_km(a: Point, b: Point) -> float:
    """Great-circle distance of two (latitude, longitude) points in degrees.

    >>> round(haversine_km((33.51, 36.29), (36.20, 37.16)))  # Damascus to Aleppo
    309
    """
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b[1] - a[1]) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def midpoint(a: Point, b: Point) -> Point:
    """Middle of two near points (plain mean of degrees; the countries covered lie far from the date line).

    >>> midpoint((32.0, 36.0), (33.0, 37.0))
    (32.5, 36.5)
    """
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def nearest_km(point: Point, others: Iterable[Point]) -> float | None:
    """Kilometres to the nearest of `others`; None when there are none."""
    return min((haversine_km(point, other) for other in others), default=None)
