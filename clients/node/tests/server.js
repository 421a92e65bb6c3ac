// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { connect, connectBackbone } from "@strata/client";
import { BackboneService } from "@strata/client/gen/strata/backbone/v1/backbone_service_pb.js";
import { DecodingService } from "@strata/client/gen/strata/decoding/v1/decoding_service_pb.js";

/** Starts a server made with grpc-js alone, what the client must get along with, and returns its port. */
export async function listen(t, service, handlers, credentials = ServerCredentials.createInsecure()) {
  const definition = Object.fromEntries(Object.keys(handlers).map((name) => {
    const { input, output, methodKind, name: rpc } = service.method[name];
    return [name, {
      path: `/${service.typeName}/${rpc}`,
      requestStream: methodKind === "client_streaming" || methodKind === "bidi_streaming",
      responseStream: methodKind === "server_streaming" || methodKind === "bidi_streaming",
      requestDeserialize: (bytes) => fromBinary(input, bytes),
      responseSerialize: (message) => Buffer.from(toBinary(output, message)),
    }];
  }));
  const server = new Server();
  server.addService(definition, handlers);
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => error ? reject(error) : resolve(bound)));
  t.after(() => server.forceShutdown());
  return port;
}

/** A client of a Decoding with these handlers. */
export async function serve(t, handlers, options) {
  return closing(t, connect(`127.0.0.1:${await listen(t, DecodingService, handlers)}`, options));
}

/** A client of a Backbone with these handlers. */
export async function serveBackbone(t, handlers) {
  return closing(t, connectBackbone(`127.0.0.1:${await listen(t, BackboneService, handlers)}`));
}

/** Closes the client after the test. */
export function closing(t, client) {
  t.after(() => client.close());
  return client;
}

/** The warnings of Node.js from now on, as of listeners that leak. */
export function warnings(t) {
  const messages = [];
  const note = ({ message }) => messages.push(message);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  return messages;
}

/** Everything that an iterable yields. */
export async function all(items) {
  const list = [];
  for await (const item of items) {
    list.push(item);
  }
  return list;
}
