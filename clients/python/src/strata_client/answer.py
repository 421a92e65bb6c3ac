"""The answer to one request of decode_many."""
from __future__ import annotations

from dataclasses import dataclass

from strata_client.errors import StrataError, from_status
from strata_client.messages import DecodeResponse, DecodeStreamResponse


@dataclass(frozen=True)
class Answer:
    """A response or an error, never both; ``index`` counts the requests from 0."""

    index: int
    response: DecodeResponse | None = None
    error: StrataError | None = None


def answer_of(message: DecodeStreamResponse) -> Answer:
    """The answer in a message of the stream."""
    if message.HasField("error"):
        return Answer(message.id, error=from_status(message.error))
    return Answer(message.id, response=message.response)
