// A server of gRPC's interoperability cases on grpc-js. Prints its port and ends with its input.
import { setTimeout as pause } from "node:timers/promises";
import grpc from "@grpc/grpc-js";
import { initialEcho, testing, trailingEcho, zeros } from "./testing.js";

/** Sends the initial metadata that the caller asks for; gives the trailing ones. */
function echo(call) {
  const headers = new grpc.Metadata();
  const trailers = new grpc.Metadata();
  call.metadata.get(initialEcho).forEach((value) => headers.add(initialEcho, value));
  call.metadata.get(trailingEcho).forEach((value) => trailers.add(trailingEcho, value));
  call.sendMetadata(headers);
  return trailers;
}

/** Sends what one request asks for; false if it asked for the end. */
async function answer(call, request) {
  if (request.response_status) {
    call.emit("error", { code: request.response_status.code, details: request.response_status.message });
    return false;
  }
  for (const { size, interval_us: microseconds } of request.response_parameters ?? []) {
    if (microseconds > 0) {
      await pause(microseconds / 1000);
    }
    call.write({ payload: zeros(size) });
  }
  return true;
}

const service = {
  EmptyCall: (call, callback) => callback(null, {}),

  UnaryCall: (call, callback) => {
    const { response_status: status, response_size: size } = call.request;
    const trailers = echo(call);
    if (status) {
      callback({ code: status.code, details: status.message });
    } else {
      callback(null, { payload: zeros(size) }, trailers);
    }
  },

  StreamingInputCall: async (call, callback) => {
    let sum = 0;
    call.on("data", (request) => (sum += request.payload.body.length));
    call.on("end", () => callback(null, { aggregated_payload_size: sum }));
  },

  StreamingOutputCall: async (call) => {
    if (await answer(call, call.request)) {
      call.end();
    }
  },

  FullDuplexCall: (call) => {
    const trailers = echo(call);
    // One after the other: the next request is answered after the last one.
    let last = Promise.resolve(true);
    call.on("data", (request) => (last = last.then((open) => open && answer(call, request))));
    call.on("end", () => last.then((open) => open && call.end(trailers)));
  },
};

const server = new grpc.Server();
server.addService(testing.TestService.service, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(port);
});
process.stdin.resume().on("end", () => server.forceShutdown());
