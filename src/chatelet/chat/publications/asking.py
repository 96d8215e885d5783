"""A search of publications asked with a question: what was confirmed, checked before it is stored, never changed after.

    words ─ examined by themselves ─▶ WorksPart ─ level of the conversation ─▶ journal ─▶ (searching) services, mirror

Above the level that the services may receive, the copy kept here is searched alone: nothing leaves. Without one, the
question is refused, and stays with the person.
"""

from typing import Final

from chatelet.audit import events, journal
from chatelet.chat import examination
from chatelet.chat.publications.errors import WorksNotCleared, WorksQueryRefused
from chatelet.chat.publications.schemas import WorksAsked
from chatelet.chat.services import ChatServices
from chatelet.connectors.scholarly.desk import Desk
from chatelet.conversations.parts import Given, WorksPart
from chatelet.conversations.turns import OpenedTurn
from chatelet.kernel.database import Executor
from chatelet.policy.clearance import Clearance
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Category, Label, Level

_REFUSED: Final = frozenset({Verdict.BLOCK, Verdict.QUARANTINE})


async def receive(services: ChatServices, asked: WorksAsked | None) -> tuple[Given, ...]:
    """Return the part that the question will hold. Raises `ScholarlyClosed`, `WorksQueryRefused`, `DetectionFailed`."""
    if asked is None:
        return ()
    services.scholarly.require_open()
    found = await examination.read(services.settings.policy, asked.query)
    if found.verdict in _REFUSED or not Level.INTERNAL.covers(found.label.level):
        raise WorksQueryRefused(found=" ".join(found.types))
    return (WorksPart(asked.query),)


def part_of(given: tuple[Given, ...]) -> WorksPart | None:
    """Return the search asked with a question, if there is one."""
    return next((one for one in given if isinstance(one, WorksPart)), None)


def accepted(desk: Desk) -> Label:
    """Return what a conversation may hold when words leave it for the services: of any category, up to a level."""
    highest = desk.sources.accepts.level
    return Label(highest if Level.RESTRICTED.covers(highest) else Level.RESTRICTED, frozenset(Category))


def require(services: ChatServices, clearance: Clearance, given: tuple[Given, ...]) -> tuple[str, ...] | None:
    """Return the services that a question goes to, none when only the copy here is searched, None without a search.

    Raises `WorksNotCleared`.
    """
    if part_of(given) is None:
        return None
    desk = services.scholarly
    if clearance.permits(accepted(desk)):
        return tuple(desk.sources.names)
    if not desk.mirrors:
        raise WorksNotCleared(level=clearance.label.level.value, highest=desk.sources.accepts.level.value)
    return ()


async def tell(executor: Executor, services: ChatServices, clearance: Clearance, opened: OpenedTurn) -> None:
    """Journal that words are about to leave, for which services, before they do. Raises `WorksNotCleared`."""
    names = require(services, clearance, opened.given)
    if names is None:
        return
    event = events.WorksQueried(
        turn_id=opened.turn_id,
        conversation_id=opened.conversation_id,
        services=names,
        level=opened.label.level.value,
    )
    await journal.record(executor, event, actor=clearance.person_id)
