#!/usr/bin/env bash
# The executor that prepare.sh built. Retries are off by default in grpc-go before 1.40.
GRPC_GO_RETRY=on exec "$(dirname "$0")/../bin/conformance" "$@"
