// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { type MessageInitShape } from "@bufbuild/protobuf";
import { type CallOptions, type Connection } from "./connection.js";
import {
  type Context, type CreateContextRequestSchema, type CreateContextResponse, type EvaluateContextRequestSchema, type EvaluateContextResponse,
} from "./gen/strata/decoding/v1/context_pb.js";
import { DecodingService } from "./gen/strata/decoding/v1/decoding_service_pb.js";
import { allPages } from "./pages.js";

const rpc = DecodingService.method;

// The contract allows 1 MiB in one message of an upload.
const importChunk = 256 * 1024;

/** Contexts: demonstrations compiled once, of which only the anchors' key/values are kept. */
export class Contexts {
  readonly #connection: Connection;

  /** @internal Part of a Client. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Compiles demonstrations and stores them; one recipe on one model is one context. Retried on UNAVAILABLE. */
  create(request: MessageInitShape<typeof CreateContextRequestSchema>, options: CallOptions = {}): Promise<CreateContextResponse> {
    return this.#connection.unary(rpc.createContext, request, options);
  }

  /** Describes a context. Retried on UNAVAILABLE. */
  async get(id: string, options: CallOptions = {}): Promise<Context> {
    return (await this.#connection.unary(rpc.getContext, { id }, options)).context!;
  }

  /** The contexts of a backbone (of all, if absent), by id, without demonstrations. Retried on UNAVAILABLE. */
  list(backbone = "", options: CallOptions = {}): AsyncIterable<Context> {
    return allPages(async (pageToken) => {
      const page = await this.#connection.unary(rpc.listContexts, { backbone, pageToken }, options);
      return [page.contexts, page.nextPageToken];
    });
  }

  /** Pins a context, or unpins it: a pinned one does not expire. Retried on UNAVAILABLE. */
  async pin(id: string, pinned = true, options: CallOptions = {}): Promise<Context> {
    return (await this.#connection.unary(rpc.pinContext, { id, pinned }, options)).context!;
  }

  /** Deletes a context; calls that use it finish. */
  async delete(id: string, options: CallOptions = {}): Promise<void> {
    await this.#connection.unary(rpc.deleteContext, { id }, options);
  }

  /** Yields a context as the bytes of a file, for import elsewhere. After an error the file is not complete. */
  async *export(id: string, options: CallOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const { data } of this.#connection.serverStream(rpc.exportContext, { id }, options)) {
      yield data;
    }
  }

  /** Stores a context from the bytes of a file that `export` made. The server checks them first. */
  async import(file: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options: CallOptions = {}): Promise<Context> {
    return (await this.#connection.clientStream(rpc.importContext, chunks(file), options)).context!;
  }

  /** Measures accuracy and loyalty of a context on labelled queries: progress, then the report. */
  evaluate(request: MessageInitShape<typeof EvaluateContextRequestSchema>, options: CallOptions = {}): AsyncIterable<EvaluateContextResponse> {
    return this.#connection.serverStream(rpc.evaluateContext, request, options);
  }
}

async function* chunks(file: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  for await (const part of file) {
    for (let start = 0; start < part.length; start += importChunk) {
      yield { data: part.subarray(start, start + importChunk) };
    }
  }
}
