// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import assert from "node:assert/strict";
import test from "node:test";
import { create } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { ExportContextResponseSchema, ImportContextResponseSchema, ListContextsResponseSchema, SwapStage } from "@strata/client";
import { SwapModelResponseSchema } from "@strata/client/gen/strata/backbone/v1/backbone_service_pb.js";
import { all, serve, serveBackbone, warnings } from "./server.js";

test("list_ThreePages_AreOneSequence", async (t) => {
  const next = { "": "b", b: "c", c: "" };
  const client = await serve(t, {
    listContexts: ({ request: { pageToken, backbone } }, answer) =>
      answer(null, create(ListContextsResponseSchema, { contexts: [{ id: `${backbone} ${pageToken}` }], nextPageToken: next[pageToken] })),
  });
  assert.deepEqual((await all(client.contexts.list("icl"))).map(({ id }) => id), ["icl ", "icl b", "icl c"]);
});

test("export_ThenImport_GivesTheSameBytesInChunks", async (t) => {
  const file = Buffer.alloc(384 * 1024, "0123456789abcdefg");
  const parts = [];
  const client = await serve(t, {
    exportContext: (call) => {
      call.write(create(ExportContextResponseSchema, { data: file.subarray(0, 1000) }));
      call.write(create(ExportContextResponseSchema, { data: file.subarray(1000) }));
      call.end();
    },
    importContext: (call, answer) => {
      call.on("data", ({ data }) => parts.push(data));
      call.on("end", () => answer(null, create(ImportContextResponseSchema, { context: { id: "imported" } })));
    },
  });
  assert.equal((await client.contexts.import(client.contexts.export("a"))).id, "imported");
  assert.ok(Buffer.concat(parts).equals(file));
  assert.ok(parts.every((part) => part.length <= 256 * 1024));
});

test("import_ServerRefusesEarly_SaysWhy", async (t) => {
  const client = await serve(t, { importContext: (_, answer) => answer({ code: status.DATA_LOSS, details: "damaged" }) });
  await assert.rejects(client.contexts.import([Buffer.alloc(4 << 20)]), { name: "StrataError", code: "DATA_LOSS", message: "damaged" });
});

test("import_ServerRefusesEarly_ReadsNoFurther", async (t) => {
  const client = await serve(t, { importContext: (_, answer) => answer({ code: status.DATA_LOSS, details: "damaged" }) });
  const { file, left } = endless();
  await assert.rejects(client.contexts.import(file), { code: "DATA_LOSS" });
  await left;
});

test("import_SignalAborts_ReadsNoFurther", async (t) => {
  const abort = new AbortController();
  const client = await serve(t, { importContext: (call) => call.once("data", () => abort.abort()).on("error", () => {}) });
  const { file, left } = endless();
  await assert.rejects(client.contexts.import(file, { signal: abort.signal }), { code: "CANCELLED" });
  await left;
});

test("import_ServerReadsSlowly_WaitsForItWithoutAWarning", async (t) => {
  const warned = warnings(t);
  const chunk = Buffer.alloc(64);
  let received = 0;
  const client = await serve(t, {
    importContext: (call, answer) => {
      call.on("data", () => received++);
      call.on("end", () => answer(null, create(ImportContextResponseSchema, { context: { id: "imported" } })));
    },
  });
  await client.contexts.import(Array(1000).fill(chunk)); // Many times what a stream buffers.
  assert.equal(received, 1000);
  await new Promise(setImmediate);
  assert.deepEqual(warned, []);
});

test("import_FileFails_IsTheFilesError", async (t) => {
  const client = await serve(t, { importContext: (call) => call.on("data", () => {}).on("error", () => {}) });
  const file = async function* () {
    yield Buffer.alloc(10);
    throw new RangeError("disk");
  };
  await assert.rejects(client.contexts.import(file()), { name: "RangeError", message: "disk" });
});

test("swap_GoodFolder_YieldsTheStages", async (t) => {
  const stages = [SwapStage.LOADING, SwapStage.DRAINING, SwapStage.DONE];
  const client = await serveBackbone(t, {
    swapModel: (call) => {
      stages.forEach((stage) => call.write(create(SwapModelResponseSchema, { stage })));
      call.end();
    },
  });
  assert.deepEqual((await all(client.swap({ name: "emotion", folder: "next" }))).map(({ stage }) => stage), stages);
});

test("swap_BadFolder_IsTyped", async (t) => {
  const client = await serveBackbone(t, { swapModel: (call) => call.emit("error", { code: status.NOT_FOUND, details: "no model.onnx" }) });
  await assert.rejects(all(client.swap({ name: "emotion", folder: "bad" })), { name: "StrataError", code: "NOT_FOUND", message: "no model.onnx" });
});

/** A file without an end; `left` waits until nobody reads it any more. */
function endless() {
  let leave;
  const left = new Promise((resolve) => { leave = resolve; });
  const file = async function* () {
    try {
      for (;;) {
        yield Buffer.alloc(1000);
        await new Promise(setImmediate);
      }
    } finally {
      leave();
    }
  };
  return { file: file(), left };
}
