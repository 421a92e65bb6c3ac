#!/usr/bin/env bash
# Runs the JavaScript blocks of clients/node/README.md as one program, against a running pair; prepare.sh goes before.
# usage: clients/node/conformance/readme.sh DECODING BACKBONE [COUNT]    HOST:PORT each; only the first COUNT blocks
set -euo pipefail
decoding=${1:?usage: readme.sh DECODING BACKBONE [COUNT]} backbone=${2:?usage: readme.sh DECODING BACKBONE [COUNT]}
cd "$(dirname "$0")/.." # where "@strata/client" is this package
awk -v count="${3:-999}" '/^```js$/ { inside = ++block <= count; next } /^```$/ { inside = 0 } inside' README.md |
  sed "s/127\.0\.0\.1:50051/$decoding/; s/127\.0\.0\.1:50052/$backbone/" |
  node --input-type=module -
