#!/usr/bin/env bash
# Builds the Go client's programs with Debian's packages alone, no module proxy: golang-go, golang-google-grpc-dev,
# golang-google-genproto-dev, golang-google-protobuf-dev and golang-github-golang-protobuf-1-5-dev (without the last one
# a program panics on its first reply).
# usage: clients/go/build-debian.sh OUT          OUT/conformance and OUT/decode
#        clients/go/build-debian.sh OUT --test   the same, after go vet and the unit tests
set -euo pipefail
out=${1:?usage: build-debian.sh OUT [--test]}
here=$(cd "$(dirname "$0")" && pwd)
module=github.com/strata-decoding/strata/clients/go
command -v go >/dev/null || { echo "go is missing: install golang-go" >&2; exit 1; }
[[ -d /usr/share/gocode/src/google.golang.org/grpc ]] || { echo "grpc for Go is missing: install golang-google-grpc-dev" >&2; exit 1; }
mkdir -p "$out"
out=$(cd "$out" && pwd)
# Without modules a package lives where its import path says.
mkdir -p "$out/gopath/src/$(dirname "$module")"
ln -sfn "$here" "$out/gopath/src/$module"
export GO111MODULE=off GOPATH="$out/gopath:/usr/share/gocode" GOFLAGS= CGO_ENABLED=0
if [[ "${2:-}" == --test ]]; then
  go vet "$module" "$module/conformance" "$module/examples/decode"
  # Retries are off by default in grpc-go before 1.40.
  GRPC_GO_RETRY=on go test "$module"
fi
go build -o "$out/conformance" "$module/conformance"
go build -o "$out/decode" "$module/examples/decode"
