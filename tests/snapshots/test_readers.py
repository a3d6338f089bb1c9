"""Every table opens in pandas, pyarrow, DuckDB and polars; the data packages are valid."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from conflict_events.snapshots import TABLES
from conflict_events.snapshots.layout import LATEST_TABLES
from conflict_events.snapshots.storage import read_json

DAYS = ("2024-03-15", "2024-03-16")


@pytest.mark.parametrize("name", TABLES)
def test_a_snapshots_table_opens_everywhere(published_once: Path, name: str) -> None:
    folder = published_once / "two" / "snapshots"
    columns = list(TABLES[name].names)
    path = folder / f"snapshot={DAYS[1]}" / f"{name}.parquet"
    table = pq.read_table(path)  # the folder's `snapshot=` becomes a column beside `snapshot_date`
    assert table.column_names[: len(columns)] == columns
    assert pq.ParquetFile(path).schema_arrow.equals(TABLES[name].arrow_schema())
    frame = pd.read_parquet(path)
    assert len(frame) == table.num_rows
    assert duckdb.sql(f"SELECT * FROM '{path}'").columns[: len(columns)] == columns
    pattern = f"{folder}/*/{name}.parquet"
    both = duckdb.sql(
        f"SELECT count(*), count(DISTINCT snapshot) FROM read_parquet('{pattern}', hive_partitioning=true)"
    )
    assert both.fetchall()[0][0] == sum(
        pq.ParquetFile(one).metadata.num_rows for one in folder.glob(f"*/{name}.parquet")
    )


@pytest.mark.parametrize("name", LATEST_TABLES)
def test_a_table_of_latest_opens_everywhere(published_once: Path, name: str) -> None:
    latest = published_once / "two" / "latest"
    table = LATEST_TABLES[name]
    where = latest / f"{name}.parquet" if table.partition == "none" else latest / name
    pattern = str(where) if table.partition == "none" else f"{where}/*.parquet"
    rows = ds.dataset(where, schema=None).to_table().num_rows
    assert list(pd.read_parquet(where).columns) == list(table.names)
    assert len(pd.read_parquet(where)) == rows
    found = duckdb.sql(f"SELECT * FROM '{pattern}'")
    assert found.columns == list(table.names)
    assert len(found.fetchall()) == rows


def test_counts_come_out_as_null_and_days_as_dates(published_once: Path) -> None:
    path = published_once / "two" / "latest" / "events" / "2024-03.parquet"
    rows = duckdb.sql(
        f"SELECT typeof(deaths_high), typeof(event_date), deaths_high FROM '{path}' WHERE event_id = 'e2'"
    ).fetchall()
    assert rows == [("INTEGER", "DATE", None)]


def as_csv(folder: Path, package: dict[str, Any], target: Path) -> Path:
    """The package with its Parquet rows as CSV beside it: Frictionless reads Parquet by fastparquet only."""
    for resource in package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        rows = [row for path in paths for row in pq.ParquetFile(folder / path).read().to_pylist()]
        with (target / f"{resource['name']}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [field["name"] for field in resource["schema"]["fields"]])
            writer.writeheader()
            for row in rows:
                writer.writerow(
                    {key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()}
                )
        assert resource["rows"] == len(rows)
        resource.update(path=f"{resource['name']}.csv", format="csv", mediatype="text/csv", encoding="utf-8")
        del resource["rows"]
    (target / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return target / "datapackage.json"


@pytest.mark.filterwarnings("ignore")  # frictionless's own imports warn
@pytest.mark.parametrize("where", ["snapshots/snapshot=2024-03-15", "snapshots/snapshot=2024-03-16", "latest"])
def test_the_data_package_is_valid(published_once: Path, tmp_path: Path, where: str) -> None:
    from frictionless import Package

    folder = published_once / "two" / where
    package = read_json(folder / "datapackage.json")
    names = {resource["name"] for resource in package["resources"]}
    assert names == set(LATEST_TABLES if where == "latest" else TABLES)
    assert all(field["description"] and field["title"] for r in package["resources"] for field in r["schema"]["fields"])
    report = Package(str(as_csv(folder, package, tmp_path))).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    assert len(report.tasks) == len(names)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_would_find_a_dangling_reference(published_once: Path, tmp_path: Path) -> None:
    from frictionless import Package

    folder = published_once / "two" / "latest"
    path = as_csv(folder, read_json(folder / "datapackage.json"), tmp_path)
    bridge = tmp_path / "event_actors.csv"
    bridge.write_text(bridge.read_text(encoding="utf-8").replace("e2,", "e404,", 1), encoding="utf-8")
    assert not Package(str(path)).validate().valid
