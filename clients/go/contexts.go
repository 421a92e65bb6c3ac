// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"io"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
)

// importChunk is the size of one message of an upload, well below the 1 MiB that the contract allows.
const importChunk = 256 << 10

// Contexts creates and keeps contexts: demonstrations compiled once, of which only the anchors' key/values are kept.
type Contexts struct {
	connection *connection
	rpc        decodingv1.DecodingServiceClient
}

// Create compiles demonstrations and stores them; one recipe on one model is one context. Retried on UNAVAILABLE.
func (c *Contexts) Create(ctx context.Context, request *decodingv1.CreateContextRequest) (*decodingv1.CreateContextResponse, error) {
	return unary(ctx, c.connection, c.rpc.CreateContext, request)
}

// Get describes a context. Retried on UNAVAILABLE.
func (c *Contexts) Get(ctx context.Context, id string) (*decodingv1.Context, error) {
	answer, err := unary(ctx, c.connection, c.rpc.GetContext, &decodingv1.GetContextRequest{Id: id})
	return answer.GetContext(), err
}

// List lists the contexts of a backbone (of all, if the name is empty), all pages, by id, without demonstrations.
// Retried on UNAVAILABLE.
func (c *Contexts) List(ctx context.Context, backbone string) ([]*decodingv1.Context, error) {
	return allPages(func(token string) ([]*decodingv1.Context, string, error) {
		request := &decodingv1.ListContextsRequest{Backbone: backbone, PageToken: token}
		answer, err := unary(ctx, c.connection, c.rpc.ListContexts, request)
		return answer.GetContexts(), answer.GetNextPageToken(), err
	})
}

// Pin keeps a context from expiring. Retried on UNAVAILABLE.
func (c *Contexts) Pin(ctx context.Context, id string) (*decodingv1.Context, error) {
	return c.setPinned(ctx, &decodingv1.PinContextRequest{Id: id, Pinned: true})
}

// Unpin lets a context expire again. Retried on UNAVAILABLE.
func (c *Contexts) Unpin(ctx context.Context, id string) (*decodingv1.Context, error) {
	return c.setPinned(ctx, &decodingv1.PinContextRequest{Id: id})
}

func (c *Contexts) setPinned(ctx context.Context, request *decodingv1.PinContextRequest) (*decodingv1.Context, error) {
	answer, err := unary(ctx, c.connection, c.rpc.PinContext, request)
	return answer.GetContext(), err
}

// Delete deletes a context; calls that use it finish.
func (c *Contexts) Delete(ctx context.Context, id string) error {
	_, err := unary(ctx, c.connection, c.rpc.DeleteContext, &decodingv1.DeleteContextRequest{Id: id})
	return err
}

// Export writes a context as a file for Import elsewhere and returns its size in bytes. After an error the file is
// not complete.
func (c *Contexts) Export(ctx context.Context, id string, file io.Writer) (int64, error) {
	stream, err := serverStream[*decodingv1.ExportContextResponse](ctx, c.rpc.ExportContext, &decodingv1.ExportContextRequest{Id: id})
	if err != nil {
		return 0, err
	}
	defer stream.Close()
	var bytes int64
	for {
		part, err := stream.Recv()
		if err == io.EOF {
			return bytes, nil
		}
		if err != nil {
			return bytes, err
		}
		written, err := file.Write(part.Data)
		bytes += int64(written)
		if err != nil {
			return bytes, err
		}
	}
}

// Import stores a context from a file that Export wrote. The server checks its bytes first.
func (c *Contexts) Import(ctx context.Context, file io.Reader) (*decodingv1.Context, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.rpc.ImportContext(ctx)
	if err != nil {
		return nil, typed(err)
	}
	for {
		part := make([]byte, importChunk)
		var read int
		var err error
		for read < len(part) && err == nil { // not io.ReadFull, whose ErrUnexpectedEOF may also be the file's own
			var more int
			more, err = file.Read(part[read:])
			read += more
		}
		if read > 0 && stream.Send(&decodingv1.ImportContextRequest{Data: part[:read]}) != nil {
			break // the server has ended the call; CloseAndRecv says why
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	answer, err := stream.CloseAndRecv()
	return answer.GetContext(), typed(err)
}

// Evaluate measures accuracy and loyalty of a context on labelled queries: progress, then the report.
func (c *Contexts) Evaluate(ctx context.Context, request *decodingv1.EvaluateContextRequest) (*Stream[*decodingv1.EvaluateContextResponse], error) {
	return serverStream[*decodingv1.EvaluateContextResponse](ctx, c.rpc.EvaluateContext, request)
}
