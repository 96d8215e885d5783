"""What a message holds: a text, or a list of parts of text and of images as data. What would be fetched is refused.

Servers that fetch the images of a message let callers reach the network behind them (TA-060), and those that decode
them as they come, fill their memory (TA-150): no address is ever passed on, and an image given as data is drawn anew in
the reader's process, within bounds, before a model that sees is shown it.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter
from chatelet.inference.exchange import LONGEST_MESSAGES

_TEXTS: Final = frozenset({"text", "input_text", "output_text"})
_IMAGES: Final = frozenset({"image_url", "input_image"})
_DATA: Final = re.compile(r"data:image/(?:png|jpeg|jpg|webp|heic|avif|tiff);base64,", re.IGNORECASE)


class ImageAddress(msgspec.Struct):
    """An image: a `data:` address, whatever the name of the field says."""

    url: str
    detail: str | None = None


class Part(msgspec.Struct):
    """A part of a message."""

    type: Annotated[str, Meta(max_length=40)]
    text: str = ""
    refusal: str = ""
    image_url: ImageAddress | str | None = None


Images = Mapping[int, list[bytes]]  # by the place of the message
Content = str | Annotated[list[Part], Meta(max_length=LONGEST_MESSAGES)] | None


class SchemaFormat(msgspec.Struct):
    """A form of answer by JSON Schema."""

    schema: dict[str, Any] | None = None
    strict: bool | None = None
    name: Annotated[str, Meta(max_length=64)] = "answer"


def text_of(content: Content, field: str) -> str:
    """Return the text of a message. Raises `UnsupportedParameter` for parts that are neither text nor images."""
    if content is None or isinstance(content, str):
        return content or ""
    for part in content:
        if part.type not in _TEXTS and part.type not in _IMAGES and part.type != "refusal":
            reason = f"only parts of text and images are read, not {part.type}"
            raise UnsupportedParameter(field=f"{field}.content", reason=reason)
    return "".join(part.text or part.refusal for part in content)


def images_of(content: Content, field: str) -> list[bytes]:
    """Return the images of a message, as they were given. Raises `UnsupportedParameter` for anything but data."""
    if content is None or isinstance(content, str):
        return []
    return [_bytes(part, f"{field}.content") for part in content if part.type in _IMAGES]


def _bytes(part: Part, field: str) -> bytes:
    told = part.image_url
    address = told.url if isinstance(told, ImageAddress) else told or ""
    head = _DATA.match(address)
    if head is None:
        reason = "an image is given as data (data:image/png;base64,…): no address is fetched"
        raise UnsupportedParameter(field=field, reason=reason)
    try:
        return base64.b64decode(address[head.end() :], validate=True)
    except (binascii.Error, ValueError):
        raise InvalidParameter(field=field, reason="the image is not base64") from None
