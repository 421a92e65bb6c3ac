// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { type MessageInitShape } from "@bufbuild/protobuf";
import { type CallOptions, type Connection } from "./connection.js";
import { fromStatus, type StrataError } from "./errors.js";
import { type DecodeRequestSchema, type DecodeResponse } from "./gen/strata/decoding/v1/decode_pb.js";
import { DecodingService } from "./gen/strata/decoding/v1/decoding_service_pb.js";

const defaultInFlight = 16;

/** How decodeMany runs. */
export interface ManyOptions extends CallOptions {
  /** Requests on their way at a time, 1 or more. Absent: 16. */
  inFlight?: number;
}

/** The answer to one request: a response or an error. `index` counts the requests from 0. */
export type Answer =
  | { index: number; response: DecodeResponse; error?: undefined }
  | { index: number; response?: undefined; error: StrataError };

type Request = string | MessageInitShape<typeof DecodeRequestSchema>;

/** Each request takes a permit; each answer gives one back. */
export async function* decodeMany(
  connection: Connection, requests: Iterable<Request> | AsyncIterable<Request>, options: ManyOptions,
): AsyncGenerator<Answer, void, undefined> {
  const { inFlight = defaultInFlight } = options;
  if (!(inFlight >= 1)) {
    throw new RangeError(`inFlight is ${inFlight}, but must be 1 or more.`);
  }
  let permits = inFlight;
  let ended = false;
  let wake = () => {};
  const stream = connection.bidiStream(DecodingService.method.decodeStream, async (write) => {
    let id = 0n;
    for await (const request of requests) {
      while (permits < 1 && !ended) {
        await new Promise<void>((resolve) => { wake = resolve; });
      }
      if (ended) {
        return;
      }
      permits--;
      write({ id: id++, decode: typeof request === "string" ? { text: request } : request });
    }
  }, options);
  try {
    for await (const { id, outcome } of stream) {
      permits++;
      wake();
      const index = Number(id);
      if (outcome.case === "response") {
        yield { index, response: outcome.value };
      } else if (outcome.case === "error") {
        yield { index, error: fromStatus(outcome.value) };
      }
    }
  } finally {
    ended = true;
    wake();
  }
}
