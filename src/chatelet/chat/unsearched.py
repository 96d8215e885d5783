"""A search that a label held back once the question was stored: what was read after it asked for more."""

from chatelet.audit import events, journal
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.policy.errors import Refusal


async def tell(services: ChatServices, asked: AskedTurn, refused: Refusal) -> None:
    """Journal that what was announced did not leave, and under which rule."""
    event = events.AccessRefused(kind="turn", object_id=str(asked.opened.turn_id), code=refused.code)
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=asked.principal.person_id)
