// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import assert from "node:assert/strict";
import { once } from "node:events";
import test from "node:test";
import { create } from "@bufbuild/protobuf";
import { DecodeResponseSchema, DecodeStreamResponseSchema, ExplainStreamResponseSchema } from "@strata/client";
import { all, serve } from "./server.js";

const answerTo = ({ id, decode }) => create(DecodeStreamResponseSchema, decode.text === ""
  ? { id, outcome: { case: "error", value: { code: 3, message: "empty" } } }
  : { id, outcome: { case: "response", value: { requestId: decode.text } } });

test("decodeMany_OneTextIsBad_AnswersAllByIndex", async (t) => {
  const client = await serve(t, {
    decodeStream: (call) => {
      call.on("data", (request) => call.write(answerTo(request)));
      call.on("end", () => call.end());
    },
  });
  const answers = [];
  for await (const { index, response, error } of client.decodeMany(["a", "", "ç😀"])) {
    answers[index] = response?.requestId ?? error.code;
  }
  assert.deepEqual(answers, ["a", "INVALID_ARGUMENT", "ç😀"]);
});

test("decodeMany_InFlightIsTwo_NeverHasThreeOnTheWay", async (t) => {
  let open = 0, most = 0;
  const client = await serve(t, {
    decodeStream: (call) => {
      const waiting = [];
      call.on("data", (request) => {
        most = Math.max(most, ++open);
        waiting.push(request);
        // Answers in pairs, so that a client that sent more would be seen.
        setImmediate(() => {
          for (const each of waiting.splice(0)) {
            open--;
            call.write(answerTo(each));
          }
        });
      });
      call.on("end", () => setImmediate(() => call.end()));
    },
  });
  assert.equal((await all(client.decodeMany(["a", "b", "c", "d", "e"], { inFlight: 2 }))).length, 5);
  assert.equal(most, 2);
});

test("decodeMany_InFlightIsNotWhole_IsRoundedDown", async (t) => {
  let received = 0;
  const client = await serve(t, {
    decode: (_, answer) => answer(null, create(DecodeResponseSchema)),
    decodeStream: (call) => call.on("data", () => received++),
  });
  const waiting = client.decodeMany(["a", "b", "c", "d", "e"], { inFlight: 2.5 })[Symbol.asyncIterator]().next();
  await client.decode("x"); // Comes on the same connection, after all that has been sent.
  await client.decode("x");
  assert.equal(received, 2);
  client.close();
  await assert.rejects(waiting, { code: "CANCELLED" });
});

test("decodeMany_RequestsThrow_IsTheirError", async (t) => {
  const client = await serve(t, { decodeStream: (call) => call.on("data", () => {}).on("error", () => {}) });
  const requests = async function* () {
    yield "a";
    throw new RangeError("no more");
  };
  await assert.rejects(all(client.decodeMany(requests())), { name: "RangeError", message: "no more" });
});

test("decodeMany_InFlightIsZero_IsRefused", async (t) => {
  const client = await serve(t, { decodeStream: (call) => call.end() });
  await assert.rejects(all(client.decodeMany(["a"], { inFlight: 0 })), RangeError);
});

test("explain_LoopLeftEarly_CancelsTheServersCall", async (t) => {
  const { client, cancelled } = await endless(t);
  for await (const message of client.explain("a")) {
    assert.ok(message);
    break;
  }
  await cancelled();
});

test("explain_SignalAborts_CancelsTheServersCallAndYieldsNothingMore", async (t) => {
  const { client, cancelled } = await endless(t);
  const abort = new AbortController();
  let received = 0;
  await assert.rejects(async () => {
    for await (const _ of client.explain("a", { signal: abort.signal })) {
      received++;
      abort.abort();
    }
  }, { name: "StrataError", code: "CANCELLED" });
  assert.equal(received, 1);
  await cancelled();
});

test("explain_AbortAfterAllHasArrived_YieldsNothingMoreAndIsCancelled", async (t) => {
  const client = await serve(t, {
    decode: (_, answer) => answer(null, create(DecodeResponseSchema)),
    explainStream: (call) => {
      call.write(create(ExplainStreamResponseSchema));
      call.write(create(ExplainStreamResponseSchema));
      call.end();
    },
  });
  const abort = new AbortController();
  let received = 0;
  await assert.rejects(async () => {
    for await (const _ of client.explain("a", { signal: abort.signal })) {
      received++;
      await client.decode("b"); // Comes on the same connection, after all of the stream.
      abort.abort();
    }
  }, { name: "StrataError", code: "CANCELLED" });
  assert.equal(received, 1);
});

test("explain_SignalAbortedBefore_IsCancelled", async (t) => {
  const { client } = await endless(t);
  await assert.rejects(all(client.explain("a", { signal: AbortSignal.abort() })), { name: "StrataError", code: "CANCELLED" });
});

test("explain_DeadlinePasses_IsDeadlineExceeded", async (t) => {
  const { client } = await endless(t);
  await assert.rejects(all(client.explain("a", { deadlineMs: 50 })), { name: "StrataError", code: "DEADLINE_EXCEEDED" });
});

/** An Explain that sends one message and stays open; `cancelled` waits until its call is cancelled at the server. */
async function endless(t) {
  let ended;
  const explainStream = (call) => {
    ended = once(call, "cancelled");
    call.write(create(ExplainStreamResponseSchema, {}));
  };
  return { client: await serve(t, { explainStream }), cancelled: () => ended };
}
