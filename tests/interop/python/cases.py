"""What the cases send and expect."""

import grpc
from messages_pb2 import Payload

LARGE_REQUEST, LARGE_RESPONSE = 271828, 314159
REQUESTS = [27182, 8, 1828, 45904]
RESPONSES = [31415, 9, 2653, 58979]
METADATA = (("x-grpc-test-echo-initial", "test_initial_metadata_value"), ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"))
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"


def zeros(size):
    return Payload(body=bytes(size))


def check(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what} is {actual!r}, expected {expected!r}")


def check_zeros(payload, size):
    check(len(payload.body), size, "size of the body")
    check(payload.body.count(0), size, "number of zeros")


def check_fails(call, code):
    """Runs a call that is to end with a code; its message."""
    try:
        call()
    except grpc.RpcError as error:
        check(error.code(), code, f"code ({error.details()})")
        return error.details()
    raise AssertionError(f"the call succeeded, expected {code}")
