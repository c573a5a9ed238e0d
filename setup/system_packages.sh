#!/usr/bin/env bash
# Installs the Debian packages that are missing. When none is, it needs no rights and no network.
set -eu
cd "$(dirname "$0")/.."

# WeasyPrint shapes text and cuts fonts to size with these.
to_run=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1)
# The browser of the tests, the tools that read a PDF as others do, and the server of the larger store.
to_test=(chromium poppler-utils postgresql)

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_among() {
    for package in "$@"; do
        is_installed "$package" || echo "$package"
    done
}

# Debian ships Python without what makes a virtual environment.
python_packages() {
    [ -x .venv/bin/python ] && return
    if ! python=$(setup/find_python.sh); then
        echo python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo python3-venv
    fi
}

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian, so install Pango, HarfBuzz and fontconfig yourself, and Chromium and Poppler for the tests." >&2
    exit 0
fi

missing_to_run=$(missing_among "${to_run[@]}" $(python_packages))
missing_to_test=$(missing_among "${to_test[@]}")
missing=($missing_to_run $missing_to_test)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif command -v sudo >/dev/null; then
    as_root=(sudo)
elif [ -z "$missing_to_run" ]; then
    echo "The portal runs, but its tests need an administrator to run this first: apt-get install ${missing[*]}" >&2
    exit 0
else
    echo "Ask an administrator to run this, then try again: apt-get install ${missing[*]}" >&2
    exit 1
fi

echo "Installing from Debian: ${missing[*]}"
apt_get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120)
"${apt_get[@]}" update
"${apt_get[@]}" install --no-install-recommends "${missing[@]}"
