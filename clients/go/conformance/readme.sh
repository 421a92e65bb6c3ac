#!/usr/bin/env bash
# Runs the Go blocks of clients/go/README.md as one program, against a running pair; prepare.sh goes before.
# usage: clients/go/conformance/readme.sh DECODING BACKBONE [COUNT]    HOST:PORT each; only the first COUNT blocks
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
decoding=${1:?usage: readme.sh DECODING BACKBONE [COUNT]} backbone=${2:?usage: readme.sh DECODING BACKBONE [COUNT]}
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT
{
  cat <<'GO'
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"time"

	strata "github.com/strata-decoding/strata/clients/go"
	backbonev1 "github.com/strata-decoding/strata/clients/go/gen/strata/backbone/v1"
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
)

// The first blocks alone need fewer packages.
var (
	_ bytes.Buffer
	_ = errors.As
	_ = io.EOF
	_ = log.Fatal
	_ time.Duration
	_ backbonev1.SwapStage
	_ decodingv1.Method
)

func main() {
GO
  awk -v count="${3:-999}" '/^```go$/ { inside = ++block <= count; next } /^```$/ { inside = 0 } inside' "$here/README.md" |
    sed "s/127\.0\.0\.1:50051/$decoding/; s/127\.0\.0\.1:50052/$backbone/"
  echo "}"
} >"$program/main.go"
export GO111MODULE=off GOPATH="$here/bin/gopath:/usr/share/gocode" GOFLAGS= CGO_ENABLED=0 GRPC_GO_RETRY=on
go run "$program/main.go"
