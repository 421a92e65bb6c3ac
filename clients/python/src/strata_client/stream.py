"""Messages of a server, as an iterator."""
from __future__ import annotations

from typing import Any, Callable, Generic, TypeVar

import grpc

from strata_client.errors import from_rpc_error

T = TypeVar("T")


class Stream(Generic[T]):
    """Iterates the messages of a call. Leaving a ``with`` block, or :meth:`cancel`, ends the call on the server too."""

    def __init__(
        self,
        call: Any,
        read: Callable[[Any], T] = lambda message: message,
        on_end: Callable[[], BaseException | None] = lambda: None,
    ):
        # on_end ends what sends the requests, and gives the exception with which the caller's own iterable failed.
        self._call, self._read, self._on_end = call, read, on_end

    def __iter__(self) -> "Stream[T]":
        return self

    def __next__(self) -> T:
        try:
            return self._read(next(self._call))
        except StopIteration:
            if (own := self._on_end()) is not None:
                raise own
            raise
        except grpc.RpcError as failure:
            if (own := self._on_end()) is not None:
                raise own
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
        self.cancel()  # A stream that nobody reads must hold neither the model nor the thread that sends.
