"""A Backbone itself, for asyncio."""
from __future__ import annotations

from strata_client.aio.connection import Connection
from strata_client.aio.stream import Stream
from strata_client.messages import (
    GetModelRequest, ListModelsRequest, Model, StreamLayersRequest, StreamLayersResponse, SwapModelRequest, SwapModelResponse,
    TokenizeRequest, TokenizeResponse,
)
from strata_client.options import ConnectOptions
from strata_client.stubs.strata.backbone.v1.backbone_service_pb2_grpc import BackboneServiceStub


def connect_backbone(address: str, options: ConnectOptions | None = None) -> "BackboneClient":
    """Prepares a connection to a Backbone at HOST:PORT, inside a running event loop; the first call makes it."""
    return BackboneClient(address, options)


class BackboneClient(Connection):
    """:class:`strata_client.BackboneClient` for asyncio: the same words, awaited."""

    def __init__(self, address: str, options: ConnectOptions | None = None):
        super().__init__(address, options)
        self._rpc = BackboneServiceStub(self._channel)

    async def list_models(self, *, deadline: float | None = None) -> list[Model]:
        """The hosted models, all pages, by name."""
        return await self._all_pages(self._rpc.ListModels, ListModelsRequest(), "models", deadline)

    async def get_model(self, name: str, *, deadline: float | None = None) -> Model:
        """Describes a model."""
        return (await self._unary(self._rpc.GetModel, GetModelRequest(name=name), deadline)).model

    async def tokenize(self, request: TokenizeRequest, *, deadline: float | None = None) -> TokenizeResponse:
        """Turns texts into token ids with offsets in UTF-16 code units, which are not Python's beyond U+FFFF."""
        return await self._unary(self._rpc.Tokenize, request, deadline)

    def stream_layers(self, request: StreamLayersRequest, *, deadline: float | None = None) -> "Stream[StreamLayersResponse]":
        """What each layer would answer: a header, the frames, a summary."""
        return self._stream(self._rpc.StreamLayers, request, deadline)

    def swap(self, request: SwapModelRequest, *, deadline: float | None = None) -> "Stream[SwapModelResponse]":
        """Replaces a model by another folder on Backbone's machine while calls go on, and tells each stage of it."""
        return self._stream(self._rpc.SwapModel, request, deadline)
