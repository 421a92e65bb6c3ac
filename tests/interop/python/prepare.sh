#!/usr/bin/env bash
# Makes the client and the server ready; exit code 3 and a sentence if the toolchain is not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
if ! /usr/bin/python3 -c 'import grpc' 2>/dev/null || ! command -v protoc >/dev/null || ! command -v grpc_python_plugin >/dev/null; then
  echo "Python is skipped: python3-grpcio, protobuf-compiler and protobuf-compiler-grpc are not installed."
  exit 3
fi
mkdir -p "$here/obj/python"
protoc -I "$here/protos" --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  --python_out="$here/obj/python" --grpc_python_out="$here/obj/python" "$here"/protos/*.proto
