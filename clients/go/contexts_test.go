// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	backbonev1 "github.com/strata-decoding/strata/clients/go/gen/strata/backbone/v1"
	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// shelf keeps one file and lists one context a page.
type shelf struct {
	decodingv1.UnimplementedDecodingServiceServer
	file     []byte
	messages int
	refuses  bool
}

func (s *shelf) ListContexts(_ context.Context, r *decodingv1.ListContextsRequest) (*decodingv1.ListContextsResponse, error) {
	next := map[string]string{"": "b", "b": "c", "c": ""}
	return &decodingv1.ListContextsResponse{Contexts: []*decodingv1.Context{{Id: r.PageToken, Backbone: r.Backbone}}, NextPageToken: next[r.PageToken]}, nil
}

func (s *shelf) ExportContext(_ *decodingv1.ExportContextRequest, stream decodingv1.DecodingService_ExportContextServer) error {
	for start := 0; start < len(s.file); start += 1000 {
		end := start + 1000
		if end > len(s.file) {
			end = len(s.file)
		}
		if err := stream.Send(&decodingv1.ExportContextResponse{Data: s.file[start:end]}); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) ImportContext(stream decodingv1.DecodingService_ImportContextServer) error {
	if s.refuses {
		return status.Error(codes.DataLoss, "damaged")
	}
	s.file = nil
	for {
		part, err := stream.Recv()
		if err == io.EOF {
			return stream.SendAndClose(&decodingv1.ImportContextResponse{Context: &decodingv1.Context{Id: "imported"}})
		}
		if err != nil {
			return err
		}
		s.messages++
		s.file = append(s.file, part.Data...)
	}
}

func TestContextsList_ThreePages_AreOneList(t *testing.T) {
	contexts, err := connectTo(t, &shelf{}).Contexts.List(context.Background(), "icl")
	if err != nil || len(contexts) != 3 || contexts[2].Id != "c" || contexts[2].Backbone != "icl" {
		t.Fatal(contexts, err)
	}
}

func TestContextsExport_ThenImport_GivesTheSameBytesInChunks(t *testing.T) {
	file := bytes.Repeat([]byte("0123456789abcdef"), 3*importChunk/16/2) // one and a half chunks
	server := &shelf{file: file}
	contexts := connectTo(t, server).Contexts
	var exported bytes.Buffer
	if size, err := contexts.Export(context.Background(), "a", &exported); err != nil || size != int64(len(file)) {
		t.Fatal(size, err)
	}
	imported, err := contexts.Import(context.Background(), &exported)
	if err != nil || imported.Id != "imported" {
		t.Fatal(imported, err)
	}
	if server.messages != 2 || !bytes.Equal(server.file, file) {
		t.Fatal(server.messages, len(server.file))
	}
}

func TestContextsImport_ServerRefusesEarly_SaysWhy(t *testing.T) {
	file := bytes.NewReader(make([]byte, 20*importChunk))
	_, err := connectTo(t, &shelf{refuses: true}).Contexts.Import(context.Background(), file)
	if status.Code(err) != codes.DataLoss {
		t.Fatal(err)
	}
}

func TestContextsImport_FileFails_IsTheFilesError(t *testing.T) {
	// The second is what a download says that was cut short.
	for _, broken := range []error{errors.New("disk"), io.ErrUnexpectedEOF} {
		file := io.MultiReader(bytes.NewReader(make([]byte, 10)), failing{broken})
		if _, err := connectTo(t, &shelf{}).Contexts.Import(context.Background(), file); err != broken {
			t.Fatal(err)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// swapper frees a model in three stages.
type swapper struct {
	backbonev1.UnimplementedBackboneServiceServer
}

func (swapper) SwapModel(r *backbonev1.SwapModelRequest, stream backbonev1.BackboneService_SwapModelServer) error {
	if r.Folder == "bad" {
		return status.Error(codes.NotFound, "no model.onnx")
	}
	for stage := backbonev1.SwapStage_SWAP_STAGE_LOADING; stage <= backbonev1.SwapStage_SWAP_STAGE_DONE; stage++ {
		if err := stream.Send(&backbonev1.SwapModelResponse{Stage: stage}); err != nil {
			return err
		}
	}
	return nil
}

func TestSwap_GoodFolder_YieldsTheStages(t *testing.T) {
	stream, err := connectToBackbone(t, swapper{}).Swap(context.Background(), &backbonev1.SwapModelRequest{Folder: "good"})
	if stages := all(t, stream, err); len(stages) != 3 || stages[2].Stage != backbonev1.SwapStage_SWAP_STAGE_DONE {
		t.Fatal(stages)
	}
}

func TestSwap_BadFolder_IsTyped(t *testing.T) {
	stream, err := connectToBackbone(t, swapper{}).Swap(context.Background(), &backbonev1.SwapModelRequest{Folder: "bad"})
	if err == nil {
		_, err = stream.Recv()
	}
	var refused *Error
	if !errors.As(err, &refused) || refused.Code != codes.NotFound {
		t.Fatal(err)
	}
}
