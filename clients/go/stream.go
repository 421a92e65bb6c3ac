// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"io"

	"google.golang.org/grpc/status"
)

// Stream is a sequence of answers. Receive until io.EOF or an error, or Close it; otherwise the call goes on.
//
//	for {
//		event, err := stream.Recv()
//		if err == io.EOF {
//			break
//		}
//		...
//	}
type Stream[T any] struct {
	ctx     context.Context
	receive func() (T, error)
	cancel  context.CancelFunc
	ended   error
}

// Recv waits for the next answer. io.EOF says that the stream is complete; any other error is an *Error that ended it,
// and the answers received before it stay valid. Once cancelled, a stream yields nothing more, even what had arrived.
// Not for concurrent use.
func (s *Stream[T]) Recv() (T, error) {
	var none T
	if s.ended != nil {
		return none, s.ended
	}
	err := s.ctx.Err()
	if err != nil {
		err = status.FromContextError(err).Err()
	} else {
		var answer T
		if answer, err = s.receive(); err == nil {
			return answer, nil
		}
	}
	s.cancel()
	if s.ended = err; err != io.EOF {
		s.ended = typed(err)
	}
	return none, s.ended
}

// Close cancels the call if it still runs; the server stops within one layer. It may be called more than once.
func (s *Stream[T]) Close() { s.cancel() }
