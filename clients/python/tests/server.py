"""A Decoding in this process, on a free port, that answers as a test tells it."""
import pathlib
import sys
import threading
from concurrent import futures

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))

import grpc
from strata_client import messages
from strata_client.rpc_types import error_details_pb2, status_pb2
from strata_client.stubs.strata.decoding.v1 import decoding_service_pb2_grpc


class Server(decoding_service_pb2_grpc.DecodingServiceServicer):
    """A context manager; ``address`` is where it listens."""

    def __enter__(self):
        self.metadata, self.seconds_left = {}, None
        self.received, self.cancelled = 0, threading.Event()
        self.refuse_stream = False
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        decoding_service_pb2_grpc.add_DecodingServiceServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()
        return self

    def __exit__(self, *_):
        self._server.stop(None).wait()

    def Decode(self, request, context):
        """Writes down what it got; a text 'busy' is refused with a delay."""
        self.metadata, self.seconds_left = dict(context.invocation_metadata()), context.time_remaining()
        if request.text == "busy":
            status = status_pb2.Status(code=grpc.StatusCode.RESOURCE_EXHAUSTED.value[0], message="busy")
            status.details.add().Pack(error_details_pb2.ErrorInfo(reason="OVERLOADED", domain="strata.dev", metadata={"queued": "7"}))
            delay = error_details_pb2.RetryInfo()
            delay.retry_delay.FromMilliseconds(1500)
            status.details.add().Pack(delay)
            context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
            context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "busy")
        if request.text == "broken":
            context.set_trailing_metadata((("grpc-status-details-bin", b"\xff\xff"),))
            context.abort(grpc.StatusCode.INTERNAL, "broken")
        return messages.DecodeResponse(request_id=request.request_id)

    def DecodeStream(self, requests, context):
        """Answers each request, or refuses the stream at the first."""
        context.add_callback(self.cancelled.set)
        for request in requests:
            self.received += 1
            if self.refuse_stream:
                context.abort(grpc.StatusCode.INTERNAL, "refused")
            yield messages.DecodeStreamResponse(id=request.id, response=messages.DecodeResponse())

    def ExplainStream(self, request, context):
        """Answers once and then waits for the caller to leave."""
        context.add_callback(self.cancelled.set)
        yield messages.ExplainStreamResponse()
        self.cancelled.wait()

    def ImportContext(self, requests, context):
        """Reads all that comes."""
        return messages.ImportContextResponse(context=messages.Context(bytes=sum(len(request.data) for request in requests)))

    def ExportContext(self, request, context):
        """A file without end."""
        context.add_callback(self.cancelled.set)
        while context.is_active():
            yield messages.ExportContextResponse(data=bytes(100_000))
