"""The description of the API says what each route returns and refuses: the page's types are made from it."""

import json
from collections.abc import Iterator
from typing import Any

from tests.architecture.sources import ROOT

_DESCRIPTION = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text("utf-8"))
_FREE_FORM = {"GET /api/health/ready"}  # 200 or 503 with two words


def _operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in _DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_declares_what_it_returns() -> None:
    for route, operation in _operations():
        declared = {
            status: answer
            for status, answer in operation["responses"].items()
            if status.startswith("2") or status == "303"
        }
        assert declared, route
        for status, answer in declared.items():
            if status in {"202", "204", "303"} or route in _FREE_FORM:
                continue
            schemas = [content.get("schema") for content in answer.get("content", {}).values()]
            assert schemas, route
            assert all(schemas), (route, status)


def test_every_route_is_told() -> None:
    untold = [route for route, operation in _operations() if not operation.get("description")]
    assert not untold, untold


def test_refusals_have_the_same_body() -> None:
    """`{code, message, params, request_id}`, whatever the status; under /v1, that of its clients."""
    for route, operation in _operations():
        for status, answer in operation["responses"].items():
            if status[0] in "45" and status != "422" and "content" in answer:
                schemas = [content.get("schema", {}).get("$ref", "") for content in answer["content"].values()]
                shape = "/PublicErrorOut" if " /v1/" in route else "/ErrorOut"
                assert all(schema.endswith(shape) for schema in schemas) or route in _FREE_FORM, (route, status)


def test_names_are_snake_case() -> None:
    for name, schema in _DESCRIPTION["components"]["schemas"].items():
        for key in schema.get("properties", {}):
            assert key == key.lower(), (name, key)


def test_no_body_takes_a_field_that_is_not_declared() -> None:
    """TA-028: role, owner, unit or state cannot be slipped into a request, at any depth, whatever the route."""
    open_models: list[str] = []
    for route, operation in _operations():
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if body is not None:
            open_models += [f"{route}: {name}" for name in _open_models(body, "body", set())]
    assert not open_models, "\n".join(open_models)


def _open_models(schema: dict[str, Any], name: str, seen: set[str]) -> Iterator[str]:
    """Yield the objects of a schema that accept any other property."""
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        if name in seen:
            return
        seen.add(name)
        schema = _DESCRIPTION["components"]["schemas"][name]
    if "properties" in schema and schema.get("additionalProperties") is not False:
        yield name
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", []), *schema.get("oneOf", [])]
    for part in [*parts, *([schema["items"]] if "items" in schema else [])]:
        yield from _open_models(part, name, seen)
