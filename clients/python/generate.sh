#!/usr/bin/env bash
# Generates the Python stubs of the contract, with Debian's protobuf-compiler and protobuf-compiler-grpc, or with
# grpcio-tools where those are missing.
# usage: clients/python/generate.sh              the stubs of the package, into src/strata_client/stubs
#        clients/python/generate.sh OUT_FOLDER   plain stubs, as protoc writes them
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

plain() { # OUT_FOLDER
  mkdir -p "$1"
  cd "$root/protos"
  local compiler=(protoc --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin || true)")
  if ! command -v protoc >/dev/null || ! command -v grpc_python_plugin >/dev/null; then
    python3 -c 'import grpc_tools' 2>/dev/null || {
      echo "protoc or grpc_python_plugin is missing: install protobuf-compiler and protobuf-compiler-grpc, or grpcio-tools" >&2
      exit 1
    }
    compiler=(python3 -m grpc_tools.protoc)
  fi
  find strata google -name '*.proto' -print0 |
    xargs -0 "${compiler[@]}" -I . --python_out="$1" --pyi_out="$1" --grpc_python_out="$1"
}

if [ $# -gt 0 ]; then
  plain "$(realpath -m "$1")"
  exit
fi

# The package brings its stubs under its own name: 'strata' may be another package, and google.rpc usually is.
made=$(mktemp -d "$here/src/strata_client/.stubs-XXXXXX")
trap 'rm -rf "$made"' EXIT
(plain "$made")
find "$made" -name '*.py*' -exec sed -i \
  -e 's/^from strata\./from strata_client.stubs.strata./' \
  -e 's/^from google\.rpc import/from strata_client.rpc_types import/' {} +
find "$made" -type d -exec touch {}/__init__.py \;
chmod 755 "$made"
rm -rf "$here/src/strata_client/stubs"
mv "$made" "$here/src/strata_client/stubs"
