// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Package strata talks to the two Strata services over gRPC: Client to Decoding, which decides, and BackboneClient to
// Backbone, which hosts the model.
//
// Messages are the generated ones of the packages below gen; this package adds connecting, deadlines, retries, typed
// errors and streams, and no second layer of types. Every error of a call is an *Error: take it with errors.As and
// branch on its Reason.
//
// Clients are safe for concurrent use; one for each address is enough.
package strata
