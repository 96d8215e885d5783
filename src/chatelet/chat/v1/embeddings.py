"""`POST /v1/embeddings`: vectors of texts, by the model that was named and no other."""

import struct
from base64 import b64encode
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from starlette.types import Send

from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import exchange as steps
from chatelet.chat.v1.carrying import ExchangeResponse, Write
from chatelet.chat.v1.chat_body import ModelName
from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter
from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.form import encode
from chatelet.chat.v1.replaced import compare
from chatelet.inference.gateway import Embedding
from chatelet.inference.registry import EMBEDDINGS

_MOST_TEXTS: Final = 2_048
_MOST_CHARACTERS: Final = 2_000_000


class EmbeddingsBody(msgspec.Struct):
    """The body. `input` as numbers of tokens is refused: tokens of one model mean nothing to another."""

    model: ModelName
    input: str | list[Any]
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: Annotated[int, Meta(ge=1, le=16_384)] | None = None

    def texts(self) -> list[str]:
        """Return the texts. Raises `InvalidParameter`, `UnsupportedParameter`."""
        given: list[Any] = [self.input] if isinstance(self.input, str) else self.input
        if not 1 <= len(given) <= _MOST_TEXTS:
            raise InvalidParameter(field="input", reason=f"between 1 and {_MOST_TEXTS} texts")
        texts = [text for text in given if isinstance(text, str) and text]
        if len(texts) != len(given):
            raise UnsupportedParameter(field="input", reason="texts are expected, none empty, no tokens")
        if sum(map(len, texts)) > _MOST_CHARACTERS:
            raise InvalidParameter(field="input", reason=f"at most {_MOST_CHARACTERS} characters together")
        return texts


class EmbeddingsResponse(ExchangeResponse):
    """Asks a model for vectors when it is served."""

    def __init__(self, services: ChatServices, exchange: Exchange, body: EmbeddingsBody, texts: list[str]) -> None:
        super().__init__(services, exchange)
        self._body = body
        self._texts = texts

    async def ask(self, send: Send, write: Write) -> bytes:  # noqa: ARG002 (nothing is written before the end)
        """Ask; return the public answer. Raises the errors of `exchange.choose` and of models."""
        await steps.examine(self.services, self.exchange, self._texts)
        sent = await compare(self.services, self.exchange, self._texts, EMBEDDINGS)
        await steps.hold(self.services, self.exchange, characters=sum(map(len, self._texts)), longest=0)
        body = self._body
        told = await self.services.gateway.embed(sent.clearance, sent.texts, sent.choice, dimensions=body.dimensions)
        self.exchange.usage = told.usage
        return encode(_public(told, as_base64=body.encoding_format == "base64"))


def _public(told: Embedding, *, as_base64: bool) -> dict[str, Any]:
    read = told.usage.prompt_tokens
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": _packed(vector) if as_base64 else vector}
            for index, vector in enumerate(told.vectors.items)
        ],
        "model": told.model.id,
        "usage": {"prompt_tokens": read, "total_tokens": read},
    }


def _packed(vector: tuple[float, ...]) -> str:
    """Return 32-bit numbers, least significant byte first, in base64, as the public format has it."""
    return b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
