"""The same client for asyncio.

    from strata_client import aio
    async with aio.connect("127.0.0.1:50051") as client:
        print((await client.decode("I have no idea what to say")).result.label)
"""
from strata_client.aio.backbone import BackboneClient, connect_backbone
from strata_client.aio.client import Client, connect
from strata_client.aio.stream import Stream

__all__ = ["BackboneClient", "Client", "Stream", "connect", "connect_backbone"]
