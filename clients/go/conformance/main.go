// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Command conformance is the executor of the conformance suite: one case a line on stdin, its result a line on stdout.
//
// usage: conformance --decoding HOST:PORT --backbone HOST:PORT [--tls HOST:PORT --ca FILE --cert FILE --key FILE]
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"sort"
	"time"

	strata "github.com/strata-decoding/strata/clients/go"
)

// command is one line of stdin.
type command struct {
	ID          int             `json:"id"`
	Call        string          `json:"call"`
	Target      string          `json:"target"`
	Request     json.RawMessage `json:"request"`
	DeadlineMs  *int64          `json:"deadlineMs"`
	CancelAfter int             `json:"cancelAfter"`
}

// result is one line of stdout.
type result struct {
	ID        int           `json:"id"`
	Responses []interface{} `json:"responses"`
	Error     *failure      `json:"error"`
}

func main() {
	decodingAddress := flag.String("decoding", "", "HOST:PORT of Decoding")
	backboneAddress := flag.String("backbone", "", "HOST:PORT of Backbone")
	tlsAddress := flag.String("tls", "", "HOST:PORT of Decoding over TLS, where calls with the target decoding_tls go")
	caFile := flag.String("ca", "", "PEM file of the authorities to trust")
	certFile := flag.String("cert", "", "PEM file of the client's certificate")
	keyFile := flag.String("key", "", "PEM file of its key")
	flag.Parse()
	var clients caller
	var err error
	if clients.decoding, err = strata.Connect(*decodingAddress); err != nil {
		log.Fatal(err)
	}
	defer clients.decoding.Close()
	if clients.backbone, err = strata.ConnectBackbone(*backboneAddress); err != nil {
		log.Fatal(err)
	}
	defer clients.backbone.Close()
	if *tlsAddress != "" {
		tls := []strata.ConnectOption{strata.WithTLS(*caFile)}
		if *certFile != "" {
			tls = append(tls, strata.WithClientCertificate(*certFile, *keyFile))
		}
		if clients.decodingTLS, err = strata.Connect(*tlsAddress, tls...); err != nil {
			log.Fatal(err)
		}
		defer clients.decodingTLS.Close()
	}

	lines := bufio.NewReader(os.Stdin) // not a Scanner: lines may be of any length
	results := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return
		}
		var given command
		if err := json.Unmarshal(line, &given); err != nil {
			log.Fatal(err)
		}
		if err := results.Encode(run(&clients, &given)); err != nil {
			log.Fatal(err)
		}
	}
}

// run makes the call of one case. An error that is no *strata.Error is a bug of the executor or its client.
func run(c *caller, given *command) result {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if given.DeadlineMs != nil {
		ctx, cancel = context.WithTimeout(ctx, time.Duration(*given.DeadlineMs)*time.Millisecond)
		defer cancel()
	}
	answer := result{ID: given.ID, Responses: []interface{}{}}
	next, err := c.start(ctx, given)
	for err == nil {
		var response interface{}
		if response, err = next(); err != nil {
			break
		}
		if given.CancelAfter > 0 && len(answer.Responses) == given.CancelAfter {
			continue // was on its way when the case cancelled
		}
		answer.Responses = append(answer.Responses, response)
		if len(answer.Responses) == given.CancelAfter {
			cancel()
		}
	}
	var refused *strata.Error
	if errors.As(err, &refused) {
		answer.Error = describe(refused)
	} else if err != io.EOF {
		log.Fatal(err)
	}
	if given.Call == "decode_many" {
		sort.Slice(answer.Responses, func(i, j int) bool {
			return answer.Responses[i].(many).Index < answer.Responses[j].(many).Index
		})
	}
	return answer
}
