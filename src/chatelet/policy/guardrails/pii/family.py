"""Gathers the detectors of this family."""

from chatelet.policy.guardrails.pii.email import find_emails
from chatelet.policy.guardrails.pii.nir import find_nirs
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    return [*find_emails(reading.text), *find_nirs(reading.text)]
