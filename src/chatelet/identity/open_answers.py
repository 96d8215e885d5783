"""Answers under way, by who asked: what leaves for a person ends within moments of their session (TA-002).

    request -> `WatchedAnswers` -> authenticated (`current`: whose it is) -> the body, piece by piece -> cut, or its end

One mechanism for every route: a file made whole before it leaves, a table read page after page, a download. A short
answer that is whole is let through: the one that says "signed out" is among them. Streams of turns and exchanges of
/v1 pass beside, and are ended by what runs them. What the system has already taken in to send is out of reach.
"""

import asyncio
import contextlib
import time
from typing import Final
from uuid import UUID

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatelet.identity.principal import Principal
from chatelet.kernel.logs import get_logger

_KEY: Final = "chatelet.open_answer"
_PIECE: Final = 64 * 1024  # bytes: between two pieces, one looks whether the person may still have them
_REMEMBERED_SECONDS: Final = 60.0
log = get_logger(__name__)


class _CutError(Exception):
    """Nothing more of this answer leaves."""


class OpenAnswer:
    """One request, from its first byte to the last one of its answer."""

    __slots__ = ("_answers", "_cut", "_waiter", "began", "person_id", "person_left", "way_in")

    def __init__(self, answers: "OpenAnswers") -> None:
        self._answers = answers
        self.began = time.monotonic()
        self.person_id: UUID | None = None
        self.way_in: UUID | None = None  # the session, or the key
        self.person_left = False
        self._cut = False
        self._waiter: asyncio.Future[None] | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the way in ended since it was let through."""
        return self._cut

    def belongs_to(self, principal: Principal) -> None:
        """Say whose it is, once that is known; what was revoked meanwhile is not missed."""
        self.person_id, self.way_in = principal.person_id, principal.session_id
        self._answers.add(self)

    def cut(self, *, person: bool) -> None:
        """End it; `person`: not this session alone, they may do nothing any more."""
        self._cut, self.person_left = True, self.person_left or person
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def send(self, send: Send, message: Message) -> None:
        """Send one piece; a reader who takes nothing does not keep it open."""
        if self._cut:
            raise _CutError
        if self._waiter is None:
            self._waiter = asyncio.get_running_loop().create_future()
        sending = asyncio.ensure_future(send(message))
        try:
            await asyncio.wait({sending, self._waiter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not sending.done():
                sending.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait({sending})
        if sending.cancelled():
            raise _CutError
        sending.result()


class OpenAnswers:
    """Those of this process."""

    def __init__(self) -> None:
        self._known: set[OpenAnswer] = set()
        self._revoked: dict[UUID, tuple[float, bool]] = {}

    def add(self, answer: OpenAnswer) -> None:
        """Keep in sight an answer whose asker is now known."""
        self._known.add(answer)
        for identifier in (answer.person_id, answer.way_in):
            known = self._revoked.get(identifier) if identifier is not None else None
            if known is not None and known[0] >= answer.began:
                answer.cut(person=known[1])

    def forget(self, answer: OpenAnswer) -> None:
        """Its last byte has left."""
        self._known.discard(answer)

    def on_revoked(self, payload: str) -> None:
        """Cut what leaves for a person, or through a session or a key, that was just revoked."""
        kind, _, value = payload.partition(":")
        if not value:
            return
        identifier, moment, person = UUID(value), time.monotonic(), kind == "person"
        # The oldest come first: when tens of thousands are revoked in a row, none costs a look at all the others.
        self._revoked.pop(identifier, None)
        self._revoked[identifier] = moment, person
        while (oldest := next(iter(self._revoked))) != identifier and self._is_old(oldest, moment):
            del self._revoked[oldest]
        for answer in self._known:
            if identifier in (answer.person_id, answer.way_in):
                answer.cut(person=person)

    def _is_old(self, identifier: UUID, moment: float) -> bool:
        return self._revoked[identifier][0] < moment - _REMEMBERED_SECONDS


class WatchedAnswers:
    """ASGI layer: looks, before each piece of a long body, whether it may still leave."""

    def __init__(self, app: ASGIApp, answers: OpenAnswers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = scope[_KEY] = OpenAnswer(self._answers)
        flows = False

        async def send_watched(message: Message) -> None:
            nonlocal flows
            body, more = message.get("body", b""), message.get("more_body", False)
            flows = flows or more or len(body) > _PIECE
            if message["type"] != "http.response.body" or answer.person_id is None or not flows:
                await send(message)
                return
            for start in range(0, len(body) or 1, _PIECE):
                last = start + _PIECE >= len(body)
                piece = {**message, "body": body[start : start + _PIECE], "more_body": more or not last}
                await answer.send(send, piece)

        try:
            await self._app(scope, receive, send_watched)
        except _CutError:  # the server closes the connection: what was received is seen to be incomplete
            log.info("answer_cut", person_left=answer.person_left)
        finally:
            self._answers.forget(answer)


def answer_of(scope: Scope) -> OpenAnswer | None:
    """Return what is known of this request's answer; None where nothing watches."""
    return scope.get(_KEY)
