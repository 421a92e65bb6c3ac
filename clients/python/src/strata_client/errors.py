"""The one error of this package."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import grpc
from google.protobuf.message import DecodeError

from strata_client.rpc_types import error_details_pb2, status_pb2

_DETAILS = "grpc-status-details-bin"
_CODES = {code.value[0]: code for code in grpc.StatusCode}


@dataclass(frozen=True)
class FieldViolation:
    """A field of a request that breaks the contract, and why."""

    field: str
    description: str


@dataclass(eq=False)
class StrataError(Exception):
    """A call failed. Branch on ``reason``; docs/errors.md lists the reasons.

    ``reason`` and ``domain`` are empty for a status that gRPC itself made. ``metadata`` holds the dynamic values of the
    message, with units in the keys. ``retry_delay`` is the least time to wait, None if a retry does not help.
    """

    code: grpc.StatusCode
    message: str
    reason: str = ""
    domain: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    violations: list[FieldViolation] = field(default_factory=list)
    retry_delay: timedelta | None = None

    def __str__(self) -> str:
        return f"{self.code.name} {self.reason}: {self.message}"


def from_status(status: Any) -> StrataError:
    """The error in a google.rpc.Status."""
    error = StrataError(_CODES.get(status.code, grpc.StatusCode.UNKNOWN), status.message)
    info, request, retry = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
    try:
        for detail in status.details:
            if detail.Unpack(info):
                error.reason, error.domain, error.metadata = info.reason, info.domain, dict(info.metadata)
            elif detail.Unpack(request):
                error.violations = [FieldViolation(each.field, each.description) for each in request.field_violations]
            elif detail.Unpack(retry):
                error.retry_delay = retry.retry_delay.ToTimedelta()
    except DecodeError:
        pass  # Not details of ours: code and message say what happened.
    return error


def from_rpc_error(failure: Any) -> StrataError:
    """The error that a call of gRPC ended with."""
    for key, value in failure.trailing_metadata() or ():
        if key == _DETAILS:
            try:
                return from_status(status_pb2.Status.FromString(value))
            except DecodeError:  # Not a trailer of ours: the status alone says what happened.
                break
    return StrataError(failure.code(), failure.details() or "")
