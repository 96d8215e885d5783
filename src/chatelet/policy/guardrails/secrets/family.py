"""Gathers the detectors of secrets, the surest first."""

from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.secrets.passwords import find_passwords
from chatelet.policy.guardrails.secrets.private_keys import find_private_keys
from chatelet.policy.guardrails.secrets.tokens import find_tokens
from chatelet.policy.guardrails.spans import Span


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    text = reading.text
    return [*find_private_keys(text), *find_tokens(text), *find_passwords(reading)]
