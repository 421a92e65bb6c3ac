// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	rpcstatus "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Error is why a call failed. Branch on Reason (docs/errors.md lists all), never on Message.
type Error struct {
	// Code is the gRPC status code.
	Code codes.Code
	// Reason names the cause in UPPER_SNAKE_CASE. Empty if the status carries none, as those that gRPC makes itself.
	Reason string
	// Domain is who defines Reason: "strata.dev".
	Domain string
	// Message is for people.
	Message string
	// Metadata repeats the dynamic values of Message; units are part of the keys.
	Metadata map[string]string
	// Violations are the fields that break the contract, all that were found.
	Violations []FieldViolation
	// RetryDelay is the least time to wait before a retry. 0 if the server says none.
	RetryDelay time.Duration

	status *status.Status
}

// FieldViolation is one field that breaks the contract.
type FieldViolation struct {
	// Field is its path, such as "parameters.plausibility_alpha" or "texts[3]".
	Field string
	// Description says what is wrong and what is allowed.
	Description string
}

// Error is the message with code and reason.
func (e *Error) Error() string {
	if e.Reason == "" {
		return fmt.Sprintf("strata: %s: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("strata: %s (%s): %s", e.Code, e.Reason, e.Message)
}

// GRPCStatus makes status.FromError and status.Code work on an *Error.
func (e *Error) GRPCStatus() *status.Status { return e.status }

// Is makes errors.Is work with context.Canceled and context.DeadlineExceeded.
func (e *Error) Is(target error) bool {
	return target == context.Canceled && e.Code == codes.Canceled ||
		target == context.DeadlineExceeded && e.Code == codes.DeadlineExceeded
}

// typed gives a gRPC error its type; nil stays nil.
func typed(err error) error {
	if err == nil {
		return nil
	}
	if already, is := err.(*Error); is {
		return already
	}
	return fromStatus(status.Convert(err))
}

// fromMessage is the error of one request on a stream.
func fromMessage(message *rpcstatus.Status) *Error { return fromStatus(status.FromProto(message)) }

func fromStatus(s *status.Status) *Error {
	e := &Error{Code: s.Code(), Message: s.Message(), status: s}
	for _, detail := range s.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Domain, e.Metadata = detail.Reason, detail.Domain, detail.Metadata
		case *errdetails.BadRequest:
			for _, violation := range detail.FieldViolations {
				e.Violations = append(e.Violations, FieldViolation{violation.Field, violation.Description})
			}
		case *errdetails.RetryInfo:
			e.RetryDelay = detail.RetryDelay.AsDuration()
		}
	}
	return e
}
