#!/usr/bin/env bash
# usage: run.sh client HOST:PORT CASE...    a line per case: ok|failed|unsupported CASE REASON
#        run.sh server                      prints its port, ends with its input
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH="$here/../obj/python" exec /usr/bin/python3 "$here/$1.py" "${@:2}"
