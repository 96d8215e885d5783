"""`docs/reference/errors.md`: every coded error, from the classes that raise it."""

from collections.abc import Iterator
from typing import Final

from chatelet.kernel.errors import AppError
from chatelet.reference.markdown import head, sentence, table

# Met at start and by commands only: told on a terminal, in the words of their docstring, never by the page.
ON_A_TERMINAL: Final = (
    "chatelet.knowledge.evaluation",
    "chatelet.audit.",
    "chatelet.backups.",
    "chatelet.commands.",
    "chatelet.leaving.",
    "chatelet.kernel.embedded.",
    "chatelet.kernel.keys",
    "chatelet.migrations.",
    "chatelet.privacy.disk.",
)
_INTRODUCTION = """\
A failed request answers `{"code", "message", "params", "request_id"}` with the status below; in a stream the same code
travels in the closing event. Codes never change; `message` is for developers, and the page shows its own sentence
(`web/src/i18n/fr/errors.ts`, `web/src/i18n/en/errors.ts`). Errors of start and of commands are told on a terminal."""


def page() -> str:
    """Return the page. Knows the errors of the modules imported so far."""
    coded = [kind for kind in _subclasses(AppError) if "code" in vars(kind)]
    told = [kind for kind in coded if kind.__module__.startswith(ON_A_TERMINAL)]
    shown = [kind for kind in coded if kind not in told]
    parts = [head("Error codes", "AppError", _INTRODUCTION)]
    for title, kinds in (("On the page", shown), ("On a terminal", told)):
        parts.append(f"## {title}\n")
        for domain in sorted({_domain(kind) for kind in kinds}):
            rows = [
                (f"`{kind.code}`", str(kind.status), sentence(kind.__doc__))
                for kind in sorted(kinds, key=lambda kind: kind.code)
                if _domain(kind) == domain
            ]
            parts += [f"### {domain.capitalize()}\n", table(("code", "status", "meaning"), rows)]
    return "\n".join(parts)


def _domain(kind: type[AppError]) -> str:
    return kind.__module__.split(".")[1]


def _subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    if kind.__module__.startswith("chatelet."):  # not those that a test made
        yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)
