// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Command go runs gRPC's interoperability cases on grpc-go.
//
// usage: client HOST:PORT CASE...
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"

	pb "interop/testing"
)

// Only a hanging server meets it.
const limit = 30 * time.Second

// client has a method per case; an error says what is wrong.
type client struct {
	pb.TestServiceClient
	unimplemented pb.UnimplementedServiceClient
	received      *received
}

func main() {
	received := &received{}
	connection, err := grpc.Dial(os.Args[1], grpc.WithInsecure(), grpc.WithStatsHandler(received))
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	c := client{pb.NewTestServiceClient(connection), pb.NewUnimplementedServiceClient(connection), received}
	cases := map[string]func(context.Context) error{
		"empty_unary":                 c.emptyUnary,
		"large_unary":                 c.largeUnary,
		"client_streaming":            c.clientStreaming,
		"server_streaming":            c.serverStreaming,
		"ping_pong":                   c.pingPong,
		"empty_stream":                c.emptyStream,
		"cancel_after_begin":          c.cancelAfterBegin,
		"cancel_after_first_response": c.cancelAfterFirstResponse,
		"timeout_on_sleeping_server":  c.timeoutOnSleepingServer,
		"custom_metadata":             c.customMetadata,
		"status_code_and_message":     c.statusCodeAndMessage,
		"special_status_message":      c.specialStatusMessage,
		"unimplemented_method":        c.unimplementedMethod,
		"unimplemented_service":       c.unimplementedService,
		"client_compressed_unary":     c.clientCompressedUnary,
		"server_compressed_unary":     c.serverCompressedUnary,
		"server_compressed_streaming": c.serverCompressedStreaming,
	}
	for _, name := range os.Args[2:] {
		if run, known := cases[name]; known {
			fmt.Println(outcome(name, run))
		} else {
			fmt.Println("unsupported", name)
		}
	}
}

func outcome(name string, run func(context.Context) error) string {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := run(ctx); err != nil {
		return strings.Join(strings.Fields("failed "+name+" "+err.Error()), " ")
	}
	return "ok " + name
}
