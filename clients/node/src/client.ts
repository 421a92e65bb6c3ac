// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { type MessageInitShape } from "@bufbuild/protobuf";
import { Connection, type CallOptions, type ConnectOptions } from "./connection.js";
import { Contexts } from "./contexts.js";
import { decodeMany, type Answer, type ManyOptions } from "./decode-many.js";
import { type BatchDecodeResponse, type DecodeRequestSchema, type DecodeResponse } from "./gen/strata/decoding/v1/decode_pb.js";
import { DecodingService, type Backbone } from "./gen/strata/decoding/v1/decoding_service_pb.js";
import { type ExplainStreamResponse } from "./gen/strata/decoding/v1/explain_pb.js";
import { checkHealth } from "./health.js";
import { allPages } from "./pages.js";

/** Everything of a DecodeRequest but its text, and how the call ends early. Absent parts take the server's defaults. */
export type DecodeOptions = Omit<MessageInitShape<typeof DecodeRequestSchema>, "text" | "$typeName"> & CallOptions;

/** Prepares a connection to Decoding at HOST:PORT. It does not wait for the server: the first call connects. */
export function connect(address: string, options: ConnectOptions = {}): Client {
  return new Client(new Connection(address, options));
}

/** Talks to Decoding. Every call that fails throws a StrataError. One client for each address is enough. */
export class Client {
  readonly #connection: Connection;

  /** Compiled demonstrations that texts can continue. */
  readonly contexts: Contexts;

  /** @internal Made by `connect`. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.contexts = new Contexts(connection);
  }

  /** Classifies one text. Retried on UNAVAILABLE. */
  decode(text: string, options: DecodeOptions = {}): Promise<DecodeResponse> {
    return this.#connection.unary(DecodingService.method.decode, { ...fields(options), text }, options);
  }

  /** Classifies texts, 1 to 1024; results come in their order. One bad text refuses the batch. Retried on UNAVAILABLE. */
  batchDecode(texts: string[], options: DecodeOptions = {}): Promise<BatchDecodeResponse> {
    return this.#connection.unary(DecodingService.method.batchDecode, { ...fields(options), texts }, options);
  }

  /**
   * Classifies texts or whole requests over one stream, some at a time. Answers come as they are ready, each with the
   * index of its request; the error of one request is in its answer, and the others go on.
   */
  decodeMany(
    requests: Iterable<string | MessageInitShape<typeof DecodeRequestSchema>> | AsyncIterable<string | MessageInitShape<typeof DecodeRequestSchema>>,
    options: ManyOptions = {},
  ): AsyncIterable<Answer> {
    return decodeMany(this.#connection, requests, options);
  }

  /** Classifies one text and yields what each layer would have answered: the header, one point a layer, the outcome. */
  explain(text: string, options: DecodeOptions = {}): AsyncIterable<ExplainStreamResponse> {
    return this.#connection.serverStream(DecodingService.method.explainStream, { decode: { ...fields(options), text } }, options);
  }

  /** The backbones of Decoding's configuration, by name. Retried on UNAVAILABLE. */
  listBackbones(options: CallOptions = {}): AsyncIterable<Backbone> {
    return allPages(async (pageToken) => {
      const page = await this.#connection.unary(DecodingService.method.listBackbones, { pageToken }, options);
      return [page.backbones, page.nextPageToken];
    });
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

function fields({ deadlineMs, signal, ...request }: DecodeOptions) {
  return request;
}
