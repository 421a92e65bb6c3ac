#!/usr/bin/env bash
# Builds the executor and the example into clients/go/bin. Exit code 3: the toolchain is not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
if ! command -v go >/dev/null || [[ ! -d /usr/share/gocode/src/google.golang.org/grpc ]]; then
  echo "go: install golang-go, golang-google-grpc-dev and golang-github-golang-protobuf-1-5-dev"
  exit 3
fi
"$here/build-debian.sh" "$here/bin"
