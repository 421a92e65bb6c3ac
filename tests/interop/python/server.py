"""A server of gRPC's interoperability cases on grpcio. Prints its port and ends with its input."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
from cases import METADATA, zeros
from empty_pb2 import Empty
from messages_pb2 import SimpleResponse, StreamingInputCallResponse, StreamingOutputCallResponse
from test_pb2_grpc import TestServiceServicer, add_TestServiceServicer_to_server

CODES = {code.value[0]: code for code in grpc.StatusCode}
(INITIAL_ECHO, _), (TRAILING_ECHO, _) = METADATA


def end_if_asked(request, context):
    if request.HasField("response_status"):
        context.abort(CODES[request.response_status.code], request.response_status.message)


def echo(context):
    received = dict(context.invocation_metadata())
    if INITIAL_ECHO in received:
        context.send_initial_metadata([(INITIAL_ECHO, received[INITIAL_ECHO])])
    if TRAILING_ECHO in received:
        context.set_trailing_metadata([(TRAILING_ECHO, received[TRAILING_ECHO])])


class TestService(TestServiceServicer):
    def EmptyCall(self, request, context):
        return Empty()

    def UnaryCall(self, request, context):
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        echo(context)
        end_if_asked(request, context)
        return SimpleResponse(payload=zeros(request.response_size))

    def StreamingInputCall(self, request_iterator, context):
        return StreamingInputCallResponse(aggregated_payload_size=sum(len(request.payload.body) for request in request_iterator))

    def StreamingOutputCall(self, request, context):
        if any(parameters.compressed.value for parameters in request.response_parameters):
            context.set_compression(grpc.Compression.Gzip)
        yield from self._answer(request, context)

    def FullDuplexCall(self, request_iterator, context):
        echo(context)
        for request in request_iterator:
            yield from self._answer(request, context)

    @staticmethod
    def _answer(request, context):
        end_if_asked(request, context)
        for parameters in request.response_parameters:
            time.sleep(parameters.interval_us / 1e6)
            if not parameters.compressed.value:
                context.disable_next_message_compression()
            yield StreamingOutputCallResponse(payload=zeros(parameters.size))


server = grpc.server(ThreadPoolExecutor(max_workers=8))
add_TestServiceServicer_to_server(TestService(), server)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(None).wait()
