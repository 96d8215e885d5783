"""Words asked of a model over `/v1`, written as they come or all at the end."""

from dataclasses import replace
from typing import Any, Final

from starlette.types import Send

from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import exchange as steps
from chatelet.chat.v1 import replaced, shown
from chatelet.chat.v1.carrying import MARK, ExchangeResponse, Write
from chatelet.chat.v1.content import Images
from chatelet.chat.v1.exchange import Exchange
from chatelet.chat.v1.form import Form, encode
from chatelet.chat.v1.screened import Screened
from chatelet.inference.exchange import Batch, ChatRequest, Finish
from chatelet.inference.gateway import Answer
from chatelet.kernel.errors import AppError
from chatelet.kernel.metrics import FIRST_TOKEN_SECONDS
from chatelet.policy.guardrails.pseudonyms.json_text import texts_of

_STREAM: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    MARK,
)


class AnsweringResponse(ExchangeResponse):
    """Asks a model for words when it is served. `streams`: word by word."""

    def __init__(
        self,
        services: ChatServices,
        exchange: Exchange,
        request: ChatRequest,
        form: Form,
        *,
        streams: bool,
        images: Images | None = None,
    ) -> None:
        super().__init__(services, exchange)
        self._images = images or {}
        self._request = request
        self._form = form
        self._streams = streams

    async def ask(self, send: Send, write: Write) -> bytes:
        """Ask and tell; return the last words, which are given once all is stored."""
        services, exchange, form = self.services, self.exchange, self._form
        request = self._request
        await steps.examine(services, exchange, _said(request))
        leaving = await replaced.leave(services, exchange, request, has_images=bool(self._images))
        request, clearance, choice = leaving.request, leaving.clearance, leaving.choice
        screened = Screened(services.settings.policy, request, leaving.ledger)
        if self._images:
            request = await shown.with_pictures(services, request, self._images, choice.wanted)
            choice = choice.seeing()
        longest = await steps.hold(
            services,
            exchange,
            characters=sum(len(message.content) for message in request.messages) + shown.as_characters(request),
            longest=request.max_output_tokens,
        )
        async with services.gateway.stream(clearance, replace(request, max_output_tokens=longest), choice) as answer:
            exchange.model = answer.model
            exchange.note_first()
            FIRST_TOKEN_SECONDS.observe((exchange.first_token_ms or 0) / 1000)
            batches: list[Batch] = []
            try:
                if self._streams:
                    await self._tell(answer, screened, send, write)
                else:
                    batches = [*[screened.feed(batch) async for batch in answer], screened.flush()]
                await screened.tell(services, exchange)
            finally:
                exchange.usage = answer.usage
        finish = answer.finish or Finish.STOP
        return form.closing(exchange, finish) if self._streams else encode(form.whole(exchange, batches, finish))

    def failed(self, error: AppError) -> bytes:
        """Return how a stream that had begun ends badly."""
        return self._form.failure(self.exchange, error)

    async def _tell(self, answer: Answer, screened: Screened, send: Send, write: Write) -> None:
        """Write each batch as it comes, or at the beat where many exchanges run: the per-token path."""
        form, pace = self._form, self.services.exchanges.beat.pace
        frame = form.opening(self.exchange)
        await self.begin(send, _STREAM)
        async for batch in answer:
            frame += form.piece(screened.feed(batch))
            if frame:
                await write(frame)
                frame = b""
            await pace()
        frame += form.piece(screened.flush())
        if frame:
            await write(frame)


def _said(request: ChatRequest) -> list[str]:
    """Return what the caller sends, as detectors read it: all that leaves, arguments as written too.

    Values of one schema are read together, as a list: a name of a field is not a line of its own, that a mark would be.
    """
    said = [
        text for message in request.messages for text in (message.content, *(call.arguments for call in message.calls))
    ]
    calls = [call for message in request.messages for call in message.calls]
    said += [_listed(replaced.read(call.arguments)) for call in calls]
    for tool in request.tools.offered if request.tools is not None else ():
        said += [tool.name, tool.description or "", _listed(tool.parameters)]
    return [text for text in (*said, _listed(request.answer_schema), ", ".join(request.stop)) if text]


def _listed(value: Any) -> str:
    return ", ".join(texts_of(value))
