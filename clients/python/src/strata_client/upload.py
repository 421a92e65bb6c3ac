"""A context's file as the messages of an upload; the same for both clients."""
from __future__ import annotations

from typing import AsyncIterator, BinaryIO, Iterator

from strata_client.messages import ImportContextRequest

_CHUNK_BYTES = 256 * 1024  # In one message: well below the 4 MiB that a server takes.


class Chunks:
    """The messages. ``failure`` is what reading the file raised: gRPC only tells that sending ended."""

    def __init__(self, file: BinaryIO):
        self.failure: BaseException | None = None
        self._file = file

    def __iter__(self) -> Iterator[ImportContextRequest]:
        try:
            while data := self._file.read(_CHUNK_BYTES):
                yield ImportContextRequest(data=data)
        except Exception as failure:
            self.failure = failure
            raise

    async def __aiter__(self) -> AsyncIterator[ImportContextRequest]:
        for chunk in self:
            yield chunk
