"""The schema is whole, described and only ever grows."""

import json
from pathlib import Path

import pytest

from conflict_events.snapshots import TABLES
from conflict_events.snapshots.columns import Table, text
from conflict_events.snapshots.dictionary import data_dictionary
from conflict_events.snapshots.schema_diff import EVENT_DIFF

DOCS = Path(__file__).resolve().parents[2] / "docs"
RELEASED = Path(__file__).parent / "schema-1.0.0.json"


@pytest.mark.parametrize("table", [*TABLES.values(), EVENT_DIFF], ids=lambda table: table.name)
def test_every_column_is_described_in_both_languages(table: Table) -> None:
    for column in table.columns:
        assert column.description.endswith("."), column.name
        assert any("\u0600" <= letter <= "\u06ff" for letter in column.label_ar), column.name
    assert [field.name for field in table.arrow_schema()] == list(table.names)


def test_foreign_keys_name_keys_that_exist() -> None:
    for table in TABLES.values():
        for fk in table.foreign_keys:
            assert TABLES[fk.target].key == fk.target_columns


def test_the_design_is_kept() -> None:
    assert "snapshot_date" in TABLES["events"].names
    assert all("snapshot" not in table.names for table in TABLES.values())
    assert "text" not in TABLES["articles"].names
    assert str(TABLES["events"].arrow_schema().field("deaths_low").type) == "int32"
    assert str(TABLES["events"].arrow_schema().field("event_date").type) == "date32[day]"


def test_a_released_column_neither_goes_nor_changes() -> None:
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    for name, columns in released.items():
        now = {column.name: [column.type, column.nullable] for column in TABLES[name].columns}
        for column, (kind, nullable) in columns.items():
            assert now.get(column) is not None, f"{name}.{column} is gone: that needs a new major version"
            assert now[column][0] == kind, f"{name}.{column}"
            assert nullable or not now[column][1], f"{name}.{column} may be null now: readers do not expect it"


def test_added_columns_are_nullable() -> None:
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    for table in TABLES.values():
        for column in table.columns:
            assert column.name in released[table.name] or column.nullable, f"{table.name}.{column.name}"


def test_the_data_dictionary_is_up_to_date() -> None:
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == data_dictionary(), (
        "run python -m conflict_events.snapshots.dictionary > docs/data-dictionary.md"
    )


def test_a_table_with_a_mistake_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        Table("t", "T", "ت", "A table.", (text("a", "A.", "أ"),), ("b",))
