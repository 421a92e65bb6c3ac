#!/usr/bin/python3
"""Checks ghz reports against thresholds, because ghz itself ends with 0 even if every call failed.

usage: check_report.py [--thresholds FILE] REPORT.json...

A report's "name" picks its thresholds: max_error_share (0..1), max_pNN_ms (any percentile, such as max_p99_ms or
max_p99.9_ms), min_rps, allowed_statuses (others count as errors; default OK). Exit code 0: all met; 1: a threshold is
broken; 2: no verdict, because a report cannot be read, is empty, was cut short or has no thresholds.
"""
import argparse
import json
import pathlib
import re
import sys

NANOSECONDS_OF_A_MILLISECOND = 1e6
PERCENTILE = re.compile(r"max_p(\d+(?:\.\d+)?)_ms")
# A run that lasts its "duration" ends with "timeout"; "cancel" is an interrupted one.
WHOLE = ("normal", "timeout")


class NoVerdict(Exception):
    """The report does not allow a verdict."""


def read(path):
    """A JSON object from a file."""
    try:
        value = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except OSError as failure:
        raise NoVerdict(f"{path} cannot be read: {failure.strerror}. Did ghz write it (\"output\" in the configuration)?") from failure
    except ValueError as failure:
        raise NoVerdict(f"{path} is not JSON: {failure}. Set \"format\": \"json\" in the configuration, and let ghz end by itself.") from failure
    if not isinstance(value, dict):
        raise NoVerdict(f"{path} is not a ghz report: it holds no JSON object.")
    return value


def percentile_ms(report, percentage):
    """A latency percentile in ms; percentiles that ghz does not list come from the details, by nearest rank as ghz does it."""
    for entry in report.get("latencyDistribution") or []:
        if entry["percentage"] == percentage:
            return entry["latency"] / NANOSECONDS_OF_A_MILLISECOND
    latencies = sorted(detail["latency"] for detail in report.get("details") or [])
    if not latencies:
        raise NoVerdict(f"has no p{percentage:g} and no details to take it from; did every call fail?")
    rank = -(-len(latencies) * percentage // 100)
    return latencies[max(int(rank), 1) - 1] / NANOSECONDS_OF_A_MILLISECOND


def error_share(report, thresholds, count):
    """Share of calls whose status is not allowed."""
    statuses = report.get("statusCodeDistribution") or {}
    return 1 - sum(statuses.get(status, 0) for status in thresholds.get("allowed_statuses", ["OK"])) / count


def findings(report, thresholds):
    """One (text, met) for each threshold."""
    count = report.get("count", 0)
    if count <= 0:
        raise NoVerdict("counts no call; is the total larger than skipFirst?")
    if report.get("endReason", "normal") not in WHOLE:
        raise NoVerdict(f"ended with \"{report['endReason']}\": it was cut short; run it again.")
    for name, bound in thresholds.items():
        percentile = PERCENTILE.fullmatch(name)
        if name == "allowed_statuses":
            continue
        if name == "max_error_share":
            value, met = error_share(report, thresholds, count), lambda v: v <= bound
        elif name == "min_rps":
            value, met = report["rps"], lambda v: v >= bound
        elif percentile:
            value, met = percentile_ms(report, float(percentile.group(1))), lambda v: v <= bound
        else:
            raise NoVerdict(f"cannot be checked for \"{name}\": no such threshold; there are max_error_share, max_pNN_ms, min_rps and allowed_statuses.")
        yield f"{name} {bound:g}: {value:.4g}", met(value)
    if "allowed_statuses" in thresholds and "max_error_share" not in thresholds:
        share = error_share(report, thresholds, count)
        yield f"share of statuses other than {', '.join(thresholds['allowed_statuses'])}: {share:.4g}", share == 0


def check(path, all_thresholds):
    """The findings of one report; NoVerdict says which report."""
    report = read(path)
    name = report.get("name", "")
    if name not in all_thresholds:
        raise NoVerdict(f"{path} has the name \"{name}\", which has no thresholds; there are {', '.join(all_thresholds)}.")
    try:
        return name, list(findings(report, all_thresholds[name]))
    except NoVerdict as failure:
        raise NoVerdict(f"{path} {failure}") from failure
    except (KeyError, TypeError, AttributeError) as failure:
        raise NoVerdict(f"{path} is not a ghz report as v0.121 writes it: {failure!r}.") from failure


def main():
    """Prints a line for each threshold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--thresholds", default=pathlib.Path(__file__).with_name("thresholds.json"))
    parser.add_argument("reports", nargs="+", metavar="REPORT.json")
    arguments = parser.parse_args()
    broken = False
    try:
        thresholds = read(arguments.thresholds)
        for path in arguments.reports:
            name, found = check(path, thresholds)
            for text, met in found:
                broken |= not met
                print(f"{'ok    ' if met else 'BROKEN'} {name}: {text}")
    except NoVerdict as failure:
        print(failure, file=sys.stderr)
        return 2
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
