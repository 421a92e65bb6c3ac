// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"

	"google.golang.org/grpc"
)

// unary makes one call within the default deadline and gives its error its type.
func unary[Q, A any](ctx context.Context, c *connection, method func(context.Context, Q, ...grpc.CallOption) (A, error), request Q) (A, error) {
	if _, has := ctx.Deadline(); !has && c.deadline > 0 {
		bounded, cancel := context.WithTimeout(ctx, c.deadline)
		defer cancel()
		ctx = bounded
	}
	answer, err := method(ctx, request)
	return answer, typed(err)
}

// serverStream opens a stream of T.
func serverStream[T, Q any, S interface{ Recv() (T, error) }](ctx context.Context, method func(context.Context, Q, ...grpc.CallOption) (S, error), request Q) (*Stream[T], error) {
	ctx, cancel := context.WithCancel(ctx)
	stream, err := method(ctx, request)
	if err != nil {
		cancel()
		return nil, typed(err)
	}
	return &Stream[T]{ctx: ctx, receive: stream.Recv, cancel: cancel}, nil
}

// allPages collects what fetch gives page by page.
func allPages[T any](fetch func(pageToken string) (items []T, nextPageToken string, err error)) ([]T, error) {
	var all []T
	for token := ""; ; {
		items, next, err := fetch(token)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		if next == "" {
			return all, nil
		}
		token = next
	}
}
