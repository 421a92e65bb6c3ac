// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Prints what each layer of the model would have answered, as the layers arrive.
//
// usage: node examples/explain.ts ADDRESS TEXT      with Node.js 22.18 or later, which runs TypeScript; older ones need tsc

import { connect } from "@strata/client";

const [address = "127.0.0.1:50051", text = "I am fine"] = process.argv.slice(2);
const client = connect(address);
let labels: string[] = [];
for await (const { event } of client.explain(text, { deadlineMs: 5000 })) {
  if (event.case === "header") {
    labels = event.value.labels;
  } else if (event.case === "point") {
    const { layer, probabilities } = event.value;
    console.log(layer, labels[probabilities.indexOf(Math.max(...probabilities))]);
  } else if (event.case === "outcome") {
    console.log("decoded:", event.value.result?.label);
  }
}
client.close();
