"""Settings: each is described, none holds a secret by default, unsafe values are refused at start."""

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from chatelet.settings import Section, Settings


def _fields(section: type[Section] | type[Settings], place: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in section.model_fields.items():
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        nested = next((kind for kind in kinds if issubclass(kind, Section)), None)
        if nested is None:
            yield f"{place}{name}", field
        else:
            yield from _fields(nested, f"{place}{name}.")


def test_every_setting_is_described() -> None:
    silent = [name for name, field in _fields(Settings) if not field.description]
    assert not silent, silent


def test_no_setting_has_a_secret_by_default() -> None:
    """TA-166: no default credential."""
    for name, field in _fields(Settings):
        if SecretStr in (field.annotation, *get_args(field.annotation)):
            assert field.default is None, name


def test_an_unknown_or_unsafe_setting_is_refused() -> None:
    levels = {"default_level": "restricted", "highest_level": "internal"}
    for wrong in (
        {"hots": "127.0.0.1"},
        {"host": "0.0.0.0"},
        {"chat": {"undo_seconds": 0}},
        {"port": -1},
        {"policy": levels},
    ):
        with pytest.raises(ValidationError):
            Settings.model_validate(wrong)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"port": 9000}, "http://127.0.0.1:9000"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"public_url": "https://ia.exemple.fr/"}, "https://ia.exemple.fr"),
    ],
)
def test_the_address_that_links_name(given: dict[str, object], address: str) -> None:
    assert Settings.model_validate(given).address == address
