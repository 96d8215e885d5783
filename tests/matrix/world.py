"""An institution with two neighbouring units, people in each, and objects made anew for each call."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import aiohttp
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.journeys.service import PASSWORD
from tests.journeys.visitor import Visitor
from tests.matrix import documents, privacy, research, sources, web, writing
from tests.matrix.line import Made
from tests.persons import create_person

MARK = "Confidentiel-3f9a"  # in whatever belongs to the owner: a refusal that says it has leaked
LDAP = {
    "servers": ["ldaps://127.0.0.1:9"], "bind_dn": "cn=lecture,dc=exemple,dc=fr", "bind_password": "secret",
    "base_dn": "dc=exemple,dc=fr", "enabled": False,
}  # fmt: skip
_WATCHED = (
    # One that was deleted is really gone a while later, whoever calls what then.
    "SELECT id, person_id, folder_id, pinned_at FROM conversations WHERE deleted_at IS NULL",
    "SELECT id, person_id, name_sealed FROM folders",
    "SELECT id, state, email, name FROM persons",
    "SELECT id, parent_id, code, name, closed_at FROM units",
    "SELECT person_id, unit_id, is_main FROM memberships",
    "SELECT id, person_id, role_id, unit_id FROM grants",
    "SELECT id, code, name_fr, rights FROM roles",
    "SELECT id, amount, mode FROM quota_rules",
    "SELECT id, email FROM invitations",
    "SELECT id, person_id, name, revoked_at FROM api_keys",
    "SELECT id, unit_id, version FROM charters",
    "SELECT id, name, capacity FROM cohorts",
    "SELECT id, email, state FROM volunteers",
    "SELECT unit_id FROM unit_openings",
    "SELECT id, name, revoked_at FROM scim_clients",
    "SELECT id, code, name_fr, enabled FROM sign_in_providers",
    'SELECT provider_id, claim, "values"::text FROM claim_rules',
    "SELECT id, person_id, holder_id FROM files",
    "SELECT id, name, person_id, unit_id FROM collections",
    "SELECT id, collection_id, person_id, unit_id, part FROM collection_grants",
    "SELECT id, collection_id, name, version_id FROM documents",
    "SELECT id, name, unit_id, declared::text FROM places",
    "SELECT id, place_id, paused, follows_rights FROM sources",
    "SELECT id, unit_id, pattern, tier FROM web_sites",
    "SELECT provider_id, servers::text, base_dn FROM sign_in_directories",
    "SELECT name, url, connect_seconds, enabled FROM backends",
    "SELECT id, position, enabled FROM models",
    *privacy.WATCHED,
    *writing.WATCHED,
    *research.WATCHED,
)


@dataclass
class World:
    """Everybody of the matrix, signed in; `boss` manages the installation."""

    http: aiohttp.ClientSession
    address: str
    database: Database
    people: dict[str, Visitor] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def boss(self) -> Visitor:
        return self.people["boss"]

    async def person(self, name: str, *, administrator: bool = False) -> tuple[str, str]:
        """Make somebody; return their identifier and e-mail."""
        email = f"{uuid4()}@exemple.fr"
        async with self.database.transaction() as session:
            made: UUID = await create_person(
                session, email=email, name=name, password=PASSWORD, is_administrator=administrator
            )
        return str(made), email

    async def enter(self, role: str, email: str) -> None:
        visitor = Visitor(self.http, self.address)
        await visitor.sign_in(email)
        self.people[role] = visitor

    async def made(self, path: str, body: dict[str, Any], by: str = "boss") -> Any:
        answer = await self.people[by].call("POST", path, body)
        assert answer.status in (200, 201, 202), (path, answer.body)
        return answer.body

    async def settle(self) -> None:
        """Make the units and the people."""
        for role in ("boss", "owner", "colleague", "neighbour", "delegate", "chief", "auditor", "disabled"):
            self.ids[role], email = await self.person(f"{MARK} {role}", administrator=role == "boss")
            await self.enter(role, email)
            self.ids[f"{role}@"] = email
        for code, parent in (("root", None), ("north", "root"), ("south", "root")):
            body = {"code": f"{code}-{uuid4()}", "name": code, "parent_id": self.ids[parent] if parent else None}
            self.ids[code] = (await self.made("/api/admin/units", body))["id"]
        for role, unit in {
            "owner": "north", "colleague": "north", "chief": "north", "disabled": "north",
            "neighbour": "south", "delegate": "south",
        }.items():  # fmt: skip
            await self.made(f"/api/admin/persons/{self.ids[role]}/units", {"unit_id": self.ids[unit]})
        roles = (await self.boss.get("/api/admin/roles"))["items"]
        self.ids |= {f"role:{role['code']}": role["id"] for role in roles}
        for role, code, unit in (
            ("chief", "administrator", "north"), ("delegate", "administrator", "south"), ("auditor", "auditor", None)
        ):  # fmt: skip
            body = {"role_id": self.ids[f"role:{code}"], "unit_id": self.ids[unit] if unit else None}
            await self.made(f"/api/admin/persons/{self.ids[role]}/roles", body)
            await self.enter(role, self.ids[f"{role}@"])
        gone = await self.boss.call("PATCH", f"/api/admin/persons/{self.ids['disabled']}", {"state": "disabled"})
        assert gone.status == 200
        self.people["anonymous"] = Visitor(self.http, self.address)

    async def objects(self, wanted: set[str]) -> Made:
        """Make what a call names: of the owner, in the owner's unit, or of the installation; never twice the same."""
        made: Made = {"fresh": uuid4().hex[:12], "north": self.ids["north"], "referent": self.ids["role:referent"]}
        made |= {name: str(uuid4()) for name in ("user_id", "group_id", "rest", "page_id")}
        made |= {"kind": "reminder", "language": "fr"}
        if "ldap" in wanted:
            made["ldap"] = ""
        if "unit_key" in wanted:
            made["unit_key"] = ""
        for name in ("conversation_id", "folder_id", "person_id", "act_id", "unit_id", "grant_id", "quota_id", "role_id",
                     "invitation_id", "name", "model_id", "provider_id", "key_id", "cohort_id", "volunteer_id", "directory_id",
                     *documents.MAKERS, *privacy.MAKERS, *sources.MAKERS, *web.MAKERS,
                     *writing.MAKERS, *research.MAKERS):  # fmt: skip
            if name in wanted or (name == "person_id" and "grant_id" in wanted):
                await _MAKERS[name](self, made)
        return made

    async def snapshot(self) -> list[Any]:
        """Return the rows that no refused call may change, once jobs that earlier calls left are done."""
        async with asyncio.timeout(60), self.database.transaction() as session:
            while (await session.execute(text(_UNDER_WAY))).scalar_one():
                await asyncio.sleep(0.05)
            return [sorted(map(str, (await session.execute(text(one))).all())) for one in _WATCHED]


