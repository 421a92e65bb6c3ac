"""Contexts, for asyncio."""
from __future__ import annotations

import asyncio
from typing import Any, BinaryIO

from strata_client.aio.stream import Stream, task_is_cancelled
from strata_client.errors import StrataError
from strata_client.messages import (
    Context, CreateContextRequest, CreateContextResponse, DeleteContextRequest, EvaluateContextRequest, EvaluateContextResponse,
    ExportContextRequest, GetContextRequest, ListContextsRequest, PinContextRequest,
)
from strata_client.upload import Chunks


class Contexts:
    """:class:`strata_client.contexts.Contexts` for asyncio: the same words, awaited."""

    def __init__(self, connection: Any, rpc: Any):
        self._connection, self._rpc = connection, rpc

    async def create(self, request: CreateContextRequest, *, deadline: float | None = None) -> CreateContextResponse:
        """Compiles demonstrations and stores them; asking again for the same recipe finds it."""
        return await self._connection._unary(self._rpc.CreateContext, request, deadline)

    async def get(self, id: str, *, deadline: float | None = None) -> Context:
        """Describes a context."""
        return (await self._connection._unary(self._rpc.GetContext, GetContextRequest(id=id), deadline)).context

    async def list(self, backbone: str = "", *, deadline: float | None = None) -> "list[Context]":
        """All contexts, or those of one backbone, by id."""
        request = ListContextsRequest(backbone=backbone)
        return await self._connection._all_pages(self._rpc.ListContexts, request, "contexts", deadline)

    async def pin(self, id: str, pinned: bool = True, *, deadline: float | None = None) -> Context:
        """Keeps a context from expiring, or lets it expire again."""
        request = PinContextRequest(id=id, pinned=pinned)
        return (await self._connection._unary(self._rpc.PinContext, request, deadline)).context

    async def delete(self, id: str, *, deadline: float | None = None) -> None:
        """Deletes a context; calls that use it finish."""
        await self._connection._unary(self._rpc.DeleteContext, DeleteContextRequest(id=id), deadline)

    async def export(self, id: str, file: BinaryIO, *, deadline: float | None = None) -> None:
        """Writes a context to a file, for :meth:`import_` elsewhere."""
        async with self._connection._stream(self._rpc.ExportContext, ExportContextRequest(id=id), deadline) as chunks:
            async for chunk in chunks:
                file.write(chunk.data)

    async def import_(self, file: BinaryIO, *, deadline: float | None = None) -> Context:
        """Takes a context from a file, read to its end. Damaged bytes: reason CONTEXT_CORRUPT."""
        chunks = Chunks(file)
        try:
            return (await self._connection._answer(self._rpc.ImportContext, chunks.__aiter__(), deadline)).context
        except (StrataError, asyncio.CancelledError):  # The latter is what grpc.aio makes of an exception in chunks.
            if chunks.failure is not None and not task_is_cancelled():
                raise chunks.failure
            raise

    def evaluate(self, request: EvaluateContextRequest, *, deadline: float | None = None) -> "Stream[EvaluateContextResponse]":
        """Measures accuracy and loyalty on labelled queries, with progress; the last message holds the reports."""
        return self._connection._stream(self._rpc.EvaluateContext, request, deadline)
