// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { create } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { DecodeResponseSchema } from "@strata/client";
import { all, serve } from "./server.js";

const decode = (client) => client.decode("a");

for (const { name, code, times, call, calls, ends } of [
  { name: "unavailableThrice_FourthAnswers", code: "UNAVAILABLE", times: 3, call: decode, calls: 4 },
  { name: "unavailableAlways_FourthIsTheLast", code: "UNAVAILABLE", times: 9, call: decode, calls: 4, ends: "UNAVAILABLE" },
  { name: "invalidArgument_IsNotRetried", code: "INVALID_ARGUMENT", times: 1, call: decode, calls: 1, ends: "INVALID_ARGUMENT" },
  { name: "delete_IsNotRetried", code: "UNAVAILABLE", times: 1, call: (client) => client.contexts.delete("a"), calls: 1, ends: "UNAVAILABLE" },
  { name: "stream_IsNotRetried", code: "UNAVAILABLE", times: 1, call: (client) => all(client.explain("a")), calls: 1, ends: "UNAVAILABLE" },
]) {
  test(`retry_${name}`, async (t) => {
    let made = 0;
    const unary = (_, answer) => ++made <= times ? answer({ code: status[code] }) : answer(null, create(DecodeResponseSchema));
    const explainStream = (stream) => ++made <= times ? stream.emit("error", { code: status[code] }) : stream.end();
    const client = await serve(t, { decode: unary, deleteContext: unary, explainStream });
    if (ends === undefined) {
      await call(client);
    } else {
      await assert.rejects(call(client), { name: "StrataError", code: ends });
    }
    assert.equal(made, calls);
  });
}

test("serviceConfig_OfNode_IsThatOfGoAndPython", () => {
  const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
  assert.deepEqual(read("../service-config.json"), read("../../go/service_config.json"));
  assert.deepEqual(read("../service-config.json"), read("../../python/src/strata_client/service_config.json"));
});
