"""How a client reaches its server."""
from __future__ import annotations

import math
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import grpc

DEFAULT_DEADLINE = 30.0
"""Seconds that a unary call may take unless told otherwise."""


@dataclass(frozen=True)
class ConnectOptions:
    """TLS, key and default deadline.

    ``ca_file`` and the client certificate are PEM files and imply TLS. ``api_key`` is sent as ``authorization: Bearer
    KEY``. ``default_deadline`` is in seconds, for unary calls; None means no limit, as ``math.inf`` does in a call.
    ``channel_options`` go to gRPC.
    """

    tls: bool = False
    ca_file: str | None = None
    client_certificate_file: str | None = None
    client_key_file: str | None = None
    api_key: str | None = None
    default_deadline: float | None = DEFAULT_DEADLINE
    channel_options: Sequence[tuple[str, Any]] = ()

    def credentials(self) -> grpc.ChannelCredentials | None:
        """Credentials of the channel; None without TLS."""
        if not (self.tls or self.ca_file or self.client_certificate_file):
            return None
        key_file = self.client_key_file or self.client_certificate_file
        return grpc.ssl_channel_credentials(_read(self.ca_file), _read(key_file), _read(self.client_certificate_file))

    def metadata(self) -> list[tuple[str, str]]:
        """Metadata of every call."""
        return [("authorization", f"Bearer {self.api_key}")] if self.api_key else []

    def grpc_options(self) -> list[tuple[str, Any]]:
        """Channel options: the retries that every language has, and the caller's own."""
        config = pkgutil.get_data("strata_client", "service_config.json")
        assert config is not None
        return [("grpc.service_config", config.decode()), ("grpc.enable_retries", 1), *self.channel_options]


def open_channel(address: str, options: ConnectOptions, transport: Any) -> Any:
    """A channel of ``transport``: grpc or grpc.aio."""
    credentials = options.credentials()
    if credentials is None:
        return transport.insecure_channel(address, options=options.grpc_options())
    return transport.secure_channel(address, credentials, options=options.grpc_options())


def timeout_of(deadline: float | None) -> float | None:
    """A deadline as gRPC takes it, for which infinity would be over already."""
    return None if deadline == math.inf else deadline


def _read(file: str | None) -> bytes | None:
    return Path(file).read_bytes() if file else None
