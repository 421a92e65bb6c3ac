#!/usr/bin/env bash
# Generates the stubs of every client from protos/. A language whose toolchain is missing says so and is passed over;
# C# needs nothing here, its build generates.
# usage: clients/generate.sh [LANGUAGE ...]
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- python go node
failed=0
for language in "$@"; do
  script="$here/$language/generate.sh"
  if [ ! -f "$script" ]; then
    echo "$language: no generate.sh" >&2
    failed=1
  elif bash "$script"; then
    echo "$language: generated"
  else
    echo "$language: not generated, see above" >&2
    failed=1
  fi
done
exit "$failed"
