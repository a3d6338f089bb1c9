import io
import json

import pytest

from conflict_events.geography import Geocoder, geocode_lines


def test_lines_keep_their_keys_and_gain_a_point(geocoder: Geocoder) -> None:
    lines = [
        json.dumps({"place": "بلدة سرمين", "admin1_en": "Idleb", "incidents": 3}),
        "",
        json.dumps({"place": "قرية الزبرجد الخيالية", "admin1_en": None}),
    ]
    out = io.StringIO()
    report = geocode_lines(lines, out, geocoder)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (report.read, report.resolved) == (2, 1)
    assert (first["place"], first["admin1_en"], first["incidents"]) == ("بلدة سرمين", "Idleb", 3)
    assert (first["geo_precision"], first["admin1_pcode"], first["place_country"]) == (1, "SY07", "SY")
    assert second["lat"] is None
    assert second["place_id"] is None
    assert first.keys() - {"incidents"} == second.keys()


@pytest.mark.parametrize("line", ["{", "[]", '{"admin1_en": "Idlib"}', '{"place": 3}', '{"place": "x", "country": 1}'])
def test_a_bad_line_is_named(geocoder: Geocoder, line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        geocode_lines(['{"place": "حلب"}', line], io.StringIO(), geocoder)
