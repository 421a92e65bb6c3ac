// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { readFileSync } from "node:fs";
import { create, fromBinary, toBinary, type DescMessage, type DescMethod, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { Client, credentials, Metadata, type CallOptions as GrpcCallOptions, type ChannelOptions } from "@grpc/grpc-js";
import { typed } from "./errors.js";
import { drained, iterate, onAbort } from "./streams.js";

/** How a client connects. */
export interface ConnectOptions {
  /** Encrypts the connection. Absent: plain text. Paths of PEM files; without `caFile` the authorities that Node trusts. */
  tls?: { caFile?: string; certFile?: string; keyFile?: string };
  /** Sent with every call as the metadata "authorization: Bearer KEY". Without `tls` it travels in the clear. */
  apiKey?: string;
  /** Bounds each unary call that has no deadline of its own, in milliseconds. Streams are not bounded. Absent: 30 000; Infinity: no bound. */
  defaultDeadlineMs?: number;
  /** Further options of the channel, as grpc-js names them. */
  channelOptions?: ChannelOptions;
}

/** How one call ends early. */
export interface CallOptions {
  /** Time until the call fails with DEADLINE_EXCEEDED, in milliseconds. */
  deadlineMs?: number;
  /** Cancels the call; the server stops within one layer and the call fails with CANCELLED. */
  signal?: AbortSignal;
}

type Call = { cancel(): void; on(event: "status", listener: () => void): unknown };

type Method<I extends DescMessage, O extends DescMessage> = DescMethod & { input: I; output: O };

const defaultDeadlineMs = 30_000;

// Retries the idempotent unary calls on UNAVAILABLE, four attempts in all, and never a stream.
const serviceConfig = readFileSync(new URL("../service-config.json", import.meta.url), "utf8");

/** What both clients stand on: typed calls over one channel. */
export class Connection {
  readonly #channel: Client;
  readonly #metadata = new Metadata();
  readonly #defaultDeadlineMs: number;
  readonly #calls = new Set<Call>();

  constructor(address: string, options: ConnectOptions) {
    const { tls } = options;
    const pem = (path?: string) => path === undefined ? null : readFileSync(path);
    const security = tls ? credentials.createSsl(pem(tls.caFile), pem(tls.keyFile), pem(tls.certFile)) : credentials.createInsecure();
    this.#channel = new Client(address, security, { "grpc.service_config": serviceConfig, ...options.channelOptions });
    this.#defaultDeadlineMs = options.defaultDeadlineMs ?? defaultDeadlineMs;
    if (options.apiKey !== undefined) {
      this.#metadata.set("authorization", `Bearer ${options.apiKey}`);
    }
  }

  close(): void {
    this.#calls.forEach((call) => call.cancel()); // A channel of grpc-js only refuses new calls.
    this.#channel.close();
  }

  async unary<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>, request: MessageInitShape<I>, options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    const message = create(method.input, request);
    return await new Promise((resolve, reject) => {
      const call = this.#track(this.#channel.makeUnaryRequest(
        pathOf(method), (value: MessageShape<I>) => encode(method.input, value), (bytes) => fromBinary(method.output, bytes),
        message, this.#metadata, this.#callOptions(options, this.#defaultDeadlineMs),
        (error, answer) => error ? reject(typed(error)) : resolve(answer!),
      ));
      onAbort(options.signal, call);
    });
  }

  /** Uploads a sequence and waits for the one answer. */
  async clientStream<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>, requests: AsyncIterable<MessageInitShape<I>>, options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    return await new Promise((resolve, reject) => {
      const call = this.#track(this.#channel.makeClientStreamRequest(
        pathOf(method), (value: MessageShape<I>) => encode(method.input, value), (bytes) => fromBinary(method.output, bytes),
        this.#metadata, this.#callOptions(options),
        (error, answer) => error ? reject(typed(error)) : resolve(answer!),
      ));
      onAbort(options.signal, call);
      let ended = false;
      call.on("status", () => { ended = true; });
      (async () => {
        for await (const request of requests) {
          if (!ended && !call.write(create(method.input, request))) {
            await drained(call);
          }
          if (ended) {
            return; // The rest of the requests, perhaps without end, is for nobody.
          }
        }
        call.end();
      })().catch((error) => { reject(error); call.cancel(); });
    });
  }

  serverStream<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>, request: MessageInitShape<I>, options: CallOptions = {},
  ): AsyncIterable<MessageShape<O>> {
    const open = () => this.#track(this.#channel.makeServerStreamRequest(
      pathOf(method), (value: MessageShape<I>) => encode(method.input, value), (bytes) => fromBinary(method.output, bytes),
      create(method.input, request), this.#metadata, this.#callOptions(options),
    ));
    return iterate(open, options.signal);
  }

  /** Opens a stream of both sides; `pump` writes the requests. */
  bidiStream<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>, pump: (write: (request: MessageInitShape<I>) => void) => Promise<void>, options: CallOptions = {},
  ): AsyncIterable<MessageShape<O>> {
    const open = () => {
      const call = this.#track(this.#channel.makeBidiStreamRequest(
        pathOf(method), (value: MessageShape<I>) => encode(method.input, value), (bytes) => fromBinary(method.output, bytes),
        this.#metadata, this.#callOptions(options),
      ));
      pump((request) => void call.write(create(method.input, request))).then(() => call.end(), (error) => call.destroy(error));
      return call;
    };
    return iterate(open, options.signal);
  }

  #track<C extends Call>(call: C): C {
    this.#calls.add(call);
    call.on("status", () => this.#calls.delete(call));
    return call;
  }

  #callOptions(options: CallOptions, defaultDeadlineMs?: number): GrpcCallOptions {
    const limit = options.deadlineMs ?? defaultDeadlineMs;
    return limit === undefined ? {} : { deadline: Date.now() + limit };
  }
}

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function encode<T extends DescMessage>(schema: T, message: MessageShape<T>): Buffer {
  return Buffer.from(toBinary(schema, message));
}
