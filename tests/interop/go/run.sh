#!/usr/bin/env bash
# usage: run.sh client HOST:PORT CASE...    a line per case: ok|failed|unsupported CASE REASON
exec "$(dirname "$0")/../obj/go/$1" "${@:2}"
