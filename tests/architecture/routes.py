"""Every route of the application, as "METHOD /path" with what FastAPI knows of it."""

from functools import cache

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from chatelet.app import build_app
from chatelet.settings import Settings


def routes_of(app: FastAPI) -> dict[str, APIRoute]:
    """Return the routes of an application, those of included routers under their whole path."""
    found = {}
    for context in iter_route_contexts(app.routes):
        route = getattr(context, "route", context)
        original = getattr(context, "original_route", route)
        if isinstance(original, APIRoute):
            path = getattr(context, "path", original.path)
            found.update({f"{method} {path}": context for method in sorted(original.methods)})
    return found


@cache
def all_routes() -> dict[str, APIRoute]:
    """Return the routes of the product."""
    return routes_of(build_app(Settings.model_construct(), "postgresql://"))
