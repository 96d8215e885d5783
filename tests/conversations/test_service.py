"""Conversations: one's own only, in order, in branches, deleted for good, exported and imported whole."""

import asyncio
import json
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chatelet.chat.written import labels_of
from chatelet.conversations import content, imports, queries, search, service, turns
from chatelet.conversations.errors import (
    ConversationBusy,
    ConversationNotFound,
    ImportUnreadable,
    LevelCannotDrop,
    RestoreExpired,
    TooManyTurnsRunning,
    TurnNotFound,
)
from chatelet.conversations.schemas import ConversationChange, ConversationOut, NewConversation
from chatelet.conversations.turns import ClosedTurn, NewTurn, OpenedTurn, Reaped
from chatelet.identity.accounts import Draft, insert_person
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database, Executor
from chatelet.policy.errors import LevelNotAllowed
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import PolicySettings

KEYRING = Keyring(bytes(range(32)))
UNDO = timedelta(seconds=60)
WORKER = uuid4()


async def person(database: Database, name: str = "Ada") -> Principal:
    new = Draft(email=f"{uuid4()}@exemple.fr", name=name, password_hash="not a password")
    async with database.transaction() as session:
        made = await insert_person(session, new)
    return Principal(
        person_id=made.id,
        session_id=uuid4(),
        rights=NO_RIGHTS,
        units=frozenset(),
        language="fr",
        name=name,
        email=new.email,
        expires_at=clock.now() + timedelta(hours=1),
    )


async def create(database: Database, principal: Principal, level: Level | None = None) -> UUID:
    async with database.transaction() as session:
        made = await service.create(
            session, KEYRING, principal, NewConversation(level=level), default=Level.INTERNAL, ceiling=Level.RESTRICTED
        )
        return made.id


async def ask(database: Database, principal: Principal, conversation: UUID, new: NewTurn) -> OpenedTurn:
    async with database.driver_transaction() as connection:
        return await open_turn(connection, principal, conversation, new)


async def open_turn(executor: Executor, principal: Principal, conversation: UUID, new: NewTurn) -> OpenedTurn:
    return await turns.open_turn(
        executor,
        KEYRING,
        principal.person_id,
        conversation,
        new,
        worker_id=WORKER,
        running_limit=5,
        found=Label(Level.PUBLIC),
        marked=Label(Level.PUBLIC),
        ceiling=Level.RESTRICTED,
        model_for=lambda _label, _kept: None,
    )


async def answer(database: Database, opened: OpenedTurn, words: str) -> bool:
    async with database.driver_transaction() as connection:
        return await turns.close_turn(connection, opened, ClosedTurn(state="answered", text=words))


async def exchange(
    database: Database, principal: Principal, conversation: UUID, question: str, words: str
) -> OpenedTurn:
    opened = await ask(database, principal, conversation, NewTurn(text=question))
    assert await answer(database, opened, words)
    return opened


async def read(database: Database, principal: Principal, conversation: UUID) -> ConversationOut:
    async with database.transaction() as session:
        return await service.read(session, KEYRING, principal, conversation)


