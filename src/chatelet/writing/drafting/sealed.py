"""What is sealed of a template, with the key of its own: its versions, its style files and their names."""

from typing import Final
from uuid import UUID

import msgspec

from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.writing.drafting.template import Template

_encoder: Final = msgspec.msgpack.Encoder()
_templates: Final = msgspec.msgpack.Decoder(Template)


class TemplateSealer:
    """Seals and opens what a template holds."""

    def __init__(self, key: DataKey, template_id: UUID) -> None:
        self._key = key
        self._id = template_id

    @classmethod
    def make(cls, keyring: Keyring, template_id: UUID) -> tuple["TemplateSealer", bytes]:
        """Make the key of a new template; return its wrapped form too."""
        key, wrapped = keyring.new_key(b"template:" + template_id.bytes)
        return cls(key, template_id), wrapped

    @classmethod
    def of(cls, keyring: Keyring, template_id: UUID, wrapped: bytes) -> "TemplateSealer":
        """Unwrap the key of a template. Raises `UnreadableContent`."""
        return cls(keyring.unwrap(wrapped, b"template:" + template_id.bytes), template_id)

    def seal(self, template: Template, number: int) -> bytes:
        """Seal a version."""
        return self._key.seal(_encoder.encode(template), self._context(f"version:{number}"))

    def open(self, sealed: bytes, number: int) -> Template:
        """Open a version."""
        return _templates.decode(self._key.open(sealed, self._context(f"version:{number}")))

    def seal_bytes(self, data: bytes, style_id: UUID, what: str) -> bytes:
        """Seal a style file, or its name."""
        return self._key.seal(data, self._context(f"{what}:{style_id}"))

    def open_bytes(self, sealed: bytes, style_id: UUID, what: str) -> bytes:
        """Open a style file, or its name."""
        return self._key.open(sealed, self._context(f"{what}:{style_id}"))

    def _context(self, what: str) -> bytes:
        return f"template-{what}:".encode() + self._id.bytes
