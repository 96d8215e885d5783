"""Every page by its file name."""

import json
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import chatelet
from chatelet.app import build_app
from chatelet.audit import reference as journal_reference
from chatelet.reference import command_page, error_page, metric_page, setting_page
from chatelet.settings import Settings

_NOT_IMPORTED = ("chatelet.migrations.env", "chatelet.migrations.versions", "chatelet.reference.__main__")


def all_pages() -> dict[str, str]:
    """Return the pages. Imports every module of the product; starts nothing."""
    modules = tuple(_modules())
    return {
        "commands.md": command_page.page(),
        "errors.md": error_page.page(),
        "journal-events.md": journal_reference.page(),
        "metrics.md": metric_page.page(modules),
        "openapi.json": _openapi(),
        "settings.md": setting_page.page(),
    }


def _modules() -> Iterator[ModuleType]:
    for found in walk_packages(chatelet.__path__, "chatelet."):
        if not found.name.startswith(_NOT_IMPORTED):
            yield import_module(found.name)


def _openapi() -> str:
    description = build_app(Settings.model_construct(), "postgresql://").openapi()
    return json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