async def test_a_branch_is_a_sibling_and_history_follows_it(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    first = await exchange(database, ada, conversation, "Un ?", "1.")
    second = await exchange(database, ada, conversation, "Deux ?", "2.")
    assert [past.question for past in second.history] == ["Un ?"]
    edited = await ask(database, ada, conversation, NewTurn(text="Trois ?", parent_id=first.turn_id))
    assert [past.answer for past in edited.history] == ["1."]
    await answer(database, edited, "3.")
    retried = await ask(database, ada, conversation, NewTurn(text=None, retry_of=second.turn_id))
    assert (retried.question, retried.question_id, retried.parent_id) == ("Deux ?", second.question_id, first.turn_id)
    await answer(database, retried, "2 bis.")
    whole = await read(database, ada, conversation)
    assert whole.head_turn_id == retried.turn_id
    assert [message.text for message in whole.messages] == ["Un ?", "1.", "Deux ?", "2.", "Trois ?", "3.", "2 bis."]
    assert {turn.parent_id for turn in whole.turns[1:]} == {first.turn_id}


async def test_of_two_questions_at_the_same_instant_one_is_refused(database: Database) -> None:
    """The second waits for the first's transaction, and must see what that one opened."""
    ada = await person(database)
    conversation = await create(database, ada)
    await exchange(database, ada, conversation, "Zéro ?", "0.")
    async with database.driver_transaction() as connection:
        await open_turn(connection, ada, conversation, NewTurn(text="Un ?"))
        second = asyncio.create_task(ask(database, ada, conversation, NewTurn(text="Deux ?")))
        async with database.driver_connection() as watching:
            while not await watching.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                await asyncio.sleep(0.01)
    with pytest.raises(ConversationBusy):
        await second


async def test_nothing_can_follow_a_running_answer_and_a_repeated_key_asks_once(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    key = uuid4()
    opened = await ask(database, ada, conversation, NewTurn(text="Un ?", client_key=key))
    again = await ask(database, ada, conversation, NewTurn(text="Un ?", client_key=key))
    assert again.repeated
    assert again.turn_id == opened.turn_id
    with pytest.raises(ConversationBusy):
        await ask(database, ada, conversation, NewTurn(text="Deux ?"))
    with pytest.raises(TurnNotFound):
        await ask(database, ada, conversation, NewTurn(text="Deux ?", parent_id=uuid4()))


async def test_a_person_has_so_many_answers_running(database: Database) -> None:
    ada = await person(database)
    for _ in range(5):
        await ask(database, ada, await create(database, ada), NewTurn(text="?!"))
    with pytest.raises(TooManyTurnsRunning):
        await ask(database, ada, await create(database, ada), NewTurn(text="?!"))


async def test_a_turn_is_closed_once_and_reaped_with_its_text(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    opened = await ask(database, ada, conversation, NewTurn(text="Un ?"))
    sealed = opened.key.seal_text("partial", opened.turn_id, "Le début")
    async with database.transaction() as session:
        await turns.flush(session, WORKER, [(opened.turn_id, sealed)])
    running = await read(database, ada, conversation)
    assert (running.running, running.turns[0].position, running.messages[-1].text) == (True, 8, "Le début")
    async with database.transaction() as session:
        assert await turns.reap(session, KEYRING, stale=timedelta(hours=1), not_of=uuid4()) == []
        assert await turns.reap(session, KEYRING, stale=timedelta(0), not_of=WORKER) == []
        reaped = await turns.reap(session, KEYRING, stale=timedelta(0), not_of=uuid4())
    assert reaped == [Reaped(opened.turn_id, conversation, ada.person_id)]
    assert not await answer(database, opened, "Trop tard")
    closed = await read(database, ada, conversation)
    assert (closed.turns[0].state, closed.messages[-1].text) == ("interrupted", "Le début")


async def test_what_a_dead_process_had_written_raises_the_label(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    opened = await ask(database, ada, conversation, NewTurn(text="Un ?"))
    written = "Le patient, NIR 1 85 05 78 006 084 91, est suivi en cardiologie."
    async with database.transaction() as session:
        sealed = opened.key.seal_text("partial", opened.turn_id, written)
        await turns.flush(session, WORKER, [(opened.turn_id, sealed)])
    look = partial(labels_of, PolicySettings())
    async with database.transaction() as session:
        [reaped] = await turns.reap(session, KEYRING, stale=timedelta(0), not_of=uuid4(), look=look)
    assert reaped.raised is not None
    assert [label.level for label in reaped.raised] == ["internal", "restricted"]
    closed = await read(database, ada, conversation)
    assert closed.level == "restricted"
    assert {"personal", "health"} <= set(closed.categories)


async def test_nobody_reads_anothers(database: Database) -> None:
    ada, bob = await person(database), await person(database, "Bob")
    conversation = await create(database, ada)
    opened = await exchange(database, ada, conversation, "Secret ?", "Oui.")
    async with database.transaction() as session:
        for attempt in (
            service.read(session, KEYRING, bob, conversation),
            service.change(
                session, KEYRING, bob, conversation, ConversationChange(pinned=True), ceiling=Level.RESTRICTED
            ),
            service.delete(session, bob, conversation, undo=UNDO),
            service.restore(session, KEYRING, bob, conversation, undo=UNDO),
            imports.export_one(session, KEYRING, bob, conversation, "json"),
        ):
            with pytest.raises(ConversationNotFound):
                await attempt
        assert await queries.turn(session, bob.person_id, conversation, opened.turn_id) is None
        assert (await search.search(session, KEYRING, bob, "secret")).items == []
        assert (await service.page(session, KEYRING, bob, folder_id=None, cursor=None, limit=10)).items == []
    with pytest.raises(ConversationNotFound):
        await ask(database, bob, conversation, NewTurn(text="?!"))


async def test_pages_follow_each_other_pinned_first(database: Database) -> None:
    ada = await person(database)
    made = [await create(database, ada) for _ in range(7)]
    async with database.transaction() as session:
        for pinned in (made[0], made[3]):
            await service.change(
                session, KEYRING, ada, pinned, ConversationChange(pinned=True), ceiling=Level.RESTRICTED
            )
    seen: list[UUID] = []
    cursor = None
    async with database.transaction() as session:
        while True:
            page = await service.page(session, KEYRING, ada, folder_id=None, cursor=cursor, limit=3)
            seen += [item.id for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert seen == [made[3], made[0], made[6], made[5], made[4], made[2], made[1]]


async def test_deletion_can_be_undone_then_is_real(database: Database, owner_database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    await exchange(database, ada, conversation, "Un ?", "1.")
    async with database.transaction() as session:
        await service.delete(session, ada, conversation, undo=UNDO)
    async with database.transaction() as session:
        assert await service.purge(session, undo=UNDO) == 0
        await service.restore(session, KEYRING, ada, conversation, undo=UNDO)
    assert (await read(database, ada, conversation)).messages[0].text == "Un ?"
    async with database.transaction() as session:
        await service.delete(session, ada, conversation, undo=UNDO)
    async with database.transaction() as session:
        with pytest.raises(RestoreExpired):
            await service.restore(session, KEYRING, ada, conversation, undo=timedelta(seconds=-1))
        assert await service.purge(session, undo=timedelta(seconds=-1)) == 1
    async with owner_database.transaction() as session:
        for table in ("conversations", "turns", "messages"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


async def test_the_level_only_rises_and_stays_under_the_ceiling(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    async with database.transaction() as session:
        raised = await service.change(
            session, KEYRING, ada, conversation, ConversationChange(level=Level.RESTRICTED), ceiling=Level.RESTRICTED
        )
        assert raised.level is Level.RESTRICTED
        for level, error in ((Level.PUBLIC, LevelCannotDrop), (Level.DIFFUSION_RESTREINTE, LevelNotAllowed)):
            with pytest.raises(error):
                await service.change(
                    session, KEYRING, ada, conversation, ConversationChange(level=level), ceiling=Level.RESTRICTED
                )


async def test_search_finds_all_words_without_accents(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    await exchange(
        database, ada, conversation, "Durée de conservation des archives médicales ?", "Vingt ans, à Orléans."
    )
    await exchange(database, ada, await create(database, ada), "Autre sujet ?", "Rien.")
    async with database.transaction() as session:
        for words in ("ORLEANS", "medicales orléans", "duree vingt"):
            (found,) = (await search.search(session, KEYRING, ada, words)).items
            assert found.id == conversation
            assert found.snippet is not None
        assert (await search.search(session, KEYRING, ada, "orléans absent")).items == []


async def test_export_and_import_make_a_round_trip(database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    first = await exchange(database, ada, conversation, "Un ?", "1. **gras** `code`")
    second = await exchange(database, ada, conversation, "Deux ?", "2.")
    retried = await ask(database, ada, conversation, NewTurn(text=None, retry_of=second.turn_id))
    await answer(database, retried, "2 bis.")
    async with database.transaction() as session:
        folder = await service.add_folder(session, KEYRING, ada, "Thèse")
        wanted = ConversationChange(title="Mon titre", pinned=True, folder_id=folder.id, head_turn_id=first.turn_id)
        await service.change(session, KEYRING, ada, conversation, wanted, ceiling=Level.RESTRICTED)
        exported = await imports.export_all(session, KEYRING, ada)
    body = exported.model_dump_json().encode()
    assert exported.ai_generated
    bob = await person(database, "Bob")
    async with database.transaction() as session:
        (made,) = await imports.import_file(session, KEYRING, bob, body, ceiling=Level.RESTRICTED)
    async with database.transaction() as session:
        again = await imports.export_all(session, KEYRING, bob)

    def without_keys(file: str) -> object:
        known: dict[str, str] = {}

        def rename(value: object) -> object:
            if isinstance(value, dict):
                return {
                    name: known.setdefault(item, str(len(known)))
                    if name in {"key", "parent", "retry_of", "head"} and item
                    else None
                    if name == "exported_at"
                    else rename(item)
                    for name, item in value.items()
                }
            return [rename(item) for item in value] if isinstance(value, list) else value

        return rename(json.loads(file))

    assert without_keys(again.model_dump_json()) == without_keys(exported.model_dump_json())
    assert made.id != conversation


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format":"other"}',
        b'{"format":"chatelet.conversations","version":9,"ai_generated":true,"exported_at":"2026-01-01T00:00:00Z","conversations":[]}',
    ],
)
async def test_an_unreadable_file_changes_nothing(database: Database, body: bytes) -> None:
    ada = await person(database)
    with pytest.raises(ImportUnreadable):
        async with database.transaction() as session:
            await imports.import_file(session, KEYRING, ada, body, ceiling=Level.RESTRICTED)


async def test_the_database_holds_no_clear_text(database: Database, owner_database: Database) -> None:
    ada = await person(database)
    conversation = await create(database, ada)
    opened = await ask(database, ada, conversation, NewTurn(text="motsecretquestion"))
    async with database.transaction() as session:
        sealed = opened.key.seal_text("partial", opened.turn_id, "motsecretpartiel")
        await turns.flush(session, WORKER, [(opened.turn_id, sealed)])
        await service.change(
            session, KEYRING, ada, conversation, ConversationChange(title="motsecrettitre"), ceiling=Level.RESTRICTED
        )
    async with owner_database.transaction() as session:
        tables = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for table in tables.all():
            rows = await session.scalars(text(f'SELECT t::text FROM "{table}" t'))
            dump = "\n".join(rows.all())
            assert "motsecret" not in dump
            assert b"motsecret".hex() not in dump
    assert (
        content.key_of(KEYRING, (await _row(database, ada, conversation))).open_text("title", conversation, None)
        is None
    )


async def _row(database: Database, principal: Principal, conversation: UUID):
    async with database.transaction() as session:
        return await queries.one(session, principal.person_id, conversation)
