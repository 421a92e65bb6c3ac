// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package main

import (
	"encoding/json"
	"log"

	strata "github.com/strata-decoding/strata/clients/go"
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// failure is a typed error in the words of the suite.
type failure struct {
	Code       string            `json:"code"`
	Reason     string            `json:"reason"`
	Domain     string            `json:"domain"`
	Message    string            `json:"message"`
	Metadata   map[string]string `json:"metadata"`
	Violations []violation       `json:"violations"`
}

type violation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
}

// many is one answer of decode_many.
type many struct {
	Index    int             `json:"index"`
	Response json.RawMessage `json:"response,omitempty"`
	Error    *failure        `json:"error,omitempty"`
}

func describe(refused *strata.Error) *failure {
	f := &failure{
		Code:       code.Code(refused.Code).String(), // UPPER_SNAKE_CASE, which codes.Code does not print
		Reason:     refused.Reason,
		Domain:     refused.Domain,
		Message:    refused.Message,
		Metadata:   refused.Metadata,
		Violations: []violation{},
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
	for _, each := range refused.Violations {
		f.Violations = append(f.Violations, violation(each))
	}
	return f
}

func describeAnswer(answer strata.Answer) interface{} {
	if answer.Err != nil {
		return many{Index: answer.Index, Error: describe(answer.Err)}
	}
	return many{Index: answer.Index, Response: plain(answer.Response)}
}

// plain is protobuf's JSON.
func plain(message proto.Message) json.RawMessage {
	text, err := protojson.Marshal(message)
	must(err)
	return text
}

// parse reads the request of a case; an absent one is an empty message.
func parse[M proto.Message](given *command, request M) M {
	if given.Request != nil {
		must(protojson.Unmarshal(given.Request, request))
	}
	return request
}

func requests(given *command) <-chan *decodingv1.DecodeRequest {
	var texts []json.RawMessage
	must(json.Unmarshal(given.Request, &texts))
	list := make([]*decodingv1.DecodeRequest, len(texts))
	for i, text := range texts {
		list[i] = &decodingv1.DecodeRequest{}
		must(protojson.Unmarshal(text, list[i]))
	}
	return strata.Requests(list...)
}

// like takes everything but the texts from a request of BatchDecode.
func like(request *decodingv1.BatchDecodeRequest) strata.DecodeOption {
	return strata.LikeRequest(&decodingv1.DecodeRequest{
		Backbone:   request.Backbone,
		Parameters: request.Parameters,
		LabelSet:   request.LabelSet,
		Prompt:     request.Prompt,
		ContextId:  request.ContextId,
		RequestId:  request.RequestId,
	})
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
