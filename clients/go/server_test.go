// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"io"
	"net"
	"testing"

	backbonev1 "github.com/strata-decoding/strata/clients/go/gen/strata/backbone/v1"
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	rpcstatus "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
)

// foreign is a server made with grpc-go alone: what the client must get along with. Tests set what they call.
type foreign struct {
	decodingv1.UnimplementedDecodingServiceServer
	decode       func(context.Context, *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error)
	decodeStream func(decodingv1.DecodingService_DecodeStreamServer) error
	explain      func(decodingv1.DecodingService_ExplainStreamServer) error
}

func (f *foreign) Decode(ctx context.Context, r *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
	return f.decode(ctx, r)
}

func (f *foreign) DecodeStream(stream decodingv1.DecodingService_DecodeStreamServer) error {
	if f.decodeStream != nil {
		return f.decodeStream(stream)
	}
	return answerEach(stream)
}

func (f *foreign) ExplainStream(_ *decodingv1.ExplainStreamRequest, stream decodingv1.DecodingService_ExplainStreamServer) error {
	return f.explain(stream)
}

// answerEach refuses empty texts and echoes the others.
func answerEach(stream decodingv1.DecodingService_DecodeStreamServer) error {
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(answerTo(request)); err != nil {
			return err
		}
	}
}

func answerTo(request *decodingv1.DecodeStreamRequest) *decodingv1.DecodeStreamResponse {
	if request.Decode.Text == "" {
		refused := &rpcstatus.Status{Code: int32(codes.InvalidArgument)}
		return &decodingv1.DecodeStreamResponse{Id: request.Id, Outcome: &decodingv1.DecodeStreamResponse_Error{Error: refused}}
	}
	echoed := &decodingv1.DecodeResponse{RequestId: request.Decode.Text}
	return &decodingv1.DecodeStreamResponse{Id: request.Id, Outcome: &decodingv1.DecodeStreamResponse_Response{Response: echoed}}
}

func echo(_ context.Context, r *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
	return &decodingv1.DecodeResponse{RequestId: r.Text}, nil
}

// serve starts a server on loopback that ends with the test, and returns its address.
func serve(t *testing.T, register func(*grpc.Server), options ...grpc.ServerOption) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := grpc.NewServer(options...)
	register(host)
	go host.Serve(listener)
	t.Cleanup(host.Stop)
	return listener.Addr().String()
}

func connectTo(t *testing.T, server decodingv1.DecodingServiceServer, options ...ConnectOption) *Client {
	t.Helper()
	address := serve(t, func(host *grpc.Server) { decodingv1.RegisterDecodingServiceServer(host, server) })
	client, err := Connect(address, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

func connectToBackbone(t *testing.T, server backbonev1.BackboneServiceServer) *BackboneClient {
	t.Helper()
	client, err := ConnectBackbone(serve(t, func(host *grpc.Server) { backbonev1.RegisterBackboneServiceServer(host, server) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// all receives a stream to its end.
func all[T any](t *testing.T, stream *Stream[T], err error) []T {
	t.Helper()
	var items []T
	for err == nil {
		var item T
		if item, err = stream.Recv(); err == nil {
			items = append(items, item)
		}
	}
	if err != io.EOF {
		t.Fatal(err)
	}
	return items
}
