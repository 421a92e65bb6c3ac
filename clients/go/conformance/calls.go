// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	strata "github.com/strata-decoding/strata/clients/go"
	backbonev1 "github.com/strata-decoding/strata/clients/go/gen/strata/backbone/v1"
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"
)

// responses yields the responses of a call as JSON values; io.EOF ends them.
type responses func() (interface{}, error)

type caller struct {
	decoding    *strata.Client
	decodingTLS *strata.Client // nil without --tls
	backbone    *strata.BackboneClient
}

// start makes the call that a case names.
func (c *caller) start(ctx context.Context, given *command) (responses, error) {
	decoding := c.decoding
	if given.Target == "decoding_tls" {
		if decoding = c.decodingTLS; decoding == nil {
			return nil, fmt.Errorf("a case is for decoding_tls, but there is no --tls")
		}
	}
	contexts := decoding.Contexts
	switch given.Call {
	case "decode":
		request := parse(given, &decodingv1.DecodeRequest{})
		answer, err := decoding.Decode(ctx, request.Text, strata.LikeRequest(request))
		return one(plain(answer)), err
	case "batch_decode":
		request := parse(given, &decodingv1.BatchDecodeRequest{})
		answer, err := decoding.BatchDecode(ctx, request.Texts, like(request))
		return one(plain(answer)), err
	case "decode_many":
		stream, err := decoding.DecodeMany(ctx, requests(given), 0)
		return each(stream, err, describeAnswer)
	case "explain":
		request := parse(given, &decodingv1.DecodeRequest{})
		stream, err := decoding.Explain(ctx, request.Text, strata.LikeRequest(request))
		return messages(stream, err)
	case "list_backbones":
		items, err := decoding.ListBackbones(ctx)
		return list("backbones", items), err
	case "create_context":
		answer, err := contexts.Create(ctx, parse(given, &decodingv1.CreateContextRequest{}))
		return one(plain(answer)), err
	case "get_context":
		item, err := contexts.Get(ctx, parse(given, &decodingv1.GetContextRequest{}).Id)
		return one(plain(&decodingv1.GetContextResponse{Context: item})), err
	case "list_contexts":
		items, err := contexts.List(ctx, parse(given, &decodingv1.ListContextsRequest{}).Backbone)
		return list("contexts", items), err
	case "pin_context":
		request := parse(given, &decodingv1.PinContextRequest{})
		pin := contexts.Unpin
		if request.Pinned {
			pin = contexts.Pin
		}
		item, err := pin(ctx, request.Id)
		return one(plain(&decodingv1.PinContextResponse{Context: item})), err
	case "delete_context":
		err := contexts.Delete(ctx, parse(given, &decodingv1.DeleteContextRequest{}).Id)
		return one(plain(&decodingv1.DeleteContextResponse{})), err
	case "export_import_context":
		var file bytes.Buffer
		if _, err := contexts.Export(ctx, parse(given, &decodingv1.ExportContextRequest{}).Id, &file); err != nil {
			return nil, err
		}
		item, err := contexts.Import(ctx, &file)
		return one(plain(&decodingv1.ImportContextResponse{Context: item})), err
	case "evaluate_context":
		stream, err := contexts.Evaluate(ctx, parse(given, &decodingv1.EvaluateContextRequest{}))
		return messages(stream, err)
	case "list_models":
		items, err := c.backbone.ListModels(ctx)
		return list("models", items), err
	case "get_model":
		item, err := c.backbone.GetModel(ctx, parse(given, &backbonev1.GetModelRequest{}).Name)
		return one(plain(&backbonev1.GetModelResponse{Model: item})), err
	case "tokenize":
		answer, err := c.backbone.Tokenize(ctx, parse(given, &backbonev1.TokenizeRequest{}))
		return one(plain(answer)), err
	case "stream_layers":
		stream, err := c.backbone.StreamLayers(ctx, parse(given, &backbonev1.StreamLayersRequest{}))
		return messages(stream, err)
	case "swap":
		stream, err := c.backbone.Swap(ctx, parse(given, &backbonev1.SwapModelRequest{}))
		return messages(stream, err)
	case "health":
		return health(ctx, given, decoding.Health, c.backbone.Health)
	}
	return nil, fmt.Errorf("no call is named %q", given.Call)
}

type healthCheck func(ctx context.Context, service string) (grpc_health_v1.HealthCheckResponse_ServingStatus, error)

func health(ctx context.Context, given *command, decoding, backbone healthCheck) (responses, error) {
	var request struct{ Service string }
	if given.Request != nil {
		must(json.Unmarshal(given.Request, &request))
	}
	check := decoding
	if given.Target == "backbone" {
		check = backbone
	}
	status, err := check(ctx, request.Service)
	return one(map[string]string{"status": status.String()}), err
}

// list yields the items of all pages as one answer.
func list[M proto.Message](field string, items []M) responses {
	all := make([]interface{}, len(items))
	for i, item := range items {
		all[i] = plain(item)
	}
	return one(map[string]interface{}{field: all})
}

// one yields the answer of a unary call.
func one(answer interface{}) responses {
	done := false
	return func() (interface{}, error) {
		if done {
			return nil, io.EOF
		}
		done = true
		return answer, nil
	}
}

// messages yields the messages of a stream.
func messages[T proto.Message](stream *strata.Stream[T], err error) (responses, error) {
	return each(stream, err, func(message T) interface{} { return plain(message) })
}

func each[T any](stream *strata.Stream[T], err error, convert func(T) interface{}) (responses, error) {
	if err != nil {
		return nil, err
	}
	return func() (interface{}, error) {
		item, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		return convert(item), nil
	}, nil
}
