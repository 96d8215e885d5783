"""Every route: who may call it, what it declares, and that reading changes nothing."""

import re
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from chatelet.app import build_app
from chatelet.kernel.database import Database
from chatelet.settings import Settings
from tests.architecture.asgi import call

# What a person without a session may call, and why it does not need one.
_PUBLIC = {
    "GET /api/health/live": "supervisors",
    "GET /api/health/ready": "supervisors",
    "GET /api/installation": "the page before sign-in: name and languages only",
    "POST /api/installation/administrator": "guarded by the one-time secret",
    "POST /api/sessions": "signing in",
    "POST /api/invitations/accept": "guarded by the invitation's token",
}
_WRITING_NAME = re.compile(
    r"^(create|add|make|set|change|update|rename|move|delete|remove|restore|accept|stop|ask|close)_?"
)


def _routes(app: FastAPI) -> dict[str, APIRoute]:
    """Return every route of the API as "METHOD /path"."""
    found = {}
    for context in iter_route_contexts(app.routes):
        route = getattr(context, "route", context)
        original = getattr(context, "original_route", route)
        if isinstance(original, APIRoute):
            path = getattr(context, "path", original.path)
            found.update({f"{method} {path}": context for method in sorted(original.methods)})
    return found


_ROUTES = _routes(build_app(Settings.model_construct(), "postgresql://"))


@pytest.fixture
def app(database: Database) -> FastAPI:
    """The application on a real database, its lifespan not entered: an anonymous caller must not get that far."""
    settings = Settings.model_construct()
    built = build_app(settings, "postgresql://")
    built.state.database, built.state.settings = database, settings
    return built


def test_public_routes_exist() -> None:
    assert len(_ROUTES) > 20
    assert set(_PUBLIC) <= set(_ROUTES)


@pytest.mark.parametrize("route", sorted(set(_ROUTES) - set(_PUBLIC) - {"GET /metrics"}))
async def test_an_anonymous_caller_is_refused(route: str, app: FastAPI) -> None:
    """TA-008, with identifiers and a body that would otherwise be taken."""
    method, path = route.split(" ")
    answer = await call(app, method, re.sub(r"\{\w+(:path)?\}", str(uuid4()), path), body={})
    said = answer.json["status"] if path.startswith("/scim/") else answer.json["code"]  # SCIM has its own words
    assert (answer.status, said) == (401, "401" if path.startswith("/scim/") else "not_signed_in")


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
        method, path = route.split(" ")
        name = found.name or ""
        assert method in {"GET", "POST", "PATCH", "DELETE"} or path.startswith("/scim/"), route
        assert not (method == "GET" and _WRITING_NAME.match(name)), (route, name)
