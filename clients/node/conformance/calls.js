// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { fromJson, toJson } from "@bufbuild/protobuf";
import * as backbone from "@strata/client/gen/strata/backbone/v1/backbone_service_pb.js";
import * as layers from "@strata/client/gen/strata/backbone/v1/layers_pb.js";
import * as model from "@strata/client/gen/strata/backbone/v1/model_pb.js";
import * as context from "@strata/client/gen/strata/decoding/v1/context_pb.js";
import * as decode from "@strata/client/gen/strata/decoding/v1/decode_pb.js";
import * as decoding from "@strata/client/gen/strata/decoding/v1/decoding_service_pb.js";
import * as explain from "@strata/client/gen/strata/decoding/v1/explain_pb.js";

/** Makes the call that a case names and yields its responses as JSON values. */
export async function* start(clients, command, options) {
  const request = command.request ?? {};
  const client = command.target === "decoding_tls" ? clients.decoding_tls : clients.decoding;
  const { contexts } = client;
  const parse = (schema) => fromJson(schema, request);
  const withText = () => {
    const { text, $typeName, ...rest } = parse(decode.DecodeRequestSchema);
    return [text, { ...rest, ...options }];
  };
  switch (command.call) {
    case "decode":
      return yield toJson(decode.DecodeResponseSchema, await client.decode(...withText()));
    case "batch_decode": {
      const { texts, $typeName, ...rest } = parse(decode.BatchDecodeRequestSchema);
      return yield toJson(decode.BatchDecodeResponseSchema, await client.batchDecode(texts, { ...rest, ...options }));
    }
    case "decode_many":
      return yield* many(client.decodeMany(request.map((each) => fromJson(decode.DecodeRequestSchema, each)), options));
    case "explain":
      return yield* plain(explain.ExplainStreamResponseSchema, client.explain(...withText()));
    case "list_backbones":
      return yield { backbones: await all(decoding.BackboneSchema, client.listBackbones(options)) };
    case "create_context":
      return yield toJson(context.CreateContextResponseSchema, await contexts.create(parse(context.CreateContextRequestSchema), options));
    case "get_context":
      return yield { context: toJson(context.ContextSchema, await contexts.get(request.id, options)) };
    case "list_contexts":
      return yield { contexts: await all(context.ContextSchema, contexts.list(request.backbone, options)) };
    case "pin_context":
      return yield { context: toJson(context.ContextSchema, await contexts.pin(request.id, request.pinned ?? false, options)) };
    case "delete_context":
      await contexts.delete(request.id, options);
      return yield {};
    case "export_import_context":
      return yield { context: toJson(context.ContextSchema, await contexts.import(contexts.export(request.id, options), options)) };
    case "evaluate_context":
      return yield* plain(context.EvaluateContextResponseSchema, contexts.evaluate(parse(context.EvaluateContextRequestSchema), options));
    case "list_models":
      return yield { models: await all(model.ModelSchema, clients.backbone.listModels(options)) };
    case "get_model":
      return yield { model: toJson(model.ModelSchema, await clients.backbone.getModel(request.name, options)) };
    case "tokenize":
      return yield toJson(backbone.TokenizeResponseSchema, await clients.backbone.tokenize(parse(backbone.TokenizeRequestSchema), options));
    case "stream_layers":
      return yield* plain(layers.StreamLayersResponseSchema, clients.backbone.streamLayers(parse(layers.StreamLayersRequestSchema), options));
    case "swap":
      return yield* plain(backbone.SwapModelResponseSchema, clients.backbone.swap(parse(backbone.SwapModelRequestSchema), options));
    case "health":
      return yield { status: await clients[command.target ?? "decoding"].health(request.service, options) };
    default:
      throw new Error(`No call is named '${command.call}'.`);
  }
}

/** A typed error in the words of the suite. */
export function describe({ code, reason, domain, message, metadata, violations }) {
  return { code, reason, domain, message, metadata, violations };
}

async function* many(answers) {
  for await (const { index, response, error } of answers) {
    yield error ? { index, error: describe(error) } : { index, response: toJson(decode.DecodeResponseSchema, response) };
  }
}

async function* plain(schema, messages) {
  for await (const message of messages) {
    yield toJson(schema, message);
  }
}

async function all(schema, messages) {
  const items = [];
  for await (const item of plain(schema, messages)) {
    items.push(item);
  }
  return items;
}
