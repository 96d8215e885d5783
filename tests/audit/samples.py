"""Events to write: one of each class, built from the declared types, so that a new class is tested at once."""

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from chatelet.audit.events import EVENTS, ConversationDeleted, Event
from chatelet.audit.vocabulary import Amount, Change, Changes, Code, Codes, Count, Hexadecimal, Level, Slug, TurnState
from chatelet.kernel.identifiers import uuid7

_VALUES: list[tuple[Any, Any]] = [
    (Slug, "mistral-small.v3_1"),
    (Code, "level_not_allowed"),
    (Hexadecimal, "0123456789abcdef"),
    (Level, "restricted"),
    (TurnState, "answered"),
    (Count, 2**53),
    (Amount, 0.125),
    (Codes, ("name", "language")),
    (Changes, (Change(field="capacity", before="600", after="35000"), Change(field="closes_on", after="2026-12-31"))),
]


def sample(kind: type[Event], *, full: bool) -> Event:
    """Build an event with every field filled, or with the required ones only."""
    hints = get_type_hints(kind, include_extras=True)
    fields = msgspec.structs.fields(kind)
    return kind(**{field.name: value_of(hints[field.name]) for field in fields if full or field.required})


def every_event(*, full: bool = True) -> list[Event]:
    return [sample(kind, full=full) for kind in EVENTS.values()]


def some_events(count: int) -> list[tuple[Event, UUID]]:
    return [(ConversationDeleted(conversation_id=uuid7()), uuid7()) for _ in range(count)]


def value_of(hint: Any) -> Any:
    """Return a value of a declared type; fail on a type that could hold free text."""
    for declared, value in _VALUES:
        if hint == declared:
            return value
    if get_origin(hint) is Literal:
        return get_args(hint)[-1]
    if get_origin(hint) in {Union, UnionType}:
        return value_of(next(argument for argument in get_args(hint) if argument is not NoneType))
    if hint is UUID:
        return uuid7()
    if hint is bool:
        return True
    assert get_origin(hint) is not Annotated
    raise AssertionError(f"a field of an event is {hint}: not of a closed set")
