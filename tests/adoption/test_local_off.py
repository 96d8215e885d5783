"""Where the local form is switched off, a wave makes no local account; whoever signed in elsewhere uses its secrets."""

from pathlib import Path
from typing import Any

import pytest

from chatelet.identity import sessions
from chatelet.identity.tables import Person
from chatelet.identity.tokens import hash_token, new_token
from chatelet.kernel.database import Database
from chatelet.settings import SecuritySettings, Settings
from tests.adoption.conftest import Tree
from tests.adoption.waves import activate, add, choose_all, codes, opened
from tests.identity.conftest import PASSWORD, Client, MakePerson, OpenBrowser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    security = SecuritySettings(local_sign_in=False)
    return Settings(data_dir=tmp_path, institution_name="Observatoire", port=8000, security=security)


async def mailed(sql: Any, email: str) -> str:
    """A link as the job of messages makes one."""
    token = new_token()
    await sql(
        "UPDATE volunteers SET token_hash = :hash, token_expires_at = now() + interval '30 minutes' WHERE email = :email",
        hash=hash_token(token.text),
        email=email,
    )
    return token.text


async def test_neither_a_code_nor_a_link_makes_a_local_account(
    administrator: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    made = await codes(administrator, wave)
    client = browser()
    by_code = await activate(client, "ada@exemple.fr", made["ada@exemple.fr"])
    link = {"token": await mailed(sql, "ada@exemple.fr"), "password": PASSWORD}
    by_link = await client.call("POST", "/api/activations/link", link)
    for refused in (by_code, by_link):
        assert (refused.status, refused.body["code"]) == (403, "local_sign_in_off")
        assert refused.cookie is None
    assert await sql("SELECT 1 AS one FROM persons WHERE email = 'ada@exemple.fr'") == []
    [row] = await sql("SELECT state FROM volunteers")
    assert row["state"] == "invited", "the code and the link still serve"


async def test_whoever_signed_in_elsewhere_uses_the_link_of_their_message(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: Tree, database: Database, sql: Any
) -> None:
    """Their provider tells another address than the one they registered with: the link proves that they read it."""
    ada = await person("a.lovelace@exemple.fr")
    client = browser()
    async with database.transaction() as session:  # as single sign-on does once the provider has answered
        account = await session.get_one(Person, ada)
        client.token = (await sessions.open_session(session, account, SecuritySettings(), "single_sign_on")).token
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    token = {"token": await mailed(sql, "ada@exemple.fr")}
    assert (await browser().call("POST", "/api/activations/current", token)).status == 401
    for wrong in ({}, {**token, "code": "AAAA"}, {"token": ""}):
        assert (await client.call("POST", "/api/activations/current", wrong)).status == 422
    unknown = await client.call("POST", "/api/activations/current", {"token": token["token"] + "x"})
    assert (unknown.status, unknown.body["code"]) == (410, "activation_invalid")
    assert (await client.call("POST", "/api/activations/current", token)).status == 204
    [row] = await sql("SELECT person_id, state FROM volunteers")
    assert (row["person_id"], row["state"]) == (ada, "activated")
    assert (await client.call("POST", "/api/activations/current", token)).status == 410, "once"
    told = await sql("SELECT data::text FROM journal_events WHERE name = 'volunteer.activated'")
    assert ['"by":"link"' in line["data"] for line in told] == [True]
