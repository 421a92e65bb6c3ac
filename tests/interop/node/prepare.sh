#!/usr/bin/env bash
# Makes the client and the server ready; exit code 3 and a sentence if the toolchain is not installed.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Node is skipped: Node.js and npm are not both installed."
  exit 3
fi
# npm writes this file last: an install that is older than the lock file, or was cut short, is made again.
[[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --ignore-scripts --no-audit --no-fund
