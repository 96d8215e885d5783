"""Silent renewal of many sessions: all in one run, and a provider that hangs makes no other wait."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from chatelet.identity.single_sign_on import provider_sessions, renewal
from chatelet.identity.single_sign_on.discovery import Discovery
from chatelet.identity.single_sign_on.errors import ProviderUnreachable
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.way import Received, Way
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.settings import SecuritySettings

KEYRING = Keyring(b"k" * 32)
MANY = 230
_ID_TOKEN = f"e30.{base64.urlsafe_b64encode(b'{}').decode()}.e30"
_SESSION = """
WITH someone AS (
    INSERT INTO persons (id, name, language, state, issuer, subject, sort_name, search_vector, created_at)
    VALUES (gen_random_uuid(), 'Ada', 'fr', 'active', :issuer, CAST(:name AS text), 'ada', '', now()) RETURNING id
), opened AS (
    INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, idle_minutes, expires_at)
    SELECT :id, id, decode(md5(CAST(:name AS text)), 'hex'), now(), now(), 60, now() + interval '1 hour'
    FROM someone RETURNING id
)
INSERT INTO provider_sessions (session_id, provider_id, id_token_sealed, refresh_token_sealed, check_at)
SELECT id, :provider, :id_token, :refresh_token, now() - interval '1 minute' FROM opened
"""


class ScriptedWay(Way):
    """Providers told by their code: one renews, one forgets, one hangs until the test lets it fail."""

    def __init__(self) -> None:
        super().__init__(Outbound())
        self.asked: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.give_up = asyncio.Event()

    async def get(self, provider: Provider, address: str, *, bearer: str | None = None) -> Received:
        there = provider.issuer
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        document = {"issuer": there, **{name: f"{there}/{name}" for name in names}}
        return Received(200, "application/json", json.dumps(document).encode())

    async def post(self, provider: Provider, address: str, form: bytes, headers: Mapping[str, str]) -> Received:
        self.asked[provider.code] += 1
        self.at_once[provider.code] += 1
        self.most[provider.code] = max(self.most[provider.code], self.at_once[provider.code])
        try:
            if provider.code == "hangs":
                await self.give_up.wait()
                raise ProviderUnreachable(provider=provider.code)
            await asyncio.sleep(0)
            if provider.code == "forgets":
                return Received(400, "application/json", b'{"error":"invalid_grant"}')
            return Received(200, "application/json", b'{"access_token":"a","refresh_token":"next"}')
        finally:
            self.at_once[provider.code] -= 1


async def provider(sql: Any, code: str, sessions: int) -> UUID:
    identifier, issuer = uuid4(), f"https://{code}.exemple.fr"
    await sql(
        "INSERT INTO sign_in_providers (id, kind, code, name_fr, name_en, issuer, client_id, scopes, other_origins,"
        " enabled, creates_persons, language, sign_out, position, created_at, updated_at) VALUES (:id, 'openid', :code,"
        " :code, :code, :issuer, :code, '{openid}', '{}', true, true, 'fr', 'none', 0, now(), now())",
        id=identifier, code=code, issuer=issuer,
    )  # fmt: skip
    for _ in range(sessions):
        session_id = uuid4()
        await sql(
            _SESSION, id=session_id, name=str(session_id), issuer=issuer, provider=identifier,
            id_token=provider_sessions.seal_id_token(KEYRING, session_id, _ID_TOKEN),
            refresh_token=provider_sessions.seal_refresh_token(KEYRING, session_id, "first"),
        )  # fmt: skip
    return identifier


def scripted() -> tuple[ScriptedWay, SingleSignOn]:
    way = ScriptedWay()
    return way, SingleSignOn(way, Discovery(way), KEYRING, "https://chatelet.exemple.fr", SecuritySettings())


async def still_due(sql: Any, provider_id: UUID) -> int:
    [row] = await sql(
        "SELECT count(*) AS n FROM provider_sessions WHERE provider_id = :id AND check_at <= now()", id=provider_id
    )
    return row["n"]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not condition():
            await asyncio.sleep(0.01)


async def test_every_session_is_asked_about_in_one_run_and_who_hangs_makes_no_other_wait(
    database: Database, sql: Any
) -> None:
    many, hung, gone = (
        await provider(sql, "renews", MANY),
        await provider(sql, "hangs", 40),
        await provider(sql, "forgets", 3),
    )
    way, sso = scripted()
    run = asyncio.create_task(renewal.check_due(database, sso))
    await until(lambda: way.asked["renews"] == MANY and way.asked["forgets"] == 3)
    assert not run.done(), "the third one hangs still"
    way.give_up.set()
    assert await run == 3, "those whom their provider no longer knows"
    assert (await still_due(sql, many), await still_due(sql, gone)) == (0, 0)
    rows = await sql("SELECT session_id, refresh_token_sealed FROM provider_sessions WHERE provider_id = :id", id=many)
    tokens = {KEYRING.open(one["refresh_token_sealed"], f"refresh-token:{one['session_id']}".encode()) for one in rows}
    assert tokens == {b"next"}
    assert 1 < way.most["renews"] <= 8
    assert way.asked["hangs"] < 20, "given up, not asked about each of forty sessions"
    [alive] = await sql(
        "SELECT count(*) AS n FROM provider_sessions JOIN sessions ON id = session_id"
        " WHERE provider_id = :id AND ended_at IS NULL AND check_at < now() + interval '6 minutes'", id=hung,
    )  # fmt: skip
    assert alive["n"] == 40, "its sessions go on, and are asked about again"


async def test_a_provider_that_fails_now_and_then_is_not_given_up(database: Database, sql: Any) -> None:
    class Flaky(ScriptedWay):
        async def post(self, provider: Provider, address: str, form: bytes, headers: Mapping[str, str]) -> Received:
            number = self.asked[provider.code] + 1
            answer = await super().post(provider, address, form, headers)
            if number % 4 == 0:  # of eight under way two: never five between two answers
                raise ProviderUnreachable(provider=provider.code)
            return answer

    flaky = await provider(sql, "renews", 60)
    way = Flaky()
    sso = SingleSignOn(way, Discovery(way), KEYRING, "https://chatelet.exemple.fr", SecuritySettings())
    assert await renewal.check_due(database, sso) == 0
    assert (way.asked["renews"], await still_due(sql, flaky)) == (60, 0)
