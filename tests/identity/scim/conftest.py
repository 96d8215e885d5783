"""A directory connected to the service, as an administrator connects it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.identity.conftest import Answer, Client

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ISSUER = "https://idp.exemple.fr"


@dataclass
class Directory:
    """Calls as a directory does: a bearer token, SCIM's media type."""

    client: Client
    token: str
    id: str

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/scim+json",
            **options.pop("headers", {}),
        }
        return await self.client.call(method, f"/scim/v2{path}", body, token=None, headers=headers, **options)

    async def user(self, login: str, **more: Any) -> dict[str, Any]:
        body = {"schemas": [USER], "userName": login, "externalId": f"x-{login}", "displayName": login.title(), **more}
        made = await self.call("POST", "/Users", body)
        assert made.status == 201, made.body
        return made.body

    async def group(self, name: str, *members: str) -> dict[str, Any]:
        body = {"schemas": [GROUP], "displayName": name, "members": [{"value": one} for one in members]}
        made = await self.call("POST", "/Groups", body)
        assert made.status == 201, made.body
        return made.body

    async def patch(self, path: str, *operations: dict[str, Any], **options: Any) -> Answer:
        return await self.call("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, **options)

    async def found(self, condition: str, kind: str = "Users") -> list[str]:
        answer = await self.call("GET", f"/{kind}", params={"filter": condition})
        assert answer.status == 200, answer.body
        name = "userName" if kind == "Users" else "displayName"
        return sorted(one[name] for one in answer.body["Resources"])


Connect = Callable[..., Awaitable[Directory]]


@pytest.fixture
def connect(administrator: Client) -> Connect:
    async def make(**more: Any) -> Directory:
        body = {"name": "Annuaire", "issuer": ISSUER, **more}
        made = await administrator.call("POST", "/api/admin/directories", body)
        assert made.status == 201, made.body
        return Directory(administrator, made.body["token"], made.body["id"])

    return make


@pytest.fixture
async def directory(connect: Connect) -> Directory:
    return await connect()
