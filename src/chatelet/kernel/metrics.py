"""Prometheus metrics of this process: counts and times, never content nor persons."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

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


def render() -> bytes:
    """Return the exposition in Prometheus's text format."""
    return generate_latest(REGISTRY)
