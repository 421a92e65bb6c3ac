"""From the words of a call to its message; the same for both clients."""
from __future__ import annotations

from typing import Any, Iterable, Union

from strata_client.messages import BatchDecodeRequest, DecodeParameters, DecodeRequest, Label, LabelSet, PromptTemplate

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
    return text if isinstance(text, DecodeRequest) else DecodeRequest(text=text, **knobs(**given))


def batch_request(texts: Iterable[str] | BatchDecodeRequest, **given: Any) -> BatchDecodeRequest:
    """The same for a batch."""
    return texts if isinstance(texts, BatchDecodeRequest) else BatchDecodeRequest(texts=texts, **knobs(**given))
