"""`docs/reference/errors.md`: every coded error, from the classes that raise it."""

from collections.abc import Iterator

from chatelet.kernel.errors import AppError
from chatelet.reference.markdown import head, sentence, table

_INTRODUCTION = """\
A failed request answers `{"code", "message", "params", "request_id"}` with the status below; in a stream the same code
travels in the closing event. Codes never change; `message` is for developers, and the page shows its own sentence
(`web/src/i18n/fr/errors.ts`, `en/errors.ts`). Errors of start and of commands are told on the terminal instead."""


def page() -> str:
    """Return the page. Knows the errors of the modules imported so far."""
    by_domain: dict[str, list[type[AppError]]] = {}
    for kind in _subclasses(AppError):
        if "code" in vars(kind):
            by_domain.setdefault(kind.__module__.split(".")[1], []).append(kind)
    parts = [head("Error codes", "AppError", _INTRODUCTION)]
    for domain, kinds in sorted(by_domain.items()):
        rows = [(f"`{kind.code}`", str(kind.status), sentence(kind.__doc__)) for kind in _sorted(kinds)]
        parts += [f"## {domain.capitalize()}\n", table(("code", "status", "meaning"), rows)]
    return "\n".join(parts)


def _sorted(kinds: list[type[AppError]]) -> list[type[AppError]]:
    return sorted(kinds, key=lambda kind: kind.code)


def _subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    if kind.__module__.startswith("chatelet."):  # not those that a test made
        yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)
