"""A window on the map: which degrees it shows, and where they lie in it (Mercator)."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, radians, sinh, tan

__all__ = ["MAX_LATITUDE", "Box", "View", "at_least", "mercator"]

MAX_LATITUDE = 80.0
"""Mercator grows without end towards the poles; nothing is shown beyond this."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_KM_PER_DEGREE = 111.2


def mercator(lat: float) -> float:
    """Northing of a latitude in radians of the equator."""
    return asinh(tan(radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, lat)))))


def at_least(box: Box, degrees: float, factor: float = 1.0) -> Box:
    """A box widened around its middle by a factor, and to so many degrees either way, inside the world."""
    west, south, east, north = box
    across = max((east - west) * factor, degrees) / 2
    up = max((north - south) * factor, degrees) / 2
    lon, lat = (west + east) / 2, (south + north) / 2
    return lon - across, max(lat - up, -MAX_LATITUDE), lon + across, min(lat + up, MAX_LATITUDE)


@dataclass(frozen=True, slots=True)
class View:
    """A window.

    Attributes:
        box: Degrees at its edges.
        width: In pixels.
        height: In pixels.
    """

    box: Box
    width: float
    height: float

    @classmethod
    def around(cls, box: Box, width: float, height: float) -> View:
        """The smallest window of a size that shows all of a box, with the box in its middle.

        >>> View.around((35, 30, 45, 40), 400, 100).box[1::2]
        (30.0, 40.0)
        """
        west, south, east, north = box
        scale = min(width / radians(east - west), height / (mercator(north) - mercator(south)))
        middle = (mercator(north) + mercator(south)) / 2
        across, up = degrees(width / 2 / scale), height / 2 / scale
        lon = (west + east) / 2
        edges = (lon - across, _latitude(middle - up), lon + across, _latitude(middle + up))
        return cls((edges[0], round(edges[1], 9), edges[2], round(edges[3], 9)), width, height)

    @property
    def scale(self) -> float:
        """Pixels in a radian of longitude."""
        return self.width / radians(self.box[2] - self.box[0])

    def x(self, lon: float) -> float:
        """Pixels from the left edge."""
        return self.scale * radians(lon - self.box[0])

    def y(self, lat: float) -> float:
        """Pixels from the top edge."""
        return self.scale * (mercator(self.box[3]) - mercator(lat))

    def pixels(self, kilometres: float, lat: float) -> float:
        """Length of a distance on the ground at a latitude."""
        return self.scale * radians(kilometres / _KM_PER_DEGREE) / max(cos(radians(lat)), 0.1)

    def zoomed(self, factor: float) -> Box:
        """The box of the same middle that is `factor` times as wide (less than 1 is nearer)."""
        return self._moved(0.0, 0.0, factor)

    def shifted(self, across: float, up: float) -> Box:
        """The box moved by parts of its own width and height."""
        return self._moved(across, up, 1.0)

    def _moved(self, across: float, up: float, factor: float) -> Box:
        west, south, east, north = self.box
        bottom, top, edge = mercator(south), mercator(north), mercator(MAX_LATITUDE)
        wide, high = min((east - west) * factor, 360.0), min((top - bottom) * factor, 2 * edge)
        lon = ((west + east) / 2 + across * (east - west) + 180) % 360 - 180
        middle = (bottom + top) / 2 + up * (top - bottom)
        middle = max(high / 2 - edge, min(edge - high / 2, middle))
        return lon - wide / 2, _latitude(middle - high / 2), lon + wide / 2, _latitude(middle + high / 2)


def _latitude(northing: float) -> float:
    return degrees(atan(sinh(northing)))
