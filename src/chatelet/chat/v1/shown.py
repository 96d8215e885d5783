"""Images of a call, drawn anew before a model sees them: what a caller sent never reaches a model server as it came."""

import math
from dataclasses import replace
from typing import Final

from chatelet.chat.services import ChatServices
from chatelet.chat.v1.content import Images
from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter
from chatelet.documents.errors import FileUnreadable
from chatelet.inference.errors import ModelSeesNoImages
from chatelet.inference.exchange import ChatRequest
from chatelet.inference.picture import LONGEST_SIDE, MOST_PICTURES, Picture
from chatelet.inference.registry import Model

_NAME: Final = "image"
_CHARACTERS_PER_TOKEN: Final = 3.4


async def with_pictures(services: ChatServices, request: ChatRequest, images: Images, model: Model) -> ChatRequest:
    """Return the request with its pictures. Raises `ModelSeesNoImages`, `InvalidParameter`, `UnsupportedParameter`."""
    if not model.sees:
        raise ModelSeesNoImages(model=model.id)
    if sum(map(len, images.values())) > MOST_PICTURES:
        raise UnsupportedParameter(field="messages", reason=f"at most {MOST_PICTURES} images")
    messages = list(request.messages)
    for place, given in images.items():
        if messages[place].role != "user":
            raise UnsupportedParameter(field=f"messages[{place}].content", reason="images are the user's")
        drawn = tuple([await _drawn(services, data, place) for data in given])
        messages[place] = replace(messages[place], pictures=drawn)
    return replace(request, messages=tuple(messages))


def as_characters(request: ChatRequest) -> int:
    """Return how many characters would take as many tokens as the pictures."""
    return math.ceil(_CHARACTERS_PER_TOKEN * sum(picture.tokens for picture in request.pictures))


async def _drawn(services: ChatServices, data: bytes, place: int) -> Picture:
    try:
        return Picture(await services.documents.reader.look(data, _NAME, 1, LONGEST_SIDE))
    except (FileUnreadable, ValueError):
        raise InvalidParameter(field=f"messages[{place}].content", reason="the image cannot be opened") from None
