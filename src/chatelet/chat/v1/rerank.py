"""`POST /v1/rerank`: how well each text answers a question, by the model that was named; as Jina and Cohere have it."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta
from starlette.types import Send

from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import exchange as steps
from chatelet.chat.v1.carrying import ExchangeResponse, Write
from chatelet.chat.v1.chat_body import ModelName
from chatelet.chat.v1.errors import InvalidParameter
from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.form import encode
from chatelet.chat.v1.replaced import compare
from chatelet.inference.gateway import Reranking
from chatelet.inference.registry import RERANK

_MOST_TEXTS: Final = 1_000
_MOST_CHARACTERS: Final = 2_000_000


class _Document(msgspec.Struct):
    text: str


class RerankBody(msgspec.Struct):
    """The body. A document is a text, or an object that holds one."""

    model: ModelName
    query: Annotated[str, Meta(min_length=1, max_length=100_000)]
    documents: Annotated[list[str | _Document], Meta(min_length=1, max_length=_MOST_TEXTS)]
    top_n: Annotated[int, Meta(ge=1, le=_MOST_TEXTS)] | None = None
    return_documents: bool | None = None

    def texts(self) -> list[str]:
        """Return the texts. Raises `InvalidParameter`."""
        texts = [one if isinstance(one, str) else one.text for one in self.documents]
        if not all(texts):
            raise InvalidParameter(field="documents", reason="texts are expected, none empty")
        if sum(map(len, texts)) > _MOST_CHARACTERS:
            raise InvalidParameter(field="documents", reason=f"at most {_MOST_CHARACTERS} characters together")
        return texts


class RerankResponse(ExchangeResponse):
    """Asks a model for an order when it is served."""

    def __init__(self, services: ChatServices, exchange: Exchange, body: RerankBody, texts: list[str]) -> None:
        super().__init__(services, exchange)
        self._body = body
        self._texts = texts

    async def ask(self, send: Send, write: Write) -> bytes:  # noqa: ARG002 (nothing is written before the end)
        """Ask; return the public answer. Raises the errors of `exchange.choose` and of models."""
        await steps.examine(self.services, self.exchange, [self._body.query, *self._texts])
        sent = await compare(self.services, self.exchange, [self._body.query, *self._texts], RERANK)
        body, texts = self._body, self._texts
        read = sum(map(len, texts)) + len(body.query) * len(texts)
        await steps.hold(self.services, self.exchange, characters=read, longest=0)
        query, *sent_texts = sent.texts
        told = await self.services.gateway.rerank(sent.clearance, query, sent_texts, sent.choice)
        self.exchange.usage = told.usage
        return encode(_public(told, texts if body.return_documents else None, body.top_n or len(texts)))


def _public(told: Reranking, texts: list[str] | None, first: int) -> dict[str, Any]:
    scores = told.relevance.scores
    order = sorted(range(len(scores)), key=lambda place: -scores[place])[:first]
    results: list[dict[str, Any]] = [{"index": place, "relevance_score": scores[place]} for place in order]
    if texts is not None:
        results = [result | {"document": {"text": texts[result["index"]]}} for result in results]
    return {"model": told.model.id, "results": results, "usage": {"total_tokens": told.usage.prompt_tokens}}
