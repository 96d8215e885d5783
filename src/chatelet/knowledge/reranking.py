"""The first candidates read again by a reranker, where there is one; without it, or when it fails, the fused order.

A reranker is a model like any other: it is asked with the clearance of what was found, for a short time, holding no
transaction; names that may not reach it are replaced (inference.compared). It only orders: whether anything answers at
all stays judged by words and vectors (`fit`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatelet.inference import compared
from chatelet.inference.gateway import Gateway
from chatelet.inference.registry import RERANK
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge.search import Hit
from chatelet.policy.clearance import Clearance

READ_AGAIN: Final = 24  # candidates
_WITHIN_SECONDS: Final = 2.0
_LONGEST_QUESTION: Final = 2_000  # characters
_LONGEST_TEXT: Final = 4_000
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reranked:
    """Hits in their order; `model` that ordered them, or the code of what kept it from doing so."""

    hits: tuple[Hit, ...]
    model: str | None = None
    error: str | None = None


async def rerank(gateway: Gateway, clearance: Clearance, question: str, hits: Sequence[Hit]) -> Reranked:
    """Order the first of `hits` again; the others follow as they were. Never raises what a model or a rule can do."""
    if len(hits) < 2 or not gateway.offers(RERANK):
        return Reranked(tuple(hits))
    first, rest = hits[:READ_AGAIN], hits[READ_AGAIN:]
    texts = [f"{hit.passage.named}\n{hit.passage.text}".strip()[:_LONGEST_TEXT] for hit in first]
    try:
        sent = await compared.leave(
            gateway, clearance, [question[:_LONGEST_QUESTION], *texts], lambda one: gateway.choose(one, ability=RERANK)
        )
        asked, *texts = sent.texts
        told = await gateway.rerank(sent.clearance, asked, texts, sent.choice, within=_WITHIN_SECONDS)
    except AppError as error:
        log.warning("not_reranked", error=error.code)
        return Reranked(tuple(hits), error=error.code)
    judged = [_judged(hit, score) for hit, score in zip(first, told.relevance.scores, strict=True)]
    judged.sort(key=lambda one: -(one.reasons.relevance or 0.0))  # stable: equal ones keep the fused order
    return Reranked((*judged, *rest), told.model.id)


def _judged(hit: Hit, relevance: float) -> Hit:
    return replace(hit, reasons=replace(hit.reasons, relevance=relevance))
