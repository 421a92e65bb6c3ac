// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Command decode classifies one text.
//
// usage: decode ADDRESS TEXT
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	strata "github.com/strata-decoding/strata/clients/go"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: decode ADDRESS TEXT")
	}
	client, err := strata.Connect(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	answer, err := client.Decode(context.Background(), os.Args[2])
	var refused *strata.Error
	if errors.As(err, &refused) {
		log.Fatalf("refused, reason %s: %s", refused.Reason, refused.Message)
	}
	fmt.Printf("%s %.2f\n", answer.Result.Label, answer.Result.Probability)
}
