"""Collections' routes beside identity's, on a real server of this process; persons, units and documents to meet there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.identity.conftest import PASSWORD, Client, MakePerson, OpenBrowser


@dataclass
class Someone:
    """A person, signed in."""

    id: UUID
    email: str
    client: Client

    async def do(self, method: str, path: str, body: Any = None, *, status: int | None = None, **options: Any) -> Any:
        """Call; a refusal returns its code, so that a test reads `== "collection_not_found"`."""
        answer = await self.client.call(method, f"/api/{path}", body, **options)
        if status is not None:
            assert answer.status == status, answer.body
        return answer.body if answer.status < 400 else answer.body["code"]

    async def collection(self, name: str = "Notes", **more: Any) -> str:
        made: str = (await self.do("POST", "collections", {"name": name, **more}, status=201))["id"]
        return made

    async def file(self, name: str = "note.txt", data: bytes = b"Une note.") -> str:
        begun = await self.do("POST", "files", {"name": name, "size": len(data)}, status=201)
        if data:
            address = f"{self.client.address}/api/files/{begun['id']}/parts/0"
            headers = {**self.client.headers, "Cookie": f"__Host-chatelet={self.client.token}"}
            async with self.client.http.put(address, data=data, headers=headers) as sent:
                assert sent.status == 200, await sent.text()
        identifier: str = begun["id"]
        return identifier

    async def document(self, collection: str, name: str = "note.txt", **more: Any) -> dict[str, Any]:
        body = {"items": [{"file_id": await self.file(name), **more}]}
        [made] = (await self.do("POST", f"collections/{collection}/documents", body, status=201))["items"]
        return made

    async def names(self, path: str = "collections", **params: Any) -> list[str]:
        return [one["name"] for one in (await self.do("GET", path, params=params))["items"]]


@dataclass
class World:
    """An administrator of the whole, who makes persons and units."""

    boss: Someone
    browser: OpenBrowser
    make: MakePerson

    async def someone(self, name: str, unit: str | None = None, role: str | None = None, **more: Any) -> Someone:
        """Make a person of a unit, with a role on it."""
        email = f"{name.lower()}@chatelet.fr"
        found = Someone(await self.make(email, name, **more), email, self.browser())
        if unit is not None:
            await self.boss.do("POST", f"admin/persons/{found.id}/units", {"unit_id": unit}, status=201)
        if role is not None:
            roles = (await self.boss.do("GET", "admin/roles"))["items"]
            body = {"role_id": next(one["id"] for one in roles if one["code"] == role), "unit_id": unit}
            await self.boss.do("POST", f"admin/persons/{found.id}/roles", body, status=201)
        assert (await found.client.sign_in(email, PASSWORD)).status == 201
        return found

    async def unit(self, code: str, parent: str | None = None) -> str:
        body = {"code": code, "name": code, "parent_id": parent}
        made: str = (await self.boss.do("POST", "admin/units", body, status=201))["id"]
        return made
