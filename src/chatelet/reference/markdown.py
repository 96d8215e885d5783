"""Markdown of the reference pages: a first line that says where they come from, tables whose cells cannot break."""

from collections.abc import Iterable, Sequence


def head(title: str, source: str, introduction: str) -> str:
    """Return the beginning of a page."""
    return f"# {title}\n\nMade from `{source}` by `make reference`; do not edit.\n\n{introduction}\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [f"| {' | '.join(columns)} |", f"|{'|'.join(' --- ' for _ in columns)}|"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def sentence(docstring: str | None) -> str:
    """Return a docstring on one line."""
    return " ".join((docstring or "").split())


def _cell(value: str) -> str:
    return " ".join(value.split()).replace("|", "\\|") or " "
