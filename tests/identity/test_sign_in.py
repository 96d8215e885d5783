"""Signing in: nothing tells whether an account exists, guessing is slowed down, nobody is locked out by others."""

import asyncio
import statistics
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from chatelet.identity import sign_in, throttle
from chatelet.identity.errors import InvalidCredentials, SignInBusy, TooManyAttempts
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.requests import RequestContext, enter_request
from chatelet.settings import SecuritySettings

from .conftest import PASSWORD, Answer, Client, MakePerson, OpenBrowser

EMAIL = "emilie@chatelet.fr"
SECURITY = SecuritySettings()


async def _attempt(database: Database, email: str, password: str, origin: str = "192.0.2.1") -> str:
    enter_request(RequestContext(request_id="-", origin=origin))
    try:
        await sign_in.sign_in(database, email, password, SECURITY)
    except (InvalidCredentials, TooManyAttempts, SignInBusy) as error:
        return error.code
    return "signed_in"


def _comparable(answer: Answer) -> tuple[int, dict[str, str], dict[str, Any]]:
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in {"date", "x-request-id"}}
    return answer.status, headers, {**answer.body, "request_id": "-"}


async def test_unknown_disabled_and_wrong_are_answered_alike(
    client: Client, person: MakePerson, sql: Any, database: Database
) -> None:
    await person()
    await person("off@chatelet.fr", "Éteinte Lampe")
    await person("sso@chatelet.fr", "Externe Personne")
    await sql("UPDATE persons SET state = 'disabled' WHERE email = 'off@chatelet.fr'")
    await sql("UPDATE persons SET password_hash = NULL WHERE email = 'sso@chatelet.fr'")
    tried = [
        (EMAIL, "not the password at all"), (EMAIL, "x"), (EMAIL, "é" * 800), (EMAIL, f"{PASSWORD} "),
        (EMAIL, PASSWORD.upper()), ("nobody@chatelet.fr", PASSWORD), ("off@chatelet.fr", PASSWORD),
        ("sso@chatelet.fr", PASSWORD), ("sso@chatelet.fr", "not the password at all"),
    ]  # fmt: skip
    answers = [_comparable(await client.sign_in(email, password)) for email, password in tried]
    assert answers[0][0] == 401
    assert answers[0][2]["code"] == "invalid_credentials"
    assert "Set-Cookie" not in answers[0][1]
    assert all(answer == answers[0] for answer in answers)
    refusals = await sql("SELECT data FROM journal_events WHERE name = 'sign_in.refused'")
    reasons = Counter(row["data"] for row in refusals)
    assert sum(reasons.values()) == len(tried)
    assert reasons['{"account_digest":null,"provider":null,"reason":"disabled"}'] == 1


ODD_ADDRESSES = (
    "' OR ''='", "emilie@chatelet.fr' --", "emilie@chatelet.fr\0", "\0", "emilie@chatelet.fr\nx", "%", "_" * 254, "☿",
    "emilie@chatelet.fr\u200b", "ｅmilie@chatelet.fr", "émilie@chatelet.fr", "EMILIE@CHATELET.FR\u0130", "*",
)  # fmt: skip
ODD_BODIES: tuple[Any, ...] = (
    None, {}, [], "x", {"email": EMAIL}, {"password": PASSWORD}, {"email": None, "password": None},
    {"email": [EMAIL], "password": [PASSWORD]}, {"email": {"$ne": ""}, "password": {"$ne": ""}},
    {"email": EMAIL, "password": ""}, {"email": "", "password": PASSWORD}, {"email": EMAIL, "password": 5},
    {"email": EMAIL, "password": PASSWORD, "is_administrator": True}, {"email": EMAIL, "password": True},
    {"email": EMAIL, "password": "\ud800" * 12}, {"email": "x" * 300, "password": PASSWORD},
)  # fmt: skip


async def test_no_odd_address_opens_or_breaks(client: Client, person: MakePerson) -> None:
    await person()
    for email in ODD_ADDRESSES:
        answer = await client.call("POST", "/api/sessions", {"email": email, "password": PASSWORD})
        assert (answer.status, answer.body["code"]) == (401, "invalid_credentials"), email


async def test_other_shapes_are_refused(client: Client, person: MakePerson) -> None:
    await person()
    for body in ODD_BODIES:
        answer = await client.call("POST", "/api/sessions", body)
        assert (answer.status, answer.body["code"]) == (422, "invalid_request"), body


