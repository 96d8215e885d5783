"""E-mail addresses, with accents and international domains."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.spans import Span

_ADDRESS: Final = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])(?:mailto:)?([\w!#$%&*+/=?^{|}~-][\w.!#$%&'*+/=?^{|}~-]{0,63})@"
    r"((?:[\w](?:[\w-]{0,62}\w)?\.){1,8}[^\W\d_](?:[\w-]{0,30}\w))"
)


def find_emails(text: str) -> Iterator[Span]:
    """Give the addresses."""
    if "@" not in text:
        return
    for found in _ADDRESS.finditer(text):
        yield Span(found.start(1), found.end(), "email")
