// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

// Classifies one text.
//
// usage: node examples/decode.js ADDRESS TEXT

import { connect, StrataError } from "@strata/client";

const client = connect(process.argv[2]);
try {
  const { result } = await client.decode(process.argv[3]);
  console.log(result.label, result.probability.toFixed(2));
} catch (error) {
  if (!(error instanceof StrataError)) {
    throw error;
  }
  console.error(`refused, reason ${error.reason}: ${error.message}`);
  process.exitCode = 1;
} finally {
  client.close();
}
