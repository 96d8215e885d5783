"""TRANSACTION 1 of a turn: rights, limits, question and turn `running`, journal; committed before anything leaves."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from chatelet.audit import events, journal
from chatelet.chat import allowance, examination
from chatelet.chat.allowance import Allowance
from chatelet.chat.language import Language, language_of
from chatelet.chat.offers import choose, offered
from chatelet.chat.publications import asking as publications
from chatelet.chat.services import ChatServices
from chatelet.chat.web import asking
from chatelet.conversations import service as conversations
from chatelet.conversations import turns
from chatelet.conversations.parts import Given, WebPart, WorksPart
from chatelet.conversations.schemas import TurnModel
from chatelet.conversations.turns import NewTurn, OpenedTurn
from chatelet.identity.principal import Principal
from chatelet.kernel.database import Executor
from chatelet.kernel.errors import AppError, ServiceUnavailable
from chatelet.policy.clearance import clear, clear_replaced
from chatelet.policy.guardrails.pseudonyms.errors import PseudonymsOff
from chatelet.policy.guardrails.pseudonyms.rules import mode_of, rule_of
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.sensitivity import Label, Level

_LONGEST_WAIT: Final = 30.0  # seconds until a question is stored; its words are kept in the page meanwhile


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """An opened turn, with what the person chose."""

    opened: OpenedTurn
    principal: Principal
    model: str | None
    language: Language
    allowance: Allowance
    pseudonymise: bool = False


async def open_turn(
    services: ChatServices,
    principal: Principal,
    conversation_id: UUID,
    new: NewTurn,
    *,
    model: str | None,
    pseudonymise: bool = False,
) -> AskedTurn:
    """Store the question.

    Raises the errors of the gates, of `conversations.turns.open_turn`, `PseudonymsOff` and `QuotaReached`.
    """
    if pseudonymise and mode_of(services.settings.policy, services.policies.of(principal.units)) == "off":
        raise PseudonymsOff
    try:
        return await _open(services, principal, conversation_id, new, model, pseudonymise=pseudonymise)
    except QuotaReached as refused:
        await allowance.tell_refused(services, principal, refused, model)
        raise


async def _open(
    services: ChatServices,
    principal: Principal,
    conversation_id: UUID,
    new: NewTurn,
    model: str | None,
    *,
    pseudonymise: bool,
) -> AskedTurn:
    held = Allowance(services.settings.chat.answer_tokens)
    found = await examination.read(services.settings.policy, _words(new))
    await examination.require_kept(
        services.database, principal, found, where="question", conversation_id=conversation_id
    )
    async with _in_turn(services, principal) as connection:
        await services.pass_gates(connection, principal)
        opened = await turns.open_turn(
            connection,
            services.keyring,
            principal.person_id,
            conversation_id,
            new,
            worker_id=services.running.worker_id,
            running_limit=services.settings.chat.running_turns_per_person,
            found=found.label,
            marked=found.marked,
            beginning=services.policies.beginning(
                principal.units, conversation_id, Level(services.settings.policy.default_level)
            ),
            ceiling=Level(services.settings.policy.highest_level),
            model_for=lambda label, kept: _expected(
                services, principal, label, kept if pseudonymise else None, model, new.given
            ),
        )
        if not opened.repeated:
            expected = services.gateway.find(opened.model.id) if opened.model else None
            held = await allowance.hold(
                connection,
                services,
                principal,
                expected,
                identifier=opened.turn_id,
                characters=allowance.characters_of(opened),
                longest=held.longest,
            )
            kind = "retry" if new.retry_of else "question" if new.parent_id == "head" else "edit"
            event = events.TurnOpened(
                turn_id=opened.turn_id,
                conversation_id=conversation_id,
                level=opened.label.level.value,
                kind=kind,
                model=opened.model.id if opened.model else None,
            )
            await journal.record(connection, event, actor=principal.person_id)
            await _tell_web(connection, services, principal, opened)
            if opened.raised_from is not None:
                line = conversations.raised(conversation_id, opened.raised_from, opened.label)
                await journal.record(connection, line, actor=principal.person_id)
    language = language_of(opened.question, default=principal.language)
    return AskedTurn(opened, principal, model, language, held, pseudonymise)


@asynccontextmanager
async def _in_turn(services: ChatServices, principal: Principal) -> AsyncGenerator[asyncpg.Connection]:
    """Give a transaction when it is this person's turn. Raises `ServiceUnavailable` when it is long in coming."""
    async with AsyncExitStack() as held:
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                await held.enter_async_context(services.openings.slot(urgent=True, owner=principal.person_id))
        except TimeoutError:
            raise ServiceUnavailable(retry_after=2) from None
        yield await held.enter_async_context(services.database.driver_transaction())


def _words(new: NewTurn) -> str:
    """Return all that the person wrote: the question, and the queries that leave with it."""
    return "\n\n".join([new.text or "", *(one.query for one in new.given if isinstance(one, WebPart | WorksPart))])


async def _tell_web(executor: Executor, services: ChatServices, principal: Principal, opened: OpenedTurn) -> None:
    """Journal that a query is about to leave, for which engines, before it does. Raises `WebNotCleared`."""
    rules = services.policies.of(principal.units)
    ceiling = Level(services.settings.policy.highest_level)
    clearance = clear(principal.person_id, opened.label, ceiling=ceiling, rules=rules)
    engines = asking.require(services, clearance, opened.given)
    if engines:
        event = events.WebQueried(
            turn_id=opened.turn_id,
            conversation_id=opened.conversation_id,
            engines=engines,
            level=opened.label.level.value,
        )
        await journal.record(executor, event, actor=principal.person_id)
    await publications.tell(executor, services, clearance, opened)


def _expected(
    services: ChatServices,
    principal: Principal,
    label: Label,
    kept: Label | None,
    wanted: str | None,
    given: Sequence[Given],
) -> TurnModel | None:
    """Return the model that will be asked as things stand; a refusal is told by the turn's own steps.

    `kept` is what of the label stays when names are replaced, None when they are not.
    """
    policy = services.settings.policy
    try:
        rules = services.policies.of(principal.units)
        clearance = clear(principal.person_id, label, ceiling=Level(policy.highest_level), rules=rules)
        if kept is not None:
            clearance = clear_replaced(clearance, kept, rule_of(policy))
        return offered(choose(services.gateway, clearance, wanted, given).first)
    except AppError:
        return None
