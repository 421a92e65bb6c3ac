// gRPC's interoperability cases on grpc-js. usage: client.js HOST:PORT CASE...
import assert from "node:assert/strict";
import grpc from "@grpc/grpc-js";
import { initialEcho, testing, trailingEcho, zeros } from "./testing.js";

const { status } = grpc;
const largeRequest = 271828;
const largeResponse = 314159;
const requests = [27182, 8, 1828, 45904];
const responses = [31415, 9, 2653, 58979];
const sum = (sizes) => sizes.reduce((left, right) => left + right);
const trailingValue = Buffer.from([0xab, 0xab, 0xab]);
const specialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

const [address, ...names] = process.argv.slice(2);
const plain = grpc.credentials.createInsecure();
const client = new testing.TestService(address, plain);
const gzipClient = new testing.TestService(address, plain, { "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip });
const unimplemented = new testing.UnimplementedService(address, plain);

// Only a hanging server meets it.
const options = () => ({ deadline: Date.now() + 30_000 });
const large = (fields) => ({ response_size: largeResponse, payload: zeros(largeRequest), ...fields });
const ping = (response, request) => ({ response_parameters: [{ size: response }], payload: zeros(request) });

function checkZeros(payload, size) {
  assert.equal(payload.body.length, size);
  assert.ok(payload.body.equals(Buffer.alloc(size)), "the body is not all zeros");
}

/** Makes a unary call: its answer, initial and trailing metadata. */
function unary(on, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve, reject) => {
    const result = {};
    const call = on[method](request, metadata, options(), (error, response) => {
      result.response = response;
      return error && reject(error);
    });
    call.on("metadata", (initial) => (result.initial = initial));
    call.on("status", (end) => end.code === status.OK && resolve({ ...result, trailing: end.metadata }));
  });
}

/** Makes a client stream of these requests. */
function upload(requests) {
  return new Promise((resolve, reject) => {
    const call = client.StreamingInputCall(new grpc.Metadata(), options(), (error, response) => (error ? reject(error) : resolve(response)));
    requests.forEach((request) => call.write(request));
    call.end();
  });
}

async function checkFails(promise, code, details) {
  const error = await promise.then(() => assert.fail(`the call succeeded, expected ${status[code]}`), (failure) => failure);
  assert.equal(error.code, code, error.message);
  if (details !== undefined) {
    assert.equal(error.details, details);
  }
}

async function checkNext(messages, size) {
  const { value, done } = await messages.next();
  assert.ok(!done, "the stream ended early");
  checkZeros(value.payload, size);
}

const checkEnd = async (messages) => assert.ok((await messages.next()).done, "the stream goes on after its last message");

async function download(parameters) {
  const messages = client.StreamingOutputCall({ response_parameters: parameters }, options())[Symbol.asyncIterator]();
  for (const { size } of parameters) {
    await checkNext(messages, size);
  }
  await checkEnd(messages);
}

function checkEcho(initial, trailing) {
  assert.deepEqual(initial.get(initialEcho), ["test_initial_metadata_value"]);
  assert.deepEqual(trailing.get(trailingEcho), [trailingValue]);
}

