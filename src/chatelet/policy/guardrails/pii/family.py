"""Gathers the detectors of personal data, the surest first: an account is not searched for telephone numbers."""

import re
from typing import Final

from chatelet.policy.guardrails.pii.address import find_addresses
from chatelet.policy.guardrails.pii.birth import find_births
from chatelet.policy.guardrails.pii.card import find_cards
from chatelet.policy.guardrails.pii.company import find_companies
from chatelet.policy.guardrails.pii.email import find_emails
from chatelet.policy.guardrails.pii.health import find_health
from chatelet.policy.guardrails.pii.iban import find_ibans
from chatelet.policy.guardrails.pii.identity import find_identity_documents
from chatelet.policy.guardrails.pii.names import find_names
from chatelet.policy.guardrails.pii.network import find_ips
from chatelet.policy.guardrails.pii.nir import find_nirs
from chatelet.policy.guardrails.pii.phone import find_phones
from chatelet.policy.guardrails.pii.tables import find_in_tables
from chatelet.policy.guardrails.reading import Reading
from chatelet.policy.guardrails.spans import Span

# Eight digits, whatever small stands between them: fewer make no account, no card, no telephone number.
_NUMBER: Final = re.compile(r"\d(?:[\s.\-_/()]{0,3}[\dABab]){7}")
_DIGIT: Final = re.compile(r"\d")


def find(reading: Reading) -> list[Span]:
    """Return what is found, the surest first."""
    text = reading.text
    found = [*find_emails(reading)]
    if _DIGIT.search(text):
        if _NUMBER.search(text):
            found += [*find_ibans(text), *find_nirs(text)]
        found += [*find_births(reading), *find_identity_documents(reading)]
        if _NUMBER.search(text):
            found += [*find_companies(reading), *find_cards(text), *find_phones(text)]
        found += [*find_ips(text), *find_addresses(reading)]
    found += find_in_tables(reading)
    found += find_names(reading)
    found += find_health(reading)
    return found
