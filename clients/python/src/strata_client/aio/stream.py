"""Messages of a server, as an async iterator."""
from __future__ import annotations

import asyncio
from typing import Any, Callable, Generic, TypeVar

import grpc

from strata_client.errors import StrataError, from_rpc_error

T = TypeVar("T")


class Stream(Generic[T]):
    """Iterates the messages of a call. Leaving an ``async with`` block, or :meth:`cancel`, ends the call on the server too."""

    def __init__(self, call: Any, read: Callable[[Any], T] = lambda message: message, on_end: Callable[[], None] = lambda: None):
        self._call, self._read, self._on_end = call, read, on_end
        self._messages = call.__aiter__()
        self._cancelled = False

    def __aiter__(self) -> "Stream[T]":
        return self

    async def __anext__(self) -> T:
        try:
            return self._read(await self._messages.__anext__())
        except StopAsyncIteration:
            self._on_end()
            raise
        except grpc.RpcError as failure:
            self._on_end()
            raise from_rpc_error(failure) from failure
        except asyncio.CancelledError:
            self._on_end()
            if not self._cancelled:
                raise  # The caller's task was cancelled, not the stream.
            raise StrataError(grpc.StatusCode.CANCELLED, "The stream was cancelled.") from None

    def cancel(self) -> None:
        """Ends the call; the model stops within one layer. The next message is then a StrataError with code CANCELLED."""
        self._cancelled = True
        self._call.cancel()

    async def __aenter__(self) -> "Stream[T]":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cancel()
