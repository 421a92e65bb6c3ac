// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import test from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { Metadata, status } from "@grpc/grpc-js";
import { StrataError, DecodeResponseSchema, ExplainStreamResponseSchema } from "@strata/client";
import { ErrorInfoSchema, RetryInfoSchema, BadRequestSchema } from "@strata/client/gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "@strata/client/gen/google/rpc/status_pb.js";
import { serve, warnings } from "./server.js";

const echo = ({ request }, answer) => answer(null, create(DecodeResponseSchema, { requestId: request.text }));

test("decode_UnicodeText_ArrivesWhole", async (t) => {
  const client = await serve(t, { decode: echo });
  assert.equal((await client.decode("naïve 😀 \u0000 日本")).requestId, "naïve 😀 \u0000 日本");
});

test("decode_ApiKey_TravelsAsBearer", async (t) => {
  const decode = ({ metadata }, answer) => answer(null, create(DecodeResponseSchema, { requestId: String(metadata.get("authorization")) }));
  const client = await serve(t, { decode }, { apiKey: "secret" });
  assert.equal((await client.decode("a")).requestId, "Bearer secret");
});

test("decode_StatusWithDetails_IsTyped", async (t) => {
  const details = [
    anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { reason: "OVERLOADED", domain: "strata.dev", metadata: { permits: "2" } })),
    anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: { seconds: 0n, nanos: 250_000_000 } })),
    anyPack(BadRequestSchema, create(BadRequestSchema, { fieldViolations: [{ field: "text", description: "leer" }] })),
  ];
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(toBinary(StatusSchema, create(StatusSchema, { code: 8, message: "voll ☹", details }))));
  const client = await serve(t, { decode: (_, answer) => answer({ code: status.RESOURCE_EXHAUSTED, details: "voll ☹", metadata }) });
  await assert.rejects(client.decode("a"), (error) => {
    assert.ok(error instanceof StrataError);
    assert.deepEqual(
      [error.code, error.reason, error.domain, error.message, error.metadata, error.retryDelayMs, error.violations],
      ["RESOURCE_EXHAUSTED", "OVERLOADED", "strata.dev", "voll ☹", { permits: "2" }, 250, [{ field: "text", description: "leer" }]]);
    return true;
  });
});

test("decode_DetailsAreNone_LeavesTheStatus", async (t) => {
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from([0xff, 0xff]));
  const client = await serve(t, { decode: (_, answer) => answer({ code: status.INTERNAL, details: "broken", metadata }) });
  await assert.rejects(client.decode("a"), { name: "StrataError", code: "INTERNAL", reason: "", message: "broken" });
});

test("close_CallsInFlight_EndThem", async (t) => {
  let begun;
  const arrived = new Promise((resolve) => { begun = resolve; });
  const client = await serve(t, { decode: () => begun(), explainStream: (call) => { call.write(create(ExplainStreamResponseSchema)); } });
  const events = client.explain("a")[Symbol.asyncIterator]();
  await events.next();
  const unary = client.decode("a");
  await arrived;
  client.close();
  await assert.rejects(unary, { name: "StrataError", code: "CANCELLED" });
  await assert.rejects(events.next(), { name: "StrataError", code: "CANCELLED" });
  client.close();
});

test("decode_DefaultDeadlinePasses_IsDeadlineExceeded", async (t) => {
  const client = await serve(t, { decode: () => {} }, { defaultDeadlineMs: 50 });
  await assert.rejects(client.decode("a"), { name: "StrataError", code: "DEADLINE_EXCEEDED" });
});

test("decode_ManyShareASignal_WarnOfNothingAndLeaveNothing", async (t) => {
  const warned = warnings(t);
  const client = await serve(t, { decode: echo });
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 20 }, (_, i) => client.decode(`${i}`, { signal })));
  await new Promise(setImmediate);
  assert.deepEqual(warned, []);
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});

test("decode_SignalAborts_CancelsTheServersCall", async (t) => {
  const abort = new AbortController();
  let cancelled;
  const client = await serve(t, { decode: (call) => { cancelled = once(call, "cancelled"); abort.abort(); } });
  await assert.rejects(client.decode("a", { signal: abort.signal }), { code: "CANCELLED", reason: "" });
  await cancelled;
});
