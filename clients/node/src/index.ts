// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

export { connect, Client, type DecodeOptions } from "./client.js";
export { connectBackbone, BackboneClient } from "./backbone.js";
export { Contexts } from "./contexts.js";
export { type Answer, type ManyOptions } from "./decode-many.js";
export { type CallOptions, type ConnectOptions } from "./connection.js";
export { StrataError, type CodeName, type FieldViolation } from "./errors.js";
export { SwapStage, type SwapModelResponse } from "./gen/strata/backbone/v1/backbone_service_pb.js";
export { type Model } from "./gen/strata/backbone/v1/model_pb.js";
export { type Backbone } from "./gen/strata/decoding/v1/decoding_service_pb.js";
export * from "./gen/strata/decoding/v1/context_pb.js";
export * from "./gen/strata/decoding/v1/decode_pb.js";
export * from "./gen/strata/decoding/v1/explain_pb.js";
export * from "./gen/strata/decoding/v1/labels_pb.js";
export * from "./gen/strata/decoding/v1/parameters_pb.js";
