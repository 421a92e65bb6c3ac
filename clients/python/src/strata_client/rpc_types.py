"""google.rpc: the installed package if there is one, else our stubs. Both define the same file, which protobuf takes once."""
try:
    from google.rpc import error_details_pb2, status_pb2
except ImportError:
    from strata_client.stubs.google.rpc import error_details_pb2, status_pb2

__all__ = ["error_details_pb2", "status_pb2"]
