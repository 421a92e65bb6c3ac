#!/usr/bin/env python3
"""Shows what each layer would have answered.

usage: PYTHONPATH=clients/python/src explain.py ADDRESS TEXT
"""
import sys

import strata_client

if len(sys.argv) != 3:
    sys.exit("usage: explain.py HOST:PORT TEXT")
with strata_client.connect(sys.argv[1]) as client:
    for event in client.explain(sys.argv[2]):
        if event.HasField("point"):
            print(f"layer {event.point.layer}: {event.point.label}")
        elif event.HasField("outcome"):
            print(f"decoded: {event.outcome.result.label} {event.outcome.result.probability:.2f}")
