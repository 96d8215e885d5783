"""Quotas as a person meets them: what is left, the refusal with when it reopens, and the administrator's hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

QUOTAS = "/api/admin/quotas"


async def limit(administrator: Visitor, person: Visitor, **quota: Any) -> str:
    me = (await person.get("/api/sessions/current"))["person"]["id"]
    body = {"holder": "each_person", "person_id": me, "measure": "requests", "period": "day", **quota}
    made = await administrator.call("POST", QUOTAS, body)
    assert made.status == 201, made.body
    return made.body["id"]


async def left(person: Visitor) -> list[dict[str, Any]]:
    return (await person.get("/api/quotas/current"))["items"]


async def until(person: Visitor, amount: float) -> None:
    """Wait until the service has heard of the change."""
    async with asyncio.timeout(5):
        while [one["amount"] for one in await left(person)] != ([amount] if amount else []):
            await asyncio.sleep(0.05)


async def test_an_allowance_is_used_up_and_reopens(new_visitor: NewVisitor) -> None:
    ada, boss = await new_visitor(), await new_visitor(administrator=True)
    quota = await limit(boss, ada, amount=2)
    await until(ada, 2)
    conversation = await ada.conversation()
    for rest in (1, 0):
        assert (await ada.ask(conversation, "Question [[tokens=5]]")).closed["state"] == "answered"
        [allowance] = await left(ada)
        assert (allowance["left"], allowance["used"], allowance["measure"]) == (rest, 2 - rest, "requests")
    refused = await ada.call("POST", f"/api/conversations/{conversation}/turns", {"text": "Une de trop"})
    assert (refused.status, refused.body["code"]) == (429, "quota_reached")
    again = datetime.fromisoformat(refused.body["params"]["reopens_at"])
    assert again == datetime.fromisoformat(allowance["reopens_at"])
    assert int(refused.headers["Retry-After"]) > 0
    assert len((await ada.get(f"/api/conversations/{conversation}"))["turns"]) == 2  # the refused one left no trace
    other = await new_visitor()
    assert await left(other) == []
    changed = await boss.call("PATCH", f"{QUOTAS}/{quota}", {"amount": 3})
    assert (changed.status, changed.body["amount"]) == (200, 3)
    await until(ada, 3)
    assert (await ada.ask(conversation, "Encore [[tokens=5]]")).closed["state"] == "answered"
    assert (await boss.call("DELETE", f"{QUOTAS}/{quota}")).status == 204
    await until(ada, 0)
    assert (await ada.ask(conversation, "Libre [[tokens=5]]")).closed["state"] == "answered"


async def test_fifty_questions_at_once_pass_no_more_than_allowed(new_visitor: NewVisitor) -> None:
    """TA-153, through the service."""
    ada, boss = await new_visitor(), await new_visitor(administrator=True)
    await limit(boss, ada, amount=7)
    await until(ada, 7)
    conversations = [await ada.conversation() for _ in range(50)]

    async def ask(conversation: str) -> int:
        path = f"/api/conversations/{conversation}/turns"
        answer = await ada.call("POST", path, {"text": "Question [[tokens=3]]"})
        return answer.status

    told = await asyncio.gather(*(ask(conversation) for conversation in conversations))
    assert sorted(told) == [200] * 7 + [429] * 43
    assert (await left(ada))[0]["left"] == 0


async def test_tokens_are_settled_at_what_was_used(new_visitor: NewVisitor) -> None:
    ada, boss = await new_visitor(), await new_visitor(administrator=True)
    await limit(boss, ada, amount=100_000, measure="tokens", period="month")
    await until(ada, 100_000)
    stream = await ada.ask(await ada.conversation(), "Question [[tokens=30]]")
    asked = stream.closed["usage"]["prompt_tokens"] + stream.closed["usage"]["completion_tokens"]
    async with asyncio.timeout(10):  # the title, which is not a request but uses tokens, comes a little later
        while (used := (await left(ada))[0]["used"]) <= asked:
            await asyncio.sleep(0.05)
    own = await ada.get("/api/usage/current")
    assert (own["months"][-1]["tokens"], own["months"][-1]["requests"]) == (used, 1)


async def test_a_nearly_used_soft_quota_is_told_with_the_answer(new_visitor: NewVisitor) -> None:
    ada, boss = await new_visitor(), await new_visitor(administrator=True)
    await limit(boss, ada, amount=1, mode="soft")
    await until(ada, 1)
    conversation = await ada.conversation()
    await ada.ask(conversation, "Question [[tokens=5]]")
    stream = await ada.ask(conversation, "Question [[tokens=5]]")
    assert stream.closed["state"] == "answered"
    assert [notice["code"] for notice in stream.all("notice")] == ["quota_near"]


async def test_a_key_uses_its_owner_s_allowance_and_its_own(new_visitor: NewVisitor) -> None:
    ada, boss = await new_visitor(), await new_visitor(administrator=True)
    end = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = (await ada.call("POST", "/api/keys", {"name": "Essai", "expires_at": end})).body
    await limit(boss, ada, amount=3)
    of_key = {"holder": "key", "key_id": made["key"]["id"], "person_id": None, "measure": "requests"}
    await limit(boss, ada, amount=2, **of_key)
    await until(ada, 3)
    program = Visitor(ada.http, ada.address)
    asked = {"model": "scripted", "messages": [{"role": "user", "content": "Bonjour [[tokens=3]]"}]}
    told = [
        await program.call("POST", "/v1/chat/completions", asked, headers={"Authorization": f"Bearer {made['secret']}"})
        for _ in range(3)
    ]
    assert [answer.status for answer in told] == [200, 200, 429]
    assert told[2].body["error"]["code"] == "quota_reached"
    assert (await left(ada))[0]["used"] == 2
    assert (await ada.ask(await ada.conversation(), "Question [[tokens=3]]")).closed["state"] == "answered"
    refused = await ada.call("POST", f"/api/conversations/{await ada.conversation()}/turns", {"text": "De trop"})
    assert refused.status == 429


async def test_what_is_not_a_quota_is_refused(new_visitor: NewVisitor) -> None:
    boss, ada = await new_visitor(administrator=True), await new_visitor()
    good = {"holder": "each_person", "measure": "requests", "period": "day", "amount": 1_000_000_000}
    me = (await boss.get("/api/sessions/current"))["person"]["id"]
    made = await boss.call("POST", QUOTAS, good)
    assert made.status == 201
    cases: list[tuple[dict[str, Any], int, str]] = [
        ({}, 409, "quota_exists"),
        ({"amount": 0}, 422, "invalid_request"),
        ({"amount": 0.2, "period": "month"}, 422, "quota_invalid"),
        ({"holder": "unit"}, 422, "quota_invalid"),
        ({"holder": "key"}, 422, "quota_invalid"),
        ({"holder": "unit", "person_id": me}, 422, "quota_invalid"),
        ({"mode": "degrade"}, 422, "quota_invalid"),
        ({"unit_id": me}, 404, "unit_not_found"),
        ({"person_id": made.body["id"]}, 404, "person_not_found"),
        ({"used": 3}, 422, "invalid_request"),
    ]
    for change, status, code in cases:
        answer = await boss.call("POST", QUOTAS, {**good, **change})
        assert (answer.status, answer.body["code"]) == (status, code), change
    for method, path, body in (("GET", QUOTAS, None), ("POST", QUOTAS, good), ("DELETE", f"{QUOTAS}/{me}", None)):
        assert (await ada.call(method, path, body)).status == 403
    assert (await boss.call("DELETE", f"{QUOTAS}/{made.body['id']}")).status == 204
    assert (await boss.call("DELETE", f"{QUOTAS}/{made.body['id']}")).status == 404


async def test_quotas_are_paged_and_found_by_words(new_visitor: NewVisitor) -> None:
    boss, persons = await new_visitor(administrator=True), [await new_visitor() for _ in range(3)]
    made = {await limit(boss, one, amount=9) for one in persons}
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await boss.get(QUOTAS, params={"limit": "2", **({"cursor": cursor} if cursor else {})})
        assert len(page["items"]) <= 2
        seen += [one["id"] for one in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert made <= set(seen)
    assert len(seen) == len(set(seen))
    email = (await persons[1].get("/api/sessions/current"))["person"]["email"]
    [found] = (await boss.get(QUOTAS, params={"q": email.upper()}))["items"]
    assert found["id"] in made
    for quota in made:
        assert (await boss.call("DELETE", f"{QUOTAS}/{quota}")).status == 204
