"""Decoding, with calls that wait."""
from __future__ import annotations

from typing import Any, Iterable

from strata_client.answer import Answer, answer_of
from strata_client.connection import Connection
from strata_client.contexts import Contexts
from strata_client.decode_many import Feed
from strata_client.messages import (
    Backbone, BatchDecodeRequest, BatchDecodeResponse, DecodeRequest, DecodeResponse, ExplainStreamRequest, ExplainStreamResponse,
    ListBackbonesRequest,
)
from strata_client.options import ConnectOptions
from strata_client.requests import batch_request, decode_request
from strata_client.stream import Stream
from strata_client.stubs.strata.decoding.v1.decoding_service_pb2_grpc import DecodingServiceStub


def connect(address: str, options: ConnectOptions | None = None) -> "Client":
    """Prepares a connection to Decoding at HOST:PORT; the first call makes it."""
    return Client(address, options)


class Client(Connection):
    """Decisions from every layer of a transformer.

    Every method raises :class:`~strata_client.StrataError` for a refused or failed call. Deadlines are seconds, or
    ``math.inf``; a unary call without one takes the default of the options. The keywords of a decode are ``backbone``, ``parameters``,
    ``labels`` (names or a LabelSet), ``prompt``, ``context_id`` and ``request_id``.
    """

    contexts: Contexts
    """The compiled demonstrations that texts can continue."""

    def __init__(self, address: str, options: ConnectOptions | None = None):
        super().__init__(address, options)
        self._rpc = DecodingServiceStub(self._channel)
        self.contexts = Contexts(self, self._rpc)

    def decode(self, text: str | DecodeRequest, *, deadline: float | None = None, **given: Any) -> DecodeResponse:
        """Classifies one text."""
        return self._unary(self._rpc.Decode, decode_request(text, **given), deadline)

    def batch_decode(
        self, texts: Iterable[str] | BatchDecodeRequest, *, deadline: float | None = None, **given: Any
    ) -> BatchDecodeResponse:
        """Classifies up to 1024 texts with one set of parameters, in their order; one bad text refuses all."""
        return self._unary(self._rpc.BatchDecode, batch_request(texts, **given), deadline)

    def decode_many(
        self, texts: Iterable[str | DecodeRequest], *, in_flight: int = 16, deadline: float | None = None, **given: Any
    ) -> "Stream[Answer]":
        """Classifies any number of texts over one stream; answers come as they are ready, each with its index."""
        feed = Feed(texts, in_flight, given)

        def read(message: Any) -> Answer:
            feed.answered()
            return answer_of(message)

        return Stream(self._call(self._rpc.DecodeStream, iter(feed), deadline), read, feed.end)

    def explain(
        self, text: str | DecodeRequest, *, deadline: float | None = None, **given: Any
    ) -> "Stream[ExplainStreamResponse]":
        """Shows what each layer would have answered: a header, a point for each layer as it arrives, the outcome."""
        return self._stream(self._rpc.ExplainStream, ExplainStreamRequest(decode=decode_request(text, **given)), deadline)

    def list_backbones(self, *, deadline: float | None = None) -> list[Backbone]:
        """The backbones of Decoding's configuration, all pages, by name."""
        return self._all_pages(self._rpc.ListBackbones, ListBackbonesRequest(), "backbones", deadline)
