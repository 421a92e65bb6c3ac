"""The sending side of a DecodeStream."""
from __future__ import annotations

import threading
from typing import Any, Iterable, Iterator

from strata_client.messages import DecodeStreamRequest
from strata_client.requests import one_of_many


class Feed:
    """Requests for gRPC's sending thread, at most ``in_flight`` of them unanswered."""

    def __init__(self, texts: Iterable[Any], in_flight: int, given: dict[str, Any]):
        if in_flight < 1:
            raise ValueError("in_flight must be 1 or more.")
        self.failure: BaseException | None = None
        self._texts, self._given = texts, given
        self._permits = threading.Semaphore(in_flight)
        self._ended = False

    def __iter__(self) -> Iterator[Any]:
        try:
            for index, text in enumerate(self._texts):
                self._permits.acquire()
                if self._ended:
                    return
                yield DecodeStreamRequest(id=index, decode=one_of_many(text, self._given))
        except Exception as failure:  # The caller's own iterable: raised where the answers are read.
            self.failure = failure
            raise

    def answered(self) -> None:
        """Makes room for one more."""
        self._permits.release()

    def end(self) -> BaseException | None:
        """The call is over: frees the sending thread. Gives what the caller's iterable raised."""
        self._ended = True
        self._permits.release()
        return self.failure
