// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/protobuf/proto"
)

// DecodeOption sets one part of a request. Without any, the server's defaults hold.
type DecodeOption func(*decodingv1.DecodeRequest)

// NewRequest makes the request that Decode would send for a text.
func NewRequest(text string, options ...DecodeOption) *decodingv1.DecodeRequest {
	request := &decodingv1.DecodeRequest{}
	for _, option := range options {
		option(request)
	}
	request.Text = text
	return request
}

// OnBackbone names the backbone to ask, one of ListBackbones.
func OnBackbone(name string) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.Backbone = name }
}

// WithParameters sets how the layers are combined. Fields that are absent take the server's defaults.
func WithParameters(parameters *decodingv1.DecodeParameters) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.Parameters = parameters }
}

// WithLabels decides between labels by name only; at least two. WithLabelSet says more about each.
func WithLabels(names ...string) DecodeOption {
	labels := make([]*decodingv1.Label, len(names))
	for i, name := range names {
		labels[i] = &decodingv1.Label{Name: name}
	}
	return WithLabelSet(&decodingv1.LabelSet{Labels: labels})
}

// WithLabelSet decides between labels with words, priors and scoring.
func WithLabelSet(labels *decodingv1.LabelSet) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.LabelSet = labels }
}

// WithPrompt says how the text becomes a language model's prompt.
func WithPrompt(prompt *decodingv1.PromptTemplate) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.Prompt = prompt }
}

// InContext lets the text continue a context of demonstrations.
func InContext(id string) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.ContextId = id }
}

// WithRequestID names the request, at most 128 characters; the name comes back in the answer and stands in logs.
func WithRequestID(id string) DecodeOption {
	return func(r *decodingv1.DecodeRequest) { r.RequestId = id }
}

// LikeRequest starts from a copy of a prepared request. Its text is replaced.
func LikeRequest(prepared *decodingv1.DecodeRequest) DecodeOption {
	return func(r *decodingv1.DecodeRequest) {
		proto.Reset(r)
		proto.Merge(r, prepared)
	}
}
