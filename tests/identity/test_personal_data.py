"""What identity holds on a person is exported whole and erased whole."""

import json
from typing import Any

from chatelet.identity import personal_data, tables
from chatelet.kernel.database import Base, Database

from .conftest import PASSWORD, Client, MakePerson

EMAIL = "emilie@chatelet.fr"


def test_every_table_is_claimed_or_holds_nobody() -> None:
    owned = {m.local_table.name for m in Base.registry.mappers if m.class_.__module__ == tables.__name__}
    assert owned - personal_data.TABLES == {"installation"}


async def test_export_tells_everything_but_secrets(client: Client, person: MakePerson, database: Database) -> None:
    person_id = await person()
    await client.sign_in(EMAIL)
    async with database.transaction() as session:
        exported = await personal_data.export(session, person_id)
    text = json.dumps(exported)
    assert EMAIL in text
    assert "argon2" not in text
    assert client.token not in text
    assert len(json.loads(text)["sessions"]) == 1
    async with database.transaction() as session:
        assert await personal_data.erase(session, person_id) > 0
        assert await personal_data.export(session, person_id) == {}


async def test_erasure_leaves_nothing_and_ends_the_session(
    client: Client, administrator: Client, person: MakePerson, database: Database, sql: Any
) -> None:
    others = await sql("SELECT count(*) AS n FROM sign_in_attempts WHERE account_hash IS NOT NULL")
    made = await administrator.call("POST", "/api/admin/invitations", {"email": EMAIL, "name": "Émilie"})
    token = made.body["link"].partition("token=")[2]
    accepted = await client.call(
        "POST", "/api/invitations/accept", {"token": token, "name": "Émilie", "password": PASSWORD}
    )
    await client.sign_in(EMAIL, "wrong password")
    person_id = accepted.body["person"]["id"]
    async with database.transaction() as session:
        rows = await personal_data.erase(session, person_id)
    assert rows == 4  # person, session, invitation, one throttle
    assert (await client.call("GET", "/api/sessions/current", token=accepted.cookie)).status == 401
    for table in ("persons", "sessions"):
        assert len(await sql(f"SELECT 1 FROM {table}")) == 1  # the administrator's
    assert await sql("SELECT 1 FROM invitations") == []
    assert await sql("SELECT count(*) AS n FROM sign_in_attempts WHERE account_hash IS NOT NULL") == others
    assert (await client.sign_in(EMAIL)).status == 401


async def test_erasing_an_administrator_keeps_the_invitations_they_made(
    administrator: Client, database: Database, sql: Any
) -> None:
    await administrator.call("POST", "/api/admin/invitations", {"email": "b@a.fr", "name": "B"})
    [row] = await sql("SELECT id FROM persons")
    async with database.transaction() as session:
        await personal_data.erase(session, row["id"])
    [kept] = await sql("SELECT made_by FROM invitations")
    assert kept["made_by"] is None
