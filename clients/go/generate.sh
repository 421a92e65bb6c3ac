#!/usr/bin/env bash
# Generates clients/go/gen from protos/, with Debian's protobuf-compiler, protoc-gen-go and protoc-gen-go-grpc.
# The stubs are committed, because `go get` takes a module as the repository has it and generates nothing.
# usage: clients/go/generate.sh          writes clients/go/gen
#        clients/go/generate.sh --check  fails if clients/go/gen is not what protos/ gives
set -euo pipefail
module=github.com/strata-decoding/strata/clients/go
here=$(cd "$(dirname "$0")" && pwd)
for tool in protoc protoc-gen-go protoc-gen-go-grpc; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: install protobuf-compiler, protoc-gen-go and protoc-gen-go-grpc" >&2; exit 1; }
done
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
cd "$here/../../protos"
# google.rpc and grpc.health have their own Go modules; only our packages are generated.
find strata -name '*.proto' -print0 | sort -z |
  xargs -0 protoc -I . --go_out="$fresh" --go_opt=module="$module" --go-grpc_out="$fresh" --go-grpc_opt=module="$module"
if [[ "${1:-}" == --check ]]; then
  diff -r "$fresh/gen" "$here/gen" >/dev/null || { echo "clients/go/gen is not what protos/ gives: run clients/go/generate.sh" >&2; exit 1; }
else
  rm -rf "$here/gen"
  mv "$fresh/gen" "$here/gen"
fi
