#!/usr/bin/env bash
# Generates clients/node/src/gen from protos/, with protoc (Debian: protobuf-compiler) and protoc-gen-es of `npm ci`.
# usage: clients/node/generate.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
plugin="$here/node_modules/.bin/protoc-gen-es"
command -v protoc >/dev/null || { echo "protoc is missing: install protobuf-compiler" >&2; exit 1; }
[[ -x "$plugin" ]] || { echo "protoc-gen-es is missing: run npm ci --ignore-scripts in clients/node" >&2; exit 1; }
rm -rf "$here/src/gen"
mkdir -p "$here/src/gen"
cd "$here/../../protos"
find strata google grpc/health -name '*.proto' -print0 | sort -z |
  xargs -0 protoc -I . --plugin=protoc-gen-es="$plugin" --es_out="$here/src/gen" --es_opt=target=ts,import_extension=js
