"""The messages of the contract, as generated; protos/ documents every field."""
from strata_client.stubs.strata.backbone.v1.backbone_service_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.backbone.v1.layers_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.backbone.v1.model_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.context_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.decode_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.decoding_service_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.explain_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.labels_pb2 import *  # noqa: F401,F403
from strata_client.stubs.strata.decoding.v1.parameters_pb2 import *  # noqa: F401,F403
