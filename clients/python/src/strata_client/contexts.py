"""Contexts: demonstrations compiled once, which any number of texts then continue."""
from __future__ import annotations

from typing import Any, BinaryIO

import grpc

from strata_client.errors import from_rpc_error
from strata_client.messages import (
    Context, CreateContextRequest, CreateContextResponse, DeleteContextRequest, EvaluateContextRequest, EvaluateContextResponse,
    ExportContextRequest, GetContextRequest, ListContextsRequest, PinContextRequest,
)
from strata_client.upload import Chunks
from strata_client.stream import Stream


class Contexts:
    """The contexts of a client. Errors and deadlines as :class:`~strata_client.Client`."""

    def __init__(self, connection: Any, rpc: Any):
        self._connection, self._rpc = connection, rpc

    def create(self, request: CreateContextRequest, *, deadline: float | None = None) -> CreateContextResponse:
        """Compiles demonstrations and stores them; asking again for the same recipe finds it."""
        return self._connection._unary(self._rpc.CreateContext, request, deadline)

    def get(self, id: str, *, deadline: float | None = None) -> Context:
        """Describes a context."""
        return self._connection._unary(self._rpc.GetContext, GetContextRequest(id=id), deadline).context

    def list(self, backbone: str = "", *, deadline: float | None = None) -> "list[Context]":
        """All contexts, or those of one backbone, by id."""
        return self._connection._all_pages(self._rpc.ListContexts, ListContextsRequest(backbone=backbone), "contexts", deadline)

    def pin(self, id: str, pinned: bool = True, *, deadline: float | None = None) -> Context:
        """Keeps a context from expiring, or lets it expire again."""
        return self._connection._unary(self._rpc.PinContext, PinContextRequest(id=id, pinned=pinned), deadline).context

    def delete(self, id: str, *, deadline: float | None = None) -> None:
        """Deletes a context; calls that use it finish."""
        self._connection._unary(self._rpc.DeleteContext, DeleteContextRequest(id=id), deadline)

    def export(self, id: str, file: BinaryIO, *, deadline: float | None = None) -> None:
        """Writes a context to a file, for :meth:`import_` elsewhere."""
        with self._connection._stream(self._rpc.ExportContext, ExportContextRequest(id=id), deadline) as chunks:
            for chunk in chunks:
                file.write(chunk.data)

    def import_(self, file: BinaryIO, *, deadline: float | None = None) -> Context:
        """Takes a context from a file, read to its end. Damaged bytes: reason CONTEXT_CORRUPT."""
        chunks = Chunks(file)
        try:
            return self._connection._call(self._rpc.ImportContext, iter(chunks), deadline).context
        except grpc.RpcError as failure:
            if chunks.failure is not None:
                raise chunks.failure
            raise from_rpc_error(failure) from failure

    def evaluate(self, request: EvaluateContextRequest, *, deadline: float | None = None) -> "Stream[EvaluateContextResponse]":
        """Measures accuracy and loyalty on labelled queries, with progress; the last message holds the reports."""
        return self._connection._stream(self._rpc.EvaluateContext, request, deadline)
