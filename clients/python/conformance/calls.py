"""From the name of a call to the client's method of it."""
import inspect
import io

from google.protobuf.json_format import MessageToDict, ParseDict
from strata_client import messages

from describe import describe


def start(decoding, backbone, command):
    """What the client's method returned (a message, a stream, or an awaitable), and how its messages become JSON."""
    request = command.get("request") or {}
    deadline = command["deadlineMs"] / 1000 if command.get("deadlineMs") is not None else None
    within = {"deadline": deadline}
    contexts = decoding.contexts

    def parse(kind):
        return ParseDict(request, getattr(messages, kind)())

    def wrap(field):
        return lambda message: {field: plain(message)}

    def every(field):
        return lambda items: {field: [plain(item) for item in items]}

    call = command["call"]
    if call == "decode":
        return decoding.decode(parse("DecodeRequest"), **within), plain
    if call == "batch_decode":
        return decoding.batch_decode(parse("BatchDecodeRequest"), **within), plain
    if call == "decode_many":
        return decoding.decode_many([ParseDict(each, messages.DecodeRequest()) for each in request], **within), answer
    if call == "explain":
        return decoding.explain(parse("DecodeRequest"), **within), plain
    if call == "list_backbones":
        return decoding.list_backbones(**within), every("backbones")
    if call == "create_context":
        return contexts.create(parse("CreateContextRequest"), **within), plain
    if call == "get_context":
        return contexts.get(request.get("id", ""), **within), wrap("context")
    if call == "list_contexts":
        return contexts.list(request.get("backbone", ""), **within), every("contexts")
    if call == "pin_context":
        return contexts.pin(request.get("id", ""), request.get("pinned", False), **within), wrap("context")
    if call == "delete_context":
        return contexts.delete(request.get("id", ""), **within), lambda _: {}
    if call == "export_import_context":
        return export_import(contexts, request.get("id", ""), within), wrap("context")
    if call == "evaluate_context":
        return contexts.evaluate(parse("EvaluateContextRequest"), **within), plain
    if call == "list_models":
        return backbone.list_models(**within), every("models")
    if call == "get_model":
        return backbone.get_model(request.get("name", ""), **within), wrap("model")
    if call == "tokenize":
        return backbone.tokenize(parse("TokenizeRequest"), **within), plain
    if call == "stream_layers":
        return backbone.stream_layers(parse("StreamLayersRequest"), **within), plain
    if call == "swap":
        return backbone.swap(parse("SwapModelRequest"), **within), plain
    if call == "health":
        target = backbone if command.get("target") == "backbone" else decoding
        return target.health(request.get("service", "")), lambda status: {"status": status}
    raise ValueError(f"No call is named '{call}'.")


def plain(message):
    """Protobuf's JSON."""
    return MessageToDict(message)


def answer(given):
    """One answer of decode_many."""
    if given.error is not None:
        return {"index": given.index, "error": describe(given.error)}
    return {"index": given.index, "response": plain(given.response)}


def export_import(contexts, id, within):
    """Exports a context and imports it again, with either client."""
    file = io.BytesIO()
    exported = contexts.export(id, file, **within)
    if not inspect.isawaitable(exported):
        file.seek(0)
        return contexts.import_(file, **within)

    async def both():
        await exported
        file.seek(0)
        return await contexts.import_(file, **within)

    return both()
