"""Messages of a server, as an iterator."""
from __future__ import annotations

from typing import Any, Callable, Generic, TypeVar

import grpc

from strata_client.errors import from_rpc_error

T = TypeVar("T")


class Stream(Generic[T]):
    """Iterates the messages of a call. Leaving a ``with`` block, or :meth:`cancel`, ends the call on the server too."""

    def __init__(self, call: Any, read: Callable[[Any], T] = lambda message: message, on_end: Callable[[], None] = lambda: None):
        self._call, self._read, self._on_end = call, read, on_end

    def __iter__(self) -> "Stream[T]":
        return self

    def __next__(self) -> T:
        try:
            return self._read(next(self._call))
        except StopIteration:
            self._on_end()
            raise
        except grpc.RpcError as failure:
            self._on_end()
            raise from_rpc_error(failure) from failure

    def cancel(self) -> None:
        """Ends the call; the model stops within one layer. The next message is then a StrataError with code CANCELLED."""
        self._call.cancel()
        self._on_end()

    def __enter__(self) -> "Stream[T]":
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def __del__(self) -> None:
        self._call.cancel()  # A stream that nobody reads must not hold the model.
