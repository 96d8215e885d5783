"""The labels of the files given, once they are read: the clearance covers them before a model is chosen.

wait for files still being read -> their labels -> clearance tightened -> conversation raised, page told

A file shows what it holds when it is read, which may be after the question was opened. What is found later only ever
tightens: a model that was announced for less is not asked.
"""

from chatelet.chat import sources
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.conversations import service as conversations
from chatelet.policy.clearance import Clearance
from chatelet.policy.sensitivity import Label, Level, join_all


async def tighten(services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance) -> Clearance:
    """Return the clearance that covers the files of the branch. Raises `LevelNotAllowed`."""
    rows = await sources.files_read(services, asked, live)
    found = join_all(row.label for row in rows)
    if clearance.label.covers(found):
        return clearance
    clearance = clearance.tighten(found)
    ceiling = Level(services.settings.policy.highest_level)
    async with services.database.transaction() as session:
        await conversations.cover(
            session,
            asked.principal,
            asked.opened.conversation_id,
            clearance.label,
            kept=Label(Level.PUBLIC),
            ceiling=ceiling,
        )
    label = clearance.label
    live.tell(live.opened_event.model_copy(update={"level": label.level, "categories": label.in_order}))
    return clearance
