// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

import { type CallOptions, type Connection } from "./connection.js";
import { Health, HealthCheckResponse_ServingStatus } from "./gen/grpc/health/v1/health_pb.js";

/** Asks grpc.health.v1 for the status of one service. */
export async function checkHealth(connection: Connection, service: string, options: CallOptions): Promise<string> {
  const answer = await connection.unary(Health.method.check, { service }, options);
  return HealthCheckResponse_ServingStatus[answer.status] ?? "UNKNOWN";
}
