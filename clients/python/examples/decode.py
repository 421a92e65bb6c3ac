#!/usr/bin/env python3
"""Decodes one text and prints the answer as JSON, with nothing but grpcio and the generated stubs.

usage: decode.py STUBS ADDRESS TEXT [--beta B | --target LAYER] [--alpha A]

    clients/python/generate.sh /tmp/stubs
    clients/python/examples/decode.py /tmp/stubs 127.0.0.1:50051 "I have no idea what to say"

A refusal is printed as JSON too, with the reason to branch on, and ends with exit code 1.
"""
import argparse
import json
import sys


def load_stubs(folder):
    """Makes the stubs importable; google.rpc lives beside the installed google package, which hides it otherwise."""
    import google

    sys.path.insert(0, folder)
    google.__path__.append(f"{folder}/google")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("stubs", help="folder made by clients/python/generate.sh")
    parser.add_argument("address", help="HOST:PORT of Decoding")
    parser.add_argument("text", help="the text to classify")
    parser.add_argument("--beta", type=float, help="static beta: contrast instead of extrapolation")
    parser.add_argument("--target", type=float, help="target layer of the extrapolation; default 2 beyond the last")
    parser.add_argument("--alpha", type=float, help="plausibility alpha, 0..1; default 0.1")
    arguments = parser.parse_args()

    load_stubs(arguments.stubs)
    import grpc
    from google.rpc import error_details_pb2, status_pb2
    from strata.decoding.v1 import decode_pb2, decoding_service_pb2_grpc, parameters_pb2

    parameters = parameters_pb2.DecodeParameters(plausibility_alpha=arguments.alpha, target_layer=arguments.target)
    if arguments.beta is not None:
        parameters.method = parameters_pb2.METHOD_CONTRASTIVE
        parameters.beta = arguments.beta

    with grpc.insecure_channel(arguments.address) as channel:
        decoding = decoding_service_pb2_grpc.DecodingServiceStub(channel)
        try:
            response = decoding.Decode(decode_pb2.DecodeRequest(text=arguments.text, parameters=parameters), timeout=30)
        except grpc.RpcError as error:
            print(json.dumps(refusal(error, status_pb2, error_details_pb2)))
            return 1

    result = response.result
    print(json.dumps({
        "label": result.label,
        "probability": round(result.probability, 4),
        "plain_label": result.plain_label,
        "flipped": result.flipped,
        "amateur_layer": result.amateur_layer if result.HasField("amateur_layer") else None,
        "beta": round(result.beta, 4),
        "fingerprint": response.model.fingerprint,
        "plausible": [score.label for score in result.scores if score.HasField("score")],
    }))
    return 0


def refusal(error, status_pb2, error_details_pb2):
    """The status with the reason that the service put into its details."""
    said = {"status": error.code().name, "message": error.details()}
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    said["reason"] = info.reason
    return said


if __name__ == "__main__":
    sys.exit(main())
