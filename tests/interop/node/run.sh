#!/usr/bin/env bash
# usage: run.sh client HOST:PORT CASE...    a line per case: ok|failed|unsupported CASE REASON
#        run.sh server                      prints its port, ends with its input
exec node "$(dirname "$0")/$1.js" "${@:2}"
