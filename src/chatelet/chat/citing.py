"""Cite: each sentence of the answer is checked, while it is written, against the passages it was given.

Without passages, its quotations are looked for in what the person wrote, once it is whole.

    text -> StatementStream -> Support.check (off the event loop) -> Citations told so far
"""

import asyncio
from collections.abc import Sequence

from chatelet.chat.events import Citations
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.conversations.schemas import CitationOut
from chatelet.evidence.citations import QuotationStream
from chatelet.evidence.passage import Citation, Passage, Statement
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support
from chatelet.evidence.verification import verify


class Citer:
    """Reads one answer as it comes. Fed by the turn's task alone."""

    def __init__(self, passages: Sequence[Passage], question: str = "") -> None:
        self._support = Support(passages, question) if passages else None
        self._statements = StatementStream()
        self._quotations = QuotationStream()
        self._found: list[CitationOut] = []

    async def feed(self, text: str, live: LiveTurn) -> None:
        """Read more of the answer, and tell what was found of the sentences that it completes."""
        if self._support is None:
            self._quotations.feed(text)
        elif statements := self._statements.feed(text):
            await self._check(self._support, statements, live)

    async def end(self, asked: AskedTurn, live: LiveTurn) -> None:
        """Check what is left, once the answer is whole."""
        if self._support is not None:
            await self._check(self._support, self._statements.flush(), live)
            return
        quotations = self._quotations.flush()
        if not quotations:
            return
        texts = [Passage(turn.question, message_id=turn.question_id) for turn in asked.opened.history]
        texts.append(Passage(asked.opened.question, message_id=asked.opened.question_id))
        self._tell(await asyncio.to_thread(verify, quotations, texts), live)

    async def _check(self, support: Support, statements: Sequence[Statement], live: LiveTurn) -> None:
        def check() -> list[Citation]:
            return [citation for statement in statements for citation in support.check(statement)]

        self._tell(await asyncio.to_thread(check), live)

    def _tell(self, citations: Sequence[Citation], live: LiveTurn) -> None:
        if citations:
            self._found += [_shown(citation) for citation in citations]
            live.tell(Citations(items=list(self._found)))


def _shown(citation: Citation) -> CitationOut:
    marker_start, marker_end = citation.marker or (None, None)
    return CitationOut(
        start=citation.start,
        end=citation.end,
        verified=citation.verified,
        reason=citation.reason,
        number=citation.number,
        marker_start=marker_start,
        marker_end=marker_end,
        message_id=citation.message_id,
        file_id=citation.file_id,
        snapshot_id=citation.snapshot_id,
        page=citation.page,
        source_start=citation.source_start,
        source_end=citation.source_end,
    )
