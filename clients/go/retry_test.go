// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"testing"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// refuseFirst refuses the first calls with a code and counts all of them.
type refuseFirst struct {
	decodingv1.UnimplementedDecodingServiceServer
	code  codes.Code
	times int
	calls int
}

func (r *refuseFirst) next() error {
	if r.calls++; r.calls <= r.times {
		return status.Error(r.code, "not yet")
	}
	return nil
}

func (r *refuseFirst) Decode(context.Context, *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
	return &decodingv1.DecodeResponse{}, r.next()
}

func (r *refuseFirst) DeleteContext(context.Context, *decodingv1.DeleteContextRequest) (*decodingv1.DeleteContextResponse, error) {
	return &decodingv1.DeleteContextResponse{}, r.next()
}

func (r *refuseFirst) ExplainStream(*decodingv1.ExplainStreamRequest, decodingv1.DecodingService_ExplainStreamServer) error {
	return r.next()
}

// Needs GRPC_GO_RETRY=on with grpc-go before 1.40; build-debian.sh sets it.
func TestRetry_ByCallAndCode_IsTheServiceConfigs(t *testing.T) {
	decode := func(c *Client) error {
		_, err := c.Decode(context.Background(), "a")
		return err
	}
	deleteContext := func(c *Client) error { return c.Contexts.Delete(context.Background(), "a") }
	explain := func(c *Client) error {
		stream, err := c.Explain(context.Background(), "a")
		if err == nil {
			_, err = stream.Recv()
		}
		return err
	}
	for _, test := range []struct {
		name   string
		server refuseFirst
		call   func(*Client) error
		calls  int
		code   codes.Code
	}{
		{"unavailable thrice", refuseFirst{code: codes.Unavailable, times: 3}, decode, 4, codes.OK},
		{"unavailable always", refuseFirst{code: codes.Unavailable, times: 9}, decode, 4, codes.Unavailable},
		{"invalid argument", refuseFirst{code: codes.InvalidArgument, times: 1}, decode, 1, codes.InvalidArgument},
		{"delete", refuseFirst{code: codes.Unavailable, times: 1}, deleteContext, 1, codes.Unavailable},
		{"stream", refuseFirst{code: codes.Unavailable, times: 1}, explain, 1, codes.Unavailable},
	} {
		test := test
		t.Run(test.name, func(t *testing.T) {
			err := test.call(connectTo(t, &test.server))
			if status.Code(err) != test.code || test.server.calls != test.calls {
				t.Fatalf("%d calls, %v", test.server.calls, err)
			}
		})
	}
}
