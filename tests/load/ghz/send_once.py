#!/usr/bin/python3
"""Sends each configuration's data once, for real, without ghz: finds the method by server reflection as ghz does.

usage: send_once.py --host HOST:PORT CONFIG.json...

Prints a line of JSON for each configuration. Exit code 0: every call ended as expected, and no answer of a stream carried
an error; 1: a call failed; 2: a configuration cannot be sent. Needs python3-grpcio and python3-protobuf.
"""
import argparse
import itertools
import json
import pathlib
import re
import sys
import uuid

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
SECONDS = 30


class NotSendable(Exception):
    """The configuration asks for something that is not there."""


def expand(data, number):
    """The data with ghz's templates filled in; those that the configurations here use."""
    values = {".RequestNumber": str(number), ".UUID": str(uuid.uuid4()), "newUUID": str(uuid.uuid4())}

    def value(match):
        name = match.group(1).strip()
        if name not in values:
            raise NotSendable(f"template {name} is not known here; add it to send_once.py")
        return values[name]

    return json.loads(re.sub(r"\{\{(.*?)\}\}", value, json.dumps(data)))


def message_class(pool, descriptor):
    """The class of a message; protobuf has moved the function."""
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def reflection_messages():
    """The two fields of server reflection that are needed; its own stubs are not everywhere."""
    text = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="asked.proto", package="asked", syntax="proto3")
    request = file.message_type.add(name="Request")
    request.field.add(name="symbol", number=4, type=text.TYPE_STRING, label=text.LABEL_OPTIONAL)
    files = file.message_type.add(name="Files")
    files.field.add(name="file", number=1, type=text.TYPE_BYTES, label=text.LABEL_REPEATED)
    response = file.message_type.add(name="Response")
    response.field.add(name="files", number=4, type=text.TYPE_MESSAGE, type_name=".asked.Files", label=text.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return [message_class(pool, pool.FindMessageTypeByName(f"asked.{name}")) for name in ("Request", "Response")]


def reflect(channel, symbol):
    """A pool of the files that declare a service, asked from the server."""
    request, response = reflection_messages()
    ask = channel.stream_stream(REFLECTION, request_serializer=request.SerializeToString, response_deserializer=response.FromString)
    answer = next(ask(iter([request(symbol=symbol)]), timeout=SECONDS))
    files = {file.name: file for file in map(descriptor_pb2.FileDescriptorProto.FromString, answer.files.file)}
    if not files:
        raise NotSendable(f"the server has no {symbol}")
    pool = descriptor_pool.DescriptorPool()
    added = set()

    def add(name):
        if name not in added:
            added.add(name)
            for dependency in files[name].dependency:
                add(dependency)
            pool.Add(files[name])

    for name in files:
        add(name)
    return pool


def send(channel, config):
    """Sends a configuration once; what came back."""
    service, name = config["call"].rsplit("/", 1)
    pool = reflect(channel, service)
    method = pool.FindServiceByName(service).methods_by_name.get(name)
    if method is None:
        raise NotSendable(f"{service} has no method {name}")
    declared = descriptor_pb2.MethodDescriptorProto()
    method.CopyToProto(declared)
    request = message_class(pool, method.input_type)
    response = message_class(pool, method.output_type)
    data = config["data"] if isinstance(config["data"], list) else [config["data"]]
    limit = config.get("stream-call-count", 0)
    count = limit if declared.client_streaming and limit else len(data)
    messages = [json_format.ParseDict(expand(item, number), request()) for number, item in enumerate(itertools.islice(itertools.cycle(data), count))]
    kind = f"{'stream' if declared.client_streaming else 'unary'}_{'stream' if declared.server_streaming else 'unary'}"
    call = getattr(channel, kind)(f"/{service}/{name}", request_serializer=request.SerializeToString, response_deserializer=response.FromString)
    answers, status = [], "OK"
    try:
        if declared.client_streaming:
            answers = list(call(iter(messages), timeout=SECONDS))
        elif not declared.server_streaming:
            answers = [call(message, timeout=SECONDS) for message in messages]
        else:
            for message in messages:
                stream = call(message, timeout=SECONDS)
                answers += itertools.islice(stream, limit) if limit else stream
                if limit:
                    stream.cancel()
                    status = "Canceled"
    except grpc.RpcError as failure:
        status = f"{failure.code().name}: {failure.details()}"
    # DecodeStream answers a request that it refuses within the stream, whose status stays OK.
    errors = sum("error" in answer.DESCRIPTOR.fields_by_name and answer.HasField("error") for answer in answers)
    return {"name": config["name"], "call": config["call"], "status": status, "sent": len(messages), "received": len(answers), "errors": errors}


def main():
    """Prints a line for each configuration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", required=True, metavar="HOST:PORT")
    parser.add_argument("configs", nargs="+", metavar="CONFIG.json")
    arguments = parser.parse_args()
    failed = False
    with grpc.insecure_channel(arguments.host) as channel:
        for path in arguments.configs:
            try:
                result = send(channel, json.loads(pathlib.Path(path).read_text(encoding="utf-8")))
            except (NotSendable, OSError, KeyError, ValueError, json_format.ParseError, grpc.RpcError) as failure:
                print(f"{path}: {failure}", file=sys.stderr)
                return 2
            print(json.dumps(result))
            failed |= result["status"] not in ("OK", "Canceled") or result["errors"] > 0 or result["received"] == 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
