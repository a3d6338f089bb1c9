from pathlib import Path

import pytest

from conflict_events.geography import GazetteerError, Geocoder, import_gazetteer, load_gazetteer

OCHA = "adm1_en,adm1_pcode,adm2_en,adm2_pcode,name_en,name_ar,pcode,type,lon,lat\n"
ROW = "Idleb,SY07,Ariha,SY0705,Zabarjad,الزبرجد_زمردة,C1,C,36.51,35.81\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def geonames_line(**changes: str) -> str:
    cells = ["7", "Zumurrud", "Zumurrud", "Zumurrud,الزمرد", "35.8", "36.5", "P", "PPL", "SY", "", "12"]
    cells += ["", "", "", "900", "", "", "Asia/Damascus", "2024-01-01"]
    for index, value in changes.items():
        cells[int(index[1:])] = value
    return "\t".join(cells) + "\n"


def test_ocha_table(tmp_path: Path) -> None:
    report = import_gazetteer(write(tmp_path / "places.csv", OCHA + ROW), tmp_path / "store")
    assert (report.places, report.n_skipped) == (1, 0)
    gazetteer = load_gazetteer([report.path])
    (place,) = gazetteer.lookup("زمردة")
    assert (place.place_id, place.admin1, place.admin2_pcode) == ("pcode:C1", "Idlib", "SY0705")
    found = Geocoder(gazetteer).resolve("قرية الزبرجد", admin1="Idlib")
    assert found is not None
    assert (found.lat, found.lon) == (35.81, 36.51)


def test_stored_tables_are_read_without_being_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_EVENTS_DATA_ROOT", str(tmp_path))
    import_gazetteer(write(tmp_path / "places.csv", OCHA + ROW))
    assert load_gazetteer().lookup("الزبرجد")


def test_a_known_place_keeps_its_id_and_gains_point_and_codes(tmp_path: Path) -> None:
    row = "Idleb,SY07,Idleb,SY0700,Sarmin,سرمين,C2,C,36.7262,35.9031\n"
    report = import_gazetteer(write(tmp_path / "p.csv", OCHA + row), tmp_path / "store")
    before = load_gazetteer().lookup("سرمين")[0]
    (after,) = load_gazetteer([report.path]).lookup("سرمين")
    assert after.place_id == before.place_id
    assert (after.lat, after.admin2_pcode) == (35.9031, "SY0700")


def test_other_header_names(tmp_path: Path) -> None:
    text = "Admin1Name_en,NAME_ARABIC,Latitude,Longitude,Country\nIdleb,الزبرجد,35.8,36.5,SY\n"
    report = import_gazetteer(write(tmp_path / "p.csv", text), tmp_path / "store")
    assert load_gazetteer([report.path]).lookup("الزبرجد")[0].admin1_pcode == "SY07"


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"columns missing: name_ar .*lat .*Found: a, b"):
        import_gazetteer(write(tmp_path / "p.csv", "a,b\n1,2\n"), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_bad_rows_are_left_out_and_reported(tmp_path: Path) -> None:
    bad = "Idleb,SY07,Ariha,SY0705,Paris,باريس,C3,C,2.35,48.86\nIdleb,SY07,,,Blank,,C4,C,36.5,35.8\n"
    report = import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW + ROW.replace("C1", "C9") + bad), tmp_path / "store")
    assert (report.places, report.n_skipped) == (2, 2)
    assert report.skipped[0] == (4, "48.86, 2.35 is not in SY")
    assert report.skipped[1] == (5, "no Arabic name")


def test_a_useless_table_replaces_nothing(tmp_path: Path) -> None:
    report = import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW), tmp_path / "store")
    kept = report.path.read_bytes()
    with pytest.raises(GazetteerError, match="nothing stored"):
        import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW.replace("35.81", "north")), tmp_path / "store")
    assert report.path.read_bytes() == kept
    assert [path.name for path in (tmp_path / "store").iterdir()] == [report.path.name]


def test_wrong_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="not UTF-8"):
        import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW, "cp1256"), tmp_path / "store")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        import_gazetteer(tmp_path / "nothing.csv", tmp_path)


def test_geonames_dump_with_alternate_names(tmp_path: Path) -> None:
    dump = geonames_line() + geonames_line(c0="8", c3="", c4="35.9") + geonames_line(c0="9", c6="S", c7="MSQE")
    names = "1\t8\tar\tالياقوت\t\t\t\t\n2\t8\ten\tRuby\t\t\t\t\n"
    report = import_gazetteer(
        write(tmp_path / "SY.txt", dump), tmp_path / "store", alternate_names=write(tmp_path / "names.txt", names)
    )
    assert report.places == 2
    gazetteer = load_gazetteer([report.path])
    assert gazetteer.lookup("الزمرد")[0].place_id == "gn:7"
    assert gazetteer.lookup("الياقوت")[0].admin1 == "Idlib"


def test_own_format_comes_back_as_it_was(tmp_path: Path) -> None:
    first = import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW), tmp_path / "store")
    second = import_gazetteer(first.path, tmp_path / "again")
    assert second.path.read_bytes() == first.path.read_bytes()


def test_two_rows_of_one_code_are_both_kept(tmp_path: Path) -> None:
    other = ROW.replace("الزبرجد_زمردة", "اللازورد").replace("35.81", "35.90")
    report = import_gazetteer(write(tmp_path / "p.csv", OCHA + ROW + other), tmp_path / "store")
    gazetteer = load_gazetteer([report.path])
    assert gazetteer.lookup("الزبرجد")
    assert gazetteer.lookup("اللازورد")[0].place_id == "pcode:C1-2"
