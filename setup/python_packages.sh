#!/usr/bin/env bash
# Makes .venv and fills it with exactly what the lock file names. Does nothing when that is done.
set -eu
cd "$(dirname "$0")/.."

lock=setup/test.lock
installed=.venv/installed.lock

if ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(setup/find_python.sh) || {
        echo "Install Python 3.11 or later, then try again." >&2
        exit 1
    }
    "$python" -m venv --clear .venv
fi

if ! cmp -s "$lock" "$installed"; then
    echo "Installing Python packages into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
    cp "$lock" "$installed"
fi
