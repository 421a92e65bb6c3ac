"""gRPC's interoperability cases on grpcio. usage: client.py HOST:PORT CASE..."""

import queue
import sys

import grpc
from cases import LARGE_REQUEST, LARGE_RESPONSE, METADATA, REQUESTS, RESPONSES, SPECIAL_MESSAGE, check, check_fails, check_zeros, zeros
from empty_pb2 import Empty
from messages_pb2 import EchoStatus, SimpleRequest, StreamingInputCallRequest, StreamingOutputCallRequest
from test_pb2_grpc import TestServiceStub, UnimplementedServiceStub

LIMIT = 30  # seconds; only a hanging server meets it


def large(**fields):
    return SimpleRequest(response_size=LARGE_RESPONSE, payload=zeros(LARGE_REQUEST), **fields)


def ping(response, request):
    return StreamingOutputCallRequest(response_parameters=[{"size": response}], payload=zeros(request))


class Cases:
    """A method per case; an exception says what is wrong."""

    def __init__(self, channel):
        self.stub = TestServiceStub(channel)
        self.unimplemented = UnimplementedServiceStub(channel)

    def empty_unary(self):
        check(self.stub.EmptyCall(Empty(), timeout=LIMIT), Empty(), "answer")

    def large_unary(self):
        check_zeros(self.stub.UnaryCall(large(), timeout=LIMIT).payload, LARGE_RESPONSE)

    def client_streaming(self):
        requests = (StreamingInputCallRequest(payload=zeros(size)) for size in REQUESTS)
        check(self.stub.StreamingInputCall(requests, timeout=LIMIT).aggregated_payload_size, sum(REQUESTS), "sum")

    def server_streaming(self):
        self._server_streaming([{"size": size} for size in RESPONSES])

    def ping_pong(self):
        requests = queue.Queue()
        call = self.stub.FullDuplexCall(iter(requests.get, None), timeout=LIMIT)
        try:
            for response, request in zip(RESPONSES, REQUESTS):
                requests.put(ping(response, request))
                check_zeros(next(call).payload, response)
        finally:
            requests.put(None)
        check(len(list(call)), 0, "number of further messages")

    def empty_stream(self):
        check(len(list(self.stub.FullDuplexCall(iter(()), timeout=LIMIT))), 0, "number of messages")

    def cancel_after_begin(self):
        requests = queue.Queue()
        call = self.stub.StreamingInputCall.future(iter(requests.get, None), timeout=LIMIT)
        call.cancel()
        requests.put(None)
        check(call.code(), grpc.StatusCode.CANCELLED, f"code ({call.details()})")
        check(call.cancelled(), True, "cancelled")

    def cancel_after_first_response(self):
        requests = queue.Queue()
        call = self.stub.FullDuplexCall(iter(requests.get, None), timeout=LIMIT)
        try:
            requests.put(ping(RESPONSES[0], REQUESTS[0]))
            check_zeros(next(call).payload, RESPONSES[0])
            call.cancel()
            check_fails(lambda: next(call), grpc.StatusCode.CANCELLED)
        finally:
            requests.put(None)

    def timeout_on_sleeping_server(self):
        requests = queue.Queue()
        requests.put(StreamingOutputCallRequest(payload=zeros(REQUESTS[0])))
        call = self.stub.FullDuplexCall(iter(requests.get, None), timeout=0.001)
        try:
            check_fails(lambda: next(call), grpc.StatusCode.DEADLINE_EXCEEDED)
        finally:
            requests.put(None)

    def custom_metadata(self):
        response, call = self.stub.UnaryCall.with_call(large(), metadata=METADATA, timeout=LIMIT)
        check_zeros(response.payload, LARGE_RESPONSE)
        self._check_echo(call)
        call = self.stub.FullDuplexCall(iter([ping(LARGE_RESPONSE, LARGE_REQUEST)]), metadata=METADATA, timeout=LIMIT)
        check_zeros(next(call).payload, LARGE_RESPONSE)
        check(len(list(call)), 0, "number of further messages")
        self._check_echo(call)

    def status_code_and_message(self):
        status = EchoStatus(code=grpc.StatusCode.UNKNOWN.value[0], message="test status message")
        self._unary_status(status)
        requests = iter([StreamingOutputCallRequest(response_status=status)])
        details = check_fails(lambda: next(self.stub.FullDuplexCall(requests, timeout=LIMIT)), grpc.StatusCode.UNKNOWN)
        check(details, status.message, "message of the stream")

    def special_status_message(self):
        self._unary_status(EchoStatus(code=grpc.StatusCode.UNKNOWN.value[0], message=SPECIAL_MESSAGE))

    def unimplemented_method(self):
        check_fails(lambda: self.stub.UnimplementedMethod(Empty(), timeout=LIMIT), grpc.StatusCode.UNIMPLEMENTED)

    def unimplemented_service(self):
        check_fails(lambda: self.unimplemented.UnimplementedCall(Empty(), timeout=LIMIT), grpc.StatusCode.UNIMPLEMENTED)

    def client_compressed_unary(self):
        gzip = grpc.Compression.Gzip
        check_fails(lambda: self.stub.UnaryCall(large(expect_compressed={"value": True}), timeout=LIMIT), grpc.StatusCode.INVALID_ARGUMENT)
        compressed = self.stub.UnaryCall(large(expect_compressed={"value": True}), compression=gzip, timeout=LIMIT)
        check_zeros(compressed.payload, LARGE_RESPONSE)
        check_zeros(self.stub.UnaryCall(large(expect_compressed={"value": False}), timeout=LIMIT).payload, LARGE_RESPONSE)

    # grpcio does not show the flag of a message: these two see that a compressed message is understood.
    def server_compressed_unary(self):
        for compressed in (True, False):
            response = self.stub.UnaryCall(large(response_compressed={"value": compressed}), timeout=LIMIT)
            check_zeros(response.payload, LARGE_RESPONSE)

    def server_compressed_streaming(self):
        self._server_streaming([{"size": 31415, "compressed": {"value": True}}, {"size": 92653, "compressed": {"value": False}}])

    def _server_streaming(self, parameters):
        responses = list(self.stub.StreamingOutputCall(StreamingOutputCallRequest(response_parameters=parameters), timeout=LIMIT))
        check(len(responses), len(parameters), "number of messages")
        for response, asked in zip(responses, parameters):
            check_zeros(response.payload, asked["size"])

    def _unary_status(self, status):
        request = SimpleRequest(response_status=status)
        details = check_fails(lambda: self.stub.UnaryCall(request, timeout=LIMIT), grpc.StatusCode.UNKNOWN)
        check(details, status.message, "message")

    @staticmethod
    def _check_echo(call):
        (initial, value), (trailing, data) = METADATA
        check(dict(call.initial_metadata()).get(initial), value, "initial metadata")
        check(dict(call.trailing_metadata()).get(trailing), data, "trailing metadata")


def run(cases, name):
    case = getattr(cases, name, None)
    if case is None:
        return f"unsupported {name}"
    try:
        case()
        return f"ok {name}"
    except Exception as failure:  # whatever it is, the case has failed and the next one runs
        return " ".join(f"failed {name} {type(failure).__name__}: {failure}".split())


with grpc.insecure_channel(sys.argv[1]) as channel:
    cases = Cases(channel)
    for name in sys.argv[2:]:
        print(run(cases, name), flush=True)
