"""Gathers the detectors of secrets, the surest first."""

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.secrets.passwords import find_passwords
from chatelet.policy.guardrails.secrets.private_keys import find_private_keys
from chatelet.policy.guardrails.secrets.tokens import find_tokens
from chatelet.policy.guardrails.spans import Span


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    return [*find_forms(reading), *find_passwords(reading)]


def find_forms(reading: Reading) -> list[Span]:
    """Return what has the form of a key or token, whatever announces it: what is sure, before what is less."""
    return [*find_private_keys(reading.text), *find_tokens(reading.text)]
