import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.geography import GazetteerError, Geocoded, Geocoder, GeoContext, haversine_km
from conflict_events.geography.wording import word_set


def resolved(geocoder: Geocoder, name: str, **hints: object) -> Geocoded:
    found = geocoder.resolve(name, **hints)  # type: ignore[arg-type]
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("name", "english", "kind", "precision"),
    [
        ("سرمين", "Sarmin", "town", 1),
        ("مدينة إدلب", "Idlib", "city", 1),
        ("محافظة حمص", "Homs", "governorate", 3),
        ("ريف إدلب الجنوبي", "Idlib", "governorate", 3),
        ("ريف حلب الغربي", "Aleppo", "governorate", 3),
        ("غرب حلب", "Aleppo", "governorate", 3),
        ("ريفي حلب الشمالي والشمالي الشرقي", "Aleppo", "governorate", 3),
        ("ريف دمشق", "Rural Damascus", "governorate", 3),
        ("ريف جسر الشغور", "Jisr al-Shughur", "city", 2),
        ("محيط بلدة سرمين", "Sarmin", "town", 2),
        ("أطراف مدينة الباب", "Al-Bab", "city", 2),
        ("بالقرب من بلدة النيرب شرق إدلب", "Nayrab", "village", 2),
        ("محور كفر تعال", "Kafr Taal", "village", 2),
        ("بادية البوكمال", "Abu Kamal", "city", 2),
        ("مخيم جباليا", "Jabalia", "city", 1),
        ("معبر باب الهوى", "Bab al-Hawa crossing", "crossing", 1),
        ("جبل الزاوية", "Jabal al-Zawiya", "area", 2),
        ("البادية السورية", "Syrian desert", "desert", 2),
        ("سوريا", "Syria", "country", 3),
        ("شمال غربي سوريا", "Northwest Syria", "region", 3),
        ("الحدود السورية العراقية", "Syria-Iraq border", "border", 3),
        ("مطار حلب الدولي", "Aleppo International Airport", "airport", 1),
        ("منطقة الجفينة", "Al-Jufaynah", "area", 2),
        ("معسكر لبوزة", "Labuzah camp", "base", 1),
        ("محافظة الطائف", "Taif", "city", 1),
        ("بلدة القديح", "Al-Qudayh", "village", 1),
        ("نيجيريا", "Nigeria", "country", 3),
        ("ولاية بورنو", "Borno", "governorate", 3),
        ("مدينة كراتشي", "Karachi", "city", 1),
        ("مدينة كويتا", "Quetta", "city", 1),
        ("مدينة سوروتش", "Suruc", "city", 1),
        ("إقليم بلوشستان", "Balochistan", "governorate", 3),
        ("جبل سمامة", "Mount Semmama", "mountain", 2),
        ("سجن طرة", "Tora prison", "prison", 1),
    ],
)
def test_words_around_a_name(geocoder: Geocoder, name: str, english: str, kind: str, precision: int) -> None:
    found = resolved(geocoder, name)
    assert (found.place.name_en, found.place.kind, found.geo_precision) == (english, kind, precision)


def test_between_two_places(geocoder: Geocoder) -> None:
    found = resolved(geocoder, "طريق نوى - الشيخ مسكين")
    ends = [resolved(geocoder, name) for name in ("نوى", "الشيخ مسكين")]
    assert found.geo_precision == 2
    assert found.method.startswith("between")
    assert all(haversine_km((found.lat, found.lon), (end.lat, end.lon)) < 10 for end in ends)
    assert resolved(geocoder, "بين سرمين وبنش").method.startswith("between")


def test_a_long_road_stays_at_its_first_place(geocoder: Geocoder) -> None:
    found = resolved(geocoder, "طريق المكلا - الحديدة")
    assert (found.place.name_en, found.lat, found.geo_precision) == ("Mukalla", found.place.lat, 2)


