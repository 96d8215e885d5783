"""A laboratory joins in three waves: a pilot on paper, a second one by mail, then everybody by their unit."""

import asyncio
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import aiohttp

from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from chatelet.kernel.identifiers import uuid7
from tests.fakes.mail_server import MailServer, running_mail_server
from tests.fakes.model_server import ModelServer
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.visitor import Visitor
from tests.persons import create_person

_LINK = re.compile(r"(http://\S+?)/#/(\w+)\?token=(\S+)")
_TODAY = now().date()


def day(offset: int = 0) -> str:
    told: date = _TODAY + timedelta(days=offset)
    return told.isoformat()


class Laboratory:
    """The people of this story, around one running service."""

    def __init__(self, service: Service, http: aiohttp.ClientSession, post: MailServer) -> None:
        self.service, self.http, self.post = service, http, post
        self.boss = self.visitor()

    def visitor(self) -> Visitor:
        return Visitor(self.http, self.service.address)

    async def do(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        answer = await self.boss.call(method, f"/api/admin/{path}", body)
        assert answer.status in {200, 201, 204}, (path, answer.status, answer.body)
        return answer.body

    async def wave(self, name: str, capacity: int) -> str:
        body = {"name": name, "capacity": capacity, "opens_on": day(), "closes_on": day(20)}
        made = await self.do("cohorts", body)
        await self.do(f"cohorts/{made['id']}", {"state": "open"}, method="PATCH")
        return str(made["id"])

    async def can_ask(self, visitor: Visitor) -> str:
        """Say how a first question ends: answered, or the code of its refusal."""
        conversation = await visitor.conversation()
        answer = await visitor.call("POST", f"/api/conversations/{conversation}/turns", {"text": "Oui ? [[say=Oui]]"})
        return "answered" if answer.status == 200 else str(answer.body["code"])

    async def accept_charter(self, visitor: Visitor) -> None:
        charter = await visitor.get("/api/charter")
        body = {"charter_id": charter["id"], "hash": charter["hash"]}
        assert (await visitor.call("POST", "/api/charter/acceptances", body)).status == 201

    async def link_to(self, email: str, page: str) -> str:
        """Wait for the message to an address that holds a link to a page; return its token."""
        async with asyncio.timeout(30):
            while True:
                for message in self.post.to(email):
                    found = _LINK.search(message.get_content())
                    if found and found[2] == page:
                        assert found[1] == self.service.address
                        return found[3]
                await asyncio.sleep(0.05)


async def test_a_laboratory_joins_in_three_waves(scripted: ModelServer, http: aiohttp.ClientSession) -> None:
    async with running_mail_server() as post:
        environment = {
            "CHATELET_MAIL__HOST": "localhost",
            "CHATELET_MAIL__PORT": str(post.port),
            "CHATELET_MAIL__TLS": "none",
            "CHATELET_MAIL__SENDER": "ia@exemple.fr",
            "CHATELET_ADOPTION__REGISTRATION": "true",
            "CHATELET_ADOPTION__ACCESS": "waves",
        }
        with installation(scripted.url, **environment) as service:
            await service.start()
            address = application_address(service.data_dir)
            assert address is not None
            beside = Database(address, pool_size=2)
            laboratory = Laboratory(service, http, post)
            late = await furnish(laboratory, beside)
            await first_wave(laboratory)
            await second_wave(laboratory)
            await third_wave(laboratory, late)
            await beside.close()


async def furnish(laboratory: Laboratory, beside: Database) -> Visitor:
    """An administrator, a laboratory, its model charter published, and somebody known from the directory."""
    unit, late = uuid7(), "directoire@exemple.fr"
    async with beside.transaction() as session:
        made = {"id": unit, "parent_id": None, "path": [unit], "code": "LAB", "name": "Laboratoire"}
        kind = {"sort_name": "laboratoire", "kind": "laboratory", "closed_at": None, "merged_into": None}
        session.add(Unit(**made, **kind, created_at=now()))
        await create_person(session, email="chef@exemple.fr", name="Chef", password=PASSWORD, is_administrator=True)
        person = await create_person(session, email=late, name="Tard", password=PASSWORD, is_administrator=False)
        session.add(Membership(person_id=person, unit_id=unit, is_main=True, source="directory", created_at=now()))
    await laboratory.boss.sign_in("chef@exemple.fr")
    model = (await laboratory.do("charters/current", method="GET"))["model"]
    assert (await laboratory.do("charters", {"unit_id": None, "after": 0, "texts": model}))["version"] == 1
    visitor = laboratory.visitor()
    await visitor.sign_in(late)
    assert await laboratory.can_ask(visitor) == "service_not_open"
    return visitor


async def first_wave(laboratory: Laboratory) -> None:
    """Six people of the pilot, by codes on paper."""
    people = [{"name": f"Pilote {n}", "email": f"pilote{n}@exemple.fr", "unit": "LAB"} for n in range(6)]
    assert await laboratory.do("volunteers", {"volunteers": people}) == {"added": 6, "known": 0}
    wave = await laboratory.wave("Pilote", 6)
    entered = await laboratory.do(f"cohorts/{wave}/members", {"rule": "first_come", "count": 6})
    assert (entered["count"], entered["units"]) == (6, [["Laboratoire", 6]])
    slips = (await laboratory.do(f"cohorts/{wave}/codes"))["items"]
    for slip in slips:
        visitor = laboratory.visitor()
        body = {"email": slip["email"], "code": slip["code"], "password": PASSWORD}
        assert (await visitor.call("POST", "/api/activations/code", body)).status == 204
        assert await laboratory.can_ask(visitor) == "charter_not_accepted"
        await laboratory.accept_charter(visitor)
        assert await laboratory.can_ask(visitor) == "answered"
    progress = await laboratory.do(f"cohorts/{wave}/progress", method="GET")
    assert progress["units"][0]["activated"] == 6


async def second_wave(laboratory: Laboratory) -> None:
    """A volunteer registers alone, is chosen, invited by mail, and opens the account by a link."""
    visitor, email = laboratory.visitor(), "volontaire@exemple.fr"
    body = {"email": email, "name": "Volontaire", "unit": "laboratoire", "uses": "Traduire"}
    assert (await visitor.call("POST", "/api/registrations", body)).status == 202
    token = await laboratory.link_to(email, "registration")
    assert (await visitor.call("POST", "/api/registrations/confirm", {"token": token})).status == 204
    wave = await laboratory.wave("Volontaires", 50)
    waiting = await laboratory.do("volunteers?state=waiting", method="GET")
    ids = [one["id"] for one in waiting["items"]]
    assert (await laboratory.do(f"cohorts/{wave}/members", {"ids": ids}))["count"] == 1
    assert (await laboratory.do(f"cohorts/{wave}/messages", {"kind": "invitation"}))["count"] == 1
    assert (await visitor.call("POST", "/api/activations/links", {"email": email})).status == 202
    activation = {"token": await laboratory.link_to(email, "activation"), "password": PASSWORD}
    assert (await visitor.call("POST", "/api/activations/link", activation)).status == 204
    await laboratory.accept_charter(visitor)
    assert await laboratory.can_ask(visitor) == "answered"


async def third_wave(laboratory: Laboratory, late: Visitor) -> None:
    """The unit opens as a whole: whoever is of it comes in, without being chosen."""
    session = await late.get("/api/sessions/current")
    assert UUID(session["person"]["id"])
    (unit,) = await laboratory.do("adoption/units?q=LAB", method="GET")
    await laboratory.do("adoption/openings", {"unit_id": unit["id"], "opens_on": day(1)})
    assert await laboratory.can_ask(late) == "service_not_open"
    await laboratory.do("adoption/openings", {"unit_id": unit["id"], "opens_on": day()})
    assert await laboratory.can_ask(late) == "charter_not_accepted"
    await laboratory.accept_charter(late)
    assert await laboratory.can_ask(late) == "answered"
    # Who may not: somebody of nowhere, whom no wave chose; and nobody waits any more.
    assert (await laboratory.do("volunteers?state=waiting", method="GET"))["total"] == 0
    waves = {one["name"]: one for one in (await laboratory.do("cohorts", method="GET"))["items"]}
    pilots, volunteers = waves["Pilote"], waves["Volontaires"]
    assert (pilots["state"], pilots["capacity"], pilots["activated"]) == ("open", 6, 6)
    progress = await laboratory.do(f"cohorts/{volunteers['id']}/progress", method="GET")
    told = [one["activated"] for one in (*progress["units"], progress["total"])]
    assert told
    assert set(told) == {None}, "of one volunteer nothing is told (k-anonymity)"
    accepted = (await laboratory.boss.call("GET", "/api/admin/charters/acceptances")).body.decode("utf-8-sig")
    assert all(f"pilote{n}@exemple.fr" in accepted for n in range(6))
    assert {"volontaire@exemple.fr", "directoire@exemple.fr"} <= set(re.findall(r"[\w.]+@[\w.]+", accepted))
