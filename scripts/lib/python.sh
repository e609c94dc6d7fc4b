# Sourced by every script: finds Python 3.11, or says in one sentence what is missing.
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
PYTHON=
for candidate in ${MADOGUCHI_PYTHON:-} python3.11 python3 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; raise SystemExit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; then
        PYTHON=$candidate
        break
    fi
done
if [ -z "$PYTHON" ]; then
    echo "Python 3.11 (with venv) was not found: install it (Debian: apt-get install python3.11 python3.11-venv), or name it in MADOGUCHI_PYTHON." >&2
    exit 69
fi
export PYTHONPATH="$ROOT"
