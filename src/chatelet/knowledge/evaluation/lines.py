"""Files of JSON lines, read with the place of what is wrong in them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from chatelet.kernel.errors import AppError


class WrongLine(AppError):
    """A line of an evaluation file cannot be used."""

    code = "wrong_line"
    status = 422

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(line=line)
        self.sentence = f"{file}: line {line}: {reason}"

    def __str__(self) -> str:
        return self.sentence


class Entry(msgspec.Struct, frozen=True):
    """A passage of a corpus."""

    id: str
    text: str
    title: str = ""


class Query(msgspec.Struct, frozen=True):
    """Something to look for."""

    id: str
    text: str
    lang: str = ""


def read_corpus(file: Path, tell: Callable[[str], None]) -> list[Entry]:
    """Return the passages of a file, the first of each identifier; raise `WrongLine`."""
    entries: dict[str, Entry] = {}
    for line, said in _objects(file):
        text, title = _word(said, "text", file, line), _word(said, "title", file, line, default="")
        _add(entries, Entry(_word(said, "id", file, line), text, title), f"{file}: line {line}", tell)
    return list(entries.values())


def read_queries(file: Path, tell: Callable[[str], None]) -> list[Query]:
    """Return the queries or questions (`text`, or `question`) of a file, as `read_corpus`; raise `WrongLine`."""
    queries: dict[str, Query] = {}
    for line, said in _objects(file):
        name = "question" if "question" in said and "text" not in said else "text"
        language = _language(_word(said, "lang", file, line, default=""))
        query = Query(_word(said, "id", file, line), _word(said, name, file, line), language)
        _add(queries, query, f"{file}: line {line}", tell)
    return list(queries.values())


_Said = TypeVar("_Said", Entry, Query)


def _objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                said = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise WrongLine(file, number, f"this is not JSON ({error})") from None
            if not isinstance(said, dict):
                raise WrongLine(file, number, "an object is expected")
            yield number, said


def _word(said: dict[str, Any], name: str, file: Path, line: int, default: str | None = None) -> str:
    value = said.get(name, default)
    if value is None and default is not None:
        return default
    if isinstance(value, int) and name == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise WrongLine(file, line, f"`{name}` is missing" if value is None else f"`{name}` is not a text")
    if name == "id" and (not value or any(character.isspace() for character in value)):
        raise WrongLine(file, line, "`id` is empty or has spaces, which the run file cannot hold")
    return value


def _add(known: dict[str, _Said], one: _Said, place: str, tell: Callable[[str], None]) -> None:
    """Keep the first of an identifier: a run file has one place for it. Another one is left out, and told."""
    before = known.setdefault(one.id, one)
    if before is not one:
        other = "with the same words" if before == one else "with other words"
        tell(f"{place}: left out, `id` {one.id} was given before {other}")


def _language(code: str) -> str:
    """Return the language of a code as people write it: "fr-FR" and "FR" are "fr"."""
    return re.split(r"[-_]", code.strip().lower())[0]
