// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// The executor of the conformance suite: one case a line on stdin, its result a line on stdout.
//
// usage: node execute.js --decoding HOST:PORT --backbone HOST:PORT [--tls HOST:PORT --ca FILE --cert FILE --key FILE]
//
// Calls with the target decoding_tls go to the address of --tls.

import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { connect, connectBackbone, StrataError } from "@strata/client";
import { describe, start } from "./calls.js";

const text = { type: "string" };
const { values } = parseArgs({ options: { decoding: text, backbone: text, tls: text, ca: text, cert: text, key: text } });
const clients = { decoding: connect(values.decoding), backbone: connectBackbone(values.backbone) };
if (values.tls !== undefined) {
  clients.decoding_tls = connect(values.tls, { tls: { caFile: values.ca, certFile: values.cert, keyFile: values.key } });
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
}
for (const client of Object.values(clients)) {
  client.close();
}

async function run(command) {
  const result = { id: command.id, responses: [], error: null };
  const cancellation = new AbortController();
  const options = { signal: cancellation.signal };
  if (command.deadlineMs != null) {
    options.deadlineMs = command.deadlineMs;
  }
  try {
    for await (const response of start(clients, command, options)) {
      if (cancellation.signal.aborted) {
        continue; // Was on its way when the case cancelled.
      }
      result.responses.push(response);
      if (result.responses.length === command.cancelAfter) {
        cancellation.abort();
      }
    }
  } catch (error) {
    if (!(error instanceof StrataError)) {
      throw error; // A bug of the executor or its client.
    }
    result.error = describe(error);
  }
  if (command.call === "decode_many") {
    result.responses.sort((a, b) => a.index - b.index);
  }
  return result;
}
