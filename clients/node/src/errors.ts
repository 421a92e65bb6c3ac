// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { fromBinary, type DescMessage } from "@bufbuild/protobuf";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { status, type ServiceError } from "@grpc/grpc-js";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { StatusSchema, type Status } from "./gen/google/rpc/status_pb.js";

/** One field that breaks the contract. */
export interface FieldViolation {
  /** Path of the field, such as "parameters.plausibility_alpha" or "texts[3]". */
  field: string;
  /** What is wrong and what is allowed. */
  description: string;
}

/** Name of a gRPC status code, such as "INVALID_ARGUMENT". */
export type CodeName = keyof typeof status;

/** Why a call failed. Branch on `reason` (docs/errors.md lists all), never on the message. */
export class StrataError extends Error {
  override readonly name = "StrataError";
  /** gRPC status code. */
  readonly code: CodeName;
  /** The cause in UPPER_SNAKE_CASE. Empty if the status carries none, as those that gRPC makes itself. */
  readonly reason: string = "";
  /** Who defines the reason: "strata.dev". */
  readonly domain: string = "";
  /** Dynamic values of the message; units are part of the keys. */
  readonly metadata: Readonly<Record<string, string>> = {};
  /** Fields that break the contract, all that were found. */
  readonly violations: readonly FieldViolation[] = [];
  /** Least time to wait before a retry, in milliseconds. Undefined if the server says none. */
  readonly retryDelayMs: number | undefined;

  /** @internal Made by the client from a google.rpc.Status. */
  constructor(code: number, message: string, details: Status["details"] = [], cause?: unknown) {
    super(message, { cause });
    this.code = status[code] as CodeName ?? "UNKNOWN";
    try {
      for (const { typeUrl, value } of details) {
        const is = (schema: DescMessage) => typeUrl.endsWith(`/${schema.typeName}`);
        if (is(ErrorInfoSchema)) {
          ({ reason: this.reason, domain: this.domain, metadata: this.metadata } = fromBinary(ErrorInfoSchema, value));
        } else if (is(BadRequestSchema)) {
          this.violations = fromBinary(BadRequestSchema, value).fieldViolations.map(({ field, description }) => ({ field, description }));
        } else if (is(RetryInfoSchema)) {
          const delay = fromBinary(RetryInfoSchema, value).retryDelay;
          this.retryDelayMs = delay && durationMs(delay);
        }
      }
    } catch {
      // Not details of ours: code and message say what happened.
    }
  }
}

/** The error of one request on a stream. */
export function fromStatus(message: Status): StrataError {
  return new StrataError(message.code, message.message, message.details);
}

/** Gives an error of grpc-js its type; any other error stays what it is. */
export function typed(error: unknown): unknown {
  const failure = error as Partial<ServiceError>;
  if (!(error instanceof Error) || typeof failure.code !== "number" || failure.metadata === undefined) {
    return error;
  }
  const details = detailsOf(failure.metadata.get("grpc-status-details-bin")[0]);
  return new StrataError(failure.code, failure.details ?? failure.message ?? "", details, error);
}

function detailsOf(packed: unknown): Status["details"] {
  try {
    return packed instanceof Uint8Array ? fromBinary(StatusSchema, packed).details : [];
  } catch {
    return []; // Not a trailer of ours: the status alone says what happened.
  }
}
