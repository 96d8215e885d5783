"""Every route: who may call it, what it declares, and that reading changes nothing."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from chatelet.app import build_app
from chatelet.identity.current import read_credential
from chatelet.kernel.database import Database
from chatelet.settings import Settings
from tests.architecture.asgi import call
from tests.architecture.routes import all_routes
from tests.architecture.sources import calls_of, name_of, python_files

# What a person without a session may call, and why it does not need one.
_PUBLIC = {
    "GET /api/health/live": "supervisors",
    "GET /api/health/ready": "supervisors",
    "GET /api/installation": "the page before sign-in: name and languages only",
    "POST /api/installation/administrator": "guarded by the one-time secret",
    "POST /api/sessions": "signing in",
    "POST /api/invitations/accept": "guarded by the invitation's token",
    "POST /api/sign-in/{code}": "signing in through a provider: the button",
    "POST /api/sign-in/{code}/password": "signing in at a directory, throttled",
    "GET /api/sign-in/{code}/callback": "the provider's return, guarded by state and the browser's own secret",
    "POST /api/sign-in/{code}/sign-out": "guarded by the provider's signature (back-channel logout)",
    "POST /api/sign-out": "guarded by the one-time ticket of a session just ended",
    "GET /api/privacy/certificates/{reference}": "guarded by a reference its person alone was given; names nobody",
    "POST /api/emergency": "guarded by the secret of the sealed envelope",
    "OPTIONS /v1/{rest:path}": "a browser's question before a call, which carries no key: answers for allowed sites only",
    "GET /api/registration": "the page before sign-in: whether registrations are taken",
    "POST /api/registrations": "people without an account ask for one; throttled, always the same answer",
    "POST /api/registrations/confirm": "guarded by the token of the message",
    "POST /api/activations/links": "people without an account; throttled, always the same answer",
    "POST /api/activations/code": "guarded by the code and its address, throttled",
    "POST /api/activations/link": "guarded by the token of the message, throttled",
}
_WRITING_NAME = re.compile(
    r"^(create|add|make|set|change|update|rename|move|delete|remove|restore|accept|stop|ask|close)_?"
)


_ROUTES = all_routes()


@pytest.fixture(scope="module")
async def app(own_addresses: tuple[str, str]) -> AsyncIterator[FastAPI]:
    """The application on a real database, its lifespan not entered: an anonymous caller must not get that far.

    One for all these tests: whoever is refused changes nothing.
    """
    settings = Settings.model_construct()
    built = build_app(settings, "postgresql://")
    database = Database(own_addresses[1], pool_size=5)
    built.state.database, built.state.settings = database, settings
    yield built
    await database.close()


def test_public_routes_exist() -> None:
    assert len(_ROUTES) > 20
    assert set(_PUBLIC) <= set(_ROUTES)


@pytest.mark.parametrize("route", sorted(set(_ROUTES) - set(_PUBLIC) - {"GET /metrics"}))
async def test_an_anonymous_caller_is_refused(route: str, app: FastAPI) -> None:
    """TA-008, with identifiers and a body that would otherwise be taken."""
    method, path = route.split(" ")
    answer = await call(app, method, re.sub(r"\{\w+(:path)?\}", str(uuid4()), path), body={})
    if path.startswith("/scim/"):  # SCIM has its own words
        told = answer.json["status"]
    else:
        told = (answer.json["error"] if path.startswith("/v1/") else answer.json)["code"]
    assert (answer.status, told) == (401, "401" if path.startswith("/scim/") else "not_signed_in")


def _depends_on(dependant: Dependant, wanted: object) -> bool:
    return dependant.call is wanted or any(_depends_on(one, wanted) for one in dependant.dependencies)


@pytest.mark.parametrize("route", sorted(set(_ROUTES) - set(_PUBLIC) - {"GET /metrics"}))
def test_every_caller_comes_in_by_one_way(route: str) -> None:
    """TA-008: a cookie, a key and a directory's token are read by one function, for every route."""
    assert _depends_on(_ROUTES[route].dependant, read_credential)


def test_one_function_authenticates() -> None:
    """TA-008: what checks a kind of credential is called by `sessions.authenticate`, and by nothing else."""
    checks = {"living_session", "principal_of", "directory_of_token"}
    callers = {
        (name_of(path).rpartition("identity/")[2], name.rpartition(".")[2])
        for path in python_files("src/chatelet")
        for _, name in calls_of(path)
        if name.rpartition(".")[2] in checks
    }
    assert callers == {("sessions.py", name) for name in checks}


_SHOWN = {
    "a key": [(b"authorization", b"Bearer cht_00000000_" + b"k" * 43)],
    "a key, its other header": [(b"x-api-key", b"cht_00000000_" + b"k" * 43)],
    "a directory's token": [(b"authorization", b"Bearer scim_" + b"t" * 43)],
    "a session": [(b"cookie", b"__Host-chatelet=" + b"A" * 43)],
}


async def test_no_unknown_credential_enters_by_any_door(app: FastAPI) -> None:
    """TA-008: each kind at each door; and never two at once."""
    both = [*_SHOWN["a key"], *_SHOWN["a session"]]
    for route in sorted(set(_ROUTES) - set(_PUBLIC) - {"GET /metrics"}):
        method, path = route.split(" ")
        path = re.sub(r"\{\w+(:path)?\}", str(uuid4()), path)
        for kind, headers in _SHOWN.items():
            assert (await call(app, method, path, body={}, headers=headers)).status == 401, (route, kind)
        assert (await call(app, method, path, body={}, headers=both)).status == 400, route


@pytest.mark.parametrize(
    "cookie", ["", "__Host-chatelet=", "__Host-chatelet=null", f"__Host-chatelet={'A' * 43}", "chatelet=x"]
)
async def test_a_wrong_cookie_is_no_session(cookie: str, app: FastAPI) -> None:
    assert (await call(app, "GET", "/api/conversations", cookie=cookie)).status == 401


async def test_figures_are_for_this_machine_only(app: FastAPI) -> None:
    assert (await call(app, "GET", "/metrics")).status == 403


def test_reading_changes_nothing() -> None:
    """A GET is never named after a change, and every change has a method that browsers do not repeat."""
    for route, found in _ROUTES.items():
        method = route.split(" ")[0]
        name = found.name or ""
        assert method in {"GET", "POST", "PATCH", "PUT", "DELETE"} or route in _PUBLIC or " /scim/" in route, route
        assert not (method == "GET" and _WRITING_NAME.match(name)), (route, name)
