#!/usr/bin/env bash
# Generates the Python stubs of the contract into a folder, with Debian's protobuf-compiler and protobuf-compiler-grpc.
# usage: clients/python/generate.sh OUT_FOLDER
set -euo pipefail
out=${1:?usage: generate.sh OUT_FOLDER}
root=$(cd "$(dirname "$0")/../.." && pwd)
plugin=$(command -v grpc_python_plugin) || { echo "grpc_python_plugin is missing: install protobuf-compiler-grpc" >&2; exit 1; }
command -v protoc >/dev/null || { echo "protoc is missing: install protobuf-compiler" >&2; exit 1; }
mkdir -p "$out"
cd "$root/protos"
find strata google -name '*.proto' -print0 |
  xargs -0 protoc -I . --python_out="$out" --grpc_python_out="$out" --plugin=protoc-gen-grpc_python="$plugin"
