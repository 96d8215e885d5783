"""Ranking of texts by a server that speaks `/v1/rerank` (Jina, Cohere, vLLM…): what is sent, what is believed.

{model, query, documents, top_n, return_documents: false} -> {results: [{index, relevance_score}], usage?}
"""

import math
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from chatelet.inference.errors import ModelBrokenAnswer
from chatelet.inference.exchange import Relevance, TokenCount
from chatelet.inference.usage import estimate_tokens

MOST_TEXTS: Final = 1_000


def reranking_body(model: str, query: str, texts: Sequence[str]) -> bytes:
    """Write a request for the relevance of every text."""
    fields: dict[str, Any] = {"model": model, "query": query, "documents": list(texts)}
    return msgspec.json.encode(fields | {"top_n": len(texts), "return_documents": False})


class _Result(msgspec.Struct):
    index: int
    relevance_score: float


class _Spent(msgspec.Struct):
    total_tokens: int = 0


class _Ranking(msgspec.Struct):
    results: list[_Result]
    usage: _Spent | None = None


def read_relevance(raw: bytes, query: str, texts: Sequence[str]) -> Relevance:
    """Return a score for each text, in their order. Raises `ModelBrokenAnswer` for anything else."""
    try:
        answer = msgspec.json.decode(raw, type=_Ranking)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ModelBrokenAnswer(reason="malformed_json") from None
    scores = {result.index: result.relevance_score for result in answer.results}
    is_whole = len(answer.results) == len(texts) and scores.keys() == set(range(len(texts)))
    if not is_whole or not all(map(math.isfinite, scores.values())):
        raise ModelBrokenAnswer(reason="not_a_ranking")
    return Relevance(tuple(scores[place] for place in range(len(texts))), _count(answer.usage, query, texts))


def _count(spent: _Spent | None, query: str, texts: Sequence[str]) -> TokenCount:
    """Believe what the server says it read, unless a tokenizer could not: it reads the question with each text."""
    characters = sum(map(len, texts)) + len(query) * len(texts)
    told = spent.total_tokens if spent is not None else 0
    if 0 < told <= 4 * characters + 16 * len(texts):
        return TokenCount(told, 0, estimated=False)
    return TokenCount(estimate_tokens(characters), 0, estimated=True)
