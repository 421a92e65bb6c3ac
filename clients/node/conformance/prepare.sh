#!/usr/bin/env bash
# Makes the executor ready, in no time if nothing changed; exit code 3 and a sentence if the toolchain is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v node >/dev/null || ! command -v npm >/dev/null || ! command -v protoc >/dev/null; then
  echo "Node is skipped: Node.js, npm and protobuf-compiler are not all installed."
  exit 3
fi
# npm writes this file when it has installed what the lock file names.
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  npm ci --ignore-scripts --no-audit --no-fund --silent
fi
ready=node_modules/.strata-built
inputs=(src ../../protos package.json tsconfig.json generate.sh node_modules/.package-lock.json)
if [[ ! -e $ready || ! -e dist/index.js || -n $(find "${inputs[@]}" -path src/gen -prune -o -newer "$ready" -print -quit) ]]; then
  rm -rf dist
  npm run --silent build
  touch "$ready"
fi
