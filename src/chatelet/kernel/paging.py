"""Cursors of lists ordered by a text and an identifier: opaque to the caller, checked when they come back."""

import base64
import json
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from chatelet.kernel.errors import InvalidRequest

_CURSOR = TypeAdapter(tuple[str, UUID])


def write_cursor(text: str, identifier: UUID) -> str:
    """Return the cursor of a last row shown."""
    return base64.urlsafe_b64encode(json.dumps([text, str(identifier)]).encode()).decode()


def read_cursor(cursor: str) -> tuple[str, UUID]:
    """Return the text and the identifier after which the page begins; raise `InvalidRequest`."""
    try:
        text, identifier = _CURSOR.validate_json(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, ValidationError):
        raise InvalidRequest(field="cursor") from None
    if "\0" in text:
        raise InvalidRequest(field="cursor")
    return text, identifier
