"""A request may name levels of this installation only: every body that takes a level takes a declared one."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Level
from tests.architecture.routes import all_routes

_VALIDATOR = DeclaredLevel.__metadata__[0]


def _models(kind: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from _models(field.annotation, seen)
    for inside in get_args(kind):
        yield from _models(inside, seen)


def _takes(kind: Any) -> bool:
    return kind is Level or any(_takes(inside) for inside in get_args(kind) if inside is not _VALIDATOR)


def _bodies() -> Iterator[type[BaseModel]]:
    seen: set[type] = set()
    for route in all_routes().values():
        field = getattr(route, "body_field", None)
        if field is not None:
            yield from _models(field.field_info.annotation, seen)


def _is_declared(kind: Any, metadata: list[Any]) -> bool:
    return _VALIDATOR in metadata or all(
        _VALIDATOR in getattr(inside, "__metadata__", ()) for inside in get_args(kind) if _takes(inside)
    )


def test_every_level_of_a_body_is_declared() -> None:
    found = {
        f"{model.__name__}.{name}": _is_declared(field.annotation, field.metadata)
        for model in _bodies()
        for name, field in model.model_fields.items()
        if _takes(field.annotation)
    }
    assert len(found) > 10
    assert not [name for name, declared in found.items() if not declared]
