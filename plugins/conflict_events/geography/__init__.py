"""Where things happen: the gazetteer, the geocoder with its precision codes, and users' own place tables."""

from conflict_events.geography.admin import Admin1, AdminList, load_admin
from conflict_events.geography.distance import haversine_km
from conflict_events.geography.files import GazetteerError
from conflict_events.geography.gazetteer import Gazetteer, load_gazetteer
from conflict_events.geography.geocoder import Geocoder
from conflict_events.geography.importing import ImportReport, import_gazetteer
from conflict_events.geography.lines import geocode_lines
from conflict_events.geography.places import Geocoded, GeoContext, Place, PlaceName

__all__ = [
    "Admin1",
    "AdminList",
    "Gazetteer",
    "GazetteerError",
    "GeoContext",
    "Geocoded",
    "Geocoder",
    "ImportReport",
    "Place",
    "PlaceName",
    "geocode_lines",
    "haversine_km",
    "import_gazetteer",
    "load_admin",
    "load_gazetteer",
]
