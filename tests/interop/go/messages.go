// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"context"
	"fmt"

	pb "interop/testing"
)

func (c client) emptyUnary(ctx context.Context) error {
	_, err := c.EmptyCall(ctx, &pb.Empty{})
	return err
}

func (c client) largeUnary(ctx context.Context) error {
	response, err := c.UnaryCall(ctx, large())
	if err != nil {
		return err
	}
	return checkZeros(response.Payload, largeResponse)
}

func (c client) clientStreaming(ctx context.Context) error {
	stream, err := c.StreamingInputCall(ctx)
	if err != nil {
		return err
	}
	sum := 0
	for _, size := range requests {
		sum += size
		if err := stream.Send(&pb.StreamingInputCallRequest{Payload: zeros(size)}); err != nil {
			return err
		}
	}
	response, err := stream.CloseAndRecv()
	if err == nil && int(response.AggregatedPayloadSize) != sum {
		err = fmt.Errorf("sum is %d, expected %d", response.AggregatedPayloadSize, sum)
	}
	return err
}

func (c client) serverStreaming(ctx context.Context) error {
	request := &pb.StreamingOutputCallRequest{}
	for _, size := range responses {
		request.ResponseParameters = append(request.ResponseParameters, &pb.ResponseParameters{Size: int32(size)})
	}
	stream, err := c.StreamingOutputCall(ctx, request)
	if err != nil {
		return err
	}
	for _, size := range responses {
		if err := checkNext(stream, size); err != nil {
			return err
		}
	}
	return checkEnd(stream)
}

func (c client) pingPong(ctx context.Context) error {
	stream, err := c.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	for index, size := range responses {
		if err := stream.Send(ping(size, requests[index])); err != nil {
			return err
		}
		if err := checkNext(stream, size); err != nil {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	return checkEnd(stream)
}

func (c client) emptyStream(ctx context.Context) error {
	stream, err := c.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	return checkEnd(stream)
}
