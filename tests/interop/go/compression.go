// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"context"
	"fmt"
	"sync/atomic"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/stats"

	pb "interop/testing"
)

// compressed makes grpc-go compress the requests of a call; only then does it say that it takes compressed answers.
var compressed = grpc.UseCompressor(gzip.Name)

func (c client) clientCompressedUnary(ctx context.Context) error {
	_, err := c.UnaryCall(ctx, expecting(true))
	if err := checkFails(err, codes.InvalidArgument); err != nil {
		return err
	}
	if err := checkLarge(c.UnaryCall(ctx, expecting(true), compressed)); err != nil {
		return err
	}
	return checkLarge(c.UnaryCall(ctx, expecting(false)))
}

func (c client) serverCompressedUnary(ctx context.Context) error {
	for _, asked := range []bool{true, false} {
		request := large()
		request.ResponseCompressed = &pb.BoolValue{Value: asked}
		if err := checkLarge(c.UnaryCall(ctx, request, compressed)); err != nil {
			return err
		}
		if err := c.received.check(asked); err != nil {
			return err
		}
	}
	return nil
}

func (c client) serverCompressedStreaming(ctx context.Context) error {
	asked := []*pb.ResponseParameters{
		{Size: 31415, Compressed: &pb.BoolValue{Value: true}},
		{Size: 92653, Compressed: &pb.BoolValue{Value: false}},
	}
	stream, err := c.StreamingOutputCall(ctx, &pb.StreamingOutputCallRequest{ResponseParameters: asked}, compressed)
	if err != nil {
		return err
	}
	for _, parameters := range asked {
		if err := checkNext(stream, int(parameters.Size)); err != nil {
			return err
		}
		if err := c.received.check(parameters.Compressed.Value); err != nil {
			return err
		}
	}
	return checkEnd(stream)
}

func expecting(value bool) *pb.SimpleRequest {
	request := large()
	request.ExpectCompressed = &pb.BoolValue{Value: value}
	return request
}

func checkLarge(response *pb.SimpleResponse, err error) error {
	if err != nil {
		return err
	}
	return checkZeros(response.Payload, largeResponse)
}

// received knows whether the last message came compressed: then it was smaller on the wire.
type received struct {
	smaller int32
}

func (r *received) check(compressed bool) error {
	if smaller := atomic.LoadInt32(&r.smaller) == 1; smaller != compressed {
		return fmt.Errorf("compressed is %v, expected %v", smaller, compressed)
	}
	return nil
}

// HandleRPC implements stats.Handler.
func (r *received) HandleRPC(_ context.Context, event stats.RPCStats) {
	if payload, ok := event.(*stats.InPayload); ok {
		var smaller int32
		if payload.WireLength < payload.Length {
			smaller = 1
		}
		atomic.StoreInt32(&r.smaller, smaller)
	}
}

// TagRPC implements stats.Handler.
func (*received) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

// TagConn implements stats.Handler.
func (*received) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

// HandleConn implements stats.Handler.
func (*received) HandleConn(context.Context, stats.ConnStats) {}
