#!/usr/bin/env bash
# Prints the first Python on the path that is 3.11 or later; ends with 1 when there is none.
set -eu

for name in python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
exit 1
