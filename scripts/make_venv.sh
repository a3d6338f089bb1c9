#!/bin/sh
# Makes a virtual environment with the newest Python on PATH that the lock has wheels for.
# Usage: make_venv.sh FOLDER
set -eu
target=$1

suitable='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
found=
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3.14 python3.13 python3.12 python3.11 python3 python
fi
for candidate in "$@"; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$suitable" >/dev/null 2>&1; then
        found=$candidate
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            rm -rf "$target"
            echo "Making $target with $("$candidate" --version) ..."
            "$candidate" -m venv "$target"
            pwd > "$target/.where"
            exit 0
        fi
    fi
done

if [ -n "$found" ]; then
    echo "$found can't make virtual environments: its modules venv and ensurepip are missing." >&2
    echo "On Debian or Ubuntu: apt-get install python3-venv" >&2
else
    echo "Python 3.11, 3.12, 3.13 or 3.14 is needed, and none was found on PATH." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3.12 ..." >&2
fi
exit 1
