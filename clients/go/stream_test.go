// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"errors"
	"io"
	"reflect"
	"testing"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
)

func TestDecodeMany_OneTextIsBad_AnswersAllByIndex(t *testing.T) {
	stream, err := connectTo(t, &foreign{}).DecodeMany(context.Background(), Texts([]string{"a", "", "ç😀"}), 2)
	got := make([]string, 3)
	for _, answer := range all(t, stream, err) {
		if answer.Err != nil {
			got[answer.Index] = answer.Err.Code.String()
		} else {
			got[answer.Index] = answer.Response.RequestId
		}
	}
	if want := []string{"a", "InvalidArgument", "ç😀"}; !reflect.DeepEqual(got, want) {
		t.Fatal(got)
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Fatal("after the end:", err)
	}
}

func TestDecodeMany_ThreeInFlight_SendsTheFourthAfterAnAnswer(t *testing.T) {
	server := &foreign{decodeStream: func(stream decodingv1.DecodingService_DecodeStreamServer) error {
		arrived := make(chan *decodingv1.DecodeStreamRequest, 5)
		go func() {
			defer close(arrived)
			for request, err := stream.Recv(); err == nil; request, err = stream.Recv() {
				arrived <- request
			}
		}()
		for {
			var waiting []*decodingv1.DecodeStreamRequest
			for len(waiting) < 3 {
				request, more := <-arrived
				if !more {
					break
				}
				waiting = append(waiting, request)
			}
			if len(waiting) == 0 {
				return nil
			}
			if extra := len(arrived); extra > 0 {
				t.Errorf("%d requests more than three are on their way", extra)
			}
			for _, request := range waiting {
				if err := stream.Send(answerTo(request)); err != nil {
					return err
				}
			}
		}
	}}
	stream, err := connectTo(t, server).DecodeMany(context.Background(), Texts([]string{"a", "b", "c", "d", "e", "f"}), 3)
	if answers := all(t, stream, err); len(answers) != 6 {
		t.Fatal(answers)
	}
}

func TestStream_ContextCancelled_EndsTheCallAtTheServer(t *testing.T) {
	server, ended := endless()
	ctx, cancel := context.WithCancel(context.Background())
	stream, err := connectTo(t, server).Explain(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := stream.Recv(); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	<-ended
}

func TestStream_ClosedEarly_EndsTheCallAtTheServer(t *testing.T) {
	server, ended := endless()
	stream, err := connectTo(t, server).Explain(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	stream.Close()
	<-ended
	if _, err := stream.Recv(); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// endless explains without an end until its call is cancelled; then ended is closed.
func endless() (server *foreign, ended chan struct{}) {
	ended = make(chan struct{})
	return &foreign{explain: func(stream decodingv1.DecodingService_ExplainStreamServer) error {
		defer close(ended)
		for stream.Context().Err() == nil {
			if err := stream.Send(&decodingv1.ExplainStreamResponse{}); err != nil {
				return err
			}
		}
		return stream.Context().Err()
	}}, ended
}
