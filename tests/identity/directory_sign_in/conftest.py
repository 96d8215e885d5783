"""Identity behind the real edge, a real slapd beside, and administrators who connect the two."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from chatelet.identity.directory_sign_in import admin as directory_admin
from chatelet.identity.directory_sign_in import api as directory_api
from chatelet.identity.single_sign_on import admin as sign_in_admin
from chatelet.identity.single_sign_on import api as sign_in_api
from chatelet.identity.single_sign_on.service import SingleSignOn, single_sign_on
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.outbound import Outbound
from chatelet.settings import Settings
from tests.fakes.ldap_server import ACTIVE, BASE, SERVICE, SERVICE_PASSWORD, LdapServer, made_server
from tests.identity.conftest import Answer, Client

from .tree import ACTIVE_DIRECTORY, OBSERVATORY, PASSWORD

PROVIDERS = "/api/admin/sign-in-providers"
SAM_OR_UPN = "(&(objectClass=adUser)(|(sAMAccountName={name})(userPrincipalName={name})))"
DISABLED = "(userAccountControl:1.2.840.113556.1.4.803:=2)"


@pytest.fixture(scope="session")
async def ldap(unused_tcp_port_factory: Callable[[], int]) -> AsyncIterator[LdapServer]:
    ports = unused_tcp_port_factory(), unused_tcp_port_factory()
    with made_server(ports, OBSERVATORY, ACTIVE_DIRECTORY) as server:
        await server.start()
        yield server
        await server.stop()


@pytest.fixture
async def sso(settings: Settings) -> AsyncIterator[SingleSignOn]:
    outbound = Outbound()
    yield single_sign_on(outbound, Keyring(b"k" * 32), settings.address, settings.security)
    await outbound.close()


@pytest.fixture
def app(app: FastAPI, sso: SingleSignOn) -> FastAPI:
    for module in (sign_in_api, sign_in_admin, directory_api, directory_admin):
        app.include_router(module.router)
    app.state.single_sign_on = sso
    return app


@dataclass
class Directories:
    """Directories as the administrator declares them, by code."""

    administrator: Client
    ldap: LdapServer
    ids: dict[str, str] = field(default_factory=dict)

    def body(self, code: str, **more: Any) -> dict[str, Any]:
        return {
            "code": code,
            "name_fr": "Annuaire",
            "name_en": "Directory",
            "servers": [self.ldap.starttls],
            "ca_certificate": self.ldap.ca_certificate,
            "bind_dn": SERVICE,
            "bind_password": SERVICE_PASSWORD,
            "base_dn": BASE,
            "disabled_filter": "(employeeType=parti)",
            "import_filter": "(objectClass=inetOrgPerson)",
            "unit_base": f"ou=structures,{BASE}",
            "unit_filter": "(&(objectClass=organizationalUnit)(description=*))",
            **more,
        }

    async def declare(self, code: str = "annuaire", **more: Any) -> str:
        made = await self.administrator.call("POST", f"{PROVIDERS}/directories", self.body(code, **more))
        assert made.status == 201, made.body
        self.ids[code] = made.body["id"]
        return self.ids[code]

    async def declare_active(self, **more: Any) -> str:
        told = {
            "base_dn": ACTIVE, "person_filter": SAM_OR_UPN, "subject_attribute": "objectGUID",
            "disabled_filter": DISABLED, "import_filter": "(objectClass=adUser)", "unit_base": None, **more,
        }  # fmt: skip
        return await self.declare("ad", **told)

    async def ask(self, method: str, rest: str = "", body: Any = None, code: str = "annuaire") -> Answer:
        return await self.administrator.call(method, f"{PROVIDERS}/{self.ids[code]}{rest}", body)

    async def rules(self, *rules: dict[str, Any], code: str = "annuaire") -> None:
        assert (await self.ask("PATCH", "/rules", {"rules": list(rules)}, code)).status == 200

    async def sign_ins(self, code: str = "annuaire") -> list[dict[str, Any]]:
        return (await self.ask("GET", "/sign-ins", code=code)).body["items"]

    async def read(self, kind: str, *, apply: bool, code: str = "annuaire") -> Any:
        answer = await self.ask("POST", "/directory/import", {"kind": kind, "apply": apply}, code)
        assert answer.status == 200, answer.body
        return answer.body


@pytest.fixture
async def directories(administrator: Client, ldap: LdapServer) -> Directories:
    return Directories(administrator, ldap)


@pytest.fixture
def enter(browser: Callable[[], Client]) -> Callable[..., Any]:
    """Sign in with a fresh browser; return (browser, answer)."""

    async def sign_in(name: str, password: str = PASSWORD, code: str = "annuaire") -> tuple[Client, Answer]:
        client = browser()
        answer = await client.call("POST", f"/api/sign-in/{code}/password", {"name": name, "password": password})
        client.token = answer.cookie
        return client, answer

    return sign_in


@pytest.fixture
def log_of(ldap: LdapServer) -> Path:
    return ldap.folder / "log"
