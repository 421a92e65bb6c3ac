// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"

	pb "interop/testing"
)

const (
	initialEcho   = "x-grpc-test-echo-initial"
	trailingEcho  = "x-grpc-test-echo-trailing-bin"
	initialValue  = "test_initial_metadata_value"
	trailingValue = "\xab\xab\xab"
)

func (c client) cancelAfterBegin(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	stream, err := c.StreamingInputCall(ctx)
	cancel()
	if err != nil {
		return err
	}
	_, err = stream.CloseAndRecv()
	return checkFails(err, codes.Canceled)
}

func (c client) cancelAfterFirstResponse(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(ping(responses[0], requests[0])); err != nil {
		return err
	}
	if err := checkNext(stream, responses[0]); err != nil {
		return err
	}
	cancel()
	_, err = stream.Recv()
	return checkFails(err, codes.Canceled)
}

func (c client) timeoutOnSleepingServer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	stream, err := c.FullDuplexCall(ctx)
	if err == nil {
		// It may be over before its first message; its status says why.
		_ = stream.Send(&pb.StreamingOutputCallRequest{Payload: zeros(requests[0])})
		_, err = stream.Recv()
	}
	return checkFails(err, codes.DeadlineExceeded)
}

func (c client) customMetadata(ctx context.Context) error {
	ctx = metadata.AppendToOutgoingContext(ctx, initialEcho, initialValue, trailingEcho, trailingValue)
	var initial, trailing metadata.MD
	response, err := c.UnaryCall(ctx, large(), grpc.Header(&initial), grpc.Trailer(&trailing))
	if err != nil {
		return err
	}
	if err := checkZeros(response.Payload, largeResponse); err != nil {
		return err
	}
	if err := checkEcho(initial, trailing); err != nil {
		return err
	}

	stream, err := c.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(ping(largeResponse, largeRequest)); err != nil {
		return err
	}
	if initial, err = stream.Header(); err != nil {
		return err
	}
	if err := checkNext(stream, largeResponse); err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	if err := checkEnd(stream); err != nil {
		return err
	}
	return checkEcho(initial, stream.Trailer())
}

func checkEcho(initial, trailing metadata.MD) error {
	if got := initial.Get(initialEcho); !reflect.DeepEqual(got, []string{initialValue}) {
		return fmt.Errorf("initial metadata is %q", got)
	}
	if got := trailing.Get(trailingEcho); !reflect.DeepEqual(got, []string{trailingValue}) {
		return fmt.Errorf("trailing metadata is %q", got)
	}
	return nil
}

func (c client) statusCodeAndMessage(ctx context.Context) error {
	asked := &pb.EchoStatus{Code: int32(codes.Unknown), Message: "test status message"}
	if err := c.unaryStatus(ctx, asked); err != nil {
		return err
	}
	stream, err := c.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(&pb.StreamingOutputCallRequest{ResponseStatus: asked}); err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	_, err = stream.Recv()
	return checkStatus(err, asked)
}

func (c client) specialStatusMessage(ctx context.Context) error {
	const message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
	return c.unaryStatus(ctx, &pb.EchoStatus{Code: int32(codes.Unknown), Message: message})
}

func (c client) unaryStatus(ctx context.Context, asked *pb.EchoStatus) error {
	_, err := c.UnaryCall(ctx, &pb.SimpleRequest{ResponseStatus: asked})
	return checkStatus(err, asked)
}

func (c client) unimplementedMethod(ctx context.Context) error {
	_, err := c.UnimplementedMethod(ctx, &pb.Empty{})
	return checkFails(err, codes.Unimplemented)
}

func (c client) unimplementedService(ctx context.Context) error {
	_, err := c.unimplemented.UnimplementedCall(ctx, &pb.Empty{})
	return checkFails(err, codes.Unimplemented)
}
