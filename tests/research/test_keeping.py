"""What is kept of researches: given to their person, erased with them, gone when their time is over."""

from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import text

from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.research import queries, tasks
from chatelet.research.personal_data import TABLES, ResearchPersonalData
from chatelet.research.services import ResearchServices
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor
from tests.research.conftest import Web, confirm, proposed, until
from tests.research.researcher import Researcher

QUESTION = "Combien de temps faut-il conserver les factures et les bons de commande ?"


class _Stored:
    """The one thing of the services that a routine of the data needs."""

    def __init__(self, database: Database) -> None:
        self.database = database


async def _done(ada: Visitor, web: Web) -> str:
    web.usual()
    plan = await proposed(ada, QUESTION)
    await confirm(ada, plan)
    await until(ada, plan["id"], "done")
    return str(plan["id"])


async def _left(stored: Database, research: str) -> int:
    of = "SELECT (SELECT count(*) FROM researches WHERE id = :id) + (SELECT count(*) FROM research_pieces" \
        " WHERE research_id = :id)"  # fmt: skip
    async with stored.transaction() as session:
        return int(await session.scalar(text(of), {"id": research}) or 0)


async def test_a_research_is_given_to_its_person_then_erased_with_them(
    ada: Visitor, web: Web, model: Researcher, stored: Database, service: Service
) -> None:
    research = await _done(ada, web)
    held = ResearchPersonalData(Keyring(load_key(None, service.data_dir, KEY_NAME)))
    assert held.TABLES == TABLES
    async with stored.transaction() as session:
        of = text("SELECT person_id FROM researches WHERE id = :id")
        person = UUID(str(await session.scalar(of, {"id": research})))
        told = cast("list[dict[str, object]]", (await held.export(session, person))["researches"])
        [own] = [one for one in told if one["id"] == research]
    assert own["question"] == QUESTION
    assert any("dix ans" in one for one in cast("dict[str, str]", own["texts"]).values()), "with the pages read for it"
    async with stored.transaction() as session:
        assert await held.erase(session, person) >= 1
    assert await _left(stored, research) == 0


async def test_a_research_is_let_go_when_its_person_is_disabled(ada: Visitor, web: Web, stored: Database) -> None:
    """TA-002: whoever carries it says every few seconds that it lives, and is told that it is no more its own."""
    research, token = UUID(str((await proposed(ada, QUESTION))["id"])), uuid4()
    person = (await ada.get("/api/sessions/current"))["person"]["id"]

    async def touch(state: str) -> bool:
        async with stored.transaction() as session:
            become = text("UPDATE persons SET state = :state WHERE id = :id")
            await session.execute(become, {"state": state, "id": person})
            held = text("UPDATE researches SET state = 'running', token = :token WHERE id = :id")
            await session.execute(held, {"token": token, "id": research})
            kept = await queries.touch(session, research, token, now())
            await session.rollback()
            return kept

    assert await touch("active")
    assert not await touch("disabled")


async def test_a_research_whose_time_is_over_goes_by_itself_and_no_other(
    ada: Visitor, web: Web, model: Researcher, stored: Database
) -> None:
    over, kept = await _done(ada, web), str((await proposed(ada, QUESTION))["id"])
    async with stored.transaction() as session:
        late = text("UPDATE researches SET expires_at = now() - interval '1 second' WHERE id = :id")
        await session.execute(late, {"id": over})
    await tasks.purge(cast("ResearchServices", _Stored(stored)))
    assert await _left(stored, over) == 0
    assert await _left(stored, kept) > 0
