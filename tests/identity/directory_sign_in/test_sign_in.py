"""Signing in at a real LDAP server: who enters, who does not, and that nothing tells the two kinds of refusal apart."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from chatelet.identity.directory_sign_in.renewal import check_due
from chatelet.identity.personal_data import erase
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from tests.fakes.ldap_server import BASE, LdapServer
from tests.fakes.mail_server import certificate
from tests.identity.conftest import Client

from .conftest import Directories
from .tree import ADA, ADA_GUID, PASSWORD, encoded

pytestmark = pytest.mark.servers
Enter = Callable[..., Any]


@pytest.mark.parametrize("way", ["starttls", "ldaps"])
async def test_a_name_and_a_password_open_a_session(
    directories: Directories, ldap: LdapServer, enter: Enter, sql: Any, way: str
) -> None:
    await directories.declare(servers=[getattr(ldap, way)])
    ways = (
        await Client(directories.administrator.http, directories.administrator.address).call("GET", "/api/installation")
    ).body["providers"]
    assert [(way["code"], way["kind"]) for way in ways] == [("annuaire", "directory")]
    browser, answer = await enter("ADA")
    assert answer.status == 204
    person = (await browser.call("GET", "/api/sessions/current")).body["person"]
    assert (person["name"], person["email"], person["language"]) == ("Ada Lovelace", "ada@exemple.fr", "en")
    kept = (await sql("SELECT issuer, subject, password_hash FROM persons WHERE issuer <> 'local'"))[0]
    assert kept["issuer"] == "ldap:annuaire"
    assert len(kept["subject"]) == 36, "entryUUID, not a name"
    assert kept["password_hash"] is None
    again = await enter("ada")
    assert again[1].status == 204
    assert len(await sql("SELECT id FROM persons WHERE issuer <> 'local'")) == 1
    opened = await sql("SELECT data FROM journal_events WHERE name = 'session.opened' AND data LIKE '%directory%'")
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "wrong"),
        ("nobody", PASSWORD),
        ("nobody", "wrong"),
        ("*", PASSWORD),
        ("ada)(uid=*", PASSWORD),
        ("ad\\61", PASSWORD),
        ("jumeau", PASSWORD),
        ("\u200bada", PASSWORD),
        (ADA, PASSWORD),
        ("lecture", "la clef du lecteur"),
    ],
)
async def test_all_refusals_are_one(directories: Directories, enter: Enter, name: str, password: str) -> None:
    await directories.declare()
    _, answer = await enter(name, password)
    assert (answer.status, answer.body["code"], answer.cookie) == (401, "invalid_credentials", None)
    assert set(answer.body) == {"code", "message", "request_id", "params"} - (
        set() if "params" in answer.body else {"params"}
    )


async def test_an_empty_password_is_never_a_bind(directories: Directories, enter: Enter, sql: Any) -> None:
    """LDAP calls an empty password a success (RFC 4513, 5.1.2)."""
    await directories.declare()
    for password in ("", "\0", "\0\0"):
        assert (await enter("ada", password))[1].status == 422
    assert await sql("SELECT id FROM persons WHERE issuer <> 'local'") == []


async def test_a_strange_name_stays_a_value(directories: Directories, enter: Enter) -> None:
    await directories.declare()
    browser, answer = await enter("(star)*")
    assert answer.status == 204
    assert (await browser.call("GET", "/api/sessions/current")).body["person"]["name"] == "Nom Étrange"


async def test_a_refusal_takes_as_long_for_nobody(directories: Directories, enter: Enter) -> None:
    await directories.declare()
    spent: dict[str, float] = {}
    for name in ("ada", "nobody"):
        started = time.monotonic()
        assert (await enter(name, "wrong"))[1].status == 401
        spent[name] = time.monotonic() - started
    assert all(seconds >= 0.5 for seconds in spent.values())
    beats = {round(seconds / 0.5) for seconds in spent.values()}
    assert max(beats) - min(beats) <= 1, spent


@pytest.mark.parametrize("name", ["ada", "nobody"])
async def test_guessing_is_slowed_down_for_somebody_and_for_nobody(
    directories: Directories, enter: Enter, name: str
) -> None:
    await directories.declare()
    answers = [(await enter(f"{name}{' ' * turn}", "wrong"))[1] for turn in range(7)]
    assert [answer.status for answer in answers] == [401] * 6 + [429]
    assert answers[-1].body["code"] == "too_many_attempts"


async def test_who_is_disabled_there_does_not_enter(directories: Directories, enter: Enter) -> None:
    await directories.declare()
    _, answer = await enter("partie")
    assert (answer.status, answer.body["code"]) == (403, "sign_in_account_disabled")
    assert (await enter("partie", "wrong"))[1].body["code"] == "invalid_credentials", "told to who knows the password"


async def test_who_is_disabled_here_does_not_enter(directories: Directories, enter: Enter, sql: Any) -> None:
    await directories.declare()
    await enter("ada")
    await sql("UPDATE persons SET state = 'disabled' WHERE issuer <> 'local'")
    assert (await enter("ada"))[1].body["code"] == "sign_in_account_disabled"


async def test_only_known_persons_where_none_are_made(directories: Directories, enter: Enter) -> None:
    await directories.declare(creates_persons=False)
    assert (await enter("ada"))[1].body["code"] == "sign_in_not_known"


async def test_rules_read_groups_and_attributes_and_the_inspector_tells(
    directories: Directories, enter: Enter, administrator: Client
) -> None:
    for code in ("LAB1", "COMITE"):
        made = await administrator.call("POST", "/api/admin/units", {"code": code, "name": code, "kind": ""})
        assert made.status == 201, made.body
    await directories.declare(groups="search", group_base=f"ou=groupes,{BASE}")
    rule = {"operator": "equals", "unit_code": None, "takes_unit_from_claim": False, "role_code": None}
    await directories.rules(
        {**rule, "claim": "departmentNumber", "operator": "present", "values": [], "takes_unit_from_claim": True},
        {**rule, "claim": "groups", "values": [f"cn=comité,ou=groupes,{BASE}"], "unit_code": "COMITE"},
        {**rule, "claim": "userPassword", "operator": "present", "values": [], "unit_code": "COMITE"},
    )
    await enter("ada")
    await enter("ada", "wrong")
    refused, entered = await directories.sign_ins()
    assert (refused["outcome"], refused["reason"], refused["claims"]) == ("invalid_credentials", "wrong", {})
    assert [(gift["unit"], gift["problem"]) for gift in entered["gifts"]] == [("LAB1", None), ("COMITE", None)]
    assert entered["claims"]["departmentNumber"] == ["LAB1"]
    assert "userPassword" not in entered["claims"]


async def test_member_of_tells_groups_too(directories: Directories, enter: Enter) -> None:
    await directories.declare(groups="member_of")
    await directories.ldap.change(
        f"dn:: {encoded(f'cn=comité,ou=groupes,{BASE}')}\nchangetype: modify\nadd: member\n"
        f"member:: {encoded(f'uid=emilie,ou=EQ1,ou=LAB1,ou=structures,{BASE}')}\n"
    )
    await enter("emilie")
    assert (await directories.sign_ins())[0]["claims"]["groups"] == [f"cn=comité,ou=groupes,{BASE}"]


async def test_active_directory_names_states_and_identifiers(directories: Directories, enter: Enter, sql: Any) -> None:
    await directories.declare_active()
    for name in ("ada", "Ada@AD.exemple.fr"):
        assert (await enter(name, code="ad"))[1].status == 204
    assert [row["subject"] for row in await sql("SELECT subject FROM persons WHERE issuer = 'ldap:ad'")] == [
        str(ADA_GUID)
    ]
    assert (await enter("bruno", code="ad"))[1].body["code"] == "sign_in_account_disabled"
    answer = (await enter("sans", code="ad"))[1]
    assert (answer.status, answer.body["params"]) == (502, {"reason": "subject"}), "without identifier, nobody"
    assert (await enter("sans", "wrong", code="ad"))[1].body["code"] == "invalid_credentials", "and nothing is told"


async def test_another_server_answers_when_the_first_does_not(
    directories: Directories, ldap: LdapServer, enter: Enter, unused_tcp_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    dead = f"ldaps://localhost:{unused_tcp_port}"
    await directories.declare(servers=[dead, ldap.ldaps])
    for _ in range(2):
        assert (await enter("ada"))[1].status == 204
    told = capsys.readouterr().out
    assert told.count("directory_server_unreachable") == 1, "tried last for a minute, once it failed"


async def test_a_directory_that_is_down_says_so_and_ends_nothing(
    directories: Directories, ldap: LdapServer, enter: Enter, database: Database, sso: SingleSignOn, sql: Any
) -> None:
    await directories.declare()
    browser, _ = await enter("ada")
    await sql("UPDATE provider_sessions SET check_at = now()")
    await ldap.stop()
    try:
        _, answer = await enter("emilie")
        assert (answer.status, answer.body["code"]) == (503, "sign_in_provider_unreachable")
        assert await check_due(database, sso) == 0
        assert (await browser.call("GET", "/api/sessions/current")).status == 200
    finally:
        await ldap.start()
    assert (await enter("emilie"))[1].status == 204


async def test_an_unknown_authority_or_another_name_is_refused(
    directories: Directories, ldap: LdapServer, enter: Enter, tmp_path: Any
) -> None:
    other = certificate(tmp_path)[1].read_text()
    await directories.declare("autre", ca_certificate=other)
    await directories.declare("systeme", ca_certificate=None, servers=[ldap.ldaps])
    await directories.declare("nom", servers=[f"ldaps://127.0.0.1:{ldap.tls_port}"])
    for code in ("autre", "systeme", "nom"):
        assert (await enter("ada", code=code))[1].status == 503, code
        tried = (await directories.ask("POST", "/directory/trial", {}, code)).body
        assert [server["state"] for server in tried["servers"]] == ["certificate"], code


async def test_who_leaves_the_directory_is_out_at_the_next_check(
    directories: Directories, ldap: LdapServer, enter: Enter, database: Database, sso: SingleSignOn, sql: Any
) -> None:
    await directories.declare()
    (ada, _), (emilie, _) = await enter("ada"), await enter("emilie")
    assert await check_due(database, sso) == 0, "not their turn yet"
    await sql("UPDATE provider_sessions SET check_at = now()")
    assert await check_due(database, sso) == 0
    change = f"dn: {ADA}\nchangetype: modify\n{{}}: employeeType\nemployeeType: parti\n"
    await ldap.change(change.format("add"))
    try:
        await sql("UPDATE provider_sessions SET check_at = now()")
        assert await check_due(database, sso) == 1
    finally:
        await ldap.change(change.format("delete"))
    assert (await ada.call("GET", "/api/sessions/current")).status == 401
    assert (await emilie.call("GET", "/api/sessions/current")).status == 200
    newest, *before = await directories.sign_ins()
    assert (newest["outcome"], newest["person_name"]) == ("ended_by_provider", before[-1]["person_name"])
    assert {one["outcome"] for one in before} == {"signed_in"}


async def test_the_rules_are_applied_again_at_each_check(
    directories: Directories, ldap: LdapServer, enter: Enter, database: Database, sso: SingleSignOn, sql: Any
) -> None:
    """What the entry no longer says is taken back; a directory that is down takes nothing."""
    await directories.declare()
    rule = {"claim": "employeeType", "operator": "equals", "values": ["stage"], "unit_code": None}
    await directories.rules({**rule, "takes_unit_from_claim": False, "role_code": "auditor"})
    ada, _ = await enter("ada")

    async def check() -> int:
        await sql("UPDATE provider_sessions SET check_at = now()")
        return await check_due(database, sso)

    async def held() -> list[str]:
        rows = await sql("SELECT code FROM grants JOIN roles ON roles.id = role_id WHERE source = 'provider:annuaire'")
        return [row["code"] for row in rows]

    change = f"dn: {ADA}\nchangetype: modify\n{{}}: employeeType\nemployeeType: stage\n"
    await ldap.change(change.format("add"))
    try:
        assert await check() == 1
        assert await held() == ["auditor"]
        newest, *_ = await directories.sign_ins()
        assert newest["outcome"] == "renewed"
        assert [(one["value"], one["role"]) for one in newest["gifts"]] == [("stage", "auditor")]
        assert (await ada.call("GET", "/api/sessions/current")).status == 401, "rights changed (TA-001)"
        await enter("ada")
    finally:
        await ldap.change(change.format("delete"))
    await ldap.stop()
    try:
        assert await check() == 0
    finally:
        await ldap.start()
    assert await held() == ["auditor"]
    await check()
    assert await held() == []


async def test_switching_a_directory_off_ends_its_sessions(directories: Directories, enter: Enter) -> None:
    await directories.declare()
    browser, _ = await enter("ada")
    assert (await directories.ask("PATCH", "/directory", {"enabled": False})).status == 200
    assert (await browser.call("GET", "/api/sessions/current")).status == 401
    assert (await enter("ada"))[1].status == 404


async def test_signing_out_ends_here_alone(directories: Directories, enter: Enter) -> None:
    await directories.declare()
    browser, _ = await enter("ada")
    assert (await browser.call("DELETE", "/api/sessions/current")).status == 204


async def test_an_erased_person_leaves_no_counter(
    directories: Directories, enter: Enter, database: Database, sql: Any
) -> None:
    await directories.declare()
    await enter("ada", "wrong")
    await enter("ada")
    found = await sql("SELECT id FROM persons WHERE issuer <> 'local'")
    counters = "SELECT 1 FROM sign_in_attempts WHERE account_hash IS NOT NULL"
    of_the_administrator = len(await sql(counters)) - 2
    async with database.transaction() as session:
        await erase(session, found[0]["id"])
    assert len(await sql(counters)) == of_the_administrator
    assert await sql("SELECT 1 FROM sign_ins WHERE person_id IS NOT NULL") == []


async def test_simultaneous_first_sign_ins_make_one_person(directories: Directories, enter: Enter, sql: Any) -> None:
    await directories.declare()
    answers = await asyncio.gather(*(enter("emilie") for _ in range(5)))
    assert [answer.status for _, answer in answers] == [204] * 5
    assert len(await sql("SELECT id FROM persons WHERE issuer <> 'local'")) == 1