async def test_the_time_taken_does_not_tell_whether_an_account_exists(
    database: Database, person: MakePerson, sql: Any
) -> None:
    await person()
    taken: dict[str, list[float]] = {EMAIL: [], "nobody@chatelet.fr": []}
    for turn in range(16):
        for email, times in taken.items():
            await sql("DELETE FROM sign_in_attempts")
            started = time.perf_counter()
            assert await _attempt(database, email, f"a wrong password {turn}") == "invalid_credentials"
            times.append(time.perf_counter() - started)
    known, unknown = (sorted(times) for times in taken.values())
    medians = statistics.median(known), statistics.median(unknown)
    assert max(medians) < 2 * min(medians)  # without argon2 for nobody, it would be five times
    assert known[0] < unknown[-1]
    assert unknown[0] < known[-1]


async def test_guessing_is_slowed_down(client: Client, person: MakePerson, sql: Any) -> None:
    await person()
    for email in (EMAIL, "nobody@chatelet.fr"):
        codes = [(await client.sign_in(email, f"wrong password {turn}")).body["code"] for turn in range(7)]
        assert codes == ["invalid_credentials"] * 6 + ["too_many_attempts"]
    blocked = await client.sign_in(EMAIL)  # even with the right password, until the delay is over
    assert (blocked.status, blocked.body["code"]) == (429, "too_many_attempts")
    assert blocked.headers["Retry-After"] == str(blocked.body["params"]["retry_after"])
    assert 1 <= int(blocked.headers["Retry-After"]) <= 2
    await sql("UPDATE sign_in_attempts SET blocked_until = now() - interval '1 second'")
    assert (await client.sign_in(EMAIL)).status == 201
    assert (await client.sign_in(EMAIL, "wrong again")).status == 401  # forgotten with the success


async def test_a_burst_of_simultaneous_guesses_is_counted_in_full(database: Database, person: MakePerson) -> None:
    await person()
    codes = Counter(await asyncio.gather(*(_attempt(database, EMAIL, f"wrong password {turn}") for turn in range(40))))
    assert codes == {"invalid_credentials": 6, "too_many_attempts": 34}


async def test_delays_double_up_to_a_minute_and_never_more(database: Database, person: MakePerson, sql: Any) -> None:
    await person()
    waits: list[int] = []
    for turn in range(16):
        await sql("UPDATE sign_in_attempts SET blocked_until = NULL")
        assert await _attempt(database, EMAIL, f"wrong password {turn}") == "invalid_credentials"
        [row] = await sql(
            "SELECT max(ceil(extract(epoch FROM blocked_until - charged_at)))::int AS wait FROM sign_in_attempts"
        )
        waits.append(row["wait"] or 0)
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]


async def test_one_account_guessed_from_many_addresses_is_slowed_down(database: Database, person: MakePerson) -> None:
    await person()
    codes = [await _attempt(database, EMAIL, "wrong password", f"198.51.100.{turn}") for turn in range(25)]
    assert codes.count("invalid_credentials") == throttle.ACCOUNT.free + 1


async def test_strangers_cannot_lock_out_a_person_where_they_have_signed_in(
    database: Database, person: MakePerson
) -> None:
    await person()
    assert await _attempt(database, EMAIL, PASSWORD, "203.0.113.7") == "signed_in"
    for turn in range(30):
        await _attempt(database, EMAIL, "wrong password", f"198.51.100.{turn}")
    assert await _attempt(database, EMAIL, PASSWORD, "198.51.100.99") == "too_many_attempts"
    assert await _attempt(database, EMAIL, PASSWORD, "203.0.113.7") == "signed_in"


async def test_many_accounts_tried_from_one_address_are_slowed_down(
    database: Database, person: MakePerson, sql: Any
) -> None:
    await person()
    await _attempt(database, EMAIL, PASSWORD)
    await _attempt(database, "first@chatelet.fr", "wrong password")
    await sql("UPDATE sign_in_attempts SET level = 100 WHERE account_hash IS NULL")
    assert await _attempt(database, "other@chatelet.fr", "wrong password") == "invalid_credentials"
    assert await _attempt(database, "another@chatelet.fr", "wrong password") == "too_many_attempts"
    assert await _attempt(database, EMAIL, PASSWORD) == "signed_in"  # known here: not slowed down by neighbours
    assert await _attempt(database, "another@chatelet.fr", "wrong") == "too_many_attempts"  # nor does that free it


async def test_an_ipv6_network_counts_as_one_address(database: Database, person: MakePerson, sql: Any) -> None:
    for turn in range(3):
        await _attempt(database, "nobody@chatelet.fr", "wrong password", f"2001:db8:1:2::{turn}")
    assert len(await sql("SELECT key FROM sign_in_attempts WHERE round(level) = 3")) == 3


async def test_a_right_password_is_not_counted(database: Database, person: MakePerson, sql: Any) -> None:
    await person()
    for turn in range(30):
        assert await _attempt(database, EMAIL, PASSWORD, f"198.51.100.{turn % 3}") == "signed_in"
    assert {row["level"] for row in await sql("SELECT level FROM sign_in_attempts")} == {0}


