#!/usr/bin/env bash
# Starts the executor; prepare.sh made it ready.
exec node "$(dirname "$0")/execute.js" "$@"
