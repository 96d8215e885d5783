"""An exchange over HTTP: a raw ASGI response, for what stands before the socket is paid per token.

    the exchange's own task: ask -> (200) -> pieces -> close -> last words
    this one waits for it, or for the caller to leave, which ends it

Nothing is sent before the model's first words, so that what fails until then is an ordinary coded refusal.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chatelet.chat.endings import uninterrupted
from chatelet.chat.errors import TurnInterrupted
from chatelet.chat.events import FinalState
from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import exchange as steps
from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.exchanges import end
from chatelet.identity.keys.errors import KeyRefused
from chatelet.identity.open_answers import answer_of
from chatelet.kernel.errors import AppError
from chatelet.kernel.http import DIRECT_SEND
from chatelet.kernel.logs import get_logger
from chatelet.policy.errors import Refusal

MARK: Final = (b"x-ai-generated", b"true")  # for machines: a model wrote this (AI Act, article 50(2))
Write = Callable[[bytes], Awaitable[None]]
Header = tuple[bytes, bytes]
log = get_logger(__name__)


class ExchangeResponse(Response, ABC):
    """Asks when it is served. What is asked, and how it is told, is said by what derives from it."""

    def __init__(self, services: ChatServices, exchange: Exchange) -> None:
        super().__init__()
        self.services = services
        self.exchange = exchange
        self._has_begun = False

    @abstractmethod
    async def ask(self, send: Send, write: Write) -> bytes:
        """Ask and tell; return the last words, which are given once all is stored."""

    def failed(self, error: AppError) -> bytes:  # noqa: ARG002 (what streams says it in its own form)
        """Return how a stream that had begun ends badly; what comes whole never begins."""
        return b""

    async def begin(self, send: Send, headers: Sequence[Header]) -> None:
        """Send the head through every layer; from now on, failures are told in the body."""
        self._has_begun = True
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the exchange in a task of its own, which ends when the caller leaves. Raises `AppError` until 200."""
        direct: Send = scope.get(DIRECT_SEND, send)
        work = asyncio.create_task(self._carry(send, direct), name=f"exchange {self.exchange.id}")
        self.services.exchanges.add(work, self.exchange.principal)
        answer = answer_of(scope)
        if answer is not None and answer.is_cut:  # revoked while the request was being read
            asyncio.get_running_loop().call_soon(end, work, "revoked")
        gone = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                end(work, "left")
            await asyncio.wait({work})
            work.result()
        except asyncio.CancelledError:  # the server stops: the caller is told before the connection goes
            end(work, "interrupted")
            await asyncio.wait({work})
            raise
        finally:
            gone.cancel()

    async def _carry(self, send: Send, direct: Send) -> None:
        async def write(frame: bytes) -> None:
            await direct({"type": "http.response.body", "body": frame, "more_body": True})

        exchange, last = self.exchange, b""
        try:
            last = await self.ask(send, write)
            exchange.end("answered")
        except Refusal as refusal:
            exchange.end("refused", refusal)
        except AppError as error:
            exchange.end("failed", error)
        except OSError:  # the caller left while something was written
            exchange.end("stopped")
        except asyncio.CancelledError as cancelled:
            exchange.end(*_ended(cancelled))
        except Exception:
            log.exception("exchange_failed", exchange=str(exchange.id))
            exchange.end("failed", AppError())
        finally:
            await uninterrupted(steps.close(self.services, exchange))
        await self._end(send, direct, last)

    async def _end(self, send: Send, direct: Send, last: bytes) -> None:
        """Give the last words, or say what went wrong, in the form that the caller still can read."""
        exchange = self.exchange
        if exchange.error is not None and not self._has_begun:
            raise exchange.error
        if exchange.state == "stopped" and exchange.error is None:
            return
        if exchange.error is not None:
            last = self.failed(exchange.error)
        try:
            if not self._has_begun:
                size = (b"content-length", str(len(last)).encode())
                await self.begin(send, [(b"content-type", b"application/json"), size, MARK])
            await direct({"type": "http.response.body", "body": last, "more_body": False})
        except OSError:
            return


def _ended(cancelled: asyncio.CancelledError) -> tuple[FinalState, AppError | None]:
    why = cancelled.args[0] if cancelled.args else "interrupted"
    if why == "left":
        return "stopped", None
    if why == "revoked":
        return "stopped", KeyRefused(reason="revoked")
    return "interrupted", TurnInterrupted(retry_after=5)


async def _left(receive: Receive) -> None:
    """Return when the caller has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
