"""Someone leaves on Friday: the provider says so, and within five seconds nothing of theirs runs on any more (TA-002)."""

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

import aiohttp

from tests.fakes.oidc_provider import SECRET, client, running_provider
from tests.identity.single_sign_on.conftest import Browser
from tests.journeys.conftest import NewVisitor
from tests.journeys.service import PASSWORD, Service, installation
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


async def test_the_local_form_is_closed_and_the_envelope_opens_it(http: aiohttp.ClientSession) -> None:
    """As an administrator does when no provider answers; a restart closes what was open."""
    with installation(None, CHATELET_SECURITY__LOCAL_SIGN_IN="false", CHATELET_EMBEDDED__MODE="never") as closed:
        await closed.start()
        await closed.create_person_by_command("chief@exemple.fr", administrator=True)
        chief = Visitor(http, closed.address)
        credentials = {"email": "chief@exemple.fr", "password": PASSWORD}
        refused = await chief.call("POST", "/api/sessions", credentials)
        assert (refused.status, refused.body["code"]) == (403, "local_sign_in_off")
        unknown = await asyncio.to_thread(closed.command, "admin", "emergency", "--email", "nobody@exemple.fr")
        assert unknown.returncode == 1
        assert "person_not_found" in unknown.stderr
        armed = await asyncio.to_thread(closed.command, "admin", "emergency", "--email", "chief@exemple.fr")
        assert armed.returncode == 0, armed.stderr
        secret = armed.stdout.strip().partition("#/emergency?secret=")[2]
        opened = await chief.call("POST", "/api/emergency", {"secret": secret})
        assert opened.status == 200, opened.body
        await chief.sign_in("chief@exemple.fr")
        assert secret not in closed.log.read_text()
        assert "emergency_sign_in_opened" in closed.log.read_text()
        await closed.stop()
        await closed.start()
        chief.address = closed.address
        assert (await chief.call("GET", "/api/sessions/current")).status == 401