_UNDER_WAY = """
SELECT (SELECT count(*) FROM person_acts WHERE state IN ('waiting', 'running', 'undoing'))
     + (SELECT count(*) FROM pgqueuer WHERE status IN ('queued', 'picked') AND execute_after <= now())
"""


async def _conversation(world: World, made: Made) -> None:
    owner = world.people["owner"]
    made["conversation_id"] = await owner.conversation()
    stream = await owner.ask(made["conversation_id"], f"{MARK} [[tokens=2]]")
    made["turn_id"] = stream.opened["turn_id"]


async def _folder(world: World, made: Made) -> None:
    made["folder_id"] = (await world.made("/api/folders", {"name": MARK}, by="owner"))["id"]


async def _person(world: World, made: Made) -> None:
    made["person_id"], _ = await world.person(f"{MARK} objet")
    await world.made(f"/api/admin/persons/{made['person_id']}/units", {"unit_id": world.ids["north"]})


async def _act(world: World, made: Made) -> None:
    """An act on one person of the owner's unit, over: no refused call may be taken for what its job does."""
    person, email = await world.person(f"{MARK} objet")
    await world.made(f"/api/admin/persons/{person}/units", {"unit_id": world.ids["north"]})
    asked = {"filter": {"q": email}, "act": {"kind": "disable"}}
    seen = await world.made("/api/admin/person-acts/preview", asked, by="chief")
    made["act_id"] = (await world.made("/api/admin/person-acts", {**asked, "seen": seen["seen"]}, by="chief"))["id"]
    while (await world.people["chief"].get(f"/api/admin/person-acts/{made['act_id']}"))["state"] != "done":
        await asyncio.sleep(0.02)


async def _unit(world: World, made: Made) -> None:
    body = {"code": f"{MARK}-{made['fresh']}", "name": MARK, "parent_id": world.ids["north"]}
    made["unit_id"] = (await world.made("/api/admin/units", body))["id"]
    if "person_id" in made:  # a person who belongs to it, so that they can be taken out of it
        body = {"unit_id": made["unit_id"], "is_main": False}
        await world.made(f"/api/admin/persons/{made['person_id']}/units", body)


async def _grant(world: World, made: Made) -> None:
    body = {"role_id": world.ids["role:referent"], "unit_id": world.ids["north"]}
    made["grant_id"] = (await world.made(f"/api/admin/persons/{made['person_id']}/roles", body))["items"][0]["id"]


