"""From the words of a call to its message; the same for both clients."""
from __future__ import annotations

from typing import Any, Iterable, TypeVar, Union

from strata_client.messages import BatchDecodeRequest, DecodeParameters, DecodeRequest, Label, LabelSet, PromptTemplate

R = TypeVar("R", DecodeRequest, BatchDecodeRequest)

Labels = Union[LabelSet, Iterable[str], None]
"""A label set, the names of its labels, or None for all classes of the model."""


def knobs(
    backbone: str = "",
    parameters: DecodeParameters | None = None,
    labels: Labels = None,
    prompt: PromptTemplate | None = None,
    context_id: str = "",
    request_id: str = "",
) -> dict[str, Any]:
    """The fields that a decode and a batch share."""
    if labels is not None and not isinstance(labels, LabelSet):
        labels = LabelSet(labels=[Label(name=name) for name in labels])
    return dict(
        backbone=backbone, parameters=parameters, label_set=labels, prompt=prompt, context_id=context_id, request_id=request_id
    )


def decode_request(text: str | DecodeRequest, **given: Any) -> DecodeRequest:
    """The request of a text with its knobs, or a request as it is."""
    return _as_it_is(text, given) if isinstance(text, DecodeRequest) else DecodeRequest(text=text, **knobs(**given))


def one_of_many(text: str | DecodeRequest, given: dict[str, Any]) -> DecodeRequest:
    """The same among others, whose knobs are for the texts alone."""
    return text if isinstance(text, DecodeRequest) else decode_request(text, **given)


def batch_request(texts: Iterable[str] | BatchDecodeRequest, **given: Any) -> BatchDecodeRequest:
    """The same for a batch."""
    return _as_it_is(texts, given) if isinstance(texts, BatchDecodeRequest) else BatchDecodeRequest(texts=texts, **knobs(**given))


def _as_it_is(request: R, given: dict[str, Any]) -> R:
    if given:
        raise TypeError(f"A whole request holds its own {', '.join(given)}: set it there.")
    return request
