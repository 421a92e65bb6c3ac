#!/usr/bin/env bash
# Starts the executor; prepare.sh made it ready.
exec /usr/bin/python3 "$(dirname "$0")/execute.py" "$@"
