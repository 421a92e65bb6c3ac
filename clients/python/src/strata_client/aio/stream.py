"""Messages of a server, as an async iterator."""
from __future__ import annotations

import asyncio
from typing import Any, Callable, Generic, TypeVar

import grpc

from strata_client.errors import StrataError, from_rpc_error

T = TypeVar("T")


def task_is_cancelled() -> bool:
    """Whether it is the caller's task that was cancelled, and not a call. Before Python 3.11 nobody knows."""
    return bool(getattr(asyncio.current_task(), "cancelling", int)())


class Stream(Generic[T]):
    """Iterates the messages of a call. Leaving an ``async with`` block, or :meth:`cancel`, ends the call on the server too."""

    def __init__(
        self,
        call: Any,
        is_closed: Callable[[], bool],
        read: Callable[[Any], T] = lambda message: message,
        on_end: Callable[[], BaseException | None] = lambda: None,
    ):
        # on_end ends what sends the requests, and gives the exception with which the caller's own iterable failed.
        self._call, self._is_closed, self._read, self._on_end = call, is_closed, read, on_end
        self._messages = call.__aiter__()
        self._cancelled = False

    def __aiter__(self) -> "Stream[T]":
        return self

    async def __anext__(self) -> T:
        try:
            return self._read(await self._messages.__anext__())
        except StopAsyncIteration:
            if (own := self._on_end()) is not None:
                raise own
            raise
        except grpc.RpcError as failure:
            if (own := self._on_end()) is not None:
                raise own
            raise from_rpc_error(failure) from failure
        except asyncio.CancelledError:
            own = self._on_end()
            if task_is_cancelled():
                raise
            if own is not None:
                raise own
            if self._cancelled or self._is_closed():
                raise StrataError(grpc.StatusCode.CANCELLED, "The stream was cancelled.") from None
            raise

    def cancel(self) -> None:
        """Ends the call; the model stops within one layer. The next message is then a StrataError with code CANCELLED."""
        self._cancelled = True
        self._call.cancel()
        self._on_end()

    async def __aenter__(self) -> "Stream[T]":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cancel()

    def __del__(self) -> None:
        try:
            self.cancel()  # A stream that nobody reads must hold neither the model nor the task that sends.
        except RuntimeError:
            pass  # The event loop is closed, and the call with it.
