"""Traces: where the time of a request, an answer or a job goes. Off unless `traces.endpoint` or `traces.file` is set.

spans         what is timed, with figures, codes and names of ours only: it cannot hold a sentence
parents       the `traceparent` header (W3C), read and written
statements    SQL statements by their kind
export        to a collector that speaks OTLP/HTTP, through the egress client, or to a file (docs/adr/0048)
"""