async def _quota(world: World, made: Made) -> None:
    await _unit(world, made)
    body = {"holder": "unit", "unit_id": made["unit_id"], "measure": "requests", "period": "day", "amount": 1e9}
    made["quota_id"] = (await world.made("/api/admin/quotas", body))["id"]


async def _role(world: World, made: Made) -> None:
    body = {"code": f"c{made['fresh']}", "name_fr": "R", "name_en": "R", "rights": []}
    made["role_id"] = (await world.made("/api/admin/roles", body))["id"]


async def _provider(world: World, made: Made) -> None:
    """An OpenID provider, or a directory that nothing answers for."""
    if "ldap" in made:
        body = {"code": f"l{made['fresh']}", "name_fr": MARK, "name_en": MARK, **LDAP}
        made["provider_id"] = (await world.made("/api/admin/sign-in-providers/directories", body))["id"]
        return
    body = {"code": f"q{made['fresh']}", "issuer": f"https://q{made['fresh']}.exemple.fr", "client_id": "c"}
    body |= {"name_fr": MARK, "name_en": MARK, "enabled": False}
    made["provider_id"] = (await world.made("/api/admin/sign-in-providers", body))["id"]


async def _key(world: World, made: Made) -> None:
    """One of the owner's own, or, for the administration of keys, one of a unit under the owner's."""
    body = {"name": MARK, "expires_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()}
    if "unit_key" in made:
        await _unit(world, made)
        made["key_id"] = (await world.made("/api/admin/keys", {**body, "unit_id": made["unit_id"]}))["key"]["id"]
    else:
        made["key_id"] = (await world.made("/api/keys", body, by="owner"))["key"]["id"]


async def _cohort(world: World, made: Made) -> None:
    day = datetime.now(UTC).date()
    dates = {"opens_on": day.isoformat(), "closes_on": (day + timedelta(days=30)).isoformat()}
    body = {"name": MARK, "unit_id": world.ids["north"], "capacity": 5, **dates}
    made["cohort_id"] = (await world.made("/api/admin/cohorts", body))["id"]


async def _volunteer(world: World, made: Made) -> None:
    units = (await world.boss.get("/api/admin/units", params={"q": "north"}))["items"]
    code = next(unit["code"] for unit in units if unit["id"] == world.ids["north"])
    email = f"v{made['fresh']}@exemple.fr"
    await world.made("/api/admin/volunteers", {"volunteers": [{"email": email, "name": MARK, "unit": code}]})
    found = (await world.boss.get("/api/admin/volunteers", params={"q": email}))["items"]
    made["volunteer_id"] = found[0]["id"]


async def _directory(world: World, made: Made) -> None:
    body = {"name": MARK, "issuer": f"https://i{made['fresh']}.exemple.fr"}
    answer = await world.made("/api/admin/directories", body)
    made["directory_id"] = answer["directory"]["id"] if "directory" in answer else answer["id"]


async def _invitation(world: World, made: Made) -> None:
    body = {"email": f"{made['fresh']}@exemple.fr", "name": MARK}
    made["invitation_id"] = (await world.made("/api/admin/invitations", body))["id"]


async def _backend(world: World, made: Made) -> None:
    zone = {"name": "Z", "country": "FR", "operator": "O", "legal_reach": "FR"}
    made["name"] = f"s{made['fresh']}"
    body = {"name": made["name"], "url": "http://127.0.0.1:9/v1", "zone": zone, "enabled": False}
    await world.made("/api/admin/backends", body)


async def _model(world: World, made: Made) -> None:
    if "name" not in made:
        await _backend(world, made)
    made["model_id"] = f"o{made['fresh']}"
    body = {
        "id": made["model_id"], "display_name": "M", "backend": made["name"], "upstream": "m", "enabled": False
    }  # fmt: skip
    await world.made("/api/admin/models", body)


_MAKERS: dict[str, Callable[[World, Made], Awaitable[None]]] = {
    "conversation_id": _conversation,
    "folder_id": _folder,
    "person_id": _person,
    "act_id": _act,
    "unit_id": _unit,
    "grant_id": _grant,
    "quota_id": _quota,
    "role_id": _role,
    "invitation_id": _invitation,
    "name": _backend,
    "model_id": _model,
    "provider_id": _provider,
    "key_id": _key,
    "cohort_id": _cohort,
    "volunteer_id": _volunteer,
    "directory_id": _directory,
    **documents.MAKERS,
    **privacy.MAKERS,
    **sources.MAKERS,
    **web.MAKERS,
    **writing.MAKERS,
    **research.MAKERS,
}
