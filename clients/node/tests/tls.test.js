// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { create } from "@bufbuild/protobuf";
import { ServerCredentials } from "@grpc/grpc-js";
import { connect, DecodeResponseSchema } from "@strata/client";
import { DecodingService } from "@strata/client/gen/strata/decoding/v1/decoding_service_pb.js";
import { closing, listen } from "./server.js";

test("connect_TlsWithClientCertificate_ReachesTheServer", async (t) => {
  const { port, files } = await serveTls(t);
  const client = closing(t, connect(`127.0.0.1:${port}`, { tls: { caFile: files.certFile, ...files }, apiKey: "secret" }));
  assert.equal((await client.decode("a")).requestId, "Bearer secret");
});

test("connect_TlsWithoutClientCertificate_IsUnavailable", async (t) => {
  const { port, files } = await serveTls(t);
  const client = closing(t, connect(`127.0.0.1:${port}`, { tls: { caFile: files.certFile } }));
  await assert.rejects(client.decode("a"), { name: "StrataError", code: "UNAVAILABLE" });
});

test("connect_UnknownAuthority_IsUnavailable", async (t) => {
  const { port, files } = await serveTls(t);
  const client = closing(t, connect(`127.0.0.1:${port}`, { tls: { caFile: selfSigned(t).certFile, ...files } }));
  await assert.rejects(client.decode("a"), { name: "StrataError", code: "UNAVAILABLE" });
});

test("connect_FileIsAbsent_Throws", () => {
  assert.throws(() => connect("127.0.0.1:1", { tls: { caFile: "absent.pem" } }), { code: "ENOENT" });
});

/** A server that demands a client certificate and answers with the key it saw; its certificate is the client's and the authority too. */
async function serveTls(t) {
  const files = selfSigned(t);
  const [certificate, key] = [readFileSync(files.certFile), readFileSync(files.keyFile)];
  const credentials = ServerCredentials.createSsl(certificate, [{ cert_chain: certificate, private_key: key }], true);
  const decode = ({ metadata }, answer) => answer(null, create(DecodeResponseSchema, { requestId: String(metadata.get("authorization")) }));
  return { port: await listen(t, DecodingService, { decode }, credentials), files };
}

function selfSigned(t) {
  const folder = mkdtempSync(join(tmpdir(), "strata-tls-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
  execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=test",
    "-addext", "subjectAltName=IP:127.0.0.1", "-out", files.certFile, "-keyout", files.keyFile,
  ], { stdio: "pipe" });
  return files;
}
