// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"

	backbonev1 "github.com/strata-decoding/strata/clients/go/gen/strata/backbone/v1"
)

// BackboneClient talks to Backbone: its models and their layers.
type BackboneClient struct {
	*connection
	rpc backbonev1.BackboneServiceClient
}

// ConnectBackbone prepares a connection to Backbone at HOST:PORT, as Connect does to Decoding.
func ConnectBackbone(address string, options ...ConnectOption) (*BackboneClient, error) {
	connection, err := connect(address, options)
	if err != nil {
		return nil, err
	}
	return &BackboneClient{connection, backbonev1.NewBackboneServiceClient(connection.conn)}, nil
}

// ListModels lists the hosted models, all pages, by name. Retried on UNAVAILABLE.
func (c *BackboneClient) ListModels(ctx context.Context) ([]*backbonev1.Model, error) {
	return allPages(func(token string) ([]*backbonev1.Model, string, error) {
		answer, err := unary(ctx, c.connection, c.rpc.ListModels, &backbonev1.ListModelsRequest{PageToken: token})
		return answer.GetModels(), answer.GetNextPageToken(), err
	})
}

// GetModel describes one hosted model; the empty name means the only one. Retried on UNAVAILABLE.
func (c *BackboneClient) GetModel(ctx context.Context, name string) (*backbonev1.Model, error) {
	answer, err := unary(ctx, c.connection, c.rpc.GetModel, &backbonev1.GetModelRequest{Name: name})
	return answer.GetModel(), err
}

// Tokenize turns texts into token ids with offsets in UTF-16 code units. Retried on UNAVAILABLE.
func (c *BackboneClient) Tokenize(ctx context.Context, request *backbonev1.TokenizeRequest) (*backbonev1.TokenizeResponse, error) {
	return unary(ctx, c.connection, c.rpc.Tokenize, request)
}

// StreamLayers runs the model and yields each exit layer's readout as soon as that layer is done: the header, the
// frames, the summary.
func (c *BackboneClient) StreamLayers(ctx context.Context, request *backbonev1.StreamLayersRequest) (*Stream[*backbonev1.StreamLayersResponse], error) {
	return serverStream[*backbonev1.StreamLayersResponse](ctx, c.rpc.StreamLayers, request)
}

// Swap loads another model folder under a hosted name and yields the stages until the old model is freed. A bad folder
// is an *Error and leaves the old model serving.
func (c *BackboneClient) Swap(ctx context.Context, request *backbonev1.SwapModelRequest) (*Stream[*backbonev1.SwapModelResponse], error) {
	return serverStream[*backbonev1.SwapModelResponse](ctx, c.rpc.SwapModel, request)
}
