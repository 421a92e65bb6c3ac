"""A channel with the key and the default deadline of its options, for asyncio."""
from __future__ import annotations

import asyncio
from typing import Any, Callable, TypeVar

import grpc
import grpc.aio

from strata_client import health
from strata_client.aio.stream import Stream, task_is_cancelled
from strata_client.errors import StrataError, from_rpc_error
from strata_client.options import ConnectOptions, open_channel, timeout_of

C = TypeVar("C", bound="Connection")


class Connection:
    """What every client of a service has: calls, health, close. A client is an async context manager, for one event loop."""

    def __init__(self, address: str, options: ConnectOptions | None):
        self._options = options or ConnectOptions()
        self._channel = open_channel(address, self._options, grpc.aio)
        self._closed = False

    async def health(self, service: str = "") -> str:
        """SERVING or NOT_SERVING of a service by full name; empty means the server as a whole."""
        return health.status_of(await self._unary(self._channel.unary_unary(health.METHOD), health.request_bytes(service), None))

    async def close(self) -> None:
        """Closes the connection; calls in flight end with an error."""
        self._closed = True
        await self._channel.close()

    async def __aenter__(self: C) -> C:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _unary(self, method: Callable[..., Any], request: Any, deadline: float | None) -> Any:
        limit = self._options.default_deadline if deadline is None else deadline
        return await self._answer(method, request, limit)

    async def _answer(self, method: Callable[..., Any], request: Any, limit: float | None) -> Any:
        try:
            return await self._call(method, request, limit)
        except grpc.RpcError as failure:
            raise from_rpc_error(failure) from failure
        except asyncio.CancelledError:
            if self._closed and not task_is_cancelled():
                raise StrataError(grpc.StatusCode.CANCELLED, "The client was closed.") from None
            raise

    def _call(self, method: Callable[..., Any], request: Any, deadline: float | None) -> Any:
        return method(request, timeout=timeout_of(deadline), metadata=self._options.metadata())

    def _stream(self, method: Callable[..., Any], request: Any, deadline: float | None) -> "Stream[Any]":
        return self._iterate(self._call(method, request, deadline))

    def _iterate(self, call: Any, *given: Any) -> "Stream[Any]":
        return Stream(call, lambda: self._closed, *given)

    async def _all_pages(self, method: Callable[..., Any], request: Any, field: str, deadline: float | None) -> list[Any]:
        items: list[Any] = []
        while True:
            page = await self._unary(method, request, deadline)
            items += getattr(page, field)
            if not page.next_page_token:
                return items
            request.page_token = page.next_page_token
