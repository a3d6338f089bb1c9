from pathlib import Path

import pytest

from conflict_events.geography import Geocoder, load_gazetteer
from conflict_events.geography.spelling import respelled

HEADER = "name_ar,variants,name_en,kind,admin1_en,admin2_en,country,lat,lon,geonames_id,ambiguous,source\n"
TABLE = HEADER + "\n".join(
    (
        "عين الوردات سراقب,,Ayn al-Wardat Saraqib,village,Idlib,,SY,35.85,36.8,,,own",
        "كروم الحجل الشرقية,,East Kurum,village,Idlib,,SY,35.9,36.7,,,own",
        "كروم الحجل الغربية,,West Kurum,village,Idlib,,SY,35.91,36.68,,,own",
        "خربة السنونو الكبيرة,,Great Sununu,village,Idlib,,SY,35.5,36.5,,,own",
        "خربة السنونو الصغيرة,,Little Sununu,village,Idlib,,SY,36.0,36.8,,,own",
        "مرج النوارس,,Marj,village,Aleppo,,SY,36.0,37.0,,,own",
        "مرج النوارس الغربي,,West Marj,village,Idlib,,SY,35.9,36.7,,,own",
        "مخيم سراقب,,Saraqib camp test,camp,Idlib,,SY,35.86,36.81,,,own",
    )
)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    table: Path = tmp_path_factory.mktemp("short") / "places.csv"
    table.write_text(TABLE + "\n", encoding="utf-8")
    return Geocoder(load_gazetteer([table]))


@pytest.mark.parametrize(
    ("name", "admin1", "english"),
    [
        ("عين الوردات", "Idlib", "Ayn al-Wardat Saraqib"),  # named after its town in the table alone
        ("كروم الحجل", "Idlib", "East Kurum"),  # either of the two that lie together
        ("مرج النوارس", "Idlib", "West Marj"),  # the one of the governorate, cut short, before the namesake beyond
        ("مرج النوارس", None, "Marj"),
        ("خربة السنونو", "Idlib", None),  # the two lie far apart
        ("كروم الحجل", None, None),
        ("كروم (الحجل) الشرقية", "Idlib", "East Kurum"),
        ("الفردوس", "Raqqa", "Firdaws Raqqa"),
        ("قصر البنات", "Raqqa", "Qasr al-Banat Raqqa"),
    ],
)
def test_names_told_shortly(short: Geocoder, name: str, admin1: str | None, english: str | None) -> None:
    found = short.resolve(name, admin1=admin1, country="SY" if admin1 else None)
    assert (found.place.name_en if found else None) == english


def test_a_kind_word_is_no_short_name(short: Geocoder) -> None:
    assert short.resolve("مخيم", admin1="Idlib") is None


@pytest.mark.parametrize(
    ("written", "known", "found"),
    [
        ("نمره", ("تمره", "نمل"), "تمره"),  # dots
        ("طنب", ("تنب", "جنب"), "تنب"),  # one sound
        ("راحو", ("راجو", "راخو"), None),  # two names differ by a dot: nobody knows which
        ("معرشورين", ("معرشورن",), "معرشورن"),
        ("نير", ("نيب",), None),
        ("تيري", ("نيرب",), None),  # a last ي has no tooth
    ],
)
def test_spelling_differs_by_dots_or_sound(written: str, known: tuple[str, ...], found: str | None) -> None:
    names = {name: (name,) for name in known}
    assert respelled(written, names) == ((found,) if found else ())  # type: ignore[arg-type]
