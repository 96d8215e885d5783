"""TRANSACTION 1 of a turn: rights, limits, question and turn `running`, journal; committed before anything leaves."""

from dataclasses import dataclass
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.chat.language import Language, language_of
from chatelet.chat.offers import offered
from chatelet.chat.services import ChatServices
from chatelet.conversations import turns
from chatelet.conversations.schemas import TurnModel
from chatelet.conversations.turns import NewTurn, OpenedTurn
from chatelet.identity.principal import Principal
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """An opened turn, with what the person chose."""

    opened: OpenedTurn
    principal: Principal
    model: str | None
    language: Language


async def open_turn(
    services: ChatServices, principal: Principal, conversation_id: UUID, new: NewTurn, *, model: str | None
) -> AskedTurn:
    """Store the question. Raises the coded errors of the gates and of `conversations.turns.open_turn`."""
    async with services.database.driver_transaction() as connection:
        await services.pass_gates(connection, principal)
        opened = await turns.open_turn(
            connection,
            services.keyring,
            principal.person_id,
            conversation_id,
            new,
            worker_id=services.running.worker_id,
            running_limit=services.settings.chat.running_turns_per_person,
            model_for=lambda level: _expected(services, principal, level, model),
        )
        if not opened.repeated:
            kind = "retry" if new.retry_of else "question" if new.parent_id == "head" else "edit"
            event = events.TurnOpened(
                turn_id=opened.turn_id,
                conversation_id=conversation_id,
                level=opened.level.value,
                kind=kind,
                model=opened.model.id if opened.model else None,
            )
            await journal.record(connection, event, actor=principal.person_id)
    language = language_of(opened.question, default=principal.language)
    return AskedTurn(opened=opened, principal=principal, model=model, language=language)


def _expected(services: ChatServices, principal: Principal, level: Level, wanted: str | None) -> TurnModel | None:
    """Return the model that will be asked as things stand; a refusal is told by the turn's own steps."""
    try:
        clearance = clear(principal.person_id, Label(level), ceiling=Level(services.settings.policy.highest_level))
        return offered(services.gateway.choose(clearance, wanted).first)
    except AppError:
        return None
