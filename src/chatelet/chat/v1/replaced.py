"""Names replaced in one exchange: in all that the caller sent, and put back in what comes. The map lives no longer.

    words cleared as they are? ─yes─> they leave as they are, unless the caller asked otherwise
                               └─no──> replacing required or asked for, and possible? -> replaced, read again, cleared

As in a turn of the page (ADR 0035): another clearance, for other words; an identifier that is left stops all.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import exchange as steps
from chatelet.chat.v1.errors import UnsupportedParameter
from chatelet.chat.v1.exchange import Exchange
from chatelet.inference import compared
from chatelet.inference.compared import Compared
from chatelet.inference.exchange import ChatRequest, Message, Tool, ToolCall
from chatelet.inference.routing import Choice
from chatelet.kernel.logs import get_logger
from chatelet.policy.clearance import Clearance, clear_replaced
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.detection import DetectorFailed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms import replacing
from chatelet.policy.guardrails.pseudonyms.allotting import new_ledger
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft, PseudonymsOff
from chatelet.policy.guardrails.pseudonyms.json_text import texts_of, with_texts
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.rules import mode_of, rule_of

_PICTURES: Final = "images do not leave where names are replaced"
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves, under which clearance, for whom; `ledger` where names were replaced."""

    request: ChatRequest
    clearance: Clearance
    choice: Choice
    ledger: Ledger | None = None


async def leave(services: ChatServices, exchange: Exchange, request: ChatRequest, *, has_images: bool) -> Leaving:
    """Return what leaves. Raises a `Refusal`, `PseudonymsOff`, `ModelNotFound`: then nothing does."""
    clearance = steps.cleared(services, exchange)
    mode = mode_of(services.settings.policy, clearance.rules)
    if exchange.pseudonymise and mode == "off":
        raise PseudonymsOff
    if not exchange.pseudonymise:
        try:
            return Leaving(request, clearance, steps.choose_for(services, exchange, clearance))
        except Refusal:
            if mode != "required":
                raise
    if has_images:
        raise UnsupportedParameter(field="messages", reason=_PICTURES)
    return await _replaced(services, exchange, request, clearance)


async def compare(services: ChatServices, exchange: Exchange, texts: Sequence[str], ability: str) -> Compared:
    """Return texts that are compared, as they leave: with stand-ins alike throughout, where asked for or required.

    Raises a `Refusal`, `PseudonymsOff`, `ModelNotFound`, `NoModelAvailable`: then nothing leaves.
    """
    clearance = steps.cleared(services, exchange)
    if exchange.pseudonymise:
        if mode_of(services.settings.policy, clearance.rules) == "off":
            raise PseudonymsOff
        clearance = clearance.keeping_names()
    sent = await compared.leave(
        services.gateway, clearance, texts, lambda one: steps.choose_for(services, exchange, one, ability)
    )
    exchange.model = sent.choice.wanted
    if sent.counts:
        await _tell(services, exchange, sent.clearance, sent.choice, sent.counts)
    return sent


async def _replaced(services: ChatServices, exchange: Exchange, request: ChatRequest, clearance: Clearance) -> Leaving:
    policy = services.settings.policy
    least = clear_replaced(clearance, exchange.kept, rule_of(policy))
    steps.choose_for(services, exchange, least)  # nobody could receive them, whatever they become: nothing more is done
    kinds = frozenset(Kind(name) for name in policy.detectors)
    texts = list(dict.fromkeys(_texts(request)))
    try:
        found = await asyncio.to_thread(replacing.replace, texts, new_ledger(), kinds)
    except DetectorFailed as failure:
        log.exception("detection_failed", kind=failure.kind.value)
        raise DetectionFailed(kind=failure.kind.value) from None
    if found.left:
        raise IdentifierLeft(types=" ".join(found.left))
    tight = least.tighten(found.label)
    choice = steps.choose_for(services, exchange, tight)
    exchange.told["replaced"] = sum(found.counts.values())
    await _tell(services, exchange, tight, choice, found.counts)
    put = dict(zip(texts, found.texts, strict=True))
    return Leaving(_with(request, put), tight, choice, found.ledger)


async def _tell(
    services: ChatServices,
    exchange: Exchange,
    clearance: Clearance,
    choice: Choice,
    counts: Mapping[str, int],
) -> None:
    """Say in the journal how many were replaced, before anything leaves."""
    event = journal_events.ExchangePseudonymised(
        key_id=exchange.scope.key_id,
        exchange_id=exchange.id,
        model=choice.first.id,
        level=clearance.label.level.value,
        categories=tuple(clearance.label.names),
        replaced=sum(counts.values()),
        types=tuple(sorted(counts)),
    )
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=exchange.principal.person_id)


def _texts(request: ChatRequest) -> Iterator[str]:
    """Give all that leaves: messages, calls made before, what tools and the answer must be like."""
    for message in request.messages:
        yield message.content
        for call in message.calls:
            yield from texts_of(read(call.arguments))
    for tool in request.tools.offered if request.tools is not None else ():
        yield tool.description or ""
        yield from texts_of(tool.parameters)
    yield from texts_of(request.answer_schema)
    yield from request.stop


def _with(request: ChatRequest, put: dict[str, str]) -> ChatRequest:
    swap = put.__getitem__
    messages = tuple(_message(message, put) for message in request.messages)
    tools = request.tools
    if tools is not None:
        chosen = _tool(tools.choice, put) if isinstance(tools.choice, Tool) else tools.choice
        tools = replace(tools, offered=tuple(_tool(tool, put) for tool in tools.offered), choice=chosen)
    return replace(
        request,
        messages=messages,
        tools=tools,
        answer_schema=with_texts(request.answer_schema, swap),
        stop=tuple(map(swap, request.stop)),
    )


def _message(message: Message, put: dict[str, str]) -> Message:
    calls = tuple(ToolCall(call.id, call.name, _swapped(call.arguments, put)) for call in message.calls)
    return replace(message, content=put[message.content], calls=calls)


def _swapped(arguments: str, put: dict[str, str]) -> str:
    value = read(arguments)
    if isinstance(value, str):
        return put[value] if value == arguments else json.dumps(put[value], ensure_ascii=False)
    return json.dumps(with_texts(value, put.__getitem__), ensure_ascii=False)


def _tool(tool: Tool, put: dict[str, str]) -> Tool:
    return replace(
        tool, description=put[tool.description or ""] or None, parameters=with_texts(tool.parameters, put.__getitem__)
    )


def read(arguments: str) -> Any:
    """Return the value that arguments are; the text itself when it is not JSON."""
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(arguments)
    return arguments
