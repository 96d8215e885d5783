"""One live turn in memory: the text so far, its state, and who listens.

The turn's task writes (`append`, `tell`, `finish`); listeners read from any position, as often as they like, and
never slow it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.chat import events
from chatelet.chat.beat import Beat
from chatelet.chat.events import Citations, Closed, NoticeEvent, Opened, State
from chatelet.conversations.schemas import CitationOut
from chatelet.conversations.turns import OpenedTurn

Write = Callable[[bytes], Awaitable[None]]
KEEP_ALIVE = b": \n\n"
_TOLD_APART: Final = ("file", "snapshot", "engine", "source", "reason")  # by these, notices of one code are several


@dataclass(slots=True, eq=False)
class Listener:
    """One connection that follows a turn. `cut` ends it from outside (its session was closed)."""

    person_id: UUID
    session_id: UUID
    cut: bool = False


def _name_of(event: State) -> str:
    """Return what an event is told under: one that comes later takes the place of what has the same name."""
    if not isinstance(event, NoticeEvent):
        return event.type
    return " ".join([event.code, *(str(event.params.get(name, "")) for name in _TOLD_APART)])


class LiveTurn:
    """State of a running turn. Written by one task only."""

    __slots__ = (
        "_beat",
        "_listeners",
        "_told",
        "_waiters",
        "chunks",
        "citations",
        "closed",
        "flushed",
        "length",
        "notices",
        "opened",
        "opened_event",
        "person_id",
        "task",
        "version",
    )

    def __init__(self, opened: OpenedTurn, person_id: UUID, beat: Beat) -> None:
        self.opened = opened
        self.person_id = person_id
        self.chunks: list[str] = []
        self.length = 0
        self.flushed = 0
        self.notices: list[NoticeEvent] = []
        self.citations: list[CitationOut] = []
        self.closed: Closed | None = None
        self.version = 0
        self.task: asyncio.Task[None] | None = None
        self.opened_event = Opened(
            turn_id=opened.turn_id,
            conversation_id=opened.conversation_id,
            question_id=opened.question_id,
            answer_id=opened.answer_id,
            parent_turn_id=opened.parent_id,
            model=opened.model,
            level=opened.label.level,
            categories=opened.label.in_order,
            created_at=opened.created_at,
        )
        self._told: dict[str, tuple[int, State]] = {"opened": (0, self.opened_event)}
        self._beat = beat
        self._waiters: list[asyncio.Future[None]] = []
        self._listeners: set[Listener] = set()

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self.chunks)

    def append(self, text: str) -> None:
        """Add text. On the per-token path."""
        first = not self.length
        self.chunks.append(text)
        self.length += len(text)
        if first:
            self.wake()
        elif self._waiters:
            self._beat.mark(self)

    async def pace(self) -> None:
        """Wait before reading more of the answer, where many turns share this process."""
        await self._beat.pace()

    def tell(self, event: State) -> None:
        """Change what listeners are told besides text."""
        self.version += 1
        if isinstance(event, Opened):
            self.opened_event = event
        elif isinstance(event, NoticeEvent):
            self.notices.append(event)
        elif isinstance(event, Citations):
            self.citations = event.items
        self._told[_name_of(event)] = (self.version, event)
        self.wake()

    def finish(self, closed: Closed) -> None:
        """Say the last word; listeners end."""
        self.closed = closed
        self.wake()

    def wake(self) -> None:
        """Wake every listener now."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def cut(self, wanted: Callable[[Listener], bool]) -> None:
        """End the listeners that `wanted` chooses."""
        for listener in self._listeners:
            listener.cut = listener.cut or wanted(listener)
        self.wake()

    async def follow(self, listener: Listener, after: int, write: Write) -> None:
        """Write this turn's events from position `after` until it ends or the listener is cut."""
        position = min(max(after, 0), self.length)
        told, index = -1, 0
        self._listeners.add(listener)
        try:
            pending = self.text[position:]
            index = len(self.chunks)
            while not listener.cut:
                frame = b""
                if told != self.version:
                    frame = self._news_since(told, position)
                    told = self.version
                if pending:
                    position += len(pending)
                    frame += events.encode_delta(pending, position)
                if self.closed is not None and index == len(self.chunks):
                    await write(frame + events.encode(self.closed, position))
                    return
                await write(frame or KEEP_ALIVE)
                if index == len(self.chunks) and self.closed is None and told == self.version:
                    await self._news()
                pending = "".join(self.chunks[index:])
                index = len(self.chunks)
        finally:
            self._listeners.discard(listener)

    def _news_since(self, told: int, position: int) -> bytes:
        return b"".join(events.encode(event, position) for version, event in self._told.values() if version > told)

    def _news(self) -> asyncio.Future[None]:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        return waiter
