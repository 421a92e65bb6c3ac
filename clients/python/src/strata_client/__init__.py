"""Client of Strata: decisions from every layer of a frozen transformer, over gRPC.

    import strata_client
    with strata_client.connect("127.0.0.1:50051") as client:
        print(client.decode("I have no idea what to say").result.label)

``strata_client.aio`` has the same for asyncio; ``strata_client.messages`` the messages of the contract.
"""
from strata_client.answer import Answer
from strata_client.backbone import BackboneClient, connect_backbone
from strata_client.client import Client, connect
from strata_client.errors import FieldViolation, StrataError
from strata_client.options import ConnectOptions
from strata_client.stream import Stream

__all__ = [
    "Answer", "BackboneClient", "Client", "ConnectOptions", "FieldViolation", "StrataError", "Stream", "connect", "connect_backbone",
]
