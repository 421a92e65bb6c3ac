// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
)

// DefaultInFlight is how many requests DecodeMany has on their way unless it is told otherwise.
const DefaultInFlight = 16

// Answer is the answer to one request of DecodeMany. Exactly one of Response and Err is set.
type Answer struct {
	// Index counts the requests from 0.
	Index int
	// Response is the decision.
	Response *decodingv1.DecodeResponse
	// Err says why this one request failed, as Decode would have; the others go on.
	Err *Error
}

// Texts makes the requests of DecodeMany from texts that share their options.
func Texts(texts []string, options ...DecodeOption) <-chan *decodingv1.DecodeRequest {
	requests := make([]*decodingv1.DecodeRequest, len(texts))
	for i, text := range texts {
		requests[i] = NewRequest(text, options...)
	}
	return Requests(requests...)
}

// Requests makes the requests of DecodeMany from a list.
func Requests(requests ...*decodingv1.DecodeRequest) <-chan *decodingv1.DecodeRequest {
	list := make(chan *decodingv1.DecodeRequest, len(requests))
	for _, request := range requests {
		list <- request
	}
	close(list)
	return list
}

// DecodeMany classifies all requests over one stream, inFlight at a time (0: DefaultInFlight), until the channel is
// closed. Answers come as they are ready, each with the index of its request. An error of the stream ends it; the
// requests without an answer then have none.
func (c *Client) DecodeMany(ctx context.Context, requests <-chan *decodingv1.DecodeRequest, inFlight int) (*Stream[Answer], error) {
	if inFlight <= 0 {
		inFlight = DefaultInFlight
	}
	ctx, cancel := context.WithCancel(ctx)
	stream, err := c.rpc.DecodeStream(ctx)
	if err != nil {
		cancel()
		return nil, typed(err)
	}
	permits := make(chan struct{}, inFlight)
	go send(ctx, stream, requests, permits)
	receive := func() (Answer, error) {
		message, err := stream.Recv()
		if err != nil {
			return Answer{}, err
		}
		select {
		case <-permits:
		default: // the server answered what nobody asked
		}
		answer := Answer{Index: int(message.Id), Response: message.GetResponse()}
		if message.GetError() != nil {
			answer.Err = fromMessage(message.GetError())
		}
		return answer, nil
	}
	return &Stream[Answer]{ctx: ctx, receive: receive, cancel: cancel}, nil
}

// send takes a permit for each request; each answer gives one back.
func send(ctx context.Context, stream decodingv1.DecodingService_DecodeStreamClient, requests <-chan *decodingv1.DecodeRequest, permits chan<- struct{}) {
	defer stream.CloseSend()
	for id := uint64(0); ; id++ {
		select {
		case permits <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case request, more := <-requests:
			if !more || stream.Send(&decodingv1.DecodeStreamRequest{Id: id, Decode: request}) != nil {
				return // why a send fails is what Recv says
			}
		case <-ctx.Done():
			return
		}
	}
}
