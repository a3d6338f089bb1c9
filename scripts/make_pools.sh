#!/bin/sh
# Makes a pool in Airflow for each host of the sources file; then FILE names them, by which news_ingest uses them (ADR 20).
# Called by `make ui` and docker-compose.yml: make_pools.sh PYTHON FILE
#
# Where that fails, it is told and stops nothing: the sources are fetched all the same, in the pools of FILE as it was.
set -u
python="$1"
file="$2"
new="$file.new"
trap 'rm -f "$new" "$new.log"' EXIT
if "$python" -m conflict_events.cli sources pools > "$new" &&
    "$python" -W ignore -m airflow pools import "$new" > "$new.log" 2>&1; then
    mv "$new" "$file"
else
    cat "$new.log" 2> /dev/null >&2
    echo "The pools of the sources' hosts were not made (see above); they are made when this is started again." >&2
fi
