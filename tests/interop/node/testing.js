// The services of ../protos, and what the cases send.
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const protos = fileURLToPath(new URL("../protos", import.meta.url));
export const { testing } = grpc.loadPackageDefinition(loadSync("test.proto", { includeDirs: [protos], keepCase: true })).grpc;

export const initialEcho = "x-grpc-test-echo-initial";
export const trailingEcho = "x-grpc-test-echo-trailing-bin";

export const zeros = (size) => ({ body: Buffer.alloc(size) });
