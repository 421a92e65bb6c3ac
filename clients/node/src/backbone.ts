// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { type MessageInitShape } from "@bufbuild/protobuf";
import { Connection, type CallOptions, type ConnectOptions } from "./connection.js";
import {
  BackboneService, type SwapModelRequestSchema, type SwapModelResponse, type TokenizeRequestSchema, type TokenizeResponse,
} from "./gen/strata/backbone/v1/backbone_service_pb.js";
import { type StreamLayersRequestSchema, type StreamLayersResponse } from "./gen/strata/backbone/v1/layers_pb.js";
import { type Model } from "./gen/strata/backbone/v1/model_pb.js";
import { checkHealth } from "./health.js";
import { allPages } from "./pages.js";

const rpc = BackboneService.method;

/** Prepares a connection to Backbone at HOST:PORT, as `connect` does to Decoding. */
export function connectBackbone(address: string, options: ConnectOptions = {}): BackboneClient {
  return new BackboneClient(new Connection(address, options));
}

/** Talks to Backbone: its models and their layers. Every call that fails throws a StrataError. */
export class BackboneClient {
  readonly #connection: Connection;

  /** @internal Made by `connectBackbone`. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The hosted models, by name. Retried on UNAVAILABLE. */
  listModels(options: CallOptions = {}): AsyncIterable<Model> {
    return allPages(async (pageToken) => {
      const page = await this.#connection.unary(rpc.listModels, { pageToken }, options);
      return [page.models, page.nextPageToken];
    });
  }

  /** Describes one hosted model; the empty name means the only one. Retried on UNAVAILABLE. */
  async getModel(name = "", options: CallOptions = {}): Promise<Model> {
    return (await this.#connection.unary(rpc.getModel, { name }, options)).model!;
  }

  /** Turns texts into token ids with offsets in UTF-16 code units, as JavaScript counts. Retried on UNAVAILABLE. */
  tokenize(request: MessageInitShape<typeof TokenizeRequestSchema>, options: CallOptions = {}): Promise<TokenizeResponse> {
    return this.#connection.unary(rpc.tokenize, request, options);
  }

  /** Runs the model and yields each exit layer's readout as soon as it is done: the header, the frames, the summary. */
  streamLayers(request: MessageInitShape<typeof StreamLayersRequestSchema>, options: CallOptions = {}): AsyncIterable<StreamLayersResponse> {
    return this.#connection.serverStream(rpc.streamLayers, request, options);
  }

  /** Loads another model folder under a hosted name; yields the stages until the old model is freed. */
  swap(request: MessageInitShape<typeof SwapModelRequestSchema>, options: CallOptions = {}): AsyncIterable<SwapModelResponse> {
    return this.#connection.serverStream(rpc.swapModel, request, options);
  }

  /** Whether a service wants calls, such as "SERVING"; the empty name means the server as a whole. */
  health(service = "", options: CallOptions = {}): Promise<string> {
    return checkHealth(this.#connection, service, options);
  }

  /** Ends the connection; calls in flight end with CANCELLED. */
  close(): void {
    this.#connection.close();
  }
}
