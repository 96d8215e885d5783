"""What claims give at each sign-in: exactly what the rules say, beside what was given otherwise; and how it is seen."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from chatelet.identity import personal_data
from chatelet.kernel.database import Database
from tests.fakes.oidc_provider import OidcProvider
from tests.identity.conftest import Client

from .conftest import Browser, Ways

NewBrowser = Callable[[], Browser]
MakeUnit = Callable[..., Any]


@pytest.fixture
def unit(sql: Any) -> MakeUnit:
    async def make(code: str, *, closed: bool = False, merged_into: Any = None) -> Any:
        identifier = uuid4()
        await sql(
            "INSERT INTO units (id, path, code, name, sort_name, kind, created_at, closed_at, merged_into)"
            " VALUES (:id, ARRAY[CAST(:id AS uuid)], :code, :name, :code, 'laboratory', now(),"
            " CASE WHEN :closed THEN now() END, :merged)",
            id=identifier,
            code=code,
            name=f"Unité {code}",
            closed=closed,
            merged=merged_into,
        )
        return identifier

    return make


def gives(claim: str, operator: str, *values: str, **given: Any) -> dict[str, Any]:
    return {"claim": claim, "operator": operator, "values": list(values), **given}


async def held(sql: Any, subject: str = "ada") -> tuple[set[str], set[tuple[str, str | None]]]:
    """Return the codes of the units, and the roles with their unit."""
    units = await sql(
        "SELECT units.code FROM memberships JOIN units ON units.id = unit_id JOIN persons ON persons.id = person_id"
        " WHERE subject = :subject",
        subject=subject,
    )
    roles = await sql(
        "SELECT roles.code AS role, units.code AS unit FROM grants JOIN roles ON roles.id = role_id"
        " LEFT JOIN units ON units.id = unit_id JOIN persons ON persons.id = person_id WHERE subject = :subject",
        subject=subject,
    )
    return {row["code"] for row in units}, {(row["role"], row["unit"]) for row in roles}


async def test_rules_give_units_and_roles_and_take_them_back(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, oidc: OidcProvider, http: aiohttp.ClientSession
) -> None:
    lab, office = await unit("LAB1"), await unit("OFFICE")
    await ways.declare("agora")
    await ways.rules(
        "agora",
        gives("department", "present", takes_unit_from_claim=True),
        gives("groups", "equals", "g1", unit_code="OFFICE", role_code="referent"),
        gives("groups", "equals", "auditors", role_code="auditor"),
    )
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    assert await held(sql) == ({"LAB1", "OFFICE"}, {("referent", "OFFICE")})
    session = await browser.client().call("GET", "/api/sessions/current")
    assert "waves.manage" in session.body["rights"]
    main = await sql("SELECT unit_id FROM memberships WHERE is_main")
    assert main[0]["unit_id"] == lab

    # By hand: a role, and the very unit that a rule also gives. Neither is the provider's to take back.
    await sql(
        "INSERT INTO grants (id, person_id, role_id, unit_id, source, created_at) SELECT gen_random_uuid(), persons.id,"
        " roles.id, :unit, 'page', now() FROM persons, roles WHERE subject = 'ada' AND code = 'referent'",
        unit=office,
    )
    await sql("UPDATE memberships SET source = 'page' WHERE unit_id = :unit", unit=office)
    await oidc.accounts(http, ada={"name": "Ada", "department": "GONE", "groups": ["auditors"]})
    again = new_browser()
    await again.sign_in("agora", "ada")
    assert await held(sql) == ({"OFFICE"}, {("referent", "OFFICE"), ("auditor", None)})
    assert (await browser.client().call("GET", "/api/sessions/current")).status == 401, "rights changed (TA-001)"
    told = (await ways.sign_ins("agora"))[0]
    assert [(gift["role"] or gift["unit"], gift["problem"]) for gift in told["gifts"]] == [
        ("GONE", "unit_unknown"),
        ("auditor", None),
    ]
    changes = await sql("SELECT data FROM journal_events WHERE name = 'person.rights_from_claims' ORDER BY id")
    assert json.loads(changes[0]["data"]) == {
        "provider": "agora", "at": "sign_in", "roles_given": 1, "roles_withdrawn": 0, "units_given": 2, "units_withdrawn": 0
    }  # fmt: skip
    assert json.loads(changes[1]["data"])["roles_withdrawn"] == 1


async def test_a_role_on_an_unknown_or_closed_unit_is_given_nowhere(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any
) -> None:
    """Never everywhere; and a merged unit is the one that it became."""
    after = await unit("AFTER")
    await unit("BEFORE", closed=True, merged_into=after)
    await unit("CLOSED", closed=True)
    await ways.declare("agora")
    await ways.rules(
        "agora",
        gives("groups", "equals", "g1", unit_code="NOWHERE", role_code="administrator"),
        gives("groups", "equals", "g1", unit_code="CLOSED", role_code="administrator"),
        gives("groups", "equals", "g1", unit_code="BEFORE", role_code="referent"),
    )
    await new_browser().sign_in("agora", "ada")
    assert await held(sql) == ({"AFTER"}, {("referent", "AFTER")})


async def test_two_providers_keep_their_own_lines(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any
) -> None:
    """The same person through two doors of one issuer: each door's lines are its own."""
    await unit("LAB1"), await unit("LAB2")
    await ways.declare("agora")
    await ways.declare("es")
    await ways.rules("agora", gives("department", "equals", "LAB1", unit_code="LAB1"))
    await ways.rules("es", gives("department", "equals", "LAB1", unit_code="LAB2"))
    await new_browser().sign_in("agora", "ada")
    await new_browser().sign_in("es", "ada")
    assert (await held(sql))[0] == {"LAB1", "LAB2"}
    await ways.rules("es")
    await new_browser().sign_in("es", "ada")
    assert (await held(sql))[0] == {"LAB1"}


