"""The templates that come with the installation, in both languages: files of the package, read once, never written.

Their identifiers are made from their names, so that they are the same everywhere and need no row.
"""

from functools import cache
from importlib.resources import files
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from chatelet.writing.drafting import markdown_file
from chatelet.writing.drafting.template import Template

VERSION: Final = 1
_NAMES: Final = (
    "letter",
    "service_note",
    "minutes",
    "reply_to_citizen",
    "job_offer",
    "abstract",
    "data_management_plan",
    "code_comment",
)
_LANGUAGES: Final = ("fr", "en")


def identifier_of(name: str) -> UUID:
    """Return the identifier of a template of the installation: `letter.fr`."""
    return uuid5(NAMESPACE_URL, f"urn:chatelet:template:{name}")


@cache
def templates() -> dict[UUID, Template]:
    """Return all of them, in the order in which they are shown."""
    return {identifier_of(name): named(name) for name in names()}


def names() -> list[str]:
    """Return their names, each with its language."""
    return [f"{name}.{language}" for language in _LANGUAGES for name in _NAMES]


@cache
def named(name: str) -> Template:
    """Return the template of a name. Raises `KeyError`."""
    if name not in names():
        raise KeyError(name)
    return markdown_file.read((files("chatelet.writing.drafting") / "shipped" / f"{name}.md").read_text("utf-8"))
