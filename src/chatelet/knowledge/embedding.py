"""Vectors of passages and of questions, through the gateway: the content's clearance goes with every text.

A passage is embedded by windows; a batch holds several passages, so that a server is asked a few times for a document.
"""

from collections.abc import Sequence
from typing import Final

from chatelet.inference import compared
from chatelet.inference.compared import Compared
from chatelet.inference.gateway import Gateway
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.knowledge.windows import windows_of
from chatelet.policy.clearance import Clearance

_AT_ONCE: Final = 128  # texts of a request
_LONGEST_QUESTION: Final = 2_000  # characters: what is longer says no more to an encoder of sentences
log = get_logger(__name__)


async def embed_passages(
    gateway: Gateway, clearance: Clearance, passages: Sequence[IndexedPassage], *, wanted: str | None = None
) -> tuple[list[Window], str]:
    """Return the windows of `passages`, each passage's together, and the model that made them.

    Raises a `Refusal` or a `ModelError`: the caller indexes words only, and tries again later.
    """
    texts = [(passage.id, text) for passage in passages for text in windows_of(passage.named, passage.text)]
    leaving = await _leaving(gateway, clearance, wanted, [text for _, text in texts])
    texts = [(passage_id, text) for (passage_id, _), text in zip(texts, leaving.texts, strict=True)]
    windows: list[Window] = []
    for start in range(0, len(texts), _AT_ONCE):
        batch = texts[start : start + _AT_ONCE]
        told = await gateway.embed(leaving.clearance, [text for _, text in batch], leaving.choice)
        windows += [
            Window(passage_id, vector) for (passage_id, _), vector in zip(batch, told.vectors.items, strict=True)
        ]
    return windows, leaving.choice.wanted.id


async def embed_question(
    gateway: Gateway, clearance: Clearance, text: str, models: Sequence[str] = ()
) -> tuple[tuple[float, ...] | None, str]:
    """Return the vector of a question, and the model that made it: the first of `models` that can; None when none can.

    While a base is embedded again, these are the one that answers and, should it be gone, the one that arrives.
    """
    for wanted in models or (None,):
        try:
            leaving = await _leaving(gateway, clearance, wanted, [text[:_LONGEST_QUESTION]])
            told = await gateway.embed(leaving.clearance, leaving.texts, leaving.choice)
        except AppError as error:
            log.warning("question_without_vector", model=wanted, error=error.code)
            continue
        return told.vectors.items[0], leaving.choice.wanted.id
    return None, ""


async def _leaving(gateway: Gateway, clearance: Clearance, wanted: str | None, texts: Sequence[str]) -> Compared:
    """Return the encoder, and the texts as they may leave for it. Raises a `Refusal` or `NoModelAvailable`."""
    return await compared.leave(gateway, clearance, texts, lambda cleared: gateway.choose_encoder(cleared, wanted))
