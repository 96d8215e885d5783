"""Prometheus metrics of this process: counts and times, never content nor persons.

Where a node has several web processes, a scrape reaches one of them: it tells of all, each with its `worker`. A process
that was started again begins at zero, which Prometheus knows how to read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry()
SUPERVISION = CollectorRegistry()  # what the process knows that starts the others
Family = tuple[str, str, str, list[tuple[str, dict[str, str], float]]]  # name, help, type, samples

HTTP_REQUESTS = Counter("chatelet_http_requests_total", "Requests answered", ["method", "status"], registry=REGISTRY)
REQUEST_STATEMENTS = Counter(
    "chatelet_request_statements_total", "SQL statements made while serving requests", registry=REGISTRY
)
TURNS_RUNNING = Gauge("chatelet_turns_running", "Turns running in this process", registry=REGISTRY)
TURNS_CLOSED = Counter("chatelet_turns_closed_total", "Turns by final state", ["state"], registry=REGISTRY)
FIRST_TOKEN_SECONDS = Histogram(
    "chatelet_first_token_seconds",
    "From the question's arrival to the first characters of the answer",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60),
    registry=REGISTRY,
)
TOKENS = Counter("chatelet_tokens_total", "Tokens, by model and direction", ["model", "direction"], registry=REGISTRY)


API_CALLS_RUNNING = Gauge("chatelet_api_calls_running", "Calls of /v1 running in this process", registry=REGISTRY)
API_CALLS_CLOSED = Counter(
    "chatelet_api_calls_closed_total",
    "Calls of /v1 that asked a model, by final state",
    ["route", "state"],
    registry=REGISTRY,
)


ORPHANS = Gauge(
    "chatelet_orphans_found", "What deleted documents left behind, at the last look (each night): none", ["kind"],
    registry=REGISTRY,
)  # fmt: skip
SPANS = Counter("chatelet_spans_total", "Spans of traces, sent or dropped", ["outcome"], registry=REGISTRY)
JOURNAL_WAITING = Gauge(
    "chatelet_journal_forward_waiting", "Events that the collector of the journal was not given yet", registry=REGISTRY
)
JOURNAL_FORWARDED = Counter(
    "chatelet_journal_forward_batches_total",
    "Batches of the journal sent to its collector, taken or failed",
    ["outcome"],
    registry=REGISTRY,
)
WORKER_UP = Gauge("chatelet_worker_up", "1 while this web process answers", ["worker"], registry=SUPERVISION)
WORKER_ENDS = Counter(
    "chatelet_worker_ends_total", "Times this web process ended unasked", ["worker"], registry=SUPERVISION
)


def render() -> bytes:
    """Return the exposition in Prometheus's text format."""
    return generate_latest(REGISTRY)


def collected(registry: CollectorRegistry) -> list[Family]:
    """Return what a process counted, in a form that JSON carries to another."""
    return [
        (family.name, family.documentation, family.type, [(one.name, one.labels, one.value) for one in family.samples])
        for family in registry.collect()
    ]


def render_of(parent: Sequence[Family], workers: Mapping[int, Sequence[Family] | None]) -> bytes:
    """Return the exposition of a node, its samples labelled; None is a process that said nothing."""
    registry = CollectorRegistry()
    registry.register(_Node(parent, workers))
    return generate_latest(registry)


class _Node(Collector):
    def __init__(self, parent: Sequence[Family], workers: Mapping[int, Sequence[Family] | None]) -> None:
        self._parent = parent
        self._workers = workers

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        told: list[tuple[dict[str, str], Sequence[Family]]] = [({}, self._parent)]
        told += [({"worker": str(number)}, found or ()) for number, found in sorted(self._workers.items())]
        for label, found in told:
            for name, documentation, kind, samples in found:
                family = families.setdefault(name, Metric(name, documentation, kind))
                for sample, labels, value in samples:
                    add: Any = family.add_sample
                    add(sample, {**labels, **label}, value)
        yield from families.values()
