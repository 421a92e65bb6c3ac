// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
)

func TestDecode_APIKey_TravelsAsBearer(t *testing.T) {
	client := connectTo(t, &foreign{decode: func(ctx context.Context, _ *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
		given, _ := metadata.FromIncomingContext(ctx)
		return &decodingv1.DecodeResponse{RequestId: given.Get("authorization")[0]}, nil
	}}, WithAPIKey("secret"))
	answer, err := client.Decode(context.Background(), "a")
	if err != nil || answer.RequestId != "Bearer secret" {
		t.Fatal(answer, err)
	}
}

func TestDecode_StatusWithDetails_IsTyped(t *testing.T) {
	client := connectTo(t, &foreign{decode: func(context.Context, *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
		s, err := status.New(codes.ResourceExhausted, "voll ☹").WithDetails(
			&errdetails.ErrorInfo{Reason: "OVERLOADED", Domain: "strata.dev", Metadata: map[string]string{"permits": "2"}},
			&errdetails.RetryInfo{RetryDelay: durationpb.New(250 * time.Millisecond)},
			&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "text", Description: "leer"}}})
		if err != nil {
			return nil, err
		}
		return nil, s.Err()
	}})
	_, err := client.Decode(context.Background(), "a")
	var refused *Error
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	refused.status = nil
	want := &Error{Code: codes.ResourceExhausted, Reason: "OVERLOADED", Domain: "strata.dev", Message: "voll ☹",
		Metadata: map[string]string{"permits": "2"}, Violations: []FieldViolation{{"text", "leer"}}, RetryDelay: 250 * time.Millisecond}
	if !reflect.DeepEqual(refused, want) {
		t.Fatalf("got %+v", refused)
	}
}

func TestDecode_DefaultDeadlinePasses_IsDeadlineExceeded(t *testing.T) {
	client := connectTo(t, &foreign{decode: func(ctx context.Context, _ *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
		<-ctx.Done()
		return nil, status.FromContextError(ctx.Err()).Err()
	}}, WithDefaultDeadline(50*time.Millisecond))
	if _, err := client.Decode(context.Background(), "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}
