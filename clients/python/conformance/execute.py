#!/usr/bin/env python3
"""The executor of the conformance suite: one case a line on stdin, its result a line on stdout.

usage: execute.py --decoding HOST:PORT --backbone HOST:PORT [--tls HOST:PORT --ca FILE --cert FILE --key FILE]
                  [--api-key KEY] [--asyncio]
"""
import argparse
import asyncio
import inspect
import json
import pathlib
import sys
from dataclasses import replace

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))

import strata_client
from calls import start
from describe import describe
from strata_client import StrataError, aio


async def run(clients, command):
    """The result of one case. The sync client answers at once, so that one code runs both."""
    result = {"id": command["id"], "responses": [], "error": None}
    responses = result["responses"]
    cancel_after = command.get("cancelAfter")
    cancelled = False
    try:
        decoding = clients["decoding_tls" if command.get("target") == "decoding_tls" else "decoding"]
        stream, convert = start(decoding, clients["backbone"], command)
        if inspect.isawaitable(stream):
            stream = await stream
        if not (hasattr(stream, "__next__") or hasattr(stream, "__anext__")):
            responses.append(convert(stream))
            return result
        while True:
            message = stream.__anext__() if hasattr(stream, "__anext__") else next(stream, None)
            message = await message if inspect.isawaitable(message) else message
            if message is None:
                break
            if cancelled:
                continue  # Was on its way when the case cancelled.
            responses.append(convert(message))
            if len(responses) == cancel_after:
                stream.cancel()
                cancelled = True
    except StopAsyncIteration:
        pass
    except StrataError as failure:
        result["error"] = describe(failure)
    if command["call"] == "decode_many":
        responses.sort(key=lambda answer: answer["index"])
    return result


async def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--decoding", required=True)
    parser.add_argument("--backbone", required=True)
    parser.add_argument("--tls", help="Decoding once more, over TLS; needs the three files")
    for option in ("--ca", "--cert", "--key", "--api-key"):
        parser.add_argument(option)
    parser.add_argument("--asyncio", action="store_true", help="the client for asyncio instead of the one that waits")
    arguments = parser.parse_args()
    library = aio if arguments.asyncio else strata_client
    given = strata_client.ConnectOptions(api_key=arguments.api_key)
    clients = {"decoding": library.connect(arguments.decoding, given), "backbone": library.connect_backbone(arguments.backbone, given)}
    if arguments.tls:
        given = replace(given, ca_file=arguments.ca, client_certificate_file=arguments.cert, client_key_file=arguments.key)
        clients["decoding_tls"] = library.connect(arguments.tls, given)
    for line in sys.stdin:
        print(json.dumps(await run(clients, json.loads(line))), flush=True)
    for client in clients.values():
        closing = client.close()
        if inspect.isawaitable(closing):
            await closing


if __name__ == "__main__":
    asyncio.run(main())
