"""The sending side of a DecodeStream, for asyncio."""
from __future__ import annotations

import asyncio
from typing import Any, AsyncIterable, AsyncIterator, Iterable

from strata_client.messages import DecodeStreamRequest
from strata_client.requests import one_of_many


class Feed:
    """Requests for gRPC's sending task, at most ``in_flight`` of them unanswered."""

    def __init__(self, texts: Iterable[Any] | AsyncIterable[Any], in_flight: int, given: dict[str, Any]):
        if in_flight < 1:
            raise ValueError("in_flight must be 1 or more.")
        self.failure: BaseException | None = None
        self._texts, self._given = texts, given
        self._permits = asyncio.Semaphore(in_flight)
        self._task: asyncio.Task[Any] | None = None
        self._ended = False

    async def __aiter__(self) -> AsyncIterator[Any]:
        index = 0
        self._task = asyncio.current_task()
        try:
            async for text in _each(self._texts):
                await self._permits.acquire()
                if self._ended:
                    return
                yield DecodeStreamRequest(id=index, decode=one_of_many(text, self._given))
                index += 1
        except Exception as failure:  # The caller's own iterable: raised where the answers are read.
            self.failure = failure
            raise

    def answered(self) -> None:
        """Makes room for one more."""
        self._permits.release()

    def end(self) -> BaseException | None:
        """The call is over: ends the sending task, wherever it waits. Gives what the caller's iterable raised."""
        self._ended = True
        if self._task is not None:
            self._task.cancel()
        return self.failure


async def _each(texts: Iterable[Any] | AsyncIterable[Any]) -> AsyncIterator[Any]:
    if isinstance(texts, AsyncIterable):
        async for text in texts:
            yield text
    else:
        for text in texts:
            yield text
