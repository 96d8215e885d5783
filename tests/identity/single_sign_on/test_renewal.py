"""Silent renewal: the rules on fresh claims, as at a sign-in; what was given by hand stays; a provider down, all stays."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from chatelet.identity.single_sign_on.errors import TokenRefused
from chatelet.identity.single_sign_on.id_tokens import check_renewed_id_token
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.renewal import check_due, renew_rights
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from tests.fakes.oidc_provider import OidcProvider

from .conftest import Browser, Ways
from .test_rights import MakeUnit, NewBrowser, gives, held, unit

__all__ = ["unit"]
Renew = Callable[[], Awaitable[int]]
_LAB = {"name": "Ada", "department": "LAB1", "groups": ["g1"]}


@pytest.fixture
def renew(database: Database, sso: SingleSignOn, sql: Any) -> Renew:
    """The turn of every session has come."""

    async def run() -> int:
        await sql("UPDATE provider_sessions SET check_at = now()")
        return await check_due(database, sso)

    return run


async def alive(browser: Browser) -> bool:
    return (await browser.client().call("GET", "/api/sessions/current")).status == 200


async def lines(sql: Any) -> list[str]:
    """What the journal says of units and roles since, besides what the tests do by hand."""
    told = await sql(
        "SELECT name, data FROM journal_events WHERE name LIKE 'membership.%' OR name LIKE 'role.%'"
        " OR name = 'person.rights_from_claims' ORDER BY id"
    )
    return [row["name"] + (":renewal" if '"renewal"' in row["data"] else "") for row in told]


async def test_a_renewal_gives_and_takes_back_units_and_leaves_what_was_given_by_hand(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, oidc: OidcProvider, http: aiohttp.ClientSession,
    renew: Renew,
) -> None:  # fmt: skip
    for code in ("LAB1", "LAB2", "HAND"):
        await unit(code)
    await ways.declare("agora")
    await ways.rules("agora", gives("department", "present", takes_unit_from_claim=True))
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    await sql(
        "INSERT INTO memberships (person_id, unit_id, is_main, source, created_at) SELECT persons.id, units.id, false,"
        " 'page', now() FROM persons, units WHERE subject = 'ada' AND units.code = 'HAND'"
    )
    told = len(await lines(sql))
    assert await renew() == 0
    assert await held(sql) == ({"LAB1", "HAND"}, set())
    assert len(await lines(sql)) == told, "nothing changed: nothing is told"
    assert [one["outcome"] for one in await ways.sign_ins("agora")] == ["signed_in"]
    await oidc.accounts(http, ada={**_LAB, "department": "LAB2"})
    assert await renew() == 0
    assert await held(sql) == ({"LAB2", "HAND"}, set())
    assert await alive(browser), "units alone end no session"
    mains = await sql("SELECT code FROM memberships JOIN units ON units.id = unit_id WHERE is_main")
    assert [row["code"] for row in mains] == ["LAB2"]
    assert (await lines(sql))[told:] == [
        "person.rights_from_claims:renewal", "membership.removed", "membership.given"
    ]  # fmt: skip
    seen = await browser.client().call("GET", "/api/sessions/current")
    assert seen.status == 200
    await oidc.accounts(http, ada={"name": "Ada"})
    await renew()
    assert await held(sql) == ({"HAND"}, set())


async def test_a_role_that_is_no_longer_given_is_taken_back_and_sessions_end(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, oidc: OidcProvider, http: aiohttp.ClientSession,
    renew: Renew,
) -> None:  # fmt: skip
    await unit("OFFICE")
    await ways.declare("agora")
    await ways.rules(
        "agora",
        gives("groups", "equals", "g1", unit_code="OFFICE", role_code="referent"),
        gives("groups", "equals", "auditors", role_code="auditor"),
    )
    browser = new_browser()
    await oidc.accounts(http, ada=_LAB)
    await browser.sign_in("agora", "ada")
    assert await held(sql) == ({"OFFICE"}, {("referent", "OFFICE")})
    before = len(await lines(sql))
    await oidc.accounts(http, ada={**_LAB, "groups": ["auditors"]})
    assert await renew() == 1
    assert await held(sql) == (set(), {("auditor", None)})
    newest, *_ = await ways.sign_ins("agora")
    assert (newest["outcome"], newest["person_name"], newest["claims"]["groups"]) == ("renewed", "Ada", ["auditors"])
    assert [(one["value"], one["role"]) for one in newest["gifts"]] == [("auditors", "auditor")]
    assert not await alive(browser), "rights changed (TA-001)"
    told = (await lines(sql))[before:]
    assert sorted(told) == [
        "membership.removed", "person.rights_from_claims:renewal", "role.granted", "role.withdrawn"
    ]  # fmt: skip


async def test_a_rule_written_since_acts_at_the_next_renewal(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, renew: Renew
) -> None:
    await unit("LAB1")
    await ways.declare("agora")
    await ways.rules("agora", gives("department", "equals", "LAB1", unit_code="LAB1"))
    await new_browser().sign_in("agora", "ada")
    await ways.rules("agora")
    await renew()
    assert await held(sql) == (set(), set())


async def test_a_provider_that_is_down_takes_nothing_back(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, oidc: OidcProvider, renew: Renew
) -> None:
    await unit("LAB1")
    await ways.declare("agora")
    await ways.rules("agora", gives("department", "equals", "LAB1", unit_code="LAB1", role_code="referent"))
    browser = new_browser()
    await browser.sign_in("agora", "ada")
    await ways.rules("agora")
    await oidc.stop()
    try:
        assert await renew() == 0
    finally:
        await oidc.start()
    assert await held(sql) == ({"LAB1"}, {("referent", "LAB1")})
    assert await alive(browser)


async def test_claims_that_come_half_take_nothing_back(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, oidc: OidcProvider, http: aiohttp.ClientSession,
    renew: Renew,
) -> None:  # fmt: skip
    """Tokens are given, the userinfo endpoint fails: the new refresh token is kept, the rights are as they were."""
    await unit("LAB1")
    await ways.declare("agora")
    await ways.rules("agora", gives("department", "equals", "LAB1", unit_code="LAB1"))
    await new_browser().sign_in("agora", "ada")
    before = await sql("SELECT refresh_token_sealed FROM provider_sessions")
    await ways.rules("agora", gives("never_told", "present", unit_code="LAB1"))
    await oidc.faults(http, userinfo=503)
    try:
        assert await renew() == 0
    finally:
        await oidc.faults(http, userinfo=0)
    assert await held(sql) == ({"LAB1"}, set())
    assert await sql("SELECT refresh_token_sealed FROM provider_sessions") != before
    newest, *_ = await ways.sign_ins("agora")
    assert (newest["outcome"], newest["reason"], newest["gifts"]) == ("not_renewed", "sign_in_provider_unreachable", [])
    path = f"/api/admin/sign-in-providers/{ways.ids['agora']}/sign-ins"
    for asked, outcomes in (
        ({"only": "failed"}, ["not_renewed"]),
        ({"q": "lovelace"}, ["not_renewed", "signed_in"]),
        ({"q": "hypatie"}, []),
    ):
        found = await ways.chief.call("GET", path, params=asked)
        assert [one["outcome"] for one in found.body["items"]] == outcomes, asked
    await renew()
    assert await held(sql) == (set(), set())


async def test_the_last_administrator_stays_one(
    ways: Ways, new_browser: NewBrowser, sql: Any, oidc: OidcProvider, http: aiohttp.ClientSession, renew: Renew
) -> None:
    await ways.declare("agora")
    await ways.rules("agora", gives("groups", "equals", "admins", role_code="administrator"))
    await new_browser().sign_in("agora", "ada")
    await sql("DELETE FROM grants WHERE source = 'page'")
    await oidc.accounts(http, ada={"name": "Ada", "groups": []})
    await renew()
    assert await held(sql) == (set(), {("administrator", None)})


async def test_claims_of_somebody_else_change_nothing(
    ways: Ways, new_browser: NewBrowser, unit: MakeUnit, sql: Any, database: Database, sso: SingleSignOn
) -> None:
    await unit("LAB1")
    await ways.declare("agora")
    await ways.rules("agora", gives("department", "equals", "LAB1", unit_code="LAB1"))
    await new_browser().sign_in("agora", "ada")
    session_id = (await sql("SELECT session_id FROM provider_sessions"))[0]["session_id"]
    provider = await provider_named("agora", database, sso)
    assert await renew_rights(database, sso, provider, session_id, {"sub": "emilie"}) == 0
    assert await held(sql) == ({"LAB1"}, set())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"sub": "mallory"}, "subject"),
        ({"nonce": "another"}, "nonce"),
        ({"aud": "pc"}, "audience"),
        ({"iss": "http://localhost:1"}, "issuer"),
        ({"exp": 1}, "expired"),
    ],
)
async def test_a_renewed_token_is_of_the_same_person(
    changed: dict[str, Any], reason: str, ways: Ways, sso: SingleSignOn, database: Database
) -> None:
    await ways.declare("agora")
    provider = await provider_named("agora", database, sso)
    before = {"sub": "ada", "nonce": "first"}
    good = {"iss": provider.issuer, "aud": "agora", "sub": "ada", "iat": 1_000, "exp": 2_000}
    options: dict[str, Any] = {"at": 1_010.0, "algorithm": "RS256", "access_token": None}
    check_renewed_id_token(good, before, provider, **options)
    check_renewed_id_token({**good, "nonce": "first"}, before, provider, **options)
    with pytest.raises(TokenRefused) as refused:
        check_renewed_id_token({**good, **changed}, before, provider, **options)
    assert refused.value.params["reason"] == reason


async def provider_named(code: str, database: Database, sso: SingleSignOn) -> Provider:
    async with database.transaction() as session:
        return await sso.offered(session, code)
