"""A channel with the key and the default deadline of its options."""
from __future__ import annotations

from typing import Any, Callable, TypeVar

import grpc

from strata_client import health
from strata_client.errors import from_rpc_error
from strata_client.options import ConnectOptions, open_channel, timeout_of
from strata_client.stream import Stream

C = TypeVar("C", bound="Connection")
T = TypeVar("T")


class Connection:
    """What every client of a service has: calls, health, close. A client is a context manager and safe between threads."""

    def __init__(self, address: str, options: ConnectOptions | None):
        self._options = options or ConnectOptions()
        self._channel = open_channel(address, self._options, grpc)

    def health(self, service: str = "") -> str:
        """SERVING or NOT_SERVING of a service by full name; empty means the server as a whole."""
        return health.status_of(self._unary(self._channel.unary_unary(health.METHOD), health.request_bytes(service), None))

    def close(self) -> None:
        """Closes the connection; calls in flight end with an error."""
        self._channel.close()

    def __enter__(self: C) -> C:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unary(self, method: Callable[..., T], request: Any, deadline: float | None) -> T:
        limit = self._options.default_deadline if deadline is None else deadline
        try:
            return self._call(method, request, limit)
        except grpc.RpcError as failure:
            raise from_rpc_error(failure) from failure

    def _call(self, method: Callable[..., Any], request: Any, deadline: float | None) -> Any:
        return method(request, timeout=timeout_of(deadline), metadata=self._options.metadata())

    def _stream(self, method: Callable[..., Any], request: Any, deadline: float | None) -> "Stream[Any]":
        return Stream(self._call(method, request, deadline))

    def _all_pages(self, method: Callable[..., Any], request: Any, field: str, deadline: float | None) -> list[Any]:
        items: list[Any] = []
        while True:
            page = self._unary(method, request, deadline)
            items += getattr(page, field)
            if not page.next_page_token:
                return items
            request.page_token = page.next_page_token
