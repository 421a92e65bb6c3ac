// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { setMaxListeners } from "node:events";
import { status, type ClientReadableStream } from "@grpc/grpc-js";
import { StrataError, typed } from "./errors.js";

/** Cancels a call when the signal aborts, until the call has its status. */
export function onAbort(signal: AbortSignal | undefined, call: { cancel(): void; on(event: "status", listener: () => void): unknown }): void {
  const cancel = () => call.cancel();
  if (signal?.aborted) {
    cancel();
  }
  if (signal) {
    setMaxListeners(0, signal); // One signal for many calls is no leak: each takes its listener away at its end.
    signal.addEventListener("abort", cancel);
    call.on("status", () => signal.removeEventListener("abort", cancel));
  }
}

/** Waits until a call takes more. The call may end instead; its callback then says why, and further writes go nowhere. */
export function drained(call: NodeJS.EventEmitter): Promise<void> {
  const events = ["drain", "status", "close", "error"];
  return new Promise((resolve) => {
    const done = () => {
      events.forEach((event) => call.off(event, done));
      resolve();
    };
    events.forEach((event) => call.on(event, done));
  });
}

/** Yields what a call receives. Leaving the loop early cancels the call; after an abort nothing more is yielded, even what had arrived. */
export async function* iterate<T>(open: () => ClientReadableStream<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
  const call = open();
  onAbort(signal, call);
  try {
    for await (const message of call as AsyncIterable<T>) {
      if (signal?.aborted) {
        break;
      }
      yield message;
    }
    if (signal?.aborted) {
      throw new StrataError(status.CANCELLED, "The caller cancelled the call.");
    }
  } catch (error) {
    throw typed(error);
  } finally {
    call.cancel();
  }
}
