#!/usr/bin/env bash
# Builds the client, with Debian's packages alone and no modules; exit code 3 and a sentence if the toolchain is not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
if ! command -v go >/dev/null || ! command -v protoc-gen-go-grpc >/dev/null || [[ ! -d /usr/share/gocode/src/google.golang.org/grpc ]]; then
  echo "Go is skipped: install golang-go, golang-google-grpc-dev, golang-github-golang-protobuf-1-5-dev, protoc-gen-go and protoc-gen-go-grpc"
  exit 3
fi
out="$here/obj/go"
mkdir -p "$out/src"
package=interop/testing
places="Mempty.proto=$package,Mmessages.proto=$package,Mtest.proto=$package"
protoc -I "$here/protos" --go_out="$places:$out/src" --go-grpc_out="$places:$out/src" "$here"/protos/*.proto
cd "$here/go"
GO111MODULE=off GOPATH="$out:/usr/share/gocode" GOFLAGS='' CGO_ENABLED=0 go build -o "$out/client" .