def test_a_list_from_small_to_large(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "راجو, عفرين").place.name_en == "Rajo"
    larger = resolved(geocoder, "قرية الزبرجد الخيالية, منطقة جبلة")
    assert (larger.place.name_en, larger.geo_precision) == ("Jablah", 2)


def test_a_quarter_in_a_town(geocoder: Geocoder) -> None:
    known = resolved(geocoder, "حي الكلاسة في حلب")
    assert (known.place.name_en, known.geo_precision) == ("Al-Kallaseh", 1)
    unknown = resolved(geocoder, "حي الزبرجد في سراقب")
    assert (unknown.place.name_en, unknown.geo_precision) == ("Saraqib", 1)


def test_an_unknown_quarter_of_a_known_governorate_is_a_guess(geocoder: Geocoder) -> None:
    found = resolved(geocoder, "شارع الزبرجد", admin1="Raqqa")
    assert (found.place.name_en, found.geo_precision) == ("Raqqa", 3)
    assert found.method.startswith("seat")


def test_namesakes_by_governorate(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "أريحا", admin1="Idleb").place.name_en == "Ariha"
    assert resolved(geocoder, "أريحا", admin1="West Bank").place.name_en == "Jericho"
    assert resolved(geocoder, "أريحا", admin1="Idlib").method == "exact;admin1"


def test_namesakes_by_country_and_by_the_pages_other_places(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "الخيام", country="LB").place.country == "LB"
    near_daraa = GeoContext(points=((32.62, 36.10),))
    assert resolved(geocoder, "صيدا", context=near_daraa).place.admin1 == "Daraa"
    assert resolved(geocoder, "صيدا", context=GeoContext(countries=("LB",))).place.name_en == "Sidon"


def test_a_namesake_far_from_the_governorate_is_no_answer(geocoder: Geocoder) -> None:
    assert geocoder.resolve("الفلوجة", admin1="Latakia") is None


def test_an_unvetted_namesake_abroad_is_no_answer(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "أردبيل").place.country == "IR"
    assert geocoder.resolve("أردبيل", country="SY") is None


def test_one_wrong_letter_in_a_known_governorate(geocoder: Geocoder) -> None:
    found = resolved(geocoder, "معرة التعمان", admin1="Idlib")
    assert found.place.name_en == "Maarrat al-Numan"
    assert found.method.startswith("spelling")


def test_the_callers_precision_only_coarsens(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "سرمين", precision=2).geo_precision == 2
    assert resolved(geocoder, "محافظة حمص", precision=1).geo_precision == 3


def test_a_small_place_with_a_common_name_is_no_answer_abroad(geocoder: Geocoder) -> None:
    assert resolved(geocoder, "سترة", country="BH").place.name_en == "Sitra"
    assert geocoder.resolve("سترة", country="SY") is None


@pytest.mark.parametrize("name", ["", "   ", "،", "123", "قرية الزبرجد الخيالية", "Springfield", "كلام " * 40])
def test_what_is_unknown_stays_unresolved(geocoder: Geocoder, name: str) -> None:
    assert geocoder.resolve(name) is None


WORDS = st.lists(
    st.sampled_from(
        [
            "ريف",
            "حلب",
            "الشمالي",
            "محيط",
            "بين",
            "و",
            "وإدلب",
            "في",
            "قرب",
            "حي",
            "طريق",
            "-",
            ",",
            "مدينة",
            "بلدة",
            "سرمين",
            "من",
            "شمال",
            "(",
            ")",
            "مخيم",
            "كفر",
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(WORDS, st.sampled_from([None, "Aleppo", "Idlib", "???"]))
def test_any_words_are_survived(geocoder: Geocoder, name: str, admin1: str | None) -> None:
    found = geocoder.resolve(name, admin1=admin1)
    assert found is None or (found.geo_precision in (1, 2, 3) and -90 <= found.lat <= 90 and found.method)


def test_a_set_of_words_that_is_not_there_is_named() -> None:
    assert "مدينه" in word_set("settlements")
    with pytest.raises(GazetteerError, match="no_such_set"):
        word_set("no_such_set")