async def test_counters_forget_with_time_and_are_purged(database: Database, person: MakePerson, sql: Any) -> None:
    await person()
    for turn in range(6):
        await _attempt(database, EMAIL, f"wrong password {turn}")
    await sql("UPDATE sign_in_attempts SET charged_at = :then", then=now() - timedelta(hours=2))
    await sql("UPDATE sign_in_attempts SET blocked_until = NULL")
    assert [await _attempt(database, EMAIL, "wrong") for _ in range(6)] == ["invalid_credentials"] * 6
    await sql("UPDATE sign_in_attempts SET charged_at = :then", then=now() - timedelta(hours=25))
    async with database.transaction() as session:
        assert await throttle.purge(session) == 3


def test_levels_leak_and_waits_double() -> None:
    assert throttle.leaked(3, 0, throttle.PAIR) == 3
    assert throttle.leaked(3, 600, throttle.PAIR) == 2
    assert throttle.leaked(3, 10**9, throttle.PAIR) == 0
    waits = [throttle.wait_after(level, throttle.PAIR) for level in (0, 5, 5.4, 5.9999, 7, 8, 50, 10**9)]
    assert waits == [0, 0, 0, 2, 4, 8, 60, 60]


async def test_fifty_sign_ins_leave_the_event_loop_free(database: Database, person: MakePerson) -> None:
    await person()
    longest = 0.0
    done = asyncio.Event()

    async def beat() -> None:
        nonlocal longest
        while not done.is_set():
            started = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - started)

    beating = asyncio.create_task(beat())
    codes = await asyncio.gather(*(_attempt(database, EMAIL, PASSWORD, f"198.51.100.{turn}") for turn in range(50)))
    done.set()
    await beating
    assert Counter(codes) == {"signed_in": 50}
    assert longest < 0.5  # argon2 alone would hold it for 50 x 30 ms


async def test_too_many_waiting_passwords_are_refused_before_anything_is_written(
    database: Database, person: MakePerson, sql: Any
) -> None:
    await person()
    rush = [asyncio.create_task(_attempt(database, "nobody@chatelet.fr", "x")) for _ in range(200)]
    await asyncio.sleep(0)
    assert await _attempt(database, EMAIL, PASSWORD) == "sign_in_busy"
    assert await sql("SELECT key FROM sign_in_attempts") == []
    for task in rush:
        task.cancel()
    await asyncio.gather(*rush, return_exceptions=True)
    assert await _attempt(database, EMAIL, PASSWORD) == "signed_in"


async def test_an_old_hash_is_renewed_at_sign_in(client: Client, person: MakePerson, sql: Any) -> None:
    from argon2 import PasswordHasher

    await person()
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    await sql("UPDATE persons SET password_hash = :weak", weak=weak)
    assert (await client.sign_in(EMAIL)).status == 201
    [row] = await sql("SELECT password_hash FROM persons")
    assert row["password_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await client.sign_in(EMAIL)).status == 201


async def test_changing_the_password_ends_every_session_and_gives_a_new_one(
    client: Client, browser: OpenBrowser, person: MakePerson, sql: Any
) -> None:
    await person()
    elsewhere = browser()
    await elsewhere.sign_in(EMAIL)
    await client.sign_in(EMAIL)
    old, new = client.token, "La pesanteur vient du ciel"
    answer = await client.call("POST", "/api/persons/current/password", {"current": PASSWORD, "new": new})
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.cookie not in {None, old, elsewhere.token}
    assert (await client.call("GET", "/api/sessions/current", token=answer.cookie)).status == 200
    for token in (old, elsewhere.token):
        assert (await client.call("GET", "/api/sessions/current", token=token)).status == 401
    assert (await elsewhere.sign_in(EMAIL)).status == 401
    assert (await elsewhere.sign_in(EMAIL, new)).status == 201
    assert (await sql("SELECT count(*) AS n FROM journal_events WHERE name = 'password.changed'"))[0]["n"] == 1


async def test_the_current_password_is_asked_and_its_guessing_slowed_down(
    client: Client, person: MakePerson, sql: Any
) -> None:
    await person()
    await client.sign_in(EMAIL)
    path, new = "/api/persons/current/password", "La pesanteur vient du ciel"
    codes = [
        (await client.call("POST", path, {"current": f"wrong {turn}", "new": new})).body["code"] for turn in range(7)
    ]
    assert codes == ["wrong_password"] * 6 + ["too_many_attempts"]
    await sql("DELETE FROM sign_in_attempts")
    for refused, reason in ((PASSWORD, "unchanged"), ("court", "too_short"), ("emilieduchatelet1706", "like_identity")):
        answer = await client.call("POST", path, {"current": PASSWORD, "new": refused})
        assert (answer.status, answer.body["code"]) == (422, "password_too_weak")
        assert answer.body["params"]["reason"] == reason
    assert (await client.call("GET", "/api/sessions/current")).status == 200
