"""Puts the originals back in what a model writes, as it writes it."""

from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.swapping import Known, Swap


def restorer(ledger: Ledger) -> Swap:
    """Return the machine that reads an answer in pieces (`feed`, `flush`)."""
    return Swap(Known(ledger.incoming()))


def restore(text: str, ledger: Ledger) -> str:
    """Return a whole text with its originals."""
    return restorer(ledger).whole(text)
