"""Someone leaves on Friday: the provider says so, and within five seconds nothing of theirs runs on any more (TA-002)."""

import time
from collections.abc import Callable
from uuid import uuid4

import aiohttp

from tests.fakes.oidc_provider import SECRET, client, running_provider
from tests.identity.single_sign_on.conftest import Browser
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor


async def test_someone_leaves_on_friday(
    service: Service,
    new_visitor: NewVisitor,
    http: aiohttp.ClientSession,
    unused_tcp_port_factory: Callable[[], int],
) -> None:
    code = f"agora-{uuid4().hex[:8]}"
    async with running_provider(unused_tcp_port_factory(), [client("agora", service.address, code)]) as agora:
        await agora.accounts(http, ada={"name": "Ada Lovelace"})
        chief = await new_visitor(administrator=True)
        names = {"code": code, "name_fr": "Agora", "name_en": "Agora"}
        body = {**names, "issuer": agora.issuer, "client_id": "agora", "client_secret": SECRET}
        declared = await chief.call("POST", "/api/admin/sign-in-providers", body)
        assert declared.status == 201, declared.body
        browser = Browser(http, service.address)
        await browser.sign_in(code, "ada")
        ada = Visitor(http, service.address, browser.token)
        conversation = await ada.conversation()
        async with ada.asking(conversation, "[[tokens=2000 rate=40]]") as stream:
            await stream.read(lambda read: len(read.text) > 0)
            started = time.monotonic()
            confirm = await browser.ask("GET", f"{agora.issuer}/session/end?client_id=agora")
            await browser.submit(confirm)
            await stream.read(seconds=6)
            assert time.monotonic() - started < 5
        assert (await ada.call("GET", "/api/sessions/current")).status == 401
        removed = await chief.call("DELETE", f"/api/admin/sign-in-providers/{declared.body['id']}")
        assert removed.status == 204
