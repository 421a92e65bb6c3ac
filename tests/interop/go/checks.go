// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"bytes"
	"fmt"
	"io"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "interop/testing"
)

const (
	largeRequest  = 271828
	largeResponse = 314159
)

var (
	requests  = []int{27182, 8, 1828, 45904}
	responses = []int{31415, 9, 2653, 58979}
)

func zeros(size int) *pb.Payload { return &pb.Payload{Body: make([]byte, size)} }

func large() *pb.SimpleRequest {
	return &pb.SimpleRequest{ResponseSize: largeResponse, Payload: zeros(largeRequest)}
}

func ping(response, request int) *pb.StreamingOutputCallRequest {
	return &pb.StreamingOutputCallRequest{ResponseParameters: []*pb.ResponseParameters{{Size: int32(response)}}, Payload: zeros(request)}
}

func checkZeros(payload *pb.Payload, size int) error {
	if !bytes.Equal(payload.GetBody(), make([]byte, size)) {
		return fmt.Errorf("the body is not %d zeros, it has %d bytes", size, len(payload.GetBody()))
	}
	return nil
}

// checkFails is nil if a call ended with this code.
func checkFails(err error, code codes.Code) error {
	if actual := status.Code(err); actual != code {
		return fmt.Errorf("code is %v, expected %v: %v", actual, code, err)
	}
	return nil
}

func checkStatus(err error, asked *pb.EchoStatus) error {
	if err := checkFails(err, codes.Code(asked.Code)); err != nil {
		return err
	}
	if message := status.Convert(err).Message(); message != asked.Message {
		return fmt.Errorf("message is %q, expected %q", message, asked.Message)
	}
	return nil
}

// answers is the reading side of a stream.
type answers interface {
	Recv() (*pb.StreamingOutputCallResponse, error)
}

func checkNext(stream answers, size int) error {
	response, err := stream.Recv()
	if err != nil {
		return err
	}
	return checkZeros(response.Payload, size)
}

func checkEnd(stream answers) error {
	switch _, err := stream.Recv(); err {
	case io.EOF:
		return nil
	case nil:
		return fmt.Errorf("the stream goes on after its last message")
	default:
		return err
	}
}
