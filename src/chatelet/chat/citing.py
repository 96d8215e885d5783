"""Cite: the answer's quotations are looked for in what the person gave; the page shows which hold."""

import asyncio

from chatelet.chat.events import Citations
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.conversations.schemas import CitationOut
from chatelet.evidence.passage import Citation, Passage
from chatelet.evidence.verification import verify


async def cite(asked: AskedTurn, live: LiveTurn) -> None:
    """Verify, off the event loop (a long text takes milliseconds), and tell; nothing to tell is not told."""
    quotations = live.quotations.flush()
    if not quotations:
        return
    passages = [Passage(turn.question, message_id=turn.question_id) for turn in asked.opened.history]
    passages.append(Passage(asked.opened.question, message_id=asked.opened.question_id))
    citations = await asyncio.to_thread(verify, quotations, passages)
    if citations:
        live.tell(Citations(items=[_shown(citation) for citation in citations]))


def _shown(citation: Citation) -> CitationOut:
    return CitationOut(
        start=citation.start,
        end=citation.end,
        verified=citation.verified,
        message_id=citation.message_id,
        source_start=citation.source_start,
        source_end=citation.source_end,
    )
