"""What tests of waves do again and again: a wave, people on the list, codes, links."""

import re
from datetime import date, timedelta
from typing import Any

from chatelet.kernel.clock import now
from tests.identity.conftest import PASSWORD, Answer, Client

TOKEN = re.compile(r"#/(\w+)\?token=(\S+)")


def day(offset: int = 0) -> str:
    today: date = now().date()
    return (today + timedelta(days=offset)).isoformat()


async def cohort(client: Client, **more: Any) -> dict[str, Any]:
    body = {"name": "Première", "capacity": 50, "opens_on": day(), "closes_on": day(30), **more}
    answer = await client.call("POST", "/api/admin/cohorts", body)
    assert answer.status == 201, answer.body
    return dict(answer.body)


async def opened(client: Client, **more: Any) -> str:
    made = await cohort(client, **more)
    answer = await client.call("PATCH", f"/api/admin/cohorts/{made['id']}", {"state": "open"})
    assert answer.body["is_open"], answer.body
    return str(made["id"])


async def add(client: Client, *emails: str, unit: str = "PHY") -> Answer:
    people = [{"email": email, "name": f"Nom {number}", "unit": unit} for number, email in enumerate(emails)]
    return await client.call("POST", "/api/admin/volunteers", {"volunteers": people})


async def waiting(client: Client, **query: str) -> list[dict[str, Any]]:
    answer = await client.call("GET", "/api/admin/volunteers", params={"state": "waiting", "limit": "200", **query})
    assert answer.status == 200, answer.body
    return list(answer.body["items"])


async def choose(client: Client, wave: str, **choice: Any) -> Answer:
    return await client.call("POST", f"/api/admin/cohorts/{wave}/members", choice)


async def choose_all(client: Client, wave: str) -> Answer:
    return await choose(client, wave, rule="by_hand", ids=[one["id"] for one in await waiting(client)])


async def codes(client: Client, wave: str) -> dict[str, str]:
    answer = await client.call("POST", f"/api/admin/cohorts/{wave}/codes")
    assert answer.status == 200, answer.body
    return {slip["email"]: slip["code"] for slip in answer.body["items"]}


async def activate(client: Client, email: str, code: str) -> Answer:
    body = {"email": email, "code": code, "password": PASSWORD}
    answer = await client.call("POST", "/api/activations/code", body)
    if answer.status == 204:
        client.token = answer.cookie
    return answer


async def page_by_page(client: Client, path: str, items: str, **query: str) -> list[Any]:
    """Read a list one line at a time, to its end."""
    told: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = await client.call("GET", path, params={**query, "limit": "1", **cursor})
        assert page.status == 200, page.body
        told += page.body[items]
        if page.body["next_cursor"] is None:
            return told
        cursor = {"cursor": page.body["next_cursor"]}