async def test_a_dry_run_tells_and_gives_nothing(ways: Ways, unit: MakeUnit, chief: Client, sql: Any) -> None:
    await unit("LAB1")
    identifier = await ways.declare("agora")
    await ways.rules("agora", gives("groups", "contains", "admin", role_code="administrator"))
    path = f"/api/admin/sign-in-providers/{identifier}/rules/dry-run"
    claims = {"name": "Ada", "email": "a@b.fr", "groups": ["admins"], "department": "LAB1"}
    kept = (await chief.call("POST", path, {"claims": claims})).body
    assert kept["name"] == "Ada"
    assert [(gift["position"], gift["role"], gift["value"]) for gift in kept["gifts"]] == [
        (1, "administrator", "admins")
    ]
    tried = [
        gives("department", "present", takes_unit_from_claim=True),
        gives("groups", "equals", "x", role_code="auditor"),
    ]
    other = (await chief.call("POST", path, {"claims": claims, "rules": tried})).body
    assert [(gift["position"], gift["unit"]) for gift in other["gifts"]] == [(1, "Unité LAB1")]
    assert await sql("SELECT count(*) AS n FROM grants WHERE source <> 'page'") == [{"n": 0}]


@pytest.mark.parametrize(
    "wrong",
    [
        gives("g", "equals", "x"),
        gives("g", "equals", unit_code="U"),
        gives("g", "equals", "", unit_code="U"),
        gives("g", "matches", "x", unit_code="U"),
        gives("", "present", unit_code="U"),
        gives("g", "present", unit_code="U", source="page"),
        gives("g", "present", role_code="no-such-role"),
        gives("g", "equals", "a\x00b", unit_code="U"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(ways: Ways, chief: Client, wrong: dict[str, Any]) -> None:
    identifier = await ways.declare("agora")
    answer = await chief.call("PATCH", f"/api/admin/sign-in-providers/{identifier}/rules", {"rules": [wrong]})
    assert answer.status == 422
    assert answer.body["code"] in {"invalid_request", "claim_rule_invalid"}


async def test_the_inspector_tells_what_was_received_and_reading_it_is_journalled(
    ways: Ways, new_browser: NewBrowser, chief: Client, sql: Any, database: Database
) -> None:
    identifier = await ways.declare("agora")
    await new_browser().sign_in("agora", "ada")
    told = (await ways.sign_ins("agora"))[0]
    assert told["outcome"] == "signed_in"
    assert told["claims"]["department"] == "LAB1"
    assert not {"nonce", "at_hash"} & set(told["claims"])
    assert "eyJ" not in json.dumps(told)
    stored = await sql("SELECT * FROM sign_ins")
    assert b"LAB1" not in bytes(stored[0]["details_sealed"])
    seen = await sql("SELECT actor FROM journal_events WHERE name = 'provider.inspected'")
    assert len(seen) == 1
    person_id = (await sql("SELECT id FROM persons WHERE subject = 'ada'"))[0]["id"]
    await sql("UPDATE sign_ins SET created_at = now() - interval '8 days'")
    assert (await chief.call("GET", f"/api/admin/sign-in-providers/{identifier}/sign-ins")).body["items"] == []
    await sql("UPDATE sign_ins SET person_id = NULL")
    async with database.transaction() as session:
        exported = await personal_data.export(session, person_id)
        assert exported["sign_ins"]
        await personal_data.erase(session, person_id)
    assert await sql("SELECT count(*) AS n FROM sign_ins") == [{"n": 0}]


async def test_erasing_a_provider_s_person_leaves_a_local_namesake_alone(
    ways: Ways, new_browser: NewBrowser, chief: Client, sql: Any, database: Database
) -> None:
    await ways.declare("agora")
    await new_browser().sign_in("agora", "ada")
    await chief.call("POST", "/api/admin/invitations", {"email": "ada@example.org", "name": "Une autre"})
    person_id = (await sql("SELECT id FROM persons WHERE subject = 'ada'"))[0]["id"]
    async with database.transaction() as session:
        assert (await personal_data.export(session, person_id))["invitations"] == []
        await personal_data.erase(session, person_id)
    assert await sql("SELECT count(*) AS n FROM invitations") == [{"n": 1}]
