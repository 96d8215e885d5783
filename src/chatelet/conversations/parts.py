"""What a message is made of: a versioned list of parts, our own format, stored sealed.

Version 1: `{"v": 1, "parts": [{"type": "text", "text": "…"}, {"type": "attachment", …}]}`. A new kind of part is a new
member of `Part`; a change of meaning is a new version, converted when read.
"""

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

import msgspec

from chatelet.kernel.errors import AppError

VERSION: Final = 1
_IMAGES: Final = frozenset({"png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "heic", "heif", "avif", "webp"})


class TextPart(msgspec.Struct, frozen=True, tag_field="type", tag="text"):
    """Markdown text."""

    text: str


class AttachmentPart(msgspec.Struct, frozen=True, tag_field="type", tag="attachment"):
    """A file given with a question; its bytes are elsewhere, under their own key."""

    file_id: UUID
    name: str
    size: int

    @property
    def looks_like_image(self) -> bool:
        """Tell, by its name, whether it is probably an image; what it is, is found in its content when it is read."""
        return self.name.rpartition(".")[2].lower() in _IMAGES


class CollectionPart(msgspec.Struct, frozen=True, tag_field="type", tag="collection"):
    """A collection in which a question is to be answered; who may read it is asked again each time."""

    collection_id: UUID
    name: str


class WebPart(msgspec.Struct, frozen=True, tag_field="type", tag="web"):
    """A search of the web asked with a question: the words that leave, as the person read and confirmed them.

    `tiers` are the only kinds of sites wanted; none means any.
    """

    query: str
    tiers: tuple[str, ...] = ()


class WorksPart(msgspec.Struct, frozen=True, tag_field="type", tag="works"):
    """A search of publications asked with a question: the words that leave, as the person read and confirmed them."""

    query: str


Part = TextPart | AttachmentPart | CollectionPart | WebPart | WorksPart
Given = AttachmentPart | CollectionPart | WebPart | WorksPart
Role = Literal["user", "assistant"]


class UnknownParts(AppError):
    """The message was stored by a newer version."""

    code = "message_version_unknown"
    status = 500


class _Stored(msgspec.Struct, frozen=True):
    v: int
    parts: list[Part]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Stored)


def encode(parts: list[Part]) -> bytes:
    """Return the stored form of `parts`."""
    return _encoder.encode(_Stored(VERSION, parts))


def decode(stored: bytes) -> list[Part]:
    """Read the stored form; raise `UnknownParts` for a version this program does not know."""
    try:
        content = _decoder.decode(stored)
    except msgspec.DecodeError:
        raise UnknownParts from None
    if content.v != VERSION:
        raise UnknownParts(version=content.v)
    return content.parts


def text_of(parts: list[Part]) -> str:
    """Return the text of `parts`, joined."""
    return "\n\n".join(part.text for part in parts if isinstance(part, TextPart))


def given_of(parts: Sequence[Part]) -> tuple[Given, ...]:
    """Return what came with the text: files, collections, searches."""
    return tuple(part for part in parts if not isinstance(part, TextPart))
