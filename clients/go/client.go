// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// Client talks to Decoding.
type Client struct {
	*connection
	rpc decodingv1.DecodingServiceClient

	// Contexts are the compiled demonstrations that texts can continue.
	Contexts *Contexts
}

// Connect prepares a connection to Decoding at HOST:PORT. It does not wait for the server: the first call connects.
// The error is about the options or the form of the address.
func Connect(address string, options ...ConnectOption) (*Client, error) {
	connection, err := connect(address, options)
	if err != nil {
		return nil, err
	}
	rpc := decodingv1.NewDecodingServiceClient(connection.conn)
	return &Client{connection: connection, rpc: rpc, Contexts: &Contexts{connection, rpc}}, nil
}

// Decode classifies one text. Retried on UNAVAILABLE.
func (c *Client) Decode(ctx context.Context, text string, options ...DecodeOption) (*decodingv1.DecodeResponse, error) {
	return unary(ctx, c.connection, c.rpc.Decode, NewRequest(text, options...))
}

// BatchDecode classifies texts, 1 to 1024, with one set of parameters; results come in their order. One bad text
// refuses the batch. Retried on UNAVAILABLE.
func (c *Client) BatchDecode(ctx context.Context, texts []string, options ...DecodeOption) (*decodingv1.BatchDecodeResponse, error) {
	shared := NewRequest("", options...)
	return unary(ctx, c.connection, c.rpc.BatchDecode, &decodingv1.BatchDecodeRequest{
		Texts:      texts,
		Backbone:   shared.Backbone,
		Parameters: shared.Parameters,
		LabelSet:   shared.LabelSet,
		Prompt:     shared.Prompt,
		ContextId:  shared.ContextId,
		RequestId:  shared.RequestId,
	})
}

// Explain classifies one text and shows what each layer would have answered, as the layers arrive: the header, one
// point for each layer, the outcome.
func (c *Client) Explain(ctx context.Context, text string, options ...DecodeOption) (*Stream[*decodingv1.ExplainStreamResponse], error) {
	request := &decodingv1.ExplainStreamRequest{Decode: NewRequest(text, options...)}
	return serverStream[*decodingv1.ExplainStreamResponse](ctx, c.rpc.ExplainStream, request)
}

// ListBackbones lists the backbones of Decoding's configuration, all pages, by name. Retried on UNAVAILABLE.
func (c *Client) ListBackbones(ctx context.Context) ([]*decodingv1.Backbone, error) {
	return allPages(func(token string) ([]*decodingv1.Backbone, string, error) {
		answer, err := unary(ctx, c.connection, c.rpc.ListBackbones, &decodingv1.ListBackbonesRequest{PageToken: token})
		return answer.GetBackbones(), answer.GetNextPageToken(), err
	})
}

// Health asks whether a service wants calls; the empty name means the server as a whole. A service that the server
// does not have is an *Error with codes.NotFound.
func (c *connection) Health(ctx context.Context, service string) (grpc_health_v1.HealthCheckResponse_ServingStatus, error) {
	check := grpc_health_v1.NewHealthClient(c.conn).Check
	answer, err := unary(ctx, c, check, &grpc_health_v1.HealthCheckRequest{Service: service})
	return answer.GetStatus(), err
}