const cases = {
  empty_unary: async () => assert.deepEqual({ ...(await unary(client, "EmptyCall", {})).response }, {}),

  large_unary: async () => checkZeros((await unary(client, "UnaryCall", large())).response.payload, largeResponse),

  client_streaming: async () => {
    const answer = await upload(requests.map((size) => ({ payload: zeros(size) })));
    assert.equal(answer.aggregated_payload_size, sum(requests));
  },

  server_streaming: () => download(responses.map((size) => ({ size }))),

  ping_pong: async () => {
    const call = client.FullDuplexCall(options());
    const messages = call[Symbol.asyncIterator]();
    for (const [index, size] of responses.entries()) {
      call.write(ping(size, requests[index]));
      await checkNext(messages, size);
    }
    call.end();
    await checkEnd(messages);
  },

  empty_stream: async () => {
    const call = client.FullDuplexCall(options());
    call.end();
    await checkEnd(call[Symbol.asyncIterator]());
  },

  cancel_after_begin: () =>
    checkFails(
      new Promise((resolve, reject) => {
        const call = client.StreamingInputCall(new grpc.Metadata(), options(), (error) => (error ? reject(error) : resolve()));
        call.cancel();
      }),
      status.CANCELLED,
    ),

  cancel_after_first_response: async () => {
    const call = client.FullDuplexCall(options());
    const messages = call[Symbol.asyncIterator]();
    call.write(ping(responses[0], requests[0]));
    await checkNext(messages, responses[0]);
    call.cancel();
    await checkFails(messages.next(), status.CANCELLED);
  },

  timeout_on_sleeping_server: async () => {
    const call = client.FullDuplexCall({ deadline: Date.now() + 1 });
    call.write({ payload: zeros(requests[0]) });
    await checkFails(call[Symbol.asyncIterator]().next(), status.DEADLINE_EXCEEDED);
  },

  custom_metadata: async () => {
    const metadata = new grpc.Metadata();
    metadata.add(initialEcho, "test_initial_metadata_value");
    metadata.add(trailingEcho, trailingValue);
    const { response, initial, trailing } = await unary(client, "UnaryCall", large(), metadata);
    checkZeros(response.payload, largeResponse);
    checkEcho(initial, trailing);

    const call = client.FullDuplexCall(metadata, options());
    const begun = new Promise((resolve) => call.on("metadata", resolve));
    const ended = new Promise((resolve) => call.on("status", resolve));
    const messages = call[Symbol.asyncIterator]();
    call.write(ping(largeResponse, largeRequest));
    await checkNext(messages, largeResponse);
    call.end();
    await checkEnd(messages);
    checkEcho(await begun, (await ended).metadata);
  },

  status_code_and_message: async () => {
    const asked = { code: status.UNKNOWN, message: "test status message" };
    await checkFails(unary(client, "UnaryCall", { response_status: asked }), asked.code, asked.message);
    const call = client.FullDuplexCall(options());
    call.write({ response_status: asked });
    call.end();
    await checkFails(call[Symbol.asyncIterator]().next(), asked.code, asked.message);
  },

  special_status_message: () =>
    checkFails(
      unary(client, "UnaryCall", { response_status: { code: status.UNKNOWN, message: specialMessage } }),
      status.UNKNOWN,
      specialMessage,
    ),

  unimplemented_method: () => checkFails(unary(client, "UnimplementedMethod", {}), status.UNIMPLEMENTED),

  unimplemented_service: () => checkFails(unary(unimplemented, "UnimplementedCall", {}), status.UNIMPLEMENTED),

  client_compressed_unary: async () => {
    await checkFails(unary(client, "UnaryCall", large({ expect_compressed: { value: true } })), status.INVALID_ARGUMENT);
    for (const [on, value] of [[gzipClient, true], [client, false]]) {
      const { response } = await unary(on, "UnaryCall", large({ expect_compressed: { value } }));
      checkZeros(response.payload, largeResponse);
    }
  },

  // grpc-js does not show the flag of a message: these two see that a compressed message is understood.
  server_compressed_unary: async () => {
    for (const value of [true, false]) {
      const { response } = await unary(client, "UnaryCall", large({ response_compressed: { value } }));
      checkZeros(response.payload, largeResponse);
    }
  },

  server_compressed_streaming: () =>
    download([
      { size: 31415, compressed: { value: true } },
      { size: 92653, compressed: { value: false } },
    ]),
};

for (const name of names) {
  const run = cases[name];
  const line = run
    ? await run().then(() => `ok ${name}`, (failure) => `failed ${name} ${failure.message}`)
    : `unsupported ${name}`;
  console.log(line.replace(/\s+/gu, " "));
}
// grpc-js keeps the process of a cancelled call alive until the deadline.
process.exit();
